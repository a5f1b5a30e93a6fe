"""JSON: what is refused and where, at the limits and one beyond, whichever decoder reads."""

import json
from functools import partial

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_strategies import json_texts, json_values

from dss_tokens.json_equality import same
from dss_tokens.json_reader import quick_decoder, read_json, standard_decoder
from dss_tokens.json_scanner import scan

ORJSON = (
    orjson.loads,
    partial(orjson.dumps, option=orjson.OPT_STRICT_INTEGER),
    partial(orjson.dumps, option=orjson.OPT_STRICT_INTEGER | orjson.OPT_INDENT_2),
)
DECODERS = {
    "standard": standard_decoder, "orjson": quick_decoder(*ORJSON), "orjson-big": quick_decoder(*ORJSON, small=0),
}  # fmt: skip


@pytest.fixture(params=DECODERS)
def decoder(request):
    return DECODERS[request.param]


def read(text, decode=standard_decoder, **options):
    return read_json(text.encode() if isinstance(text, str) else text, file="t.json", decode=decode, **options)


def codes(text, decode=standard_decoder, **options):
    return [found.code for found in read(text, decode, **options).diagnostics]


def place(found):
    return (found.span.line, found.span.column)


def value_of(inner):
    return '{"a": {"$type": "x", "$value": ' + inner + "}}"


def nested(count, inside="1"):
    return "[" * count + inside + "]" * count


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        pytest.param(value_of("NaN"), "DSS103", (1, 32), id="nan"),
        pytest.param(value_of("Infinity"), "DSS103", (1, 32), id="infinity"),
        pytest.param(value_of("-Infinity"), "DSS103", (1, 32), id="minus-infinity"),
        pytest.param(value_of("9007199254740992"), "DSS104", (1, 32), id="integer-2^53"),
        pytest.param(value_of("-9007199254740992"), "DSS104", (1, 32), id="integer-minus-2^53"),
        pytest.param(value_of("1" * 5000), "DSS104", (1, 32), id="integer-5000-digits"),
        pytest.param(value_of("1e309"), "DSS104", (1, 32), id="beyond-a-double"),
        pytest.param(value_of("-1E+400"), "DSS104", (1, 32), id="beyond-a-double-below"),
        pytest.param(value_of("123456789012345e300"), "DSS104", (1, 32), id="beyond-a-double-with-digits"),
        pytest.param(value_of("0." + "1" * 63), "DSS104", (1, 32), id="65-characters"),
        pytest.param(value_of("1e-" + "0" * 62), "DSS104", (1, 32), id="65-characters-of-exponent"),
        pytest.param(value_of("-" + "1" * 15 + "." + "1" * 32 + "e-" + "1" * 15), "DSS104", (1, 32), id="65-in-pieces"),
        pytest.param(value_of(r'"\ud800"'), "DSS105", (1, 32), id="high-surrogate"),
        pytest.param(value_of(r'"\uDC00x"'), "DSS105", (1, 32), id="low-surrogate"),
        pytest.param(value_of(r'"\uDE00\uD83D"'), "DSS105", (1, 32), id="surrogates-turned"),
        pytest.param(value_of(r'"\ud83d\ud83d\ude00"'), "DSS105", (1, 32), id="high-high-low"),
        pytest.param(value_of(r'"\\ud83d\ude00"'), "DSS105", (1, 32), id="low-behind-an-escaped-backslash"),
        pytest.param(value_of('"' + "x" * (256 * 1024 + 1) + '"'), "DSS107", (1, 32), id="string-above-256-kib"),
        pytest.param(value_of('"' + "é" * (128 * 1024) + 'x"'), "DSS107", (1, 32), id="string-above-256-kib-of-utf-8"),
        pytest.param(value_of('"' + '\\"' * (256 * 1024 + 1) + '"'), "DSS107", (1, 32), id="string-of-quotes"),
        pytest.param(value_of(nested(65)), "DSS106", (1, 96), id="65-values"),
        pytest.param(value_of(nested(900)), "DSS106", (1, 96), id="900-values"),
        pytest.param(value_of(nested(100_000)), "DSS106", (1, 96), id="100,000-values"),
        pytest.param("[" * 100_000, "DSS106", (1, 138), id="100,000-open"),
        pytest.param('{"a":' * 100_000, "DSS106", (1, 686), id="100,000-open-objects"),
        pytest.param(value_of('["]",' * 70 + "1" + ',"["]' * 70), "DSS106", (1, 352), id="65-values-hidden-by-strings"),
        pytest.param("", "DSS102", (1, 1), id="empty"),
        pytest.param(" \n", "DSS102", (2, 1), id="blank"),
        pytest.param('{"a": 1', "DSS102", (1, 8), id="truncated"),
        pytest.param('{"a": "x', "DSS102", (1, 7), id="truncated-string"),
        pytest.param('{"a": 1}}', "DSS102", (1, 9), id="text-behind"),
        pytest.param("{'a': 1}", "DSS102", (1, 2), id="single-quotes"),
        pytest.param("{a: 1}", "DSS102", (1, 2), id="bare-key"),
        pytest.param('{"a": tru}', "DSS102", (1, 7), id="half-a-word"),
        pytest.param('{"a": .5}', "DSS102", (1, 7), id="no-digit-before-the-point"),
        pytest.param('{"a": 5.}', "DSS102", (1, 8), id="no-digit-behind-the-point"),
        pytest.param('{"a": +5}', "DSS102", (1, 7), id="plus"),
        pytest.param('{"a": 0x10}', "DSS102", (1, 8), id="hexadecimal"),
        pytest.param('{"a": "\t"}', "DSS102", (1, 8), id="raw-tab"),
        pytest.param('{"a": "\0"}', "DSS102", (1, 8), id="raw-null"),
        pytest.param('{"a": "\\x41"}', "DSS102", (1, 8), id="unknown-escape"),
        pytest.param('{"a": "\\u12"}', "DSS102", (1, 8), id="short-escape"),
        pytest.param('{"a" 1}', "DSS102", (1, 6), id="no-colon"),
        pytest.param('{"a": 1 "b": 2}', "DSS102", (1, 9), id="no-comma"),
        pytest.param('{,"a": 1}', "DSS102", (1, 2), id="comma-first"),
        pytest.param('{"a": 1,,"b": 1}', "DSS102", (1, 9), id="two-commas"),
        pytest.param('{"a": /* x', "DSS102", (1, 7), id="comment-without-end"),
        pytest.param('{"é\n": 1}', "DSS102", (1, 4), id="raw-line-break"),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_what_no_reader_takes_is_refused_at_its_place(text, code, at, strict, decoder):
    found = read(text, decoder, strict=strict)
    assert found.value is None
    assert [(d.code, d.severity, place(d)) for d in found.diagnostics] == [(code, "error", at)]
    assert found.diagnostics[0].rule == "FILE-1"


