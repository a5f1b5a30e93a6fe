"""dss storybook: what it writes, leaves, removes and refuses; and that its values are those of the stylesheet."""

import json
import os
import re
import shutil
import stat
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dss import wiring
from dss.service import story_folder
from dss.service.resolving import resolve
from dss.service.storybook_build import server

SAMPLE = Path(__file__).parents[2] / "fixtures" / "storybook" / "sample" / "tokens.resolver.json"
BEFORE = SAMPLE.parents[1] / "before"


@pytest.fixture
def tokens(tmp_path):
    file = tmp_path / "tokens.json"
    file.write_text('{"space": {"$type": "dimension", "sm": {"$value": {"value": 4, "unit": "px"}}}}')
    return file


@pytest.fixture
def out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "storybook"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_whole_storybook_is_written_and_a_second_run_changes_nothing(dss, tokens, out):
    first = dss("storybook", tokens, "-o", out, "--json")
    assert first.status == 0
    assert (out / "package.json").exists() and (out / ".storybook" / "main.js").exists()
    written = contents(out)
    assert {out.name + "/" + name for name in written} == {file["path"] for file in first.json["files"]}
    again = dss("storybook", tokens, "-o", out, "--json")
    assert not any(file["changed"] for file in again.json["files"])
    assert contents(out) == written


def test_stale_files_are_removed_and_nothing_else(dss, tokens, out):
    dss("storybook", tokens, "-o", out)
    (out / "dss-tokens" / "mine.txt").write_text("mine")
    (out / "node_modules").mkdir()
    (out / "node_modules" / "x.js").write_text("x")
    assert (out / "dss-tokens" / "stories" / "groups" / "space.stories.js").exists()
    tokens.write_text('{"size": {"$type": "dimension", "sm": {"$value": {"value": 4, "unit": "px"}}}}')
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert "storybook/dss-tokens/stories/groups/space.stories.js" in ended.json["removed"]
    assert not (out / "dss-tokens" / "stories" / "groups" / "space.stories.js").exists()
    assert (out / "dss-tokens" / "mine.txt").read_text() == "mine"
    assert (out / "node_modules" / "x.js").read_text() == "x"


def test_folders_that_become_empty_go_too(dss, tokens, out):
    tokens.write_text('{"a": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0, 0, 0]}}}')
    dss("storybook", tokens, "-o", out)
    manifest = json.loads((out / story_folder.MANIFEST).read_text())
    inside = out / "dss-tokens" / "old" / "x.js"
    inside.parent.mkdir()
    inside.write_text("x")
    manifest["files"]["dss-tokens/old/x.js"] = story_folder._digest(b"x")
    (out / story_folder.MANIFEST).write_text(json.dumps(manifest))
    dss("storybook", tokens, "-o", out)
    assert not inside.parent.exists()


def test_a_stale_file_that_was_edited_stays(dss, tokens, out):
    dss("storybook", tokens, "-o", out)
    edited = out / "dss-tokens" / "stories" / "groups" / "space.stories.js"
    edited.write_text("// mine\n")
    tokens.write_text('{"size": {"$type": "dimension", "sm": {"$value": {"value": 4, "unit": "px"}}}}')
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert edited.read_text() == "// mine\n"
    assert "DSS556" in [found["code"] for found in ended.json["diagnostics"]]


def test_the_configuration_that_was_edited_stays_edited(dss, tokens, out):
    dss("storybook", tokens, "-o", out)
    package = out / "package.json"
    package.write_text(package.read_text().replace('"private"', '"description": "mine", "private"'))
    mine = package.read_text()
    for _ in range(2):
        ended = dss("storybook", tokens, "-o", out, "--json")
        assert ended.status == 0
        assert package.read_text() == mine
        assert "DSS556" in [found["code"] for found in ended.json["diagnostics"]]


