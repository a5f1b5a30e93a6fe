"""``dss project history``."""

from __future__ import annotations

from typing import Any

import click

from .options import json_option
from .output import emit_json, emit_text
from .tables import table


@click.command("history")
@click.argument("name", required=False)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@json_option
def command(name: str | None, limit: int, as_json: bool) -> None:
    """List the states of the project around the working folder, or the revisions of NAME in the store; newest first.

    A state is recorded by each export, import, merge and revert.
    """
    rows = _revisions(name, limit) if name is not None else _states(limit)
    key = "revisions" if name is not None else "states"
    if as_json:
        emit_json({key: rows, "diagnostics": []})
    elif not rows:
        emit_text("nothing is recorded yet")
    elif name is None:
        emit_text(table(("", "state", "changed", "tokens", "by"), [_state_row(row) for row in rows]))
    else:
        emit_text(table(("revision", "created", "by", "message"), [
            (str(row["number"]), row["created"][:19], row["operation"], row["message"]) for row in rows
        ]))  # fmt: skip


def _state_row(row: dict[str, Any]) -> tuple[str, ...]:
    mark = "*" if row["present"] else ""
    changed = (row["changed"] or "")[:19].replace("T", " ")
    return (f"{mark}{row['number']}", row["snapshot"][7:19], changed, str(row["tokens"]), ", ".join(row["operations"]))


def _states(limit: int) -> list[dict[str, Any]]:
    from .. import wiring
    from ..project import find_project
    from ..service.project_states import open_states, states

    with open_states(find_project(), wiring.reader()) as session:
        return [state.to_json() for state in states(session)[:limit]]


def _revisions(name: str, limit: int) -> list[dict[str, Any]]:
    from ..project import find_project
    from ..service.projects import project_store

    with project_store(find_project().root) as store:
        found = store.history(store.project(name).id, limit=limit)
    return [
        {"number": one.number, "state": one.state, "operation": one.operation, "message": one.message,
         "author": one.author, "created": one.created.isoformat()}
        for one in found
    ]  # fmt: skip
