"""The other forms in which variables come: mode exports, plugins, lists, dumps, published names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from figma.options import PullOptions
from figma.reader import Pulled, read_files

Json = dict[str, Any]


def exported(type_: str, value: Any, identity: str | None = None, **marks: Any) -> Json:
    extensions = {f"com.figma.{key}": mark for key, mark in marks.items()}
    if identity:
        extensions["com.figma.variableId"] = identity
    return {"$type": type_, "$value": value, "$extensions": extensions}


def mode(name: str, **tokens: Any) -> Json:
    return {**tokens, "$extensions": {"com.figma.modeName": name}}


def srgb(*channels: float, alpha: float = 1) -> Json:
    return {"colorSpace": "srgb", "components": list(channels), "alpha": alpha, "hex": "#000000"}


def contexts(pulled: Pulled) -> Json:
    document = pulled.files["tokens.resolver.json"]
    return {name: list(modifier["contexts"]) for name, modifier in document.get("modifiers", {}).items()}


def test_mode_exports_of_one_collection_are_joined_by_their_ids() -> None:
    files = {
        "x/Light.tokens.json": mode("Light", a=exported("number", 1, "VariableID:1:1", scopes=["GAP"])),
        "x/Dark.tokens.json": mode("Dark", a=exported("number", 2, "VariableID:1:1", scopes=["GAP"])),
    }
    pulled = read_files(files)
    assert contexts(pulled) == {"x": ["Light", "Dark"]}
    token = pulled.files["x.dark.tokens.json"]["a"]
    assert token["$value"] == {"value": 2, "unit": "px"}
    assert token["$extensions"]["com.figma"]["id"] == "VariableID:1:1"


def test_the_types_of_mode_exports_are_figmas() -> None:
    files = {
        "S.Light.tokens.json": mode(
            "Light",
            flag=exported("number", 1, "V:1", type="boolean"),
            text=exported("string", "Buy", "V:2", type="string"),
            line=exported("color", srgb(0, 0, 0, alpha=0.30000001192092896), "V:3", scopes=["STROKE"], isOverride=True),
            alias=exported("color", "{line}", "V:4"),
            nested={"a b": exported("number", 4, "V:5", scopes=["GAP"], hiddenFromPublishing=True)},
        )
    }
    tokens = read_files(files).files["s.tokens.json"]
    assert (tokens["flag"]["$type"], tokens["flag"]["$value"]) == ("boolean", True)
    assert (tokens["text"]["$type"], tokens["text"]["$value"]) == ("string", "Buy")
    assert tokens["line"]["$value"]["alpha"] == 0.3
    assert tokens["line"]["$extensions"]["com.figma"]["scopes"] == ["STROKE_COLOR"]
    assert tokens["line"]["$extensions"]["com.figma"]["isOverride"] is True
    assert tokens["alias"]["$value"] == "{line}"
    assert tokens["nested"]["a b"]["$extensions"]["com.figma"]["hiddenFromPublishing"] is True


ALIAS = {
    "targetVariableId": "VariableID:abc/-1:-1",
    "targetVariableName": "blue/500",
    "targetVariableSetId": "VariableCollectionId:def/-1:-1",
    "targetVariableSetName": "Primitives",
}


@pytest.mark.parametrize("name", ["Primitives.Value.tokens.json", "whatever.json"])
def test_alias_data_leads_to_the_collection_that_was_read_too(name: str) -> None:
    files = {
        "Theme.Light.tokens.json": mode("Light", a=exported("color", srgb(0, 0, 1), "V:1", aliasData=ALIAS)),
        name: mode("Value", blue={"500": exported("color", srgb(0, 0, 1), "V:2")}),
    }
    pulled = read_files(files)
    assert pulled.files["theme.tokens.json"]["a"]["$value"] == "{blue.500}"
    assert "primitives.tokens.json" in pulled.files, "the alias says what the collection is called"
    assert pulled.diagnostics == []


def test_alias_data_to_another_library_is_remembered() -> None:
    files = {
        "Theme.Light.tokens.json": mode("Light", a=exported("color", srgb(0, 0, 1), "V:1", aliasData=ALIAS)),
        "Theme.Dark.tokens.json": mode("Dark", a=exported("color", srgb(1, 0, 1), "V:1", aliasData=ALIAS)),
    }
    pulled = read_files(files)
    dark = pulled.files["theme.dark.tokens.json"]["a"]
    assert dark["$value"]["components"] == [1, 0, 1]
    assert dark["$extensions"]["com.figma"]["aliasOf"] == {
        "id": "VariableID:abc/-1:-1",
        "key": "abc",
        "name": "blue/500",
        "collection": "Primitives",
    }


def test_the_project_may_name_a_collection() -> None:
    files = {"export.json": mode("Light", a=exported("number", 1, "V:1"))}
    pulled = read_files(files, PullOptions(collection_names={"export.json": "Spacing"}))
    assert list(pulled.files) == ["spacing.tokens.json", "tokens.resolver.json"]


def test_plugins_name_collection_and_mode_in_the_file_and_refer_across_collections() -> None:
    figma = {"com.figma": {"hiddenFromPublishing": False, "scopes": ["ALL_SCOPES"], "codeSyntax": {"WEB": "x"}}}
    files = {
        "Base one.Modern.json": {
            "color": {
                "red": {"$type": "color", "$value": "#ff000080", "$extensions": figma},
                "blue": {"$type": "color", "$value": "rgba(0, 0, 255, 0.3000)"},
            }
        },
        "Tokens.Dark.json": {
            "text": {"$type": "color", "$value": "{color.red}", "$extensions": figma},
            "on": {"$type": "boolean", "$value": False},
            "gap": {"$type": "dimension", "$value": "1.5rem"},
        },
        "Tokens.Light.json": {
            "text": {"$type": "color", "$value": "{color.blue}", "$extensions": figma},
            "on": {"$type": "boolean", "$value": True},
            "gap": {"$type": "dimension", "$value": {"value": 8, "unit": "px"}},
        },
    }
    pulled = read_files(files)
    assert contexts(pulled) == {"Tokens": ["Dark", "Light"]}
    assert pulled.files["tokens.resolver.json"]["modifiers"]["Tokens"]["default"] == "Light"
    base = pulled.files["base-one.tokens.json"]["color"]
    assert base["red"]["$value"] == {
        "colorSpace": "srgb",
        "components": [1, 0, 0],
        "alpha": 0.5019608,
        "hex": "#ff0000",
    }
    assert base["blue"]["$value"]["alpha"] == 0.3
    assert "id" not in base["red"]["$extensions"]["com.figma"], "no id is invented"
    assert pulled.files["tokens.dark.tokens.json"]["text"]["$value"] == "{color.red}"
    assert pulled.files["tokens.dark.tokens.json"]["gap"]["$value"] == {"value": 24, "unit": "px"}


def test_lists_of_variables_are_joined_by_their_references() -> None:
    entry = {"type": "FLOAT", "mode": "default", "scopes": ["GAP"]}
    files = {
        "figma.json": {"collections": {"use": {"modes": ["b", "a", "c"]}, "base": {"modes": ["default"]}}, "files": []},
        "base.json": [{**entry, "name": "size/4", "value": 4, "collection": "base", "refId": "base/size/4"}],
        "use.json": [
            {
                **entry,
                "name": "gap",
                "value": 4,
                "collection": "use",
                "mode": "a",
                "reference": "base/size/4",
                "refId": "use/gap",
            },
            {
                **entry,
                "name": "gap",
                "value": 5,
                "collection": "use",
                "mode": "b",
                "reference": "gone",
                "refId": "use/gap",
            },
        ],
    }
    pulled = read_files(files)
    assert contexts(pulled) == {"use": ["b", "a"]}, "the order of figma.json, without modes that no list holds"
    assert pulled.files["use.a.tokens.json"]["gap"]["$value"] == "{size.4}"
    assert pulled.files["use.b.tokens.json"]["gap"]["$value"] == {"value": 5, "unit": "px"}


@pytest.mark.parametrize("wrap", [lambda c: c, lambda c: [c], lambda c: {"collections": [c]}])
def test_dumps_with_variables_inside_their_collection(wrap: Any) -> None:
    inside = {
        "id": "V:1",
        "name": "gap",
        "resolvedType": "FLOAT",
        "valuesByMode": {"1:0": 1, "1:1": 2},
        "scopes": ["GAP"],
    }
    dump = {
        "id": "C:1",
        "name": "Space",
        "modes": {"1:0": "S", "1:1": "L"},
        "variableIds": ["V:1"],
        "variables": [inside],
    }
    pulled = read_files({"dump.json": wrap(dump)})
    assert contexts(pulled) == {"Space": ["S", "L"]}
    assert pulled.files["space.l.tokens.json"]["gap"]["$value"] == {"value": 2, "unit": "px"}


def test_published_names_beside_local_values_say_what_changed() -> None:
    local = {
        "meta": {
            "variables": {
                "V:1": {
                    "id": "V:1",
                    "name": "gap/new",
                    "variableCollectionId": "C",
                    "resolvedType": "FLOAT",
                    "valuesByMode": {"m": 1},
                }
            },
            "variableCollections": {
                "C": {"id": "C", "name": "Base", "modes": [{"modeId": "m", "name": "M"}], "defaultModeId": "m"}
            },
        }
    }
    published = {
        "meta": {
            "variables": {
                "V:1": {"id": "V:1", "subscribed_id": "s", "name": "gap/old", "resolvedDataType": "FLOAT"},
                "V:2": {"id": "V:2", "subscribed_id": "s", "name": "removed", "resolvedDataType": "FLOAT"},
            },
            "variableCollections": {},
        }
    }
    pulled = read_files({"a.json": published, "b.json": local})
    renamed, gone = pulled.diagnostics
    assert {renamed.code, gone.code} == {"DSS442"}
    assert '"gap/old" is now "gap/new"' in renamed.message
    assert "removed" in gone.message


# --- Tokens Studio -------------------------------------------------------------------------------------------------


def studio(name: str, sets: Json, **more: Any) -> Json:
    return {"id": name, "name": name, "selectedTokenSets": sets} | more


CORE = {
    "blue": {"value": "#0000ff", "type": "color", "description": "Sea."},
    "unit": {"value": "4", "type": "spacing"},
    "double": {"value": "{unit} * 2", "type": "spacing"},
    "glass": {"value": "rgba(0, 0, 255, 0.5)", "type": "color"},
    "half": {"value": "50%", "type": "opacity"},
    "ratio": {"value": "0.4", "type": "opacity"},
    "tall": {"value": "150%", "type": "lineHeights"},
    "bold": {"value": "Bold", "type": "fontWeights"},
    "sans": {"value": "Inter, sans-serif", "type": "fontFamilies"},
    "on": {"value": "true", "type": "boolean"},
    "shade": {"value": {"x": "0", "y": "1"}, "type": "boxShadow"},
    "group": {"value": {"value": "a group may be called value", "type": "text"}},
}
LIGHT = {"bg": {"$value": "{blue}", "$type": "color"}, "pad": {"$value": "{double}", "$type": "spacing"}}
DARK = {
    "bg": {"$value": "#000000", "$type": "color"},
    "pad": {"$value": "{unit} + {double} / (1 + 1)", "$type": "spacing"},
}
THEMES = [
    studio("Base", {"core": "enabled"}, group="Core"),
    studio(
        "Light", {"core": "source", "light": "enabled"}, group="Theme", **{"$figmaVariableReferences": {"bg": "k1"}}
    ),
    studio("Dark", {"core": "source", "dark": "enabled"}, group="Theme"),
]


@pytest.mark.parametrize("shape", ["one file", "folder"])
def test_tokens_studio_themes_are_modes(shape: str, oracle: Any) -> None:
    sets = {"core": CORE, "light": LIGHT, "dark": DARK}
    if shape == "one file":
        files: Json = {"tokens.json": {**sets, "$themes": THEMES, "$metadata": {"tokenSetOrder": list(sets)}}}
    else:
        files = {f"x/{name}.json": tree for name, tree in sets.items()}
        files |= {"x/$themes.json": THEMES, "x/$metadata.json": {"tokenSetOrder": list(sets)}}
    pulled = read_files(files)
    assert pulled.summary.form == "tokens-studio"
    assert contexts(pulled) == {"Theme": ["Light", "Dark"]}
    light = oracle.flattened(pulled, {"Theme": "Light"})
    dark = oracle.flattened(pulled, {"Theme": "Dark"})
    assert light["bg"]["$value"] == "{blue}"
    assert light["bg"]["$extensions"]["com.figma"]["key"] == "k1"
    assert oracle.value_of(light, "pad") == {"value": 8, "unit": "px"}
    assert oracle.value_of(dark, "pad") == {"value": 8, "unit": "px"}, "4 + 8 / 2"
    assert (dark["half"]["$value"], dark["ratio"]["$value"], dark["tall"]["$value"]) == (0.5, 0.4, 1.5)
    assert (dark["bold"]["$value"], dark["on"]["$value"]) == (700, True)
    assert dark["sans"]["$value"] == ["Inter", "sans-serif"]
    assert dark["glass"]["$value"]["alpha"] == 0.5
    assert dark["blue"]["$description"] == "Sea."
    assert dark["group.value"]["$value"] == "a group may be called value"
    assert [found.code for found in pulled.diagnostics] == ["DSS434"], "a shadow is no variable"


def test_tokens_studio_without_themes_is_a_collection_per_set(oracle: Any) -> None:
    pulled = read_files(
        {"tokens.json": {"core": CORE, "light": LIGHT, "$metadata": {"tokenSetOrder": ["core", "light"]}}}
    )
    assert list(pulled.files["tokens.resolver.json"]["sets"]) == ["core", "light"]
    assert oracle.value_of(oracle.flattened(pulled, {}), "bg")["hex"] == "#0000ff"


def test_references_that_multiply_or_circle_end() -> None:
    many = {f"n{i}": {"value": f"{{n{i + 1}}} + {{n{i + 1}}}", "type": "spacing"} for i in range(60)}
    circle = {"a": {"value": "{b} * 2", "type": "spacing"}, "b": {"value": "{a} * 2", "type": "spacing"}}
    pulled = read_files(
        {"tokens.json": {"core": many | circle | {"n60": {"value": "1", "type": "spacing"}}, "$themes": []}}
    )
    assert pulled.files["core.tokens.json"]["n60"]["$value"] == {"value": 1, "unit": "px"}
    assert {found.code for found in pulled.diagnostics} <= {"DSS424", "DSS440"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-4px * -.5", 2),
        ("8 / 4 / 2", 1),
        ("1e2", 100),
        ("1 / 0", None),
        ("1 +", None),
        ("(1", None),
        ("__import__('os')", None),
        ("16px solid", None),
        ("(" * 400 + "1", None),
        ("-" * 400 + "1", None),
        ("", None),
    ],
)
def test_sums_are_worked_out_and_nothing_else(text: str, value: Any) -> None:
    from figma.forms.arithmetic import evaluate

    assert evaluate(text) == value


# --- real files ----------------------------------------------------------------------------------------------------


def load(folder: Path, pattern: str) -> dict[str, Any]:
    files = {
        str(file.relative_to(folder)): json.loads(file.read_text("utf-8")) for file in sorted(folder.glob(pattern))
    }
    assert files, f"nothing at {folder / pattern}"
    return files


@pytest.mark.parametrize(
    "name",
    [
        "rest/primer-local-variables.cut.json",
        "rest/terrazzo-2024-local-variables.json",
        "handmade/local-variables.corner-cases.json",
        "handmade/local-variables.extended-collections.json",
        "handmade/local-variables.empty-file.json",
    ],
)
def test_real_answers_arrive_whole(team_data: Path, oracle: Any, name: str) -> None:
    document = json.loads((team_data / "figma" / name).read_text("utf-8"))
    pulled = read_files({name: document})
    oracle.check(document, pulled)
    oracle.check_every_permutation(pulled, 200)


@pytest.mark.parametrize(
    ("pattern", "variables", "references"),
    [
        ("native-export/*.json", 165, 12),
        ("handmade/native-export/*.json", 5, 1),
        ("plugin-export/gh-action-example/*.json", 54, 36),
        ("plugin-export/primer-figma/*.json", 145, 73),
    ],
)
def test_real_exports_arrive_whole(team_data: Path, oracle: Any, pattern: str, variables: int, references: int) -> None:
    pulled = read_files(load(team_data / "figma", pattern))
    rows = pulled.summary.collections
    assert sum(row.written for row in rows) >= variables
    assert sum(row.references for row in rows) >= references
    assert not [found for found in pulled.diagnostics if found.code in ("DSS423", "DSS424", "DSS426")]
    oracle.check_every_permutation(pulled, 200)
