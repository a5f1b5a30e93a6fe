"""What a token's value means for Figma: a literal, or an alias of another row."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..variables.raw import RESOLVED_TYPES
from .table import Cell, Path, Row, Table

_DEEPEST = 1000


class Alias(NamedTuple):
    """A reference to a row of the table."""

    row: str


class Foreign(NamedTuple):
    """A reference to a token of another library, by its variable's key."""

    key: str


class Broken(NamedTuple):
    """A reference that no alias can express."""

    why: str


def referred(value: Any, table: Table) -> Alias | Foreign | Broken | None:
    """What a whole-value reference names; ``None``: *value* is a literal."""
    path = reference_path(value)
    if path is None:
        return Broken("it holds a reference inside") if _holds_reference(value) else None
    if path in table.at:
        return Alias(table.at[path])
    if path in table.foreign:
        return Foreign(table.foreign[path])
    return Broken(f"{'.'.join(path)} is no token that Figma can hold")


def reference_path(value: Any) -> Path | None:
    """The token path that a value consisting of one reference names."""
    if isinstance(value, str) and len(value) > 2 and value[0] == "{" and value[-1] == "}":
        return tuple(value[1:-1].split("."))
    if isinstance(value, dict) and value.keys() == {"$ref"} and isinstance(value["$ref"], str):
        parts = [part.replace("~1", "/").replace("~0", "~") for part in value["$ref"].split("/")[1:]]
        if parts and parts[-1] == "$value":
            parts.pop()
        return tuple(parts)
    return None


def _holds_reference(value: Any) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(reference_path(part) is not None or _holds_reference(part) for part in inside)


def type_of(cell: Cell, mode: str, table: Table) -> str | None:
    """The DTCG type of *cell*: its own or, of a reference, that of its target."""
    for _ in range(_DEEPEST):
        own = cell.token.get("$type")
        if isinstance(own, str):
            return own
        target = referred(cell.value, table)
        if not isinstance(target, Alias):
            return cell.type
        row = table.rows[target.row]
        cell = row.cells.get(mode) or default_cell(row, table)
    return None


def default_cell(row: Row, table: Table) -> Cell:
    """The token of *row* in its collection's default mode, else in its first."""
    space = table.spaces.get(row.collection)
    cell = row.cells.get(space.default) if space is not None else None
    return cell or next(iter(row.cells.values()))


def resolved_type(row: Row, table: Table, existing: dict[str, str]) -> str | None:
    """``resolvedType`` of *row*: that of the variable it is or leads to, else what its type becomes."""
    seen: set[str] = set()
    while True:
        cell = default_cell(row, table)
        known = cell.origin.get("resolvedType")
        if isinstance(known, str) and known in RESOLVED_TYPES.values():
            return known
        target = referred(cell.value, table)
        if not isinstance(target, Alias) or target.row in seen:
            space = table.spaces.get(row.collection)
            return RESOLVED_TYPES.get(type_of(cell, space.default if space else "", table) or "")
        if target.row in existing:
            return existing[target.row]
        seen.add(target.row)
        row = table.rows[target.row]