def test_a_file_that_is_not_ours_is_never_overwritten(dss, tokens, out):
    out.mkdir()
    (out / "package.json").write_text("{}")
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert ended.status == 1
    assert [found["code"] for found in ended.json["diagnostics"]] == ["DSS555"]
    assert contents(out) == {"package.json": b"{}"}


def test_an_existing_storybook_gets_our_folder_only(dss, tokens, out):
    (out / ".storybook").mkdir(parents=True)
    (out / ".storybook" / "main.ts").write_text("export default {}")
    (out / "package.json").write_text("{}")
    before = contents(out)
    ended = dss("storybook", tokens, "-o", out)
    assert ended.status == 0
    assert "'../dss-tokens/**/*.stories.js'" in ended.err and "'../dss-tokens/preview.js'" in ended.err
    after = contents(out)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith("dss-tokens/") for name in after.keys() - before.keys())


def test_stories_alone_stand_in_the_folder_itself(dss, tokens, out):
    dss("storybook", tokens, "-o", out, "--stories-only")
    names = contents(out)
    assert "preview.js" in names and "public/tokens.css" in names and "package.json" not in names


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"format": 2, "files": {}}', '{"format": 1, "files": {"a": 1}}'])
def test_a_damaged_record_stops_everything(dss, tokens, out, damage):
    dss("storybook", tokens, "-o", out)
    (out / story_folder.MANIFEST).write_text(damage)
    before = contents(out)
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert ended.status == 1
    assert [found["code"] for found in ended.json["diagnostics"]] == ["DSS558"]
    assert contents(out) == before


def test_a_record_that_leads_outside_removes_nothing(dss, tokens, out, tmp_path):
    dss("storybook", tokens, "-o", out)
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    manifest = json.loads((out / story_folder.MANIFEST).read_text())
    manifest["files"]["../victim.txt"] = story_folder._digest(b"x")
    (out / story_folder.MANIFEST).write_text(json.dumps(manifest))
    assert dss("storybook", tokens, "-o", out).status == 1
    assert victim.exists()


def test_without_tokens_nothing_is_written(dss, tokens, out):
    tokens.write_text("{}")
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert ended.status == 1
    assert [found["code"] for found in ended.json["diagnostics"]] == ["DSS550"]
    assert not out.exists()


def test_broken_tokens_are_reported_and_nothing_is_written(dss, tokens, out):
    tokens.write_text('{"a": {"$type": "color", "$value": "{b}"}}')
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert ended.status == 1 and not out.exists()


def test_unknown_types_are_shown_as_they_are(dss, tokens, out):
    tokens.write_text('{"a": {"$type": "invented", "$value": {"x": 1}}}')
    assert dss("storybook", tokens, "-o", out).status == 0
    (record,) = json.loads((out / "dss-tokens" / "data" / "other.json").read_text())
    assert record["type"] == "invented" and "1" in record["value"]


def test_two_tokens_with_one_name_get_two_names(dss, tokens, out):
    number = {"$type": "number", "$value": 1}
    tokens.write_text(json.dumps({"fooBar": number, "foo-bar": number}))
    ended = dss("storybook", tokens, "-o", out, "--json")
    assert ended.status == 0
    assert [found["code"] for found in ended.json["diagnostics"]] == ["DSS310"]
    records = json.loads((out / "dss-tokens" / "data" / "number.json").read_text())
    assert [record["name"] for record in records] == ["foo-bar", "foo-bar-2"]
    assert "--foo-bar-2: 1;" in (out / "dss-tokens" / "public" / "tokens.css").read_text()


