"""What a format is given: the tokens of every permutation with their names and texts, made once, when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.naming import collisions, kebab_names
from dss_tokens.resolve.evaluation import ResolvedToken
from dss_tokens.resolve.permutations import Permutations

from .css_values import Reference, literal
from .platform import Platform

if TYPE_CHECKING:
    from .cascade import Block, Declare


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


class Rendering:
    """The input of a format."""

    def __init__(self, permutations: Permutations, platform: Platform, names: Names) -> None:
        self.permutations = permutations
        self.platform = platform
        self.names, found = names.kebab(platform.prefix)
        self.diagnostics = list(found)
        self.literal = names.literal

    @property
    def tokens(self) -> Mapping[str, ResolvedToken]:
        """The default permutation."""
        return self.permutations.base.tokens

    def blocks(self, declare: Declare) -> Iterator[Block]:
        """The blocks of a stylesheet after the defaults; see :func:`.cascade.blocks`."""
        from .cascade import blocks

        return blocks(self.permutations, self.platform, declare)

    def claim(self, name: str, token: ResolvedToken) -> str:
        """A further *name* that a format makes for *token*; it must not be another token's."""
        if self._taken is None:
            self._taken = {name: path for path, name in self.names.items()}
        other = self._taken.setdefault(name, token.path)
        if other != token.path:
            theirs = self.permutations.base.tokens.get(other)
            self.diagnostics += collisions(
                {other: name, token.path: name}, {other: (theirs or token).token, token.path: token.token}
            )
        return name

    _taken: dict[str, str] | None = None


def referring(tokens: Mapping[str, ResolvedToken], texts: Mapping[str, str]) -> Reference:
    """Refers to the token at a path where it stands for just the value that is needed.

    Args:
        tokens: The permutation.
        texts: What refers to each token that the output has.
    """

    def reference(path: str, kind: str, value: Any) -> str | None:
        text = texts.get(path)
        if text is None:
            path = _older(path, tokens)
            text = texts.get(path)
        target = tokens.get(path)
        if text is None or target is None:
            return None
        return text if stands_for(target, kind, value) else None

    return reference


def stands_for(target: ResolvedToken, kind: str, value: Any) -> bool:
    """Whether *target*'s text is right where a *value* of type *kind* is needed.

    Text and numbers are written alike in every type but for strings, which some types put into quotes.
    """
    found = target.value
    if found is value:
        return target.type == kind or type(value) is not str
    if type(found) is list and len(found) == 1 and target.type == kind:
        return found[0] is value or found[0] == value  # a list of one shadow stands in another list
    return target.type == kind and bool(found == value)


def _older(path: str, tokens: Mapping[str, ResolvedToken]) -> str:
    """``{a.b.value}`` and ``{group}`` as older tools wrote them."""
    if path.endswith(".value") and path not in tokens:
        return path[: -len(".value")]
    return f"{path}.$root"
