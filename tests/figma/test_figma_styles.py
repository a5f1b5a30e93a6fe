"""Styles become composite tokens, by value; components keep their variants."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from figma.components import read_components, variant_properties
from figma.reader import Pulled, read
from figma.styles import Bound, bindings_in, listed_styles, nodes_in, read_styles, with_styles
from figma.styles.listing import Style

Json = dict[str, Any]
RED, BLUE = {"r": 1, "g": 0, "b": 0, "a": 1}, {"r": 0, "g": 0, "b": 1, "a": 0.5}
HEX_RED = {"colorSpace": "srgb", "components": [1, 0, 0], "alpha": 1, "hex": "#ff0000"}


def alias(identity: str) -> Json:
    return {"type": "VARIABLE_ALIAS", "id": identity}


def px(value: float) -> Json:
    return {"value": value, "unit": "px"}


BOUND = {
    "V:color": Bound("color.red", "color"),
    "V:size": Bound("size.md", "dimension"),
    "V:weight": Bound("weight.bold", "fontWeight"),
    "V:family": Bound("family.sans", "fontFamily"),
    "V:ratio": Bound("leading.snug", "number"),
    "V:tall": Bound("leading.px", "dimension"),
    "key:abc": Bound("library.red", "color"),
}


def made(type_: str, node: Json, name: str = "x", bound: Any = BOUND) -> tuple[Json | None, list[str], Json]:
    """The token's type and value, the codes told, and its extension."""
    found = read_styles([Style("1:1", "key", name, type_)], {"1:1": node}, bound)
    told = [diagnostic.code for diagnostic in found.diagnostics]
    token = next(iter(found.tokens.values()), None)
    if token is None:
        return None, told, {}
    return {"type": token["$type"], "value": token["$value"]}, told, token["$extensions"]["com.figma"]


# --- text ----------------------------------------------------------------------------------------------------------

BODY = {
    "fontFamily": "Inter",
    "fontWeight": 500,
    "fontSize": 16,
    "letterSpacing": -0.320000022649765,
    "lineHeightPx": 24,
}


@pytest.mark.parametrize(
    ("more", "height"),
    [
        ({"lineHeightUnit": "PIXELS"}, 1.5),
        ({"lineHeightUnit": "FONT_SIZE_%", "lineHeightPercentFontSize": 150}, 1.5),
        ({"lineHeightUnit": "FONT_SIZE_%"}, 1.5),
        ({"lineHeightUnit": "INTRINSIC_%", "lineHeightPx": 19.363636016845703}, 1.2102),
    ],
)
def test_line_height_is_a_ratio_whatever_its_unit(more: Json, height: float) -> None:
    token, told, extension = made("TEXT", {"style": BODY | more})
    assert token == {
        "type": "typography",
        "value": {
            "fontFamily": ["Inter"],
            "fontWeight": 500,
            "fontSize": px(16),
            "letterSpacing": px(-0.32),
            "lineHeight": height,
        },
    }
    assert told == []
    assert extension.get("auto", False) is (more["lineHeightUnit"] == "INTRINSIC_%")


@pytest.mark.parametrize("where", ["node", "style"])
@pytest.mark.parametrize("shape", [list, dict])
def test_bound_fields_become_references_wherever_the_binding_stands(where: str, shape: Any) -> None:
    aliases = {"fontSize": "V:size", "fontFamily": "V:family", "fontStyle": "V:weight", "lineHeight": "V:ratio"}
    bindings = {field: [alias(i)] if shape is list else alias(i) for field, i in aliases.items()}
    node: Json = {"style": dict(BODY)}
    (node if where == "node" else node["style"])["boundVariables"] = bindings
    token, told, _ = made("TEXT", node)
    assert token is not None
    assert told == []
    assert token["value"] == {
        "fontFamily": "{family.sans}",
        "fontWeight": "{weight.bold}",
        "fontSize": "{size.md}",
        "letterSpacing": px(-0.32),
        "lineHeight": "{leading.snug}",
    }


def test_a_binding_that_fits_no_reference_is_remembered() -> None:
    node = {"style": BODY, "boundVariables": {"lineHeight": [alias("V:tall")], "fontSize": [alias("V:gone")]}}
    token, told, extension = made("TEXT", node)
    assert token is not None
    assert (token["value"]["lineHeight"], token["value"]["fontSize"]) == (1.5, px(16))
    assert extension["boundVariables"] == {"lineHeight": "V:tall", "fontSize": "V:gone"}
    assert told == ["DSS472"]


