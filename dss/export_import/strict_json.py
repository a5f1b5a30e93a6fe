"""JSON from outside, strictly: one text has one value, whatever reads it. Source: reference "archives", section 12."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import orjson

from .faults import ArchiveError, fault
from .limits import DEFAULTS, Limits

MAX_INTEGER = 2**53 - 1
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_LONG_INTEGER = re.compile(rb"(?:^|[:,\[-])[0-9]{16}")
# a string without its end matches to the end of the text: else the search would start again at each quote in it
_BRACKET_OR_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[\]{}]', re.DOTALL)


class JsonError(ValueError):
    """A text that is refused, with a symbol of :mod:`.faults`."""

    def __init__(self, symbol: str, message: str) -> None:
        super().__init__(message)
        self.symbol = symbol

    def refusal(self) -> ArchiveError:
        """The same for people."""
        return ArchiveError(fault(self.symbol, str(self)))


def parse(data: bytes, limits: Limits = DEFAULTS, *, envelope: int = 1) -> Any:
    """The value of the one JSON text in *data*.

    Args:
        envelope: Levels of nesting around the value that :attr:`Limits.max_value_depth` speaks of.

    Raises:
        JsonError: ``JSON_SYNTAX``, ``JSON_ENCODING``, ``JSON_DUPLICATE_KEY``, ``JSON_TOO_DEEP``,
            ``JSON_NUMBER_RANGE``, ``JSON_NOT_A_NUMBER`` or ``LIMIT_VALUE_SIZE``.
    """
    depth = limits.max_value_depth + envelope
    try:
        value = orjson.loads(data)
    except ValueError:
        return _parse_slowly(data, limits, depth)
    # Written again to the same bytes: no duplicate key, no byte order mark, no half surrogate pair, no number
    # whose text is longer than its double needs. What is left is depth, big integers and long strings.
    if (
        len(data) <= limits.max_string_size
        and data.count(b"{") + data.count(b"[") <= depth
        and not _LONG_INTEGER.search(data)
        and orjson.dumps(value) == data
    ):
        return value
    return _parse_slowly(data, limits, depth)


def _parse_slowly(data: bytes, limits: Limits, depth: int) -> Any:
    text = decoded(data)
    check_depth(text, depth)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=lambda digits: number(digits, limits),
            parse_int=lambda digits: number(digits, limits),
        )
    except JsonError:
        raise
    except (ValueError, RecursionError) as error:
        raise JsonError("JSON_SYNTAX", f"no JSON: {error}") from error
    check_strings(value, limits)
    return value


def decoded(data: bytes) -> str:
    """*data* as text.

    Raises:
        JsonError: ``JSON_ENCODING``: not UTF-8, or a byte order mark.
    """
    if data.startswith(BYTE_ORDER_MARK):
        raise JsonError("JSON_ENCODING", "a byte order mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonError("JSON_ENCODING", f"not UTF-8 at byte {error.start}") from error


def check_depth(text: str, limit: int) -> None:
    """Count how deep brackets nest, before anything that recurses sees them.

    Raises:
        JsonError: ``JSON_TOO_DEEP`` above *limit*.
    """
    depth = 0
    for found in _BRACKET_OR_STRING.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            if depth > limit:
                raise JsonError("JSON_TOO_DEEP", f"nested more than {limit} deep")
        elif mark in "]}":
            depth -= 1


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise JsonError("JSON_DUPLICATE_KEY", f"the key {twice[:200]!a} stands twice in one object")
    return members


def _no_constant(name: str) -> NoReturn:
    raise JsonError("JSON_NOT_A_NUMBER", f"{name} is no number of JSON")


def number(digits: str, limits: Limits = DEFAULTS) -> int | float:
    """The number that *digits* write.

    Raises:
        JsonError: ``JSON_NUMBER_RANGE``: too long a text, beyond a double, or an integer beyond 2^53-1.
    """
    if len(digits) > limits.max_number_length:
        raise JsonError("JSON_NUMBER_RANGE", f"a number of {len(digits)} characters, limit {limits.max_number_length}")
    if digits.lstrip("-").isdigit():
        integer = int(digits)
        if abs(integer) > MAX_INTEGER:
            raise JsonError("JSON_NUMBER_RANGE", f"the integer {digits} is beyond 2^53-1")
        return integer
    value = float(digits)
    if not math.isfinite(value):
        raise JsonError("JSON_NUMBER_RANGE", f"{digits} is beyond a double")
    return value


def check_strings(value: Any, limits: Limits) -> None:
    """Look at every string and key of *value*, without recursion.

    Raises:
        JsonError: ``JSON_ENCODING`` for half a surrogate pair, ``LIMIT_VALUE_SIZE`` for too long a string.
    """
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            check_string(found, limits)
        elif isinstance(found, dict):
            waiting += found.keys()
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found


def check_string(text: str, limits: Limits = DEFAULTS) -> None:
    """Look at one string.

    Raises:
        JsonError: See :func:`check_strings`.
    """
    try:
        size = len(text) if text.isascii() else len(text.encode())
    except UnicodeEncodeError as error:
        raise JsonError("JSON_ENCODING", "half a surrogate pair, which is no text") from error
    if size > limits.max_string_size:
        raise JsonError("LIMIT_VALUE_SIZE", f"a text of {size:,} bytes, limit string_size {limits.max_string_size:,}")
