"""Whether two JSON values mean the same: Python's ``==`` takes ``true`` for ``1``."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final


class Absent(Enum):
    """The mark of a value that is not there: ``null`` is a value."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Final = Absent.ABSENT


def same(one: Any, other: Any) -> bool:
    """Whether two decoded values are one JSON value.

    Members may stand in any order; ``1`` and ``1.0`` are one number; ``true`` is none. :data:`ABSENT` equals itself
    only.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is dict:
        return type(other) is dict and _same_objects(one, other)
    if kind is list:
        return type(other) is list and len(one) == len(other) and all(map(same, one, other))
    if one != other:
        return False
    return (kind is bool) is (type(other) is bool)


def _same_objects(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if len(one) != len(other):
        return False
    for key, value in one.items():
        try:
            against = other[key]
        except KeyError:
            return False
        if value is against:
            continue
        kind = type(value)
        if kind is str:
            if value != against:
                return False
        elif not same(value, against):
            return False
    return True
