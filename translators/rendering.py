"""What a format is given: the tokens of every permutation with their names and texts, made once, when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.naming import collisions, kebab_names
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Inputs, Permutation, Permutations

from .css_values import PLAIN, text_of
from .effects import Effects
from .literals import Literals
from .naming import PLAIN as PLAIN_NAMES
from .platform import Platform
from .rows import Rows, make_rows

if TYPE_CHECKING:
    from .cascade import Block, Declare


Resolve = Callable[[Inputs, bool], Permutations]
"""Gives the tokens for inputs: of all contexts that they leave open, or of exactly one permutation."""


_authored = itemgetter(ResolvedToken._fields.index("token"))


class Names:
    """Names by prefix, shared by all platforms of a run."""

    def __init__(self, permutations: Permutations, literals: Literals | None = None) -> None:
        self.tokens = all_tokens(permutations)
        self._known: dict[str, tuple[dict[str, str], list[Diagnostic]]] = {}
        self._rows: dict[tuple[int, int, int, bool], tuple[Rows, tuple[object, ...]]] = {}
        self._taken: dict[int, tuple[dict[str, str], Mapping[str, str]]] = {}
        self.literals = literals or Literals(PLAIN)

    def kebab(self, prefix: str) -> tuple[dict[str, str], list[Diagnostic]]:
        """Path -> name, and an error for every name that two tokens share."""
        if prefix not in self._known:
            names = kebab_names(map(_authored, self.tokens.values()), prefix)
            is_clear = len(self.taken(names)) == len(names)
            found = [] if is_clear else collisions(names, lambda path: self.tokens[path].token)
            self._known[prefix] = (names, found)
        return self._known[prefix]

    def taken(self, names: Mapping[str, str]) -> Mapping[str, str]:
        """Name -> path of *names*, made once for all formats that have the same."""
        if id(names) not in self._taken:
            self._taken[id(names)] = dict(zip(names.values(), names, strict=True)), names
        return self._taken[id(names)][0]

    def rows(self, permutation: Permutation, names: Mapping[str, str], literals: Literals, *, keep: bool) -> Rows:
        """The rows of a whole permutation, made once for all formats that write it alike."""
        tokens = permutation.tokens
        key = id(tokens), id(names), id(literals), keep
        if key not in self._rows:
            rows = make_rows(tokens.values(), permutation, names, literals, keep=keep)
            self._rows[key] = rows, (tokens, names, literals)  # kept, so that no id is used again
        return self._rows[key][0]


def all_tokens(permutations: Permutations) -> Mapping[str, ResolvedToken]:
    """Every token of any permutation; some contexts add tokens that the default does not have."""
    base = permutations.base.tokens
    added = {path: token for other in permutations.others for path, token in other.tokens.items() if path not in base}
    return {**base, **added} if added else base


NAMELESS = frozenset({"dtcg", "dtcg/resolved", "dtcg/resolver", "json", "json/nested"})
"""Formats that write paths, no names: two tokens with one name are no fault in them."""


class Rendering:
    """The input of a format."""

    def __init__(
        self, permutations: Permutations, platform: Platform, names: Names, resolve: Resolve | None = None
    ) -> None:
        self.platform = platform
        self.resolve = resolve
        self.shared = names
        self.shape = None
        if not platform.is_plain:
            from .shaping import Shape

            self.shape = Shape(permutations, platform)
            permutations = self.shape.permutations
        self.permutations = permutations
        self.diagnostics: list[Diagnostic] = []
        self.names = self._names(names)
        self.known_names = self._known_names()
        """Path -> name of each token that may be referred to."""

        self.simple = platform.effects.writers()
        """What writes simple values where no rule says otherwise."""

        self.literals = names.literals if self.simple is PLAIN else Literals(self.simple)
        self.literal = self.literals.text
        """The CSS text of ``(type, resolved value)``, as the platform wants all its values."""

        self._claimed: dict[str, str] = {}
        self._more: list[Permutation] = []
        """Those resolved on request, kept so that each is resolved once."""

        if platform.sort != "source":
            self._sort()

    def _names(self, known: Names) -> Mapping[str, str]:
        """Path -> name of each token that is written."""
        platform = self.platform
        if self.shape is None and platform.naming == PLAIN_NAMES:
            names, found = known.kebab(platform.prefix)
            self.diagnostics += [] if platform.format in NAMELESS else found
            return names
        tokens = all_tokens(self.permutations)
        names = platform.naming.names(tokens, self.prefix_of)
        if platform.format not in NAMELESS:
            self.diagnostics += collisions(names, lambda path: tokens[path].token)
        return names

    def _known_names(self) -> Mapping[str, str]:
        said = (self.platform.references, *(rule.effects.references for rule in self.platform.rules))
        if self.shape is None or "all" not in said:
            return self.names
        tokens = {
            path: token
            for permutation in (self.permutations.base, *self.permutations.others)
            for path, token in self.shape.every(permutation).items()
        }
        return {**self.platform.naming.names(tokens, self.prefix_of), **self.names}

    def every(self, permutation: Permutation) -> Mapping[str, ResolvedToken]:
        """The tokens of *permutation* with those that may be referred to, but are not written."""
        return permutation.tokens if self.shape is None else self.shape.every(permutation)

    def _sort(self) -> None:
        base, others = self.permutations.base, self.permutations.others
        self.permutations = self.permutations._replace(
            base=base._replace(tokens=self._in_order(base.tokens)),
            others=[other._replace(tokens=self._in_order(other.tokens)) for other in others],
        )

    def _in_order(self, tokens: Mapping[str, ResolvedToken]) -> Mapping[str, ResolvedToken]:
        if self.platform.sort == "source":
            return tokens
        from .shaping import in_order

        return in_order(tokens, self.names, self.platform.sort)

    def permutation(self, inputs: Mapping[str, str]) -> Permutation | None:
        """The tokens of just these contexts, the defaults for other modifiers; ``None`` after reporting a fault."""
        defaults = {name: contexts[0] for name, contexts in self.permutations.modifiers.items()}
        defaults |= self.platform.inputs
        chosen = {name: context for name, context in inputs.items() if defaults.get(name) != context}
        for known in (self.permutations.base, *self.permutations.others, *self._more):
            if known.inputs == chosen:
                return known
        from .differences import differing

        if self.resolve is None:
            message = f"the contexts {', '.join(f'{n}={c}' for n, c in chosen.items())} cannot be resolved here"
            self.diagnostics.append(Diagnostic(code="DSS318", message=message, path=self.platform.name))
            return None
        found = self.resolve({**self.platform.inputs, **chosen}, True)
        self.diagnostics += [fault for fault in found.diagnostics if fault.severity == "error"]
        if has_errors(found.diagnostics):
            return None
        made = found.base._replace(inputs=chosen)
        if self.shape is not None:
            made = self.shape.more(made)
        made = made._replace(differing=differing(self.permutations.base, made))
        made = made._replace(tokens=self._in_order(made.tokens))
        self._more.append(made)
        return made

    def prefix_of(self, path: str) -> str:
        """What stands before the name of the token at *path*."""
        if self.shape is None:
            return self.platform.prefix
        own = self.shape.effects_at(path).prefix
        return self.platform.prefix if own is None else own

    def part_name(self, token: ResolvedToken, part: str) -> str:
        """The name of a part of a composite that is written as its parts."""
        return self.platform.naming.part(self.names[token.path], token.path, part, self.prefix_of(token.path))

    def effects(self, token: ResolvedToken) -> Effects:
        """What the rules of the platform say of *token*."""
        return self.platform.effects if self.shape is None else self.shape.effects(token)

    def text(self, token: ResolvedToken) -> str:
        """The CSS text of *token*'s value, without references, as the platform wants it."""
        if self.shape is None:
            return self.literal(token.type, token.value)
        simple = self.effects(token).writers()
        if simple is self.simple:
            return self.literal(token.type, token.value)
        return text_of(token.type, token.value, token.value, None, simple)

    @property
    def tokens(self) -> Mapping[str, ResolvedToken]:
        """The default permutation."""
        return self.permutations.base.tokens

    def rows(
        self, names: Mapping[str, str], tokens: Iterable[ResolvedToken] | None = None,
        permutation: Permutation | None = None,
    ) -> Rows:  # fmt: skip
        """The rows under *names*: of *tokens* of a permutation, by default all of the default. Without rules only."""
        keep = bool(self.platform.references)
        if tokens is None or permutation is None:
            rows = self.shared.rows(self.permutations.base, names, self.literals, keep=keep)
        else:
            rows = make_rows(tokens, permutation, names, self.literals, keep=keep)
        for suffix, token in rows.further:
            self.claim(f"{self.names[token[0]]}-{suffix}", token)
        return rows

    def blocks(self, declare: Declare, *, nested: bool = False) -> Iterator[Block]:
        """The blocks of a stylesheet after the defaults; see :func:`.cascade.blocks`."""
        from .cascade import blocks

        return blocks(self.permutations, self.platform, declare, self.permutation if nested else None)

    def claim(self, name: str, token: ResolvedToken) -> str:
        """A further *name* that a format makes for *token*; it must not be another token's."""
        path = token[0]
        other = self.shared.taken(self.names).get(name, path)
        if other == path:
            other = self._claimed.setdefault(name, path)
        if other != path:
            theirs = self.permutations.base.tokens.get(other)
            both = {other: (theirs or token).token, path: token.token}
            self.diagnostics += collisions(dict.fromkeys(both, name), both.__getitem__)
        return name
