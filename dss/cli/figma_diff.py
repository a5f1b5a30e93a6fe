"""``dss figma diff``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .figma_options import Target, base_url_option, file_argument, folder_option, payload_option, target, tell_wait
from .options import json_option
from .output import conclude, emit_text

if TYPE_CHECKING:
    from dss_tokens.merge import Change


@click.command("diff")
@file_argument
@payload_option
@folder_option
@base_url_option
@json_option
def command(file: str | None, payload: Path | None, output: Path | None, base_url: str | None, as_json: bool) -> None:
    """List what changed in the files and in Figma since the last pull, token by token.

    \b
    Example:
      dss figma diff
    """
    goal = target(file, output, base_url, payload)
    local, remote, has_base = sides(goal, payload)
    document = {
        "pulled": has_base,
        "local": [change.to_json() for change in local],
        "remote": [change.to_json() for change in remote],
    }
    if not as_json:
        for title, changes in (("in the files", local), ("in Figma", remote)):
            emit_text(f"{title}: {len(changes)} changes\n" + "".join(_line(change) for change in changes))
    conclude([], document, as_json=as_json)


def sides(goal: Target, payload: Path | None) -> tuple[tuple[Change, ...], tuple[Change, ...], bool]:
    """What changed since the last pull: in the files, in Figma; and whether there was a pull."""
    from .. import wiring
    from ..service import pulling, sync

    home = sync.home_of(goal.project.root, goal.folder)
    base = sync.read_base(home, goal.folder)
    before: Mapping[str, Any] = base.documents if base is not None else {}
    if payload is not None:
        documents = pulling.payload_documents(payload)
    else:
        assert goal.key is not None
        with wiring.figma_client(goal.project.root, base_url=goal.base_url, on_wait=tell_wait) as client:
            documents = {f"{goal.key}.json": client.local_variables(goal.key)}
    remote = wiring.read_figma(documents, goal.options).files
    local, _ = sync.local_documents(goal.folder, {**before, **remote})
    return sync.changes_between(before, local), sync.changes_between(before, remote), base is not None


def _line(change: Change) -> str:
    from .conflicts import shown
    from .rendering import escaped

    where = escaped(change.place.path or change.place.set)
    details = [f"{one.field}: {shown(one.before)} -> {shown(one.after)}" for one in change.fields]
    moved = f" (was {escaped(change.before.path)})" if change.before is not None else ""
    return f"  {change.kind} {where}{moved}  {escaped('; '.join(details))}\n"
