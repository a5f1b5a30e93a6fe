"""Diagnostics as a good compiler prints them: what, where, the line with a mark below, and what to do.

Pure text: the lines of the files are handed in, colours are plain ANSI sequences.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from dss_tokens.diagnostics import Diagnostic, Related, Severity
from dss_tokens.source import Span

ReadLine = Callable[[str, int], str | None]
"""Gives a line of a file, counted from 1, without its end; ``None`` where it cannot be read."""

LISTED = 50
"""How many findings are listed before the rest is only counted."""

WIDTH = 120
"""Longer lines are cut around the place that is marked."""

_RESET, _BOLD, _BLUE = "\x1b[0m", "\x1b[1m", "\x1b[1;34m"
_COLOURS: dict[Severity, str] = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_PLURALS: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "notes"}

# C0 and C1 controls, bidirectional and zero-width characters, line separators, halves of surrogate pairs:
# in a terminal they could move the cursor, recolour or reorder what stands around them.
_HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def escaped(text: str) -> str:
    r"""*text* safe for a terminal: what would act instead of show becomes ``\x1b`` or ``\u202e``."""
    return _HOSTILE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def render_all(
    diagnostics: Sequence[Diagnostic], read_line: ReadLine, *, colours: bool = False, limit: int = LISTED
) -> str:
    """All *diagnostics* in their order and a closing line that counts them.

    Args:
        limit: More are only counted; errors are listed before warnings then, so that none is hidden by them.
    """
    if not diagnostics:
        return ""
    shown = list(diagnostics)
    if len(shown) > limit:
        order = ("error", "warning", "info")
        shown = sorted(shown, key=lambda found: order.index(found.severity))[:limit]
    blocks = [render(found, read_line, colours=colours) for found in shown]
    if len(shown) < len(diagnostics):
        blocks.append(f"… and {len(diagnostics) - len(shown)} more; --json lists all\n")
    if len(diagnostics) > 1:
        blocks.append(summary(diagnostics) + "\n")
    return "\n".join(blocks)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """How many of each severity, e.g. ``2 errors, 1 warning``."""
    counts = Counter(found.severity for found in diagnostics)
    severities: tuple[Severity, ...] = ("error", "warning", "info")
    return ", ".join(
        f"{counts[severity]} {_PLURALS[severity][: None if counts[severity] != 1 else -1]}"
        for severity in severities
        if counts[severity]
    )


def render(found: Diagnostic, read_line: ReadLine, *, colours: bool = False) -> str:
    """One diagnostic, ending with a line break."""
    paint = _painter(colours)
    colour = _COLOURS[found.severity]
    head = "note" if found.severity == "info" else found.severity
    lines = [paint(f"{head}[{found.code}]", colour) + paint(f": {escaped(found.message)}", _BOLD)]
    gutter = " " * len(str(found.span.line)) if found.span else " "
    if found.file is not None:
        lines.append(f" {gutter}{paint('-->', _BLUE)} {escaped(found.file)}{_position(found.span)}")
    if found.file is not None and found.span is not None:
        lines += _excerpt(found.span, read_line(found.file, found.span.line), gutter, colour, paint)
    lines += [f" {gutter}{paint('=', _BLUE)} {escaped(note)}" for note in _notes(found)]
    return "\n".join(lines) + "\n"


def _notes(found: Diagnostic) -> list[str]:
    notes = []
    if found.path is not None and found.path not in found.message:
        notes.append(f"token: {found.path}")
    if found.rule is not None:
        notes.append(f"rule: {found.rule}")
    notes += [f"note: {_related(related)}" for related in found.related]
    if found.hint is not None:
        notes.append(f"help: {found.hint}")
    return notes


def _related(related: Related) -> str:
    place = f"{related.file}{_position(related.span)}" if related.file is not None else related.path
    return f"{related.message} --> {place}" if place else related.message


def _position(span: Span | None) -> str:
    return f":{span.line}:{span.column}" if span else ""


def _excerpt(span: Span, line: str | None, gutter: str, colour: str, paint: Callable[[str, str], str]) -> list[str]:
    """The line of *span* with a mark below it; nothing where the line cannot be shown."""
    if line is None or span.column > len(line) + 1:
        return []
    bar = paint("|", _BLUE)
    last = span.end_column if span.end_line == span.line else len(line) + 1
    before, marked, after = line[: span.column - 1], line[span.column - 1 : last - 1], line[last - 1 :]
    if len(line) > WIDTH:
        before, marked, after = _cut(before, marked, after)
    before, marked, after = (_printable(part) for part in (before, marked, after))
    mark = " " * _columns(before) + paint("^" * max(1, _columns(marked)), colour)
    number = paint(str(span.line), _BLUE)
    return [
        f" {gutter} {bar}",
        f" {number} {bar} {before}{marked}{after}".rstrip(),
        f" {gutter} {bar} {mark}",
    ]


def _cut(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """A stretch of about ``WIDTH`` characters around the mark; ``…`` where something was left out."""
    if len(marked) > WIDTH // 2:
        marked = marked[: WIDTH // 2] + "…"
    room = (WIDTH - len(marked)) // 2
    if len(before) > room:
        before = "…" + before[len(before) - room :]
    if len(after) > room:
        after = after[:room] + "…"
    return before, marked, after


def _printable(text: str) -> str:
    return escaped(text.replace("\t", "    "))


def _columns(text: str) -> int:
    """How many cells of a terminal *text* takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _painter(colours: bool) -> Callable[[str, str], str]:
    if not colours:
        return lambda text, colour: text
    return lambda text, colour: f"{colour}{text}{_RESET}"
