"""YAML: JSON data by the core schema of YAML 1.2; what is refused, where, and that nothing blows up."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_strategies import NUMBERS

from dss.yaml_reader import read_yaml, yaml_spans
from dss_tokens.json_equality import same
from dss_tokens.source import Span


def read(text, **options):
    return read_yaml(text.encode() if isinstance(text, str) else text, file="t.yaml", **options)


def place(found):
    return (found.span.line, found.span.column)


def test_the_words_of_yaml_1_1_are_text():
    text = """
    a: yes
    b: No
    c: on
    d: 1:30
    e: 2020-01-01
    f: 1_000
    g: 012
    h: 0o17
    i: .5
    j: +1
    k: 0x1F
    l: ~
    m: null
    n: True
    o: '400'
    p: =
    q: 1e3
    r: "~"
    s:
    """
    assert same(
        read(text).value,
        {
            "a": "yes", "b": "No", "c": "on", "d": "1:30", "e": "2020-01-01", "f": "1_000", "g": 12, "h": 15, "i": 0.5,
            "j": 1, "k": 31, "l": None, "m": None, "n": True, "o": "400", "p": "=", "q": 1000.0, "r": "~", "s": None,
        },
    )  # fmt: skip


def test_keys_are_the_text_as_written():
    assert read("500: 1\ntrue: 2\n~: 3\n1.0: 4\n'x': 5").value == {"500": 1, "true": 2, "~": 3, "1.0": 4, "x": 5}


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        pytest.param("a: .nan", "DSS103", (1, 4), id="nan"),
        pytest.param("a: -.Inf", "DSS103", (1, 4), id="infinity"),
        pytest.param("a: 9007199254740992", "DSS104", (1, 4), id="integer-2^53"),
        pytest.param("a: 0x20000000000000", "DSS104", (1, 4), id="hexadecimal-2^53"),
        pytest.param("a: 1e309", "DSS104", (1, 4), id="beyond-a-double"),
        pytest.param("a: 0." + "1" * 63, "DSS104", (1, 4), id="65-characters"),
        pytest.param("a: " + "1" * 5000, "DSS104", (1, 4), id="5000-digits"),
        pytest.param('a: "\\ud800"', "DSS102", (1, 7), id="surrogate"),
        pytest.param("b: 1\na: é" + "x" * 262_143, "DSS107", (2, 4), id="string-above-256-kib"),
        pytest.param("$value: " + "[" * 65 + "]" * 65, "DSS106", (1, 73), id="65-values"),
        pytest.param("- " * 100_000 + "a", "DSS106", (1, 275), id="100,000-sequences"),
        pytest.param("[" * 100_000, "DSS106", (1, 138), id="100,000-brackets"),
        pytest.param("{a: " * 100_000, "DSS106", (1, 549), id="100,000-braces"),
        pytest.param("\n".join(" " * n + "a:" for n in range(2000)), "DSS106", (138, 138), id="2000-mappings"),
        pytest.param("a: &x 1", "DSS116", (1, 4), id="anchor"),
        pytest.param("a: !!str 1", "DSS116", (1, 4), id="tag"),
        pytest.param("a: !custom 'x'", "DSS116", (1, 4), id="tag-of-a-quoted-text"),
        pytest.param("a: !!python/object/apply:os.system ['x']", "DSS116", (1, 4), id="tag-that-would-run"),
        pytest.param("a: !!binary aGk=", "DSS116", (1, 4), id="binary"),
        pytest.param("? [a]\n: b", "DSS102", (1, 3), id="key-that-is-no-text"),
        pytest.param("? {a: 1}\n: b", "DSS102", (1, 3), id="key-that-is-a-mapping"),
        pytest.param("a: {<<: {b: 1}}", "DSS116", (1, 5), id="merge-key"),
        pytest.param("a: 1\n---\nb: 2", "DSS102", (2, 1), id="two-documents"),
        pytest.param("a: [1", "DSS102", (1, 6), id="open-bracket"),
        pytest.param("a: 1\n\tb: 2", "DSS102", (2, 1), id="tab"),
        pytest.param('é: "\x01"', "DSS102", (1, 5), id="control-character"),
        pytest.param("a: b: c", "DSS102", (1, 5), id="two-colons"),
        pytest.param("@a: 1", "DSS102", (1, 1), id="reserved-character"),
        pytest.param('a: "\u2028\u2029\x85"\nb: [', "DSS102", (2, 5), id="lines-are-counted-as-elsewhere"),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_refused_is_refused_at_its_place(text, code, at, strict):
    found = read(text, strict=strict)
    assert found.value is None
    assert [(d.code, d.severity, place(d)) for d in found.diagnostics] == [(code, "error", at)]
    assert found.diagnostics[0].rule == "FILE-1"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: 9007199254740991", id="largest-integer"),
        pytest.param("a: 0." + "1" * 62, id="64-characters"),
        pytest.param("a: " + "x" * 262_144, id="string-of-256-kib"),
        pytest.param("$value: " + "[" * 64 + "]" * 64, id="64-values"),
        pytest.param("\n".join(" " * n + "a:" for n in range(128)) + "\n" + " " * 128 + "$value: 1", id="128-groups"),
        pytest.param("a: '" + "[" * 2000 + "'  # {{{{", id="brackets-in-texts-and-comments"),
    ],
)
def test_what_is_at_a_limit_is_taken(text):
    assert read(text, strict=True).diagnostics == []


def test_billions_of_laughs_are_refused_at_the_first():
    text = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [{', '.join(['*a'] * 9)}]\n" for n in "bcdefghij")
    found = read(text)
    assert found.value is None
    assert {d.code for d in found.diagnostics} == {"DSS116"}
    assert len(found.diagnostics) <= 4


def test_every_fault_of_a_document_is_listed():
    found = read("a: .nan\nb: 1e999\nc: &x 1\nd: 1\nd: 2", strict=True)
    assert [d.code for d in found.diagnostics] == ["DSS103", "DSS104", "DSS116", "DSS110"]


@pytest.mark.parametrize(
    ("data", "code", "at"),
    [
        pytest.param(b"\xef\xbb\xbfa: 1", "DSS109", (1, 1), id="byte-order-mark"),
        pytest.param(b"a: 1\n a: 2".replace(b"\n ", b"\n"), "DSS110", (2, 1), id="duplicate"),
        pytest.param(b'a: 1\n"\\x61": 2', "DSS110", (2, 1), id="duplicate-in-another-spelling"),
    ],
)
def test_what_is_tolerated_is_a_warning_and_an_error_when_strict(data, code, at):
    for strict, severity in ((False, "warning"), (True, "error")):
        found = read(data, strict=strict)
        assert [(d.code, d.severity, place(d)) for d in found.diagnostics] == [(code, severity, at)]
        assert found.value is not None


def test_what_is_not_utf_8_is_refused_at_its_place():
    (found,) = read("é: 1\né: ".encode() + b"\xff").diagnostics
    assert (found.code, place(found)) == ("DSS101", (2, 4))


LETTERS = st.text(st.sampled_from("ab:#-{}[]'\"\\,&*!|>%@`?=~ \té漢💡\n"), max_size=8)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, LETTERS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(LETTERS, inner, max_size=3)),
    max_leaves=12,
)


def block(value, indent=0):
    """YAML in block style; texts in double quotes."""
    blank = " " * indent
    if isinstance(value, dict) and value:
        return "".join(f"\n{blank}{text_of(key)}: {block(part, indent + 1)}" for key, part in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{blank}- {block(part, indent + 1)}" for part in value)
    return text_of(value)


def text_of(value):
    return json.dumps(value, ensure_ascii=False)


@given(VALUES)
def test_block_and_flow_style_say_the_same(value):
    for text in (block(value), text_of(value), json.dumps(value, ensure_ascii=False, indent=1)):
        found = read(text)
        assert found.diagnostics == []
        assert same(found.value, value)


@given(VALUES)
def test_a_place_holds_the_value_or_its_key(value):
    text = block(value)
    lines = text.split("\n")
    for location in locations_of(value):
        (found,) = yaml_spans(text, [location])
        here = lines[found.line - 1][found.column - 1 : found.end_column - 1]
        part = value
        for key in location:
            part = part[key]
        if not isinstance(part, (dict, list)):
            assert same(json.loads(here), part)
        elif location and isinstance(location[-1], str):
            assert json.loads(here) == location[-1]


def locations_of(value, at=()):
    yield at
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from locations_of(part, (*at, key))


@given(st.text(st.sampled_from(list("ab:-[]{}'\"#&*!|>%@`,? \n\t01.~é\ufeff\u2028")), max_size=60))
def test_no_text_makes_the_reader_fail(text):
    found = read(text)
    assert (found.value is None) or all(d.severity == "warning" for d in found.diagnostics)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param(("color", "red", "$value"), Span(4, 13, 4, 20), id="scalar"),
        pytest.param(("color", "red"), Span(3, 3, 3, 6), id="mapping-by-its-key"),
        pytest.param(("color", "list", "$value", 1, "k"), Span(8, 12, 8, 13), id="in-a-sequence"),
        pytest.param(("color", "list", "$value", 0), Span(7, 9, 7, 10), id="item"),
        pytest.param(("flow", "b", 1), Span(9, 21, 9, 22), id="flow"),
        pytest.param(("color", "nothing", "$value"), Span(1, 1, 1, 6), id="nearest"),
        pytest.param(("empty",), Span(10, 1, 10, 6), id="no-value"),
        pytest.param((), Span(1, 1, 1, 2), id="document"),
    ],
)
def test_places_are_found(location, expected):
    text = """color:
  $type: color
  red:
    $value: '{nope}'
  list:
    $value:
      - a
      - k: b
flow: {a: 1, b: [2, 3]}
empty:
"""
    text = text.replace("'{nope}'", '"{nop}"')
    assert yaml_spans(text, [location]) == [expected]


def test_diagnostics_of_yaml_files_show_the_line(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.YAML").write_text("color:\n  red:\n    $type: color\n    $value: '{nope}'  # é\n")
    done = dss("validate", "a.YAML", "--json")
    assert [(d["code"], d["line"], d["column"]) for d in done.json["diagnostics"]] == [("DSS202", 4, 13)]
    assert "4 |     $value: '{nope}'" in dss("validate", "a.YAML").err


def test_diagnostics_of_json5_files_show_the_line(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json5").write_text("// tokens\n{\n  /* a */ red: {$type: 'color', $value: '{nope}',},\n}\n")
    done = dss("validate", "a.json5", "--json")
    assert [(d["code"], d["line"], d["column"]) for d in done.json["diagnostics"]] == [("DSS202", 3, 41)]
