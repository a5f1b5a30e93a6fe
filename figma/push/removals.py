"""What goes in Figma because the files lack it now; nothing that somebody edited there since the last pull."""

from __future__ import annotations

from collections.abc import Container

from .comparing import details, same
from .decisions import Change, Json
from .sides import Sides
from .structure import removed_collections
from .targets import default_cell


def removals(sides: Sides) -> list[Json]:
    """Variables whose tokens were removed since the last pull."""
    if sides.base is None:
        return []
    ours = sides.ours.rows.keys() | sides.ours.moved.keys()
    gone = [i for i in sides.theirs.rows if i not in ours and i in sides.base.rows]
    if gone and not sides.options.delete:
        shown = ", ".join(sides.payload.variables[i].name for i in gone[:5]) + (" …" if len(gone) > 5 else "")
        sides.say(
            "DSS453",
            f"{len(gone)} variables have no token any more and are kept: {shown}",
            "info",
            hint="--delete removes them from Figma, with every binding to them",
        )
        return []
    if not sides.options.overwrite:
        edited = [i for i in gone if _is_edited(sides, i)]
        sides.plan.conflicts += [Change("delete", sides.payload.variables[i].name) for i in edited]
        gone = [i for i in gone if i not in edited]
    whole = removed_collections(sides, gone)
    gone = [i for i in gone if sides.payload.variables[i].collection.id not in whole]
    sides.plan.changes += [Change("delete", sides.payload.variables[i].name) for i in gone]
    return [{"action": "DELETE", "id": i} for i in gone]


def keep_edited_modes(sides: Sides) -> None:
    """A mode that shall go and that somebody edited since the last pull is a conflict."""
    for entry in list(sides.plan.modes) if not sides.options.overwrite else ():
        mode = entry["id"]
        if entry["action"] == "DELETE" and any(
            mode in row.cells and _is_edited(sides, key, {mode}) for key, row in sides.theirs.rows.items()
        ):
            sides.plan.modes.remove(entry)
            sides.plan.conflicts.append(Change("delete", mode, "mode"))


def _is_edited(sides: Sides, key: str, modes: Container[str] | None = None) -> bool:
    """Whether somebody edited a variable in Figma since the last pull, in any of *modes*."""
    assert sides.base is not None
    there, before = sides.theirs.rows[key], sides.base.rows.get(key)
    if before is None:
        return True
    if modes is None and details(default_cell(there, sides.theirs)) != details(default_cell(before, sides.base)):
        return True
    return any(
        mode not in before.cells
        or not same(sides, cell, sides.theirs, before.cells[mode], sides.base, mode, None, sides.existing[key])
        for mode, cell in there.cells.items()
        if modes is None or mode in modes
    )
