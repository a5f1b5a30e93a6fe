"""The canonical token model: one flat table of tokens, exactly as authored.

A token keeps its JSON object; nothing is copied or converted until it is resolved. That makes reading lossless by
construction (key order and unknown extensions survive) and quick: 100,000 tokens take about 0.1 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .diagnostics import Diagnostic
from .source import Location

Json = Any
"""A decoded JSON value."""

TOKEN_PROPERTIES = frozenset({"$value", "$type", "$description", "$deprecated", "$extensions", "$ref"})
"""The members of a token. Source: DTCG Format 2025.10, "Design token"."""

GROUP_PROPERTIES = frozenset({"$type", "$description", "$deprecated", "$extensions", "$extends", "$ref", "$schema"})
"""The members of a group that are no children. ``$schema`` stands at the root only."""

ROOT = "$root"
"""The name of a group's base token. Source: DTCG Format 2025.10, "Root tokens in groups"."""


class Source(NamedTuple):
    """The document a token was written in."""

    file: str
    """As shown to people; relative to the project where possible."""

    prefix: Location = ()
    """Where in that file the token document begins: not at its root for inline sources of a resolver document."""


class Token(NamedTuple):
    """One design token as authored: an alias is still an alias. Source: DTCG Format 2025.10, "Design token"."""

    path: str
    """Names from the root down, joined with ``.`` (which no name may hold), e.g. ``color.accent.$root``."""

    parent: str
    """The path of its group; ``""`` for the root."""

    node: Mapping[str, Json]
    """Its JSON object. Shared, never changed."""

    source: Source

    location: Location | None = None
    """Where in the source's document; ``None``: at its path. Inherited tokens stand where their base stands."""

    forced_type: str | None = None
    """The type it had where it was inherited from, when that came from outside the extended group."""

    @property
    def name(self) -> str:
        """The last name of its path."""
        return self.path[len(self.parent) + 1 :] if self.parent else self.path

    @property
    def value(self) -> Json:
        """``$value`` as authored, or ``{"$ref": …}`` for a token-level reference."""
        node = self.node
        return node["$value"] if "$value" in node else {"$ref": node["$ref"]}

    @property
    def description(self) -> str | None:
        """``$description``."""
        return self.node.get("$description")

    @property
    def extensions(self) -> Mapping[str, Json]:
        """``$extensions``, verbatim."""
        found = self.node.get("$extensions")
        return found if isinstance(found, dict) else {}

    def at(self, *keys: str | int) -> Location:
        """The location of the token, or of something in it, in its file."""
        inside = names(self.path) if self.location is None else self.location
        return (*self.source.prefix, *inside, *keys)


class Group(NamedTuple):
    """A group's own properties. Source: DTCG Format 2025.10, "Groups"."""

    path: str
    properties: Mapping[str, Json]
    """``$type``, ``$description``, ``$deprecated``, ``$extensions``, ``$extends`` as authored."""

    source: Source
    origins: Mapping[str, Source] = {}
    """Where properties stand that another document than ``source`` gives: several were flattened into one."""

    node: Mapping[str, Json] = {}
    """Its JSON object as read: the order of everything in it. Shared, never changed."""

    def source_of(self, key: str) -> Source:
        """The document that gives a property."""
        return self.origins.get(key, self.source)

    def at(self, *keys: str | int) -> Location:
        """The location of the group, or of something in it, in the file of :meth:`source_of` its first key."""
        source = self.source_of(keys[0]) if keys and isinstance(keys[0], str) else self.source
        return (*source.prefix, *names(self.path), *keys)


class TokenSet(NamedTuple):
    """A token document, or several flattened into one: tokens and groups by path, in the order written."""

    tokens: dict[str, Token]
    groups: dict[str, Group]
    """Every group, the root (``""``) included."""

    may_point: bool = True
    """Whether any token may have no ``$value``: such a one is an alias by ``$ref``, or turns out to be a group."""

    def group_type(self, path: str) -> str | None:
        """The ``$type`` in force in a group: its own or that of the nearest enclosing one that has one."""
        found = self._cascaded(path, "$type")
        return found if isinstance(found, str) else None

    def deprecated(self, token: Token) -> bool | str | None:
        """``$deprecated`` in force for *token*: its own or the nearest group's; ``False`` cancels."""
        own = token.node.get("$deprecated")
        mark = own if own is not None else self._cascaded(token.parent, "$deprecated")
        return mark if isinstance(mark, (bool, str)) else None

    def _cascaded(self, path: str, key: str) -> Json:
        while True:
            group = self.groups.get(path)
            if group is not None and key in group.properties:
                return group.properties[key]
            if not path:
                return None
            path = path.rpartition(".")[0]


class Parsed(NamedTuple):
    """What reading a document gave: its tokens, and all its faults at once."""

    tokens: TokenSet
    diagnostics: list[Diagnostic]


def is_resolver(document: Json) -> bool:
    """Whether a decoded file is a resolver document and no token document (contract, section 3)."""
    return isinstance(document, dict) and "resolutionOrder" in document and "version" in document


def names(path: str) -> tuple[str, ...]:
    """A path's names from the root down; none for the root group."""
    return tuple(path.split(".")) if path else ()


def joined(parent: str, name: str) -> str:
    """The path of *name* in the group *parent*."""
    return f"{parent}.{name}" if parent else name


def ancestors(path: str) -> Iterable[str]:
    """The paths of the enclosing groups, nearest first, the root last."""
    while path:
        path = path.rpartition(".")[0]
        yield path
