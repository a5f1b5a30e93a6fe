"""The Figma commands as people run them: against a fake over HTTP, at a terminal, behind a pipe, killed."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
from copy import deepcopy
from pathlib import Path

import pytest

from dss import wiring
from dss.server.fake_figma import server
from dss.service import sync

KEY = "abcdefghij"
TOKEN = "figd_verysecret0123456789"
COLLECTION = "VariableCollectionId:1:0"
MODES = [{"modeId": "1:0", "name": "Light"}, {"modeId": "1:1", "name": "Dark"}]
LIGHT = Path("tokens/theme.light.tokens.json")


def variable(number, name, colour):
    value = dict(zip("rgba", (*colour, 1), strict=True))
    return {
        "id": f"VariableID:1:{number}", "key": f"{number:040x}", "name": name, "resolvedType": "COLOR",
        "variableCollectionId": COLLECTION, "remote": False, "description": "", "scopes": ["ALL_SCOPES"],
        "hiddenFromPublishing": False, "codeSyntax": {}, "valuesByMode": {mode["modeId"]: value for mode in MODES},
    }  # fmt: skip


def payload(*variables):
    collection = {
        "id": COLLECTION, "key": "c" * 40, "name": "Theme", "modes": MODES, "defaultModeId": "1:0", "remote": False,
        "hiddenFromPublishing": False, "variableIds": [v["id"] for v in variables],
    }  # fmt: skip
    found = {"variables": {v["id"]: v for v in variables}, "variableCollections": {COLLECTION: collection}}
    return {"status": 200, "error": False, "meta": found}


START = payload(variable(1, "brand/main", (1, 0, 0)), variable(2, "brand/soft", (0, 1, 0)))


@pytest.fixture
def fake():
    """A fake behind HTTP, with its address as ``url``."""
    found = wiring.fake_figma({KEY: deepcopy(START)})
    with server(found, "127.0.0.1", 0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        found_url = f"http://127.0.0.1:{listening.server_port}"
        yield type("Served", (), {"figma": found, "url": found_url, "file": found.files[KEY]})
        listening.shutdown()


@pytest.fixture
def run(dss, fake, tmp_path, monkeypatch):
    """``run("pull", …)``: a Figma command in a folder of its own, against the fake."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FIGMA_TOKEN", TOKEN)
    monkeypatch.delenv("DSS_BASE_PATH", raising=False)

    def call(command, *words, status=0):
        ended = dss("figma", command, KEY, "--base-url", fake.url, *words)
        assert ended.status == status, ended.err + ended.out
        assert TOKEN not in ended.out + ended.err
        return ended

    return call


