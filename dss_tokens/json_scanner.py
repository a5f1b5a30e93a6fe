"""A careful JSON and JSON5 scanner: iterative, bounded, and it knows where everything stands.

The quick decoders of :mod:`dss_tokens.json_reader` read nearly every file. This one reads what they refuse or
what looks suspicious, says exactly what is wrong and where, and reads JSON5 (comments, trailing commas, single
quotes, bare keys, hexadecimal numbers). Sources: RFC 8259; JSON5 1.0.0.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from .limits import MAX_GROUP_DEPTH, MAX_INTEGER, MAX_NUMBER_TEXT, MAX_STRING, MAX_VALUE_DEPTH
from .source import Location

_BLANK = re.compile(r"[ \t\r\n]*")
_JSON5_BLANK = re.compile(r"[\s\ufeff]*")
_COMMENT = re.compile(r"//[^\n\r\u2028\u2029]*|/\*.*?\*/", re.S)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_JSON5_NUMBER = re.compile(
    r"[+-]?(?:0[xX][0-9a-fA-F]+|Infinity|NaN|(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
)
_NOT_A_NUMBER = re.compile(r"[+-]?(?:NaN|Infinity)\b")
_WORD = re.compile(r"[A-Za-z0-9_$+.-]+")
_BARE_KEY = re.compile(r"[\w$][\w$\u200c\u200d]*")
_PLAIN = {'"': re.compile(r'[^"\\\x00-\x1f]*'), "'": re.compile(r"[^'\\\x00-\x1f]*")}
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_JSON5_ESCAPES = {"'": "'", "v": "\v", "0": "\0", "\n": "", "\u2028": "", "\u2029": ""}
_LITERALS = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")

MOST_OPEN = MAX_GROUP_DEPTH + 8
"""Open objects outside ``$`` members: the groups, a token, and what a resolver document has around its tokens.

The groups themselves are counted where they are read as such.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at ``text[start:end]``."""

    code: str
    message: str
    start: int
    end: int
    hint: str | None = None
    fatal: bool = True
    """Whether reading could not go on, or the value cannot be used."""

    other: int | None = None
    """Where the first of two places is, e.g. of a duplicate key."""


@dataclass(slots=True)
class Scanned:
    """What a scan found."""

    value: Any = None
    faults: list[Fault] = field(default_factory=list)
    spans: dict[Location, tuple[int, int]] = field(default_factory=dict)
    """Every location with its value's extent; only filled on request."""

    keys: dict[Location, tuple[int, int]] = field(default_factory=dict)
    """Every member's location with its key's extent; only filled on request."""


class _StopError(Exception):
    """Reading cannot go on."""


