"""Figma and the files against a Figma of our own: nothing is lost whoever edits what, and pull then push is nothing."""

import json
import os
import subprocess
import sys
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss import journal, wiring
from dss.export_import import file_journal
from dss.project import Project
from dss.service import sync
from dss.service.figma_base import read_base
from dss_tokens.errors import InputError
from dss_tokens.merge import strategies

RED = {"r": 1, "g": 0, "b": 0, "a": 1}
GREEN = {"r": 0, "g": 1, "b": 0, "a": 1}
BLUE = {"r": 0, "g": 0, "b": 1, "a": 1}
MODES = [{"modeId": "1:0", "name": "Light"}, {"modeId": "1:1", "name": "Dark"}]


def variable(number, name, light, dark=None):
    return {
        "id": f"VariableID:1:{number}", "key": f"{number:040x}", "name": name, "resolvedType": "COLOR",
        "variableCollectionId": "VariableCollectionId:1:0", "remote": False, "description": "",
        "scopes": ["ALL_SCOPES"],
        "hiddenFromPublishing": False, "codeSyntax": {},
        "valuesByMode": {"1:0": light, "1:1": light if dark is None else dark},
    }  # fmt: skip


def payload(*variables, modes=MODES):
    collection = {
        "id": "VariableCollectionId:1:0", "key": "c" * 40, "name": "Theme", "modes": modes, "defaultModeId": "1:0",
        "remote": False, "hiddenFromPublishing": False, "variableIds": [v["id"] for v in variables],
    }  # fmt: skip
    meta = {"variables": {v["id"]: v for v in variables}, "variableCollections": {collection["id"]: collection}}
    return {"status": 200, "error": False, "meta": meta}


START = payload(variable(1, "brand/main", RED), variable(2, "brand/soft", GREEN))


def pull(root, answer, *, strategy="manual", times=None, **more):
    """A pull of one answer; *times*: when the files and when Figma were changed, in ms."""
    adapter = wiring.FigmaAdapter()
    read = adapter.sources.read_answers(adapter.sources.Answers(variables={"file.json": answer}))
    if times is not None:
        for path in (root / "tokens").iterdir():
            os.utime(path, ns=(times[0] * 1_000_000,) * 2)
        more["seen"] = sync.Seen(touched=times[1])
    decide = strategies.get(strategy) if isinstance(strategy, str) else strategy
    plan = sync.plan_pull(read, root / "tokens", root, adapter.rules({}, 16), strategy=decide, **more)
    if not plan.conflicts:
        sync.apply_pull(plan, root)
    return plan


def edit(root, mode, change):
    path = root / "tokens" / f"theme.{mode}.tokens.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")


def value(root, mode, *names):
    node = json.loads((root / "tokens" / f"theme.{mode}.tokens.json").read_text(encoding="utf-8"))
    for name in names:
        node = node[name]
    return node["$value"]


def components(root, mode, *names):
    return value(root, mode, *names)["components"]


def set_blue(document):
    document["brand"]["soft"]["$value"] = {"colorSpace": "srgb", "components": [0, 0, 1]}


def test_a_second_pull_changes_nothing(tmp_path):
    assert pull(tmp_path, START).contents
    again = pull(tmp_path, START)
    assert again.is_empty
    assert (again.changes, again.conflicts) == ((), ())


def test_edits_of_different_tokens_on_both_sides_are_kept(tmp_path):
    pull(tmp_path, START)
    edit(tmp_path, "light", set_blue)
    plan = pull(tmp_path, payload(variable(1, "brand/main", BLUE), variable(2, "brand/soft", GREEN)))
    assert plan.conflicts == ()
    assert components(tmp_path, "light", "brand", "main") == [0, 0, 1]
    assert components(tmp_path, "light", "brand", "soft") == [0, 0, 1]
    assert components(tmp_path, "dark", "brand", "soft") == [0, 1, 0]