def test_what_typography_lacks_is_kept() -> None:
    more = {"italic": True, "textCase": "UPPER", "textDecoration": "UNDERLINE", "paragraphSpacing": 12}
    _, _, extension = made("TEXT", {"style": BODY | more})
    assert {**more, "fontStyle": "italic"}.items() - {("italic", True)} <= extension.items()


# --- fills ---------------------------------------------------------------------------------------------------------


def solid(**more: Any) -> Json:
    return {"type": "SOLID", "blendMode": "NORMAL", "color": RED} | more


STOPS = [{"color": RED, "position": 0}, {"color": BLUE, "position": 1}]


def linear(*handles: tuple[float, float], **more: Any) -> Json:
    points = [{"x": x, "y": y} for x, y in handles]
    return {"type": "GRADIENT_LINEAR", "gradientHandlePositions": points, "gradientStops": STOPS} | more


def test_a_solid_fill_is_a_color_with_the_paints_opacity() -> None:
    token, _, _ = made("FILL", {"fills": [solid(opacity=0.5)]})
    assert token == {"type": "color", "value": HEX_RED | {"alpha": 0.5}}


def test_a_bound_fill_is_a_reference_only_when_it_is_opaque() -> None:
    bound = {"boundVariables": {"color": alias("V:color")}}
    token, told, _ = made("FILL", {"fills": [solid(**bound)]})
    assert (token, told) == ({"type": "color", "value": "{color.red}"}, [])
    token, told, extension = made("FILL", {"fills": [solid(opacity=0.5, **bound)]})
    assert token == {"type": "color", "value": HEX_RED | {"alpha": 0.5}}
    assert (told, extension["boundVariables"]) == (["DSS472"], {"color": "V:color"})
    library = {"boundVariables": {"color": alias("VariableID:abc/1:2")}}
    assert made("FILL", {"fills": [solid(**library)]})[0] == {"type": "color", "value": "{library.red}"}


@pytest.mark.parametrize(
    ("handles", "angle"),
    [
        (((0, 0.5), (1, 0.5), (0, 1)), 90),
        (((0.5, 0), (0.5, 1), (0, 0)), 180),
        (((0.5, 1), (0.5, 0), (0, 0)), 0),
        (((1, 0.5), (0, 0.5), (0, 0)), 270),
        (((0, 0), (1, 1), (0, 0)), 135),
    ],
)
def test_a_gradient_keeps_its_kind_handles_and_angle(handles: Any, angle: float) -> None:
    token, told, extension = made("FILL", {"fills": [linear(*handles, opacity=0.5)]})
    blue = {"colorSpace": "srgb", "components": [0, 0, 1], "alpha": 0.25, "hex": "#0000ff"}
    assert token == {
        "type": "gradient",
        "value": [{"color": HEX_RED | {"alpha": 0.5}, "position": 0}, {"color": blue, "position": 1}],
    }
    assert (extension["gradient"]["kind"], extension["gradient"]["angle"], told) == ("linear", angle, [])


def test_of_several_paints_hidden_ones_do_not_count_and_the_top_one_is_the_token() -> None:
    hidden = solid(visible=False)
    token, told, extension = made("FILL", {"fills": [linear((0, 0), (1, 0)), hidden]})
    assert token is not None
    assert (token["type"], told, "layers" in extension) == ("gradient", [], False)
    token, told, extension = made("FILL", {"fills": [linear((0, 0), (1, 0)), solid()]})
    assert (token, told) == ({"type": "color", "value": HEX_RED}, ["DSS473"])
    assert len(extension["layers"]) == 2


@pytest.mark.parametrize("fills", [[{"type": "IMAGE"}], [{"type": "VIDEO"}], [], [solid(visible=False)], None])
def test_pictures_and_nothing_are_skipped_with_a_warning(fills: Any) -> None:
    assert made("FILL", {"fills": fills})[:2] == (None, ["DSS471"])


# --- effects and grids ---------------------------------------------------------------------------------------------


def shadow(kind: str = "DROP_SHADOW", **more: Any) -> Json:
    return {"type": kind, "visible": True, "color": RED, "offset": {"x": 0, "y": 4}, "radius": 8} | more


def test_shadows_keep_their_order_and_hidden_ones_go() -> None:
    token, told, _ = made("EFFECT", {"effects": [shadow(spread=-2), shadow(visible=False), shadow("INNER_SHADOW")]})
    first = {"color": HEX_RED, "offsetX": px(0), "offsetY": px(4), "blur": px(8), "spread": px(-2)}
    assert token == {"type": "shadow", "value": [first, first | {"spread": px(0), "inset": True}]}
    assert told == []


