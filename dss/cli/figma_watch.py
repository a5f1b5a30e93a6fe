"""``dss figma watch``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .figma_options import base_url_option, extent_options, figma_project, file_argument, folder_option, strategy_option
from .options import json_option
from .output import emit_json, note

if TYPE_CHECKING:
    from dss_tokens.diagnostics import Diagnostic

    from ..service.figma_project import FigmaProject


@click.command("watch")
@file_argument
@folder_option
@base_url_option
@extent_options
@strategy_option
@click.option(
    "--every", type=click.FloatRange(min=1), default=60.0, show_default=True, help="Seconds between two looks."
)
@click.option("--webhook", type=int, metavar="PORT", help="Receive Figma's webhooks instead of asking.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to receive webhooks on.")
@click.option("--once", is_flag=True, help="Stop after the first look.")
@json_option
def command(
    file: str | None, output: Path | None, base_url: str | None, styles: bool | None, components: bool | None,
    strategy: str, every: float, webhook: int | None, host: str, once: bool, as_json: bool,
) -> None:  # fmt: skip
    """Pull whenever the file changes, and build what dss.toml configures, until interrupted.

    With --webhook the passcode of the webhook is read from FIGMA_WEBHOOK_PASSCODE. With --json the pulls are printed
    at the end.

    \b
    Examples:
      dss figma watch --every 120
      dss figma watch --webhook 9000
    """
    import gc

    gc.enable()
    goal = figma_project(file, output, base_url, styles=styles, components=components)
    pulls: list[dict[str, Any]] = []

    def pull() -> None:
        pulls.append(pull_and_build(goal, strategy))

    try:
        if webhook is not None:
            _by_webhook(goal, pull, host, webhook)
        elif once:
            pull()
        else:
            _by_polling(goal, pull, every)
    finally:
        if as_json:
            found = [one for pull in pulls for one in pull.pop("diagnostics")]
            emit_json({"pulls": pulls, "diagnostics": found})


def _by_polling(goal: FigmaProject, pull: Callable[[], None], every: float) -> None:
    import time

    from ..service import figma_file
    from .output import warn

    base = goal.base
    known = base.versions if base is not None and base.made_by == goal.made_by else {}
    note(f"watching {goal.wanted.key}, a look every {every:g} s")
    with goal.connect() as client:
        for look in figma_file.looks(client, goal.wanted, every, time.sleep, known):
            if look.fault is not None:
                warn(look.fault.diagnostics)
                note("no answer this time; the watch goes on, more slowly")
            else:
                pull()


def _by_webhook(goal: FigmaProject, pull: Callable[[], None], host: str, port: int) -> None:
    from ..environment import setting
    from ..server.figma_webhook import Inbox, serve

    passcode = setting("FIGMA_WEBHOOK_PASSCODE", goal.root)
    if not passcode:
        raise click.UsageError("--webhook needs the webhook's passcode in FIGMA_WEBHOOK_PASSCODE")
    pull()  # what happened before anybody listened
    inbox = Inbox(passcode, [goal.wanted.key, *goal.wanted.libraries])
    serve(inbox, host, port, pull, ready=lambda address: note(f"receiving webhooks at {address}"))


WRITTEN_MEANWHILE = "DSS481"
TRIES = 3
"""Of a pull during which somebody saves a token file."""


def pull_and_build(goal: FigmaProject, strategy: str) -> dict[str, Any]:
    """One pull and, where dss.toml has platforms, one build; gives what happened as plain data.

    Faults are printed and the watch goes on.
    """
    from dss_tokens.errors import DssError

    from .output import located, warn

    happened: dict[str, Any] = {"files": [], "conflicts": [], "built": []}
    told: list[Diagnostic] = []
    for left in reversed(range(TRIES)):
        try:
            _pull(goal, strategy, happened, told)
        except DssError as error:
            if error.code == WRITTEN_MEANWHILE and left:
                told.clear()
                continue
            told += error.diagnostics
        break
    warn(told)
    return {**happened, "diagnostics": [found.to_json() for found in located(told)]}


def _pull(goal: FigmaProject, strategy: str, happened: dict[str, Any], told: list[Diagnostic]) -> None:
    from dss_tokens.merge import strategies

    from .. import files, journal
    from .conflicts import conflict_diagnostics, counted

    journal.recover(goal.home)
    plan = goal.plan_pull(strategy=strategies.get(strategy))
    if plan is None:
        note("nothing new")
        return
    told += plan.diagnostics
    if plan.conflicts:
        told += conflict_diagnostics(plan.conflicts, plan.folder)
        happened["conflicts"] = [conflict.to_json() for conflict in plan.conflicts]
        note(f"{counted(len(plan.conflicts), 'conflict')}; nothing was written")
        return
    goal.apply(plan)
    happened["files"] = [files.shown(path) for path in (*plan.contents, *plan.removed)]
    note(f"pulled: {len(plan.contents)} files written, {len(plan.removed)} removed")
    built = _build(told)
    happened["built"] = [files.shown(path) for path in built]


def _build(told: list[Diagnostic]) -> list[Path]:
    """Builds what dss.toml configures; gives the files that changed."""
    from .. import wiring
    from ..project import find_project
    from ..service import translating

    project = find_project()
    config = project.config
    if config is None or not config.platform:
        return []
    translator = wiring.translator()
    platforms = translating.platforms_for(
        translator, config, to=(), names=(), prefix=None, references=None, root=project.root
    )
    resolve = translating.resolver(wiring.read((), project=project), {}, strict=False)
    made = translating.plan(translator, platforms, project.root, resolve)
    made.apply()
    told += made.diagnostics
    note(f"built: {len(made.changed)} files written")
    return list(made.changed)
