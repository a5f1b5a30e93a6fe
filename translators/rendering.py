"""What a format is given: the tokens of every permutation with their names and texts, made once, when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.naming import collisions, kebab_names
from dss_tokens.resolve.evaluation import ResolvedToken
from dss_tokens.resolve.permutations import Permutation, Permutations

from .css_values import literal
from .platform import Platform


class Names:
    """Names by prefix, shared by all platforms of a run."""

    def __init__(self, permutations: Permutations) -> None:
        self.tokens = _all_tokens(permutations)
        self._known: dict[str, tuple[dict[str, str], list[Diagnostic]]] = {}
        self._texts: dict[int, str] = {}

    def literal(self, kind: str, value: Any) -> str:
        """The CSS text of a resolved value, made once for all tokens and formats that share the value."""
        if type(value) is not dict and type(value) is not list:
            return literal(kind, value)
        text = self._texts.get(id(value))
        if text is None:
            text = self._texts[id(value)] = literal(kind, value)
        return text

    def kebab(self, prefix: str) -> tuple[dict[str, str], list[Diagnostic]]:
        """Path -> name, and an error for every name that two tokens share."""
        if prefix not in self._known:
            names = kebab_names(((path, found.token.parent) for path, found in self.tokens.items()), prefix)
            found = collisions(names, {path: token.token for path, token in self.tokens.items()})
            self._known[prefix] = (names, found)
        return self._known[prefix]


def _all_tokens(permutations: Permutations) -> Mapping[str, ResolvedToken]:
    """Every token of any permutation; some contexts add tokens that the default does not have."""
    base = permutations.base.tokens
    added = {path: other.tokens[path] for other in permutations.others for path in other.differing if path not in base}
    return {**base, **added} if added else base


class Block(NamedTuple):
    """The tokens that one choice of contexts changes, with where they hold."""

    selector: str
    media: str | None
    permutation: Permutation
    tokens: list[ResolvedToken]


class Rendering:
    """The input of a format."""

    def __init__(self, permutations: Permutations, platform: Platform, names: Names) -> None:
        self.permutations = permutations
        self.platform = platform
        self.names, self.diagnostics = names.kebab(platform.prefix)
        self.literal = names.literal

    @property
    def tokens(self) -> Mapping[str, ResolvedToken]:
        """The default permutation."""
        return self.permutations.base.tokens

    def blocks(self) -> Iterator[Block]:
        """One block for each other permutation, with the tokens that differ, in the order of the tokens."""
        from .selectors import place_of

        for permutation in self.permutations.others:
            tokens = [permutation.tokens[path] for path in permutation.tokens if path in permutation.differing]
            if tokens:
                selector, media = place_of(permutation.inputs, self.platform)
                yield Block(selector, media, permutation, tokens)
