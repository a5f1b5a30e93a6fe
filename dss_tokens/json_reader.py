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
from .limits import MAX_NUMBER_TEXT, MAX_STRING, MAX_VALUE_DEPTH
from .source import Span, line_and_column, span

if TYPE_CHECKING:
    from .json_scanner import Fault

Decoder = Callable[[bytes], Any]
"""Decodes a text. Raises ValueError where the value may not be what was written, for the scanner to look again."""

_DIGITS = bytes(48 if 48 <= code <= 57 else 101 if code == 69 else code for code in range(256))
_RUN = re.compile(rb"[0-9]+")
_NUMBER_END = rb"(?:^|[\s:,\[])-?[0-9][0-9.]*$"
_POINT = ord(".")
_BEFORE_DIGITS = (b"", b" ", b"\t", b"\n", b"\r", b":", b",", b"[", b".", b"e", b"E", b"+")
_LONE_SURROGATE = rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
_NOT_SHAPE = bytes(code for code in range(256) if chr(code) not in '{}[]"')
_DEEP_LINE = b"\n" + b"  " * MAX_VALUE_DEPTH
"""How a line begins that stands inside of as many objects and arrays as there may be."""
_SMALL = 1 << 20

_BOM = b"\xef\xbb\xbf"


class ReadJson(NamedTuple):
    """A decoded document. ``value`` is ``None`` when nothing usable was found, which an error explains."""

    value: Any
    diagnostics: list[Diagnostic]
    is_json5: bool
    """Whether positions must be looked up by JSON5's rules."""


def standard_decoder(data: bytes) -> Any:
    """The decoder of the standard library, which costs no import."""
    plain = _without_escapes(data)
    if _is_deep(plain) or _has_long_string(plain):
        raise ValueError("too deep, or a long string")
    if (b"\\ud" in data or b"\\uD" in data) and (b"\\\\u" in data or re.search(_LONE_SURROGATE, data)):
        raise ValueError("perhaps half of a surrogate pair")
    if _has_long_exponent(data) or _has_long_number(data, 16):
        raise ValueError("a long number")
    members = 0

    def counted(found: dict[str, Any]) -> dict[str, Any]:
        nonlocal members
        members += len(found)
        return found

    value = json.loads(data.decode(), object_hook=counted, parse_constant=_refuse)
    colons = data.count(b":")
    if members != colons and (
        # Colons of strings. A member is lost where more were written than are there; an escaped one hides another.
        b"\\u003" in data or json.dumps(value, ensure_ascii=False).count(":") != colons
    ):
        raise ValueError("perhaps a duplicate key")
    return value


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def quick_decoder(
    loads: Callable[[bytes], Any], dumps: Callable[[Any], bytes], lines: Callable[[Any], bytes], *, small: int = _SMALL
) -> Decoder:
    """A decoder of a library that is quicker than the standard one, for big files.

    Args:
        loads: Refuses NaN, infinities and numbers that would become one, half surrogate pairs, what is not UTF-8.
        dumps: Writes the value without white space; raises a TypeError for integers beyond 2^53-1.
        lines: The same with a line for each member, two spaces for each level.
        small: Bytes of a text below which lines are always written. Of a bigger one they are only where it has them
            itself: deep inside, the indentation would be 120 spaces for every two bytes of a text on one line.
    """

    def decode(data: bytes) -> Any:
        value = loads(data)
        has_lines = len(data) < small or data.count(b"\n") >= data.count(b",")
        try:
            written = (lines if has_lines else dumps)(value)
        except TypeError as error:
            raise ValueError("too deep, or a large integer") from error
        plain = _without_escapes(written)
        if (_DEEP_LINE in written if has_lines else _is_deep(plain)) or _has_long_string(plain):
            raise ValueError("too deep, or a long string")
        if has_lines and data.startswith(written) and not data[len(written) :].strip():
            return value  # most files are laid out like this: nothing was bent
        if written.count(b":") != data.count(b":") or (b"\\" in data and b"\\u003" in data):
            raise ValueError("perhaps a duplicate key")
        if _has_long_number(data, 20):
            raise ValueError("a long number")
        return value

    return decode


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
    """The value, when a quick decoder takes the text and vouches for it."""
    try:
        return (decode(data),)
    except (ValueError, RecursionError):
        return None


def _without_escapes(data: bytes) -> bytes:
    """The text with quotes only around strings."""
    return data if b"\\" not in data else data.replace(b"\\\\", b"x").replace(b'\\"', b"x")


def _has_long_exponent(data: bytes) -> bool:
    """Whether a number may have an exponent of three digits, and be beyond a double."""
    shape = data.translate(_DIGITS)
    for exponent in (b"0e000", b"0e+000", b"0e-000"):
        at = shape.find(exponent)
        while at >= 0:  # most often a hexadecimal colour
            if re.search(_NUMBER_END, data[max(0, at - 70) : at + 1]):
                return True
            at = shape.find(exponent, at + 1)
    return False


def _has_long_number(data: bytes, run: int) -> bool:
    """Whether a number may have *run* digits in a row, those of a fraction aside where it stays below 64 characters.

    Looks at four bytes of each *run*, which are digits, too, where all are. That takes a third of the time of looking
    at every byte; a regular expression would take thirty times as long.
    """
    step = run // 4
    # beside the digits before the point and in the exponent, each fewer than *run*; two signs, the point, the "e"
    most = MAX_NUMBER_TEXT - 2 * (run - 1) - 4
    shape = data[::step].translate(_DIGITS)
    at = shape.find(b"0000")
    while at >= 0:
        start = at * step
        while start and data[start - 1 : start].isdigit():
            start -= 1
        match = _RUN.match(data, start)
        assert match is not None
        end = match.end()
        if end - start >= run and (data[start - 1] != _POINT or end - start > most):
            before = data[start - 2 : start - 1] if data[start - 1 : start] == b"-" else data[start - 1 : start]
            if before in _BEFORE_DIGITS:
                return True
        at = shape.find(b"0000", max(at + 1, end // step))
    return False


def _is_deep(plain: bytes) -> bool:
    """Whether brackets nest more than 64 deep. Removing innermost pairs is quicker than counting them.

    Args:
        plain: The text without escaped quotes.
    """
    # The quotes of a string stand side by side here, unless it holds brackets other than one pair of braces, a
    # reference's. Such a string could close what another one opens.
    brackets = plain.translate(None, _NOT_SHAPE).replace(b'"{}"', b"").replace(b'""', b"")
    if b'"' in brackets:
        brackets = b"".join(plain.split(b'"')[::2]).translate(None, _NOT_SHAPE)
    for _ in range(MAX_VALUE_DEPTH):
        if not brackets:
            return False
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
    return bool(brackets)


def _has_long_string(plain: bytes) -> bool:
    """Whether two neighbouring quotes may be more than 256 KiB apart."""
    step = MAX_STRING // 2
    return any(plain.find(b'"', start, start + step) < 0 for start in range(0, len(plain) - step, step))
