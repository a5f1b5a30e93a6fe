"""TypeScript types of values, laid out as Prettier 3 does it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .layout import WIDTH
from .literals import width, with_preferred_quotes

_KEY = re.compile(r"[A-Za-z_$][\w$]*|[0-9]+", re.ASCII).fullmatch
_LITERAL = re.compile(
    r"(?:[^\"\\\n\r\u2028\u2029]|\\(?:[^xu0-9\r]|0(?![0-9])|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,5}\}))*"
).fullmatch


class NoTypeError(ValueError):
    """A value for whose type Style Dictionary writes invalid TypeScript."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type: a name, a tuple of types, a list of a union of types, or an object."""

    name: str = ""
    items: tuple[Type, ...] = ()
    union: tuple[Type, ...] = ()
    members: tuple[tuple[str, Type], ...] = ()

    def flat(self) -> str:
        """The type on one line."""
        if self.items:
            return f"[{', '.join(item.flat() for item in self.items)}]"
        if self.union:
            return f"({self._alternatives()})[]"
        if self.members:
            return f"{{ {'; '.join(f'{key}: {item.flat()}' for key, item in self.members)} }}"
        return self.name

    def _alternatives(self) -> str:
        return " | ".join(item.flat() for item in self.union)

    def written(self, indent: int, column: int, after: int) -> str:
        """The type, beginning in *column*; broken where it would not fit with *after* columns behind it."""
        flat = self.flat()
        if not (self.items or self.union or self.members) or column + width(flat) + after <= WIDTH:
            return flat
        inner, margin = indent + 2, "\n" + " " * (indent + 2)
        end = "\n" + " " * indent
        if self.items:
            items = "".join(f"{margin}{item.written(inner, inner, 1)}," for item in self.items)
            return f"[{items}{end}]"
        if self.members:
            members = "".join(
                f"{margin}{key}: {item.written(inner, inner + width(key) + 2, 1)};" for key, item in self.members
            )
            return f"{{{members}{end}}}"
        alternatives = self._alternatives()
        if inner + width(alternatives) <= WIDTH:
            return f"({margin}{alternatives}{end})[]"
        lines = "".join(f"{margin}| {item.written(inner + 2, inner + 2, 0)}" for item in self.union)
        return f"({lines}{end})[]"


def type_of(value: Any, *, literal: bool = False) -> Type:
    """The type of *value*.

    Args:
        literal: Whether text has the type of just this text; texts inside lists and objects have not.

    Raises:
        NoTypeError: A member's name or a text that would need quotes or escapes it does not get.
    """
    if isinstance(value, str):
        return Type(_literal_type(value)) if literal else Type("string")
    if isinstance(value, bool):
        return Type("boolean")
    if isinstance(value, int | float):
        return Type("number")
    if isinstance(value, list):
        return _list_type(value)
    if isinstance(value, dict):
        return _object_type(value)
    return Type("null")


def _literal_type(value: str) -> str:
    written = value.replace('"', '\\"')
    if not _LITERAL(written.replace('\\"', "")):
        raise NoTypeError(f"the text {value!r} would need escapes")
    return with_preferred_quotes(f'"{written}"')


def _object_type(value: dict[str, Any]) -> Type:
    for key in value:
        if not _KEY(key):
            raise NoTypeError(f"the member {key!r} would need quotes")
    members = tuple((key, type_of(item)) for key, item in value.items())
    return Type(members=members) if members else Type("{}")


def _list_type(value: list[Any]) -> Type:
    if not value:
        return Type("any[]")
    items = [type_of(item) for item in value]
    if all(item == items[0] for item in items):
        return Type(items=tuple(items))
    # The last one is listed even if it was before: the original tells alternatives apart with their bar.
    return Type(union=(*dict.fromkeys(items[:-1]), items[-1]))
