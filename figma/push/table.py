"""Token files as Figma sees them: a row per variable, a cell per mode.

Which file is which mode stands in the resolver document; which variable a token is stands in its extension.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import FigmaSourceError
from ..variables.layout import RESOLVER
from ..variables.tokens import VENDOR

Json = dict[str, Any]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A token in one mode."""

    token: Json
    type: str | None
    """Own ``$type``, or that of the nearest group; ``None``: that of what it refers to."""

    file: str

    @property
    def value(self) -> Any:
        """``$value``; a token-level pointer as a value-level one."""
        return self.token["$value"] if "$value" in self.token else {"$ref": self.token["$ref"]}

    @property
    def origin(self) -> Json:
        """``$extensions["com.figma"]``."""
        return origin_of(self.token)


@dataclass(slots=True)
class Row:
    """One variable, existing or to be made."""

    path: Path
    collection: str
    """The id of its collection, or of the place that a new one takes."""

    cells: dict[str, Cell] = field(default_factory=dict)
    """Mode id -> token."""


@dataclass(slots=True)
class Space:
    """A collection as the files have it."""

    id: str
    name: str
    modes: dict[str, str]
    """Mode id -> name, in the order of the contexts."""

    default: str
    is_new: bool = False
    parent: str | None = None
    group: str | None = None
    """The group that all its tokens stand in, when the pull put them there."""


@dataclass(slots=True)
class Table:
    """All of it."""

    rows: dict[str, Row] = field(default_factory=dict)
    """Variable id, or ``new:…`` -> row."""

    spaces: dict[str, Space] = field(default_factory=dict)
    at: dict[Path, str] = field(default_factory=dict)
    """Token path -> key in :attr:`rows`."""

    foreign: dict[Path, str] = field(default_factory=dict)
    """Token path -> key of the variable of another library that it stands for."""

    strays: list[Cell] = field(default_factory=list)
    """Tokens that claim a variable that the file does not have."""


Known = Callable[[Json, str], str | None]
"""The id of the variable that an extension means, given also the name of its collection; ``None``: none there."""


def origin_of(token: Json) -> Json:
    """``$extensions["com.figma"]`` of *token*, empty where there is none."""
    extensions = token.get("$extensions")
    found = extensions.get(VENDOR) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def read_table(files: Mapping[str, Any], known: Known, like: Table | None = None) -> Table:
    """The table of a token folder.

    Args:
        files: Relative POSIX path -> decoded document, with ``tokens.resolver.json``.
        known: Recognises variables.
        like: What Figma has: tokens and sets without marks of Figma are recognised by collection and path.

    Raises:
        FigmaSourceError: There is no resolver document.
    """
    document = files.get(RESOLVER)
    if not isinstance(document, dict):
        raise FigmaSourceError(
            f"there is no {RESOLVER}: nothing says which file is which mode",
            code="DSS450",
            hint="pull first, or write a resolver document with a set or modifier for each collection",
        )
    table = Table()
    claimed: set[str] = set()
    units = list(_units(document))
    for unit in sorted(units, key=lambda unit: unit.is_overlay):
        _read_unit(unit, files, known, table, claimed, like or Table())
    return table


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    contexts: dict[str, list[str]]
    """Context -> files; one context, without a name, for a set."""

    default: str
    origins: list[Json]

    @property
    def is_overlay(self) -> bool:
        return len(self.origins) == 1 and "parentVariableCollectionId" in self.origins[0]


def _units(document: Json) -> Iterator[_Unit]:
    sets, modifiers = document.get("sets", {}), document.get("modifiers", {})
    for item in document.get("resolutionOrder", []):
        reference = item.get("$ref", "") if isinstance(item, dict) else ""
        _, _, rest = reference.partition("#/")
        kind, _, escaped = rest.partition("/")
        name = escaped.replace("~1", "/").replace("~0", "~")
        if kind == "sets" and name in sets and "styles" not in origin_of(sets[name]):
            entry = sets[name]
            yield _Unit(name, {"": _files(entry.get("sources"), sets)}, "", _origins(entry))
        elif kind == "modifiers" and name in modifiers:
            entry = modifiers[name]
            contexts = {context: _files(sources, sets) for context, sources in entry.get("contexts", {}).items()}
            if contexts:
                yield _Unit(name, contexts, entry.get("default", next(iter(contexts))), _origins(entry))


def _files(sources: object, sets: Json) -> list[str]:
    found: list[str] = []
    for source in sources if isinstance(sources, list) else ():
        reference = source.get("$ref") if isinstance(source, dict) else None
        if not isinstance(reference, str):
            continue
        if reference.startswith("#/sets/"):
            name = reference.removeprefix("#/sets/").replace("~1", "/").replace("~0", "~")
            found += _files(sets.get(name, {}).get("sources"), {})
        else:
            found.append(reference)
    return found


def _origins(entry: Json) -> list[Json]:
    found = origin_of(entry).get("collections")
    return [origin for origin in found if isinstance(origin, dict)] if isinstance(found, list) else []


def _is_foreign(origin: Json) -> bool:
    """Whether something comes from another library: that is pushed to by the library's own project."""
    return "library" in origin


def _read_unit(
    unit: _Unit, files: Mapping[str, Any], known: Known, table: Table, claimed: set[str], like: Table
) -> None:
    spaces = _spaces(unit, like)
    for space in spaces:
        table.spaces[space.id] = space
    mine: set[str] = set()
    for context, sources in unit.contexts.items():
        for file in sources:
            if file in claimed or not isinstance(files.get(file), dict):
                continue
            mine.add(file)
            tokens = []
            for found in _tokens(files[file], (), None):
                if _is_foreign(origin := origin_of(found[1])):
                    table.foreign[found[0]] = str(origin.get("key"))
                else:
                    tokens.append(found)
            if not tokens:
                continue
            space = _space_of(tokens, spaces)
            mode = _mode_of(space, unit, context)
            if mode is not None:
                for path, token, kind in tokens:
                    _add(table, space, mode, Cell(token, kind, file), path, known, like)
    claimed |= mine


