"""Single values: numbers, colours, weights, families, easings, names."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss_tokens.naming_rules import name_fault
from figma.values.colors import is_color, to_dtcg
from figma.values.easings import parse_easing
from figma.values.families import split_families
from figma.values.names import legal_name, numbered, segments, slug
from figma.values.numbers import shortest
from figma.values.weights import parse_weight


@pytest.mark.parametrize(
    ("wide", "short"),
    [
        (1.7799999713897705, 1.78),
        (0.30000001192092896, 0.3),
        (0.4000000059604645, 0.4),
        (-0.20000000298023224, -0.2),
        (0.1 + 0.2, 0.3),
        (16.0, 16),
        (-0.0, 0),
        (9999, 9999),
        (16777217, 16777217),
        (1e300, 1e300),
        (0.3333333432674408, 0.33333334),
    ],
)
def test_float32_noise_is_gone(wide: float, short: float) -> None:
    found = shortest(wide)
    assert (found, type(found)) == (short, type(short))
    assert str(found) != "-0"


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_the_short_number_is_the_same_float32(wide: float) -> None:
    assert struct.pack("<f", shortest(wide) or 0.0) == struct.pack("<f", wide or 0.0)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_byte_color_keeps_its_hex_and_is_close(channels: tuple[int, int, int]) -> None:
    raw = {k: struct.unpack("<f", struct.pack("<f", c / 255))[0] for k, c in zip("rgb", channels, strict=True)}
    color = to_dtcg({**raw, "a": 1})
    assert color["hex"] == "#{:02x}{:02x}{:02x}".format(*channels)
    assert all(abs(c - n / 255) < 1e-7 for c, n in zip(color["components"], channels, strict=True))
    assert [round(c * 255) for c in color["components"]] == list(channels)


def test_colors_stay_inside_their_range_and_p3_has_no_srgb_fallback() -> None:
    raw = {"r": 1.0000001, "g": -1e-9, "b": 0.5, "a": 0.30000001192092896}
    assert to_dtcg(raw) == {"colorSpace": "srgb", "components": [1, 0, 0.5], "alpha": 0.3, "hex": "#ff0080"}
    assert to_dtcg(raw, "display-p3") == {"colorSpace": "display-p3", "components": [1, 0, 0.5], "alpha": 0.3}


@pytest.mark.parametrize("value", [None, 3, {}, {"r": 1}, {"r": 1, "g": True, "b": 0}, {"r": "1", "g": 0, "b": 0}])
def test_what_is_no_color_is_not_taken_for_one(value: Any) -> None:
    assert not is_color(value)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Bold", (700, None)),
        ("semi bold", (600, None)),
        ("Extra-Bold Italic", (800, "italic")),
        ("Italic", (400, "italic")),
        ("Light Oblique", (300, "oblique")),
        ("ULTRA BLACK", (950, None)),
        ("Roman", (400, None)),
        ("450", (450, None)),
        ("0", None),
        ("1001", None),
        ("Condensed", None),
        ("", None),
    ],
)
def test_weights_are_read_from_style_names(text: str, weight: Any) -> None:
    assert parse_weight(text) == weight


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Inter", ["Inter"]),
        ('Inter, "Segoe UI", sans-serif', ["Inter", "Segoe UI", "sans-serif"]),
        ("'A, B', C", ["A, B", "C"]),
        ("L'Aquila, serif", ["L'Aquila", "serif"]),
        (" , ", []),
    ],
)
def test_families_are_split_outside_quotes(text: str, families: list[str]) -> None:
    assert split_families(text) == families


@pytest.mark.parametrize(
    ("text", "curve"),
    [
        ("cubic-bezier(0.2, 0, 0, 1)", [0.2, 0, 0, 1]),
        (" Cubic-Bezier(.3,-1.5,1,2) ", [0.3, -1.5, 1, 2]),
        ("cubic-bezier(1.1, 0, 0, 1)", None),
        ("cubic-bezier(nan, 0, 0, 1)", None),
        ("cubic-bezier(0, inf, 0, 1)", None),
        ("cubic-bezier(0, 0, 1)", None),
        ("ease-in", None),
    ],
)
def test_easings_are_read_from_css_text(text: str, curve: Any) -> None:
    assert parse_easing(text) == curve


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("color/blue/500", ("color", "blue", "500")),
        ("border / focus ring", ("border", "focus ring")),
        ("a//b/", ("a", "b")),
        ("surface/🔥 hot", ("surface", "🔥 hot")),
        ("$schema/odd", ("_$schema", "odd")),
        ("space/1.5", ("space", "1-5")),
        ("{a}", ("-a-",)),
        ("a\\b", ("a-b",)),
        ("a\u200bb/\u202ec", ("a-b", "-c")),
        ("constructor/__proto__", ("constructor-", "__proto__-")),
        ("e\u0301", ("é",)),
        ("/", ("-",)),
        ("", ("-",)),
    ],
)
def test_names_become_legal_paths(name: str, path: tuple[str, ...]) -> None:
    assert segments(name) == path


@given(st.text())
def test_every_name_becomes_legal(name: str) -> None:
    assert name_fault(legal_name(name)) is None
    assert legal_name(legal_name(name)) == legal_name(name)


def test_endless_names_are_bounded() -> None:
    assert name_fault(legal_name("x" * 1000)) is None
    assert len(segments("/".join("a" * 500))) == 100


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("🌙 Dark / OLED", "dark-oled"),
        ("Semantic Tokens", "semantic-tokens"),
        ("Größe", "grosse"),
        ("カラー", "カラー"),
        ("../../etc", "etc"),
        ("🎨", "mode"),
        ("CON", "con-"),
        ("x" * 200, "x" * 80),
    ],
)
def test_file_names_are_harmless_and_never_empty(text: str, name: str) -> None:
    assert slug(text, "mode") == name


def test_names_that_differ_in_case_only_are_numbered() -> None:
    taken: set[str] = set()
    assert [numbered(name, taken) for name in ("a", "A", "a", "b")] == ["a", "A-2", "a-3", "b"]
