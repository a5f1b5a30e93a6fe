"""``dss translate --config config.json``: files found, faults placed, and nothing written when anything fails."""

import json

import pytest

FILE = {"destination": "a.css", "format": "css/variables"}
CSS = {"transformGroup": "css", "buildPath": "build/", "files": [FILE]}
NUMBERS = {"a": {"value": 1}, "b": {"value": 2}}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Files by name, objects as JSON; the folder they lie in is the working one."""
    monkeypatch.chdir(tmp_path)

    def write(**named):
        for name, content in named.items():
            file = tmp_path / name.replace("__", "/").replace("_json", ".json")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content if isinstance(content, str) else json.dumps(content, indent=2), "utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (["t/!(*.test).json"], ["a", "b"]),
        (["t/+(a|b).json"], ["a", "b"]),
        (["t/@(a|b.test).json"], ["a", "b-test"]),
        (["t/**/!(a).json"], ["b", "b-test", "c"]),
        (["t/{a,n/c}.json"], ["a", "c"]),
        (["t/?(x)a.json", "t/n/*(c).json"], ["a", "c"]),
    ],
)
def test_sources_are_extended_globs(project, dss, source, found):
    names = {"t/a.json": "a", "t/b.json": "b", "t/b.test.json": "b-test", "t/n/c.json": "c"}
    root = project(config_json={"source": source, "platforms": {"css": CSS}})
    for name, token in names.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps({token: {"value": 1}}))
    done = dss("translate", "-c", "config.json")
    assert done.status == 0, done.err
    lines = (root / "build" / "a.css").read_text().splitlines()
    assert [line.split(":")[0].strip(" -") for line in lines if "--" in line] == found


def test_every_broken_and_circular_reference_is_listed_with_file_and_line(project, dss):
    root = project(
        config_json={"source": ["t/*.json"], "platforms": {"css": CSS, "scss": {**CSS, "transformGroup": "scss"}}},
        t__a_json='{\n  "size": {\n    "s": { "value": "{size.nn}" },\n    "n": { "value": "1px" }\n  }\n}',
        t__b_json='{\n  "one": { "value": "{two}" },\n  "two": {\n    "value": "{one}"\n  },\n  "x":{"value":"{o}"}\n}',
    )
    done = dss("translate", "-c", "config.json", "--json")
    assert done.status == 1
    found = {(d["code"], d["path"], d["file"], d["line"]) for d in done.json["diagnostics"]}
    assert found == {
        ("DSS202", "size.s", "t/a.json", 3),
        ("DSS203", "one", "t/b.json", 2),
        ("DSS202", "x", "t/b.json", 6),
    }
    (cycle,) = [d for d in done.json["diagnostics"] if d["code"] == "DSS203"]
    assert [(place["path"], place["file"], place["line"]) for place in cycle["related"]] == [("two", "t/b.json", 4)]
    (near,) = [d for d in done.json["diagnostics"] if d["path"] == "size.s"]
    assert near["hint"] == "did you mean {size.n}?"
    assert not (root / "build").exists()


@pytest.mark.parametrize(
    ("platform", "code", "line", "said"),
    [
        ({"transformGroup": "ccs"}, "DSS350", 7, "did you mean css?"),
        ({"transforms": ["name/kebob"]}, "DSS350", None, "did you mean name/kebab?"),
        ({"files": [{"destination": "b", "format": "css/variable"}]}, "DSS350", None, "did you mean css/variables?"),
        ({"files": [{"destination": "b"}]}, "DSS354", None, "no format"),
        ({"files": {"x": 1}}, "DSS352", None, "files"),
        ({"actions": ["copy_asset"]}, "DSS350", None, "did you mean copy_assets?"),
    ],
)
def test_a_fault_of_one_platform_is_placed_and_keeps_all_from_being_written(project, dss, platform, code, line, said):
    config = {
        "source": ["t.json"],
        "platforms": {"bad": {"transformGroup": "css", "files": [FILE], **platform}, "ok": CSS},
    }
    root = project(config_json=config, t_json=NUMBERS)
    done = dss("translate", "-c", "config.json", "--json")
    (found,) = done.json["diagnostics"]
    assert (done.status, found["code"], found["file"]) == (1, code, "config.json")
    assert said in found["message"] + str(found["hint"])
    assert found["line"] == line if line else found["line"] > 1
    assert not (root / "build").exists() and not (root / "a.css").exists()


@pytest.mark.parametrize(
    ("name", "config", "said"),
    [
        ("config.js", "export default {}", "JSON5 or YAML"),
        ("config.mjs", "export default {}", "JSON5 or YAML"),
        ("config.json", '{"platforms": {"css": }}', "config.json:1:"),
        ("config.json", {"hooks": {"transforms": {"mine": {"type": "value"}}}, "platforms": {}}, "hooks.transforms"),
        ("config.json", {"source": ["none/*.js"], "platforms": {}}, None),
    ],
)
def test_what_only_javascript_can_say_names_the_way_here(project, dss, name, config, said):
    root = project(t_json=NUMBERS)
    (root / name).write_text(config if isinstance(config, str) else json.dumps(config))
    done = dss("translate", "-c", name)
    if said is not None:
        assert done.status == 1
        assert said in done.err
        assert "Traceback" not in done.err


def test_a_file_without_a_destination_is_not_silently_left_out(project, dss):
    platform = {**CSS, "files": [{"format": "css/variables"}]}
    project(config_json={"source": ["t.json"], "platforms": {"css": platform}}, t_json=NUMBERS)
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, done.json["files"]) == (0, [])
    assert [(d["code"], d["severity"]) for d in done.json["diagnostics"]] == [("DSS354", "warning")]


def test_paths_are_relative_to_the_configuration_and_an_output_moves_them(project, dss):
    root = project(sub__config_json={"source": ["t/*.json"], "platforms": {"css": CSS}}, sub__t__a_json=NUMBERS)
    assert dss("translate", "-c", "sub/config.json").status == 0
    assert (root / "sub" / "build" / "a.css").exists()
    assert dss("translate", "-c", "sub/config.json", "-o", "out").status == 0
    assert (root / "out" / "build" / "a.css").read_bytes() == (root / "sub" / "build" / "a.css").read_bytes()


def test_one_platform_of_several(project, dss):
    platforms = {"css": CSS, "scss": {**CSS, "files": [{"destination": "a.scss", "format": "scss/variables"}]}}
    root = project(config_json={"source": ["t.json"], "platforms": platforms}, t_json=NUMBERS)
    assert dss("translate", "-c", "config.json", "-p", "scss").status == 0
    assert [file.name for file in (root / "build").iterdir()] == ["a.scss"]
    done = dss("translate", "-c", "config.json", "-p", "sccs")
    assert (done.status, "did you mean scss?" in done.err) == (1, True)


def test_a_missing_asset_keeps_files_from_being_written(project, dss):
    platform = {**CSS, "actions": ["copy_assets"]}
    root = project(config_json={"source": ["t.json"], "platforms": {"css": platform}}, t_json=NUMBERS)
    done = dss("translate", "-c", "config.json")
    assert done.status == 1 and "assets" in done.err
    assert not (root / "build").exists()


def test_a_check_writes_nothing_and_tells_what_would_change(project, dss):
    root = project(config_json={"source": ["t.json"], "platforms": {"css": CSS}}, t_json=NUMBERS)
    assert dss("translate", "-c", "config.json", "--check").status == 1
    assert not (root / "build").exists()
    assert dss("translate", "-c", "config.json").status == 0
    assert dss("translate", "-c", "config.json", "--check").status == 0
    project(t_json={**NUMBERS, "b": {"value": 3}})
    assert dss("translate", "-c", "config.json", "--check").status == 1


def told(done):
    """The diagnostics in short: code, severity, line, and the lines of what belongs to it."""
    return [
        (one["code"], one["severity"], one["line"], [other["line"] for other in one["related"]])
        for one in done.json["diagnostics"]
    ]


def test_two_files_of_one_path_are_an_error_unless_they_are_alike(project, dss):
    config = {"source": ["t.json"], "platforms": {"css": CSS, "web": {**CSS, "prefix": "x", "buildPath": "./build"}}}
    root = project(config_json=config, t_json=NUMBERS)
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, told(done)) == (1, [("DSS311", "error", 20, [10])])
    assert not (root / "build").exists()
    project(config_json={**config, "platforms": {"css": CSS, "web": CSS}})
    assert dss("translate", "-c", "config.json").status == 0


def test_a_copy_does_not_replace_a_file(project, dss):
    platform = {**CSS, "actions": ["copy_assets"], "files": [{**FILE, "destination": "assets/a.css"}]}
    root = project(config_json={"source": ["t.json"], "platforms": {"css": platform}}, t_json=NUMBERS)
    project(assets__a="copied")
    (root / "assets" / "a").rename(root / "assets" / "a.css")
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, done.json["diagnostics"][0]["code"]) == (1, "DSS311")
    assert not (root / "build").exists()


def test_tokens_of_the_configuration_have_their_places(project, dss):
    tokens = {"a": {"value": 1}, "A": {"value": 2}, "x": {"value": "{y}"}, "y": {"value": "{x}"}}
    project(config_json={"tokens": tokens, "platforms": {"css": CSS}})
    assert told(dss("translate", "-c", "config.json", "--json")) == [("DSS203", "error", 10, [13])]
    del tokens["x"], tokens["y"]
    project(config_json={"tokens": tokens, "platforms": {"css": CSS}})
    assert told(dss("translate", "-c", "config.json", "--json")) == [("DSS363", "warning", 3, [6])]


def test_references_are_placed_in_every_form_of_file(project, dss):
    root = project(config_json={"source": ["t.yaml", "t.json5"], "platforms": {"css": CSS}})
    (root / "t.yaml").write_text("a:\n  value: '{nope}'\n")
    (root / "t.json5").write_text("{\n b: {value: '{c}'}, // broken by c\n c: {\n  value: '{b}'}}")
    done = dss("translate", "-c", "config.json", "--json")
    found = {(one["code"], one["file"], one["line"]) for one in done.json["diagnostics"]}
    assert found == {("DSS202", "t.yaml", 2), ("DSS203", "t.json5", 2)}


@pytest.mark.parametrize(
    ("source", "status", "lines"),
    [
        (["none/*.json"], 1, [("DSS113", "error", 3, [])]),
        (["t.json", "none.json"], 0, [("DSS113", "warning", 4, [])]),
        ([], 0, [("DSS113", "warning", 1, [])]),
    ],
)
def test_sources_of_nothing_are_told(project, dss, source, status, lines):
    root = project(config_json={"source": source, "platforms": {"css": CSS}}, t_json=NUMBERS)
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, told(done)) == (status, lines)
    assert (root / "build").exists() == (status == 0)


def test_paths_start_in_the_working_folder_where_only_that_has_the_sources(project, dss):
    config = {"source": ["sd/t.json"], "platforms": {"css": CSS}}
    root = project(sd__config_json=config, sd__t_json={"a": {"value": "{b}"}, "b": {"value": 1}})
    done = dss("translate", "-c", "sd/config.json", "--json")
    assert (done.status, told(done)) == (0, [("DSS113", "warning", 1, [])])
    assert (root / "build" / "a.css").exists()
    project(sd__t_json={"a": {"value": "{c}"}})
    (found,) = dss("translate", "-c", "sd/config.json", "--json").json["diagnostics"]
    assert (found["code"], found["file"]) == ("DSS202", "sd/t.json")


def test_no_platforms_and_arguments_that_do_nothing_are_told(project, dss):
    project(config_json={"source": ["t.json"]}, t_json=NUMBERS)
    found = dss("translate", "t.json", "-c", "config.json", "--to", "css", "--json").json["diagnostics"]
    assert [(one["code"], one["severity"]) for one in found] == [("DSS358", "warning"), ("DSS354", "warning")]
    assert found[0]["message"].startswith("SOURCE, --to ")


def test_a_filter_of_a_misspelt_member_says_so(project, dss):
    platform = {**CSS, "files": [{**FILE, "filter": {"valeu": 1}}]}
    project(config_json={"source": ["t.json"], "platforms": {"css": platform}}, t_json=NUMBERS)
    (found,) = dss("translate", "-c", "config.json", "--json").json["diagnostics"]
    assert (found["code"], found["line"]) == ("DSS364", 10)
    assert found["hint"] == "no token has valeu; did you mean value?"


@pytest.mark.parametrize("taken", ["folder", "file"])
def test_a_destination_that_cannot_be_written_is_named(project, dss, taken):
    root = project(config_json={"source": ["t.json"], "platforms": {"css": CSS}}, t_json=NUMBERS)
    if taken == "folder":
        (root / "build" / "a.css").mkdir(parents=True)
    else:
        (root / "build").write_text("")
    done = dss("translate", "-c", "config.json", "--json")
    (found,) = done.json["diagnostics"]
    assert (done.status, found["code"]) == (1, "DSS903")
    assert found["file"].endswith("build/a.css")
    assert sorted(path.name for path in root.iterdir()) == ["build", "config.json", "t.json"]


def test_a_fault_is_shown_in_the_file_that_was_read(project, dss):
    config = {"source": ["t.json"], "platforms": {"css": {**CSS, "transformGroup": "ccs"}}}
    project(config_json=config, sub__config_json=config, t_json=NUMBERS, sub__t_json={"a": {"value": "{b}"}})
    (found,) = dss("translate", "-c", "sub/config.json", "--json").json["diagnostics"]
    assert found["file"] == "sub/config.json"
    project(sub__config_json={**config, "platforms": {"css": CSS}})
    (found,) = dss("translate", "-c", "sub/config.json", "--json").json["diagnostics"]
    assert (found["code"], found["file"]) == ("DSS202", "sub/t.json")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.yaml", "source: [t.json]\nplatforms:\n  css:\n    files:\n      - {destination: a, format: json/flat}\n"),
        ("c.json5", "{source: ['t.json'], platforms: {css: {files: [{destination: 'a', format: 'json/flat'},]}}}"),
        (
            "c.jsonc",
            '{/* */ "source": ["t.json"], // x\n "platforms": {"css": {"files": [{"destination": "a", "format": '
            '"json/flat"}]}}}',
        ),
    ],
)
def test_configurations_of_every_form(project, dss, name, text):
    root = project(t_json=NUMBERS)
    (root / name).write_text(text)
    done = dss("translate", "-c", name)
    assert done.status == 0, done.err
    assert json.loads((root / "a").read_text()) == {"a": 1, "b": 2}


def test_images_are_copied_for_android(project, dss):
    token = {"value": "img/logo.png", "type": "asset", "attributes": {"state": "hdpi"}}
    tokens = {"asset": {"image": {"logo": token}}}
    platform = {"buildPath": "out/", "actions": ["android/copyImages"], "files": []}
    root = project(config_json={"tokens": tokens, "platforms": {"android": platform}}, img__logo="bytes")
    (root / "img" / "logo").rename(root / "img" / "logo.png")
    assert dss("translate", "-c", "config.json").status == 0
    assert (root / "out/android/main/res/drawable-hdpi/logo.png").read_text() == "bytes"


def test_broken_references_may_be_only_told(project, dss):
    config = {"source": ["t.json"], "platforms": {"css": CSS}, "log": {"errors": {"brokenReferences": "console"}}}
    root = project(config_json=config, t_json={"a": {"value": "{b}"}})
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, told(done)) == (0, [("DSS202", "warning", 3, [])])
    assert "--a: {b};" in (root / "build" / "a.css").read_text()
    project(config_json={**config, "log": {**config["log"], "verbosity": "silent"}})
    assert told(dss("translate", "-c", "config.json", "--json")) == []


@pytest.mark.parametrize("name", ["../a.css", "/a.css", "\0"])
def test_an_output_folder_holds_every_output(project, dss, name):
    root = project(
        sub__config_json={"source": ["t.json"], "platforms": {"css": {**CSS, "buildPath": name}}}, sub__t_json=NUMBERS
    )
    done = dss("translate", "-c", "sub/config.json", "-o", "sub/out", "--json")
    (found,) = done.json["diagnostics"]
    assert (done.status, found["code"], found["file"]) == (1, "DSS115", "sub/config.json")
    assert sorted(path.name for path in root.rglob("*")) == ["config.json", "sub", "t.json"]


@pytest.mark.parametrize("name", ["\0", "/"])
def test_what_no_file_can_be_called_is_refused(project, dss, name):
    platform = {**CSS, "buildPath": "", "files": [{**FILE, "destination": name}]}
    project(config_json={"source": ["t.json"], "platforms": {"css": platform}}, t_json=NUMBERS)
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, [one["code"] for one in done.json["diagnostics"]]) == (1, ["DSS115"])