def test_a_token_without_value_in_a_context_is_named(dss, out, tmp_path):
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"a": {"$type": "number", "$value": 1}}]}},
        "modifiers": {"mode": {"default": "x", "contexts": {"x": [], "y": [{"b": {"$type": "number", "$value": 2}}]}}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/mode"}],
    }
    file = tmp_path / "t.resolver.json"
    file.write_text(json.dumps(document))
    ended = dss("storybook", "--resolver", file, "-o", out, "--json")
    assert ended.status == 0
    (found,) = [found for found in ended.json["diagnostics"] if found["code"] == "DSS557"]
    assert (found["path"], found["severity"]) == ("b", "warning")
    record = json.loads((out / "dss-tokens" / "data" / "number.json").read_text())[1]
    assert "value" not in record and record["values"] == {"1": "2"}


def pick(record, permutations, inputs):
    """What the pages show: of the permutations that fit, the one with most contexts (runtime/modes.js, "pick")."""
    found, most = record.get("value"), 0
    for number, value in record.get("values", {}).items():
        pairs = permutations[int(number)]
        if len(pairs) > most and all(inputs[modifier] == context for modifier, context in pairs):
            found, most = value, len(pairs)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("density", ["comfortable", "compact"])
def test_the_pages_show_what_is_resolved_in_every_combination(dss, out, theme, density):
    dss("storybook", "--resolver", SAMPLE, "-o", out)
    data = out / "dss-tokens" / "data"
    site = json.loads((data / "site.json").read_text())
    chosen = {"theme": theme, "density": density}
    inputs = [[c["name"] for c in m["contexts"]].index(chosen[m["name"]]) for m in site["modifiers"]]
    records = [record for file in data.glob("*.json") if file.stem != "site" for record in json.loads(file.read_text())]
    resolved = resolve(wiring.read((), SAMPLE), chosen).base.tokens
    css = wiring.stylesheets().css_values
    shown = {record["path"]: pick(record, site["permutations"], inputs) for record in records}
    assert shown == {path: css.literal(token.type, token.value) for path, token in resolved.items()}


def test_combinations_that_interact_are_shown_right(dss, out, tmp_path):
    def number(value):
        return {"x": {"$type": "number", "$value": value}}

    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [number(0)]}},
        "modifiers": {
            "a": {"default": "0", "contexts": {"0": [], "1": [number(1)]}},
            "b": {"default": "0", "contexts": {"0": [], "1": [number(2)], "2": [number(0)]}},
        },
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/a"}, {"$ref": "#/modifiers/b"}],
    }
    file = tmp_path / "t.resolver.json"
    file.write_text(json.dumps(document))
    dss("storybook", "--resolver", file, "-o", out)
    site = json.loads((out / "dss-tokens" / "data" / "site.json").read_text())
    (record,) = json.loads((out / "dss-tokens" / "data" / "number.json").read_text())
    table = {(a, b): pick(record, site["permutations"], (a, b)) for a in (0, 1) for b in (0, 1, 2)}
    assert table == {(0, 0): "0", (1, 0): "1", (0, 1): "2", (1, 1): "2", (0, 2): "0", (1, 2): "0"}


def test_the_stylesheet_gives_default_contexts_a_place(dss, out):
    dss("storybook", "--resolver", SAMPLE, "-o", out)
    text = (out / "dss-tokens" / "public" / "tokens.css").read_text()
    for selector in ('[data-theme="light"]', '[data-theme="dark"]', '[data-density="comfortable"]'):
        assert f"{selector} {{" in text


def test_names_and_units_are_those_of_the_configured_platform(dss, tokens, out):
    (out.parent / "dss.toml").write_text(
        '[project]\nname = "Acme"\nsources = ["tokens.json"]\n[platform.web]\nformat = "css/variables"\n'
        'out = "x.css"\nprefix = "acme"\n[storybook]\nout = "docs/stories"\n'
    )
    assert dss("storybook").status == 0
    folder = out.parent / "docs" / "stories" / "dss-tokens"
    (record,) = json.loads((folder / "data" / "dimension.json").read_text())
    assert record["name"] == "acme-space-sm"
    assert json.loads((folder / "data" / "site.json").read_text())["title"] == "Acme"
    dss("storybook", "--prefix", "other", "--title", "Other")
    (record,) = json.loads((folder / "data" / "dimension.json").read_text())
    assert record["name"] == "other-space-sm"
    assert json.loads((folder / "data" / "site.json").read_text())["title"] == "Other"


