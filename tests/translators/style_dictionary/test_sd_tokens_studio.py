"""Tokens Studio inside a Style Dictionary configuration, and rules for what is written as a reference."""

from __future__ import annotations

import json

import pytest

from translators.style_dictionary import BuildError, ConfigError, SourceDocument, build, load_config
from translators.style_dictionary.transform_groups import TRANSFORM_GROUPS, tokens_studio_group

CORE = ("ts/descriptionToComment", "ts/resolveMath", "ts/size/px", "ts/opacity", "ts/size/lineheight")


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ({}, (*TRANSFORM_GROUPS["css"], "name/camel")),
        ({"platform": "compose"}, (*TRANSFORM_GROUPS["compose"], "name/camel")),
        ({"withSDBuiltins": False}, ("name/camel",)),
    ],
)
def test_the_group_ends_with_the_predefined_one_of_its_platform(options, more):
    names = tokens_studio_group(options)
    assert names[: len(CORE)] == CORE
    assert names[-len(more) :] == more


TOKENS = {
    "size": {
        "base": {"value": "8", "type": "spacing"},
        "double": {"value": "{size.base} * 2", "type": "spacing"},
        "same": {"value": "{size.base}", "type": "spacing"},
    },
    "ink": {"value": "#102030", "type": "color"},
    "text": {"value": "{ink}", "type": "color"},
    "soft": {
        "value": "{ink}",
        "type": "color",
        "$extensions": {"studio.tokens": {"modify": {"type": "alpha", "value": "0.5", "space": "srgb"}}},
    },
}


def css(built, references, filter=None, tokens=TOKENS):
    options = {"showFileHeader": False, "outputReferences": references}
    file = {"destination": "a.css", "format": "css/variables", "filter": filter, "options": options}
    platform = {"transformGroup": "tokens-studio", "transforms": ["name/kebab"], "files": [file]}
    result = built(tokens, platform, preprocessors=["tokens-studio"])
    lines = dict(line.strip().rstrip(";").split(": ") for line in result.files[0].text.splitlines() if ": " in line)
    return lines, [found.code for found in result.diagnostics]


@pytest.mark.parametrize(
    ("references", "double", "soft"),
    [
        (False, "16px", "rgb(6.2745% 12.549% 18.824% / 0.5)"),
        (True, "var(--size-base) * 2", "var(--ink)"),
        ("outputReferencesTransformed", "16px", "rgb(6.2745% 12.549% 18.824% / 0.5)"),
        (["outputReferencesFilter", "outputReferencesTransformed"], "16px", "rgb(6.2745% 12.549% 18.824% / 0.5)"),
        ("outputReferencesFilter", "var(--size-base) * 2", "var(--ink)"),
    ],
)
def test_changed_values_are_no_references_where_that_is_wanted(built, references, double, soft):
    lines, codes = css(built, references)
    same = "var(--size-base)" if references else "8px"
    assert (lines["--size-same"], lines["--size-double"], lines["--soft"]) == (same, double, soft)
    assert not codes


@pytest.mark.parametrize(
    ("references", "text", "codes"),
    [(True, "var(--ink)", ["DSS365"]), ("outputReferencesFilter", "#102030", [])],
)
def test_what_the_filter_leaves_out_is_no_reference_where_that_is_wanted(built, references, text, codes):
    tokens = {"ink": {"value": "#102030", "type": "color"}, "text": {"value": "{ink}", "type": "color", "keep": True}}
    lines, found = css(built, references, filter={"keep": True}, tokens=tokens)
    assert (lines, found) == ({"--text": text}, codes)


def test_references_in_modifiers_are_checked(built):
    modify = {"type": "mix", "value": "{nothing}", "color": "{ink}", "space": "srgb"}
    tokens = {**TOKENS, "soft": {**TOKENS["soft"], "$extensions": {"studio.tokens": {"modify": modify}}}}
    with pytest.raises(BuildError) as caught:
        css(built, False, tokens=tokens)
    (found,) = caught.value.diagnostics
    assert (found.code, found.path) == ("DSS202", "soft")