def test_a_rename_in_figma_and_a_value_in_the_files_are_both_kept(tmp_path):
    pull(tmp_path, START)
    edit(tmp_path, "light", set_blue)
    plan = pull(tmp_path, payload(variable(1, "brand/main", RED), variable(2, "brand/calm", GREEN)))
    assert plan.conflicts == ()
    assert components(tmp_path, "light", "brand", "calm") == [0, 0, 1]
    assert "soft" not in json.loads((tmp_path / "tokens/theme.light.tokens.json").read_text())["brand"]


def test_a_renamed_mode_keeps_the_edits_of_its_file(tmp_path):
    pull(tmp_path, START)
    edit(tmp_path, "dark", set_blue)
    night = [MODES[0], {"modeId": "1:1", "name": "Night"}]
    plan = pull(tmp_path, payload(variable(1, "brand/main", RED), variable(2, "brand/soft", GREEN), modes=night))
    assert plan.conflicts == ()
    assert components(tmp_path, "night", "brand", "soft") == [0, 0, 1]
    assert not (tmp_path / "tokens" / "theme.dark.tokens.json").exists()


CHANGED = payload(variable(1, "brand/main", RED), variable(2, "brand/soft", RED))


def test_a_conflict_is_told_with_both_values_and_nothing_is_written(tmp_path):
    pull(tmp_path, START)
    edit(tmp_path, "light", set_blue)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    (conflict,) = pull(tmp_path, CHANGED).conflicts
    assert conflict.path == "brand.soft"
    assert conflict.field == "$value"
    assert "[0, 0, 1]" in str(conflict.local)
    assert "[1, 0, 0]" in str(conflict.remote)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(("more", "light"), [
    ({"strategy": "keep_local"}, [0, 0, 1]), ({"strategy": "keep_remote"}, [1, 0, 0]), ({"overwrite": True}, [1, 0, 0]),
    ({"strategy": "keep_newest", "times": (2000, 1000)}, [0, 0, 1]),
    ({"strategy": "keep_newest", "times": (1000, 2000)}, [1, 0, 0]),
])  # fmt: skip
def test_a_strategy_decides_conflicts(tmp_path, more, light):
    pull(tmp_path, START)
    edit(tmp_path, "light", set_blue)
    assert pull(tmp_path, CHANGED, **more).conflicts == ()
    assert components(tmp_path, "light", "brand", "soft") == light
    assert components(tmp_path, "dark", "brand", "soft") == [1, 0, 0]


def test_files_of_nobody_are_left_alone(tmp_path):
    (tmp_path / "tokens").mkdir()
    own = tmp_path / "tokens" / "own.tokens.json"
    own.write_text('{"a": {"$type": "number", "$value": 1}}')
    pull(tmp_path, START)
    pull(tmp_path, payload(variable(1, "brand/main", RED)), overwrite=True)
    assert own.read_text() == '{"a": {"$type": "number", "$value": 1}}'


colours = st.sampled_from([RED, GREEN, BLUE])


@settings(max_examples=40)
@given(
    mine=st.dictionaries(st.sampled_from([1, 2, 3]), colours),
    theirs=st.dictionaries(st.sampled_from([4, 5, 6]), colours),
)
def test_edits_here_and_there_are_all_kept(tmp_path_factory, mine, theirs):
    root = tmp_path_factory.mktemp("sync")
    start = dict.fromkeys(range(1, 7), RED)

    def answer(values):
        return payload(*(variable(number, f"n{number}", colour) for number, colour in values.items()))

    pull(root, answer(start))

    def change(document):
        for number, colour in mine.items():
            found = [colour["r"], colour["g"], colour["b"]]
            document[f"n{number}"]["$value"] = {"colorSpace": "srgb", "components": found}

    edit(root, "light", change)
    assert pull(root, answer({**start, **theirs})).conflicts == ()
    for number, colour in {**start, **mine, **theirs}.items():
        assert components(root, "light", f"n{number}") == [colour["r"], colour["g"], colour["b"]]


