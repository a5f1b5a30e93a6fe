"""The name each variable will have, and renames in an order that never meets a taken name."""

from __future__ import annotations

from .decisions import Change, Json
from .sides import Sides
from .table import Row

MOST_VARIABLES = 5000


def final_names(sides: Sides, rows: dict[str, Row], created: dict[str, Row]) -> dict[str, str]:
    """Row -> the name it will have; those that do not change keep theirs, however it was cleaned for a path."""
    names: dict[str, str] = {}
    for key, row in rows.items():
        if key in sides.existing:
            names[key] = _name(sides, row) if _is_moved(sides, key, row) else sides.payload.variables[key].name
        elif key in created:
            names[key] = _name(sides, row)
    _check_names(sides, rows, names)
    return names


def _is_moved(sides: Sides, key: str, row: Row) -> bool:
    """Whether the files give a variable another name. Notes conflicts."""
    there = sides.theirs.rows.get(key)
    if there is None or there.path == row.path:
        return False
    before = sides.base.rows.get(key) if sides.base is not None else None
    if before is None or there.path == before.path:
        return True
    if before.path == row.path:
        return False  # only Figma renamed it: that is for a pull
    if not sides.options.overwrite:
        name = sides.payload.variables[key].name
        sides.plan.conflicts.append(Change("rename", name, f"{'/'.join(row.path)} here"))
    return sides.options.overwrite


def renames(sides: Sides, rows: dict[str, Row], names: dict[str, str]) -> list[Json]:
    """The renames, so that no name is taken while it is still held; a swap goes by a third name."""
    wanted = {key: names[key] for key in rows if key in sides.existing and is_renamed(sides, key, names)}
    held = {(rows[key].collection, sides.payload.variables[key].name.casefold()): key for key in wanted}
    entries: list[Json] = []
    done: set[str] = set()
    for start in wanted:
        chain, key = [], start
        while key not in done and key not in chain:
            chain.append(key)
            key = held.get((rows[key].collection, wanted[key].casefold()), "")
            if not key or key == chain[-1]:
                break
        if key in chain[:-1]:  # a circle: somebody steps aside first
            entries.append({"action": "UPDATE", "id": key, "name": f"{wanted[key]} (being renamed)"})
        for key in reversed(chain):
            entries.append({"action": "UPDATE", "id": key, "name": wanted[key]})
            sides.plan.changes.append(Change("rename", wanted[key], f"was {sides.payload.variables[key].name}"))
            done.add(key)
    return entries


def is_renamed(sides: Sides, key: str, names: dict[str, str]) -> bool:
    """Whether an existing variable gets another name."""
    return key in sides.existing and names.get(key, "") != sides.payload.variables[key].name


def _name(sides: Sides, row: Row) -> str:
    """The path as a variable's name: without ``$root``, and without the group that stands for the collection."""
    path = row.path[:-1] if row.path[-1] == "$root" else row.path
    if row.collection not in sides.groups:
        sides.groups[row.collection] = _group(sides, row.collection)
    group = sides.groups[row.collection]
    if group is not None and len(path) > 1 and path[0] == group:
        path = path[1:]
    if any("/" in part for part in path):
        sides.say("DSS455", "a slash in a name separates groups in Figma", "warning", path=row.path)
    return "/".join(path)


def _group(sides: Sides, collection: str) -> str | None:
    """The group that a pull puts all tokens of *collection* below."""
    rows = [(i, row) for i, row in sides.theirs.rows.items() if row.collection == collection]
    if not rows:
        return None
    first = rows[0][1].path[0]
    identity, row = rows[0]
    plain = sides.payload.variables[identity].name.count("/") + 1
    depth = len(row.path) - (row.path[-1] == "$root")
    return first if depth > plain and all(r.path[0] == first for _, r in rows) else None


def _check_names(sides: Sides, rows: dict[str, Row], names: dict[str, str]) -> None:
    taken: dict[tuple[str, str], str] = {}
    kept = {i for i in sides.theirs.rows if i not in sides.ours.rows}
    for identity in kept:
        variable = sides.payload.variables[identity]
        taken[variable.collection.id, variable.name.casefold()] = identity
    counts: dict[str, int] = {}
    for key, name in names.items():
        place = (rows[key].collection, name.casefold())
        counts[place[0]] = counts.get(place[0], 0) + 1
        other = taken.setdefault(place, key)
        changed = [k for k in (key, other) if k in sides.made or is_renamed(sides, k, names)]
        if other != key and changed:
            sides.say(
                "DSS456", f'two variables of one collection would be called "{name}"', "error", path=rows[key].path
            )
    for collection, count in counts.items():
        if count > MOST_VARIABLES:
            name = sides.ours.spaces[collection].name
            sides.say("DSS452", f'"{name}" would have {count} variables; Figma holds {MOST_VARIABLES}', "error")