def _spaces(unit: _Unit, like: Table) -> list[Space]:
    """The collections of a unit; where the document names none, the one of the same name, or a new one."""
    same = [
        space for space in like.spaces.values() if space.name == unit.name and not space.parent and not space.is_new
    ]
    if not unit.origins and len(same) == 1:
        modes = same[0].modes
        if unit.contexts.keys() != {""}:
            modes = _with_contexts(modes, list(unit.contexts), same[0].id)
        return [Space(same[0].id, unit.name, modes, same[0].default)]
    if not unit.origins:
        names = {f"new:{unit.name}:{context}": context or "Mode 1" for context in unit.contexts}
        return [Space(f"new:{unit.name}", unit.name, names, f"new:{unit.name}:{unit.default}", is_new=True)]
    return [_known_space(origin, unit, like) for origin in unit.origins if not _is_foreign(origin)]


def _known_space(origin: Json, unit: _Unit, like: Table) -> Space:
    identity = str(origin.get("id") or f"new:{origin.get('name', unit.name)}")
    known = [m for m in origin.get("modes", []) if isinstance(m, dict)]
    modes = {str(m.get("modeId") or f"{identity}:{m.get('name')}"): str(m.get("name")) for m in known}
    parent = origin.get("parentVariableCollectionId")
    if identity in like.spaces:  # modes that a push made, before a pull has told the files their ids
        made = {mode: name for mode, name in like.spaces[identity].modes.items() if name in unit.contexts}
        modes |= {mode: name for mode, name in made.items() if mode not in modes and name not in modes.values()}
    if unit.contexts.keys() != {""} and parent is None:
        modes = _with_contexts(modes, list(unit.contexts), identity)
    default = str(origin.get("defaultModeId") or next(iter(modes), ""))
    name = str(origin.get("name", unit.name))
    return Space(identity, name, modes, default, is_new=not origin.get("id"), parent=parent)


def _with_contexts(modes: dict[str, str], contexts: list[str], identity: str) -> dict[str, str]:
    """The modes as the contexts have them now: a context at the place of a vanished mode is that mode, renamed."""
    by_name: dict[str, str] = {}
    for mode, name in modes.items():
        number = 1
        while (label := name if number == 1 else f"{name} {number}") in by_name:
            number += 1
        by_name[label] = mode
    vanished = [mode for label, mode in by_name.items() if label not in contexts]
    fresh = [context for context in contexts if context not in by_name]
    renamed = dict(zip(fresh, vanished, strict=True)) if len(fresh) == len(vanished) else {}
    found: dict[str, str] = {}
    for context in contexts:
        if context in by_name:
            found[by_name[context]] = modes[by_name[context]]
        else:
            found[renamed.get(context, f"new:{identity}:{context}")] = context
    return found


def _space_of(tokens: list[tuple[Path, Json, str | None]], spaces: list[Space]) -> Space:
    """Which of *spaces* a file belongs to: the one that most of its tokens name."""
    if len(spaces) == 1:
        return spaces[0]
    named = Counter(
        collection.get("id") or collection.get("name")
        for _, token, _ in tokens
        if isinstance(collection := origin_of(token).get("collection"), dict)
    )
    return max(spaces, key=lambda space: named[space.id] or named[space.name])


def _mode_of(space: Space, unit: _Unit, context: str) -> str | None:
    if unit.contexts.keys() == {""}:
        return next(iter(space.modes), None)
    if space.id == f"new:{unit.name}":
        return f"new:{unit.name}:{context}"
    labels: dict[str, str] = {}
    for mode, name in space.modes.items():
        number = 1
        while (label := name if number == 1 else f"{name} {number}") in labels:
            number += 1
        labels[label] = mode
    return labels.get(context)


def _tokens(group: Mapping[str, Any], path: Path, kind: str | None) -> Iterator[tuple[Path, Json, str | None]]:
    own = group.get("$type")
    kind = own if isinstance(own, str) else kind
    for name, below in group.items():
        if not isinstance(below, dict) or (name.startswith("$") and name != "$root"):
            continue
        here = (*path, name)
        if "$value" in below or "$ref" in below:
            type_ = below.get("$type", kind)
            yield here, below, type_ if isinstance(type_, str) else None
        else:
            yield from _tokens(below, here, kind)


def _add(table: Table, space: Space, mode: str, cell: Cell, path: Path, known: Known, like: Table) -> None:
    origin = cell.origin
    key = like.at.get(path)
    if key is not None and like.rows[key].collection != (space.parent or space.id):
        key = None
    if origin.get("id") or origin.get("key"):
        owner = origin.get("collection")
        name = owner.get("name", space.name) if isinstance(owner, dict) else space.name
        key = known(origin, str(name))
        if key is None:
            table.strays.append(cell)
            return
    new = f"new:{space.id}/{'.'.join(path)}"
    key = key or new
    row = table.rows.get(key)
    if row is not None and mode in row.cells and row.path != path:
        key, row = new, table.rows.get(new)  # a copied token kept the ids of its original
    if row is None:
        row = table.rows[key] = Row(path, space.parent or space.id)
    row.cells[mode] = cell
    table.at.setdefault(path, key)
