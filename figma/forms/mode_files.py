"""One token file per mode: Figma's own "export modes", and plugins that write ``{collection}.{mode}.json``.

The two differ in small things only: flat keys (``com.figma.scopes``) or one object (``com.figma``), ids or none,
resolved values with ``aliasData`` or references across collections. A mode export does not name its collection:
it is found by its variables' ids, by what other files say about it (``aliasData``), else by the file's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from ..options import PullOptions
from ..records import Collection, Mode, Payload, Variable, alias_to
from . import literals
from .foreign import ForeignVariables

FORM = "mode-files"

_TYPES = {
    "color": "COLOR",
    "number": "FLOAT",
    "dimension": "FLOAT",
    "duration": "FLOAT",
    "string": "STRING",
    "fontFamily": "STRING",
    "boolean": "BOOLEAN",
}
_SCOPES = {"STROKE": "STROKE_COLOR"}
"""Spellings of the editor that the API writes otherwise."""

_USUAL_DEFAULTS = ("default", "light", "value", "mode 1", "base", "baseline", "desktop")


@dataclass(slots=True)
class _Entry:
    """One token of one file."""

    name: str
    type: str
    value: Any
    marks: Mapping[str, Any]
    """What Figma noted, whatever the spelling of its keys."""

    description: str


@dataclass(slots=True)
class _File:
    """One mode of one collection."""

    collection: str
    mode: str
    entries: dict[str, _Entry] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()


def recognise(document: object) -> bool:
    """Whether *document* is a tree of tokens with values."""
    return isinstance(document, dict) and next(_tokens(document, (), None), None) is not None


def read(documents: Mapping[str, object], options: PullOptions) -> Payload:
    """All *documents* (path -> decoded JSON) as one payload."""
    files = [_file(path, document, options) for path, document in documents.items() if isinstance(document, dict)]
    groups = _grouped([file for file in files if file.entries])
    _name_by_alias_data(groups, options)
    payload = Payload(FORM)
    named: dict[tuple[str, str], str] = {}
    by_name: dict[str, list[str]] = {}
    for number, group in enumerate(groups):
        collection = _collection(number, group)
        payload.collections[collection.id] = collection
        for name in _names(group):
            identity = f"{collection.id}/{name}"
            named[collection.id, name] = identity
            by_name.setdefault(name, []).append(identity)
    foreign = ForeignVariables()
    for collection, group in zip(list(payload.collections.values()), groups, strict=True):
        targets = _Targets(collection, named, by_name, payload)
        for name in _names(group):
            variable = _variable(collection, group, name, targets, foreign)
            payload.variables[variable.id] = variable
    foreign.add_to(payload)
    return payload


# --- one file ------------------------------------------------------------------------------------------------------


def _file(path: str, document: dict[str, Any], options: PullOptions) -> _File:
    extensions = document.get("$extensions")
    mode = extensions.get("com.figma.modeName") if isinstance(extensions, dict) else None
    mode = mode if isinstance(mode, str) else document.get("com.figma.modeName")
    collection, mode = _identity(path, mode if isinstance(mode, str) and mode else None, options)
    entries = {entry.name: entry for entry in _tokens(document, (), None)}
    ids = frozenset(v for e in entries.values() if isinstance(v := e.marks.get("variableId"), str))
    return _File(collection, mode, entries, ids)


def _identity(path: str, mode: str | None, options: PullOptions) -> tuple[str, str]:
    """The collection and mode that a file's name tells; *mode* is what its content says."""
    where = PurePosixPath(path)
    stem = where.name
    for ending in (".json", ".tokens"):
        stem = stem.removesuffix(ending)
    given = options.collection_names.get(path) or options.collection_names.get(where.name)
    given = given or options.collection_names.get(stem)
    folder = where.parent.name
    if mode is not None:
        rest = stem[: -len(mode)].rstrip(" ._-") if stem.casefold().endswith(mode.casefold()) else stem
        return given or rest or folder or "Variables", mode
    collection, dot, last = stem.rpartition(".")
    if dot:
        return given or collection, last
    return given or stem or folder or "Variables", "Mode 1"


def _tokens(group: Mapping[str, Any], path: tuple[str, ...], kind: str | None) -> Iterator[_Entry]:
    own = group.get("$type")
    kind = own if isinstance(own, str) else kind
    for name, below in group.items():
        if not isinstance(below, dict) or (name.startswith("$") and name != "$root"):
            continue
        here = path if name == "$root" else (*path, name)
        if "$value" in below:
            type_ = below.get("$type", kind)
            text = below.get("$description")
            yield _Entry(
                "/".join(here),
                type_ if isinstance(type_, str) else "",
                below["$value"],
                _marks(below.get("$extensions")),
                text if isinstance(text, str) else "",
            )
        yield from _tokens(below, here, kind)


def _marks(extensions: object) -> dict[str, Any]:
    """What stands under ``com.figma.x`` or ``com.figma: {x}``, as ``x``."""
    if not isinstance(extensions, dict):
        return {}
    nested = extensions.get("com.figma")
    flat = {key.removeprefix("com.figma."): value for key, value in extensions.items() if key.startswith("com.figma.")}
    return {**nested, **flat} if isinstance(nested, dict) else flat


# --- which files belong together -----------------------------------------------------------------------------------


def _grouped(files: list[_File]) -> list[list[_File]]:
    """Files of one collection: they share variable ids, or, without ids, the collection's name."""
    groups: list[list[_File]] = []
    for file in files:
        for group in groups:
            other = group[0]
            together = bool(file.ids & other.ids) if file.ids and other.ids else file.collection == other.collection
            if together and all(file.mode != member.mode for member in group):
                group.append(file)
                break
        else:
            groups.append([file])
    return groups


