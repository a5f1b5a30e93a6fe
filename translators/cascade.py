"""What each block of a stylesheet has to declare, so that every element gets the values of its contexts.

The cascade does most of it: where a block for one modifier and a block for another both find an element, the stronger
or later one wins each token. A block for a combination repeats only what would come out wrong. Source: CSS Cascade 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.family import MOST_PERMUTATIONS
from dss_tokens.resolve.permutations import Inputs, Permutation, Permutations
from dss_tokens.resolve.users import closure, users_of

from .differences import differing
from .platform import Platform
from .selectors import Place, places_of, specificity

Declare = Callable[[ResolvedToken, Permutation], str]
"""The declaration of a token in a permutation, as text."""

Resolve = Callable[[Inputs], Permutation | None]
"""The permutation of just these contexts; ``None`` after reporting why not."""


class Block(NamedTuple):
    """The tokens that one choice of contexts declares, with where they hold."""

    selector: str
    media: str | None
    permutation: Permutation
    tokens: list[ResolvedToken]


class _Layer(NamedTuple):
    """A block that stands already: what a later one may build on."""

    place: Place
    permutation: Permutation
    tokens: Mapping[str, ResolvedToken]


def blocks(
    permutations: Permutations, platform: Platform, declare: Declare, nested: Resolve | None = None
) -> Iterator[Block]:
    """The blocks after the defaults: one for each context, then one for each combination that needs it.

    A token whose own value, or anything in its chain of references, differs is declared again, so that a nested
    element gets it, too. Media queries come before selectors: an attribute that is set wins over the system's choice.

    With *nested*, which resolves further combinations, contexts may stand inside of one another, default contexts too:
    every block declares all that any context of its modifier changes, and combinations hold also where their contexts
    are set on different elements.

    Raises:
        InputError: With *nested*, there are too many combinations.
    """
    base = permutations.base
    root = Place(platform.root_selector, None, False, specificity(platform.root_selector))
    layers = [_Layer(root, base, base.tokens)]
    defaults = _defaults(permutations, platform, nested)
    single = [permutation for permutation in permutations.others if len(permutation.inputs) == 1]
    if nested is not None:
        single = [_whole(permutation, defaults) for permutation in single]
    placed = [(p, place) for p in [*defaults.values(), *single] for place in places_of(p.inputs, platform)]
    order = {name: at for at, name in enumerate(permutations.modifiers)}
    for permutation, place in sorted(placed, key=lambda pair: (pair[1].on_element, order[next(iter(pair[0].inputs))])):
        own = permutation.differing
        layers.append(_Layer(place, permutation, {path: t for path, t in permutation.tokens.items() if path in own}))
    together = _combinations(permutations, defaults) if nested is None else _overlaps(permutations, defaults, nested)
    for permutation in together:
        for place in places_of(permutation.inputs, platform, nested=nested is not None):
            below = [layer for layer in layers if layer.permutation.inputs.items() <= permutation.inputs.items()]
            wrong = _wrong(permutation, place, below, declare)
            if nested is not None:
                wrong = _torn(permutation, below, wrong, declare)
            layers.append(_Layer(place, permutation, wrong))
    for layer in layers[1:]:
        if layer.tokens:
            place = layer.place
            yield Block(place.selector, place.media, layer.permutation, list(layer.tokens.values()))


def _defaults(permutations: Permutations, platform: Platform, nested: Resolve | None) -> dict[str, Permutation]:
    """Modifier -> its default context as a permutation, where that has a place of its own.

    It declares again what any other context of the modifier changes, so that it undoes one that is set further out.
    """
    given = platform.selectors.keys() | platform.media.keys()
    base = permutations.base
    found = {}
    for name, contexts in permutations.modifiers.items():
        if nested is not None or f"{name}={contexts[0]}" in given:
            changed = _changed(name, permutations) | _turned(name, permutations, nested)
            found[name] = base._replace(inputs={name: contexts[0]}, differing=changed)
    return found


def _changed(name: str, permutations: Permutations) -> frozenset[str]:
    """What the contexts of a modifier change, alone or together with others; not what those change anyway."""
    single = {
        pair: permutation.differing
        for permutation in permutations.others
        if len(permutation.inputs) == 1
        for pair in permutation.inputs.items()
    }
    found: set[str] = set()
    for permutation in permutations.others:
        if name in permutation.inputs:
            others = (single[pair] for pair in permutation.inputs.items() if pair[0] != name)
            found |= permutation.differing.difference(*others)
    return frozenset(found)


def _turned(name: str, permutations: Permutations, resolve: Resolve | None) -> frozenset[str]:
    """What the contexts of a modifier change where others are set further out, if only back to the default value."""
    known = {frozenset(other.inputs.items()): other for other in permutations.others}
    found: set[str] = set()
    for permutation in permutations.others if resolve is not None else ():
        if name in permutation.inputs and len(permutation.inputs) > 1:
            inputs = {modifier: context for modifier, context in permutation.inputs.items() if modifier != name}
            without = known.get(frozenset(inputs.items())) or (resolve(inputs) if resolve is not None else None)
            if without is not None:
                found |= differing(without, permutation)
    return frozenset(found)


def _whole(permutation: Permutation, defaults: Mapping[str, Permutation]) -> Permutation:
    """With all that any context of its modifier changes: another one may be set further out."""
    (name,) = permutation.inputs
    changed = frozenset(path for path in defaults[name].differing if path in permutation.tokens)
    return permutation._replace(differing=permutation.differing | changed)


def _torn(
    permutation: Permutation, below: Sequence[_Layer], wrong: Mapping[str, ResolvedToken], declare: Declare
) -> dict[str, ResolvedToken]:
    """*wrong*, and what contexts on different elements get wrong: there the inner one wins, not the later one.

    What an inner context has no word on arrives as it came out further out, where its references led elsewhere.
    """
    arrives: set[str] = set()
    for layer in below[1:]:
        arrives |= closure(layer.tokens.keys(), users_of(permutation.uses)) - layer.tokens.keys()
    return {
        path: token
        for path, token in permutation.tokens.items()
        if path in wrong
        or path in arrives
        or any(path in layer.tokens and _differs(token, permutation, layer, declare) for layer in below[1:])
    }


def _combinations(permutations: Permutations, defaults: Mapping[str, Permutation]) -> Iterator[Permutation]:
    """Choices of several contexts, those of fewer first; among them default contexts that have a place."""
    order = {name: at for at, name in enumerate(permutations.modifiers)}
    found = [other for other in permutations.others if len(other.inputs) > 1]
    for size in range(1, len(defaults) + 1):
        for chosen in combinations(defaults.values(), size):
            own = {name: context for default in chosen for name, context in default.inputs.items()}
            found += [
                other._replace(inputs=dict(sorted({**other.inputs, **own}.items(), key=lambda pair: order[pair[0]])))
                for other in permutations.others
                if other.inputs.keys().isdisjoint(own)
            ]
    yield from sorted(found, key=lambda permutation: len(permutation.inputs))


def _overlaps(
    permutations: Permutations, defaults: Mapping[str, Permutation], resolve: Resolve
) -> Iterator[Permutation]:
    """Choices of several contexts, default ones among them, of modifiers that change the same tokens."""
    known = {frozenset(other.inputs.items()): other for other in permutations.others}
    linked = {frozenset(pair) for other in permutations.others for pair in combinations(other.inputs, 2)}
    linked |= {
        frozenset(pair)
        for pair in combinations(defaults, 2)
        if not defaults[pair[0]].differing.isdisjoint(defaults[pair[1]].differing)
    }
    groups = [
        names
        for size in range(2, len(defaults) + 1)
        for names in combinations(permutations.modifiers, size)
        if all(frozenset(pair) in linked for pair in combinations(names, 2))
    ]
    count = sum(prod(len(permutations.modifiers[name]) for name in names) for names in groups)
    if count > MOST_PERMUTATIONS:
        message = f"nested has to look at {count} combinations of contexts; {MOST_PERMUTATIONS} are the most"
        raise InputError(Diagnostic(code="DSS318", message=message, hint="choose contexts with inputs"))
    for names in groups:
        for contexts in product(*(permutations.modifiers[name] for name in names)):
            inputs = dict(zip(names, contexts, strict=True))
            chosen = {name: c for name, c in inputs.items() if c != permutations.modifiers[name][0]}
            found = known.get(frozenset(chosen.items())) or (resolve(chosen) if chosen else None)
            if found is not None:
                yield found._replace(inputs=inputs)


def _wrong(
    permutation: Permutation, place: Place, below: Sequence[_Layer], declare: Declare
) -> dict[str, ResolvedToken]:
    """The tokens of a combination that the blocks *below* it leave wrong."""
    touched = permutation.differing.union(*(layer.tokens for layer in below[1:]))
    wrong = {}
    for path, token in permutation.tokens.items():
        if path not in touched:
            continue
        holding = [layer for layer in below if path in layer.tokens]
        known = any(layer.place.on_element for layer in holding)
        inner = [layer for layer in holding if layer.place.on_element == known] if place.on_element else []
        if (
            not holding
            or any(_differs(token, permutation, layer, declare) for layer in _deciding(holding, place))
            # An element inside the root: what stands on the root only reaches it as it came out there.
            or any(
                _differs(token, permutation, layer, declare) or (not known and layer.tokens[path].value != token.value)
                for layer in _deciding(inner, place)
            )
        ):
            wrong[path] = token
    return wrong


def _deciding(holding: Sequence[_Layer], place: Place) -> Sequence[_Layer]:
    """The one of *holding* that wins the cascade; all of them where their strength is not known."""
    strengths = [layer.place.specificity for layer in holding]
    if not holding or None in strengths or place.specificity is None:
        return holding
    order = range(len(holding))
    return [holding[max(order, key=lambda at: (strengths[at], at))]]


def _differs(token: ResolvedToken, permutation: Permutation, winner: _Layer, declare: Declare) -> bool:
    """Whether *winner* declares something else than the combination would."""
    return declare(winner.tokens[token.path], winner.permutation) != declare(token, permutation)
