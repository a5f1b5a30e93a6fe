"""Tables of ``dss.toml``: what each key holds, read strictly, every fault noted with its place.

Not with pydantic, whose import takes longer than most commands run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, ClassVar, NamedTuple, Self

Keys = tuple[str, ...]


class Wrong(NamedTuple):
    """A fault, and the keys that lead to it."""

    keys: Keys
    message: str
    hint: str | None = None
    is_unknown: bool = False
    """Whether there is no such key."""


Read = Callable[[Any, Keys, list[Wrong]], Any]
"""Gives the value that a decoded one means, or notes what is wrong with the one at these keys."""


class Field(NamedTuple):
    """What a key of a table holds."""

    read: Read
    default: Any
    key: str | None
    is_required: bool


def optional(read: Read, default: Any = None, *, key: str | None = None) -> Any:
    """A field that may be left out.

    Args:
        key: What it is called in the file, where that is no name in Python.
    """
    return Field(read, default, key, False)


def required(read: Read) -> Any:
    """A field that is always given."""
    return Field(read, None, None, True)


class Table:
    """A table: unknown keys and other types are faults. Fields are attributes of the class, instances are frozen."""

    fields: ClassVar[dict[str, tuple[str, Field]]] = {}
    """Key to the attribute's name and what it holds."""

    def __init_subclass__(cls) -> None:
        own = {name: found for name, found in vars(cls).items() if isinstance(found, Field)}
        inherited = (getattr(base, "fields", {}) for base in cls.__bases__)
        cls.fields = dict(chain.from_iterable(fields.items() for fields in inherited))
        cls.fields |= {found.key or name: (name, found) for name, found in own.items()}
        for name, found in own.items():
            setattr(cls, name, found.default)

    def __init__(self, **given: Any) -> None:
        """Args:
        given: Attributes that are not as by default.
        """
        self.__dict__.update(given)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def fault(self) -> str | None:
        """What is wrong with the whole, when each field is right."""
        return None

    def given(self) -> dict[str, Any]:
        """A copy of what was written, attribute to value; tables in it likewise."""
        return {name: _plain(value) for name, value in vars(self).items()}

    @classmethod
    def read(cls, value: Any, at: Keys, found: list[Wrong]) -> Self:
        """The table that *value* is; what it is worth where something is *found* is nothing."""
        given: dict[str, Any] = {}
        before = len(found)
        for key, part in table(value, at, found).items():
            if key in cls.fields:
                name, field = cls.fields[key]
                given[name] = field.read(part, (*at, key), found)
            else:
                found.append(_unknown((*at, key), list(cls.fields)))
        if type(value) is dict:
            missing = (key for key, (_, field) in cls.fields.items() if field.is_required and key not in value)
            found += [Wrong((*at, key), "field required") for key in missing]
        made = cls(**given)
        if len(found) == before and (fault := made.fault()) is not None:
            found.append(Wrong(at, fault))
        return made


def _unknown(at: Keys, known: list[str]) -> Wrong:
    hint = near(at[-1], known) or "known: " + ", ".join(known)
    return Wrong(at, f"unknown key {'.'.join(at)}", hint, is_unknown=True)


def near(given: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """A hint at the nearest of *known*, from 0, which takes any, to 1, which takes the same."""
    from difflib import get_close_matches

    close = get_close_matches(given, list(known), 1, cutoff)
    return f"did you mean {close[0]}?" if close else None


def _plain(value: Any) -> Any:
    if isinstance(value, Table):
        return value.given()
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return dict(value) if isinstance(value, dict) else value


def anything(value: Any, at: Keys, found: list[Wrong]) -> Any:
    """Any value."""
    return value


def checked(read: Read, fault: Callable[[Any], str | None]) -> Read:
    """As *read* has it, unless there is a *fault*."""

    def check(value: Any, at: Keys, found: list[Wrong]) -> Any:
        before = len(found)
        made = read(value, at, found)
        if len(found) == before and (message := fault(made)) is not None:
            found.append(Wrong(at, message))
        return made

    return check


def _of(kind: type, wanted: str) -> Read:
    def read(value: Any, at: Keys, found: list[Wrong]) -> Any:
        if type(value) is not kind:
            found.append(Wrong(at, f"input should be {wanted}"))
            return kind()
        return value

    return read


text = _of(str, "a valid string")
integer = _of(int, "a valid integer")
flag = _of(bool, "a valid boolean")
table = _of(dict, "a table")
_array = _of(list, "an array")


def whole(least: int, most: int) -> Read:
    """An integer from *least* to *most*."""

    def fault(number: int) -> str | None:
        if number < least:
            return f"input should be greater than or equal to {least}"
        return f"input should be less than or equal to {most}" if number > most else None

    return checked(integer, fault)


def _number(value: Any, at: Keys, found: list[Wrong]) -> float:
    if type(value) in (int, float):
        return float(value)
    found.append(Wrong(at, "input should be a valid number"))
    return 0.0


positive = checked(_number, lambda number: None if number > 0 else "input should be greater than 0")
"""A number above 0."""


def choice(*known: str, or_flag: bool = False) -> Read:
    """One of *known*; with *or_flag*, or true or false."""
    names = ["a valid boolean"] * or_flag + [repr(name) for name in known]
    wanted = " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    def read(value: Any, at: Keys, found: list[Wrong]) -> Any:
        is_flag = or_flag and type(value) is bool
        if not is_flag and not (type(value) is str and value in known):
            hint = near(value.lower(), known) if type(value) is str else None
            found.append(Wrong(at, f"input should be {wanted}", hint))
        return value

    return read


def array_of(read: Read) -> Read:
    """An array, each item as *read* has it, as a tuple."""

    def items(value: Any, at: Keys, found: list[Wrong]) -> tuple[Any, ...]:
        return tuple(read(item, (*at, str(place)), found) for place, item in enumerate(_array(value, at, found)))

    return items


texts = array_of(text)
"""An array of texts."""


def one_or_more(value: Any, at: Keys, found: list[Wrong]) -> tuple[str, ...]:
    """A text, or an array of texts."""
    return (value,) if isinstance(value, str) else texts(value, at, found)


def table_of(read: Read) -> Read:
    """A table of any keys, each value as *read* has it."""

    def members(value: Any, at: Keys, found: list[Wrong]) -> dict[str, Any]:
        return {key: read(part, (*at, key), found) for key, part in table(value, at, found).items()}

    return members
