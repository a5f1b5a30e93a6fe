"""Each rule of reading variables: types, aliases, names, collections, extended collections."""

from __future__ import annotations

from typing import Any

import pytest

from figma.errors import FigmaSourceError
from figma.options import PullOptions
from figma.reader import Pulled, read

Json = dict[str, Any]


def alias(target: str) -> Json:
    return {"type": "VARIABLE_ALIAS", "id": target}


def variable(identity: str, name: str, values: Json, kind: str = "FLOAT", **more: Any) -> Json:
    collection = more.pop("collection", "c")
    return {
        "id": identity,
        "name": name,
        "key": f"key-{identity}",
        "variableCollectionId": collection,
        "resolvedType": kind,
        "valuesByMode": values,
        "remote": False,
        "description": "",
        "hiddenFromPublishing": False,
        "scopes": ["ALL_SCOPES"],
        "codeSyntax": {},
    } | more


def collection(identity: str = "c", name: str = "Base", modes: tuple[str, ...] = ("Value",), **more: Any) -> Json:
    return {
        "id": identity,
        "name": name,
        "key": f"key-{identity}",
        "modes": [{"modeId": f"{identity}:{mode}", "name": mode} for mode in modes],
        "defaultModeId": f"{identity}:{modes[0]}",
        "remote": False,
        "hiddenFromPublishing": False,
        "variableIds": [],
    } | more


def payload(variables: list[Json], *collections: Json) -> Json:
    return {"meta": {"variables": variables, "variableCollections": list(collections or [collection()])}}


def codes(pulled: Pulled) -> list[str]:
    return [diagnostic.code for diagnostic in pulled.diagnostics]


def pull_one(kind: str, values: list[Any], scopes: list[str], name: str = "x", **options: Any) -> tuple[Json, Pulled]:
    modes = tuple(f"m{index}" for index in range(len(values)))
    by_mode = {f"c:{mode}": value for mode, value in zip(modes, values, strict=True)}
    pulled = read(
        payload([variable("v", name, by_mode, kind, scopes=scopes)], collection(modes=modes)), PullOptions(**options)
    )
    token = next(iter(pulled.files.values()))
    for part in name.split("/"):
        token = token[part]
    return token, pulled


