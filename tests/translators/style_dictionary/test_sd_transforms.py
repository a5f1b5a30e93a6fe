"""Transforms, row by row. The right-hand sides were printed by Style Dictionary 5.5.5 unless a comment says so."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translators.style_dictionary.color.css import color, css_text
from translators.style_dictionary.color.gamut import to_gamut
from translators.style_dictionary.color.powers import cube_root, power
from translators.style_dictionary.color.spaces import SPACES, SRGB, convert, in_gamut
from translators.style_dictionary.color.srgb import srgb
from translators.style_dictionary.rendering import value_text


def transformed(built, value, type_, *names, **platform):
    tokens = {"a": {"value": value, "type": type_}}
    file = {"destination": "a", "format": "json/flat"}
    result = built(tokens, {"transforms": ["name/kebab", *names], **platform, "files": [file]})
    return json.loads(result.files[0].text)["a"], [found.code for found in result.diagnostics]


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("#abc", "#aabbcc"),
        ("ABCD", "#aabbccdd"),
        ("red", "#ff0000"),
        (" Transparent ", "#00000000"),
        ("rgb(1.4, 2.5, 300)", "#0103ff"),
        ("rgba(10%, 20.5%, 30%, 50%)", "#1a344d"),
        ("hsl(210, 40%, 60%)", "#7099c2"),
        ("hsva(10, 50%, 70%, .1)", "#b368591a"),
        ("rgb(1 2 3 / 50%)", "#010203"),
        ("burntsienna", "#ea7e5d"),
    ],
)
def test_colours_are_read_as_tinycolor_reads_them(built, value, want):
    assert transformed(built, value, "color", "color/hex") == (want, [])


@pytest.mark.parametrize(
    "value",
    ["linear-gradient(red, blue)", "repeating-conic-gradient(rgb(1,2,3), red)", "oklch(0.7 0.1 20)", 5, None, "{"],
)
def test_what_is_no_colour_stays(built, value):
    assert transformed(built, value, "color", "color/hex", "color/css") == (value, [])


@pytest.mark.parametrize(
    ("name", "want"),
    [
        ("color/rgb", "rgba(0, 150, 136, 0.57)"),
        ("color/hsl", "hsla(174, 100%, 29%, 0.57)"),
        ("color/hsl-4", "hsl(174 100% 29% / 0.5686274509803921)"),
        ("color/hex8android", "#91009688"),
        ("color/composeColor", "Color(0x91009688)"),
        ("color/hex8flutter", "Color(0x91009688)"),
        ("color/css", "rgba(0, 150, 136, 0.5686274509803921)"),
        ("color/UIColor", "[UIColor colorWithRed:0.000f green:0.588f blue:0.533f alpha:0.569f]"),
        ("color/UIColorSwift", "UIColor(red: 0.000, green: 0.588, blue: 0.533, alpha: 0.5686274509803921)"),
        ("color/ColorSwiftUI", "Color(red: 0.000, green: 0.588, blue: 0.533, opacity: 0.5686274509803921)"),
        ("color/sketch", {"red": "0.00000", "green": "0.58824", "blue": "0.53333", "alpha": 0.5686274509803921}),
        ("color/oklch", "oklch(0.6045 0.1074 183.38 / 0.5686274509803921)"),
        ("color/oklab", "oklab(0.6045 -0.1072 -0.0063 / 0.5686274509803921)"),
        ("color/p3", "color(display-p3 0.25802 0.57925 0.53338 / 0.5686274509803921)"),
        ("color/lch", "lch(55.44% 37.51 184.05 / 0.5686274509803921)"),
    ],
)
def test_one_colour_in_every_notation(built, name, want):
    assert transformed(built, "#00968891", "color", name)[0] == want


@pytest.mark.parametrize(
    ("components", "space", "extra", "want"),
    [
        ([0.2, 0.4, 1], "srgb", {}, "#3366ff"),
        ([0, 0.8, 0.3], "display-p3", {}, "#00ca50"),
        ([0, 0.8, 0.3], "display-p3", {"hex": "#00cc4d"}, "#00cc4d"),
        ([0.9, 0.4, 150], "oklch", {"alpha": 0.5}, "#41ff8780"),
        (["none", 0, 100], "hsl", {}, "#ffffff"),
        ([0, 0, 100], "lab", {"alpha": "none"}, "#000000"),
    ],
)
def test_dtcg_colours_are_mapped_into_srgb(built, components, space, extra, want):
    value = {"colorSpace": space, "components": components, **extra}
    assert transformed(built, value, "color", "color/hex")[0] == want


@pytest.mark.parametrize("gray", ["#0d0d0d", "#121212", "#777777", "#ffffff", "#000000"])
def test_greys_have_the_sign_of_the_last_bit(built, gray):
    want = {
        "#0d0d0d": "oklab(0.1591 -0.0000 -0.0000)",
        "#121212": "oklab(0.1822 -0.0000 0.0000)",
        "#777777": "oklab(0.5693 -0.0000 0.0000)",
        "#ffffff": "oklab(1.0000 -0.0000 0.0000)",
        "#000000": "oklab(0.0000 0.0000 0.0000)",
    }
    assert transformed(built, gray, "color", "color/oklab")[0] == want[gray]


@given(st.floats(1e-300, 1e300), st.sampled_from([2.4, 1 / 2.4, 0.45, 3, 1.8]))
def test_powers_are_powers(base, exponent):
    digits = math.log10(base) * exponent
    if not 299 < digits < 309:  # next to the largest double, rounding decides
        assert power(base, exponent) == pytest.approx(base**exponent if digits < 300 else math.inf, rel=1e-14)
    assert cube_root(-base) == pytest.approx(-math.cbrt(base), rel=1e-15)


@given(st.sampled_from(sorted(SPACES)), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_a_colour_survives_the_way_to_any_space_and_back(name, coords):
    space = SPACES[name]
    back = convert(convert(tuple(coords), SRGB, space), space, SRGB)
    # The polar spaces count what is this near to gray as gray, as the peer does: the hue is lost.
    assert back == pytest.approx(tuple(coords), abs=1e-6 if not space.polar else 2e-3)


@given(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 360))
@example(0.99999, 0.0002, 0.0)
def test_gamut_mapping_ends_inside(lightness, chroma, hue):
    mapped = to_gamut((lightness, chroma, hue), SPACES["oklch"], SRGB)
    # Next to gray the hue is lost, as above.
    assert in_gamut(convert(mapped, SPACES["oklch"], SRGB), SRGB, epsilon=2e-3)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_of_colours(text):
    found = srgb(text)
    assert found is None or all(0 <= channel <= 255 for channel in found.channels())


def test_colours_are_written_in_their_own_space():
    def written(space, *components, **extra):
        return css_text(color({"colorSpace": space, "components": list(components), **extra}))

    assert written("srgb", 0.2, 0.4, 1, alpha=0.5) == "rgb(20% 40% 100% / 0.5)"
    assert written("oklch", 0.7, 0.123456789, "none") == "oklch(70% 0.12346 none)"
    assert written("hsl", 330, 100, 50) == "hsl(330 100% 50%)"
    assert written("display-p3", 1.5, 0, 0) == written("display-p3", 1.5, 0, 0)
    assert written("xyz-d65", 0.1, 0.2, 0.3) == "color(xyz-d65 0.1 0.2 0.3)"
    assert written("lab", 50, -20, 30) == "lab(50 -20 30)"


@pytest.mark.parametrize(
    ("name", "value", "want"),
    [
        ("size/rem", 2, "2rem"),
        ("size/rem", "4px", "4px"),
        ("size/rem", "0", "0"),
        ("size/rem", 0, 0),
        ("size/rem", "0em", "0em"),
        ("size/rem", {"value": 1.25, "unit": "rem"}, "1.25rem"),
        ("size/px", "1.5rem", "1.5px"),
        ("size/px", 1e-7, "1e-7px"),
        ("size/pxToRem", "20px", "1rem"),
        ("size/pxToRem", "0px", "0"),
        ("size/remToPx", "1.27rem", "25px"),
        ("size/remToPt", 1.25, "25.00pt"),
        ("size/dp", "10px", "10.00dp"),
        ("size/compose/dp", 0.125, "0.13.dp"),
        ("size/object", "2px", {"original": "2px", "number": 2, "decimal": 0.02, "scale": 40}),
        ("size/swift/remToCGFloat", "-1", "CGFloat(-20.00)"),
        ("size/flutter/remToDouble", "1px 2px", "20.00"),
    ],
)
def test_sizes(built, name, value, want):
    assert transformed(built, value, "dimension", name, basePxFontSize=20) == (want, [])


@pytest.mark.parametrize("value", ["auto", "calc(1px + 2px)", True, [], {"unit": "px"}])
def test_what_is_no_size_stays_and_a_warning_says_so(built, value):
    assert transformed(built, value, "dimension", "size/px") == (value, ["DSS366"])


@pytest.mark.parametrize(
    ("name", "type_", "value", "want"),
    [
        ("time/seconds", "time", "250", "0.25s"),
        ("time/seconds", "time", 1234.5, "1.23s"),
        ("time/seconds", "time", {"value": 2, "unit": "s"}, "2.00s"),  # the peer: NaNs
        ("html/icon", "html", "&#xE001;&#xE002;", "'\\E001''\\E002'"),
        ("content/quote", "content", "it's", "'it's'"),
        ("content/objC/literal", "content", "a", '@"a"'),
        ("fontFamily/css", "fontFamily", "Arial Narrow, Arial", "'Arial Narrow', Arial"),
        ("fontFamily/css", "fontFamily", ["O'Neil Sans", '"Q F"', "x"], "'O\\'Neil Sans', \"Q F\", x"),
        ("cubicBezier/css", "cubicBezier", [0.1, 0, 1, 1], "cubic-bezier(0.1, 0, 1, 1)"),
        ("strokeStyle/css/shorthand", "strokeStyle", {"dashArray": []}, "dashed"),
        ("border/css/shorthand", "border", {"width": 1, "style": {}, "color": "#fff"}, "1 dashed #fff"),
        ("border/css/shorthand", "border", {"color": "#fff"}, "none #fff"),
        ("typography/css/shorthand", "typography", {"lineHeight": 1.5}, "16px/1.5 sans-serif"),
        ("transition/css/shorthand", "transition", {"duration": "1s", "delay": "0s"}, "1s 0s"),  # the peer: undefined
        ("shadow/css/shorthand", "shadow", {"offsetX": 1, "inset": True}, "inset 1 0 0 #000000"),
        ("shadow/css/shorthand", "shadow", [{"blur": "2px", "color": "red"}, "0 0 1px"], "0 0 2px red, 0 0 1px"),
        ("asset/url", "asset", 'a"b.png', 'url("a\\"b.png")'),
        ("asset/path", "asset", "./a/../b.png", "b.png"),
    ],
)
def test_other_values(built, name, type_, value, want):
    assert transformed(built, value, type_, name)[0] == want


def test_parts_that_the_font_shorthand_lacks_are_named(built):
    _, codes = transformed(built, {"letterSpacing": "1px"}, "typography", "typography/css/shorthand")
    assert codes == ["DSS367"]


def test_assets_are_read_by_who_builds():
    from translators.style_dictionary import SourceDocument, build, load_config

    tokens = {"a": {"value": "x.bin", "type": "asset"}}
    platform = {"transforms": ["asset/base64"], "files": [{"destination": "a", "format": "json/flat"}]}
    config = load_config({"platforms": {"p": platform}}, file="c")
    read = {"x.bin": b"\x00\xff"}.__getitem__
    assert '"AP8="' in build(config, [SourceDocument("t", tokens)], read_asset=read).files[0].text

    def missing(path: str) -> bytes:
        raise FileNotFoundError(2, "no such file")

    result = build(config, [SourceDocument("t", tokens)], read_asset=missing)
    assert [found.code for found in result.diagnostics] == ["DSS366"]


@pytest.mark.parametrize(
    ("value", "type_", "want"),
    [
        ({"value": 200, "unit": "ms"}, "duration", "200ms"),
        ({"a": 1, "b": {"c": 2}}, None, '{"a":1,"b":{"c":2}}'),
        ([{"color": "#fff", "position": 0}, {"color": "red", "position": 0.5}], "gradient", "#fff 0%,red 50%"),
        ({"colorSpace": "srgb", "components": [1, 0, 0], "alpha": 0.5}, "color", "rgba(255, 0, 0, 0.5)"),
        ({"width": "1px", "color": 5}, "border", '{"width":"1px","color":5}'),
        ([1, [2, "a"]], None, "1,2,a"),
    ],
)
def test_mappings_print_as_what_they_are(value, type_, want):
    assert value_text(value, type_) == want
