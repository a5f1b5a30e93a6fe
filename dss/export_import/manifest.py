"""``manifest.json``: what an archive says about itself, checked field by field. Source: reference "archives", 3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from .canonical import canonical
from .faults import ArchiveError, fault, printable

FORMAT: Final = "dss"
VERSION: Final = 2
"""The format version this code writes."""

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
ASSETS: Final = "assets/"

Kind = Literal["tokens", "components", "themes", "history"]
KINDS: Final[tuple[Kind, ...]] = ("tokens", "components", "themes", "history")
"""The kinds of members that hold records, in the order they stand in an archive."""

UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
STATE: Final = re.compile(r"sha256:[0-9a-f]{64}")
STAMP: Final = re.compile(r"[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{16}")
MEDIA_TYPE: Final = re.compile(r"[a-z]+/[a-z0-9.+-]+")

_ENTRY_NAMES: Final = {
    "tokens": re.compile(rf"tokens/{UUID.pattern}\.jsonl"),
    "components": re.compile(rf"components/{UUID.pattern}\.jsonl"),
    "themes": re.compile(r"themes\.jsonl"),
    "history": re.compile(r"history\.jsonl"),
}
MAX_PARENTS: Final = 100
"""States that one comes from: more than any merge joins."""

MAX_STATES: Final = 500
"""Earlier states that an archive names: each is kept, and looked at by every merge."""

_MAX_COUNT = 2**53 - 1
_MAX_TEXT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One member that holds records."""

    name: str
    kind: Kind
    size: int
    """Bytes, inflated."""

    sha256: str
    records: int
    """Lines, tombstones included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One font or image; its content is the member ``assets/<sha256>``."""

    sha256: str
    size: int
    path: str
    """What its owner calls it: data, never a path on disk."""

    media_type: str

    @property
    def member(self) -> str:
        """The member that holds its bytes; assets of equal content share one."""
        return ASSETS + self.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a partial export was asked for; a token is in it when it matches one of each that is given."""

    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    """Groups, their names joined with ``.``."""

    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How much of the project an archive holds. Absence from a partial one is never a deletion."""

    complete: bool = True
    query: Query | None = None
    external: tuple[str, ...] = ()
    """Paths of tokens that are referred to and left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Live entities."""

    tokens: int = 0
    components: int = 0
    themes: int = 0
    assets: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A checked manifest, of the present version: older ones were brought to it."""

    project_id: str
    project_name: str
    snapshot: str
    """The name of the state, ``sha256:…``; see :func:`dss.export_import.records.snapshot_name`."""

    parents: tuple[str, ...]
    """The states it came from."""

    sequence: int
    """Counts the project's states; never falls."""

    scope: Scope
    stamp: str
    """The newest stamp in the data, not the wall clock: equal states give equal archives."""

    tool: str
    counts: Counts
    entries: tuple[Entry, ...]
    assets: tuple[Asset, ...] = ()
    source_version: int = field(default=VERSION, compare=False)
    """The format version it was read from."""

    def to_json(self) -> dict[str, Any]:
        """The document as section 3 of the reference shows it."""
        scope: dict[str, Any] = {"complete": self.scope.complete}
        if self.scope.query is not None:
            scope["query"] = {key: list(value) for key, value in asdict(self.scope.query).items() if value}
        if self.scope.external:
            scope["external"] = list(self.scope.external)
        return {
            "format": FORMAT,
            "format_version": VERSION,
            "min_reader": VERSION,
            "project": {"id": self.project_id, "name": self.project_name},
            "snapshot": self.snapshot,
            "parents": list(self.parents),
            "sequence": self.sequence,
            "scope": scope,
            "created": {"hlc": self.stamp, "tool": self.tool},
            "counts": asdict(self.counts),
            "entries": [asdict(entry) for entry in self.entries],
            "assets": [asdict(asset) for asset in self.assets],
        }

    def to_bytes(self) -> bytes:
        """Its canonical form: what is digested and signed."""
        return canonical(self.to_json())

    def members(self) -> list[str]:
        """Every member but the manifest and its signature, in the order of the archive."""
        return [entry.name for entry in self.entries] + sorted({asset.member for asset in self.assets})