def change_here(mode="light", name="soft", colour=(0, 0, 1)):
    path = Path(f"tokens/theme.{mode}.tokens.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    document["brand"][name]["$value"] = {"colorSpace": "srgb", "components": list(colour)}
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")


def change_there(fake, number=2, colour=(1, 1, 0)):
    value = dict(zip("rgba", (*colour, 1), strict=True))
    entry = {"variableId": f"VariableID:1:{number}", "modeId": "1:0", "value": value}
    fake.file.post({"variableModeValues": [entry]})


def components():
    return json.loads(LIGHT.read_text(encoding="utf-8"))["brand"]["soft"]["$value"]["components"]


# --- what is printed -----------------------------------------------------------------------------------------------


def test_every_command_prints_one_json_document(run, fake):
    assert [entry["changed"] for entry in run("pull", "--json").json["files"]] == [True] * 3
    nothing = run("pull", "--json")
    assert nothing.json["files"] == []
    assert "nothing new" in nothing.err
    change_here()
    assert run("status", "--json").json == {
        "pulled": True, "local": 1, "remote": 0, "unheld": {}, "diagnostics": [],
    }  # fmt: skip
    (change,) = run("diff", "--json").json["local"]
    assert (change["path"], change["kind"]) == ("brand.soft", "changed")
    (body,) = run("push", "--dry-run", "--json").json["requests"]
    assert list(body) == ["variableModeValues"]
    assert run("push", "--json").json["requests"] == 1
    change_there(fake)
    (pulled,) = run("watch", "--once", "--json").json["pulls"]
    assert pulled["files"] == [str(LIGHT)]


def test_a_conflict_is_status_5_with_both_values_where_it_stands(run, fake):
    run("pull")
    change_here()
    change_there(fake)
    before = LIGHT.read_bytes()
    told = run("pull", status=5)
    assert "#0000ff locally, #ffff00 remotely" in told.err
    assert re.search(r"--> tokens/theme\.light\.tokens\.json:\d+:\d+", told.err)
    assert "1 conflict; nothing was written" in told.err
    found = run("pull", "--json", status=5).json
    assert [conflict["path"] for conflict in found["conflicts"]] == ["brand.soft"]
    assert found["conflicts"][0]["choose"] is None
    assert [entry["code"] for entry in found["diagnostics"]] == ["DSS690"]
    assert found["diagnostics"][0]["line"] > 1
    assert LIGHT.read_bytes() == before
    assert run("pull", "--strategy", "keep_local", "--json").json["conflicts"][0]["choose"] == "local"
    assert components() == [0, 0, 1]


def test_a_dry_run_prints_the_changes_and_writes_nothing(run, fake):
    run("pull")
    change_there(fake)
    before = LIGHT.read_bytes()
    told = run("pull", "--dry-run")
    assert "changed brand.soft (theme.light.tokens.json)  $value: #00ff00 -> #ffff00" in told.out
    assert "1 would be written" in told.err
    assert LIGHT.read_bytes() == before
    assert "changed brand.soft" in run("diff").out
    assert "next: dss figma pull" in run("status").out


def test_overwrite_takes_figmas_side_everywhere(run, fake):
    run("pull")
    change_here()
    change_here(name="main")
    change_there(fake)
    told = run("pull", "--overwrite", "--dry-run")
    assert "changed brand.main" in told.out
    assert components() == [0, 0, 1]
    run("pull", "--overwrite")
    assert components() == [1, 1, 0]
    assert run("diff", "--json").json["local"] == []


def test_a_push_with_conflicts_posts_nothing(run, fake):
    run("pull")
    change_here()
    change_there(fake)
    posts = [method for method, _ in fake.figma.requests].count("POST")
    told = run("push", status=5)
    assert "pull first" in told.err
    assert [method for method, _ in fake.figma.requests].count("POST") == posts
    run("push", "--overwrite")
    assert fake.file.variables["VariableID:1:2"]["valuesByMode"]["1:0"] == {"r": 0, "g": 0, "b": 1, "a": 1}


def test_a_push_that_figma_would_refuse_posts_nothing(run, fake):
    run("pull")
    for mode in ("light", "dark"):
        path = Path(f"tokens/theme.{mode}.tokens.json")
        document = json.loads(path.read_text())
        document["Brand"] = {"Main": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0, 0, 0]}}}
        path.write_text(json.dumps(document))
    told = run("push", status=1)
    assert "DSS456" in told.err
    assert "POST" not in [method for method, _ in fake.figma.requests]


def test_the_plan_is_named_as_the_cause_with_the_two_other_sources(run, fake):
    fake.figma.enterprise = False
    told = run("pull", status=3)
    assert "DSS402" in told.err
    assert f"dss figma pull {KEY} --from-file EXPORT.zip" in told.err
    assert f"dss figma pull {KEY} --styles" in told.err
    assert "plugin" in told.err
    assert not Path("tokens").exists()
    assert run("pull", "--json", status=3).json["diagnostics"][0]["code"] == "DSS402"


def test_a_wait_that_is_too_long_is_told_in_human_units(run, fake):
    fake.figma.limit_next(396749, tier="pro", kind="low")
    told = run("pull", status=3)
    assert "4.6 days" in told.err
    assert "the file's plan is pro" in told.err
    assert "View or Collab seat" in told.err


def test_many_notes_of_one_kind_are_few_lines(run, tmp_path, dss):
    many = payload(*(variable(number, f" n{number}", (1, 0, 0)) for number in range(40)))
    (tmp_path / "many.json").write_text(json.dumps(many))
    told = dss("figma", "pull", "--from-file", "many.json")
    assert told.err.count("DSS432") == 4
    assert "the same of 37 more" in told.err
    found = dss("figma", "pull", "--from-file", "many.json", "--json").json
    assert len([entry for entry in found["diagnostics"] if entry["code"] == "DSS432"]) == 40


