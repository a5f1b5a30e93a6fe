"""Which styles there are: from the answers of several endpoints, one shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """One style; its values stand on its node. Source: REST ``GET /v1/files/:key/styles``."""

    node: str
    key: str
    name: str
    type: str
    """``FILL``, ``TEXT``, ``EFFECT`` or ``GRID``."""

    description: str = ""
    remote: bool = False


def listed_styles(document: object) -> list[Style]:
    """The styles in an answer of ``GET files/:key/styles``, ``GET styles/:key``, or in the ``styles`` of
    ``GET files/:key``, which lists unpublished ones and those of libraries as well. Incomplete entries are left out.
    """
    return [style for entry in _entries(document) if (style := _style(entry)) is not None]


def _entries(document: object) -> Iterator[Json]:
    if not isinstance(document, dict):
        return
    meta = document.get("meta", document)
    if not isinstance(meta, dict):
        return
    listed = meta.get("styles")
    if isinstance(listed, list):
        yield from (entry for entry in listed if isinstance(entry, dict))
    elif isinstance(listed, dict):
        yield from ({"node_id": node, **entry} for node, entry in listed.items() if isinstance(entry, dict))
    elif "style_type" in meta:
        yield meta


def _style(entry: Mapping[str, Any]) -> Style | None:
    node, name, kind = entry.get("node_id"), entry.get("name"), entry.get("style_type", entry.get("styleType"))
    if not isinstance(node, str) or not isinstance(name, str) or not isinstance(kind, str):
        return None
    text = entry.get("description")
    return Style(
        node=node,
        key=str(entry.get("key", "")),
        name=name,
        type=kind,
        description=text if isinstance(text, str) else "",
        remote=entry.get("remote") is True,
    )


def nodes_in(document: object) -> dict[str, Json]:
    """Node id -> node, of an answer of ``GET files/:key/nodes``; unknown ids come as ``null`` and are left out."""
    nodes = document.get("nodes") if isinstance(document, dict) else None
    found: dict[str, Json] = {}
    for identity, entry in nodes.items() if isinstance(nodes, dict) else ():
        node = entry.get("document") if isinstance(entry, dict) else None
        if isinstance(node, dict):
            found[identity] = node
    return found


def visible(node: Mapping[str, Any], field: str) -> list[Json]:
    """The entries of a list on *node* (``fills``, ``effects``, ``layoutGrids``) that are not hidden."""
    entries = node.get(field)
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict) and entry.get("visible", True) is not False]
