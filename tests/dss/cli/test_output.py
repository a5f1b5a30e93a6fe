"""What commands print: JSON documents, diagnostics, progress, swatches; shared options."""

import io
import json
import sys
from pathlib import Path
from types import MappingProxyType

import click
import pytest

from dss.cli import options, output
from dss.sources import Sources
from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.source import Span


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    "document",
    [
        {"tokens": {"a": {"value": 1.5, "tags": ("x",)}}, "empty": {}, "none": [], "null": None},
        {"unicode": "é 😀", "control": "\x1b\u202e", "quote": '"\\'},
        {"mapping": MappingProxyType({"b": 1, "a": 2}), "path": Path("a/b")},
    ],
)
def test_both_encoders_print_the_same(capsys, document, monkeypatch):
    output.emit_json(document)
    quick = capsys.readouterr().out
    assert quick == json.dumps(document, default=output._plain, indent=2, ensure_ascii=False) + "\n"


def test_integers_beyond_64_bits_and_broken_text_are_printed_too(capsys):
    document = {"big": 2**70, "half": "\ud800"}
    output.emit_json({"big": 2**70})
    assert json.loads(capsys.readouterr().out) == {"big": 2**70}
    assert json.loads(output._json_text(document).encode("utf-8", "backslashreplace")) == document


def test_what_is_no_json_is_refused():
    with pytest.raises(TypeError):
        output.emit_json({"x": object()})


def test_conclude_prints_and_leaves_with_status_1_on_an_error(capsys):
    error = Diagnostic(code="DSS202", message="gone")
    with click.Context(click.Command("x")), pytest.raises(click.exceptions.Exit) as left:
        output.conclude([error], {"tokens": {}}, as_json=True)
    assert left.value.exit_code == 1
    assert json.loads(capsys.readouterr().out) == {"tokens": {}, "diagnostics": [error.to_json()]}


def test_conclude_with_a_warning_goes_on(capsys):
    output.conclude([Diagnostic(code="DSS299", message="hm", severity="warning")])
    assert capsys.readouterr() == ("", "warning[DSS299]: hm\n")


def test_positions_are_looked_up_in_the_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("t.json").write_text('{\n  "a": {"$value": "{b}"}\n}\n')
    found = Diagnostic(
        code="DSS202",
        message="gone",
        file="t.json",
        at=("a", "$value"),
        related=(Related("see", file="t.json", at=("a",)),),
    )
    output.warn([found])
    assert capsys.readouterr().err == (
        "error[DSS202]: gone\n"
        "  --> t.json:2:19\n"
        "   |\n"
        ' 2 |   "a": {"$value": "{b}"}\n'
        "   |                   ^^^^^\n"
        "  = note: see --> t.json:2:3\n"
    )


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"{", b""])
def test_a_file_that_cannot_be_read_gives_no_positions_and_no_failure(tmp_path, monkeypatch, content, capsys):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("t.json").write_bytes(content)
    output.warn([Diagnostic(code="DSS202", message="gone", file="t.json", at=("a",))])
    assert capsys.readouterr().err.startswith("error[DSS202]: gone\n  --> t.json")


def test_lines_are_counted_by_line_feeds_only(tmp_path):
    (tmp_path / "t").write_bytes("a\x0bb\u2028c\r\nd\re\n".encode())
    sources = Sources()
    assert [sources.line(str(tmp_path / "t"), number) for number in (1, 2, 3, 4)] == [
        "a\x0bb\u2028c",
        "d\re",
        "",
        None,
    ]


@pytest.mark.parametrize(
    ("terminal", "environment", "expected"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colours_need_a_terminal_and_consent(monkeypatch, terminal, environment, expected):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert output.colours(Terminal() if terminal else io.StringIO()) is expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [("truecolor", "\x1b[48;2;255;0;51m  \x1b[0m"), ("", "\x1b[48;5;197m  \x1b[0m")],
)
def test_a_swatch_fits_the_terminal(monkeypatch, term, expected):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLORTERM", term)
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert output.swatch(255, 0, 51) == expected
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert output.swatch(255, 0, 51) == ""


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(output, "monotonic", lambda: now[0])
    monkeypatch.delenv("CI", raising=False)
    return now


def test_progress_appears_after_a_second_and_goes_away(monkeypatch, clock):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with output.progress() as step:
        step("reading")
        assert stream.getvalue() == ""
        clock[0] = 1.5
        step("css\x1b[31m")
        assert stream.getvalue() == "\r\x1b[2Kcss\\x1b[31m …"
    assert stream.getvalue().endswith("\r\x1b[2K")


def test_progress_is_silent_in_a_pipe(monkeypatch, clock):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with output.progress() as step:
        clock[0] = 5.0
        step("reading")
    assert stream.getvalue() == ""


def test_the_shared_options_give_what_they_say(tmp_path):
    taken = {}

    @click.command()
    @options.sources_argument
    @options.json_option
    @options.strict_option
    @options.resolver_option
    @options.input_option
    @options.config_option
    @options.dry_run_option
    @options.output_option("build")
    def command(**values):
        taken.update(values)

    command.main(["a", "b", "--input", "theme=dark", "--input", "theme=a=b", "-o", "x"], standalone_mode=False)
    assert taken == {
        "sources": ("a", "b"),
        "as_json": False,
        "strict": False,
        "resolver": None,
        "inputs": {"theme": "a=b"},
        "config": None,
        "dry_run": False,
        "output": Path("x"),
    }
    with pytest.raises(click.BadParameter, match="MODIFIER=CONTEXT"):
        command.main(["--input", "theme"], standalone_mode=False)


def test_excerpts_of_a_span_without_a_file_are_left_out(capsys):
    output.warn([Diagnostic(code="DSS202", message="gone", span=Span(1, 1, 1, 2))])
    assert capsys.readouterr().err == "error[DSS202]: gone\n"
