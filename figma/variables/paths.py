"""Where each variable stands: its token path over all collections, without clashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..options import PullOptions
from ..records import Collection, Variable
from ..values.names import legal_name, numbered, segments

Path = tuple[str, ...]

ROOT = "$root"


@dataclass(slots=True)
class Paths:
    """The paths and what had to be changed to get them."""

    of: dict[str, Path] = field(default_factory=dict)
    """Variable id -> names from the root down, ``$root`` included."""

    grouped: dict[str, str] = field(default_factory=dict)
    """Collection id -> the group its tokens stand in."""

    clashes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Grouped collection id -> the shared path and the other collection's id."""

    renumbered: dict[str, str] = field(default_factory=dict)
    """Variable id -> id of the variable whose path it would have had."""

    rooted: set[str] = field(default_factory=set)
    """Variables that became the ``$root`` of the group of the same name."""


def place(
    members: Mapping[str, list[Variable]],
    collections: Mapping[str, Collection],
    labels: Mapping[str, str],
    options: PullOptions,
) -> Paths:
    """A path for every variable.

    Args:
        members: Collection id -> the variables to write, in editor order.
        collections: Those of the source, by id.
        labels: Collection id -> its name, made unique.
        options: Whether to group by collection.
    """
    paths = Paths()
    own: dict[str, dict[Path, str]] = {}
    for identity, variables in members.items():
        library = collections[identity].library
        head = () if library is None else (legal_name(library),)
        own[identity] = {(*head, *path): variable for path, variable in _within(variables, paths).items()}
    if options.group_by_collection is False:
        _renumber_across(own, paths)
    else:
        _group(own, labels, paths, every=options.group_by_collection is True)
    for identity, found in own.items():
        head = (paths.grouped[identity],) if identity in paths.grouped else ()
        for path, variable in found.items():
            paths.of[variable] = head + path
    _mark_roots(paths)
    return paths


def _within(variables: Iterable[Variable], paths: Paths) -> dict[Path, str]:
    """The paths inside one collection: a variable whose name needed no change keeps its path, others are numbered."""
    found: dict[Path, str] = {}
    late: list[tuple[Path, Variable]] = []
    order: dict[str, Path] = {}
    for variable in variables:
        path = segments(variable.name)
        order[variable.id] = path
        if path in found:
            late.append((path, variable))
        elif "/".join(path) == variable.name:
            found[path] = variable.id
        else:
            late.append((path, variable))
    for path, variable in late:
        free = _free(path, found)
        if free != path:
            paths.renumbered[variable.id] = found[path]
        found[free] = variable.id
        order[variable.id] = free
    if not late:
        return found
    return {path: identity for identity, path in order.items()}


def _free(path: Path, taken: Mapping[Path, object]) -> Path:
    free, number = path, 1
    while free in taken:
        number += 1
        free = (*path[:-1], f"{path[-1]}-{number}")
    return free


def _group(own: Mapping[str, dict[Path, str]], labels: Mapping[str, str], paths: Paths, *, every: bool) -> None:
    """Put collections below groups until no two share a path: a group's own name may clash in turn."""
    chosen = set(own) if every else set()
    while True:
        taken: set[str] = set()
        paths.grouped = {
            identity: numbered(legal_name(labels[identity]), taken) for identity in own if identity in chosen
        }
        owner: dict[Path, str] = {}
        before = len(chosen)
        for identity, found in own.items():
            head = (paths.grouped[identity],) if identity in paths.grouped else ()
            for path in found:
                first = owner.setdefault(head + path, identity)
                if first != identity:
                    chosen |= {first, identity}
                    paths.clashes.setdefault(first, ("/".join(path), identity))
                    paths.clashes.setdefault(identity, ("/".join(path), first))
        if len(chosen) == before:
            return


def _renumber_across(own: dict[str, dict[Path, str]], paths: Paths) -> None:
    """Number the paths that an earlier collection has already."""
    taken: dict[Path, str] = {}
    for identity, found in own.items():
        mine = {path: variable for path, variable in found.items() if path not in taken}
        order = {variable: path for path, variable in found.items()}
        for path, variable in found.items():
            if path in taken:
                free = _free(path, taken | mine)
                paths.renumbered[variable] = taken[path]
                mine[free] = variable
                order[variable] = free
        own[identity] = {path: variable for variable, path in order.items()}
        taken |= mine


def _mark_roots(paths: Paths) -> None:
    """A token that is also a group becomes the group's ``$root``."""
    groups: set[Path] = set()
    for path in paths.of.values():
        while (path := path[:-1]) and path not in groups:
            groups.add(path)
    for variable, path in paths.of.items():
        if path in groups:
            paths.of[variable] = (*path, ROOT)
            paths.rooted.add(variable)