class _Fields:
    """One object of the manifest, its fields taken one by one; what is left over is unknown."""

    def __init__(self, value: Any, where: str, *, lenient: bool = False) -> None:
        if not isinstance(value, dict):
            raise _invalid(f"{where} is no object")
        self._value: dict[str, Any] = dict(value)
        self._where = where
        self._lenient = lenient

    def __contains__(self, key: str) -> bool:
        return key in self._value

    def take(self, key: str, kind: type) -> Any:
        if key not in self._value:
            raise _invalid(f"{self._where}{key} is missing")
        value = self._value.pop(key)
        if type(value) is not kind:
            raise _invalid(f"{self._where}{key} is no {_KIND_NAMES[kind]}")
        return value

    def text(self, key: str, pattern: re.Pattern[str] | None = None) -> str:
        value: str = self.take(key, str)
        if len(value) > _MAX_TEXT or (pattern is not None and not pattern.fullmatch(value)):
            raise _invalid(f"{self._where}{key} is malformed: {printable(value)}")
        return value

    def count(self, key: str) -> int:
        value: int = self.take(key, int)
        if not 0 <= value <= _MAX_COUNT:
            raise _invalid(f"{self._where}{key} is out of range")
        return value

    def texts(self, key: str, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        values = self.take(key, list)
        for value in values:
            if not isinstance(value, str) or len(value) > 2**16 or (pattern and not pattern.fullmatch(value)):
                raise _invalid(f"{self._where}{key} holds something malformed")
        return tuple(values)

    def inner(self, key: str) -> _Fields:
        return _Fields(self.take(key, dict), f"{self._where}{key}.", lenient=self._lenient)

    def rows(self, key: str) -> list[_Fields]:
        rows = enumerate(self.take(key, list))
        return [_Fields(row, f"{self._where}{key}[{number}].", lenient=self._lenient) for number, row in rows]

    def end(self) -> None:
        for key in () if self._lenient else self._value:
            raise _invalid(f"{self._where}{printable(key)} is no field of version {VERSION}")


_KIND_NAMES: Final = {str: "text", int: "whole number", dict: "object", list: "list", bool: "true or false"}


def _invalid(message: str) -> ArchiveError:
    return ArchiveError(fault("MANIFEST_INVALID", f"{MANIFEST}: {message}"))


def manifest_of(document: Mapping[str, Any], *, lenient: bool = False) -> Manifest:
    """The manifest of version 2 that *document* is.

    Args:
        lenient: Let unknown fields pass: a newer version that says that this one can read it.

    Raises:
        ArchiveError: ``DSS650`` for the first field that is missing, unknown or wrong.
    """
    top = _Fields(document, "", lenient=lenient)
    top.text("format")
    version = top.count("format_version")
    top.count("min_reader")
    project, created = top.inner("project"), top.inner("created")
    found = Manifest(
        project_id=project.text("id", UUID),
        project_name=project.text("name"),
        snapshot=top.text("snapshot", STATE),
        parents=top.texts("parents", STATE),
        sequence=top.count("sequence"),
        scope=_scope(top.inner("scope")),
        stamp=created.text("hlc", STAMP),
        tool=created.text("tool"),
        counts=_counts(top.inner("counts")),
        entries=tuple(map(_entry, top.rows("entries"))),
        assets=tuple(map(_asset, top.rows("assets"))),
        source_version=version,
    )
    for fields in (project, created, top):
        fields.end()
    _check_whole(found)
    return found


def _scope(fields: _Fields) -> Scope:
    complete: bool = fields.take("complete", bool)
    query = None
    if "query" in fields:
        inner = fields.inner("query")
        query = Query(**{key: inner.texts(key) for key in ("tags", "folders", "sets") if key in inner})
        inner.end()
    external = fields.texts("external") if "external" in fields else ()
    fields.end()
    if complete and (query or external):
        raise _invalid("scope: a complete archive has neither query nor external tokens")
    return Scope(complete=complete, query=query, external=external)


def _counts(fields: _Fields) -> Counts:
    found = Counts(**{key: fields.count(key) for key in ("tokens", "components", "themes", "assets")})
    fields.end()
    return found


def _entry(fields: _Fields) -> Entry:
    kind = fields.text("kind")
    if kind not in _ENTRY_NAMES:
        raise ArchiveError(fault("ENTRY_KIND_FORBIDDEN", f"{MANIFEST}: an entry of the unknown kind {printable(kind)}"))
    found = Entry(
        name=fields.text("name", _ENTRY_NAMES[kind]),
        kind=kind,  # type: ignore[arg-type]
        size=fields.count("size"),
        sha256=fields.text("sha256", DIGEST),
        records=fields.count("records"),
    )
    fields.end()
    return found


def _asset(fields: _Fields) -> Asset:
    found = Asset(
        sha256=fields.text("sha256", DIGEST),
        size=fields.count("size"),
        path=fields.text("path"),
        media_type=fields.text("media_type", MEDIA_TYPE),
    )
    fields.end()
    return found


def _check_whole(found: Manifest) -> None:
    """Order and uniqueness: one state has one manifest."""
    if len(found.parents) > MAX_PARENTS:
        raise _invalid(f"more than {MAX_PARENTS} parents")
    order = [(KINDS.index(entry.kind), entry.name) for entry in found.entries]
    if order != sorted(set(order)):
        raise _invalid("the entries are out of order, or one stands twice")
    paths = [asset.path for asset in found.assets]
    if paths != sorted(set(paths)):
        raise _invalid("the assets are out of order, or one path stands twice")
    kinds: dict[str, tuple[int, str]] = {}
    for asset in found.assets:
        kind = (asset.size, asset.media_type)
        if kinds.setdefault(asset.sha256, kind) != kind:
            raise _invalid("assets of one content have two sizes or types")
    if found.counts.assets != len(found.assets):
        raise _invalid("counts.assets is not the number of assets")