@pytest.mark.parametrize(
    ("kind", "values", "scopes", "name", "type_", "value"),
    [
        ("FLOAT", [4], ["GAP", "WIDTH_HEIGHT"], "x", "dimension", {"value": 4, "unit": "px"}),
        ("FLOAT", [4], ["ALL_SCOPES", "CORNER_RADIUS"], "x", "dimension", {"value": 4, "unit": "px"}),
        ("FLOAT", [1.5], ["LINE_HEIGHT"], "x", "number", 1.5),
        ("FLOAT", [24], ["LINE_HEIGHT"], "x", "dimension", {"value": 24, "unit": "px"}),
        ("FLOAT", [1.5, 24], ["LINE_HEIGHT"], "x", "dimension", {"value": 1.5, "unit": "px"}),
        ("FLOAT", [16], ["FONT_SIZE", "LINE_HEIGHT"], "x", "dimension", {"value": 16, "unit": "px"}),
        ("FLOAT", [30], ["OPACITY"], "x", "number", 0.3),
        ("FLOAT", [0.4000000059604645], ["OPACITY"], "x", "number", 0.4),
        ("FLOAT", [0], ["COLOR_OPACITY", "OPACITY"], "x", "number", 0),
        ("FLOAT", [600], ["FONT_WEIGHT"], "x", "fontWeight", 600),
        ("FLOAT", [600], ["FONT_STYLE"], "x", "fontWeight", 600),
        ("FLOAT", [6000], ["FONT_WEIGHT"], "x", "number", 6000),
        ("FLOAT", [80], ["FONT_VARIATIONS"], "x", "number", 80),
        ("FLOAT", [4], [], "space/4", "dimension", {"value": 4, "unit": "px"}),
        ("FLOAT", [4], ["ALL_SCOPES"], "space/scale/4", "dimension", {"value": 4, "unit": "px"}),
        ("FLOAT", [4], ["ALL_SCOPES"], "cardPadding", "dimension", {"value": 4, "unit": "px"}),
        ("FLOAT", [0.5], ["ALL_SCOPES"], "border/opacity", "number", 0.5),
        ("FLOAT", [10], ["ALL_SCOPES"], "zIndex/modal", "number", 10),
        ("FLOAT", [700], ["ALL_SCOPES"], "weight/bold", "fontWeight", 700),
        ("FLOAT", [150], ["ALL_SCOPES"], "duration/fast", "duration", {"value": 150, "unit": "ms"}),
        ("FLOAT", [1.5], ["ALL_SCOPES"], "line-height/body", "number", 1.5),
        ("FLOAT", [1.5], ["ALL_SCOPES"], "lineHeight/body", "number", 1.5),
        ("FLOAT", [7], ["GAP", "OPACITY"], "x", "number", 7),
        ("STRING", ["Inter"], ["FONT_FAMILY"], "x", "fontFamily", "Inter"),
        ("STRING", ['Inter, "A B"'], ["FONT_FAMILY"], "x", "fontFamily", ["Inter", "A B"]),
        ("STRING", ["Inter, {x}"], ["FONT_FAMILY"], "x", "fontFamily", ["Inter", "{x} "]),
        ("STRING", ["Bold"], ["FONT_STYLE"], "x", "fontWeight", 700),
        ("STRING", ["Condensed"], ["FONT_STYLE"], "x", "string", "Condensed"),
        ("STRING", ["Bold", "Wide"], ["FONT_STYLE"], "x", "string", "Bold"),
        ("STRING", ["Semi Bold"], ["ALL_SCOPES"], "body/weight", "fontWeight", 600),
        ("STRING", ["cubic-bezier(0, 0, 1, 1)"], ["ALL_SCOPES"], "x", "cubicBezier", [0, 0, 1, 1]),
        ("STRING", ["Hello {name}"], ["TEXT_CONTENT"], "x", "string", "Hello {name}"),
        ("STRING", ["{count}"], ["TEXT_CONTENT"], "x", "string", "{count} "),
        ("BOOLEAN", [True], ["ALL_SCOPES"], "x", "boolean", True),
        (
            "COLOR",
            [{"r": 1, "g": 1, "b": 1}],
            [],
            "x",
            "color",
            {"colorSpace": "srgb", "components": [1, 1, 1], "alpha": 1, "hex": "#ffffff"},
        ),
    ],
)
def test_types_follow_scopes_then_names(
    kind: str, values: list[Any], scopes: list[str], name: str, type_: str, value: Any
) -> None:
    token, _ = pull_one(kind, values, scopes, name)
    assert (token["$type"], token["$value"]) == (type_, value)


def test_a_rule_of_the_project_comes_first() -> None:
    rules = (("Base/x", "duration"), ("*", "number"))
    token, _ = pull_one("FLOAT", [4], ["GAP"], type_rules=rules)
    assert token["$value"] == {"value": 4, "unit": "ms"}
    token, _ = pull_one("FLOAT", [40], ["GAP"], name="dim", type_rules=(("dim", "percent"),))
    assert token["$value"] == 0.4


def test_numbers_of_unknown_meaning_are_told_once() -> None:
    pulled = read(payload([variable(f"v{n}", f"n{n}", {"c:Value": n}) for n in range(9)]))
    (found,) = pulled.diagnostics
    assert (found.code, found.severity) == ("DSS440", "warning")
    assert "9 number variables" in found.message


def test_every_token_knows_where_it_comes_from() -> None:
    more = {"scopes": ["GAP"], "codeSyntax": {"WEB": "var(--x) /* y */"}, "hiddenFromPublishing": True}
    pulled = read(payload([variable("v", "gap / 1", {"c:Value": 4}, description='a "b"\n*/', **more)]))
    assert pulled.files["base.tokens.json"]["gap"]["1"] == {
        "$type": "dimension",
        "$value": {"value": 4, "unit": "px"},
        "$description": 'a "b"\n*/',
        "$extensions": {
            "com.figma": {
                "id": "v",
                "key": "key-v",
                "collection": {"id": "c", "name": "Base"},
                "name": "gap / 1",
                "resolvedType": "FLOAT",
                "scopes": ["GAP"],
                "codeSyntax": {"WEB": "var(--x) /* y */"},
                "hiddenFromPublishing": True,
            }
        },
    }


def extension_of(pulled: Pulled, file: str, *path: str) -> Json:
    token = pulled.files[file]
    for name in path:
        token = token[name]
    found: Json = token["$extensions"]["com.figma"]
    return found


