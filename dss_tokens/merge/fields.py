"""The fields of tokens and groups, side by side. A field is merged as one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..json_equality import ABSENT, same
from .forms import Form

Json = Any

Field = tuple[str, ...]
"""The keys that lead to it, e.g. ``("$extensions", "dss", "tags")``."""

TAGS: Field = ("$extensions", "dss", "tags")
"""Merged as a set: what one side added or removed holds whatever the other one added or removed."""

FIELDWISE = frozenset({"dss", "com.figma", "mode", "modes"})
"""Keys of ``$extensions`` whose members are fields of their own: ours, Figma's, and values per mode.

Any other vendor's object is one unit: only that vendor knows which of its members belong together.
"""

MODES = frozenset({"mode", "modes"})

_EXTENSIONS = ("$extensions", "extensions")


class Unit(NamedTuple):
    """A token's type and value: never taken from different sides."""

    kind: str | None
    """The ``$type`` in force."""

    key: str
    """``$value`` or ``$ref``."""

    value: Json
    bound: tuple[str, ...] = ()
    """Whom its references mean, where their text alone does not tell."""

    def same(self, other: Unit | None) -> bool:
        """Whether *other* means the same."""
        alike = other is not None and self[:2] == other[:2] and self.bound == other.bound
        return alike and other is not None and same(self.value, other.value)


def unit(node: Mapping[str, Json], kind: str | None, form: Form, bound: tuple[str, ...] = ()) -> Unit:
    """The unit of a token."""
    key = form.value if form.value in node else "$ref"
    return Unit(kind, key, node.get(key, ABSENT), bound)


def side_by_side(nodes: Sequence[Mapping[str, Json]], skipped: Iterable[str] = ()) -> dict[Field, list[Json]]:
    """Each field with its value on every side, :data:`ABSENT` where it has none.

    Args:
        nodes: An empty mapping stands for a side without the entity.
        skipped: Members that are merged elsewhere.

    A container whose members are fields is itself one, with the value ``{}``: an empty one is not lost.
    """
    found: dict[Field, list[Json]] = {}
    for name in dict.fromkeys(key for node in nodes for key in node if key not in skipped):
        values = [node.get(name, ABSENT) for node in nodes]
        if name in _EXTENSIONS and _are_objects(values):
            _members((name,), values, found)
        else:
            found[(name,)] = values
    return found


def _members(field: Field, values: list[Json], found: dict[Field, list[Json]]) -> None:
    found[field] = [value if value is ABSENT else {} for value in values]
    objects = [value or {} for value in values]
    for key in dict.fromkeys(key for part in objects for key in part):
        inner = [part.get(key, ABSENT) for part in objects]
        if len(field) == 1 and key in FIELDWISE and _are_objects(inner):
            _members((*field, key), inner, found)
        else:
            found[(*field, key)] = inner


def _are_objects(values: list[Json]) -> bool:
    return all(value is ABSENT or type(value) is dict for value in values)


def built(fields: Mapping[Field, Json]) -> dict[str, Json]:
    """The node with these fields, in their order; those that are :data:`ABSENT` are left out."""
    node: dict[str, Json] = {}
    for field, value in fields.items():
        if value is ABSENT:
            continue
        inner = node
        for key in field[:-1]:
            inner = inner.setdefault(key, {})
        if value == {} and type(inner.get(field[-1])) is dict:
            continue  # the mark of a container that has members by now
        inner[field[-1]] = {} if value == {} else value
    return node


def merged_tags(base: Json, local: Json, remote: Json) -> Json:
    """Tags of two sides as a set; :data:`ABSENT` where they cannot be merged so."""
    lists = [[] if tags is ABSENT else tags for tags in (base, local, remote)]
    if not all(type(tags) is list and all(type(tag) is str for tag in tags) for tags in lists):
        return ABSENT
    before, ours, theirs = lists
    kept = [tag for tag in before if tag in ours and tag in theirs]
    added = {*ours, *theirs} - set(before)
    return [*kept, *sorted(added)]
