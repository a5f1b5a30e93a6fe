"""Extended collections whose root lives in another library: there is no parent here to lay them over.

They become collections of their own, with every inherited value in place.
"""

from __future__ import annotations

from dataclasses import replace

from ..records import Collection, Payload, Raw, alias_target, alias_to
from .chains import Chains


def own_library_extensions(payload: Payload) -> Payload:
    """*payload* with every extension of a collection that is not written here turned into a plain collection."""
    foreign = [c for c in payload.collections.values() if c.parent and not c.remote and _root_is_foreign(c, payload)]
    if not foreign:
        return payload
    chains = Chains(payload)
    owned = Payload(payload.form, dict(payload.collections), dict(payload.variables), list(payload.diagnostics))
    for collection in foreign:
        _own(collection, payload, chains, owned)
    return owned


def _root_is_foreign(collection: Collection, payload: Payload) -> bool:
    seen = {collection.id}
    while collection.parent:
        parent = payload.collections.get(collection.parent)
        if parent is None or parent.id in seen:
            return True
        seen.add(parent.id)
        collection = parent
    return collection.remote


def _own(collection: Collection, payload: Payload, chains: Chains, owned: Payload) -> None:
    listed = dict.fromkeys([*collection.order, *collection.overrides])
    inherited = [payload.variables[identity] for identity in listed if identity in payload.variables]
    made = {variable.id: f"{collection.id}/{variable.id}" for variable in inherited}
    plain = replace(collection, parent=None, overrides={}, order=tuple(made.values()))
    owned.collections[collection.id] = plain
    for variable in inherited:
        values = {
            mode.id: _redirected(value, made)
            for mode in collection.modes
            if (value := chains.authored(variable, mode.id)) is not None
        }
        owned.variables[made[variable.id]] = replace(
            variable, id=made[variable.id], collection=plain, values=values, remote=False
        )


def _redirected(value: Raw, made: dict[str, str]) -> Raw:
    """*value* with aliases inside the collection pointing at the copies."""
    target = alias_target(value)
    if target is not None:
        return alias_to(made[target]) if target in made else value
    if type(value) is dict and "r" not in value:
        return {key: _redirected(part, made) for key, part in value.items()}
    return value