def test_what_a_token_cannot_say_is_remembered() -> None:
    variables = [
        variable("w", "w", {"c:Value": "Extra Bold Italic"}, "STRING", scopes=["FONT_STYLE"]),
        variable("o", "o", {"c:Value": 40}, scopes=["OPACITY"]),
        variable("t", "t", {"c:Value": "{count}"}, "STRING"),
    ]
    pulled = read(payload(variables))
    weight = extension_of(pulled, "base.tokens.json", "w")
    assert (weight["value"], weight["fontStyle"]) == ("Extra Bold Italic", "italic")
    assert extension_of(pulled, "base.tokens.json", "o")["scale"] == 100
    assert extension_of(pulled, "base.tokens.json", "t")["value"] == "{count}"
    assert codes(pulled) == ["DSS436"]


# --- aliases -------------------------------------------------------------------------------------------------------


def value_at(pulled: Pulled, file: str, *path: str) -> Any:
    token = pulled.files[file]
    for name in path:
        token = token[name]
    return token["$value"]


def test_an_alias_names_the_full_path_of_its_target() -> None:
    variables = [
        variable("a", "gap", {"c:Value": 4}, scopes=["GAP"]),
        variable("b", "gap", {"d:Value": alias("a")}, scopes=["GAP"], collection="d"),
    ]
    pulled = read(payload(variables, collection(), collection("d", "Use")))
    assert value_at(pulled, "use.tokens.json", "Use", "gap") == "{Base.gap}"
    assert codes(pulled) == ["DSS441", "DSS441"]


def test_a_token_that_is_a_group_becomes_its_root() -> None:
    variables = [
        variable("a", "surface", {"c:Value": 1}),
        variable("b", "surface/hot", {"d:Value": alias("a")}, collection="d"),
    ]
    pulled = read(payload(variables, collection(), collection("d", "Use")))
    assert value_at(pulled, "base.tokens.json", "surface", "$root") == 1
    assert value_at(pulled, "use.tokens.json", "surface", "hot") == "{surface.$root}"


@pytest.mark.parametrize(
    ("mark", "why"), [({"remote": True}, "another library"), ({"deletedButReferenced": True}, "deleted")]
)
def test_targets_that_are_not_written_are_inlined_and_remembered(mark: Json, why: str) -> None:
    variables = [
        variable("lib", "x", {"d:Dark": 9, "d:Light": 7}, collection="d", **mark),
        variable("a", "gap", {"c:Light": alias("lib"), "c:Other": alias("lib")}, scopes=["GAP"]),
    ]
    library = collection("d", "Library", ("Dark", "Light"), remote="remote" in mark)
    pulled = read(payload(variables, collection(modes=("Light", "Other")), library))
    assert value_at(pulled, "base.light.tokens.json", "gap")["value"] == 7, "the mode of the same name"
    assert value_at(pulled, "base.other.tokens.json", "gap")["value"] == 9, "else the default mode"
    remembered = extension_of(pulled, "base.light.tokens.json", "gap")["aliasOf"]
    assert remembered == {"id": "lib", "key": "key-lib", "name": "x", "collection": "Library"}
    (found,) = pulled.diagnostics
    assert (found.code, found.severity, found.path) == ("DSS427", "info", "gap")
    assert why in found.message


def test_a_missing_target_takes_the_default_modes_value() -> None:
    pulled = read(
        payload([variable("a", "gap", {"c:A": 4, "c:B": alias("gone")}, scopes=["GAP"])], collection(modes=("A", "B")))
    )
    assert value_at(pulled, "base.b.tokens.json", "gap")["value"] == 4
    assert extension_of(pulled, "base.b.tokens.json", "gap")["aliasOf"] == {"id": "gone"}
    (found,) = pulled.diagnostics
    assert found.code == "DSS423"
    assert all(word in found.message for word in ("gap", '"B"', "(a)", "gone"))


def test_without_any_value_a_token_is_left_out_and_told() -> None:
    variables = [
        variable("a", "gap", {"c:A": alias("gone"), "c:B": 4}, scopes=["GAP"]),
        variable("b", "use", {"d:Value": alias("a")}, scopes=["GAP"], collection="d"),
    ]
    pulled = read(payload(variables, collection(modes=("A", "B")), collection("d", "Use")))
    assert list(pulled.files) == ["base.b.tokens.json", "tokens.resolver.json"]
    assert codes(pulled) == ["DSS424", "DSS424"]


