"""Colour modifiers. The right-hand sides were printed by sd-transforms 2.0.3 unless a comment says so."""

from __future__ import annotations

import pytest

from translators.style_dictionary.color.css import ColorSyntaxError
from translators.tokens_studio.colors import hex_rgba, modified


@pytest.mark.parametrize(
    ("base", "modifier", "want"),
    [
        ("#1e5c3a", {"type": "lighten", "space": "lch", "value": "0.3"}, "lch(54.103 21.369 153.64)"),
        ("#1e5c3a", {"type": "lighten", "space": "hsl", "value": "0.3"}, "hsl(147.1 50.82% 46.745%)"),
        ("#1e5c3a", {"type": "lighten", "space": "p3", "value": "0.3"}, "color(display-p3 0.43206 0.54898 0.46714)"),
        ("#1e5c3a", {"type": "lighten", "space": "srgb", "value": "0.3"}, "rgb(38.235% 55.255% 45.922%)"),
        ("#1e5c3a", {"type": "darken", "space": "lch", "value": "0.3"}, "lch(24.103 21.369 153.64)"),
        ("#1e5c3a", {"type": "darken", "space": "hsl", "value": "0.3"}, "hsl(147.1 50.82% 16.745%)"),
        ("#1e5c3a", {"type": "darken", "space": "p3", "value": "0.3"}, "color(display-p3 0.13206 0.24898 0.16714)"),
        ("#1e5c3a", {"type": "darken", "space": "srgb", "value": "0.3"}, "rgb(8.2353% 25.255% 15.922%)"),
        ("#1e5c3a", {"type": "alpha", "space": "lch", "value": "0.3"}, "lch(34.432 30.526 153.64 / 0.3)"),
        ("#1e5c3a", {"type": "alpha", "space": "hsl", "value": "0.3"}, "hsl(147.1 50.82% 23.922% / 0.3)"),
        (
            "#1e5c3a",
            {"type": "alpha", "space": "p3", "value": "0.3"},
            "color(display-p3 0.18865 0.35569 0.23877 / 0.3)",
        ),
        ("#1e5c3a", {"type": "alpha", "space": "srgb", "value": "0.3"}, "rgb(11.765% 36.078% 22.745% / 0.3)"),
        (
            "#1e5c3a",
            {"type": "mix", "space": "lch", "value": "0.3", "color": "rgba(255, 200, 0, 0.5)"},
            "lch(49.238 46.803 132.48 / 0.85)",
        ),
        (
            "#1e5c3a",
            {"type": "mix", "space": "hsl", "value": "0.3", "color": "rgba(255, 200, 0, 0.5)"},
            "hsl(117.09 65.574% 31.745% / 0.85)",
        ),
        (
            "#1e5c3a",
            {"type": "mix", "space": "p3", "value": "0.3", "color": "rgba(255, 200, 0, 0.5)"},
            "color(display-p3 0.42194 0.4868 0.24789 / 0.85)",
        ),
        (
            "#1e5c3a",
            {"type": "mix", "space": "srgb", "value": "0.3", "color": "rgba(255, 200, 0, 0.5)"},
            "rgb(38.235% 48.784% 15.922% / 0.85)",
        ),
        ("hsl(20, 50%, 40%)", {"type": "lighten", "space": "srgb", "value": "0.1 * 2", "format": "hex"}, "#ad775c"),
        (
            "hsl(20, 50%, 40%)",
            {"type": "lighten", "space": "srgb", "value": "0.1 * 2", "format": "hsl"},
            "hsl(20 33.333% 52%)",
        ),
        (
            "hsl(20, 50%, 40%)",
            {"type": "lighten", "space": "srgb", "value": "0.1 * 2", "format": "lch"},
            "lch(55.294 30.975 50.786)",
        ),
        (
            "hsl(20, 50%, 40%)",
            {"type": "lighten", "space": "srgb", "value": "0.1 * 2", "format": "p3"},
            "color(display-p3 0.64857 0.47577 0.37734)",
        ),
        (
            "hsl(20, 50%, 40%)",
            {"type": "lighten", "space": "srgb", "value": "0.1 * 2", "format": "srgb"},
            "rgb(68% 46.667% 36%)",
        ),
        (
            "hsl(20, 50%, 40%)",
            {"type": "lighten", "space": "srgb", "value": "0.1 * 2", "format": "other"},
            "rgb(68% 46.667% 36%)",
        ),
        ("red", {"type": "mix", "space": "hsl", "value": 0.5, "color": "blue"}, "hsl(300 100% 50%)"),
        ("#f00", {"type": "alpha", "space": "srgb", "value": "2", "format": "hex"}, "#f00"),
        ("#f00", {"type": "darken", "space": "srgb", "value": "1"}, "rgb(0% 0% 0%)"),
        ("color(display-p3 1 0 0)", {"type": "darken", "space": "srgb", "value": "0.1"}, "rgb(98.376% 0% 0%)"),
        (
            "UIColor(red: 1, green: 0.5, blue: 0, alpha: 1)",
            {"type": "darken", "space": "hsl", "value": "0.1"},
            "hsl(30 100% 45%)",
        ),
        ("#fff8", {"type": "other", "space": "srgb", "value": "0.1"}, "rgb(100% 100% 100% / 0.53333)"),
        ("#fff", {"type": "lighten", "space": "none", "value": "0.1"}, "#fff"),
    ],
)
def test_modifiers(base, modifier, want):
    assert modified(base, modifier) == want


# For the first two the original prints 0% or "none".
@pytest.mark.parametrize(
    ("base", "modifier", "want"),
    [
        ("#fff", {"type": "darken", "space": "srgb", "value": "some"}, "rgb(100% 100% 100%)"),
        (
            "hsl(none 0% 100%)",
            {"type": "mix", "space": "srgb", "value": "0.25", "color": "red"},
            "rgb(100% 75% 75%)",
        ),
        ("#fff", {"type": "mix", "space": "srgb", "value": "0.5", "color": "no colour"}, "#fff"),
        ("#fff", {"type": "mix", "space": "srgb", "value": "0.5"}, "#fff"),
        ("#fff", {}, "#fff"),
    ],
)
def test_a_modifier_that_makes_no_sense_leaves_the_colour(base, modifier, want):
    assert modified(base, modifier) == want


def test_what_is_no_colour_cannot_be_modified():
    with pytest.raises(ColorSyntaxError):
        modified("16px", {"type": "darken", "space": "srgb", "value": "0.1"})


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("rgba(#fff, 0.5)", "rgba(255, 255, 255, 0.5)"),
        ("rgba( #abc , 50%)", "rgba(170, 187, 204, 50%)"),
        (
            "linear-gradient(90deg, #fff 0%, rgba(#00ff00,0.2) 100%)",
            "linear-gradient(90deg, #fff 0%, rgba(0, 255, 0, 0.2) 100%)",
        ),
        ("rgba(#11223344, 0.5)", "rgba(17, 34, 51, 0.5)"),
        ("rgba(red, 0.5)", "rgba(red, 0.5)"),
        ("rgba(1, 2, 3, 0.5)", "rgba(1, 2, 3, 0.5)"),
        ("rgba(#fffff, 1)", "rgba(#fffff, 1)"),
    ],
)
def test_hex_colours_in_rgba(text, want):
    assert hex_rgba(text) == want
