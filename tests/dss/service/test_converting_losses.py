"""What a target has no form for: told by a code, kept, back on the way back, and gone where somebody edited it."""

import json
from contextlib import suppress

import pytest

from dss import wiring
from dss.service import converting, resolving
from dss_tokens.errors import InputError

STUDIO = {
    "core": {
        "unit": {"value": "4", "type": "spacing"},
        "strong": {"value": "Bold Italic", "type": "fontWeights"},
        "red": {"value": "#ff0000", "type": "color"},
        "soft": {
            "value": "{red}", "type": "color",
            "$extensions": {"studio.tokens": {"modify": {"type": "lighten", "value": "0.5", "space": "srgb"}}},
        },
    },
    "light": {"paper": {"value": "#ffffff", "type": "color"}},
    "m/D": {"paper": {"value": "#000000", "type": "color"}, "unit": {"value": "6", "type": "spacing"}},
    "semantic": {"gap": {"value": "{unit} * 2", "type": "spacing"}},
    "$themes": [
        {"id": "1", "name": "Light", "group": "Mode",
         "selectedTokenSets": {"core": "source", "light": "enabled", "semantic": "enabled"}},
        {"id": "2", "name": "Dark", "group": "Mode",
         "selectedTokenSets": {"core": "enabled", "m/D": "enabled", "semantic": "enabled"}},
    ],
    "$metadata": {"tokenSetOrder": ["core", "light", "m/D", "semantic"]},
}  # fmt: skip
OTHERS = ("dtcg", "style-dictionary", "figma")


def write(folder, files):
    for name, document in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), encoding="utf-8")
    return folder


def convert(source, dialect, target):
    made = converting.plan(wiring.converter(), wiring.read((str(source),)), dialect, target)
    assert [d for d in made.diagnostics if d.severity == "error"] == []
    made.apply()
    return {(d.code, d.path) for d in made.diagnostics}


def value(folder, path, **inputs):
    return resolving.resolve(wiring.read((str(folder),)), inputs).base.tokens[path].value


def read(folder):
    found = {}
    for path in sorted(folder.rglob("*.json")):
        found[path.relative_to(folder).as_posix()] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("target", OTHERS)
def test_expressions_are_worked_out_in_every_context_told_and_back_again(tmp_path, target):
    source = write(tmp_path / "in", {"tokens.json": STUDIO})
    told = convert(source, target, tmp_path / "there")
    assert {("DSS321", "gap"), ("DSS321", "soft"), ("DSS321", "strong")} <= told
    assert value(tmp_path / "there", "gap") == {"value": 8, "unit": "px"}
    assert value(tmp_path / "there", "gap", Mode="Dark") == {"value": 12, "unit": "px"}
    assert value(tmp_path / "there", "soft")["components"] == [1, 0.5, 0.5]
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    assert read(tmp_path / "back") == {"tokens.json": STUDIO}


def test_an_edited_value_wins_over_the_expression(tmp_path):
    source = write(tmp_path / "in", {"tokens.json": STUDIO})
    convert(source, "dtcg", tmp_path / "there")
    file = tmp_path / "there" / "semantic.tokens.json"
    document = json.loads(file.read_text())
    document["gap"]["$value"] = {"value": 10, "unit": "px"}
    document["gap"]["$description"] = "Edited."
    file.write_text(json.dumps(document))
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    gap = read(tmp_path / "back")["tokens.json"]["semantic"]["gap"]
    assert (gap["$value"], gap["$type"], gap["$description"]) == ("10px", "dimension", "Edited.")
    assert "value" not in gap


def test_an_edited_description_keeps_the_expression(tmp_path):
    source = write(tmp_path / "in", {"tokens.json": STUDIO})
    convert(source, "dtcg", tmp_path / "there")
    file = tmp_path / "there" / "semantic.tokens.json"
    document = json.loads(file.read_text())
    document["gap"]["$description"] = "Between cards."
    file.write_text(json.dumps(document))
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    gap = read(tmp_path / "back")["tokens.json"]["semantic"]["gap"]
    assert gap == {"value": "{unit} * 2", "type": "spacing", "$description": "Between cards."}


