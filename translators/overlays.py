"""What each context of a resolver document has to hold, so that together they give every permutation.

A context's tokens replace those of the sets and of modifiers before it (DTCG Resolver 2025.10, "Resolution"). So a
context holds a token not only where it differs from the defaults: it may also turn one back that an earlier modifier
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.family import MOST_PERMUTATIONS
from dss_tokens.resolve.permutations import Permutation

from .rendering import Rendering, all_tokens

Json = Any
Pair = tuple[str, str]
"""A modifier and one of its contexts."""

Content = Callable[[ResolvedToken], Json]
"""What is written of a token."""


class Overlays(NamedTuple):
    """The tokens of a resolver document."""

    base: list[ResolvedToken]
    """Those of the sets."""

    held: dict[Pair, list[ResolvedToken]]
    """Modifier and context -> the tokens it has to hold."""


def overlays(rendering: Rendering, content: Content) -> Overlays:
    """The tokens of the sets, and those that each context has to hold.

    Raises:
        InputError: A token depends on more choices of contexts than can be looked at.
    """
    base: list[ResolvedToken] = []
    held: dict[Pair, list[ResolvedToken]] = {}
    relevant = _relevant(rendering, content)
    for path in all_tokens(rendering.permutations):
        if path not in relevant:
            base.append(rendering.tokens[path])
            continue
        one = _Token(rendering, content, path, relevant[path])
        if one.base is not None:
            base.append(one.base)
        for pair, token in one.declared().items():
            held.setdefault(pair, []).append(token)
    return Overlays(base, held)


def _relevant(rendering: Rendering, content: Content) -> dict[str, list[str]]:
    """Path -> the modifiers, in order, that change the token in any choice of the others."""
    permutations = rendering.permutations
    known = {frozenset(p.inputs.items()): p for p in (permutations.base, *permutations.others)}
    found: dict[str, set[str]] = {}
    for permutation in permutations.others:
        for pair in permutation.inputs.items():
            without = known[frozenset(permutation.inputs.items() - {pair})]
            comes_or_goes = without.tokens.keys() ^ permutation.tokens.keys()
            for path in permutation.differing | without.differing | comes_or_goes:
                if _content(permutation, path, content) != _content(without, path, content):
                    found.setdefault(path, set()).add(pair[0])
    return {path: [name for name in permutations.modifiers if name in names] for path, names in found.items()}


def _content(permutation: Permutation, path: str, content: Content) -> Json:
    token = permutation.tokens.get(path)
    return None if token is None else content(token)


class _Token:
    """One token in every choice of the modifiers that matter to it."""

    def __init__(self, rendering: Rendering, content: Content, path: str, names: Sequence[str]) -> None:
        self.rendering = rendering
        self.content = content
        self.path = path
        self.names = names
        self.contexts = [rendering.permutations.modifiers[name] for name in names]
        self.tokens = dict(self._tokens())
        is_everywhere = all(token is not None for token in self.tokens.values())
        self.base = rendering.tokens.get(path) if is_everywhere else None
        """What the sets hold."""

    def _tokens(self) -> Iterator[tuple[tuple[str, ...], ResolvedToken | None]]:
        count = prod(map(len, self.contexts))
        if count > MOST_PERMUTATIONS:
            message = f"{self.path} depends on {count} choices of contexts; {MOST_PERMUTATIONS} are the most"
            raise InputError(Diagnostic(code="DSS318", message=message, path=self.path))
        for chosen in product(*self.contexts):
            permutation = self.rendering.permutation(dict(zip(self.names, chosen, strict=True)))
            yield chosen, None if permutation is None else permutation.tokens.get(self.path)

    def declared(self) -> Mapping[Pair, ResolvedToken]:
        """The contexts that hold the token, from the last modifier to the first: a later one hides those before it."""
        declared: dict[Pair, ResolvedToken] = {}
        open_ = list(self.tokens)
        for place in reversed(range(len(self.names))):
            for context in self.contexts[place]:
                here = [self.tokens[chosen] for chosen in open_ if chosen[place] == context]
                first = here[0] if here else None
                if first is not None and all(self._is_same(first, other) for other in here):
                    declared[self.names[place], context] = first
            open_ = [chosen for chosen in open_ if (self.names[place], chosen[place]) not in declared]
        self._prune(declared)
        self._check(declared)
        return declared

    def _prune(self, declared: dict[Pair, ResolvedToken]) -> None:
        """Takes out what says what the sets say, where no earlier modifier says anything else."""
        for name, contexts in zip(self.names, self.contexts, strict=True):
            for context in contexts:
                if (token := declared.get((name, context))) is not None and self._is_same(token, self.base):
                    del declared[name, context]
            if any((name, context) in declared for context in contexts):
                return

    def _check(self, declared: Mapping[Pair, ResolvedToken]) -> None:
        for chosen, token in self.tokens.items():
            pairs = reversed(list(zip(self.names, chosen, strict=True)))
            given = next((declared[pair] for pair in pairs if pair in declared), self.base)
            if not self._is_same(given, token):
                message = f"{self.path} depends on {', '.join(self.names)} together: no context can hold it alone"
                hint = "leave references = false out" if not self.rendering.platform.references else None
                self.rendering.diagnostics.append(Diagnostic(code="DSS318", message=message, hint=hint, path=self.path))
                return

    def _is_same(self, one: ResolvedToken | None, other: ResolvedToken | None) -> bool:
        if one is None or other is None:
            return one is other
        return one is other or bool(self.content(one) == self.content(other))