def _name_by_alias_data(groups: list[list[_File]], options: PullOptions) -> None:
    """Call a collection what the aliases of other files call it, where exactly one collection fits."""
    wanted: dict[str, set[str]] = {}
    for group in groups:
        for file in group:
            for entry in file.entries.values():
                data = entry.marks.get("aliasData")
                if isinstance(data, dict) and isinstance(data.get("targetVariableSetName"), str):
                    wanted.setdefault(data["targetVariableSetName"], set()).add(str(data.get("targetVariableName")))
    known = {file.collection for group in groups for file in group}
    for set_name, names in wanted.items():
        fitting = [group for group in groups if names <= group[0].entries.keys()]
        if set_name not in known and len(fitting) == 1 and not options.collection_names:
            for file in fitting[0]:
                file.collection = set_name


def _collection(number: int, group: list[_File]) -> Collection:
    modes = tuple(Mode(f"{number}:{index}", file.mode) for index, file in enumerate(group))
    usual = (mode.id for name in _USUAL_DEFAULTS for mode in modes if mode.name.casefold() == name)
    return Collection(
        id=f"collection-{number}",
        name=group[0].collection,
        modes=modes,
        default=next(usual, modes[0].id),
    )


def _names(group: list[_File]) -> list[str]:
    return list(dict.fromkeys(name for file in group for name in file.entries))


# --- variables -----------------------------------------------------------------------------------------------------


class _Targets:
    """Finds what a reference means."""

    __slots__ = ("by_name", "collection", "named", "payload")

    def __init__(
        self,
        collection: Collection,
        named: Mapping[tuple[str, str], str],
        by_name: Mapping[str, list[str]],
        payload: Payload,
    ) -> None:
        self.collection, self.named, self.by_name, self.payload = collection, named, by_name, payload

    def named_by(self, names: tuple[str, ...]) -> str:
        """The id meant by a brace reference: the collection's own variable, else the first of any collection."""
        name = "/".join(part for part in names if part != "$root")
        if (self.collection.id, name) in self.named:
            return self.named[self.collection.id, name]
        elsewhere = self.by_name.get(name)
        return elsewhere[0] if elsewhere else "{" + ".".join(names) + "}"

    def described_by(self, data: Mapping[str, Any]) -> str | None:
        """The id meant by ``aliasData``, when its collection was read."""
        for collection in self.payload.collections.values():
            if collection.name == data.get("targetVariableSetName"):
                return self.named.get((collection.id, str(data.get("targetVariableName"))))
        return None


def _variable(
    collection: Collection, group: list[_File], name: str, targets: _Targets, foreign: ForeignVariables
) -> Variable:
    entries = [
        (mode, file.entries[name]) for mode, file in zip(collection.modes, group, strict=True) if name in file.entries
    ]
    first = entries[0][1]
    kind = next((type_ for _, entry in entries if (type_ := _type(entry))), "")
    marks = first.marks
    scopes, syntax, identity = marks.get("scopes"), marks.get("codeSyntax"), marks.get("variableId", marks.get("id"))
    values = {}
    for mode, entry in entries:
        value = _value(entry, kind, targets)
        data = entry.marks.get("aliasData")
        if isinstance(data, dict):
            target = targets.described_by(data)
            target = target or foreign.note(data, kind, mode.name, value)
            value = alias_to(target) if target else value
        if value is not None:
            values[mode.id] = value
    return Variable(
        id=f"{collection.id}/{name}",
        figma_id=identity if isinstance(identity, str) else None,
        key=marks["key"] if isinstance(marks.get("key"), str) else None,
        name=name,
        collection=collection,
        type=kind or first.type,
        values=values,
        scopes=_scopes(scopes, first),
        code_syntax=syntax if isinstance(syntax, dict) else None,
        description=first.description,
        hidden=marks.get("hiddenFromPublishing") is True,
        marks={"isOverride": True} if any(entry.marks.get("isOverride") is True for _, entry in entries) else {},
    )


def _scopes(scopes: object, entry: _Entry) -> tuple[str, ...] | None:
    if isinstance(scopes, list):
        return tuple(_SCOPES.get(scope, scope) for scope in scopes if isinstance(scope, str))
    by_type = {"fontFamily": ("FONT_FAMILY",), "fontWeight": ("FONT_WEIGHT",), "dimension": ("WIDTH_HEIGHT",)}
    return by_type.get(entry.type)


def _type(entry: _Entry) -> str:
    """``resolvedType``; an alias without a type tells none."""
    marked = entry.marks.get("type")
    if marked == "boolean" or (marked == "string" and entry.type == "string"):
        return "BOOLEAN" if marked == "boolean" else "STRING"
    if entry.type == "fontWeight":
        return "STRING" if isinstance(entry.value, str) and not literals.reference(entry.value) else "FLOAT"
    return _TYPES.get(entry.type, entry.type)


def _value(entry: _Entry, kind: str, targets: _Targets) -> Any:
    """The value as the API writes it; what fits no type stays as it is and is reported later."""
    names = literals.reference(entry.value)
    if names is not None:
        return alias_to(targets.named_by(names))
    if kind == "COLOR":
        return literals.color(entry.value) or entry.value
    if kind == "FLOAT":
        found = literals.number(entry.value)
        return entry.value if found is None else found
    if kind == "BOOLEAN" and entry.value in (0, 1):
        return bool(entry.value)
    if kind == "STRING" and isinstance(entry.value, list):
        return ", ".join(str(part) for part in entry.value)
    return entry.value