def test_what_is_no_colour_is_not_modified(built):
    tokens = {**TOKENS, "ink": {"value": "none", "type": "color"}}
    lines, codes = css(built, False, tokens=tokens)
    assert lines["--soft"] == "none"
    assert "DSS366" in codes


def test_options_of_tokens_studio_are_an_object(built):
    with pytest.raises(ConfigError, match="tokensStudio"):
        built(TOKENS, {"files": []}, tokensStudio=["excludeParentKeys"])


def test_a_mistyped_option_is_told(built):
    with pytest.raises(ConfigError) as caught:
        built(TOKENS, {"transformGroup": "css", "files": []}, tokensStudio={"excludeParentKey": True})
    with pytest.raises(ConfigError, match="hexx"):
        built(TOKENS, {"files": []}, tokensStudio={"ts/color/modifiers": {"format": "hexx"}})
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("DSS356", "did you mean excludeParentKeys?")


def test_options_of_a_platform_come_first(built):
    file = {"destination": "a", "format": "css/variables", "options": {"showFileHeader": False}}
    platform = {
        "transformGroup": "tokens-studio",
        "tokensStudio": {"ts/color/modifiers": {"format": "hex"}},
        "files": [file],
    }
    result = built(
        {"soft": {**TOKENS["soft"], "value": "#102030"}},
        platform,
        preprocessors=["tokens-studio"],
        tokensStudio={"withSDBuiltins": False, "ts/color/modifiers": {"format": "hsl"}},
    )
    assert result.files[0].text == ":root {\n  --soft: #10203080;\n}\n"


@pytest.mark.parametrize(
    ("type_", "value", "copied"),
    [
        ("typography", {"fontSize": "8 * 2", "lineHeight": "150%"}, {"fontSize": "16px", "lineHeight": "150%"}),
        ("border", {"width": "1", "color": "rgba(#000, 0.5)"}, {"width": "1px", "color": "rgba(0, 0, 0, 0.5)"}),
        (
            "boxShadow",
            [{"x": "1", "y": "0", "blur": "2", "spread": "0", "color": "#000", "type": "innerShadow"}],
            [{"offsetX": "1px", "offsetY": "0", "blur": "2px", "spread": "0", "color": "#000", "type": "innerShadow"}],
        ),
    ],
)
def test_the_copy_of_a_token_among_its_attributes_follows_what_is_changed_in_place(built, type_, value, copied):
    """As in sd-transforms, where a description copies the token, and some transforms change the value of both."""
    file = {"destination": "a.json", "format": "json"}
    platform = {"transformGroup": "tokens-studio", "files": [file]}
    tokens = {"a": {"value": value, "type": type_, "description": "Note"}}
    (made,) = built(tokens, platform, preprocessors=["tokens-studio"]).files
    token = json.loads(made.text)["a"]
    assert token["attributes"]["value"] == copied
    assert isinstance(token["value"], str)


@pytest.mark.parametrize("order", [["plain", "studio"], ["studio", "plain"]])
def test_a_preprocessor_of_one_platform_changes_nothing_for_others(order):
    document = {"t": {"value": {"fontWeight": "Bold Italic"}, "type": "typography"}}
    platform = {"files": [{"destination": "t.json", "format": "json/nested"}]}
    platforms = {"plain": platform, "studio": {**platform, "preprocessors": ["tokens-studio"], "buildPath": "studio/"}}
    config = load_config({"platforms": {name: platforms[name] for name in order}}, file="config.json")
    made = build(config, [SourceDocument("a.json", document)])
    found = {file.path: json.loads(file.text)["t"] for file in made.files}
    assert found["t.json"] == {"fontWeight": "Bold Italic"}
    assert found["studio/t.json"] == {"fontWeight": "Bold", "fontStyle": "italic"}
    assert document == {"t": {"value": {"fontWeight": "Bold Italic"}, "type": "typography"}}