def test_what_changed_since_a_folder(dss, out):
    assert dss("storybook", "--resolver", SAMPLE, "--since", BEFORE, "-o", out).status == 0
    changes = json.loads((out / "dss-tokens" / "data" / "site.json").read_text())["changes"]
    kinds = {(change["kind"], change["path"]) for change in changes["list"]}
    assert changes["since"] == "before"
    assert {
        ("removed", "space.6"), ("renamed", "radius.full"), ("changed", "palette.blue.600"), ("added", "gradient.dawn"),
        ("retyped", "opacity.disabled"), ("deprecated", "link.fg"),
    } <= kinds  # fmt: skip


def test_what_changed_since_an_archive_is_what_changed_since_its_folder(dss, out, tmp_path, monkeypatch):
    older = tmp_path / "older"
    shutil.copytree(BEFORE, older / "tokens")
    (older / "dss.toml").write_text('[project]\nresolver = "tokens/tokens.resolver.json"\n')
    monkeypatch.chdir(older)
    assert dss("export", "-o", "before.dss").status == 0

    def changes(since):
        assert dss("storybook", "--resolver", SAMPLE, "--since", since, "-o", out).status == 0
        return json.loads((out / "dss-tokens" / "data" / "site.json").read_text())["changes"]["list"]

    found = changes(older / "before.dss")
    assert found == changes(BEFORE)
    assert len(found) > 5


def test_components_come_from_saved_answers_of_figma(dss, out, tmp_path):
    entry = {"key": "k", "node_id": "1:2", "name": "Button", "description": "Press <b>it</b>"}
    parent = {"containingComponentSet": {"nodeId": "1:2"}}
    variant = {"key": "v", "node_id": "1:3", "name": "Size=Large", "containing_frame": parent}
    sets, single = tmp_path / "sets.json", tmp_path / "single.json"
    sets.write_text(json.dumps({"meta": {"component_sets": [entry]}}))
    single.write_text(json.dumps({"meta": {"components": [variant]}}))
    ended = dss("storybook", "--resolver", SAMPLE, "-o", out, "--components", single, "--components", sets)
    assert ended.status == 0
    (component,) = json.loads((out / "dss-tokens" / "data" / "site.json").read_text())["components"]
    assert (component["name"], component["description"]) == ("Button", "Press <b>it</b>")
    assert "button.bg" in component["tokens"]
    single.write_text("{")
    assert dss("storybook", "--resolver", SAMPLE, "-o", out, "--components", single).status == 1


def test_parts_of_composites_follow_their_context(dss, out):
    dss("storybook", "--resolver", SAMPLE, "-o", out)
    data = out / "dss-tokens" / "data"
    (title, _) = [r for r in json.loads((data / "typography.json").read_text()) if r["type"] == "typography"]
    assert title["parts"]["fontSize"] == "32px" and title["parts"]["letterSpacing"] == "-0.5px"
    assert title["uses"] == ["font.family.sans", "font.size.xl", "font.weight.bold", "font.line-height.tight"]
    (card, pressed) = json.loads((data / "shadow.json").read_text())
    assert len(card["parts"]) == 2 and pressed["parts"][0]["inset"] is True
    (vivid,) = [r for r in json.loads((data / "color.json").read_text()) if r["path"] == "palette.vivid"]
    assert vivid["wide"] is True and re.fullmatch(r"#[0-9a-f]{6}", vivid["srgb"])


def test_the_default_contexts_can_be_chosen(dss, out):
    dss("storybook", "--resolver", SAMPLE, "--input", "theme=dark", "-o", out)
    site = json.loads((out / "dss-tokens" / "data" / "site.json").read_text())
    assert [modifier["name"] for modifier in site["modifiers"]] == ["density"]


