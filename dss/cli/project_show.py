"""``dss project show``."""

from __future__ import annotations

from typing import Any

import click

from .options import json_option
from .output import emit_json, emit_text


@click.command("show")
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """Show a project: the one around the working folder, or NAME of the store."""
    document = _stored(name) if name is not None else _here()
    if as_json:
        emit_json({**document, "diagnostics": []})
    else:
        from .rendering import escaped

        width = max(map(len, document)) + 1
        lines = (f"{key + ':':<{width}} {'-' if value is None else value}" for key, value in document.items())
        emit_text("\n".join(map(escaped, lines)))


def _stored(name: str) -> dict[str, Any]:
    from ..project import find_project
    from ..service.projects import project_store

    with project_store(find_project().root) as store:
        known = store.project(name)
        content = store.content(known.id)
    return {
        "name": known.name, "id": known.id, "root": known.root, "revision": known.revision,
        "sets": len(content.sets), "themes": len(content.themes), "components": len(content.components),
        "created": known.created.isoformat(), "updated": known.updated.isoformat(),
    }  # fmt: skip


def _here() -> dict[str, Any]:
    from .. import wiring
    from ..project import find_project
    from ..service.project_states import open_states, states
    from ..service.resolving import resolve

    project = find_project()
    reading = wiring.read((), project=project)
    resolved = resolve(reading, {})
    with open_states(project, wiring.reader()) as session:
        known = states(session)
        found = {"name": session.name, "id": session.known_id}
    present = next((state for state in known if state.is_present), None)
    return {
        **found,
        "root": project.root.resolve().as_posix(),
        "files": len(reading.files),
        "tokens": len(resolved.base.tokens),
        "state": present.snapshot if present else None,
        "number": present.number if present else None,
        "states": len(known),
    }
