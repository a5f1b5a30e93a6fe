"""Archives of older format versions, brought to the present one while they are read. Pure: nothing is edited in place.

Version 1 was written by the first release: plain JSON documents, dotted names, values as text.

    manifest.json    {"format": "dss", "format_version": 1, "project": "Acme", "exported_at": "2025-01-31T12:00:00Z",
                      "entries": [{"name": "tokens.json", "sha256": "…", "count": 2}]}
    tokens.json      {"tokens": [{"id", "name": "color.brand", "type", "value", "description", "tags", "updated_at"}]}
    components.json  {"components": [{"id", "name", "description", "properties", "updated_at"}]}
    themes.json      {"themes": [{"id", "name": "dark", "overrides": [{"name", "type", "value"}], "updated_at"}]}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from .faults import ArchiveError, fault, printable
from .identity import group_id, project_id_of, set_id, theme_id, token_id
from .json_stream import JsonStream
from .legacy_values import LegacyValueError, dtcg_value, stamp_of
from .limits import Limits
from .manifest import DIGEST, UUID, VERSION, Counts, Entry, Kind, Manifest, Scope
from .records import Record, RecordError, check, sealed
from .strict_json import JsonError

OLDEST: Final = 1
BASE_SET: Final = "tokens.json"
RESOLVER: Final = "themes.resolver.json"
_KINDS: Final[dict[str, Kind]] = {"tokens.json": "tokens", "components.json": "components", "themes.json": "themes"}
_UNKNOWN_SIZE: Final = -1
_NO_STATE: Final = "sha256:" + "0" * 64


def legacy_manifest(document: Mapping[str, Any], version: int) -> Manifest:
    """The manifest of an archive of an older *version*, in the present form.

    Its ``snapshot`` is not known before the records were read, and the sizes of its entries are -1.

    Raises:
        ArchiveError: ``DSS650`` or ``DSS671``.
    """
    assert version == 1
    name, entries = document.get("project"), document.get("entries")
    if type(name) is not str or not name or len(name) > 1024 or type(entries) is not list:
        raise ArchiveError(fault("MANIFEST_INVALID", "manifest.json of version 1: project or entries are missing"))
    unknown = document.keys() - {"format", "format_version", "min_reader", "project", "exported_at", "entries"}
    if unknown:
        raise ArchiveError(
            fault("MANIFEST_INVALID", f"manifest.json of version 1: unknown field {printable(min(unknown))}")
        )
    stamp = _exported(document)
    rows = tuple(_legacy_entry(row) for row in entries)
    if len({row.name for row in rows}) != len(rows):
        raise ArchiveError(fault("MANIFEST_INVALID", "manifest.json of version 1: an entry stands twice"))
    count = {row.name: row.records for row in rows}
    return Manifest(
        project_id=project_id_of(name),
        project_name=name,
        snapshot=_NO_STATE,
        parents=(),
        sequence=0,
        scope=Scope(),
        stamp=stamp,
        tool="dss, format version 1",
        counts=Counts(tokens=count.get("tokens.json", 0), components=count.get("components.json", 0)),
        entries=rows,
        source_version=version,
    )


def _exported(document: Mapping[str, Any]) -> str:
    try:
        return stamp_of(document.get("exported_at"))
    except LegacyValueError as error:
        raise ArchiveError(fault("MANIFEST_INVALID", f"manifest.json of version 1: exported_at: {error}")) from error


def _legacy_entry(row: Any) -> Entry:
    if type(row) is not dict or row.keys() != {"name", "sha256", "count"} or row["name"] not in _KINDS:
        raise ArchiveError(fault("MANIFEST_INVALID", "manifest.json of version 1: a malformed entry"))
    digest, count = row["sha256"], row["count"]
    if type(digest) is not str or not DIGEST.fullmatch(digest) or type(count) is not int or count < 0:
        raise ArchiveError(fault("MANIFEST_INVALID", "manifest.json of version 1: a malformed entry"))
    return Entry(name=row["name"], kind=_KINDS[row["name"]], size=_UNKNOWN_SIZE, sha256=digest, records=count)


def present_manifest(found: Manifest, snapshot: str, counts: Counts) -> Manifest:
    """*found*, once its records were read."""
    return replace(found, snapshot=snapshot, counts=counts) if found.source_version != VERSION else found


def legacy_records(
    version: int, entry: Entry, manifest: Manifest, chunks: Iterable[bytes], limits: Limits
) -> Iterator[Record]:
    """The records of a member of an older *version*, in the present form; sets and groups before what is in them.

    Raises:
        ArchiveError: ``DSS66x`` for broken JSON, ``DSS671`` for what version 1 never wrote.
    """
    assert version == 1
    number = 0
    try:
        rows = _rows(JsonStream(chunks, limits), entry.name.removesuffix(".json"))
        migration = _MIGRATIONS[entry.kind](manifest)
        for row in rows:
            number += 1
            if type(row) is not dict:
                raise RecordError("JSON_SHAPE", "an entry is an object")
            for record in migration.records(row):
                yield check(record, _kind_of(record), limits)
        for record in migration.rest():
            yield check(record, _kind_of(record), limits)
    except (RecordError, JsonError) as error:
        message = f"member {printable(entry.name)}, entry {number}: {error}"
        raise ArchiveError(fault(error.symbol, message)) from error
    except LegacyValueError as error:
        message = f"member {printable(entry.name)}, entry {number}: {error}"
        raise ArchiveError(fault("MIGRATION_FAILED", message)) from error
    if number != entry.records:
        message = f"member {printable(entry.name)}: {number} entries, the manifest says {entry.records}"
        raise ArchiveError(fault("MANIFEST_INVALID", message))


def _rows(stream: JsonStream, key: str) -> Iterator[Any]:
    for name in stream.members():
        if name != key:
            raise JsonError("JSON_SHAPE", f"unknown member {name[:200]!a}")
        yield from stream.elements()
    stream.end()


def _kind_of(record: Record) -> Kind:
    kinds: dict[str, Kind] = {"component": "components", "theme": "themes"}
    return kinds.get(record["kind"], "tokens")


class _SetBuilder:
    """Tokens with dotted names -> records of one set; groups appear when first needed."""

    def __init__(self, project: str, name: str, stamp: str) -> None:
        self._project, self._name, self._stamp = project, name, stamp
        self._groups: dict[str, str] = {"": set_id(project, name)}
        self._counts: dict[str, int] = {}
        self._pending: list[Record] = [{"id": self._groups[""], "kind": "set", "name": name, "node": {}}]

    def token(self, path: str, node: dict[str, Any], stamp: str, identifier: str | None) -> Iterator[Record]:
        parent, _, name = path.rpartition(".")
        record = {
            "id": identifier or token_id(self._project, self._name, path),
            "kind": "token",
            "name": name,
            "parent": self._group(parent),
            "order": self._next(parent),
            "node": node,
        }
        yield from self.started()
        yield sealed(record, stamp)

    def started(self) -> Iterator[Record]:
        """The set and groups that are not given yet."""
        pending, self._pending = self._pending, []
        return (sealed(record, self._stamp) for record in pending)

    def _next(self, parent: str) -> int:
        self._counts[parent] = self._counts.get(parent, 0) + 1
        return self._counts[parent]

    def _group(self, path: str) -> str:
        known = self._groups.get(path)
        if known is None:
            above, _, name = path.rpartition(".")
            parent = self._group(above)
            known = self._groups[path] = group_id(self._project, self._name, path)
            order = self._next(above)
            self._pending.append(
                {"id": known, "kind": "group", "name": name, "parent": parent, "order": order, "node": {}}
            )
        return known


def _text(row: Mapping[str, Any], key: str, *, default: str | None = None) -> str:
    value = row.get(key, default)
    if type(value) is not str:
        raise RecordError("JSON_SHAPE", f'"{key}" is missing or no text')
    return value


def _closed(row: Mapping[str, Any], *fields: str) -> None:
    if unknown := row.keys() - set(fields):
        raise RecordError("JSON_SHAPE", f"unknown field {printable(min(unknown))}")


def _identifier(row: Mapping[str, Any]) -> str:
    found = _text(row, "id").lower()
    if not UUID.fullmatch(found):
        raise RecordError("ID_INVALID", f'"id" is no UUID: {printable(found)}')
    return found


def _path(row: Mapping[str, Any]) -> str:
    path = _text(row, "name")
    # bounded here, because groups are made for every dot of it
    if len(path) > 128 * 257 or path.count(".") > 128:
        raise RecordError("LIMIT_NAME_LENGTH", "a name of more than 128 groups")
    return path


def _updated(row: Mapping[str, Any], manifest: Manifest) -> str:
    return stamp_of(row["updated_at"]) if "updated_at" in row else manifest.stamp


def _node(row: Mapping[str, Any]) -> dict[str, Any]:
    kind = _text(row, "type")
    if "value" not in row:
        raise RecordError("JSON_SHAPE", '"value" is missing')
    node: dict[str, Any] = {"$type": kind, "$value": dtcg_value(kind, row["value"])}
    if "description" in row:
        node["$description"] = _text(row, "description")
    if "tags" in row:
        if type(row["tags"]) is not list or not all(type(tag) is str for tag in row["tags"]):
            raise RecordError("JSON_SHAPE", '"tags" is no list of texts')
        node["$extensions"] = {"dss": {"tags": row["tags"]}}
    return node


class _Migration(Protocol):
    """Turns the rows of one document into records."""

    def records(self, row: dict[str, Any]) -> Iterator[Record]: ...

    def rest(self) -> Iterator[Record]:
        """What follows the last row."""
        ...


class _Tokens:
    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._set = _SetBuilder(manifest.project_id, BASE_SET, manifest.stamp)

    def records(self, row: dict[str, Any]) -> Iterator[Record]:
        _closed(row, "id", "name", "type", "value", "description", "tags", "updated_at")
        return self._set.token(_path(row), _node(row), _updated(row, self._manifest), _identifier(row))

    def rest(self) -> Iterator[Record]:
        return self._set.started()


class _Components:
    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    def records(self, row: dict[str, Any]) -> Iterator[Record]:
        _closed(row, "id", "name", "description", "properties", "updated_at")
        data = {key: row[key] for key in ("description", "properties") if key in row}
        record = {"id": _identifier(row), "kind": "component", "name": _text(row, "name"), "data": data}
        yield sealed(record, _updated(row, self._manifest))

    def rest(self) -> Iterator[Record]:
        return iter(())


class _Themes:
    """Each theme becomes a set of its overrides; together they are the contexts of one modifier."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._contexts: dict[str, Any] = {}

    def records(self, row: dict[str, Any]) -> Iterator[Record]:
        _closed(row, "id", "name", "overrides", "updated_at")
        name = _text(row, "name")
        _identifier(row)
        if name in self._contexts or name == "default":
            raise RecordError("JSON_SHAPE", f"the theme {printable(name)} stands twice")
        file = f"themes/{len(self._contexts) + 1}.json"
        self._contexts[name] = [{"$ref": file}]
        stamp = _updated(row, self._manifest)
        builder = _SetBuilder(self._manifest.project_id, file, stamp)
        overrides = row.get("overrides")
        if type(overrides) is not list:
            raise RecordError("JSON_SHAPE", '"overrides" is no list')
        yield from builder.started()
        for override in overrides:
            if type(override) is not dict:
                raise RecordError("JSON_SHAPE", "an override is an object")
            _closed(override, "name", "type", "value")
            yield from builder.token(_path(override), _node(override), stamp, None)

    def rest(self) -> Iterator[Record]:
        if not self._contexts:
            return
        document = {
            "version": "2025.10",
            "sets": {"base": {"sources": [{"$ref": BASE_SET}]}},
            "modifiers": {"theme": {"contexts": {"default": [], **self._contexts}, "default": "default"}},
            "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
        }
        identifier = theme_id(self._manifest.project_id, RESOLVER)
        record = {"id": identifier, "kind": "theme", "name": RESOLVER, "data": document}
        yield sealed(record, self._manifest.stamp)


_MIGRATIONS: Final[dict[str, Callable[[Manifest], _Migration]]] = {
    "tokens": _Tokens,
    "components": _Components,
    "themes": _Themes,
}
