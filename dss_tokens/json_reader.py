"""Strict JSON, quickly: a C decoder reads, cheap whole-text checks prove that nothing was bent.

Each check is conservative: where it cannot rule a fault out, :mod:`dss_tokens.json_scanner` reads the text again
and says what is wrong and where. Rules: contract, section 3 ("what every reader of token files refuses").
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from .diagnostics import Diagnostic, Related, Severity
from .limits import MAX_STRING, MAX_VALUE_DEPTH
from .source import Span, line_and_column, span

if TYPE_CHECKING:
    from .json_scanner import Fault

Decoder = Callable[[bytes], tuple[Any, int]]
"""Decodes a text; gives the value and how many ``":`` its members account for. Raises ValueError."""

_SHAPE = bytes(48 if 48 <= code <= 57 else 101 if code == 69 else code for code in range(256))
_LONG_RUN = b"0" * 16
_RUN = re.compile(rb"0+")
_NUMBER_END = re.compile(rb"(?:^|[\s:,\[])-?[0-9][0-9.]*$")
_POINT = ord(".")
_BEFORE_NUMBER = (b"", b" ", b"\t", b"\n", b"\r", b":", b",", b"[", b".")
_LONE_SURROGATE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
_NOT_BRACKETS = bytes(code for code in range(256) if chr(code) not in "{}[]")
_NOT_SHAPE = bytes(code for code in range(256) if chr(code) not in '{}[]"')
_ESCAPED_MEMBER = (b"\\u0022", b"\\u003a", b"\\u003A")  # a quote or a colon in another spelling
_SPACED_COLON = re.compile(rb'"[ \t\r\n]+:')
_BOM = b"\xef\xbb\xbf"


class ReadJson(NamedTuple):
    """A decoded document. ``value`` is ``None`` when nothing usable was found, which an error explains."""

    value: Any
    diagnostics: list[Diagnostic]
    is_json5: bool
    """Whether positions must be looked up by JSON5's rules."""


def standard_decoder(data: bytes) -> tuple[Any, int]:
    """The decoder of the standard library, which costs no import."""
    if b'\\\\"' in data:
        raise ValueError("a backslash before a quote")  # ends a string: the next line would take it for a quote inside
    count = data.count(b'\\":')  # quotes inside strings; counted as members by the caller, too

    def counted(members: dict[str, Any]) -> dict[str, Any]:
        nonlocal count
        count += len(members)
        return members

    try:
        return json.loads(data.decode(), object_hook=counted, parse_constant=_refuse), count
    except RecursionError as error:
        raise ValueError("too deep") from error


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def read_json(
    data: bytes, *, file: str, strict: bool = False, json5: bool = False, decode: Decoder = standard_decoder
) -> ReadJson:
    """Reads one JSON or JSON5 document, reporting every fault with its place.

    Args:
        data: The file's bytes.
        file: Named in diagnostics.
        strict: A byte order mark, a duplicate key, comments and trailing commas are errors, else warnings.
        json5: The file's name promises JSONC or JSON5.
        decode: A quicker decoder for big files, see :data:`Decoder`.
    """
    if not json5 and (value := _quick(data, decode)) is not None:
        return ReadJson(value[0], [], False)
    found: list[Diagnostic] = []
    tolerated: Severity = "error" if strict else "warning"
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        found.append(
            Diagnostic(code="DSS109", message="a byte order mark", severity=tolerated, rule="FILE-1", file=file,
                       span=Span(1, 1, 1, 1), hint="save the file as UTF-8 without a byte order mark")
        )  # fmt: skip
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        line, column = line_and_column(before, len(before))
        found.append(
            Diagnostic(code="DSS101", message="the file is not UTF-8", rule="FILE-1", file=file,
                       span=Span(line, column, line, column + 1), hint="save it as UTF-8")
        )  # fmt: skip
        return ReadJson(None, found, json5)
    from .json_scanner import scan  # its patterns take 4 ms to compile, and few files need it

    scanned = scan(text, json5=json5)
    bad = False
    for fault in scanned.faults:
        bad |= fault.fatal
        found.append(_diagnostic(fault, text, file, "error" if fault.fatal else tolerated))
    return ReadJson(None if bad else scanned.value, found, json5)


