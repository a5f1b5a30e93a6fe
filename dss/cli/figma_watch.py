"""``dss figma watch``."""

from __future__ import annotations

from pathlib import Path

import click

from .figma_options import Target, base_url_option, file_argument, folder_option, strategy_option, target, tell_wait
from .output import note


@click.command("watch")
@file_argument
@folder_option
@base_url_option
@strategy_option
@click.option(
    "--every", type=click.FloatRange(min=1), default=60.0, show_default=True, help="Seconds between two looks."
)
@click.option("--webhook", type=int, metavar="PORT", help="Receive Figma's webhooks instead of asking.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to receive webhooks on.")
@click.option("--once", is_flag=True, help="Stop after the first look.")
def command(
    file: str | None,
    output: Path | None,
    base_url: str | None,
    strategy: str,
    every: float,
    webhook: int | None,
    host: str,
    once: bool,
) -> None:
    """Pull whenever the file changes, and build what dss.toml configures, until interrupted.

    With --webhook the passcode of the webhook is read from FIGMA_WEBHOOK_PASSCODE.

    \b
    Examples:
      dss figma watch --every 120
      dss figma watch --webhook 9000
    """
    import gc

    gc.enable()
    goal = target(file, output, base_url)
    if webhook is not None:
        _by_webhook(goal, strategy, host, webhook)
        return
    _by_polling(goal, strategy, every, once=once)


def _by_polling(goal: Target, strategy: str, every: float, *, once: bool) -> None:
    import time

    from .. import wiring
    from ..service import figma_file, sync

    assert goal.key is not None
    base = sync.read_base(sync.home_of(goal.project.root, goal.folder), goal.folder)
    known = base.version if base is not None and base.file_key == goal.key else None
    with wiring.figma_client(goal.project.root, base_url=goal.base_url, on_wait=tell_wait) as client:
        if once:
            if figma_file.version_of(client, goal.key).version != known or known is None:
                pull_and_build(goal, strategy)
            return
        note(f"watching {goal.key}, a look every {every:g} s")
        for _ in figma_file.poll(client, goal.key, every, time.sleep, known):
            pull_and_build(goal, strategy)


def _by_webhook(goal: Target, strategy: str, host: str, port: int) -> None:
    from ..environment import setting
    from ..server.figma_webhook import Inbox, serve

    passcode = setting("FIGMA_WEBHOOK_PASSCODE", goal.project.root)
    if not passcode:
        raise click.UsageError("--webhook needs the webhook's passcode in FIGMA_WEBHOOK_PASSCODE")
    assert goal.key is not None
    serve(
        Inbox(passcode, [goal.key]), host, port, lambda: pull_and_build(goal, strategy),
        ready=lambda address: note(f"receiving webhooks at {address}"),
    )  # fmt: skip


def pull_and_build(goal: Target, strategy: str) -> None:
    """One pull and, where dss.toml has platforms, one build. Faults are printed and the watch goes on."""
    from dss_tokens.errors import DssError

    from ..service import sync
    from .conflicts import HINT, shown
    from .figma_pull import planned
    from .output import warn

    try:
        plan = planned(goal, None, strategy, False)
        if plan is None:
            return
        if plan.conflicts:
            from dss_tokens.merge.conflicts import diagnostic

            warn([diagnostic(conflict, HINT, show=shown) for conflict in plan.conflicts])
            note(f"{len(plan.conflicts)} conflicts; nothing was written")
            return
        sync.apply_pull(plan, goal.project.root)
        warn(plan.diagnostics)
        note(f"pulled: {len(plan.changed)} files written")
        _build(goal)
    except DssError as error:
        warn(error.diagnostics)


def _build(goal: Target) -> None:
    from .. import wiring
    from ..service import translating
    from .output import warn

    config = goal.project.config
    if config is None or not config.platform:
        return
    translator = wiring.translator()
    wiring.load_plugins(goal.project)
    root = goal.project.root
    platforms = translating.platforms_for(translator, config, to=(), names=(), prefix=None, references=None, root=root)
    resolve = translating.resolver(wiring.read((), project=goal.project), {}, strict=False)
    made = translating.plan(translator, resolve({}, False), platforms, root, resolve)
    translating.apply(made)
    warn(made.diagnostics)
    note(f"built: {len(made.changed)} files written")