def test_one_shadow_is_no_list_and_its_bound_parts_are_references() -> None:
    bindings = {
        "color": alias("V:color"),
        "radius": alias("V:size"),
        "offsetY": alias("V:size"),
        "spread": alias("V:ratio"),
    }
    token, told, extension = made("EFFECT", {"effects": [shadow(boundVariables=bindings)]})
    assert token is not None
    assert token["value"] == {
        "color": "{color.red}",
        "offsetX": px(0),
        "offsetY": "{size.md}",
        "blur": "{size.md}",
        "spread": px(0),
    }
    assert (told, extension["boundVariables"]) == (["DSS472"], {"effects.0.spread": "V:ratio"})


def test_effects_that_are_no_shadow_are_told() -> None:
    blur = {"type": "LAYER_BLUR", "radius": 4}
    assert made("EFFECT", {"effects": [blur]})[:2] == (None, ["DSS471"])
    token, told, extension = made("EFFECT", {"effects": [shadow(), blur]})
    assert token is not None
    assert (token["type"], told, extension["effects"]) == ("shadow", ["DSS473"], [blur])


def test_a_grid_is_a_group_of_numbers() -> None:
    columns = {"pattern": "COLUMNS", "sectionSize": 72, "gutterSize": 24, "offset": 32, "count": 12}
    found = read_styles([Style("1:1", "k", "grid/page", "GRID")], {"1:1": {"layoutGrids": [columns]}})
    assert {".".join(path): token["$value"] for path, token in found.tokens.items()} == {
        "grid.page.count": 12,
        "grid.page.gutter": px(24),
        "grid.page.margin": px(32),
        "grid.page.size": px(72),
    }
    rows = {"pattern": "ROWS", "sectionSize": 8, "gutterSize": 0, "offset": 0, "count": -1}
    found = read_styles([Style("1:1", "k", "g", "GRID")], {"1:1": {"layoutGrids": [columns, rows, columns]}})
    heads = {path[:2] for path in found.tokens}
    assert heads == {("g", "columns"), ("g", "rows"), ("g", "columns-2")}
    assert ("g", "rows", "count") not in found.tokens, "-1 means as many as fit"


# --- lists and sets ------------------------------------------------------------------------------------------------


def test_styles_are_listed_by_three_endpoints() -> None:
    entry = {"key": "k", "name": "n", "description": "d"}
    listed = listed_styles({"meta": {"styles": [entry | {"node_id": "1:1", "style_type": "FILL"}, {"name": "half"}]}})
    in_file = listed_styles({"styles": {"1:1": entry | {"styleType": "FILL", "remote": False}}})
    single = listed_styles({"meta": entry | {"node_id": "1:1", "style_type": "FILL"}})
    assert listed == in_file == single == [Style("1:1", "k", "n", "FILL", "d")]
    assert nodes_in({"nodes": {"1:1": {"document": {"id": "1:1"}}, "1:2": None}}) == {"1:1": {"id": "1:1"}}
    assert listed_styles(None) == []


def test_a_style_whose_node_is_gone_is_told() -> None:
    found = read_styles([Style("1:1", "k", "n", "FILL")], {})
    assert (found.tokens, [d.code for d in found.diagnostics]) == ({}, ["DSS470"])


def variables(name: str) -> Pulled:
    entry = {
        "id": "V:1",
        "name": name,
        "key": "abc",
        "variableCollectionId": "C",
        "resolvedType": "COLOR",
        "valuesByMode": {"m": RED, "n": BLUE},
    }
    modes = [{"modeId": "m", "name": "M"}, {"modeId": "n", "name": "N"}]
    collection = {"id": "C", "name": "Base", "modes": modes, "defaultModeId": "m"}
    return read({"variables": [entry], "variableCollections": [collection]})


@pytest.mark.parametrize(
    ("variable", "style", "path"),
    [("color/red", "brand/red", "brand.red"), ("brand", "brand/red", "styles.brand.red"), ("a/b", "a", "styles.a")],
)
def test_styles_are_a_set_of_their_own_and_never_clash(oracle: Any, variable: str, style: str, path: str) -> None:
    pulled = variables(variable)
    bound = bindings_in(pulled.files)
    node = {"fills": [solid(boundVariables={"color": alias("V:1")})]}
    both = with_styles(pulled, read_styles([Style("1:1", "k", style, "FILL")], {"1:1": node}, bound))
    tokens = oracle.flattened(both, {"Base": "N"})
    assert oracle.value_of(tokens, path)["components"] == [0, 0, 1]
    assert list(both.files)[-2:] == ["styles.tokens.json", "tokens.resolver.json"]
    oracle.check_every_permutation(both)


