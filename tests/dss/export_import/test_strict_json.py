"""Strict JSON, whole and in pieces: one text, one value, or a refusal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss.export_import.json_stream import JsonStream
from dss.export_import.limits import DEFAULTS, Limits
from dss.export_import.strict_json import JsonError, parse

REFUSED = [
    ("JSON_SYNTAX", b""),
    ("JSON_SYNTAX", b" "),
    ("JSON_SYNTAX", b"{"),
    ("JSON_SYNTAX", b'{"a":1,}'),
    ("JSON_SYNTAX", b"[1,]"),
    ("JSON_SYNTAX", b"[1 2]"),
    ("JSON_SYNTAX", b"{'a':1}"),
    ("JSON_SYNTAX", b"// c\n1"),
    ("JSON_SYNTAX", b'{"a":1} {}'),
    ("JSON_SYNTAX", b'"a\nb"'),
    ("JSON_SYNTAX", b'"\\x"'),
    ("JSON_SYNTAX", b"01"),
    ("JSON_SYNTAX", b"1."),
    ("JSON_SYNTAX", b"+1"),
    ("JSON_SYNTAX", b"tru"),
    ("JSON_SYNTAX", b'{"a"}'),
    ("JSON_ENCODING", b"\xef\xbb\xbf1"),
    ("JSON_ENCODING", b'"\xff"'),
    ("JSON_ENCODING", b'"\xed\xa0\x80"'),
    ("JSON_ENCODING", b'"\xc0\xaf"'),
    ("JSON_ENCODING", '"a"'.encode("utf-16")),
    ("JSON_ENCODING", b'"\\ud800"'),
    ("JSON_ENCODING", b'{"\\udc00":1}'),
    ("JSON_ENCODING", b'["\\udc00\\ud800"]'),
    ("JSON_DUPLICATE_KEY", b'{"a":1,"a":1}'),
    ("JSON_DUPLICATE_KEY", b'{"a":1,"\\u0061":2}'),
    ("JSON_DUPLICATE_KEY", b'[{"b":{"a":1,"a":2}}]'),
    ("JSON_TOO_DEEP", b"[" * 66 + b"]" * 66),
    ("JSON_TOO_DEEP", b"[" * 100_000),
    ("JSON_TOO_DEEP", b'{"a":' * 100_000),
    ("JSON_NUMBER_RANGE", b"9007199254740992"),
    ("JSON_NUMBER_RANGE", b'{"a":-9007199254740992}'),
    ("JSON_NUMBER_RANGE", b"[1e400]"),
    ("JSON_NUMBER_RANGE", b"9" * 5000),
    ("JSON_NUMBER_RANGE", b"0." + b"1" * 63),
    ("JSON_NOT_A_NUMBER", b"NaN"),
    ("JSON_NOT_A_NUMBER", b"[Infinity]"),
    ("JSON_NOT_A_NUMBER", b"[-Infinity]"),
    ("LIMIT_VALUE_SIZE", b'"' + b"a" * 262_145 + b'"'),
    ("LIMIT_VALUE_SIZE", b'{"' + "é".encode() * 131_073 + b'":1}'),
]
# what orjson or json says of broken syntax does not matter; which family it is does


@pytest.mark.parametrize(("symbol", "text"), REFUSED)
def test_a_fault_is_refused_under_its_symbol(symbol: str, text: bytes) -> None:
    with pytest.raises(JsonError) as caught:
        parse(text)
    assert caught.value.symbol == symbol


ACCEPTED = [
    b"null", b" [1 , 2]\r\n", b'{"a":{"b":[]}}', b"1e-400", b"-0", b"0.1", b"9007199254740991", b"1E5",
    b'"\\ud83d\\ude00"',
    b'"\\u0000\\/"', b"[" * 65 + b"]" * 65, b'"' + b"a" * 262_144 + b'"', "\"\u2028\x7f\"".encode(), b"0." + b"1" * 62,
    b'{"a":1,"b":{"a":1}}', b'"[[[[{{{{"', b'"\\\\"', b'["\\"","]"]',
]  # fmt: skip


@pytest.mark.parametrize("text", ACCEPTED)
def test_strict_json_has_the_value_of_any_parser(text: bytes) -> None:
    assert parse(text) == json.loads(text)
    assert type(parse(text)) is type(json.loads(text))


@given(
    st.binary(max_size=60)
    | st.text(alphabet='{}[]",:\\u0dea19.-+ \ud83d', max_size=40).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_are_refused_or_have_the_value_of_the_standard_parser(text: bytes) -> None:  # fmt: skip
    try:
        value = parse(text)
    except JsonError:
        return
    assert value == json.loads(text)


def test_the_teams_documents_are_judged_as_their_index_says(team_data: Path) -> None:
    folder = team_data / "hostile-json"
    of_a_parser = {"JSON_TOO_DEEP", "JSON_DUPLICATE_KEY", "JSON_NOT_A_NUMBER", "JSON_NUMBER_RANGE", "JSON_ENCODING",
                   "JSON_SYNTAX", "-"}  # fmt: skip
    for case in json.loads((folder / "index.json").read_text("utf-8")):
        if case["code"] not in of_a_parser or case["file"] == "empty.jsonl":
            continue
        try:
            parse((folder / case["file"]).read_bytes(), replace(DEFAULTS, max_value_depth=100))
            assert case["expected"] == "accept", case["file"]
        except JsonError as error:
            assert error.symbol == case["code"], case["file"]


@pytest.mark.parametrize(("start", "repeated"), [(b'"', b'\\"'), (b'["', b'\\"'), (b'{"a":"', b"\\"), (b"[", b'"",')])
def test_no_text_takes_more_than_linear_time(growth: Callable[..., float], start: bytes, repeated: bytes) -> None:
    def run(count: int) -> None:
        text = start + repeated * (count | 1)
        with pytest.raises(JsonError):
            parse(text)
        with pytest.raises(JsonError):
            list(JsonStream([text]).elements())

    assert growth(run, 15_000) < 200


def cut(text: bytes, step: int) -> Iterator[bytes]:
    return (text[at : at + step] for at in range(0, len(text), step))


def streamed(text: bytes, step: int, limits: Limits = DEFAULTS) -> object:
    """The document put together again from its pieces."""
    stream = JsonStream(cut(text, step), limits)
    first = text.strip()[:1]
    if first == b"{":
        found: object = {name: stream.value() for name in stream.members()}
    elif first == b"[":
        found = list(stream.elements())
    else:
        found = stream.value()
    stream.end()
    return found


values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5) | st.just('\\"[{,é😀'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=10,
)


@given(values, st.integers(1, 9), st.sampled_from([None, 1]), st.booleans())
def test_a_document_in_pieces_has_the_same_value(value: object, step: int, indent: int | None, escaped: bool) -> None:
    try:
        text = json.dumps(value, indent=indent, ensure_ascii=escaped).encode()
        parse(text)
    except (UnicodeEncodeError, JsonError):
        return
    assert streamed(text, step) == value


@given(values.map(lambda value: json.dumps(value).encode()), st.data())
def test_a_damaged_document_in_pieces_is_refused_like_the_whole(text: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    damaged = text[:at] + data.draw(st.binary(max_size=2)) + text[data.draw(st.integers(at, min(len(text), at + 2))) :]
    step = data.draw(st.integers(1, 9))
    try:
        whole = parse(damaged)
    except JsonError:
        with pytest.raises(JsonError):
            streamed(damaged, step)
    else:
        assert streamed(damaged, step) == whole


def test_a_value_above_the_limit_of_a_line_is_refused_while_it_is_read() -> None:
    endless = iter([b'["', *[b"a" * 1000] * 10_000])
    with pytest.raises(JsonError) as caught:
        list(JsonStream(endless, replace(DEFAULTS, max_line_length=5000)).elements())
    assert caught.value.symbol == "LIMIT_VALUE_SIZE"
    assert next(endless, None) is not None, "read on beyond the limit"
