"""Token files as Figma sees them: a row per variable, a cell per mode.

Which file is which mode stands in the resolver document; which variable a token is stands in its extension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import FigmaSourceError
from ..folder.spaces import Space, Unit, is_foreign, mode_at, origin_of, space_among, spaces_of, units_in
from ..variables.layout import RESOLVER

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

    moved: dict[str, tuple[Path, Cell]] = field(default_factory=dict)
    """Variable id -> its token, where that stands in another collection than the variable."""


Known = Callable[[Json, str], str | None]
"""The id of the variable that an extension means, given also the name of its collection; ``None``: none there."""


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
    units = list(units_in(document))
    for unit in sorted(units, key=lambda unit: unit.is_overlay):
        _read_unit(unit, files, known, table, claimed, like or Table())
    return table


def _read_unit(
    unit: Unit, files: Mapping[str, Any], known: Known, table: Table, claimed: set[str], like: Table
) -> None:
    spaces = spaces_of(unit, like.spaces)
    table.spaces |= {space.id: space for space in spaces}
    mine: set[str] = set()
    for context, sources in unit.contexts.items():
        for file in sources:
            if file in claimed or not isinstance(files.get(file), dict):
                continue
            mine.add(file)
            tokens = []
            for found in _tokens(files[file], (), None):
                if is_foreign(origin := origin_of(found[1])):
                    table.foreign[found[0]] = str(origin.get("key"))
                else:
                    tokens.append(found)
            space = space_among((token for _, token, _ in tokens), spaces) if tokens else None
            mode = mode_at(space, unit, context) if space is not None else None
            if space is not None and mode is not None:
                for path, token, kind in tokens:
                    _add(table, space, mode, Cell(token, kind, file), path, known, like)
    claimed |= mine


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
    home = _root(space, like.spaces)
    key = like.at.get(path)
    if key is not None and like.rows[key].collection != home:
        key = None
    if origin.get("id") or origin.get("key"):
        owner = origin.get("collection")
        name = owner.get("name", space.name) if isinstance(owner, dict) else space.name
        key = known(origin, str(name))
        if key is None:
            table.strays.append(cell)
            return
        if key in like.rows and like.rows[key].collection != home:
            table.moved[key] = path, cell
            return
    new = f"new:{space.id}/{'.'.join(path)}"
    key = key or new
    row = table.rows.get(key)
    if row is not None and mode in row.cells and row.path != path:
        key, row = new, table.rows.get(new)  # a copied token kept the ids of its original
    if row is None:
        row = table.rows[key] = Row(path, home)
    row.cells[mode] = cell
    table.at.setdefault(path, key)


def _root(space: Space, known: Mapping[str, Space]) -> str:
    """The collection whose variables *space* has: of an extended one, what everything extends."""
    seen = {space.id}
    while space.parent is not None and space.parent in known and space.parent not in seen:
        seen.add(space.parent)
        space = known[space.parent]
    return space.parent or space.id
