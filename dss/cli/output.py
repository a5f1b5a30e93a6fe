"""What commands print: results to stdout, everything else to stderr (contract, section 2).

A command ends in one of three ways::

    emit_text(css)                                    # a result for a person
    emit_json({"tokens": ..., "diagnostics": [...]})  # the one document of --json
    conclude(diagnostics, {"tokens": ...}, as_json=as_json)   # both, and status 1 when there is an error

or raises :class:`~dss_tokens.errors.DssError`, which the door prints.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any, TextIO

import click

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.diagnostics import located as placed

from ..sources import Sources

PRINTED = "dss.printed"
"""Set in ``click.Context.meta`` once a JSON document is printed."""

PATIENCE = 1.0
"""Seconds before a progress line appears."""


def emit_text(text: str) -> None:
    """Print a result to stdout as it stands; a line break is added where it ends without one."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def emit_json(document: Mapping[str, Any]) -> None:
    """Print the one JSON document of ``--json``, indented, UTF-8, keys in the order given.

    Raises:
        RuntimeError: A document was printed before: it is one document, also on failure.
    """
    context = click.get_current_context(silent=True)
    if context is not None:
        if PRINTED in context.meta:
            raise RuntimeError("a second JSON document")
        context.meta[PRINTED] = True
    sys.stdout.write(_json_text(document))


def _json_text(document: Mapping[str, Any]) -> str:
    import orjson  # a tenth of the standard library's time for an indented document

    try:
        options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        return orjson.dumps(document, default=_plain, option=options).decode()
    except TypeError:  # half a surrogate pair, or an integer beyond 64 bits: rare, slower, the same layout
        import json

        return json.dumps(document, default=_plain, indent=2, ensure_ascii=False) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(type(value).__name__)


def conclude(
    diagnostics: Sequence[Diagnostic], document: Mapping[str, Any] | None = None, *, as_json: bool = False
) -> None:
    """End a command: print what was found and, when there is an error, leave with status 1.

    Args:
        document: What ``--json`` prints beside ``diagnostics``.
        as_json: Print the document; else the diagnostics go to stderr and the document is left out.
    """
    if as_json:
        emit_json({**(document or {}), "diagnostics": [found.to_json() for found in located(diagnostics)]})
    else:
        warn(diagnostics)
    if has_errors(diagnostics):
        click.get_current_context().exit(1)


def located(diagnostics: Sequence[Diagnostic], sources: Sources | None = None) -> list[Diagnostic]:
    """*diagnostics* with line and column, looked up in their files."""
    return placed(diagnostics, (sources or Sources()).spans)


def warn(diagnostics: Sequence[Diagnostic]) -> None:
    """Print *diagnostics* of any severity to stderr, like a compiler."""
    if not diagnostics:
        return
    from .rendering import render_all

    sources = Sources()
    sys.stdout.flush()  # results printed so far come first where both go to one terminal
    text = render_all(located(diagnostics, sources), sources.line, colours=colours(sys.stderr))
    sys.stderr.write(text)
    sys.stderr.flush()


def note(text: str) -> None:
    """Print a line for a person to stderr, e.g. what was written where."""
    sys.stderr.write(text + "\n")


def colours(stream: TextIO) -> bool:
    """Whether *stream* is a terminal that shows colours and the user did not refuse them (``NO_COLOR``)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def swatch(red: int, green: int, blue: int) -> str:
    """A patch of colour for stdout, or nothing where no colours are shown. Channels are 0 to 255, sRGB."""
    if not colours(sys.stdout):
        return ""
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return f"\x1b[48;2;{red};{green};{blue}m  \x1b[0m"
    # The 6 x 6 x 6 cube of terminals with 256 colours.
    number = 16 + 36 * round(red / 51) + 6 * round(green / 51) + round(blue / 51)
    return f"\x1b[48;5;{number}m  \x1b[0m"


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A progress line on stderr: only on a terminal, only once a second has passed, gone at the end.

    Gives a function that takes what is being done now, e.g. ``step("css/variables")``.
    """
    start = monotonic()
    terminal = sys.stderr.isatty() and not os.environ.get("CI")
    shown = False

    def step(text: str) -> None:
        nonlocal shown
        if terminal and monotonic() - start >= PATIENCE:
            from .rendering import escaped

            shown = True
            sys.stderr.write(f"\r\x1b[2K{escaped(text)} …")
            sys.stderr.flush()

    try:
        yield step
    finally:
        if shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
