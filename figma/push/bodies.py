"""A plan -> request bodies within Figma's limits.

One body where it fits, else one phase after the other: a later body names what an earlier one made by its temporary
id, to be replaced by the real one from the answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .decisions import PushPlan

Json = dict[str, Any]

_ID_FIELDS = ("id", "variableCollectionId", "initialModeId", "variableId", "modeId")


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one request."""

    most_bytes: int = 4 * 1024 * 1024 - 1024
    """The body, JSON without blanks; a little below what Figma takes."""


def requests_of(plan: PushPlan, limits: Limits = Limits()) -> list[Json]:
    """The bodies to post in this order; none where there is nothing to say."""
    phases = [
        ("variableCollections", plan.collections),
        ("variableModes", plan.modes),
        ("variables", plan.variables),
        ("variableModeValues", plan.values),
    ]
    whole = {name: entries for name, entries in phases if entries}
    if not whole:
        return []
    if _size(whole) <= limits.most_bytes:
        return [whole]
    bodies = []
    structure = {name: entries for name, entries in phases[:2] if entries}
    if structure:
        bodies.append(structure)  # a collection is empty without its modes: they stay together
    for name, entries in phases[2:]:
        bodies += [{name: part} for part in _parts(entries, limits.most_bytes - len(name) - 8)]
    return bodies


def real_ids_in(body: Json, made: Mapping[str, str]) -> Json:
    """*body* with temporary ids of earlier requests replaced by real ones."""
    return {name: [_with_real_ids(entry, made) for entry in entries] for name, entries in body.items()}


def _with_real_ids(entry: Json, made: Mapping[str, str]) -> Json:
    found = {
        field: made.get(value, value) if field in _ID_FIELDS and isinstance(value, str) else value
        for field, value in entry.items()
    }
    value = found.get("value")
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        found["value"] = {**value, "id": made.get(value["id"], value["id"])}
    return found


def _parts(entries: list[Json], most: int) -> Iterator[list[Json]]:
    part: list[Json] = []
    size = 0
    for entry in entries:
        length = _size(entry) + 1
        if part and size + length > most:
            yield part
            part, size = [], 0
        part.append(entry)
        size += length
    if part:
        yield part


def _size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
