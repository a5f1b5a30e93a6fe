"""The kind of every variable: decided once over all its modes and once per chain of aliases.

A DTCG reference cannot change a type, so the two ends of an alias must agree. What is firmly known (scopes) travels
both ways: a primitive without scopes takes the kind of those that use it, when they agree; then a variable takes the
kind of what it aliases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..options import PullOptions
from ..records import Payload, Raw, Variable
from .chains import Chains, Dead
from .graph import Edges
from .scopes import Ground, Kind, Typed, fits, infer


@dataclass(slots=True)
class Kinds:
    """What was decided."""

    typed: dict[str, Typed] = field(default_factory=dict)
    """By variable id, remote ones included."""

    retyped: dict[str, tuple[Kind, str]] = field(default_factory=dict)
    """Variables that took the kind of their target against their own scopes: the kind they had, the target's id."""

    whole: set[str] = field(default_factory=set)
    """Variables that have a literal in every mode."""

    def __getitem__(self, variable: str) -> Kind:
        return self.typed[variable].kind


def decide(payload: Payload, chains: Chains, order: list[str], edges: Edges, options: PullOptions) -> Kinds:
    """The kinds of all variables of *payload*; *order* has targets first."""
    literals: dict[str, list[Raw]] = {}
    kinds = Kinds()
    extended = _extended_modes(payload)
    for variable in payload.variables.values():
        found = [chains.literal(variable, mode.id) for mode in variable.collection.modes]
        if variable.collection.id in extended:
            found += [chains.literal(variable, mode) for mode in extended[variable.collection.id]]
        usable = literals[variable.id] = [value for value in found if type(value) is not Dead]
        if len(usable) == len(found):
            kinds.whole.add(variable.id)
        kinds.typed[variable.id] = infer(variable, usable, options.type_rules)

    def suits(variable: str, kind: Kind) -> bool:
        return fits(kind, literals[variable])

    _from_users(payload.variables, order, edges, kinds, suits)
    _from_targets(payload.variables, order, edges, kinds, suits)
    return kinds


def _extended_modes(payload: Payload) -> dict[str, list[str]]:
    """Collection id -> the modes of everything that extends it: an override must fit the type as well."""
    found: dict[str, list[str]] = {}
    for collection in payload.collections.values():
        root, seen = collection, {collection.id}
        while root.parent in payload.collections and root.parent not in seen:
            seen.add(root.parent)
            root = payload.collections[root.parent]
        if root is not collection:
            found.setdefault(root.id, []).extend(mode.id for mode in collection.modes)
    return found


def _from_users(
    variables: Mapping[str, Variable],
    order: list[str],
    edges: Edges,
    kinds: Kinds,
    suits: Callable[[str, Kind], bool],
) -> None:
    """Give variables without a firm kind the one that all their firmest users agree on."""
    wanted: dict[str, dict[Ground, set[Kind]]] = {}
    for identity in reversed(order):
        typed = kinds.typed[identity]
        if typed.ground < Ground.SCOPE and identity in wanted:
            ground = max(wanted[identity])
            agreed = wanted[identity][ground]
            if ground > typed.ground and len(agreed) == 1 and suits(identity, kind := next(iter(agreed))):
                kinds.typed[identity] = typed = Typed(kind, ground)
        if typed.ground > Ground.FALLBACK and variables[identity].live:
            for target in edges.get(identity, ()):
                if variables[target].type == variables[identity].type:
                    wanted.setdefault(target, {}).setdefault(typed.ground, set()).add(typed.kind)


def _from_targets(
    variables: Mapping[str, Variable],
    order: list[str],
    edges: Edges,
    kinds: Kinds,
    suits: Callable[[str, Kind], bool],
) -> None:
    """Give variables the kind of what they alias; against their own scopes only where a reference is written."""
    for identity in order:
        targets = edges.get(identity)
        if not targets:
            continue
        typed = kinds.typed[identity]
        if typed.ground == Ground.RULE:
            continue
        live = [target for target in targets if variables[target].live]
        decisive = live or targets
        agreed = {kinds[target] for target in decisive}
        if len(agreed) != 1 or (kind := next(iter(agreed))) == typed.kind or not suits(identity, kind):
            continue
        ground = kinds.typed[decisive[0]].ground
        firmer = ground >= typed.ground and typed.ground < Ground.SCOPE
        if not firmer and not live:
            continue  # written as a literal, which may keep its own kind
        kinds.typed[identity] = Typed(kind, max(typed.ground, ground))
        if not firmer:
            kinds.retyped[identity] = (typed.kind, decisive[0])