def test_a_killed_pull_is_finished_by_whoever_comes_next(tmp_path, monkeypatch):
    pull(tmp_path, START)
    before = {p: p.read_bytes() for p in (tmp_path / "tokens").rglob("*.json")}

    def killed(root, transaction):
        raise SystemExit(137)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(file_journal, "finish", killed)
        pull(tmp_path, CHANGED)
    assert {p: p.read_bytes() for p in (tmp_path / "tokens").rglob("*.json")} == before
    wiring.finish_interrupted(Project(tmp_path))
    assert components(tmp_path, "light", "brand", "soft") == [1, 0, 0]
    assert pull(tmp_path, CHANGED).is_empty
    assert not (tmp_path / ".dss" / "pending").exists()


def test_a_pull_that_was_killed_before_it_decided_never_was(tmp_path, monkeypatch):
    pull(tmp_path, START)
    before = {p: p.read_bytes() for p in (tmp_path / "tokens").rglob("*.json")}

    def killed(root, transaction):
        raise SystemExit(137)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(file_journal, "decide", killed)
        pull(tmp_path, CHANGED)
    journal.recover(tmp_path)
    assert {p: p.read_bytes() for p in (tmp_path / "tokens").rglob("*.json")} == before
    assert not (tmp_path / ".dss" / "pending").exists()
    assert pull(tmp_path, CHANGED).contents


