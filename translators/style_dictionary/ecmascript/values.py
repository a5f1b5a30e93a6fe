"""Values as JavaScript compares them, orders their keys and turns them into text."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from .numbers import number, number_text

_INTEGER_KEY = re.compile(r"0|[1-9][0-9]{0,9}").fullmatch


def normalized(value: Any) -> Any:
    """A copy of JSON data as JavaScript would hold it.

    Numbers become doubles (see :func:`number`), keys that are array indices move to the front in
    ascending order (ECMA-262, "OrdinaryOwnPropertyKeys"), ``__proto__`` is left out.
    """
    kind = type(value)
    if kind is dict or isinstance(value, Mapping):
        if "__proto__" in value:
            value = {key: item for key, item in value.items() if key != "__proto__"}
        return ordered({key: item if type(item) is str else normalized(item) for key, item in value.items()})
    if kind is str or value is None or kind is bool or isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return [normalized(item) for item in value]
    return number(value)


def is_index(key: str) -> bool:
    """Whether *key* is an array index, which JavaScript enumerates before all other keys."""
    return key[:1].isdigit() and bool(_INTEGER_KEY(key)) and int(key) < 4294967295


def ordered(mapping: dict[str, Any]) -> dict[str, Any]:
    """*mapping* in the order in which JavaScript enumerates its keys."""
    for key in mapping:
        if "/" < key < ":" and is_index(key):  # it begins with a digit; few have such a key
            break
    else:
        return mapping
    indices = sorted(filter(is_index, mapping), key=int)
    rest = (key for key in mapping if not is_index(key))
    return {key: mapping[key] for key in (*indices, *rest)}


def is_number(value: object) -> bool:
    """Whether ``typeof value`` is ``"number"``."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def truthy(value: object) -> bool:
    """JavaScript's truth: empty lists and mappings are true, ``0``, NaN and ``""`` are not."""
    if isinstance(value, list | dict):
        return True
    return bool(value) and value == value


def text(value: object) -> str:
    """``String(value)`` for JSON data; see :mod:`..rendering` for what to do with mappings."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list | tuple):
        return ",".join("" if item is None else text(item) for item in value)
    return "[object Object]"


def loosely_equal(left: object, right: object) -> bool:
    """``left == right`` with JavaScript's conversions; two lists or mappings are never equal."""
    if isinstance(left, list | dict) and isinstance(right, list | dict):
        return left is right
    if left is None or right is None:
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, list | dict):
        return loosely_equal(text(left), right)
    if isinstance(right, list | dict):
        return loosely_equal(left, text(right))
    return _as_number(left) == _as_number(right)


def _as_number(value: object) -> float:
    if isinstance(value, str):
        stripped = value.strip()
        try:
            return float(stripped) if stripped else 0.0
        except ValueError:
            return math.nan
    return float(value)  # type: ignore[arg-type]


def replaced_once(whole: str, old: str, new: str) -> str:
    """``whole.replace(old, new)`` with two strings: the first occurrence, ``$`` patterns expanded."""
    at = whole.find(old)
    if at < 0:
        return whole
    before, after = whole[:at], whole[at + len(old) :]
    if "$" in new:
        expansions = {"$$": "$", "$&": old, "$`": before, "$'": after}
        new = re.sub(r"\$[$&`']", lambda found: expansions[found[0]], new)
    return before + new + after


def code_units(string: str) -> bytes:
    """A sort key that orders as JavaScript's ``<`` does, by UTF-16 code units."""
    return string.encode("utf-16-be", "surrogatepass")
