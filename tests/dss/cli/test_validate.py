"""``dss validate``: every fault with its place, in every form; nothing is written."""

import json

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sound_set_is_said_to_be_sound(dss, folder):
    (folder / "t.json").write_text('{"a": {"$type": "number", "$value": 1}}')
    done = dss("validate", "t.json")
    assert (done.status, done.out) == (0, "")
    assert "1 tokens in 1 files" in done.err or "1 token" in done.err


def test_a_fault_is_shown_like_a_compiler_does(dss, folder):
    (folder / "t.json").write_text('{\n  "é💡": {"$type": "number", "$value": "{b}"}\n}')
    done = dss("validate", "t.json")
    assert (done.status, done.out) == (1, "")
    lines = done.err.splitlines()
    assert lines[0].startswith("error[DSS202]")
    assert lines[1].strip() == "--> t.json:2:39"
    assert lines[3].endswith('"é💡": {"$type": "number", "$value": "{b}"}')
    assert lines[4].rstrip().endswith("^^^^^")
    assert "REF-4" in done.err


def test_all_faults_of_all_files_are_listed(dss, folder):
    (folder / "a.json").write_text('{"a": {"$value": "{b}"}, "c": 5}')
    (folder / "b.json").write_text("{")
    (folder / "c.yaml").write_text("d:\n  $type: color\n  $value: 1\n")
    done = dss("validate", "a.json", "b.json", "c.yaml", "--strict", "--json")
    assert done.status == 1
    assert sorted((d["file"], d["code"], d["line"]) for d in done.json["diagnostics"]) == [
        ("a.json", "DSS202", 1), ("a.json", "DSS214", 1), ("b.json", "DSS102", 1), ("c.yaml", "DSS208", 3),
    ]  # fmt: skip


def test_json_holds_what_the_contract_lists(dss, folder):
    (folder / "t.json").write_text('{"a": {"$type": "number", "$value": 1}, "a": {"$value": "{a}"}}')
    done = dss("validate", "t.json", "--json")
    assert list(done.json) == ["diagnostics"]
    keys = [
        "code",
        "severity",
        "rule",
        "message",
        "hint",
        "path",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "related",
    ]
    for found in done.json["diagnostics"]:
        assert list(found) == keys
    (first,) = [d for d in done.json["diagnostics"] if d["code"] == "DSS110"]
    assert list(first["related"][0]) == ["message", "path", "file", "line", "column"]
    assert dss("validate", "t.json", "--format", "json").out == done.out


def test_all_contexts_are_checked_and_a_fault_names_its_context(dss, folder):
    document = {
        "version": "2025.10",
        "modifiers": {
            "theme": {
                "contexts": {"light": [{"b": {"$type": "number", "$value": 1}}], "dark": [{"c": {"$value": "{nope}"}}]},
                "default": "light",
            }
        },
        "resolutionOrder": [
            {"name": "base", "type": "set", "sources": [{"a": {"$type": "number", "$value": "{b}"}}]},
            {"$ref": "#/modifiers/theme"},
        ],
    }
    (folder / "r.json").write_text(json.dumps(document))
    done = dss("validate", "--resolver", "r.json", "--json")
    said = [d["message"] for d in done.json["diagnostics"]]
    assert done.status == 1
    assert len(said) == 2 and all("theme=dark" in message for message in said), said


def test_one_fault_of_the_base_is_not_repeated_for_every_context(dss, folder):
    document = {
        "version": "2025.10",
        "modifiers": {"m": {"contexts": {n: [{n: {"$type": "number", "$value": 1}}] for n in "xyz"}, "default": "x"}},
        "resolutionOrder": [
            {"name": "base", "type": "set", "sources": [{"a": {"$type": "number", "$value": "{nope}"}}]},
            {"$ref": "#/modifiers/m"},
        ],
    }
    (folder / "r.json").write_text(json.dumps(document))
    done = dss("validate", "--resolver", "r.json", "--json")
    assert [d["code"] for d in done.json["diagnostics"]] == ["DSS202"]


@pytest.mark.parametrize("style", ["sarif", "github"])
def test_other_forms_are_printed_and_fail_alike(dss, folder, style):
    (folder / "t.json").write_text('{"a": {"$value": "{b}"}}')
    done = dss("validate", "t.json", "--format", style)
    assert done.status == 1
    assert "DSS202" in done.out
    if style == "sarif":
        json.loads(done.out)


@pytest.mark.parametrize(
    "text", ['{"a": {"$type": "number", "$value": 1}}', '{"a": {"$value": "{b}"}}', "{", "\ufeff{}"]
)
def test_nothing_is_written(dss, folder, text):
    (folder / "t.json").write_text(text)
    dss("validate", "t.json")
    dss("validate", "t.json", "--strict", "--json")
    assert [path.name for path in folder.iterdir()] == ["t.json"]
    assert (folder / "t.json").read_text() == text
