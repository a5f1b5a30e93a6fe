"""What the commands on archives share: their options, and the limits and keys of the project around them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .options import FILE

if TYPE_CHECKING:
    from ..export_import.encryption import Unlock
    from ..export_import.limits import Limits
    from ..export_import.locations import Location
    from ..export_import.report import Report
    from ..export_import.summaries import ImportSummary, Summary
    from ..export_import.trust import Trust
    from ..project import Project

Command = TypeVar("Command", bound=Callable[..., Any])

REFUSED = 4
"""The status of an archive that was refused (contract, section 2)."""


class LocationType(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases
    """A file, or an object in the cloud."""

    name = "location"

    def __init__(self, files: click.Path) -> None:
        """Args:
        files: What a path must be.
        """
        self._files = files

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Location:
        """See :func:`.locations.location`."""
        if not isinstance(value, str) or "://" not in value:
            return self._path(value, param, ctx)
        from ..export_import.locations import location

        found = location(value)
        return self._path(str(found), param, ctx) if isinstance(found, Path) else found

    def _path(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        return Path(os.fsdecode(self._files.convert(value, param, ctx)))


LOCATION = LocationType(FILE)

archive_argument = click.argument("archive", type=LOCATION, metavar="FILE.dss")


def limit_option(command: Command) -> Command:
    """``--limit NAME=N`` as ``limits: dict[str, int]``."""
    help = "Change a limit, e.g. tokens=2000000; repeatable. 'dss explain DSS640' names where they are set for good."
    return click.option(
        "--limit", "limits", multiple=True, metavar="NAME=N", callback=_limits, help=help
    )(command)  # fmt: skip


def _limits(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for value in values:
        name, _, number = value.partition("=")
        if not name or not number.replace("_", "").isdigit():
            raise click.BadParameter(f"'{value}' is not NAME=N", ctx=context, param=parameter)
        found[name] = int(number)
    return found


def trust_option(command: Command) -> Command:
    """``--trust KEY`` as ``trust``, ``--require-signature`` as ``required``."""
    command = click.option(
        "--require-signature", "required", is_flag=True, help="Refuse what no trusted key signed."
    )(command)  # fmt: skip
    help = "A public key, or a file of one, whose signature counts; repeatable."
    return click.option("--trust", multiple=True, metavar="KEY", help=help)(command)


def identity_option(command: Command) -> Command:
    """``--identity F`` as ``identities``, ``--passphrase`` as ``ask``."""
    command = click.option("--passphrase", "ask", is_flag=True, help="Ask for the passphrase of an encrypted archive.")(
        command
    )
    help = "A file of age identities that opens an encrypted archive; repeatable."
    return click.option("--identity", "identities", multiple=True, type=FILE, metavar="FILE", help=help)(command)


def limits_of(project: Project, changes: dict[str, int]) -> Limits:
    """The limits of *project* with those of the command line.

    Raises:
        InputError: ``DSS646``.
    """
    from ..export_import.limits import DEFAULTS

    config = project.config
    found = DEFAULTS if config is None else DEFAULTS.changed(config.limits)
    return found.changed(changes)


def trust_of(project: Project, keys: tuple[str, ...], *, required: bool) -> Trust:
    """The keys of *project* and of the command line.

    Raises:
        InputError: ``DSS656``.
    """
    from ..export_import.trust import PUBLIC_MARK, trusted

    config = project.config
    pinned = config.archives.trusted_keys if config is not None else ()
    texts = [key if key.startswith(PUBLIC_MARK) else str(project.root / key) for key in pinned]
    return trusted([*texts, *keys], required=required or (config is not None and config.archives.require_signature))


def unlock_of(identities: tuple[Path, ...], *, ask: bool) -> Unlock:
    """What opens an encrypted archive; asks at the terminal, so that no secret stands in a command line."""
    from ..export_import.encryption import Unlock

    passphrase = click.prompt("Passphrase", hide_input=True, err=True) if ask else None
    return Unlock(identities, passphrase)


def show(check: Callable[[], Report], archive: Location, *, as_json: bool, text: Callable[[Report], str]) -> None:
    """Print what *check* of *archive* finds, and leave with status 4 where it is refused."""
    from dss_tokens.errors import DssError

    from ..export_import.report import Report
    from .output import emit_json, emit_text, warn

    status = REFUSED
    try:
        report = check()
    except DssError as error:  # it cannot be opened, a key file is none, …
        report, status = Report(file=str(archive), diagnostics=tuple(error.diagnostics)), error.exit_status
    if as_json:
        emit_json(report.to_json())
    else:
        warn(report.diagnostics)
        if report.ok:
            emit_text(text(report))
    if not report.ok:
        click.get_current_context().exit(status)


def skew_option(command: Command) -> Command:
    """``--accept-skew`` as ``accept_skew: bool``."""
    help = "Take stamps from more than a day in the future."
    return click.option("--accept-skew", is_flag=True, help=help)(command)


def finish(done: Summary, *, as_json: bool) -> None:
    """Print what went wrong or the one document of ``--json``, and leave with the status of *done*."""
    from .output import emit_json, warn

    if as_json:
        emit_json(done.to_json())
    else:
        warn(done.diagnostics)
    if not (done.success or _has_merged(done)) or (as_json and done.exit_status):
        click.get_current_context().exit(done.exit_status or 1)


def _has_merged(done: Summary) -> bool:
    """Whether what is clear was merged although conflicts are left."""
    plan = getattr(done, "plan", None)
    return plan is not None and plan.is_partial


def show_plan(done: ImportSummary, *, markdown: bool) -> None:
    """Print what an import or a merge did or would do."""
    from .output import emit_text, note
    from .rendering import escaped

    if done.unchanged:
        note("nothing to do: the project holds all of it already")
    elif done.plan is not None:
        text = done.plan.to_text(markdown=markdown)
        emit_text("\n".join(map(escaped, text.split("\n"))))
        if done.dry_run:
            note("nothing was changed (--dry-run)")
        elif left := len(done.plan.open_conflicts):
            note(f"{left:,} {'conflict is' if left == 1 else 'conflicts are'} left to decide; all else was merged")
    if done.exit_status:
        click.get_current_context().exit(done.exit_status)


def summary(report: Report) -> str:
    """One line on what was found; "intact" and "signed by" are two statements."""
    if report.content is None:
        return f"{report.file}: a sound ZIP of {report.members:,} members, {report.inflated_size:,} bytes inflated"
    counts = report.content.manifest.counts
    who = report.signed_by.sentence() if report.signed_by is not None else ""
    return (
        f"{report.file}: intact; {who}\n"
        f"{counts.tokens:,} tokens in {len(report.content.sets):,} sets, {counts.components:,} components, "
        f"{counts.themes:,} themes, {counts.assets:,} assets"
    )