class _Scanner:
    def __init__(self, text: str, *, json5: bool, positions: bool) -> None:
        self.text = text
        self.at = 0
        self.json5 = json5
        self.positions = positions
        self.result = Scanned()
        self.number = _JSON5_NUMBER if json5 else _NUMBER
        self.blank_run = _JSON5_BLANK if json5 else _BLANK

    def fault(self, code: str, message: str, start: int, end: int, hint: str | None = None, **more: Any) -> None:
        self.result.faults.append(Fault(code, message, start, end, hint, **more))

    def stop(self, code: str, message: str, start: int, end: int | None = None, hint: str | None = None) -> _StopError:
        self.fault(code, message, start, min(len(self.text), start + 1) if end is None else end, hint)
        return _StopError()

    def blank(self) -> str:
        """Skips white space and comments; the character that follows, or ``""`` at the end."""
        text = self.text
        while True:
            match = self.blank_run.match(text, self.at)
            assert match is not None
            self.at = match.end()
            here = text[self.at : self.at + 1]
            if here != "/":
                return here
            comment = _COMMENT.match(text, self.at)
            if comment is None:
                raise self.stop("DSS102", "a comment that does not end", self.at)
            if not self.json5:
                self.fault("DSS111", "JSON has no comments", self.at, comment.end(), fatal=False)
            self.at = comment.end()

    def string(self) -> str:
        text, quote, start = self.text, self.text[self.at], self.at
        self.at += 1
        pieces: list[str] = []
        plain = _PLAIN[quote]
        while True:
            match = plain.match(text, self.at)
            assert match is not None
            pieces.append(match.group())
            self.at = match.end()
            here = text[self.at : self.at + 1]
            if here == quote:
                self.at += 1
                break
            if here == "\\":
                pieces.append(self.escape())
            elif here == "":
                raise self.stop("DSS102", "a string that does not end", start, len(text))
            elif self.json5 and here not in "\n\r":
                pieces.append(here)
                self.at += 1
            else:
                raise self.stop(
                    "DSS102", f"a raw control character (U+{ord(here):04X}) in a string", self.at, self.at + 1,
                    "write it as an escape, e.g. \\n",
                )  # fmt: skip
        value = "".join(pieces)
        if _SURROGATE.search(value):
            value = self.joined_surrogates(value, start)
        if len(value) > MAX_STRING // 4 and len(value.encode()) > MAX_STRING:
            self.fault("DSS107", "a string above 256 KiB", start, self.at)
            return value[:16]
        return value

    def joined_surrogates(self, value: str, start: int) -> str:
        try:
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            self.fault(
                "DSS105",
                "a surrogate without its other half",
                start,
                self.at,
                "use \\uD83D\\uDE00-like pairs",
            )
            return _SURROGATE.sub("\ufffd", value)

    def escape(self) -> str:
        text, start = self.text, self.at
        letter = text[start + 1 : start + 2]
        self.at += 2
        if letter in _ESCAPES:
            return _ESCAPES[letter]
        if letter in ("u", "x"):
            width = 4 if letter == "u" else 2
            digits = text[start + 2 : start + 2 + width]
            if (letter == "u" or self.json5) and re.fullmatch(f"[0-9a-fA-F]{{{width}}}", digits):
                self.at += width
                return chr(int(digits, 16))
        elif self.json5 and letter:
            if letter == "\r":
                self.at += text.startswith("\n", self.at)
                return ""
            if letter not in "123456789":
                return _JSON5_ESCAPES.get(letter, letter)
        raise self.stop("DSS102", f"an unknown escape: {text[start : start + 2]!r}", start, self.at)

    def scalar(self, here: str) -> Any:
        text, start = self.text, self.at
        if here == '"' or (here == "'" and self.json5):
            return self.string()
        for word, value in _LITERALS.items():
            if text.startswith(word, start):
                self.at += len(word)
                return value
        match = self.number.match(text, start)
        if match is not None:
            self.at = match.end()
            return self.number_value(match.group(), start)
        if (match := _NOT_A_NUMBER.match(text, start)) is not None:
            self.at = match.end()
            return self.not_finite(match.group(), start)
        if here == "":
            raise self.stop("DSS102", "the document ends where a value should stand", start, start)
        word_match = _WORD.match(text, start)
        end = word_match.end() if word_match else start + 1
        hint = "use double quotes" if here == "'" else None
        raise self.stop("DSS102", f"not a JSON value: {text[start:end][:20]!r}", start, end, hint)

    def not_finite(self, written: str, start: int) -> float:
        self.fault("DSS103", f"{written} is not a number of JSON", start, self.at)
        return 0.0

    def number_value(self, written: str, start: int) -> int | float:
        if written.lstrip("+-") in ("NaN", "Infinity"):
            return self.not_finite(written, start)
        unsigned = written.lstrip("+-")
        value: int | float
        if len(written) > MAX_NUMBER_TEXT:
            value = 0
        elif unsigned[:2] in ("0x", "0X"):
            value = int(written, 16)
        else:
            value = int(written) if unsigned.isdigit() else float(written)
        if (what := number_fault(written, value)) is not None:
            self.fault("DSS104", what, start, self.at)
            return 0
        return value

    def key(self, here: str) -> str:
        if here == '"' or (here == "'" and self.json5):
            return self.string()
        if self.json5 and (match := _BARE_KEY.match(self.text, self.at)) is not None:
            self.at = match.end()
            return match.group()
        hint = "remove the comma before it" if here == "}" else None
        raise self.stop("DSS102", "a key in double quotes should stand here", self.at, hint=hint)

    def run(self) -> None:
        """Reads one value and checks that nothing follows it."""
        stack: list[_Frame] = []
        here = self.blank()
        frame: _Frame | None = None
        while True:
            start = self.at
            if here in ("{", "["):
                self.at += 1
                frame = self.open(here, frame, stack)
                here = self.blank()
                if here != frame.closer:
                    here = self.member(frame, here)
                    continue
                value = self.close(frame, stack)
                start = frame.start
                frame = stack[-1] if stack else None
            else:
                value = self.scalar(here)
            while True:  # a value is complete: put it into its container, close what ends
                if frame is None:
                    self.result.value = value
                    self.finish(start)
                    return
                self.put(frame, value, start)
                here = self.separator(frame)
                if here:
                    break
                value = self.close(frame, stack)
                start = frame.start
                frame = stack[-1] if stack else None

    def open(self, here: str, parent: _Frame | None, stack: list[_Frame]) -> _Frame:
        inside = 0
        if parent is not None:
            inside = parent.inside + 1 if parent.inside or parent.key[:1] == "$" else 0
        if inside > MAX_VALUE_DEPTH or len(stack) - inside > MOST_OPEN:
            raise self.stop(
                "DSS106", "nested too deeply: at most 64 values inside a $ member and 128 groups", self.at - 1
            )
        frame = _Frame(here == "{", self.at - 1, inside)
        if self.positions:
            frame.location = parent.child() if parent is not None else ()
        stack.append(frame)
        return frame

    def member(self, frame: _Frame, here: str) -> str:
        """Reads up to where a value begins; its first character."""
        if not frame.is_object:
            return here
        start = self.at
        key = self.key(here)
        if key in frame.first:
            self.fault(
                "DSS110", f'the key "{key}" occurs twice; the last one wins', start, self.at,
                "remove one of the two", fatal=False, other=frame.first[key],
            )  # fmt: skip
        frame.first.setdefault(key, start)
        frame.key = key
        if self.positions:
            self.result.keys[frame.child()] = (start, self.at)
        if self.blank() != ":":
            raise self.stop("DSS102", "a colon should stand here", self.at)
        self.at += 1
        return self.blank()

    def put(self, frame: _Frame, value: Any, start: int) -> None:
        if self.positions:
            self.result.spans[frame.child()] = (start, self.at)
        if frame.is_object:
            frame.object[frame.key] = value
        else:
            frame.array.append(value)

    def separator(self, frame: _Frame) -> str:
        """After a value: the first character of the next one, or ``""`` when the container ends."""
        here = self.blank()
        if here == frame.closer:
            return ""
        if here != ",":
            raise self.stop("DSS102", f"a comma or {frame.closer} should stand here", self.at)
        comma = self.at
        self.at += 1
        here = self.blank()
        if here == frame.closer:
            if not self.json5:
                self.fault("DSS111", "JSON has no trailing commas", comma, comma + 1, fatal=False)
            return ""
        if here == "":
            raise self.stop("DSS102", "the document ends inside a container", self.at, self.at)
        return self.member(frame, here)

    def close(self, frame: _Frame, stack: list[_Frame]) -> Any:
        self.at += 1
        stack.pop()
        return frame.object if frame.is_object else frame.array

    def finish(self, start: int) -> None:
        if self.positions:
            self.result.spans[()] = (start, self.at)
        if self.blank() != "":
            self.fault("DSS102", "text after the end of the document", self.at, len(self.text))