def npm_that(folder, script):
    """A folder with an npm and a node that do what *script* says."""
    folder.mkdir()
    for name in ("npm", "node"):
        file = folder / name
        file.write_text(f"#!{sys.executable}\n{script if name == 'npm' else ''}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return folder


def test_generating_needs_no_node_and_building_says_so(dss, tokens, out, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert dss("storybook", tokens, "-o", out).status == 0
    ended = dss("storybook", tokens, "-o", out, "--build", "--json")
    assert ended.status == 1
    assert [found["code"] for found in ended.json["diagnostics"]] == ["DSS551"]


@pytest.mark.skipif(os.name == "nt", reason="the fake npm is a script")
def test_what_npm_says_when_it_fails_is_shown(dss, tokens, out, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(npm_that(tmp_path / "bin", "print('no such host'); raise SystemExit(7)")))
    ended = dss("storybook", tokens, "-o", out, "--build", "--json")
    assert ended.status == 3
    (found,) = ended.json["diagnostics"]
    assert found["code"] == "DSS552" and found["message"].endswith("(status 7): no such host")
    assert (out / "package.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="the fake npm is a script")
def test_a_build_that_fails_is_shown_and_the_packages_are_not_installed_twice(dss, tokens, out, monkeypatch, tmp_path):
    script = (
        "import os, sys\nopen('calls', 'a').write(' '.join(sys.argv[1:]) + ' ' + os.environ.get('FIGMA_TOKEN', '-'))\n"
        "if sys.argv[1] == 'ci': os.makedirs('node_modules', exist_ok=True)\nelse: print('bad story'); sys.exit(1)"
    )
    monkeypatch.setenv("PATH", str(npm_that(tmp_path / "bin", script)))
    monkeypatch.setenv("FIGMA_TOKEN", "secret")
    for _ in range(2):
        ended = dss("storybook", tokens, "-o", out, "--build", "--json")
        assert ended.status == 1
        (found,) = ended.json["diagnostics"]
        assert found["code"] == "DSS553" and "bad story" in found["message"]
    calls = (out / "calls").read_text()
    assert calls.count("ci --ignore-scripts") == 1 and calls.count("run --silent build") == 2
    assert "secret" not in calls


def test_build_and_stories_only_exclude_each_other(dss, tokens, out):
    assert dss("storybook", tokens, "-o", out, "--build", "--stories-only").status == 2


def test_serving_needs_a_build(dss, tokens, out):
    ended = dss("storybook", tokens, "-o", out, "--serve")
    assert ended.status == 1 and "DSS554" in ended.err


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    (folder / "sub").mkdir(parents=True)
    (folder / "index.html").write_text("<p>here")
    (folder / "a.js").write_text("1")
    with server(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_address
        running.shutdown()
        thread.join()


def test_pages_are_served_to_this_machine_only(pages):
    host, port = pages
    assert host == "127.0.0.1"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/a.js") as answer:
        assert answer.headers["content-type"].startswith("text/javascript")
    for path in ("/sub/", "/%2e%2e/tokens.json", "/nothing"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}")
        refused.value.close()
        assert refused.value.code == 404


def test_a_taken_port_is_said(pages, dss, out):
    (out / "storybook-static").mkdir(parents=True)
    (out / "storybook-static" / "index.html").write_text("x")
    ended = dss("storybook", "-o", out, "--serve", "--port", str(pages[1]))
    assert ended.status == 1 and "DSS559" in ended.err


def test_nothing_is_left_of_a_fault_while_writing(dss, tokens, out, monkeypatch):
    def fail(*_):
        raise OSError(28, "no room")

    monkeypatch.setattr("dss.files.write", fail)
    assert dss("storybook", tokens, "-o", out).status == 1
    assert not out.exists() or not contents(out)
    shutil.rmtree(out, ignore_errors=True)