def _diagnostic(fault: Fault, text: str, file: str, severity: Severity) -> Diagnostic:
    related: tuple[Related, ...] = ()
    if fault.other is not None:
        related = (Related("first written here", file=file, span=span(text, fault.other, fault.other + 1)),)
    return Diagnostic(
        code=fault.code, message=fault.message, severity=severity, rule="FILE-1", hint=fault.hint, file=file,
        span=span(text, fault.start, fault.end), related=related,
    )  # fmt: skip


def _quick(data: bytes, decode: Decoder) -> tuple[Any] | None:
    """The value, when a quick decoder takes the text and all checks hold."""
    plain = data if b"\\" not in data else data.replace(b"\\\\", b"x").replace(b'\\"', b"x")
    if _is_deep(plain) or _has_long_string(plain):
        return None  # before decoding: what orjson reads may be too deep for it to write
    try:
        value, members = decode(data)
    except ValueError:
        return None
    if members != data.count(b'":') or _SPACED_COLON.search(data) or any(map(data.__contains__, _ESCAPED_MEMBER)):
        return None  # a duplicate key, or colons that cannot be counted this way
    if (b"\\ud" in data or b"\\uD" in data) and (b"\\\\u" in data or _LONE_SURROGATE.search(data)):
        return None
    if _has_doubtful_number(data):
        return None
    return (value,)


def _has_doubtful_number(data: bytes) -> bool:
    """Whether a number may be above 64 characters, beyond a double, or an integer beyond 2^53-1.

    A regular expression over the whole text takes ten times as long as these translations and searches.
    """
    shape = data.translate(_SHAPE)
    for exponent in (b"0e000", b"0e+000", b"0e-000"):
        at = shape.find(exponent)
        while at >= 0:  # most often a hexadecimal colour
            if _NUMBER_END.search(data, max(0, at - 70), at + 1):
                return True
            at = shape.find(exponent, at + 1)
    at = shape.find(_LONG_RUN)
    while at >= 0:
        match = _RUN.match(shape, at)
        assert match is not None
        end = match.end()
        # A run behind a point is a fraction; with at most 15 digits before the point it stays below 64 characters.
        if data[at - 1] != _POINT or end - at > 32:
            before = data[at - 2 : at - 1] if data[at - 1 : at] == b"-" else data[at - 1 : at]
            if before in _BEFORE_NUMBER:
                return True
        at = shape.find(_LONG_RUN, end)
    return False


def _is_deep(plain: bytes) -> bool:
    """Whether brackets nest more than 64 deep. Removing innermost pairs is quicker than counting them.

    Args:
        plain: The text without escaped quotes.
    """
    if _hides_brackets(plain):
        plain = b"".join(plain.split(b'"')[::2])
    brackets = plain.translate(None, _NOT_BRACKETS)
    for _ in range(MAX_VALUE_DEPTH):
        if not brackets:
            return False
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return bool(brackets)


def _hides_brackets(plain: bytes) -> bool:
    """Whether a string holds brackets other than one pair of braces, a reference's.

    Such a string could close what another one opens. Without them, quotes stand side by side, two by two.
    """
    shape = plain.translate(None, _NOT_SHAPE).replace(b'"{}"', b'""')
    return b'"' in shape.replace(b'""', b"")


def _has_long_string(plain: bytes) -> bool:
    """Whether two neighbouring quotes may be more than 256 KiB apart."""
    step = MAX_STRING // 2
    return any(plain.find(b'"', start, start + step) < 0 for start in range(0, len(plain) - step, step))