@pytest.mark.parametrize(
    ("data", "at"),
    [
        pytest.param(b'{"a": "\xff"}', (1, 8), id="no-start-byte"),
        pytest.param('{"é漢💡":\n "é'.encode() + b'\x80"}', (2, 4), id="behind-wide-characters"),
        pytest.param(b'{"a": "\xc0\xaf"}', (1, 8), id="overlong"),
        pytest.param(b'{"a": "\xed\xa0\x80"}', (1, 8), id="surrogate"),
        pytest.param('{"a": 1}'.encode("utf-16"), (1, 1), id="utf-16"),
        pytest.param(b'{"a": "caf\xe9"}', (1, 11), id="latin-1"),
        pytest.param(b'{"a": "\xf4\x90\x80\x80"}', (1, 8), id="beyond-unicode"),
    ],
)
def test_what_is_not_utf_8_is_refused_at_its_place(data, at, decoder):
    (found,) = read(data, decoder).diagnostics
    assert (found.code, place(found)) == ("DSS101", at)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(value_of("9007199254740991"), id="largest-integer"),
        pytest.param(value_of("-9007199254740991"), id="least-integer"),
        pytest.param(value_of("1e308"), id="large"),
        pytest.param(value_of("1e-400"), id="underflow"),
        pytest.param(value_of("0." + "1" * 62), id="64-characters"),
        pytest.param(value_of("12345678901234567890.5"), id="long-fraction-is-no-integer"),
        pytest.param(value_of("1e20"), id="whole-but-written-as-a-float"),
        pytest.param(value_of(r'"\ud83d\ude00 \uD83D\uDE00"'), id="surrogate-pairs"),
        pytest.param(value_of(r'"\\ud83d"'), id="escaped-backslash"),
        pytest.param(value_of('"' + "x" * (256 * 1024) + '"'), id="string-of-256-kib"),
        pytest.param(value_of('"' + "é" * (128 * 1024) + '"'), id="string-of-256-kib-of-utf-8"),
        pytest.param(value_of('"' + '\\"' * (256 * 1024) + '"'), id="string-of-quotes"),
        pytest.param(value_of(nested(64)), id="64-values"),
        pytest.param(value_of('["[[[[[[",' * 30 + "1" + ',"{{{{{"]' * 30), id="brackets-in-strings"),
        pytest.param('{"a":' * 128 + '{"$type": "number", "$value": 1}' + "}" * 128, id="128-groups"),
        pytest.param('{"#123456e999": "x123456e999", "y": ["0e000", "1E400"]}', id="exponents-in-strings"),
        pytest.param('{"a": "1' + "0" * 90 + '"}', id="digits-in-strings"),
        pytest.param('{"a" : 1, "b": "\\":", "c\\":": 2, "d": "\\u0022:", "e": "\\"\\u003a"}', id="colons-in-strings"),
        pytest.param('{"a\\\\": 1, "b": "x\\\\"}', id="backslash-at-the-end"),
        pytest.param('{"' + "k" * 300 + '": 1}', id="long-keys-are-no-names-yet"),
    ],
)
def test_what_is_at_a_limit_is_taken_and_read_alike(text, decoder):
    found = read(text, decoder, strict=True)
    assert found.diagnostics == []
    assert same(found.value, json.loads(text))