@pytest.mark.parametrize("words", [
    ("pull", "--from-file", "missing.json"), ("pull", "--library", "a=b"), ("pull", "--library", "nothing"),
    ("push", "--from-file", "."), ("fake", "--fail", "200"), ("fake", "--fail", "429:x"), ("watch", "--webhook", "1"),
])  # fmt: skip
def test_wrong_words_are_usage(dss, run, words, monkeypatch):
    monkeypatch.delenv("FIGMA_WEBHOOK_PASSCODE", raising=False)
    key = () if words[0] == "fake" else (KEY,)
    assert dss("figma", words[0], *key, *words[1:]).status == 2


def test_without_a_file_the_ways_to_name_one_are_told(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = dss("figma", "pull")
    assert (told.status, "DSS416" in told.err) == (1, True)


# --- secrets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", ["none", "401", "403", "500", "html", "network", "redirect", "garbage"])
def test_the_token_is_nowhere(run, fake, tmp_path, trouble):
    from figma.fake.service import Answer

    answers = {
        "401": Answer(401, {}, f'{{"err": "bad token {TOKEN}"}}'.encode()),
        "403": Answer(403, {}, f'{{"message": "Invalid token {TOKEN}"}}'.encode()),
        "500": Answer(500, {"Retry-After": "0"}, TOKEN.encode()),
        "html": Answer(200, {}, f"<html>{TOKEN}</html>".encode()),
        "redirect": Answer(302, {"Location": f"http://127.0.0.1:1/{TOKEN}"}, b""),
        "garbage": Answer(418, {}, f'{{"message": "{TOKEN}"}}'.encode()),
    }
    if trouble in answers:
        fake.figma.fail_next(answers[trouble], times=9)
        run("pull", status=3)
        run("pull", "--json", status=3)
    elif trouble == "network":
        fake.url = f"http://user:{TOKEN}@127.0.0.1:1"
        run("pull", status=3)
    else:
        (tmp_path / ".env").write_text(f"FIGMA_TOKEN={TOKEN}\n")
        run("pull")
        change_here()
        run("push")
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".env"
                and TOKEN.encode() in path.read_bytes()]  # fmt: skip


def test_the_token_may_stand_in_a_file_beside_dss_toml(run, tmp_path, monkeypatch, fake):
    monkeypatch.delenv("FIGMA_TOKEN")
    fake.figma.tokens = {"figd_from_file": frozenset({"file_variables:read", "file_metadata:read"})}
    (tmp_path / "dss.toml").write_text(f'[figma]\nfile = "{KEY}"\nbase_url = "{fake.url}"\n')
    run("pull", status=3)
    (tmp_path / ".env").write_text("export FIGMA_TOKEN='figd_from_file'  # mine\n")
    run("pull")
    assert (tmp_path / ".env").read_text() == "export FIGMA_TOKEN='figd_from_file'  # mine\n"


# --- a person at a terminal ----------------------------------------------------------------------------------------


