"""``dss mv``: a token or group under another path, everywhere: its files, all references, its identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.merge.forms import form_of
from dss_tokens.model import ROOT, is_resolver
from dss_tokens.naming_rules import name_fault
from dss_tokens.renaming import Obstacle, Renaming, edited_resolver, find, move

from .. import files
from ..editing import comments_lost, rewritten
from ..export_import.identity_lock import NAME, IdentityLock, Seat, SeatIds, moved, read_lock
from ..export_import.project_files import SourceFile, read_files
from ..project import Project
from .reading import Reader

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlan:
    """What a move changes; nothing is written yet."""

    contents: Mapping[Path, bytes]
    """Files that change, with their new content."""

    sets: tuple[str, ...]
    """The sets that held it."""

    is_group: bool
    tokens: int
    """How many tokens stand elsewhere, counted in every set."""

    references: int
    diagnostics: list[Diagnostic]


@dataclass(slots=True)
class _File:
    source: SourceFile
    data: bytes
    document: Json
    changed: Json


def plan_move(project: Project, old: str, new: str, *, project_id: str | None, reader: Reader) -> MovePlan:
    """What it takes to call *old* *new* in every set of *project*.

    Args:
        project: Its files are read.
        old: The path of a token or group, names joined with ``.``.
        new: Its new path.
        project_id: The project's id; without one identities follow from places, and nothing need be remembered.
        reader: Decodes the files.

    Raises:
        InputError: There is nothing at *old*, *new* is taken or no legal path, or a file cannot be read.
    """
    _check_path(new)
    found = list(_read(project, reader))
    holders = [file for file in found if _holds(file.document, old)]
    if not holders:
        raise InputError(_nothing(old, found))
    counts = _move(holders, old, new)
    renaming = Renaming(old, new)
    for file in found:
        file.changed = renaming.resolver(file.changed) if file.source.is_theme else renaming.document(file.changed)
    told: list[Diagnostic] = []
    contents = dict(_contents(found, told))
    lock = _lock(project, holders, old, new, project_id)
    if lock is not None:
        contents[project.root / NAME] = lock
    return MovePlan(
        contents=contents, sets=tuple(file.source.name for file in holders), is_group=counts[0], tokens=counts[1],
        references=renaming.count, diagnostics=told,
    )  # fmt: skip


def _check_path(path: str) -> None:
    for name in path.split("."):
        fault = name_fault(name)
        if fault is not None and name != ROOT:
            raise InputError(Diagnostic(code="DSS210", rule=fault[0], message=fault[1], path=path))


def _read(project: Project, reader: Reader) -> Iterator[_File]:
    faults: list[Diagnostic] = []
    for source in read_files(project, reader):
        data = files.read(source.path)
        read = reader.decode_bytes(data, source.path.suffix.lower(), files.shown(source.path))
        errors = [one for one in read.diagnostics if one.severity == "error"]
        faults += errors
        if not errors and isinstance(read.value, dict):
            yield _File(source, data, read.value, read.value)
    if faults:
        raise InputError(*faults)


def _holds(document: Json, path: str) -> bool:
    return any(find(inner, path) is not None for inner in _documents(document))


def _documents(document: Json) -> Iterator[Json]:
    """A token document, or the inline ones of a resolver document."""
    if not is_resolver(document):
        yield document
        return
    found: list[Json] = []

    def take(inner: Json) -> Json:
        found.append(inner)
        return inner

    edited_resolver(document, take)
    yield from found


def _move(holders: Iterable[_File], old: str, new: str) -> tuple[bool, int]:
    """Moves it in every file that has it; whether it is a group, and how many tokens moved."""
    tokens = 0
    groups = []
    obstacles: list[Diagnostic] = []

    def moved_in(file: str, document: Json) -> Json:
        nonlocal tokens
        if find(document, old) is None:
            return document
        done = move(document, old, new)
        if isinstance(done, Obstacle):
            message = f"{old} cannot be called {new}: {done.message}"
            obstacles.append(Diagnostic(code="DSS508", message=message, path=done.at, file=file))
            return document
        tokens += done.tokens
        groups.append(done.is_group)
        return done.document

    for file in holders:
        shown = files.shown(file.source.path)
        if file.source.is_theme:
            file.changed = edited_resolver(file.document, partial(moved_in, shown))
        else:
            file.changed = moved_in(shown, file.document)
    if obstacles:
        raise InputError(*obstacles)
    return any(groups), tokens


def _contents(found: Iterable[_File], told: list[Diagnostic]) -> Iterator[tuple[Path, bytes]]:
    for file in found:
        if file.changed is file.document:
            continue
        suffix = file.source.path.suffix
        if (lost := comments_lost(file.data, suffix, files.shown(file.source.path))) is not None:
            told.append(lost)
        yield file.source.path, rewritten(file.data, suffix, file.document, file.changed)


def _nothing(path: str, found: Iterable[_File]) -> Diagnostic:
    from difflib import get_close_matches

    known = [known for file in found for inner in _documents(file.document) for known in _paths(inner)]
    close = get_close_matches(path, dict.fromkeys(known), 1, 0.6)
    hint = f"did you mean {close[0]}?" if close else None
    return Diagnostic(code="DSS509", message=f"there is no token or group {path}", path=path, hint=hint)


def _paths(document: Json, prefix: str = "") -> Iterator[str]:
    form = form_of(document) if not prefix else None
    for name, child in document.items():
        if type(child) is dict and (name[:1] != "$" or name == ROOT):
            yield prefix + name
            if form is None or not form.is_token(child, name):
                yield from _paths(child, f"{prefix}{name}.")


# --- identity -------------------------------------------------------------------------------------------------------


def _lock(project: Project, holders: Iterable[_File], old: str, new: str, project_id: str | None) -> bytes | None:
    """The new ``dss.lock``; ``None`` where it stays."""
    if project_id is None:
        return None
    path = project.root / NAME
    text = files.read(path).decode("utf-8", "replace") if path.is_file() else ""
    lock = read_lock(text, file=files.shown(path))
    seats = dict(lock.seats)
    for file in holders:
        if file.source.is_theme:
            continue  # inline sources have no set of their own
        before = list(_seats(file.document, file.source.name, old))
        ids = SeatIds(project_id, file.source.name, lock, set())
        known = [(seat, ids(seat.kind, seat.path, node), node) for seat, node in before]
        after = [(seat._replace(path=new + seat.path[len(old) :]), id, node) for seat, id, node in known]
        for seat, _, _ in known:
            seats.pop(seat, None)
        seats |= moved(after, project_id).seats
    changed = IdentityLock(seats).to_text()
    return changed.encode() if changed != text else None


def _seats(document: Json, set_name: str, path: str) -> Iterator[tuple[Seat, Json]]:
    """What moves, groups before what is in them."""
    form = form_of(document)
    waiting = [(path, find(document, path))]
    while waiting:
        here, node = waiting.pop()
        assert node is not None
        if form.is_token(node, here.rpartition(".")[2]):
            yield Seat("token", set_name, here), node
            continue
        yield Seat("group", set_name, here), None
        waiting += [
            (f"{here}.{name}", child)
            for name, child in node.items()
            if type(child) is dict and (name[:1] != "$" or name == ROOT)
        ]


def known_project_id(project: Project) -> str | None:
    """The project's id: that of ``dss.toml``, else the one its store has; ``None`` before the first exchange."""
    config = project.config
    if config is not None and config.project.id is not None:
        return config.project.id
    from ..export_import.session import store_path

    if not store_path(project.root, None).exists():
        return None
    from .. import wiring
    from ..export_import.locking import DatabaseLockingStrategy
    from ..export_import.session import open_session

    with open_session(project, wiring.reader(), DatabaseLockingStrategy()) as session:
        return session.known_id
