"""Sets and modifiers -> collections and modes."""

from __future__ import annotations

from collections.abc import Iterable

from ..folder.spaces import Space
from ..records import Collection
from .decisions import Change
from .sides import Sides

MOST_MODES = 40
LONGEST_MODE_NAME = 40


def plan_space(sides: Sides, space: Space) -> bool:
    """Plan what *space* needs; whether it can be pushed to at all."""
    if space.is_new:
        return _new_space(sides, space)
    collection = sides.payload.collections.get(space.id)
    if collection is None or collection.remote:
        sides.say(
            "DSS451", f'the collection "{space.name}" ({space.id}) is not in the file', "error", hint="pull first"
        )
        return False
    if space.parent is None:
        _modes(sides, space, collection)
    return True


def _new_space(sides: Sides, space: Space) -> bool:
    if not any(row.collection == space.id for row in sides.ours.rows.values()):
        return False
    number = len(sides.plan.collections) + 1
    sides.made[space.id] = temporary = f"tmp:c:{number}"
    order = sorted(space.modes, key=lambda mode: mode != space.default)  # the initial mode is the default one
    first = _temporary_mode(sides, order[0])
    sides.plan.collections.append({"action": "CREATE", "id": temporary, "name": space.name, "initialModeId": first})
    sides.plan.changes.append(Change("collection", space.name, ", ".join(space.modes.values())))
    rename = {"action": "UPDATE", "id": first, "name": space.modes[order[0]], "variableCollectionId": temporary}
    sides.plan.modes.append(rename)
    for mode in order[1:]:
        _add_mode(sides, mode, space.modes[mode], temporary)
    _check_modes(sides, space)
    return True


def _modes(sides: Sides, space: Space, collection: Collection) -> None:
    before = sides.base.spaces.get(space.id) if sides.base is not None else None
    for mode, name in space.modes.items():
        now = collection.name_of.get(mode)
        if now is None and mode.startswith("new:"):
            _add_mode(sides, mode, name, space.id)
            sides.plan.changes.append(Change("mode", f"{space.name}: {name}", "new"))
        elif now is None:
            sides.gone.add(mode)
            message = f'the mode "{name}" ({mode}) of "{space.name}" is not in the file any more: not pushed'
            sides.say("DSS451", message, "warning", hint="pull to take the deletion over")
        elif name != now and (before is None or before.modes.get(mode) != name):
            if before is not None and before.modes.get(mode, now) != now and not sides.options.overwrite:
                sides.plan.conflicts.append(Change("mode", f"{space.name}: {now}", f"{name} here"))
                continue
            entry = {"action": "UPDATE", "id": mode, "name": name, "variableCollectionId": space.id}
            sides.plan.modes.append(entry)
            sides.plan.changes.append(Change("mode", f"{space.name}: {name}", f"was {now}"))
    _removed_modes(sides, space, collection)
    _check_modes(sides, space)


def _removed_modes(sides: Sides, space: Space, collection: Collection) -> None:
    """Modes whose contexts were removed since the last pull."""
    before = sides.base.spaces.get(space.id) if sides.base is not None else None
    for mode in before.modes if before is not None else ():
        if mode in space.modes or mode not in collection.name_of:
            continue
        name = f"{space.name}: {collection.name_of[mode]}"
        if sides.options.delete:
            sides.gone.add(mode)
            sides.plan.modes.append({"action": "DELETE", "id": mode})
            sides.plan.changes.append(Change("delete", name, "mode"))
        else:
            message = f'the mode "{name}" has no context any more and is kept'
            sides.say("DSS453", message, "info", hint="--delete removes it from Figma, with all its values")


def removed_collections(sides: Sides, variables: Iterable[str]) -> set[str]:
    """Collections whose sets were removed since the last pull, and all of whose variables go: *variables*."""
    going = set(variables)
    left = {v.collection.id for i, v in sides.payload.variables.items() if v.live and i not in going}
    before = sides.base.spaces if sides.base is not None else {}
    found = {
        identity
        for identity, space in before.items()
        if identity not in sides.ours.spaces and identity in sides.payload.collections and identity not in left
    }
    for identity in found:
        sides.plan.collections.append({"action": "DELETE", "id": identity})
        sides.plan.changes.append(Change("delete", sides.payload.collections[identity].name, "collection"))
    return found


def _add_mode(sides: Sides, mode: str, name: str, collection: str) -> None:
    temporary = _temporary_mode(sides, mode)
    sides.plan.modes.append({"action": "CREATE", "id": temporary, "name": name, "variableCollectionId": collection})


def _temporary_mode(sides: Sides, mode: str) -> str:
    sides.made[mode] = f"tmp:m:{sum(1 for made in sides.made.values() if made.startswith('tmp:m:')) + 1}"
    return sides.made[mode]


def _check_modes(sides: Sides, space: Space) -> None:
    if len(space.modes) > MOST_MODES:
        sides.say("DSS452", f'"{space.name}" has {len(space.modes)} modes; Figma holds {MOST_MODES}', "error")
    for name in space.modes.values():
        if len(name) > LONGEST_MODE_NAME:
            sides.say("DSS452", f'the mode name "{name}" is longer than {LONGEST_MODE_NAME} characters', "error")
