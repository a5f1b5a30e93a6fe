"""What every token type offers: a quick check, an explanation of what is wrong, and reading of older forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..source import Location

Json = Any


class ValueFault(NamedTuple):
    """Why a value does not fit its type."""

    rule: str
    message: str
    keys: Location = ()
    """Where inside the value."""

    hint: str | None = None


class Kept(NamedTuple):
    """An older form without an exact 2025.10 equivalent: its value as written, and why."""

    value: Json
    reason: str


class SimpleType(NamedTuple):
    """A type whose value holds no other token's value, pointer objects aside."""

    name: str
    fits: Callable[[Json], bool]
    """Whether a literal is a value of the type. Quick: it runs once per token."""

    faults: Callable[[Json], Iterator[ValueFault]]
    """What is wrong with a literal that does not fit; at least one fault."""

    upgrade: Callable[[Json], Json | Kept | None]
    """The 2025.10 form of an older form, or ``None``. Source: the digest's legacy forms (LEG-1)."""

    kinds: tuple[type, ...]
    """The Python types of its values: another one is no value of the type at all."""


class Part(NamedTuple):
    """A sub-value of a composite."""

    type: str
    required: bool = True
    rule: str = "CMP-1"
    """The rule that a value of another kind breaks."""

    reference_rule: str = "CMP-3"
    """The rule that a reference to a token of another type breaks."""


class CompositeType(NamedTuple):
    """A type whose value is an object of parts, or a list of such objects. Source: DTCG Format, "Composite types"."""

    name: str
    rule: str
    """The rule that lists its parts."""

    parts: Mapping[str, Part]
    is_list: bool = False
    """Whether the value is a list of such objects (and of references to tokens of this type)."""

    single_allowed: bool = False
    """Whether one object may stand without the list."""

    words: frozenset[str] = frozenset()
    """Keywords that may stand instead of the object."""

    upgrade: Callable[[Json], Json | Kept | None] = lambda value: None
    """Renames older spellings of the parts; parts themselves are upgraded by their own types."""


TokenType = SimpleType | CompositeType


def is_number(value: Json) -> bool:
    """Whether *value* is a JSON number; a boolean is not one."""
    return type(value) is float or type(value) is int


def described(value: Json) -> str:
    """*value* in a message, cut to a readable length."""
    if isinstance(value, str):
        return f'"{value[:40]}…"' if len(value) > 40 else f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else str(value)
