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