def test_a_journal_reaches_nothing_outside_its_project(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("safe")
    root = tmp_path / "project"
    folder = root / ".dss" / "pending" / "x"
    folder.mkdir(parents=True)
    (folder / "changes.json").write_text(json.dumps({"../outside": None}))
    (folder / "decided").touch()
    with pytest.raises(InputError, match="outside"):
        journal.recover(root)
    assert outside.read_text() == "safe"


class Loopback:
    """The fake as a client, without a network."""

    def __init__(self, fake):
        self.fake = fake

    def _ask(self, method, path, body=b""):
        answer = self.fake.handle(method, path, {"X-Figma-Token": "t"}, body)
        assert answer.status == 200, answer.body
        return answer.json()

    def local_variables(self, key):
        return self._ask("GET", f"/v1/files/{key}/variables/local")

    def post_variables(self, key, body):
        answer = self._ask("POST", f"/v1/files/{key}/variables", json.dumps(body).encode())
        return answer["meta"]["tempIdToRealId"]


@settings(max_examples=25)
@given(edits=st.dictionaries(st.sampled_from(["main", "soft"]), colours))
def test_what_was_pushed_is_what_the_files_say(tmp_path_factory, edits):
    from dss.service import figma_file

    root = tmp_path_factory.mktemp("push")
    client = Loopback(wiring.fake_figma({"abcdefghij": deepcopy(START)}))
    push = wiring.FigmaAdapter().push
    pull(root, client.local_variables("abcdefghij"))

    def bodies():
        base = read_base(root, root / "tokens")
        local = sync.folder_documents(root / "tokens")
        return push.requests_of(push.plan_push(local, client.local_variables("abcdefghij"), base.documents))

    assert bodies() == []

    def change(document):
        for name, colour in edits.items():
            found = [colour["r"], colour["g"], colour["b"]]
            document["brand"][name]["$value"] = {"colorSpace": "srgb", "components": found}

    edit(root, "dark", change)
    figma_file.push(client, "abcdefghij", bodies(), push.real_ids_in, root)
    assert bodies() == []
    kept = {p.name: p.read_bytes() for p in (root / "tokens").iterdir()}
    assert pull(root, client.local_variables("abcdefghij"), strategy="keep_remote").conflicts == ()
    for name, colour in edits.items():
        assert components(root, "dark", "brand", name) == [colour["r"], colour["g"], colour["b"]]
    assert kept.keys() == {p.name for p in (root / "tokens").iterdir()}


@pytest.mark.slow
def test_the_commands_go_both_ways_over_http(tmp_path):
    from threading import Thread

    from dss.server.fake_figma import server

    listening = server(wiring.fake_figma({"abcdefghij": deepcopy(START)}), "127.0.0.1", 0)
    Thread(target=listening.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{listening.server_port}"

    def dss(*words, status=0):
        ended = subprocess.run(
            [sys.executable, "-m", "dss", "figma", *words, "abcdefghij", "--base-url", url, "--json"],
            cwd=tmp_path, capture_output=True, text=True, env={"FIGMA_TOKEN": "figd_secret", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        assert ended.returncode == status, ended.stdout + ended.stderr
        assert "figd_secret" not in ended.stdout + ended.stderr
        return json.loads(ended.stdout)

    try:
        assert dss("pull")["files"]
        assert dss("pull")["files"] == []
        edit(tmp_path, "light", set_blue)
        assert (dss("status")["local"], dss("status")["remote"]) == (1, 0)
        assert [change["path"] for change in dss("diff")["local"]] == ["brand.soft"]
        assert len(dss("push", "--dry-run")["requests"]) == 1
        assert dss("push")["requests"] == 1
        assert dss("push")["requests"] == 0
        assert dss("status")["local"] == 0
    finally:
        listening.shutdown()
        listening.server_close()
    assert not any("figd_secret" in p.read_text(errors="replace") for p in tmp_path.rglob("*") if p.is_file())


def test_a_file_that_is_saved_between_reading_and_writing_is_not_lost(tmp_path):
    pull(tmp_path, START)
    theirs = payload(variable(1, "brand/main", BLUE), variable(2, "brand/soft", GREEN))
    adapter = wiring.FigmaAdapter()
    read = adapter.sources.read_answers(adapter.sources.Answers(variables={"file.json": theirs}))
    plan = sync.plan_pull(read, tmp_path / "tokens", tmp_path, adapter.rules({}, 16))
    edit(tmp_path, "light", lambda document: document["brand"]["soft"].update({"$value": "#00f"}))
    saved = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    with pytest.raises(InputError) as caught:
        sync.apply_pull(plan, tmp_path)
    assert {(found.code, found.file.rpartition("/")[2]) for found in caught.value.diagnostics} == {
        ("DSS481", "theme.light.tokens.json")
    }
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json")} == saved
    pull(tmp_path, theirs)
    assert components(tmp_path, "light", "brand", "main") == [0, 0, 1]
    assert value(tmp_path, "light", "brand", "soft") == "#00f"


def test_of_two_pulls_at_once_the_second_looks_again(tmp_path):
    pull(tmp_path, START)
    adapter = wiring.FigmaAdapter()
    plans = []
    for colour in (BLUE, GREEN):
        answer = payload(variable(1, "brand/main", colour), variable(2, "brand/soft", colour))
        read = adapter.sources.read_answers(adapter.sources.Answers(variables={"file.json": answer}))
        plans.append(sync.plan_pull(read, tmp_path / "tokens", tmp_path, adapter.rules({}, 16)))
    sync.apply_pull(plans[0], tmp_path)
    with pytest.raises(InputError, match="was written while"):
        sync.apply_pull(plans[1], tmp_path)
    assert components(tmp_path, "light", "brand", "main") == [0, 0, 1]


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    adapter = wiring.FigmaAdapter()
    read = adapter.sources.read_answers(adapter.sources.Answers(variables={"file.json": START}))
    plan = sync.plan_pull(read, tmp_path / "tokens", tmp_path, adapter.rules({}, 16))
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens" / "theme.dark.tokens.json").write_text("{}")
    with pytest.raises(InputError, match="was written while"):
        sync.apply_pull(plan, tmp_path)
    assert [path.name for path in (tmp_path / "tokens").iterdir()] == ["theme.dark.tokens.json"]