def test_an_edit_of_what_an_expression_comes_to_in_a_context_stays(tmp_path):
    source = write(tmp_path / "in", {"tokens.json": STUDIO})
    convert(source, "dtcg", tmp_path / "there")
    file = tmp_path / "there" / "computed" / "Mode" / "Dark.tokens.json"
    document = json.loads(file.read_text())
    document["gap"]["$value"] = {"value": 20, "unit": "px"}
    file.write_text(json.dumps(document))
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    assert value(tmp_path / "back", "gap") == {"value": 8, "unit": "px"}
    assert value(tmp_path / "back", "gap", Mode="Dark") == {"value": 20, "unit": "px"}


def test_new_themes_go_to_tokens_studio(tmp_path):
    """The themes of before are kept only while they say what the contexts say."""
    source = write(tmp_path / "in", {"tokens.json": STUDIO})
    convert(source, "dtcg", tmp_path / "there")
    file = tmp_path / "there" / "tokens.resolver.json"
    document = json.loads(file.read_text())
    document["modifiers"]["Mode"]["contexts"]["Dim"] = [{"$ref": "m/D.tokens.json"}]
    file.write_text(json.dumps(document))
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    themes = read(tmp_path / "back")["tokens.json"]["$themes"]
    assert [(theme["id"], theme["name"]) for theme in themes] == [("1", "Light"), ("2", "Dark"), ("Mode/Dim", "Dim")]
    assert "m/D" in themes[2]["selectedTokenSets"]


def test_an_expression_of_two_modifiers_is_told(tmp_path):
    def theme(name, group, **sets):
        return {"id": name, "name": name, "group": group, "selectedTokenSets": dict.fromkeys(sets, "enabled")}

    def unit(name, text):
        return {name: {"value": text, "type": "spacing"}}

    document = {
        "base": unit("sum", "{a} + {b}"), "a1": unit("a", "1"), "a2": unit("a", "2"), "b1": unit("b", "10"),
        "b2": unit("b", "20"),
        "$themes": [theme("one", "A", base=1, a1=1), theme("two", "A", base=1, a2=1), theme("x", "B", b1=1),
                    theme("y", "B", b2=1)],
        "$metadata": {"tokenSetOrder": ["base", "a1", "a2", "b1", "b2"]},
    }  # fmt: skip
    source = write(tmp_path / "in", {"tokens.json": document})
    made = converting.plan(wiring.converter(), wiring.read((str(source),)), "dtcg", tmp_path / "there")
    (found,) = [d for d in made.diagnostics if "A and B" in d.message]
    assert (found.code, found.path) == ("DSS321", "sum")
    every = resolving.resolve_all(wiring.read((str(source),)), {})
    sums = {json.dumps(dict(p.inputs)): p.tokens["sum"].value["value"] for p in [every.base, *every.others]}
    assert sums == {"{}": 11, '{"A": "two"}': 12, '{"B": "y"}': 21, '{"A": "two", "B": "y"}': 22}


MODE = {
    "paper": {
        "$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 1, 1], "hex": "#ffffff"},
        "$extensions": {"com.figma.variableId": "VariableID:1:2"},
    }
}  # fmt: skip


@pytest.mark.parametrize("target", ["dtcg", "style-dictionary", "tokens-studio"])
def test_modes_of_a_collection_are_contexts(tmp_path, target):
    names = {"Theme/Light.tokens.json": "Light", "Theme/D.tokens.json": "D"}
    files = {file: {**MODE, "$extensions": {"com.figma.modeName": mode}} for file, mode in names.items()}
    source = write(tmp_path / "in", files)
    every = resolving.resolve_all(wiring.read((str(source),)), {})
    assert dict(every.modifiers) == {"Theme": ["Light", "D"]}
    convert(source, target, tmp_path / "there")
    assert dict(resolving.resolve_all(wiring.read((str(tmp_path / "there"),)), {}).modifiers) == dict(every.modifiers)
    convert(tmp_path / "there", "figma", tmp_path / "back")
    assert read(tmp_path / "back") == files


