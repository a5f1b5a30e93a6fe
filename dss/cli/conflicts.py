"""Changes and conflicts with Figma for people: both values, with swatches where they are colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.json_equality import ABSENT
from dss_tokens.merge import Change, Conflict
from dss_tokens.merge.conflicts import diagnostic

from .output import emit_json, located, note, warn
from .swatches import brief, described, patch_of

HINT = "decide with --strategy keep_local, keep_remote or keep_newest, at a terminal, or edit one side"


def print_conflicts(
    conflicts: Sequence[Conflict], found: Sequence[Diagnostic], document: dict[str, Any], *, folder: Path, as_json: bool
) -> None:
    """Ends a command whose merge left conflicts (status 5): nothing was written."""
    told = [*found, *conflict_diagnostics(conflicts, folder)]
    if as_json:
        emit_json({**document, "diagnostics": [one.to_json() for one in located(told)]})
    else:
        warn(told)
        for line in filter(None, map(_patches, conflicts)):
            note(line)
        note(f"{counted(len(conflicts), 'conflict')}; nothing was written")
    click.get_current_context().exit(5)


def conflict_diagnostics(conflicts: Sequence[Conflict], folder: Path) -> list[Diagnostic]:
    """Each conflict with the file and place of the local side."""
    from dss_tokens.model import names

    from .. import files

    found = []
    for conflict in conflicts:
        path = folder / conflict.set
        at = names(conflict.path) if conflict.entity == "token" else ()
        if conflict.field and conflict.field.startswith("$") and at:
            at = (*at, conflict.field.partition(".")[0])
        one = diagnostic(conflict, HINT, show=lambda value: brief(short(value)))
        found.append(replace(one, file=files.shown(path), at=at) if path.is_file() else one)
    return found


def _patches(conflict: Conflict) -> str:
    """The values of a conflict of colours with a patch each, where the terminal shows colours: messages cannot."""
    from .rendering import escaped

    sides = (("base", conflict.base), ("files", conflict.local), ("Figma", conflict.remote))
    values = [f"{name} {shown(value)}" for name, value in sides if patch_of(value)]
    return f"{escaped(conflict.path)}: {'  '.join(values)}" if values else ""


def change_line(change: Change) -> str:
    """One change: what, where, from what to what; nothing for groups and files that come or go with their tokens."""
    from .rendering import escaped

    comes = change.kind in ("added", "removed")
    if comes and change.entity in ("group", "set"):
        return ""
    where = escaped(change.place.path or change.place.set)
    where = f"{where} ({escaped(change.place.set)})" if change.place.path else where
    fields = [one for one in change.fields if not comes or one.field in ("$value", "")]
    if "$extensions" in change.place.path.split("."):
        fields = []  # of Figma's own words the place says enough
    details = [f"{one.field}: {_step(one)}" if one.field else _step(one) for one in fields]
    moved = f" (was {escaped(change.before.path)})" if change.before is not None else ""
    return f"  {change.kind} {where}{moved}  {'; '.join(details)}".rstrip() + "\n"


def _step(field: Any) -> str:
    if field.before is ABSENT:
        return shown(field.after)
    return shown(field.before) if field.after is ABSENT else f"{shown(field.before)} -> {shown(field.after)}"


def counted(number: int, noun: str) -> str:
    """``1 change``, ``2 changes``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shown(value: Any) -> str:
    """A value in few words, with a swatch before a colour."""
    if value is ABSENT or value is None:
        return "nothing"
    return described(short(value), most=60)


def short(value: Any) -> Any:
    """A colour of sRGB as its hexadecimal text: what people compare; anything else as it is."""
    if isinstance(value, dict) and value.get("colorSpace") == "srgb" and value.get("alpha", 1) == 1:
        from dss_tokens.color import to_hex

        try:
            return to_hex(value)
        except (KeyError, TypeError, ValueError):
            return value
    return value