def test_circles_are_broken() -> None:
    variables = [
        variable("a", "a", {"c:A": 1, "c:B": alias("b")}),
        variable("b", "b", {"c:A": 2, "c:B": alias("a")}),
    ]
    pulled = read(payload(variables, collection(modes=("A", "B"))))
    assert [value_at(pulled, "base.b.tokens.json", name) for name in "ab"] == [1, 2]
    assert codes(pulled)[:2] == ["DSS440", "DSS425"]


def test_collections_with_the_same_modes_share_a_modifier() -> None:
    modes = ("Light", "Dark")
    variables = [
        variable("p", "p", {"c:Light": 1, "c:Dark": 2}, scopes=["GAP"]),
        variable("s", "s", {"d:Light": alias("p"), "d:Dark": alias("p")}, scopes=["GAP"], collection="d"),
    ]
    pulled = read(payload(variables, collection(modes=modes), collection("d", "Theme", modes)))
    modifiers = pulled.files["tokens.resolver.json"]["modifiers"]
    assert list(modifiers) == ["Theme"], "named after the collection that designers switch"
    assert modifiers["Theme"]["contexts"]["Dark"] == [
        {"$ref": "base.dark.tokens.json"},
        {"$ref": "theme.dark.tokens.json"},
    ]
    assert value_at(pulled, "theme.dark.tokens.json", "s") == "{p}"
    assert pulled.diagnostics == []


def test_without_the_same_modes_the_other_modes_value_is_written() -> None:
    variables = [
        variable("p", "p", {"c:Light": 1, "c:Dark": 2}, scopes=["GAP"]),
        variable(
            "s", "s", {"d:Light": alias("p"), "d:Dark": alias("p"), "d:HC": alias("p")}, scopes=["GAP"], collection="d"
        ),
    ]
    pulled = read(
        payload(variables, collection(modes=("Light", "Dark")), collection("d", "Theme", ("Light", "Dark", "HC")))
    )
    assert list(pulled.files["tokens.resolver.json"]["modifiers"]) == ["Base", "Theme"]
    assert value_at(pulled, "theme.light.tokens.json", "s") == "{p}"
    assert value_at(pulled, "theme.dark.tokens.json", "s") == {"value": 2, "unit": "px"}
    assert value_at(pulled, "theme.hc.tokens.json", "s") == "{p}"
    assert codes(pulled) == ["DSS428"]


def test_a_primitive_without_scopes_takes_the_type_of_its_users() -> None:
    variables = [
        variable("p", "4", {"c:Value": 4}),
        variable("a", "a", {"c:Value": alias("p")}, scopes=["GAP"]),
        variable("b", "b", {"c:Value": alias("p")}, scopes=["CORNER_RADIUS"]),
    ]
    pulled = read(payload(variables))
    assert value_at(pulled, "base.tokens.json", "4") == {"value": 4, "unit": "px"}
    assert value_at(pulled, "base.tokens.json", "a") == "{4}"
    assert pulled.diagnostics == []


def test_an_alias_takes_the_type_of_a_target_with_scopes_of_its_own() -> None:
    variables = [
        variable("p", "p", {"c:Value": 4}, scopes=["FONT_VARIATIONS"]),
        variable("a", "a", {"c:Value": alias("p")}, scopes=["GAP"]),
    ]
    pulled = read(payload(variables))
    assert pulled.files["base.tokens.json"]["a"]["$type"] == "number"
    assert value_at(pulled, "base.tokens.json", "a") == "{p}"
    assert codes(pulled) == ["DSS430"]


def test_targets_of_two_types_cannot_both_be_references() -> None:
    variables = [
        variable("p", "p", {"c:A": 4, "c:B": 4}, scopes=["FONT_VARIATIONS"]),
        variable("q", "q", {"c:A": 8, "c:B": 8}, scopes=["GAP"]),
        variable("a", "a", {"c:A": alias("p"), "c:B": alias("q")}, scopes=["GAP"]),
    ]
    pulled = read(payload(variables, collection(modes=("A", "B"))))
    assert value_at(pulled, "base.a.tokens.json", "a") == {"value": 4, "unit": "px"}
    assert value_at(pulled, "base.b.tokens.json", "a") == "{q}"
    assert codes(pulled) == ["DSS429"]