def test_files_of_other_variables_are_other_collections(tmp_path):
    def mode(name, identity):
        node = {**MODE["paper"], "$extensions": {"com.figma.variableId": identity}}
        return {"paper": node, "$extensions": {"com.figma.modeName": name}}

    files = {
        "all/Dark.tokens.json": mode("Dark", "1:1"), "all/Light.tokens.json": mode("Light", "1:1"),
        "all/Mode 1.tokens.json": mode("Mode 1", "2:2"),
    }  # fmt: skip
    convert(write(tmp_path / "in", files), "dtcg", tmp_path / "there")
    resolver = read(tmp_path / "there")["tokens.resolver.json"]
    assert list(resolver["modifiers"]) == ["all"]
    assert list(resolver["sets"]) == ["all Mode 1"]


def number(value):
    return {"$type": "number", "$value": value}


BASE = {"gap": number(8), "wide": number("{gap}"), "only": number(1)}
COMPACT = {"gap": number(4), "near": number("{only}")}
RESOLVER = {
    "version": "2025.10",
    "sets": {"base": {"sources": [BASE]}},
    "modifiers": {"density": {"contexts": {"normal": [], "compact": [COMPACT]}, "default": "normal"}},
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/density"}],
}


def test_every_mode_of_figma_has_every_variable_and_aliases_stay_in_their_collection(tmp_path):
    source = write(tmp_path / "in", {"tokens.resolver.json": RESOLVER})
    assert ("DSS321", "near") in convert(source, "figma", tmp_path / "there")
    files = read(tmp_path / "there")
    assert files["density/normal.tokens.json"]["gap"]["$value"] == 8
    assert files["density/compact.tokens.json"]["gap"]["$value"] == 4
    near = files["density/compact.tokens.json"]["near"]
    assert near["$value"] == 1
    assert near["$extensions"]["com.figma.aliasData"] == {
        "targetVariableName": "only", "targetVariableSetName": "base",
    }  # fmt: skip
    assert files["base/Value.tokens.json"]["wide"]["$value"] == "{gap}"
    convert(tmp_path / "there", "dtcg", tmp_path / "back")
    convert(source, "dtcg", tmp_path / "same")
    assert read(tmp_path / "back") == read(tmp_path / "same")


def test_an_edited_variable_of_a_mode_stays(tmp_path):
    source = write(tmp_path / "in", {"tokens.resolver.json": RESOLVER})
    convert(source, "figma", tmp_path / "there")
    file = tmp_path / "there" / "density" / "normal.tokens.json"
    document = json.loads(file.read_text())
    document["gap"]["$value"] = 9
    file.write_text(json.dumps(document))
    convert(tmp_path / "there", "dtcg", tmp_path / "back")
    assert value(tmp_path / "back", "gap") == 9
    assert value(tmp_path / "back", "gap", density="compact") == 4


def test_contexts_are_told_on_the_way_to_style_dictionary(tmp_path):
    source = write(tmp_path / "in", {"tokens.resolver.json": RESOLVER})
    assert ("DSS324", None) in convert(source, "style-dictionary", tmp_path / "there")
    assert value(tmp_path / "there", "gap", density="compact") == 4


@pytest.mark.parametrize("target", ["style-dictionary", "tokens-studio", "figma"])
def test_what_groups_inherit_is_written_out(tmp_path, target):
    document = {
        "a": {"$description": "A.", "x": number(1), "y": number(1)}, "b": {"$extends": "{a}", "y": number(2)},
        "c": {"$ref": "#/a"}, "d": {"$type": "number", "$ref": "#/a/x"},
    }  # fmt: skip
    source = write(tmp_path / "in", {"a.tokens.json": document})
    convert(source, target, tmp_path / "there")
    assert [value(tmp_path / "there", path) for path in ("b.x", "b.y", "c.x", "c.y", "d")] == [1, 2, 1, 1, 1]
    convert(tmp_path / "there", "dtcg", tmp_path / "back")
    expected = {**document, "c": {"$extends": "#/a"}}
    assert read(tmp_path / "back") == {"a.tokens.json": expected}


def test_a_folder_of_tokens_studio_is_read_and_written_as_a_folder(tmp_path):
    sets = {f"{name}.json": part for name, part in STUDIO.items()}
    source = write(tmp_path / "in" / "studio", sets).parent
    assert value(source, "gap", Mode="Dark") == {"value": 12, "unit": "px"}
    convert(source, "dtcg", tmp_path / "there")
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    assert read(tmp_path / "back") == sets