def on_terminal(words, answers, cwd):
    """Runs a command on a terminal of its own and answers its questions; gives status and what was shown."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.environ |= {"FIGMA_TOKEN": TOKEN, "TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "200"}
        os.environ.pop("NO_COLOR", None)
        os.execv(sys.executable, [sys.executable, "-m", "dss", "figma", *words])
    shown, waiting, deadline = b"", list(answers), time.monotonic() + 60
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        try:
            data = os.read(terminal, 65536) if ready else None
        except OSError:  # Linux: the other end is closed
            break
        if data == b"":
            break
        shown += data or b""
        if waiting and shown.rstrip().endswith(b":") and b"[q]uit" in shown.splitlines()[-1]:
            os.write(terminal, waiting.pop(0).encode() + b"\n")
            shown += b"\n"
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shown.decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "status", "kept"), [("l", 0, [0, 0, 1]), ("r", 0, [1, 1, 0]), ("s", 5, [0, 0, 1])])
def test_a_person_decides_conflicts_one_by_one(run, fake, tmp_path, answer, status, kept):
    run("pull")
    change_here()
    change_there(fake)
    ended, shown = on_terminal(["pull", KEY, "--base-url", fake.url], [answer], tmp_path)
    assert ended == status, shown
    assert "brand.soft" in shown
    assert "\x1b[48;2;0;0;255m" in shown, "a swatch of ours"
    assert "\x1b[48;2;255;255;0m" in shown, "a swatch of theirs"
    assert re.search(r"files +.*\n.*Figma +", shown)
    assert components() == kept


@pytest.mark.slow
def test_behind_a_pipe_nobody_is_asked(run, fake, dss):
    run("pull")
    change_here()
    change_there(fake)
    run("pull", status=5)
    run("pull", "--interactive", status=2)


# --- the fake as a command -----------------------------------------------------------------------------------------


@pytest.fixture
def serving(tmp_path):
    """Starts ``dss figma fake`` and gives its address."""
    started = []

    def start(*words):
        process = subprocess.Popen(
            [sys.executable, "-m", "dss", "figma", "fake", "--port", "0", "--json", *map(str, words)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
        )  # fmt: skip
        started.append(process)
        text = ""
        while not text.endswith("}\n"):
            text += process.stdout.readline().decode()
        return json.loads(text)

    yield start
    for process in started:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.mark.slow
def test_the_fake_fails_on_command_and_the_client_waits(dss_process, serving, tmp_path):
    served = serving("--fail", "429:2:1", "--fail", "503")
    assert served["files"] == ["harbourHarbour"]
    begun = time.monotonic()
    ended = dss_process(
        "figma", "pull", "harbourHarbour", "--base-url", served["url"], cwd=tmp_path, env={"FIGMA_TOKEN": TOKEN}
    )
    assert ended.status == 0, ended.err
    assert ended.err.count("Figma asks to wait") == 2
    assert "Figma failed (503)" in ended.err
    assert time.monotonic() - begun > 2


@pytest.mark.slow
def test_the_fake_plays_other_plans_and_rights(dss_process, serving, tmp_path):
    (tmp_path / f"{KEY}.json").write_text(json.dumps(START))
    styles = {"meta": {"styles": [{"key": "k", "node_id": "9:1", "name": "ink", "style_type": "FILL"}]}}
    fills = [{"type": "SOLID", "color": {"r": 0, "g": 0, "b": 0, "a": 1}}]
    (tmp_path / f"{KEY}.styles.json").write_text(json.dumps(styles))
    (tmp_path / f"{KEY}.nodes.json").write_text(json.dumps({"nodes": {"9:1": {"document": {"fills": fills}}}}))
    served = serving("--starter", *(f"{KEY}{name}.json" for name in ("", ".styles", ".nodes")))
    options = {"cwd": tmp_path, "env": {"FIGMA_TOKEN": TOKEN}}
    assert dss_process("figma", "pull", KEY, "--base-url", served["url"], **options).status == 3
    ended = dss_process("figma", "pull", KEY, "--styles", "--base-url", served["url"], **options)
    assert ended.status == 0, ended.err
    assert "DSS402" in ended.err
    assert json.loads((tmp_path / "tokens" / "styles.tokens.json").read_text())["ink"]["$type"] == "color"
    served = serving("--viewer", f"{KEY}.json")
    assert dss_process("figma", "pull", KEY, "--base-url", served["url"], **options).status == 0
    os.chdir(tmp_path)
    change_here(colour=(0.5, 0, 0))
    ended = dss_process("figma", "push", KEY, "--base-url", served["url"], **options)
    assert (ended.status, "DSS405" in ended.err) == (3, True)
    served = serving("--scope", "file_variables:read", f"{KEY}.json")
    ended = dss_process("figma", "push", KEY, "--base-url", served["url"], **options)
    assert (ended.status, "file_variables:write" in ended.err) == (3, True)


# --- watching ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_watch_pulls_and_builds_when_something_is_new_and_ends_when_interrupted(run, fake, tmp_path):
    (tmp_path / "dss.toml").write_text(
        '[project]\nresolver = "tokens/tokens.resolver.json"\n[platform.css]\nformat = "css/variables"\n'
        'out = "build/tokens.css"\n'
    )
    watch = subprocess.Popen(
        [sys.executable, "-m", "dss", "figma", "watch", KEY, "--base-url", fake.url, "--every", "1", "--json"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    css = tmp_path / "build" / "tokens.css"

    def says(colour):
        return css.exists() and f"--brand-main: {colour};" in css.read_text()

    try:
        wait_for(lambda: says("#ff0000"))
        change_there(fake, 1, (0, 0, 1))
        wait_for(lambda: says("#0000ff"))
        fake.figma.refuse_next(500, 4)
        change_there(fake, 1, (0, 1, 1))
        wait_for(lambda: says("#00ffff"), 60)
    finally:
        watch.send_signal(signal.SIGINT)
        out, err = watch.communicate(timeout=20)
    assert watch.returncode == 130, err
    pulls = json.loads(out)["pulls"]
    assert [len(pull["built"]) for pull in pulls] == [1, 1, 1], err
    assert not list(tmp_path.rglob("*.tmp"))


def wait_for(holds, seconds=40):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_status_names_what_stays_here(run, fake):
    run("pull")
    document = json.loads(LIGHT.read_text(encoding="utf-8"))
    document["way"] = {"$type": "cubicBezier", "$value": [0, 0, 1, 1]}
    document["line"] = {"$type": "strokeStyle", "$value": "dashed"}
    LIGHT.write_text(json.dumps(document), encoding="utf-8")
    found = run("status").out
    assert "1 of the files' changes stay here: Figma has no variables for strokeStyle" in found
    assert found.endswith("next: dss figma push\n")
    del document["way"]
    LIGHT.write_text(json.dumps(document), encoding="utf-8")
    assert "next:" not in run("status").out


def test_a_diff_lists_changes_of_modes_too(run, fake):
    run("pull")
    night = {"action": "UPDATE", "id": "1:1", "name": "Night", "variableCollectionId": COLLECTION}
    fake.file.post({"variableModes": [night]})
    found = run("diff").out
    assert "removed modifiers.Theme.contexts.Dark (tokens.resolver.json)" in found
    assert "added modifiers.Theme.contexts.Night (tokens.resolver.json)" in found


def test_a_conflict_of_colours_has_patches_at_a_terminal_and_no_escapes_in_words(run, fake, tmp_path):
    run("pull")
    change_here()
    change_there(fake)
    (tmp_path / "theirs.json").write_text(json.dumps(fake.file.local()))
    words = [sys.executable, "-m", "dss", "figma", "pull", "--from-file", "theirs.json", "--no-interactive"]
    environment = {name: text for name, text in os.environ.items() if name not in ("NO_COLOR", "CI")}
    main_end, other = pty.openpty()
    ended = subprocess.Popen(words, stdin=other, stdout=other, stderr=other, cwd=tmp_path,
                             env=environment | {"TERM": "xterm-256color", "COLORTERM": "truecolor"})  # fmt: skip
    os.close(other)
    said = b""
    try:
        while chunk := os.read(main_end, 65536):
            said += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(main_end)
    assert ended.wait() == 5
    assert b"\\x1b" not in said
    assert b"\x1b[48;2;0;0;255m" in said
    assert b"\x1b[48;2;255;255;0m" in said


def test_a_watch_pulls_again_when_somebody_saved_a_file_meanwhile(run, fake, monkeypatch):
    run("pull")
    change_there(fake)
    write = sync.apply_pull
    saved = []

    def late(plan, root):
        if not saved:
            saved.append(change_here(name="main"))
        return write(plan, root)

    monkeypatch.setattr(sync, "apply_pull", late)
    (pulled,) = run("watch", "--once", "--json").json["pulls"]
    assert pulled["files"] == [str(LIGHT)]
    assert components() == [1, 1, 0]
    assert json.loads(LIGHT.read_text(encoding="utf-8"))["brand"]["main"]["$value"]["components"] == [0, 0, 1]
