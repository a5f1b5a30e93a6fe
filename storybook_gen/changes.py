"""What changed between two versions, as texts for the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dss_tokens.diff.records import DEFAULT, Diff, Pair, TokenChange

from .handover import Change, Changes, Json

Text = Callable[[str, Json], str]
"""The CSS text of ``(type, resolved value)``."""


def changes_of(since: str, diff: Diff, text: Text) -> Changes:
    """*diff* with its values as the stylesheet writes them.

    Args:
        since: What the older version is called.
        diff: Of two versions of the tokens.
        text: Writes values.
    """
    changes = tuple(_change(change, text) for change in diff.changes)
    return Changes(since, changes, diff.step, diff.contexts_added, diff.contexts_removed)


def _change(change: TokenChange, text: Text) -> Change:
    before, after = (change.type, change.type) if change.types is None else change.types
    values = tuple(
        (
            "" if context == DEFAULT else context,
            None if pair.before is None else text(before, pair.before),
            None if pair.after is None else text(after, pair.after),
        )
        for context, pair in change.values.items()
    )
    return Change(
        change.kind, change.path, change.type, change.was, values, _pair(change.alias), _pair(change.types),
        _pair(change.deprecated), _pair(change.description), change.reasons,
    )  # fmt: skip


def _pair(pair: Pair | None) -> tuple[Any, Any] | None:
    return None if pair is None else (pair.before, pair.after)