@pytest.mark.parametrize("inside", ["1", "[]", "{}", '"]"'])
@pytest.mark.parametrize("count", [62, 63, 64, 65, 66])
def test_values_nest_as_deep_whatever_the_layout(count, inside, decoder):
    value = json.loads(value_of(nested(count, inside)))
    depth = count + (inside in ("[]", "{}"))
    for indent in (None, 2, 4):
        assert codes(json.dumps(value, indent=indent), decoder) == (["DSS106"] if depth > 64 else [])


@pytest.mark.parametrize(
    ("text", "code", "at", "value"),
    [
        pytest.param('\ufeff{"a": 1}', "DSS109", (1, 1), {"a": 1}, id="byte-order-mark"),
        pytest.param('{"a": 1,\n "a": 2}', "DSS110", (2, 2), {"a": 2}, id="duplicate"),
        pytest.param('{"a": 1, "\\u0061": 2}', "DSS110", (1, 10), {"a": 2}, id="duplicate-in-another-spelling"),
        pytest.param('{"k": {"a\\\\": 1}, "a": 1, "a": 2}', "DSS110", (1, 27), None, id="duplicate-behind-a-backslash"),
        pytest.param('{"k": "\\"\\u003a", "a": 1, "a": 2}', "DSS110", (1, 27), None, id="duplicate-behind-a-colon"),
        pytest.param('{"k": "\\u0022:", "a": 1, "a": 2}', "DSS110", (1, 26), None, id="duplicate-behind-a-quote"),
        pytest.param('{"a" : 1, "a" : 2}', "DSS110", (1, 11), None, id="duplicate-with-blanks"),
        pytest.param('{"a": {"b": 1, "b": 1}}', "DSS110", (1, 16), None, id="duplicate-below"),
        pytest.param('{"a": 1} // x', "DSS111", (1, 10), {"a": 1}, id="line-comment"),
        pytest.param('{/* x\n */"a": 1}', "DSS111", (1, 2), {"a": 1}, id="block-comment"),
        pytest.param('{"a": [1, 2,]}', "DSS111", (1, 12), {"a": [1, 2]}, id="comma-in-an-array"),
        pytest.param('{"a": 1,\n}', "DSS111", (1, 8), {"a": 1}, id="comma-in-an-object"),
    ],
)
def test_what_is_tolerated_is_a_warning_and_an_error_when_strict(text, code, at, value, decoder):
    lenient, strict = read(text, decoder), read(text, decoder, strict=True)
    assert [(d.code, d.severity, place(d)) for d in lenient.diagnostics] == [(code, "warning", at)]
    assert [(d.code, d.severity, place(d)) for d in strict.diagnostics] == [(code, "error", at)]
    assert value is None or same(lenient.value, value)
    assert same(lenient.value, strict.value), "strict still finds the other faults"


def test_a_duplicate_names_both_places():
    (found,) = read('{"a": 1,\n  "a": 2}').diagnostics
    assert [(r.span.line, r.span.column) for r in found.related] == [(1, 2)]


def test_every_fault_of_a_document_is_listed():
    text = '{"a": NaN, "b": 1e999, "c": "\\ud800", "d": 1, "d": 2,}'
    assert codes(text, strict=True) == ["DSS103", "DSS104", "DSS105", "DSS110", "DSS111"]


@given(json_texts())
@example(('{"a": -0.0}', {"a": -0.0}))
@example(('{"": "\\"\\u003a", "\\\\": 0}', {"": '":', "\\": 0}))
def test_every_route_reads_the_same_and_nothing_is_lost(case):
    text, value = case
    results = [read(text, decode, strict=True) for decode in DECODERS.values()]
    results.append(read(text, strict=True, json5=True))
    for found in results:
        assert found.diagnostics == []
        assert same(found.value, value)
    scanned = scan(text)
    assert scanned.faults == []
    assert same(scanned.value, value)


@pytest.mark.parametrize("text", ["0.00039215688593685627", "-0.0000012345678901234567", "0.30000001192092896"])
@pytest.mark.parametrize("decode", DECODERS.values(), ids=DECODERS)
def test_the_quick_route_takes_every_number_that_a_program_writes_for_a_double(text, decode):
    assert decode(f'{{"r": [{text}, {text}]}}'.encode()) == {"r": [float(text)] * 2}


