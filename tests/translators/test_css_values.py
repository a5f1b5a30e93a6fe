"""Typed values as CSS text: every type, every form of a colour, references inside composites."""

import pytest

from dss_tokens.color import eight_bit, to_hex
from translators.css_colors import writer
from translators.css_values import literal, text_of, writers
from translators.measures import rgba

RED = {"colorSpace": "srgb", "components": [1, 0, 0]}
VEIL = {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5}
P3 = {"colorSpace": "display-p3", "components": [1, 0, 0]}


def px(value):
    return {"value": value, "unit": "px"}


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("authored", RED, "#ff0000"),
        ("authored", VEIL, "rgb(0 0 0 / 0.5)"),
        ("authored", {"colorSpace": "hsl", "components": [210, 50, 40]}, "hsl(210 50% 40%)"),
        ("hex", RED, "#ff0000"),
        ("hex", VEIL, "#00000080"),
        ("hex", P3, "#ff0b0c"),
        ("hex", {**P3, "hex": "#fe0000"}, "#fe0000"),
        ("hex", {"colorSpace": "hsl", "components": [120, 100, 50]}, "#00ff00"),
        ("hex", {"colorSpace": "srgb", "components": ["none", 0.5, 1]}, "#0080ff"),
        ("rgb", VEIL, "rgb(0 0 0 / 0.5)"),
        ("rgb", RED, "rgb(255 0 0)"),
        ("rgba", VEIL, "rgba(0, 0, 0, 0.5)"),
        ("rgba", RED, "rgb(255, 0, 0)"),
        ("hsl", RED, "hsl(0 100% 50%)"),
        ("hsla", VEIL, "hsla(0, 0%, 0%, 0.5)"),
        ("hsla", {"colorSpace": "hsl", "components": ["none", 50, 40]}, "hsl(0, 50%, 40%)"),
        ("oklch", RED, "oklch(0.62796 0.25768 29.23388)"),
        ("oklch", VEIL, "oklch(0 0 none / 0.5)"),
        ("oklab", RED, "oklab(0.62796 0.22486 0.12585)"),
        ("lab", RED, "lab(54.2905 80.8049 69.891)"),
        ("display-p3", RED, "color(display-p3 0.91749 0.20029 0.13856)"),
        ("display-p3", P3, "color(display-p3 1 0 0)"),
        ("color", RED, "color(srgb 1 0 0)"),
        ("color", P3, "color(display-p3 1 0 0)"),
        ("color", {"colorSpace": "hsl", "components": [0, 100, 50]}, "color(srgb 1 0 0)"),
        ("hex", "currentColor", "currentColor"),
        ("rgba", "var(--x)", "var(--x)"),
        ("oklch", "a;b", '"a;b"'),
    ],
)
def test_colors_in_every_form(form, value, text):
    assert literal("color", value, writers(form)) == text


def test_a_form_of_a_color_holds_inside_composites():
    shadow = {"color": VEIL, "offsetX": px(0), "offsetY": px(1.23456), "blur": px(2), "spread": px(0)}
    assert literal("shadow", [shadow], writers("hex", 2, "bare")) == "0 1.23px 2px 0 #00000080"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("dimension", px(0.1 + 0.2), "0.3px"),
        ("dimension", "1em", "1em"),
        ("duration", {"value": 0, "unit": "s"}, "0s"),
        ("number", 2 / 3, "0.667"),
        ("color", {"colorSpace": "lab", "components": [1.23456, 0.1, 30], "alpha": 1 / 3}, "lab(1.235 0.1 30 / 0.333)"),
        ("cubicBezier", [0.1, 0.2, 0.3, 0.4], "cubic-bezier(0.1, 0.2, 0.3, 0.4)"),
        ("transition", {"duration": {"value": 1.23456, "unit": "s"}, "delay": {"value": 0, "unit": "s"},
                        "timingFunction": [0, 0, 1, 1]}, "1.235s 0s cubic-bezier(0, 0, 1, 1)"),
    ],
)  # fmt: skip
def test_numbers_are_rounded(kind, value, text):
    assert literal(kind, value, writers("authored", 3, "bare")) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Inter", '"Inter"'),
        ("sans-serif", "sans-serif"),
        (["'Segoe UI'", '"Noto Sans"', "Arial"], '"Segoe UI", "Noto Sans", "Arial"'),
        (["var(--own, 'GitLab Sans')", "serif"], "var(--own, 'GitLab Sans'), serif"),
        ("var(--a); x", '"var(--a); x"'),
        ("inherit", "inherit"),
        (["inherit"], "inherit"),
        (["inherit", "serif"], '"inherit", serif'),
        ("", '""'),
        ("'", '"\'"'),
    ],
)
def test_font_families(value, text):
    assert literal("fontFamily", value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"fontSize": px(16), "fontFamily": "A"}, '16px "A"'),
        ({"fontStyle": "italic", "fontWeight": 700, "fontSize": px(16), "lineHeight": 1.5, "fontFamily": ["A", "b c"]},
         'italic 700 16px/1.5 "A", "b c"'),
        ({"fontWeight": "bold"}, "700"),
        ({"fontSize": px(16), "lineHeight": "24px", "fontFamily": "A"}, '16px/24px "A"'),
        ({}, "initial"),
        ("normal 1em/2 serif", '"normal 1em/2 serif"'),
    ],
)  # fmt: skip
def test_typography(value, text):
    shown = literal("typography", value)
    assert shown in (text, text.strip('"'))


def test_references_are_kept_where_the_output_has_them():
    value = {"width": px(1), "style": "solid", "color": RED}
    written = {"width": "{space.s}", "style": {"$ref": "#/style/line/$value"}, "color": "{color.gone}"}
    known = {"space.s": "var(--s)", "style.line": "var(--l)"}
    asked = []

    def reference(path, kind, needed):
        asked.append((path, kind, needed))
        return known.get(path)

    assert text_of("border", value, written, reference) == "var(--s) var(--l) #ff0000"
    assert asked == [
        ("space.s", "dimension", px(1)),
        ("style.line", "strokeStyle", "solid"),
        ("color.gone", "color", RED),
    ]
    assert text_of("border", value, written, None) == "1px solid #ff0000"


@pytest.mark.parametrize(("share", "channel"), [
    (0, 0), (1, 255), (0.3, 77), (0.5, 128), (0.7, 179), (0.1, 26), (0.09999999999999998, 26), (0.2999, 76),
    (-0.1, 0), (1.2, 255),
])  # fmt: skip
def test_every_format_rounds_a_channel_alike(share, channel):
    assert eight_bit(share) == channel
    if 0 <= share <= 1:
        value = {"colorSpace": "srgb", "components": [share, share, share], "alpha": 0.3}
        assert writer("hex")(value) == f"#{channel:02x}{channel:02x}{channel:02x}4d"
        assert writer("rgb")(value) == f"rgb({channel} {channel} {channel} / 0.3)"
        assert rgba(value).argb == f"4D{channel:02X}{channel:02X}{channel:02X}"
        assert to_hex(value) == f"#{channel:02x}{channel:02x}{channel:02x}"