def test_composed_colors_become_one_color_and_remember_their_parts() -> None:
    color = {"r": 1, "g": 0, "b": 0, "a": 1}
    parts = {"color": alias("p"), "opacity": alias("o")}
    variables = [
        variable("p", "p", {"c:Value": color}, "COLOR"),
        variable("o", "o", {"c:Value": 50}, scopes=["COLOR_OPACITY"]),
        variable("a", "a", {"c:Value": parts}, "COLOR"),
        variable("b", "b", {"c:Value": {"color": color, "opacity": 75}}, "COLOR"),
        variable("d", "d", {"c:Value": alias("a")}, "COLOR"),
        variable("x", "x", {"c:Value": {"color": alias("gone"), "opacity": 5}}, "COLOR"),
    ]
    pulled = read(payload(variables))
    assert value_at(pulled, "base.tokens.json", "a")["alpha"] == 0.5
    assert value_at(pulled, "base.tokens.json", "b")["alpha"] == 0.75
    assert value_at(pulled, "base.tokens.json", "d") == "{a}"
    assert extension_of(pulled, "base.tokens.json", "a")["value"] == parts
    assert sorted(codes(pulled)) == ["DSS424", "DSS438", "DSS438"]


# --- what is left out ----------------------------------------------------------------------------------------------


def test_remote_deleted_unknown_and_homeless_variables_are_not_written() -> None:
    variables = [
        variable("a", "a", {"c:Value": 1}, remote=True),
        variable("b", "b", {"c:Value": 1}, deletedButReferenced=True),
        variable("d", "d", {"c:Value": {"points": []}}, "EASING"),
        variable("e", "e", {"z:Value": 1}, collection="z"),
        variable("f", "gap", {"c:Value": "wide"}),
        {"id": "g"},
        variable("k", "gap/k", {"c:Value": 1}),
    ]
    pulled = read(payload(variables))
    assert list(pulled.files["base.tokens.json"]) == ["gap"]
    assert list(pulled.files["base.tokens.json"]["gap"]) == ["k"], "nothing is a group of what was left out"
    assert sorted(codes(pulled)) == ["DSS422", "DSS424", "DSS434", "DSS435"]
    (row,) = pulled.summary.collections
    assert (row.variables, row.written, row.remote, row.deleted, row.unknown) == (5, 1, 1, 1, 1)


def test_a_file_without_variables_gives_a_valid_document() -> None:
    assert read(payload([])).files == {
        "tokens.resolver.json": {
            "version": "2025.10",
            "sets": {"figma": {"sources": [{}]}},
            "resolutionOrder": [{"$ref": "#/sets/figma"}],
        }
    }


@pytest.mark.parametrize(
    ("document", "code", "text"),
    [
        ([], "DSS420", "no form"),
        ({"status": 403, "error": True, "message": "Limited by Figma plan"}, "DSS420", "Limited by Figma plan"),
        ({"status": 404, "err": "Not found"}, "DSS420", "Not found"),
        (
            {"meta": {"variables": {"v": {"id": "v", "subscribed_id": "s"}}, "variableCollections": {}}},
            "DSS421",
            "no values",
        ),
        ("text", "DSS420", "no form"),
    ],
)
def test_what_is_no_source_is_refused_with_a_remedy(document: Any, code: str, text: str) -> None:
    with pytest.raises(FigmaSourceError) as refused:
        read(document)
    (found,) = refused.value.diagnostics
    assert found.code == code
    assert text in found.message
    assert found.hint


# --- collections ---------------------------------------------------------------------------------------------------


def test_collections_of_one_name_stay_apart() -> None:
    variables = [variable("a", "gap/a", {"c:Value": 1}), variable("b", "gap/b", {"d:Value": 1}, collection="d")]
    pulled = read(payload(variables, collection(), collection("d", "Base")))
    assert list(pulled.files) == ["base.tokens.json", "base-2.tokens.json", "tokens.resolver.json"]
    assert list(pulled.files["tokens.resolver.json"]["sets"]) == ["Base", "Base key-d"]
    assert codes(pulled) == ["DSS439"]


