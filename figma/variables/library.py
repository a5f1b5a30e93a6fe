"""Other libraries: those that the project pulls as well, and extended collections whose root lives in one.

An extended collection without its root here has no parent to be laid over: it becomes a collection of its own, with
every inherited value in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..records import Collection, Payload, Raw, alias_target, alias_to
from .chains import Chains


def with_libraries(payload: Payload, libraries: Mapping[str, Payload]) -> Payload:
    """*payload* together with the local collections of *libraries*, by the names the project gave them.

    What was an alias to a variable of another library becomes one to that variable, found by its key, which is the
    same in every file.
    """
    if not libraries:
        return payload
    joined = Payload(payload.form, dict(payload.collections), dict(payload.variables), list(payload.diagnostics))
    for name, library in libraries.items():
        _add_library(name, library, joined)
    homes = {v.key: i for i, v in joined.variables.items() if v.live and v.key and v.collection.library is not None}
    foreign = {i: homes[v.key] for i, v in joined.variables.items() if v.remote and v.key in homes}
    for identity, variable in joined.variables.items():
        values = {mode: _homeward(value, joined, foreign, homes) for mode, value in variable.values.items()}
        if values != variable.values:
            joined.variables[identity] = replace(variable, values=values)
    return joined


def _add_library(name: str, library: Payload, joined: Payload) -> None:
    """Its collections and variables under ids of their own: those of two files may be equal."""
    made = {identity: f"{name}:{identity}" for identity in library.variables}
    collections: dict[str, Collection] = {}
    for identity, collection in library.collections.items():
        order = tuple(made[i] for i in collection.order if i in made)
        plain = replace(collection, id=f"{name}:{identity}", parent=None, overrides={}, order=order, library=name)
        collections[identity] = plain
        if collection.parent is None:
            joined.collections[plain.id] = plain
    for identity, variable in library.variables.items():
        owner = collections.get(variable.collection.id)
        if owner is not None and library.collections[variable.collection.id].parent is None:
            values = {mode: _redirected(value, made) for mode, value in variable.values.items()}
            joined.variables[made[identity]] = replace(variable, id=made[identity], collection=owner, values=values)


def _homeward(value: Raw, joined: Payload, foreign: Mapping[str, str], homes: Mapping[str, str]) -> Raw:
    """*value* with aliases to copies of a library's variables pointing at the variables themselves."""
    target = alias_target(value)
    if target is not None:
        if target in foreign:
            return alias_to(foreign[target])
        key = target.rpartition("VariableID:")[2].partition("/")[0]
        return alias_to(homes[key]) if target not in joined.variables and key in homes else value
    if type(value) is dict and "r" not in value:
        return {part: _homeward(inner, joined, foreign, homes) for part, inner in value.items()}
    return value


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
