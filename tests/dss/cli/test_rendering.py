"""Diagnostics as text: the excerpt, the mark, hostile characters, long lines, many findings."""

import pytest

from dss.cli.rendering import LISTED, WIDTH, escaped, render, render_all, summary
from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.source import Span


def shown(line, span, **options):
    found = Diagnostic(code="DSS203", message="alias cycle: a -> b -> a", file="t.json", span=span, **options)
    return render(found, lambda file, number: line)


def test_it_looks_like_a_compiler_s():
    text = shown('  "a": {"$value": "{b}"},', Span(2, 19, 2, 24), hint="give one token of the chain a literal value")
    assert text == (
        "error[DSS203]: alias cycle: a -> b -> a\n"
        "  --> t.json:2:19\n"
        "   |\n"
        ' 2 |   "a": {"$value": "{b}"},\n'
        "   |                   ^^^^^\n"
        "  = help: give one token of the chain a literal value\n"
    )


def test_rule_token_and_related_places_are_notes():
    related = Related("first written here", file="u.json", span=Span(7, 3, 7, 5))
    text = shown("x", Span(10, 1, 10, 2), rule="REF-5", path="color.red", related=(related,))
    assert text.endswith(
        " 10 | x\n    | ^\n   = token: color.red\n   = rule: REF-5\n   = note: first written here --> u.json:7:3\n"
    )


def test_a_path_in_the_message_is_not_repeated():
    found = Diagnostic(code="DSS202", message="'a.b' does not exist", path="a.b")
    assert "token:" not in render(found, lambda file, number: None)


@pytest.mark.parametrize(
    ("line", "span", "mark"),
    [
        pytest.param("\tab", Span(1, 2, 1, 3), "    ^", id="a tab is four cells"),
        pytest.param("日本ab", Span(1, 3, 1, 4), "    ^", id="wide characters are two"),
        pytest.param("e\u0301b", Span(1, 3, 1, 4), " ^", id="combining marks are none"),
        pytest.param("a\x1bb", Span(1, 3, 1, 4), "     ^", id="an escaped control is four"),
        pytest.param("abc", Span(1, 2, 3, 1), " ^^", id="several lines: to the end of the first"),
        pytest.param("abc", Span(1, 4, 1, 4), "   ^", id="behind the end: one mark"),
        pytest.param("", Span(1, 1, 1, 1), "^", id="empty line"),
    ],
)
def test_the_mark_stands_below_its_place(line, span, mark):
    assert shown(line, span).splitlines()[4] == f"   | {mark}"


@pytest.mark.parametrize("line", [None, "short"])
def test_a_line_that_cannot_be_shown_is_left_out(line):
    text = shown(line, Span(3, 40, 3, 41))
    assert text == "error[DSS203]: alias cycle: a -> b -> a\n  --> t.json:3:40\n"


@pytest.mark.parametrize("column", [1, 500, 5000, 9999])
def test_a_long_line_is_cut_around_the_mark(column):
    line = "x" * (column - 1) + "!" + "y" * (10_000 - column)
    _, _, _, excerpt, mark = shown(line, Span(1, column, 1, column + 1)).splitlines()
    assert len(excerpt) < WIDTH + 20
    assert excerpt[mark.index("^")] == "!"


def test_a_long_mark_is_cut_too():
    excerpt, mark = shown("x" * 5000, Span(1, 1, 1, 5001)).splitlines()[3:5]
    assert len(excerpt) < WIDTH + 20 and len(mark) < WIDTH + 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("a\nb\r\t\x00\x7f\x85", "a\\x0ab\\x0d\\x09\\x00\\x7f\\x85"),
        ("\u202eabc\u2066", "\\u202eabc\\u2066"),
        ("\u200b\ufeff\ud800", "\\u200b\\ufeff\\ud800"),
        ("é 日本 😀 -", "é 日本 😀 -"),
    ],
)
def test_what_would_act_on_the_terminal_is_escaped(text, expected):
    assert escaped(text) == expected


def test_no_part_of_a_diagnostic_reaches_the_terminal_raw():
    evil = "\x1b]0;owned\x07\u202e"
    related = Related(evil, path=evil, file=evil)
    found = Diagnostic(
        code="DSS201",
        message=evil,
        hint=evil,
        rule=evil,
        path=evil + "x",
        file=evil,
        related=(related,),
        span=Span(1, 1, 1, 2),
    )
    text = render(found, lambda file, number: evil)
    assert text.replace("\n", "").isprintable()


def test_colours_are_added_around_the_same_text():
    import re

    found = Diagnostic(code="DSS203", message="m", file="t.json", span=Span(1, 1, 1, 2), hint="h")
    plain = render(found, lambda file, number: "x")
    coloured = render(found, lambda file, number: "x", colours=True)
    assert "\x1b[" in coloured and "\x1b[" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_many_findings_are_counted_and_no_error_is_hidden_by_warnings():
    warnings = [Diagnostic(code="DSS299", message="w", severity="warning")] * 200
    error = Diagnostic(code="DSS202", message="e")
    text = render_all([*warnings, error], lambda file, number: None)
    assert text.startswith("error[DSS202]")
    assert text.count("warning[") == LISTED - 1
    assert text.endswith("… and 151 more; --json lists all\n\n1 error, 200 warnings\n")


def test_one_finding_needs_no_count_and_none_prints_nothing():
    assert render_all([], lambda file, number: None) == ""
    found = Diagnostic(code="DSS202", message="e")
    assert render_all([found], lambda file, number: None) == "error[DSS202]: e\n"


def test_the_summary_counts_by_severity():
    made = [Diagnostic(code="X", message="", severity=s) for s in ("info", "error", "error", "warning")]
    assert summary(made) == "2 errors, 1 warning, 1 note"
