"""``dss merge``: an archive into the project (:mod:`.archive_merge`), or plain token files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .archive import LOCATION, identity_option, limit_option, skew_option, trust_option
from .options import dry_run_option, json_option, renames_option
from .output import conclude, emit_json, emit_text, note

if TYPE_CHECKING:
    from dss_tokens.diagnostics import Diagnostic
    from dss_tokens.merge import Change, Conflict

    from ..export_import.locations import Location
    from ..service.merging import PlainMerge, PlainSide

EXISTING = click.Path(exists=True, path_type=Path)


@click.command("merge")
@click.argument("archive", type=LOCATION, required=False, metavar="[FILE.dss]")
@click.option("--base", type=EXISTING, metavar="B", help="The common ancestor: a file or folder; without: two-way.")
@click.option("--ours", type=EXISTING, metavar="O", help="The local side.")
@click.option("--theirs", type=EXISTING, metavar="T", help="The other side.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT",
              help="Where the result goes; - prints a file.  [default: ours]")  # fmt: skip
@click.option("-s", "--strategy", default="manual", show_default=True, metavar="NAME",
              help="Decides conflicts: keep_local, keep_remote, keep_newest, manual.")  # fmt: skip
@click.option("-i", "--interactive", is_flag=True, help="Ask about each conflict.")
@click.option("--decisions", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="Conflicts as --json lists them, with 'choose' filled in.")  # fmt: skip
@click.option("--partial", is_flag=True, help="Write what is clear, ours where a conflict is open (status 5).")
@renames_option
@click.option("--composite-fields", is_flag=True, help="Merge composite values part by part.")
@click.option("--as-new", is_flag=True, help="Take the archive of another project.")
@skew_option
@trust_option
@identity_option
@limit_option
@dry_run_option
@json_option
def command(
    archive: Location | None, base: Path | None, ours: Path | None, theirs: Path | None, output: Path | None,
    strategy: str, interactive: bool, decisions: Path | None, partial: bool, no_renames: bool, composite_fields: bool,
    dry_run: bool, as_json: bool, **of_archives: Any,
) -> None:  # fmt: skip
    """Merge an archive into the project, or plain token files three ways: two files, or two folders.

    What both sides changed differently is a conflict; with one left open nothing is written (status 5).

    \b
    Examples:
      dss merge updates.dss --strategy keep_local
      dss merge --base base.json --ours ours.json --theirs theirs.json -o merged.json
    """
    if archive is not None:
        if base or ours or theirs or output:
            raise click.UsageError("an archive goes into the project; --base, --ours and so on are for plain files")
        from .archive_merge import merge_archive

        strategy_of = decider(strategy, interactive=interactive)
        merge_archive(
            archive, strategy=strategy_of if interactive else strategy, resolutions=_resolutions(decisions),
            partial=partial, guess_renames=not no_renames, dry_run=dry_run, as_json=as_json, **of_archives,
        )  # fmt: skip
        return
    if ours is None or theirs is None:
        raise click.UsageError("name an archive, or two sides with --ours and --theirs")
    from ..service import merging

    if len({path.is_dir() for path in (base, ours, theirs) if path is not None}) > 1:
        raise click.UsageError("base, ours and theirs are either all files or all folders")
    if output == Path("-") and ours.is_dir():
        raise click.UsageError("folders cannot be printed; name a folder with -o")
    strategy_of = decider(strategy, interactive=interactive)
    sides = _read(base, ours, theirs)
    result = merging.merge_plain_files(
        *sides, strategy=strategy_of, resolutions=_resolutions(decisions), guess_renames=not no_renames,
        composite_fields=composite_fields,
    )  # fmt: skip
    broken = [] if result.merged.open else merging.broken_by_merge(result.merged, sides[1], sides[2])
    writes = not dry_run and not broken and (partial or not result.merged.open)
    written = _write(result, ours, output) if writes else []
    _report(result, sides[1], broken, written, as_json=as_json, dry_run=dry_run, printed=output == Path("-"))


def _read(base: Path | None, ours: Path, theirs: Path) -> tuple[PlainSide | None, PlainSide, PlainSide]:
    from .. import files
    from ..service import merging
    from ..service.reading import Reader

    reader = Reader()
    if ours.is_dir():
        return (
            None if base is None else merging.read_folder(base, reader),
            merging.read_folder(ours, reader),
            merging.read_folder(theirs, reader),
        )
    name = files.shown(ours)
    return (
        None if base is None else merging.read_file(base, name, reader, may_be_empty=True),
        merging.read_file(ours, name, reader),
        merging.read_file(theirs, name, reader),
    )


def decider(strategy: str, *, interactive: bool = False) -> Any:
    """The strategy of that name, or one that asks at the terminal.

    Raises:
        click.UsageError: There is none of that name, or no terminal.
    """
    from dss_tokens.registry import UnknownNameError

    from .. import wiring

    if interactive:
        import sys

        if not sys.stdin.isatty():
            raise click.UsageError("--interactive needs a terminal; use --strategy or --decisions")
        from .deciding import Interview

        return Interview()
    try:
        return wiring.offered("dss.merge_strategies").get(strategy)
    except UnknownNameError as error:
        found = error.diagnostics[0]
        raise click.BadParameter(f"{found.message}; {found.hint}", param_hint="'--strategy'") from error


def _resolutions(decisions: Path | None) -> Any:
    if decisions is None:
        return None
    from dss_tokens.errors import InputError
    from dss_tokens.merge import read_resolutions

    from .. import files
    from ..service.reading import Reader

    read = Reader().decode_bytes(files.read(decisions), ".json", files.shown(decisions))
    if read.value is None:
        raise InputError(*read.diagnostics)
    return read_resolutions(read.value)


def _write(result: PlainMerge, ours: Path, output: Path | None) -> list[str]:
    """Writes the result; gives the files that changed."""
    from .. import files

    if output == Path("-"):
        emit_text("".join(data.decode() for data in result.contents.values()))
        return []
    target = output or ours
    if ours.is_file():
        contents = dict(zip([target], result.contents.values(), strict=False))
        removed = [] if contents else [target]
    else:
        contents = {files.contained(target, name): data for name, data in result.contents.items()}
        removed = [files.contained(target, name) for name in result.removed]
        target.mkdir(parents=True, exist_ok=True)
    written = files.write(contents)
    for path in removed:
        path.unlink(missing_ok=True)
    return [files.shown(path) for path in written]


def _report(
    result: PlainMerge, ours: PlainSide, broken: list[Diagnostic], written: list[str],
    *, as_json: bool, dry_run: bool, printed: bool,
) -> None:  # fmt: skip
    merged = result.merged
    left = conflict_diagnostics(merged.open, ours)
    told = [*result.diagnostics, *warnings(merged.conflicts), *left, *broken]
    document = {
        "merged": not left and not broken,
        "files": written,
        "changes": [change.to_json() for change in merged.changes],
        "conflicts": [conflict.to_json() for conflict in merged.conflicts],
    }
    if left or broken:
        _fail(told, document, as_json=as_json)
        _note_open(len(left), written)
        click.get_current_context().exit(5)
    if not as_json and not printed:
        emit_text(listing(merged.changes) if dry_run else summary(merged.changes, merged.conflicts))
    if not (as_json and printed):
        conclude(told, document, as_json=as_json)


def _fail(told: list[Diagnostic], document: dict[str, Any], *, as_json: bool) -> None:
    from .output import located, warn

    if as_json:
        emit_json({**document, "diagnostics": [found.to_json() for found in located(told)]})
    else:
        warn(told)


def _note_open(count: int, written: list[str]) -> None:
    if count:
        plural = "conflict is" if count == 1 else "conflicts are"
        what = f"wrote {len(written)} files with our side there" if written else "nothing was written"
        note(f"{count} {plural} left to decide; {what}")


HINT = "decide with --strategy, --interactive or --decisions"


def conflict_diagnostics(conflicts: Iterable[Conflict], ours: PlainSide) -> list[Diagnostic]:
    """Open conflicts with the places of our files."""
    from dataclasses import replace

    from dss_tokens.merge.conflicts import diagnostic

    from ..service.merging import conflict_places
    from .swatches import brief

    return [
        replace(diagnostic(conflict, HINT, show=brief), file=file, at=place)
        for conflict, file, place in conflict_places(tuple(conflicts), ours)
    ]


def warnings(conflicts: Iterable[Conflict]) -> list[Diagnostic]:
    """What strategies had to say about their choices, each once."""
    from dss_tokens.diagnostics import Diagnostic

    texts = dict.fromkeys(c.answer.warning for c in conflicts if c.answer and c.answer.warning)
    return [Diagnostic(code="DSS698", severity="warning", message=text) for text in texts if text]


def summary(changes: tuple[Change, ...], conflicts: tuple[Conflict, ...]) -> str:
    """What changed on the local side, in one line."""
    counts = {kind: sum(change.kind == kind for change in changes) for kind in _MARKS}
    parts = [f"{count} {kind}" for kind, count in counts.items() if count] or ["nothing changed"]
    decided = f"; {len(conflicts)} conflicts decided" if conflicts else ""
    return ", ".join(parts) + decided


_MARKS = {"added": "+", "changed": "~", "moved": ">", "removed": "-"}


def listing(changes: tuple[Change, ...]) -> str:
    """Each change on a line."""
    from .rendering import escaped

    lines = []
    for change in changes:
        where = change.place.path or change.place.set
        origin = f"  (was {change.before.path or change.before.set})" if change.before else ""
        fields = f"  {', '.join(field.field for field in change.fields)}" if change.kind in ("changed", "moved") else ""
        lines.append(escaped(f"{_MARKS[change.kind]} {where}{origin}{fields}"))
    return "\n".join(lines) or "nothing changes"
