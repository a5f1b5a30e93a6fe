"""Lists of values, one entry per variable and mode, as GitHub's Primer writes them for its Figma importer.

``[{name, value, type, collection, mode, group, scopes, reference?, refId, codeSyntax?}]``; a ``figma.json`` beside
them gives the collections and the order of their modes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..records import Collection, Mode, Payload, Raw, Variable, alias_to
from . import literals

_KINDS = ("COLOR", "FLOAT", "STRING", "BOOLEAN")


def recognise(document: object) -> bool:
    """Whether *document* is such a list."""
    return isinstance(document, list) and any(_is_entry(entry) for entry in document)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and entry.get("type") in _KINDS and "value" in entry and "name" in entry


def read(documents: Mapping[str, object]) -> Payload:
    """All lists of *documents*; references lead to any of them."""
    entries = list(_entries(documents))
    payload = Payload("variable-list")
    collections = _collections(entries, documents)
    payload.collections = {collection.id: collection for collection in collections.values()}
    by_reference: dict[str, str] = {}
    grouped: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        identity = f"{_collection_of(entry)}/{entry['name']}"
        by_reference.setdefault(str(entry.get("refId", identity)), identity)
        grouped.setdefault(identity, []).append(entry)
    for identity, group in grouped.items():
        collection = collections[_collection_of(group[0])]
        payload.variables[identity] = _variable(identity, collection, group, by_reference)
    return payload


def _entries(documents: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    for document in documents.values():
        if isinstance(document, list):
            yield from (entry for entry in document if _is_entry(entry))


def _collection_of(entry: Mapping[str, Any]) -> str:
    name = entry.get("collection")
    return name if isinstance(name, str) and name else "Variables"


def _mode_of(entry: Mapping[str, Any]) -> str:
    name = entry.get("mode")
    return name if isinstance(name, str) and name else "default"


def _collections(entries: list[dict[str, Any]], documents: Mapping[str, object]) -> dict[str, Collection]:
    modes: dict[str, dict[str, None]] = {}
    used = {_collection_of(entry) for entry in entries}
    for document in documents.values():
        listed = document.get("collections") if isinstance(document, dict) else None
        for name, entry in listed.items() if isinstance(listed, dict) else ():
            if name in used and isinstance(entry, dict) and isinstance(entry.get("modes"), list):
                modes.setdefault(name, {}).update(dict.fromkeys(map(str, entry["modes"])))
    written: dict[str, set[str]] = {}
    for entry in entries:
        modes.setdefault(_collection_of(entry), {}).setdefault(_mode_of(entry))
        written.setdefault(_collection_of(entry), set()).add(_mode_of(entry))
    # A list may cover some of the modes only: the others would have no value at all.
    kept = {name: [mode for mode in names if mode in written[name]] for name, names in modes.items()}
    return {
        name: Collection(id=name, name=name, modes=tuple(Mode(mode, mode) for mode in names), default=names[0])
        for name, names in kept.items()
    }


def _variable(
    identity: str, collection: Collection, group: list[dict[str, Any]], by_reference: Mapping[str, str]
) -> Variable:
    first = group[0]
    scopes, syntax, description = first.get("scopes"), first.get("codeSyntax"), first.get("description")
    values: dict[str, Raw] = {}
    for entry in group:
        target = by_reference.get(str(entry.get("reference")))
        value = entry["value"]
        if first["type"] == "COLOR":
            value = literals.color(value) or value
        values[_mode_of(entry)] = alias_to(target) if target and target != identity else value
    return Variable(
        id=identity,
        name=first["name"],
        collection=collection,
        type=first["type"],
        values=values,
        scopes=tuple(scopes) if isinstance(scopes, list) else None,
        code_syntax=syntax if isinstance(syntax, dict) else None,
        description=description if isinstance(description, str) else "",
    )
