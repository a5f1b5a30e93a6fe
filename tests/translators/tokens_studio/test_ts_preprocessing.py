"""Types, shadows, font styles and set names. The outcomes are those of sd-transforms 2.0.3."""

from __future__ import annotations

import pytest

from translators.tokens_studio import Options, preprocess
from translators.tokens_studio.preprocessing import TYPES


@pytest.mark.parametrize(("own", "standard"), TYPES.items())
def test_types_become_those_of_the_standard(own, standard):
    found = preprocess({"a": {"$value": "1", "$type": own}})["a"]
    extension = {"$extensions": {"studio.tokens": {"originalType": own}}}
    assert found == {"$value": "1", "$type": standard, **extension}


@pytest.mark.parametrize("own", ["color", "opacity", "typography", "number", "something"])
def test_other_types_stay(own):
    tree = {"a": {"value": "1", "type": own}}
    assert preprocess(tree) == tree


def test_other_extensions_stay():
    extension = {"studio.tokens": {"modify": {"type": "alpha"}}, "com.acme": 1}
    found = preprocess({"a": {"value": "1", "type": "spacing", "$extensions": extension}})["a"]["$extensions"]
    assert found == {**extension, "studio.tokens": {"modify": {"type": "alpha"}, "originalType": "spacing"}}


def test_shadow_offsets_are_named_as_in_the_standard():
    shadow = {"x": "0", "y": "{a}", "blur": "2"}
    found = preprocess({"s": {"value": [shadow, shadow], "type": "boxShadow"}})["s"]["value"]
    assert found == [{"blur": "2", "offsetX": "0", "offsetY": "{a}"}] * 2


def test_types_of_groups_reach_their_tokens():
    found = preprocess({"g": {"$type": "spacing", "a": {"$value": "1"}}})
    assert found["g"]["a"]["$type"] == "dimension"


@pytest.mark.parametrize(
    ("weight", "value"),
    [
        ("Bold Italic", {"fontWeight": "Bold", "fontStyle": "italic"}),
        ("BoldItalic", {"fontWeight": "Bold", "fontStyle": "italic"}),
        ("600 oblique", {"fontWeight": "600", "fontStyle": "oblique"}),
        ("Italic", {"fontWeight": "Regular", "fontStyle": "italic"}),
        ("Bold", {"fontWeight": "Bold"}),
        (700, {"fontWeight": 700}),
    ],
)
def test_styles_are_taken_out_of_weights(weight, value):
    tree = {"t": {"value": {"fontWeight": weight}, "type": "typography"}}
    assert preprocess(tree)["t"]["value"] == value


def test_a_weight_with_a_style_becomes_two_tokens():
    tree = {
        "w": {"value": "Light Italic", "type": "fontWeights"},
        "t": {"value": {"fontWeight": "{w}"}, "type": "typography"},
    }
    found = preprocess(tree)
    assert found["w"]["weight"]["value"] == "Light"
    assert found["w"]["style"] == {**found["w"]["style"], "value": "italic", "type": "fontStyle"}
    assert found["t"]["value"] == {"fontWeight": "Light", "fontStyle": "italic"}


def test_typography_without_a_style_is_normal_where_that_is_wanted():
    tree = {"t": {"value": {"fontWeight": "Bold"}, "type": "typography"}}
    found = preprocess(tree, Options(always_add_font_style=True))
    assert found["t"]["value"] == {"fontWeight": "Bold", "fontStyle": "normal"}


def test_names_of_sets_are_left_out_where_that_is_wanted():
    tree = {
        "core": {"a": {"value": "1", "type": "other"}, "b": {"value": "1", "type": "other"}},
        "theme/dark": {"b": {"value": "2", "type": "other"}},
        "$themes": [],
    }
    found = preprocess(tree, Options(exclude_parent_keys=True))
    assert {name: found[name]["value"] for name in ("a", "b")} == {"a": "1", "b": "2"}
