"""``dss merge-driver``: what Git calls to merge a token file."""

from __future__ import annotations

from pathlib import Path

import click

from .output import note

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("merge-driver")
@click.argument("base", type=FILE, required=False)
@click.argument("ours", type=FILE, required=False)
@click.argument("theirs", type=FILE, required=False)
@click.option("--path", metavar="PATH", help="What the file is called in the repository (%P).")
@click.option(
    "--marker-size", type=click.IntRange(1, 100), default=7, show_default=True, help="Of conflict marks (%L)."
)
@click.option(
    "-s", "--strategy", default="manual", show_default=True, help="Decides conflicts instead of marking them."
)
@click.option("--install", is_flag=True, help="Set this repository up; needs no files.")
def command(
    base: Path | None, ours: Path | None, theirs: Path | None, path: str | None, marker_size: int, strategy: str,
    install: bool,
) -> None:  # fmt: skip
    """Merge a token file by meaning when Git merges, rebases or cherry-picks. Git runs this; people run --install.

    The result is written over OURS. Where both sides changed one thing, the file holds both between conflict marks and
    the status is 5. A file that is no JSON or YAML on some side is merged line by line, as Git does.

    \b
    Example:
      dss merge-driver --install
    """
    from ..service import git_driver

    if install:
        for line in git_driver.install(Path()):
            note(line)
        return
    if base is None or ours is None or theirs is None:
        raise click.UsageError("Git hands over three files; --install sets it up to")
    from .merge import decider

    decider(strategy)
    left = git_driver.merge_file(base, ours, theirs, path=path or str(ours), marker_size=marker_size, strategy=strategy)
    if left:
        note(f"{path or ours}: {left} {'conflict is' if left == 1 else 'conflicts are'} marked in the file")
        click.get_current_context().exit(5)
