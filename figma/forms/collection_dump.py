"""Dumps of plugins in the manner of "Export/Import variables": a collection with its variables inside it.

``{id, name, modes: {id: name}, variableIds, variables: [{…, valuesByMode}]}``, alone, in a list, or one file each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..records import Payload
from . import rest


def recognise(document: object) -> bool:
    """Whether *document* holds such a collection."""
    return next(_collections(document), None) is not None


def read(documents: Mapping[str, object]) -> Payload:
    """All collections of *documents*."""
    found = [collection for document in documents.values() for collection in _collections(document)]
    variables = []
    for number, collection in enumerate(found):
        collection.setdefault("id", f"collection-{number}")
        inside = collection.pop("variables")
        for variable in inside.values() if isinstance(inside, dict) else inside:
            if isinstance(variable, dict):
                variables.append({**variable, "variableCollectionId": collection["id"]})
    payload = rest.read({"variableCollections": found, "variables": variables})
    payload.form = "collection-dump"
    return payload


def _collections(document: object) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict) and "collections" in document and isinstance(document["collections"], list):
        document = document["collections"]
    for entry in document if isinstance(document, list) else [document]:
        if not isinstance(entry, dict) or not isinstance(entry.get("modes"), (dict, list)):
            continue
        inside = entry.get("variables")
        entries = list(inside.values()) if isinstance(inside, dict) else inside
        if isinstance(entries, list) and (
            not entries or any(isinstance(e, dict) and "valuesByMode" in e for e in entries)
        ):
            yield dict(entry)
