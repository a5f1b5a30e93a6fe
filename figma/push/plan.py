"""What a push would change, and why not more.

The files are compared with what a pull of the fresh answer would write. So whatever a pull cannot express leaves no
difference, and pull then push is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..records import Raw
from ..variables.raw import Written
from .comparing import details, same
from .decisions import Change, Json, PushOptions, PushPlan
from .new_names import final_names, renames
from .removals import keep_edited_modes, removals
from .sides import Sides
from .structure import plan_space
from .table import Cell, Row
from .targets import Broken, default_cell, referred, resolved_type, type_of
from .wished_scopes import wished_scopes


def plan_push(
    files: Mapping[str, Any],
    fresh: object,
    base: Mapping[str, Any] | None = None,
    options: PushOptions = PushOptions(),  # noqa: B008 - frozen
    libraries: Mapping[str, object] | None = None,
) -> PushPlan:
    """The plan that makes Figma say what *files* say.

    Args:
        files: The token folder: relative POSIX path -> decoded document.
        fresh: An answer of GET variables/local, just read.
        base: The files as the last pull or push left them; what only Figma changed since is left alone.
        options: The decisions.
        libraries: As for pulling: name -> answer of GET variables/local of a library.

    Raises:
        FigmaSourceError: The folder has no resolver document.
    """
    return _planned(Sides(files, fresh, base, options, libraries or {}))


def _planned(sides: Sides) -> PushPlan:
    _strays(sides)
    spaces = {i: space for i, space in sides.ours.spaces.items() if plan_space(sides, space)}
    rows = {key: row for key, row in sides.ours.rows.items() if row.collection in spaces}
    keep_edited_modes(sides)
    gone = removals(sides)
    created = _created(sides, rows)
    names = final_names(sides, rows, created)
    sides.plan.variables += gone + renames(sides, rows, names)
    for key, row in rows.items():
        if key in sides.existing:
            _change_details(sides, key, row)
        elif key in created:
            _create(sides, key, row, names[key])
    for key, row in rows.items():
        if key in sides.existing or key in created:
            _values(sides, key, row)
    _fill_modes(sides, rows)
    _removed_overrides(sides)
    # A literal that breaks a chain comes before the alias that would close it.
    sides.plan.values.sort(key=lambda entry: isinstance(entry["value"], dict) and "type" in entry["value"])
    return sides.plan


def _strays(sides: Sides) -> None:
    for cell in sides.ours.strays:
        origin = cell.origin
        sides.say(
            "DSS451",
            f'the variable "{origin.get("name")}" ({origin.get("id")}) is not in the file any more: not pushed',
            "warning",
            hint="pull to take the deletion over, or remove its com.figma extension to make it anew",
            file=cell.file,
        )
    for key, (path, cell) in sides.ours.moved.items():
        if key not in sides.ours.rows:  # else it is a copy
            variable = sides.payload.variables[key]
            message = (
                f'the variable "{variable.name}" belongs to the collection "{variable.collection.name}": not pushed'
            )
            hint = (
                "a variable keeps its collection for life; without its com.figma extension the token becomes a new one"
            )
            sides.say("DSS460", message, "error", cell, path, hint=hint)


def _created(sides: Sides, rows: dict[str, Row]) -> dict[str, Row]:
    """The rows that become new variables: those whose every value Figma can hold."""
    created = {key: row for key, row in rows.items() if key not in sides.existing and _representable(sides, row)}
    sides.made |= {key: f"tmp:v:{number}" for number, key in enumerate(created, 1)}
    broken = True
    while broken:  # what refers to something that is not made cannot be made either
        broken = False
        for key, row in list(created.items()):
            resolved = str(resolved_type(row, sides.ours, sides.existing))
            for mode, cell in row.cells.items():
                if (problem := sides.written(cell, mode, key, resolved).problem) is not None:
                    sides.say("DSS457", f"not pushed: {problem}", "error", cell, row.path)
                    del created[key], sides.made[key]
                    broken = True
                    break
    return created


def _representable(sides: Sides, row: Row) -> bool:
    space = sides.ours.spaces[row.collection]
    if space.parent is not None or not row.cells.keys() & space.modes.keys():
        message = "an extended collection can override variables, not add them"
        sides.say("DSS458", message, "error", default_cell(row, sides.ours), row.path)
        return False
    if resolved_type(row, sides.ours, sides.existing) is not None:
        return True
    cell = default_cell(row, sides.ours)
    type_ = type_of(cell, "", sides.ours)
    broken = referred(cell.value, sides.ours)
    if type_ is None and isinstance(broken, Broken):
        sides.say("DSS457", f"not pushed: {broken.why}", "error", cell, row.path)
        return False
    hint = "Figma has variables for colours, numbers, text and booleans; styles are edited by people only"
    sides.say(
        "DSS454",
        f"a {type_ or 'token without a type'} has no variable in Figma: not pushed",
        "warning",
        cell,
        row.path,
        hint=hint,
    )
    return False


def _change_details(sides: Sides, key: str, row: Row) -> None:
    there = sides.theirs.rows.get(key)
    if there is None:
        return
    ours, theirs = details(default_cell(row, sides.ours)), details(default_cell(there, sides.theirs))
    if sides.base is not None and key in sides.base.rows:
        before = details(default_cell(sides.base.rows[key], sides.base))
        ours = {field: theirs[field] if ours[field] == before[field] else value for field, value in ours.items()}
        both = [
            field for field in ours if theirs[field] not in (before[field], ours[field]) and ours[field] is not None
        ]
        if both and not sides.options.overwrite:
            sides.plan.conflicts.append(Change("update", sides.payload.variables[key].name, ", ".join(both)))
            return
    changed = {field: value for field, value in ours.items() if value != theirs[field] and value is not None}
    if changed:
        sides.plan.variables.append({"action": "UPDATE", "id": key, **changed})
        sides.plan.changes.append(Change("update", sides.payload.variables[key].name, ", ".join(changed)))


def _create(sides: Sides, key: str, row: Row, name: str) -> None:
    cell = default_cell(row, sides.ours)
    resolved = resolved_type(row, sides.ours, sides.existing)
    entry: Json = {
        "action": "CREATE",
        "id": sides.made[key],
        "name": name,
        "variableCollectionId": sides.made.get(row.collection, row.collection),
        "resolvedType": resolved,
    }
    said = details(cell)
    type_ = type_of(cell, "", sides.ours)
    if said["scopes"] is None:
        written = [sides.written(c, mode, key, str(resolved)) for mode, c in row.cells.items()]
        literals = [w.value for w in written if w.value is not None and "id" not in _as_map(w.value)]
        said["scopes"] = wished_scopes(type_, name, str(resolved), literals)
    entry |= {field: value for field, value in said.items() if value not in (None, "", False, {})}
    sides.plan.variables.append(entry)
    sides.plan.changes.append(Change("create", name, str(resolved)))


def _values(sides: Sides, key: str, row: Row) -> None:
    resolved = sides.existing.get(key) or str(resolved_type(row, sides.ours, sides.existing))
    for mode, cell in row.cells.items():
        if mode in sides.gone:
            continue
        written = sides.written(cell, mode, key, resolved)
        if key in sides.existing and not _differs(sides, key, mode, cell, written, resolved):
            continue
        if written.value is None:
            sides.say("DSS457", f"not pushed: {written.problem}", "error", cell, row.path)
            continue
        if written.remark:
            sides.say("DSS459", written.remark, "info", cell, row.path)
        sides.value(key, mode, written.value)


def _differs(sides: Sides, key: str, mode: str, cell: Cell, written: Written, resolved: str) -> bool:
    """Whether Figma says something else and the files mean it so. Notes conflicts."""
    there = sides.theirs.rows.get(key)
    before = sides.base.rows.get(key) if sides.base is not None else None
    theirs = there.cells.get(mode) if there is not None else None
    if theirs is None or same(sides, cell, sides.ours, theirs, sides.theirs, mode, written, resolved):
        return theirs is None
    old = before.cells.get(mode) if before is not None else None
    if old is None or sides.base is None:
        return True
    if same(sides, cell, sides.ours, old, sides.base, mode, written, resolved):
        return False  # only Figma changed: that is for a pull
    if sides.options.overwrite or same(sides, theirs, sides.theirs, old, sides.base, mode, None, resolved):
        return True
    sides.plan.conflicts.append(Change("value", sides.payload.variables[key].name, mode))
    return False


def _fill_modes(sides: Sides, rows: dict[str, Row]) -> None:
    """Give every new variable and every new mode a value: what is not set there would be white, 0 or empty."""
    for key, row in rows.items():
        space = sides.ours.spaces[row.collection]
        wanted = space.modes if key in sides.made else [mode for mode in space.modes if mode in sides.made]
        missing = [mode for mode in wanted if mode not in row.cells]
        if not missing or (key not in sides.existing and key not in sides.made):
            continue
        resolved = sides.existing.get(key) or str(resolved_type(row, sides.ours, sides.existing))
        written = sides.written(default_cell(row, sides.ours), space.default, key, resolved)
        if written.value is not None:
            for mode in missing:
                sides.value(key, mode, written.value)


def _removed_overrides(sides: Sides) -> None:
    """An override that the files dropped since the last pull: the parent's value shall hold again."""
    for space in sides.ours.spaces.values():
        for key, there in sides.theirs.rows.items() if space.parent is not None and sides.base is not None else ():
            before = sides.base.rows.get(key) if sides.base is not None else None
            ours = sides.ours.rows.get(key)
            for mode in space.modes:
                if ours and before and mode in there.cells and mode in before.cells and mode not in ours.cells:
                    sides.value(key, mode, None)


def _as_map(value: Raw) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
