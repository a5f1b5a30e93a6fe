"""What JavaScript does to numbers, text, keys and order. The right-hand sides were printed by Node 22."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translators.style_dictionary.ecmascript.json import compact, pretty
from translators.style_dictionary.ecmascript.layout import Layout
from translators.style_dictionary.ecmascript.literals import property_key, string_literal, width
from translators.style_dictionary.ecmascript.module import NotACommentError, with_header
from translators.style_dictionary.ecmascript.numbers import number, number_text, parse_float, rounded, to_fixed
from translators.style_dictionary.ecmascript.sorting import sorted_by
from translators.style_dictionary.ecmascript.types import NoTypeError, type_of
from translators.style_dictionary.ecmascript.values import loosely_equal, normalized, replaced_once, text, truthy


@pytest.mark.parametrize(
    ("value", "want"),
    [
        (0.1, "0.1"),
        (1.0, "1"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (123456789012345680000, "123456789012345680000"),
        (1.25e22, "1.25e+22"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-9, "1.5e-9"),
        (1e16, "10000000000000000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_are_written_with_the_fewest_digits(value, want):
    assert number_text(value) == want


@pytest.mark.parametrize(
    ("value", "places", "want"),
    [
        (0.125, 2, "0.13"),
        (1.005, 2, "1.00"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.001, 2, "-0.00"),
        (-0.0, 2, "0.00"),
        (1e21, 2, "1e+21"),
        (10, 2, "10.00"),
    ],
)
def test_to_fixed_rounds_exact_halves_away_from_zero(value, places, want):
    assert to_fixed(value, places) == want


@pytest.mark.parametrize(("value", "want"), [(2.5, 3), (-2.5, -2), (0.49999999999999994, 0), (-0.5, 0), (1, 1)])
def test_round_lets_halves_rise(value, want):
    assert rounded(value) == want


@pytest.mark.parametrize(
    ("written", "want"), [(" 1.5px", 1.5), ("-.5em", -0.5), ("1e3x", 1000.0), ("1.", 1.0), ("Infinityx", math.inf)]
)
def test_parse_float_reads_what_leads(written, want):
    assert parse_float(written) == want
    assert math.isnan(parse_float("px1"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value):
    assert float(number_text(number(value))) == value


def test_keys_that_are_indices_come_first():
    assert list(normalized({"b": 1, "10": 1, "2": 1, "01": 1, "a": 1})) == ["2", "10", "b", "01", "a"]
    assert normalized({"__proto__": 1, "a": [{"1": 1, "0": 2.0}]}) == {"a": [{"0": 2, "1": 1}]}


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, "1", True),
        (True, 1, True),
        ("", 0, True),
        (None, 0, False),
        (None, None, True),
        ([1, 2], "1,2", True),
        ({}, {}, False),
        ("a", 1, False),
    ],
)
def test_loose_equality_converts(left, right, equal):
    assert loosely_equal(left, right) is equal


def test_text_and_truth_are_javascripts():
    assert [text(value) for value in (None, True, 1.0, [1, None, ["a"]])] == ["null", "true", "1", "1,,a"]
    assert [truthy(value) for value in ([], {}, 0, "", "0", math.nan)] == [True, True, False, False, True, False]


@pytest.mark.parametrize(
    ("new", "want"), [("$$", "a$b"), ("[$&]", "a[x]b"), ("$`", "aab"), ("$'", "abb"), ("$1", "a$1b")]
)
def test_replacement_patterns_are_expanded(new, want):
    assert replaced_once("axb", "x", new) == want


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_json_is_valid_and_keeps_the_data(value):
    assert json.loads(compact(value)) == value
    assert json.loads(pretty(value)) == value
    assert pretty(value) == json.dumps(value, indent=2, ensure_ascii=False)


def _rock_paper_scissors(one, other):
    return ((one - other + 1) % 3) - 1


def test_a_comparison_that_is_no_order_sorts_as_v8_does():
    items = [(index * 7) % 11 for index in range(24)]
    assert sorted_by(items, _rock_paper_scissors) == V8_ORDER


V8_ORDER = [2, 5, 8, 2, 5, 8, 0, 3, 6, 9, 0, 3, 6, 9, 0, 7, 10, 1, 4, 7, 10, 1, 4, 7]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers()), max_size=300))
def test_an_order_sorts_stably(items):
    assert sorted_by(items, lambda one, other: one[0] - other[0]) == sorted(items, key=lambda item: item[0])


@pytest.mark.parametrize(
    ("value", "want"),
    [("a", '"a"'), ('say "hi"', "'say \"hi\"'"), ('it\'s "x"', "'it\\'s \"x\"'"), ("it's", '"it\'s"'), ("\n", '"\\n"')],
)
def test_strings_take_the_quotes_that_save_escapes(value, want):
    assert string_literal(value) == want


@pytest.mark.parametrize(
    ("name", "want"), [("a", "a"), ("a-b", '"a-b"'), ("1", "1"), ("1.5", "1.5"), ("01", '"01"'), ("é", "é"), ("", '""')]
)
def test_keys_lose_quotes_they_do_not_need(name, want):
    assert property_key(name) == want
    assert property_key("1", typescript=True) == '"1"'


@pytest.mark.parametrize(("written", "columns"), [("ab", 2), ("日本", 4), ("e\u0301", 1), ("🎉", 2)])
def test_width_counts_columns(written, columns):
    assert width(written) == columns


LONG = "x" * 60


@pytest.mark.parametrize(
    ("value", "want"),
    [
        pytest.param({"a": 1, "b": [1, 2]}, "const v = { a: 1, b: [1, 2] };", id="one line"),
        pytest.param(
            {"key": LONG, "k": 1, "longer": "y" * 66},
            f'const v = {{\n  key: "{LONG}",\n  k: 1,\n  longer: "{"y" * 66}",\n}};',
            id="broken object",
        ),
        pytest.param({"longkey": "y" * 75}, f'const v = {{\n  longkey:\n    "{"y" * 75}",\n}};', id="broken after key"),
        pytest.param({"key": "y" * 90}, f'const v = {{\n  key: "{"y" * 90}",\n}};', id="short key"),
        pytest.param("y" * 75, f'const v =\n  "{"y" * 75}";', id="string on its own line"),
        pytest.param(
            list(range(100, 122)),
            "const v = [\n  "
            + ", ".join(map(str, range(100, 115)))
            + ",\n  "
            + ", ".join(map(str, range(115, 122)))
            + ",\n];",
            id="filled numbers",
        ),
        pytest.param([[1, 2], [3, 4]], "const v = [\n  [1, 2],\n  [3, 4],\n];", id="matrix"),
        pytest.param([{"a": 1}, {"b": 2}], "const v = [{ a: 1 }, { b: 2 }];", id="small objects"),
        pytest.param([LONG, LONG], f'const v = [\n  "{LONG}",\n  "{LONG}",\n];', id="broken list"),
        pytest.param(-1, "const v = -1;", id="negative"),
        pytest.param({}, "const v = {};", id="empty"),
    ],
)
def test_values_are_laid_out_as_prettier_does(value, want):
    assert Layout(expanded=False).statement("const v", value) == want


def test_objects_written_over_several_lines_stay_so():
    layout = Layout(expanded=True)
    assert layout.value({"a": {"b": []}}, 0, 0, 0) == "{\n  a: {\n    b: [],\n  },\n}"
    assert layout.value([{"a": 1}], 0, 0, 0) == "[\n  {\n    a: 1,\n  },\n]"


@pytest.mark.parametrize(
    ("value", "want"),
    [
        ("a", "string"),
        (1.5, "number"),
        ([1, 2], "[number, number]"),
        ([1, "a", 2], "(number | string | number)[]"),
        ([], "any[]"),
        ({"a": {"b": True}}, "{ a: { b: boolean } }"),
        ({}, "{}"),
    ],
)
def test_types_of_values(value, want):
    assert type_of(value).flat() == want


def test_a_literal_type_needs_no_escapes():
    assert type_of('say "x"', literal=True).flat() == "'say \"x\"'"
    with pytest.raises(NoTypeError):
        type_of("two\nlines", literal=True)
    with pytest.raises(NoTypeError):
        type_of({"font-size": 1})


@pytest.mark.parametrize(
    ("header", "want"),
    [
        ("/**\n * a\n */\n\n\n", "/**\n * a\n */\n\nx;\n"),
        ("\n// a  \n\n", "// a\n\nx;\n"),
        ("/*  a\n    * b */ ", "/*  a\n * b */ x;\n"),
        ("", "x;\n"),
    ],
)
def test_a_header_keeps_one_empty_line(header, want):
    assert with_header(header, "x;\n") == want


def test_a_header_that_is_no_comment_is_refused():
    with pytest.raises(NotACommentError):
        with_header("hello\n", "x;\n")