def test_a_style_that_is_a_group_becomes_its_root() -> None:
    styles = [Style("1:1", "k", "a", "FILL"), Style("1:1", "l", "a/b", "FILL")]
    assert list(read_styles(styles, {"1:1": {"fills": [solid()]}}).tokens) == [("a", "$root"), ("a", "b")]


def test_styles_are_no_business_of_a_push() -> None:
    from figma.push import plan_push

    entry = {
        "id": "V:1",
        "name": "r",
        "key": "abc",
        "variableCollectionId": "C",
        "resolvedType": "COLOR",
        "valuesByMode": {"m": RED},
    }
    collection = {"id": "C", "name": "Base", "modes": [{"modeId": "m", "name": "M"}], "defaultModeId": "m"}
    payload = {"variables": [entry], "variableCollections": [collection]}
    both = with_styles(read(payload), read_styles([Style("1:1", "k", "s", "FILL")], {"1:1": {"fills": [solid()]}}))
    plan = plan_push(both.files, payload)
    assert plan.is_empty
    assert plan.diagnostics == []


def test_real_styles_arrive_by_value(team_data: Path) -> None:
    folder = team_data / "figma" / "rest"
    styles = listed_styles(json.loads((folder / "terrazzo-file-styles.json").read_text("utf-8")))
    nodes = nodes_in(json.loads((folder / "terrazzo-file-nodes.json").read_text("utf-8")))
    tokens = {".".join(path): token["$value"] for path, token in read_styles(styles, nodes).tokens.items()}
    assert tokens["elevation.100"]["blur"] == px(4)
    assert tokens["elevation.100"]["color"]["alpha"] == 0.25
    assert tokens["text.body.medium"]["fontSize"] == px(14)
    assert tokens["style.green.100"]["hex"] == "#48db5e"
    assert [stop["position"] for stop in tokens["style.gradient.100"]] == [0, 0.33173078, 1]
    assert tokens["grid.base.columns.gutter"] == px(20)


# --- components ----------------------------------------------------------------------------------------------------


def test_components_are_joined_into_sets_with_variants() -> None:
    def entry(node: str, name: str, **frame: Any) -> Json:
        return {"key": f"k{node}", "node_id": node, "name": name, "description": "", "containing_frame": frame}

    holder = {"containingComponentSet": {"nodeId": "2:1", "name": "Button"}, "pageName": "UI"}
    old = {"containingStateGroup": {"nodeId": "2:1", "name": "Button"}}
    components = {
        "meta": {
            "components": [
                entry("1:1", "Size=Large, State=Hover", **holder),
                entry("1:2", "Size=Small, State=Hover", **old),
                entry("1:3", "Logo", pageName="Brand"),
                {"name": "half"},
            ]
        }
    }
    sets = {"meta": {"component_sets": [entry("2:1", "Button", pageName="UI") | {"description": "Press me."}]}}
    button, logo = read_components(components, sets)
    assert (button.name, button.description, button.page) == ("Button", "Press me.", "UI")
    assert button.properties == {"Size": ["Large", "Small"], "State": ["Hover"]}
    assert [variant.node for variant in button.variants] == ["1:1", "1:2"]
    assert logo.to_json() == {"name": "Logo", "key": "k1:3", "node": "1:3", "page": "Brand"}
    in_file = {
        "components": {"1:1": {"key": "k", "name": "On=Yes", "description": "", "componentSetId": "2:1"}},
        "componentSets": {"2:1": {"key": "s", "name": "Switch", "description": ""}},
    }
    (switch,) = read_components(in_file)
    assert switch.to_json()["variants"] == [{"key": "k", "node": "1:1", "properties": {"On": "Yes"}}]


@pytest.mark.parametrize(
    ("name", "properties"),
    [("A=1, B=2", {"A": "1", "B": "2"}), ("A = x=y", {"A": "x=y"}), ("Plain", {}), ("", {}), ("=1,B=", {"B": ""})],
)
def test_variants_spell_their_properties(name: str, properties: Json) -> None:
    assert variant_properties(name) == properties
