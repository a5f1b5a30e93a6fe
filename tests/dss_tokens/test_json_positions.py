"""Places in JSON texts: the quick search and the careful scan agree, for arbitrary documents."""

import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_strategies import json_texts, json_values

from dss_tokens.json_equality import same
from dss_tokens.json_positions import spans
from dss_tokens.source import Lines, Span, line_and_column, span


def locations_of(value, at=()):
    yield at
    if isinstance(value, dict):
        for key, part in value.items():
            yield from locations_of(part, (*at, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from locations_of(part, (*at, place))


def value_at(value, location):
    for key in location:
        value = value[key]
    return value


def written(text, found):
    """What stands at a span."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: found.line - 1]) + found.column - 1
    end = sum(len(line) + 1 for line in lines[: found.end_line - 1]) + found.end_column - 1
    return text[start:end]


@given(json_texts(json_values(15)))
def test_the_quick_search_finds_what_the_careful_scan_finds(case):
    text, value = case
    wanted = list(locations_of(value))[1:]
    assert spans(text, wanted) == spans(text, wanted, json5=True)


@given(json_texts(json_values(15)))
def test_a_place_holds_the_value_or_its_key(case):
    text, value = case
    wanted = list(locations_of(value))[1:]
    for location, found in zip(wanted, spans(text, wanted), strict=True):
        here = json.loads(written(text, found))
        is_container = isinstance(value_at(value, location), (dict, list))
        if is_container and isinstance(location[-1], str):
            assert here == location[-1]
        else:
            assert same(here, value_at(value, location))


@given(json_texts(json_values(10)), st.data())
def test_a_place_that_is_not_there_is_that_of_the_nearest_value_around_it(case, data):
    text, value = case
    location = data.draw(st.sampled_from(list(locations_of(value))))
    part = value_at(value, location)
    assume(not isinstance(part, dict) or "nothing" not in part)
    missing = (*location, "nothing", 3)
    assert spans(text, [missing]) == spans(text, [location])


@pytest.mark.parametrize(
    ("text", "location", "expected"),
    [
        pytest.param('{"a": 1, "a": 2}', ("a",), Span(1, 15, 1, 16), id="the-last-of-two-wins"),
        pytest.param('{"é💡": 1,\r\n\t"b": [2]}', ("b", 0), Span(2, 8, 2, 9), id="wide-characters-and-tabs-are-one"),
        pytest.param('{"a\\u002fb": "x"}', ("a/b",), Span(1, 14, 1, 17), id="escaped-key"),
        pytest.param('{"a": 1 /* x */, // y\n "b": 2,}', ("b",), Span(2, 7, 2, 8), id="comments"),
        pytest.param('{"a": [{}, {"b": 1}]}', ("a", 1), Span(1, 12, 1, 20), id="object-in-an-array"),
        pytest.param('{"a": 1', ("a",), Span(1, 7, 1, 8), id="broken-behind"),
        pytest.param("not json", ("a",), None, id="no-json"),
        pytest.param("", (), Span(1, 1, 1, 2), id="nothing"),
        pytest.param(' {"a": 1}', (), Span(1, 2, 1, 3), id="the-document"),
    ],
)
def test_places_in_odd_documents(text, location, expected):
    assert spans(text, [location]) == [expected]


@given(st.text("ab\n\r\té💡", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_lines_and_columns_are_counted_alike(text, start, end):
    start, end = min(start, len(text)), min(end, len(text))
    before = text[:start]
    assert line_and_column(text, start) == (before.count("\n") + 1, len(re.split("\n", before)[-1]) + 1)
    assert Lines(text).span(start, end) == span(text, start, end)


def test_a_thousand_places_of_a_large_document_are_found_in_one_pass():
    document = {f"t{n}": {"$type": "number", "$value": n} for n in range(20_000)}
    text = json.dumps(document)
    wanted = [(f"t{n}", "$value") for n in range(0, 20_000, 20)]
    found = spans(text, wanted)
    assert [written(text, place) for place in found[:3]] == ["0", "20", "40"]
    assert written(text, found[-1]) == "19980"
