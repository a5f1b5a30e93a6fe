"""``GET /v1/files/:key/variables/local`` and plugin dumps of the same shape.

With or without the envelope (``meta``), maps or arrays, any field but ``id`` and ``name`` may be missing. Unknown
fields are ignored. Source: Figma REST API 0.43, "Variables".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dss_tokens.diagnostics import Diagnostic

from ..records import Collection, Mode, Payload, Variable


def recognise(document: object) -> bool:
    """Whether *document* is an answer of variables/local, or a dump of that shape."""
    meta = _meta(document)
    if meta is None or "variables" not in meta or "variableCollections" not in meta:
        return False
    entries = list(_entries(meta["variables"]))
    return not entries or any("valuesByMode" in entry for entry in entries)


def read(document: object) -> Payload:
    """Everything in *document*; malformed entries are left out with a warning."""
    meta = _meta(document) or {}
    payload = Payload("rest")
    for entry in _entries(meta.get("variableCollections")):
        if (collection := read_collection(entry, payload.diagnostics)) is not None:
            payload.collections[collection.id] = collection
    orphans: dict[str, Collection] = {}
    for entry in _entries(meta.get("variables")):
        if (variable := _variable(entry, payload, orphans)) is not None:
            payload.variables[variable.id] = variable
    return payload


def entries_of(document: object, kind: str) -> Iterator[dict[str, Any]]:
    """The entries of ``variables`` or ``variableCollections`` in an answer of either variables endpoint."""
    yield from _entries((_meta(document) or {}).get(kind))


def _meta(document: object) -> Mapping[str, Any] | None:
    if not isinstance(document, dict):
        return None
    meta = document.get("meta", document)
    return meta if isinstance(meta, dict) else None


def _entries(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a map or an array; a map's key stands in for a missing ``id``."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if isinstance(entry, dict):
                yield entry if "id" in entry else {**entry, "id": key}
    elif isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def read_collection(entry: Mapping[str, Any], diagnostics: list[Diagnostic]) -> Collection | None:
    """One entry of ``variableCollections``."""
    identity, name = entry.get("id"), entry.get("name")
    if not isinstance(identity, str) or not isinstance(name, str):
        diagnostics.append(malformed("a collection", entry))
        return None
    modes = _modes(entry.get("modes"))
    default = entry.get("defaultModeId")
    if all(mode.id != default for mode in modes):
        default = modes[0].id
    overrides = entry.get("variableOverrides")
    order = entry.get("variableIds")
    return Collection(
        id=identity,
        figma_id=identity,
        name=name,
        key=_text(entry.get("key")),
        modes=modes,
        default=str(default),
        remote=entry.get("remote") is True,
        hidden=entry.get("hiddenFromPublishing") is True,
        order=tuple(id_ for id_ in order if isinstance(id_, str)) if isinstance(order, list) else (),
        parent=_text(entry.get("parentVariableCollectionId")),
        overrides={k: v for k, v in overrides.items() if isinstance(v, dict)} if isinstance(overrides, dict) else {},
    )


def _modes(value: object) -> tuple[Mode, ...]:
    """The modes; a map ``id -> name`` is accepted as well, and none at all becomes one."""
    if isinstance(value, dict):
        value = [{"modeId": identity, "name": name} for identity, name in value.items()]
    found = []
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict) and isinstance(identity := entry.get("modeId"), str):
            name = entry.get("name")
            found.append(Mode(identity, name if isinstance(name, str) else identity, _text(entry.get("parentModeId"))))
    return tuple(found) or (Mode("", "Mode 1"),)


def _variable(entry: dict[str, Any], payload: Payload, orphans: dict[str, Collection]) -> Variable | None:
    get = entry.get
    identity, name, values = get("id"), get("name"), get("valuesByMode")
    if type(identity) is not str or type(name) is not str or type(values) is not dict:
        payload.diagnostics.append(malformed("a variable", entry))
        return None
    collection = payload.collections.get(get("variableCollectionId", ""))
    if collection is None:
        collection = _orphanage(str(get("variableCollectionId")), values, orphans)
    scopes, syntax, description = get("scopes"), get("codeSyntax"), get("description")
    return Variable(
        id=identity,
        figma_id=identity,
        name=name,
        key=_text(get("key")),
        collection=collection,
        type=str(get("resolvedType", get("resolvedDataType", ""))),
        values=values,
        scopes=tuple(scope for scope in scopes if type(scope) is str) if type(scopes) is list else None,
        code_syntax=syntax if type(syntax) is dict else None,
        description=description if type(description) is str else "",
        hidden=get("hiddenFromPublishing") is True,
        remote=get("remote") is True,
        deleted=get("deletedButReferenced") is True,
    )


def _orphanage(identity: str, values: Mapping[str, Any], orphans: dict[str, Collection]) -> Collection:
    """A stand-in for a collection that the answer does not hold, so that aliases to its variables can be followed."""
    if identity not in orphans:
        modes = tuple(Mode(mode, mode) for mode in values) or (Mode("", ""),)
        orphans[identity] = Collection(id=identity, name="", modes=modes, default=modes[0].id)
    return orphans[identity]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def malformed(what: str, entry: Mapping[str, Any]) -> Diagnostic:
    """The warning for an entry without the fields that make it usable."""
    known = ", ".join(f"{key} {entry[key]!r}" for key in ("id", "name") if key in entry)
    return Diagnostic(
        code="DSS422",
        severity="warning",
        message=f"{what} of the answer is incomplete and was skipped ({known or 'neither id nor name'})",
    )
