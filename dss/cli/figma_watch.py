"""``dss figma watch``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .figma_options import base_url_option, extent_options, figma_project, file_argument, folder_option, strategy_option
from .output import note

if TYPE_CHECKING:
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
def command(
    file: str | None, output: Path | None, base_url: str | None, styles: bool | None, components: bool | None,
    strategy: str, every: float, webhook: int | None, host: str, once: bool,
) -> None:  # fmt: skip
    """Pull whenever the file changes, and build what dss.toml configures, until interrupted.

    With --webhook the passcode of the webhook is read from FIGMA_WEBHOOK_PASSCODE.

    \b
    Examples:
      dss figma watch --every 120
      dss figma watch --webhook 9000
    """
    import gc

    gc.enable()
    goal = figma_project(file, output, base_url, styles=styles, components=components)
    if webhook is not None:
        _by_webhook(goal, strategy, host, webhook)
    elif once:
        pull_and_build(goal, strategy)
    else:
        _by_polling(goal, strategy, every)


def _by_polling(goal: FigmaProject, strategy: str, every: float) -> None:
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
                pull_and_build(goal, strategy)


def _by_webhook(goal: FigmaProject, strategy: str, host: str, port: int) -> None:
    from ..environment import setting
    from ..server.figma_webhook import Inbox, serve

    passcode = setting("FIGMA_WEBHOOK_PASSCODE", goal.root)
    if not passcode:
        raise click.UsageError("--webhook needs the webhook's passcode in FIGMA_WEBHOOK_PASSCODE")
    pull_and_build(goal, strategy)  # what happened before anybody listened
    serve(
        Inbox(passcode, [goal.wanted.key, *goal.wanted.libraries]), host, port, lambda: pull_and_build(goal, strategy),
        ready=lambda address: note(f"receiving webhooks at {address}"),
    )  # fmt: skip


def pull_and_build(goal: FigmaProject, strategy: str) -> None:
    """One pull and, where dss.toml has platforms, one build. Faults are printed and the watch goes on."""
    from dss_tokens.errors import DssError
    from dss_tokens.merge import strategies

    from .. import journal
    from .conflicts import conflict_diagnostics
    from .output import warn

    try:
        journal.recover(goal.home)
        plan = goal.plan_pull(strategy=strategies.get(strategy))
        if plan is None:
            note("nothing new")
            return
        warn(plan.diagnostics)
        if plan.conflicts:
            warn(conflict_diagnostics(plan.conflicts, plan.folder))
            note(f"{len(plan.conflicts)} conflicts; nothing was written")
            return
        goal.apply(plan)
        note(f"pulled: {len(plan.contents)} files written, {len(plan.removed)} removed")
        _build()
    except DssError as error:
        warn(error.diagnostics)


def _build() -> None:
    from .. import wiring
    from ..project import find_project
    from ..service import translating
    from ..service.resolving import resolve_all
    from .output import warn

    project = find_project()
    config = project.config
    if config is None or not config.platform:
        return
    translator = wiring.translator()
    platforms = translating.platforms_for(translator, config, to=(), names=(), prefix=None, references=None)
    permutations = resolve_all(wiring.read((), project=project), {})
    made = translating.plan(translator, permutations, platforms, project.root)
    translating.apply(made)
    warn(made.diagnostics)
    note(f"built: {len(made.changed)} files written")
