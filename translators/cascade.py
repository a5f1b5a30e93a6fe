"""What each block of a stylesheet has to declare, so that every element gets the values of its contexts.

The cascade does most of it: where a block for one modifier and a block for another both find an element, the stronger
or later one wins each token. A block for a combination repeats only what would come out wrong. Source: CSS Cascade 5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from dss_tokens.resolve.evaluation import ResolvedToken
from dss_tokens.resolve.permutations import Permutation, Permutations

from .platform import Platform
from .selectors import Place, places_of, specificity

Declare = Callable[[ResolvedToken, Permutation], str]
"""The declaration of a token in a permutation, as text."""


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


def blocks(permutations: Permutations, platform: Platform, declare: Declare) -> Iterator[Block]:
    """The blocks after the defaults: one for each context, then one for each combination that needs it.

    A token whose own value, or anything in its chain of references, differs is declared again, so that a nested
    element gets it, too. Media queries come before selectors: an attribute that is set wins over the system's choice.
    """
    base = permutations.base
    root = Place(platform.root_selector, None, False, specificity(platform.root_selector))
    layers = [_Layer(root, base, base.tokens)]
    defaults = _defaults(permutations, platform)
    single = [permutation for permutation in permutations.others if len(permutation.inputs) == 1]
    placed = [(p, place) for p in [*defaults.values(), *single] for place in places_of(p.inputs, platform)]
    order = {name: at for at, name in enumerate(permutations.modifiers)}
    for permutation, place in sorted(placed, key=lambda pair: (pair[1].on_element, order[next(iter(pair[0].inputs))])):
        differing = permutation.differing
        layers.append(
            _Layer(place, permutation, {path: t for path, t in permutation.tokens.items() if path in differing})
        )
    for permutation in _combinations(permutations, defaults):
        for place in places_of(permutation.inputs, platform):
            below = [layer for layer in layers if layer.permutation.inputs.items() <= permutation.inputs.items()]
            layers.append(_Layer(place, permutation, _wrong(permutation, place, below, declare)))
    for layer in layers[1:]:
        if layer.tokens:
            place = layer.place
            yield Block(place.selector, place.media, layer.permutation, list(layer.tokens.values()))


def _defaults(permutations: Permutations, platform: Platform) -> dict[str, Permutation]:
    """Modifier -> its default context as a permutation, where that has a place of its own.

    It declares again what any other context of the modifier changes, so that it undoes one that is set further out.
    """
    given = platform.selectors.keys() | platform.media.keys()
    base = permutations.base
    found = {}
    for name, contexts in permutations.modifiers.items():
        if f"{name}={contexts[0]}" in given:
            changed = (other.differing for other in permutations.others if name in other.inputs)
            found[name] = Permutation({name: contexts[0]}, base.tokens, frozenset().union(*changed), base.uses)
    return found


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
