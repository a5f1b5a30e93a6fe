"""Sets and modifiers -> collections and modes."""

from __future__ import annotations

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
            entry = {"action": "UPDATE", "id": mode, "name": name, "variableCollectionId": space.id}
            sides.plan.modes.append(entry)
            sides.plan.changes.append(Change("mode", f"{space.name}: {name}", f"was {now}"))
    _check_modes(sides, space)


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