def test_modes_keep_the_editors_order_and_default() -> None:
    base = collection("c", "a/b~", ("Z", "A"), defaultModeId="c:A")
    pulled = read(payload([variable("a", "gap", {"c:Z": 1, "c:A": 2})], base))
    document = pulled.files["tokens.resolver.json"]
    assert list(document["modifiers"]["a/b~"]["contexts"]) == ["Z", "A"]
    assert document["modifiers"]["a/b~"]["default"] == "A"
    assert document["resolutionOrder"] == [{"$ref": "#/modifiers/a~1b~0"}]


@pytest.mark.parametrize(("group", "paths"), [("auto", ["gap"]), (True, ["Base"]), (False, ["gap"])])
def test_grouping_by_collection_is_the_projects_choice(group: Any, paths: list[str]) -> None:
    pulled = read(payload([variable("a", "gap/x", {"c:Value": 1})]), PullOptions(group_by_collection=group))
    assert list(pulled.files["base.tokens.json"]) == paths


def test_never_grouping_numbers_what_clashes() -> None:
    variables = [variable("a", "gap", {"c:Value": 1}), variable("b", "gap", {"d:Value": alias("a")}, collection="d")]
    documents = payload(variables, collection(), collection("d", "Use"))
    pulled = read(documents, PullOptions(group_by_collection=False))
    assert value_at(pulled, "use.tokens.json", "gap-2") == "{gap}"
    assert codes(pulled) == ["DSS433"]


# --- extended collections ------------------------------------------------------------------------------------------


def extended() -> Json:
    root = collection("c", "Theme", ("Light", "Dark"))
    brand = collection("x", "Brand", ("Light", "Dark"), parentVariableCollectionId="c", isExtension=True)
    brand["modes"] = [{"modeId": f"x/{m}", "name": m, "parentModeId": f"c:{m}"} for m in ("Light", "Dark")]
    brand["defaultModeId"] = "x/Light"
    brand["variableOverrides"] = {"a": {"x/Light": 5, "x/Dark": alias("b")}, "b": {"x/Light": alias("gone")}}
    variables = [
        variable("a", "gap/a", {"c:Light": 1, "c:Dark": 2}),
        variable("b", "gap/b", {"c:Light": 3, "c:Dark": alias("a")}),
        variable("d", "gap/d", {"c:Light": alias("a"), "c:Dark": alias("a")}),
    ]
    return payload(variables, root, brand)


def test_an_extended_collection_is_an_overlay_of_its_own_overrides(oracle: Any) -> None:
    pulled = read(extended())
    assert [name for name in pulled.files if name.startswith("brand")] == ["brand.light.tokens.json"]
    assert pulled.files["brand.light.tokens.json"]["gap"].keys() == {"a"}
    modifier = pulled.files["tokens.resolver.json"]["modifiers"]["Brand"]
    assert modifier["default"] == "inherit"
    assert list(modifier["contexts"]) == ["inherit", "Light", "Dark"]
    tokens = oracle.flattened(pulled, {"Brand": "Light"})
    assert [oracle.value_of(tokens, f"gap.{name}")["value"] for name in "abd"] == [5, 3, 5]
    tokens = oracle.flattened(pulled, {"Brand": "Dark"})
    assert [oracle.value_of(tokens, f"gap.{name}")["value"] for name in "abd"] == [2, 2, 2]
    oracle.check_every_permutation(pulled)
    assert codes(pulled) == ["DSS424", "DSS424"], "the circle a -> b -> a in Dark and the dead alias in Light"


def test_an_extension_of_another_librarys_collection_is_written_whole(oracle: Any) -> None:
    document = extended()
    for entry in document["meta"]["variables"]:
        entry["remote"] = True
    document["meta"]["variableCollections"][0]["remote"] = True
    document["meta"]["variableCollections"][1]["variableIds"] = ["a", "b", "d"]
    pulled = read(document)
    assert list(pulled.files) == ["brand.light.tokens.json", "brand.dark.tokens.json", "tokens.resolver.json"]
    tokens = oracle.flattened(pulled, {"Brand": "Light"})
    assert oracle.value_of(tokens, "gap.d")["value"] == 5
    assert tokens["gap.d"]["$value"] == "{gap.a}", "aliases lead to the extension's own values"
    assert tokens["gap.a"]["$extensions"]["com.figma"]["id"] == "a"
    oracle.check_every_permutation(pulled)
