"""The folder of a Storybook: what we wrote there is updated and removed, everything else is left alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError

from .. import files

MANIFEST = ".dss-storybook.json"
"""In the folder: what we wrote there, so that only that is ever replaced or removed."""


class StoryPlan(NamedTuple):
    """A folder's files, made and not yet written."""

    folder: Path
    files: Mapping[Path, bytes]
    changed: list[Path]
    stale: list[Path]
    """Written by an earlier run and not part of this one."""

    ids: list[str]
    """The stories and pages that Storybook's index will have."""

    diagnostics: list[Diagnostic]
    whole: bool
    """Not only our folder: a complete Storybook that can be built."""


def against_disk(
    folder: Path, made: dict[Path, bytes], ids: list[str], found: list[Diagnostic], *, own: str | None
) -> StoryPlan:
    """What differs from *folder*, what is stale there, and what is in the way.

    Args:
        folder: Where the Storybook stands.
        made: All files, by their paths.
        ids: Of the stories.
        found: Diagnostics so far.
        own: The folder in it that is ours alone; what stands around it is left as people edited it. ``None`` when
            *folder* is.
    """
    ours = written_before(folder)
    names = {path.relative_to(folder).as_posix(): path for path in made}
    found = [*found, *_in_the_way(names, made, ours)]
    record = {name: _digest(made[path]) for name, path in sorted(names.items())}
    around = () if own is None else sorted(name for name in names if name.partition("/")[0] != own)
    for name in around:
        path = names[name]
        if name in ours and path.is_file() and _digest(data := files.read(path)) != ours[name]:
            if data != made[path]:
                found.append(_kept(path, "was edited and is left as it is"))
            made[path] = data
            record[name] = ours[name]  # of what we wrote, so that the edit is seen the next time, too
    stale = []
    for name in sorted(ours.keys() - names.keys()):
        path = files.contained(folder, name)
        if not path.is_file() or path.is_symlink():
            continue
        if _digest(files.read(path)) == ours[name]:
            stale.append(path)
        else:
            found.append(_kept(path, "is not generated any more, but was edited: it is left as it is"))
    if has_errors(found):
        return StoryPlan(folder, {}, [], [], ids, found, own is not None)
    text = json.dumps({"format": 1, "files": record}, indent=1, ensure_ascii=False) + "\n"
    made[folder / MANIFEST] = text.encode()
    return StoryPlan(folder, made, files.differing(made), stale, ids, found, own is not None)


def _in_the_way(names: Mapping[str, Path], made: Mapping[Path, bytes], ours: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Files that would be overwritten and are none of ours."""
    for name, path in sorted(names.items()):
        if name not in ours and path.exists() and not (path.is_file() and files.read(path) == made[path]):
            hint = "choose another folder with -o, or --stories-only to add stories to a Storybook that exists"
            message = f"{files.shown(path)} exists and was not written by dss"
            yield Diagnostic(code="DSS555", message=message, file=files.shown(path), hint=hint)


def _kept(path: Path, why: str) -> Diagnostic:
    return Diagnostic(code="DSS556", severity="info", message=f"{files.shown(path)} {why}", file=files.shown(path))


def written_before(folder: Path) -> dict[str, str]:
    """Path below *folder* -> digest of what an earlier run wrote there.

    Raises:
        InputError: The record is damaged: nothing is removed on a guess.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        record = json.loads(files.read(path))
        if record["format"] != 1:
            raise ValueError("format")
        found = record["files"]
        if not all(isinstance(name, str) and isinstance(digest, str) for name, digest in found.items()):
            raise ValueError("files")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{files.shown(path)} is damaged: what dss wrote here is not known"
        hint = "restore it, or remove the folder and generate again"
        raise InputError(Diagnostic(code="DSS558", message=message, file=files.shown(path), hint=hint)) from error
    return dict(found)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def apply_stories(plan: StoryPlan) -> None:
    """Writes what differs, all or nothing; then removes what is stale, and folders that it leaves empty."""
    files.write({path: plan.files[path] for path in plan.changed})
    for path in plan.stale:
        path.unlink(missing_ok=True)
    for parent in {path.parent for path in plan.stale}:
        with suppress(OSError):
            while parent != plan.folder:
                parent.rmdir()  # fails, as it should, where something is left
                parent = parent.parent


def is_foreign_storybook(folder: Path) -> bool:
    """Whether *folder* holds a Storybook that we did not write."""
    ours = written_before(folder)
    return any(f".storybook/{path.name}" not in ours for path in folder.glob(".storybook/main.*") if path.is_file())
