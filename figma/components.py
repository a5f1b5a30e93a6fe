"""Components and component sets: names, keys, descriptions, variants. Published ones, on every plan.

Source: REST ``GET /v1/files/:key/components`` and ``/component_sets``; ``GET /v1/files/:key`` lists unpublished
ones too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Variant:
    """One component of a set."""

    key: str
    node: str
    properties: Mapping[str, str]
    """Property -> value, e.g. ``{"Size": "Large", "State": "Hover"}``, in the editor's order."""

    def to_json(self) -> Json:
        """Plain data."""
        return {"key": self.key, "node": self.node, "properties": dict(self.properties)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component, or a set of them with variants."""

    key: str
    node: str
    name: str
    description: str = ""
    page: str | None = None
    variants: tuple[Variant, ...] = ()
    """Empty for a component that stands alone."""

    remote: bool = False

    @property
    def properties(self) -> dict[str, list[str]]:
        """Property -> its values, in the order they occur."""
        found: dict[str, dict[str, None]] = {}
        for variant in self.variants:
            for name, value in variant.properties.items():
                found.setdefault(name, {}).setdefault(value)
        return {name: list(values) for name, values in found.items()}

    def to_json(self) -> Json:
        """Plain data, without what is empty."""
        entry: Json = {"name": self.name, "key": self.key, "node": self.node}
        if self.description:
            entry["description"] = self.description
        if self.page:
            entry["page"] = self.page
        if self.variants:
            entry["properties"] = self.properties
            entry["variants"] = [
                {"key": v.key, "node": v.node, "properties": dict(v.properties)} for v in self.variants
            ]
        return entry


@dataclass(slots=True)
class _Listed:
    key: str
    node: str
    name: str
    description: str
    remote: bool
    set: str | None
    page: str | None
    members: list[Variant] = field(default_factory=list)


def read_components(components: object, component_sets: object = None) -> list[Component]:
    """The components of a file: sets with their variants, and those that stand alone, by name.

    Args:
        components: An answer of ``GET files/:key/components``, or of ``GET files/:key``, which has both.
        component_sets: An answer of ``GET files/:key/component_sets``.
    """
    sets = {entry.node: entry for entry in _listed(component_sets or components, "component_sets", "componentSets")}
    alone: list[_Listed] = []
    for entry in _listed(components, "components", "components"):
        if entry.set is not None and entry.set in sets:
            sets[entry.set].members.append(Variant(entry.key, entry.node, variant_properties(entry.name)))
        else:
            alone.append(entry)
    found = [_component(entry) for entry in (*sets.values(), *alone)]
    return sorted(found, key=lambda component: (component.name, component.key))


def variant_properties(name: str) -> dict[str, str]:
    """The properties that a variant's name spells: ``Size=Large, State=Hover``."""
    found = {}
    for part in name.split(","):
        label, sign, value = part.partition("=")
        if sign and label.strip():
            found[label.strip()] = value.strip()
    return found


def _component(entry: _Listed) -> Component:
    return Component(
        key=entry.key,
        node=entry.node,
        name=entry.name,
        description=entry.description,
        page=entry.page,
        variants=tuple(entry.members),
        remote=entry.remote,
    )


def _listed(document: object, in_meta: str, in_file: str) -> Iterator[_Listed]:
    """The entries of an answer, in either shape; incomplete ones are left out."""
    if not isinstance(document, dict):
        return
    meta = document.get("meta")
    entries: list[Json] = []
    if isinstance(meta, dict) and isinstance(meta.get(in_meta), list):
        entries = [entry for entry in meta[in_meta] if isinstance(entry, dict)]
    elif isinstance(document.get(in_file), dict):
        entries = [{"node_id": node, **entry} for node, entry in document[in_file].items() if isinstance(entry, dict)]
    for entry in entries:
        key, node, name = entry.get("key"), entry.get("node_id"), entry.get("name")
        if isinstance(key, str) and isinstance(node, str) and isinstance(name, str):
            frame = entry.get("containing_frame")
            frame = frame if isinstance(frame, dict) else {}
            text = entry.get("description")
            yield _Listed(
                key,
                node,
                name,
                text if isinstance(text, str) else "",
                entry.get("remote") is True,
                _set_of(entry, frame),
                frame.get("pageName") if isinstance(frame.get("pageName"), str) else None,
            )


def _set_of(entry: Json, frame: Json) -> str | None:
    """The node of the set that a component belongs to; older answers call it a state group."""
    if isinstance(entry.get("componentSetId"), str):
        return str(entry["componentSetId"])
    for field_ in ("containingComponentSet", "containingStateGroup"):
        holder = frame.get(field_)
        if isinstance(holder, dict) and isinstance(holder.get("nodeId"), str):
            return str(holder["nodeId"])
    return None