class _Frame:
    """An open container."""

    __slots__ = ("array", "closer", "first", "inside", "is_object", "key", "location", "object", "start")

    def __init__(self, is_object: bool, start: int, inside: int) -> None:
        self.is_object = is_object
        self.closer = "}" if is_object else "]"
        self.start = start
        self.inside = inside
        self.key = ""
        self.object: dict[str, Any] = {}
        self.array: list[Any] = []
        self.first: dict[str, int] = {}
        self.location: Location = ()

    def child(self) -> Location:
        return (*self.location, self.key if self.is_object else len(self.array))


def number_fault(written: str, value: int | float) -> str | None:
    """Why a number is refused: too long, beyond a double, or an integer that a double cannot hold."""
    if len(written) > MAX_NUMBER_TEXT:
        return f"a number of {len(written)} characters; {MAX_NUMBER_TEXT} are allowed"
    if isinstance(value, float):
        return f"{written} is beyond the range of a double" if math.isinf(value) else None
    if abs(value) > MAX_INTEGER:
        return f"the integer {written} is beyond ±(2^53-1) and would change its value"
    return None


def scan(text: str, *, json5: bool = False, positions: bool = False) -> Scanned:
    """Reads *text*, reporting faults instead of raising them.

    Args:
        text: The whole document.
        json5: Read JSON5; otherwise JSON, in which comments and trailing commas are faults that are not fatal.
        positions: Also fill ``spans`` and ``keys``.
    """
    scanner = _Scanner(text, json5=json5, positions=positions)
    try:
        scanner.run()
    except _StopError:
        scanner.result.value = None
    return scanner.result