@pytest.mark.parametrize("name", ["$extensions", "extensions"])
def test_what_looks_like_a_token_in_extensions_is_none(tmp_path, name):
    note = {"x": {"value": 2, "type": "q"}}
    document = {"a": {"value": "#ff0000", "type": "color", name: note}}
    source = write(tmp_path / "in", {"tokens.json": document})
    convert(source, "dtcg", tmp_path / "there")
    there = read(tmp_path / "there")["tokens.tokens.json"]["a"]
    assert there["$value"]["hex"] == "#ff0000"
    assert there["$extensions"]["x"] == note["x"]
    convert(tmp_path / "there", "style-dictionary", tmp_path / "back")
    assert read(tmp_path / "back") == {"tokens.json": document}


def test_a_value_that_fits_no_type_is_kept_as_text(tmp_path):
    document = {"core": {"a": {"value": "4px 8px", "type": "borderRadius"}, "b": {"value": "auto", "type": "sizing"}},
                "$themes": []}  # fmt: skip
    source = write(tmp_path / "in", {"tokens.json": document})
    convert(source, "dtcg", tmp_path / "there")
    assert value(tmp_path / "there", "a") == "4px 8px"
    convert(tmp_path / "there", "tokens-studio", tmp_path / "back")
    assert read(tmp_path / "back") == {"tokens.json": document}


@pytest.mark.parametrize("target", ["dtcg", "style-dictionary", "tokens-studio", "figma"])
def test_contexts_that_tokens_keep_in_themselves_become_contexts_of_the_target(tmp_path, target, monkeypatch):
    tokens = {"ink": number({"light": 1, "dark": 2}), "line": number("{ink}"), "same": number(3)}
    project = write(tmp_path / "in", {"tokens/a.tokens.json": tokens})
    (project / "dss.toml").write_text(
        '[project]\nsources = ["tokens"]\n[modifier.mode]\ncontexts = ["light", "dark"]\nat = "$value"\n'
    )
    monkeypatch.chdir(project)
    made = converting.plan(wiring.converter(), wiring.read(()), target, tmp_path / "there")
    made.apply()
    assert [d for d in made.diagnostics if d.severity == "error"] == []
    monkeypatch.chdir(tmp_path)
    found = {context: value(tmp_path / "there", "line", mode=context) for context in ("light", "dark")}
    assert found == {"light": 1, "dark": 2}
    assert value(tmp_path / "there", "same", mode="dark") == 3


NOTES = [None, 1, "x", [], [1], {}, {"x": 1}, {"a": {"$value": 1}}, {"a.b": 1}, {"": {}}, {"sets": 1, "modifiers": []}]


@pytest.mark.parametrize("note", NOTES, ids=str)
@pytest.mark.parametrize("key", ["was", "authored", "kept", "sources", "sets", "inherited", "computed", "filled",
                                 "members", "extends", "tokens-studio", "resolver"])  # fmt: skip
def test_notes_that_others_wrote_do_no_harm(tmp_path, key, note):
    """What stands in the extensions of a file is no more to be trusted than the rest of it."""
    notes = {"$extensions": {"dss": {key: note}}}
    files = {
        "figma": {"a": {**number(1), **notes}, "$extensions": {"com.figma.modeName": "M", **notes["$extensions"]}},
        "dtcg": {"a": {**number(1), **notes}, "g": {"b": number(2), **notes}, **notes},
        "style": {"a": {"value": 1, "type": "number", "extensions": {"dss": {key: note}}}, **notes},
        "studio": {"core": {"a": {**number("1"), **notes}}, "$themes": [], "$metadata": {"dss": {key: note}}},
        "resolver": {
            "version": "2025.10", "sets": {"s": {"sources": [{"a": {**number(1), **notes}, **notes}], **notes}},
            "resolutionOrder": [{"$ref": "#/sets/s"}], **notes,
        },
    }  # fmt: skip
    for name, document in files.items():
        source = write(tmp_path / name, {"a.json": document})
        for target in ("dtcg", "style-dictionary", "tokens-studio", "figma"):
            with suppress(InputError):  # a refusal is fine
                converting.plan(wiring.converter(), wiring.read((str(source),)), target, tmp_path / "out")
