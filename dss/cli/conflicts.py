"""Conflicts for people: both values, with swatches where they are colours (status 5)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.merge import Conflict
from dss_tokens.merge.conflicts import diagnostic

from .output import emit_json, located, note, swatch, warn

HINT = "decide with --strategy keep_local, keep_remote or keep_newest, or edit one side"


def print_conflicts(
    conflicts: Sequence[Conflict], found: Sequence[Diagnostic], document: dict[str, Any], *, as_json: bool
) -> None:
    """Ends a command whose merge left conflicts: nothing was written."""
    told = [*found, *(diagnostic(conflict, HINT, show=shown) for conflict in conflicts)]
    if as_json:
        emit_json({**document, "diagnostics": [one.to_json() for one in located(told)]})
    else:
        warn(told)
        note(f"{len(conflicts)} conflicts; nothing was written")
    click.get_current_context().exit(5)


def shown(value: Any) -> str:
    """A value in few words, with a swatch before a colour."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, dict) and "colorSpace" in value:
        from dss_tokens.color import to_hex

        try:
            digits = to_hex(value)
        except (KeyError, TypeError, ValueError):
            return text[:60]
        patch = swatch(*(int(digits[at : at + 2], 16) for at in (1, 3, 5)))
        return f"{patch} {digits}".strip()
    return text[:60]
