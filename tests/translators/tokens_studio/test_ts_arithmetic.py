"""Math in values. The right-hand sides were printed by sd-transforms 2.0.3 unless a comment says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translators.tokens_studio.arithmetic import resolved
from translators.tokens_studio.expressions import NotArithmeticError, evaluated


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("16px", "16px"),
        ("1.50rem", "1.5rem"),
        ("0.123456rem", "0.1235rem"),
        ("2 * 3", 6),
        ("8px * 2", "16px"),
        ("16px + 1.5", "17.5px"),
        ("10 / 3", 3.3333),
        ("4px*4px", "16px"),
        ("1rem + 1px", "1rem + 1px"),
        ("1rem + 1em", "1rem + 1em"),
        ("-1 * 8px", "-8px"),
        ("roundTo(10 / 3, 1)", 3.3),
        ("floor(7px / 2)", "3px"),
        ("min(1, 2, 3) * 2", 2),
        ("sqrt(16)", 4),
        ("2^3^2", 512),
        ("5!", 120),
        ("7%4", "3%"),
        ("1?2:3", 2),
        ("3 > 2 ? 4px : 5px", "3 > 2 ? 4px : 5px"),
        ("if(0, 2, 3)", 3),
        ("PI * 2", 6.2832),
        ("calc(1px + 2px)", "3px"),
        ("calc(100% - 10px)", "calc(100% - 10px)"),
        ("8px 16px", "8px 16px"),
        ("8px * 2 16px / 4", "16px 4px"),
        ("1 + 1 is two", "2 is two"),
        ("Arial Black", "Arial Black"),
        ("#ff0000", "#ff0000"),
        ("", ""),
        ("10 +", "10 +"),
    ],
)
def test_math(text, want):
    assert resolved(text) == want
    assert type(resolved(text)) is type(want)


@pytest.mark.parametrize("value", [16, None, True, {"a": "1 + 1"}, ["1 + 1"]])
def test_only_text_is_math(value):
    assert resolved(value) == value


def test_decimal_places():
    assert resolved("1.23456789px * 1", 2) == "1.23px"
    assert resolved("10 / 3", 0) == 3


# The original prints 2000e, Infinity and NaN, or stops with the whole build, for some of these.
@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("1e3 * 2", 2000),
        ("128.00.dp * 2", "256.00.dp"),
        ("-1 * 8.50.sp", "-8.50.sp"),
        ("16.00.dp + 4px", "20.00.dp"),
        ("16.00.dp * 2 8.00.dp / 3", "32.00.dp 2.67.dp"),
        ("16.00.dp", "16.00.dp"),
        ("calc(16.00.dp * 2)", "calc(16.00.dp * 2)"),
        ("16.00.dp / 0", "16.00.dp / 0"),
        ("16.00.dp + 4.00.sp", "16.00.dp + 4.00.sp"),
        ("1 / 0", "1 / 0"),
        ("0 / 0", "0 / 0"),
        ("9^9^9", "9^9^9"),
        ("1e308 * 10", "1e308 * 10"),
        ("100000000!", "100000000!"),
        ("sqrt(-1)", "sqrt(-1)"),
        ("random() * 2", "random() * 2"),
        ("(f(x) = x)(2)", "(f(x) = x)(2)"),
        ("x = 5", "x = 5"),
        ("constructor(1)", "constructor(1)"),
        ("a.b + 1", "a.b + 1"),
        ("(" * 900 + "1" + ")" * 900, "(" * 900 + "1" + ")" * 900),
        ("-" * 1500 + "1", "-" * 1500 + "1"),
        ("1" + "+1" * 900, 901),
        ("1+" * 5000 + "1", "1+" * 5000 + "1"),
    ],
)
def test_what_has_no_sense_or_no_end_stays_text(text, want):
    assert resolved(text) == want


@given(st.text(alphabet="0123456789.+-*/^%!()?:, pxrem<=>&|'[]", max_size=40))
def test_any_text_gives_text_or_a_finite_number(text):
    found = resolved(text)
    assert isinstance(found, str) or found - found == 0


_NUMBERS = st.integers(-1000, 1000)


@given(_NUMBERS, _NUMBERS, _NUMBERS)
def test_precedence_is_that_of_arithmetic(a, b, c):
    assert evaluated(f"{a} + {b} * {c} - ({a} - {b}) * 2") == a + b * c - (a - b) * 2


@pytest.mark.parametrize("text", ["", "1 +", "foo", "1 2", "(1", "nothing(1)", "'text'", "1 / 0"])
def test_what_is_no_arithmetic_is_refused(text):
    with pytest.raises(NotArithmeticError):
        evaluated(text)
