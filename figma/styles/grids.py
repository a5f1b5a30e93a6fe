"""GRID styles -> a group of numbers: DTCG has no type for grids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..values.numbers import is_number, shortest
from .bindings import Binder
from .listing import visible

Json = dict[str, Any]

_LENGTHS = (("gutterSize", "gutter"), ("offset", "margin"), ("sectionSize", "size"))


def grids(node: Json, binder: Binder) -> list[tuple[tuple[str, ...], str, Any]]:
    """(path below the style, type, value) of each part of each visible grid; one grid has no name of its own."""
    shown = visible(node, "layoutGrids")
    found: list[tuple[tuple[str, ...], str, Any]] = []
    taken: dict[str, int] = {}
    for grid in shown:
        name = str(grid.get("pattern", "grid")).lower()
        taken[name] = taken.get(name, 0) + 1
        label = name if taken[name] == 1 else f"{name}-{taken[name]}"
        head = (label,) if len(shown) > 1 else ()
        found += [((*head, part), type_, value) for part, type_, value in _parts(grid, binder, label)]
    return found


def _parts(grid: Json, binder: Binder, label: str) -> Iterator[tuple[str, str, Any]]:
    count = grid.get("count")
    if is_number(count) and count >= 0:  # -1: as many as fit
        yield "count", "number", binder.reference(grid, "count", "number", f"{label}.count") or shortest(count)
    for field, name in _LENGTHS:
        value = grid.get(field)
        if not is_number(value) or (field == "gutterSize" and grid.get("pattern") == "GRID"):
            continue
        reference = binder.reference(grid, field, "dimension", f"{label}.{field}")
        yield name, "dimension", reference or {"value": shortest(value), "unit": "px"}