@pytest.mark.parametrize("decode", DECODERS.values(), ids=DECODERS)
@pytest.mark.parametrize("whole", [1, 15, 16, 19, 20, 40])
@pytest.mark.parametrize("fraction", [1, 15, 16, 19, 20, 22, 23, 30, 31, 61, 62, 63])
@pytest.mark.parametrize("power", ["", "e1", "E+" + "0" * 14 + "1", "e-" + "0" * 17 + "1", "e-" + "0" * 18 + "1"])
def test_the_quick_route_takes_no_number_of_more_than_64_characters(whole, fraction, power, decode):
    text = "-" + "1" * whole + "." + "3" * fraction + power
    for before in range(20):  # it looks at every fourth or fifth byte
        try:
            decode(b" " * before + f"[{text}]".encode())
        except ValueError:
            continue
        assert len(text) <= 64


MUTATIONS = st.sampled_from(
    [
     '"', "\\", "{", "}", "[", "]", ",", ":", "1", "e", ".", "-", "0" * 16, "0" * 40, "\\u", "\\ud800", "\\ude00",
     '\\"', "//", "/*", "NaN", "\ufeff", "\0", "x", "'", "true", "null", '"a":1,"a":2', "e999", "e-0000",
     "[" * 70, "]" * 70,
    ]
)  # fmt: skip


@st.composite
def broken_texts(draw):
    text, value = draw(json_texts(json_values(12)))
    if draw(st.booleans()):
        text = json.dumps(value, indent=2, ensure_ascii=False)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 2))
        text = text[:at] + draw(MUTATIONS) + text[at + cut :]
    return text


@given(broken_texts(), st.booleans())
@example('{"a": "\\\\ud83d\\ude00"}', False)
def test_the_quick_route_takes_nothing_that_the_careful_one_refuses(text, strict):
    data = text.encode("utf-8", "surrogatepass")
    scanned = scan(text.removeprefix("\ufeff"))
    refused = any(fault.fatal for fault in scanned.faults)
    for decode in DECODERS.values():
        found = read(data, decode, strict=strict)
        assert (found.value is None) <= (refused or scanned.value is None)
        if refused:
            assert found.value is None
            assert any(d.severity == "error" for d in found.diagnostics)
        elif scanned.faults:
            assert {d.code for d in found.diagnostics} >= {fault.code for fault in scanned.faults}
        else:
            assert same(found.value, scanned.value)


@given(st.binary(max_size=60), st.booleans())
def test_no_bytes_make_the_reader_fail(data, json5):
    found = read(data, json5=json5)
    assert found.diagnostics or found.value is not None or data.strip() == b"null"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("{a: 1}", {"a": 1}, id="bare-key"),
        pytest.param("{$a_é: 1, 'b': 2}", {"$a_é": 1, "b": 2}, id="keys"),
        pytest.param("['it\\'s', 'a\\\nb']", ["it's", "ab"], id="single-quotes"),
        pytest.param("[+1, .5, 5., 0x1F, -0xa]", [1, 0.5, 5.0, 31, -10], id="numbers"),
        pytest.param("// x\n[1, /* y */ 2,]", [1, 2], id="comments"),
        pytest.param("['\\x41\\v\\0']", ["A\v\0"], id="escapes"),
        pytest.param("\ufeff[1]", [1], id="byte-order-mark"),
        pytest.param("[1,\u00a0\u20282]", [1, 2], id="white-space"),
    ],
)
def test_json5_is_read_as_it_says(text, value):
    found = read(text, json5=True)
    assert [d.code for d in found.diagnostics if d.code != "DSS109"] == []
    assert same(found.value, value)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        pytest.param("[NaN]", "DSS103", (1, 2), id="nan"),
        pytest.param("[-Infinity]", "DSS103", (1, 2), id="infinity"),
        pytest.param("[0x20000000000000]", "DSS104", (1, 2), id="hexadecimal-2^53"),
        pytest.param("[1e999]", "DSS104", (1, 2), id="beyond-a-double"),
        pytest.param("['\\ud800']", "DSS105", (1, 2), id="surrogate"),
        pytest.param("{$value: " + nested(65) + "}", "DSS106", (1, 74), id="65-values"),
        pytest.param("['a\nb']", "DSS102", (1, 4), id="raw-line-break"),
        pytest.param("{a: 1, a: 2}", "DSS110", (1, 8), id="duplicate"),
        pytest.param("['\\1']", "DSS102", (1, 3), id="digit-escape"),
    ],
)
def test_json5_is_refused_for_what_json_is(text, code, at):
    found = read(text, json5=True, strict=True)
    assert [(d.code, d.severity, place(d)) for d in found.diagnostics] == [(code, "error", at)]
