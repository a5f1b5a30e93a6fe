"""What rules look at: the tokens as authored, and resolved in every context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..model import Token
from ..resolve.answers import ResolvedToken
from ..resolve.permutations import Permutations

Json = Any


class InContext(NamedTuple):
    """The tokens of one choice of contexts."""

    label: str
    """``theme=dark``; empty for the defaults."""

    tokens: Mapping[str, ResolvedToken]


class Subject:
    """A set of tokens in all its contexts."""

    def __init__(self, permutations: Permutations) -> None:
        self.permutations = permutations

    @cached_property
    def contexts(self) -> list[InContext]:
        """The defaults first, then each other choice."""
        others = [
            InContext(", ".join(f"{name}={context}" for name, context in one.inputs.items()), one.tokens)
            for one in self.permutations.others
        ]
        return [InContext("", self.permutations.base.tokens), *others]

    @cached_property
    def resolved(self) -> dict[str, ResolvedToken]:
        """Every path once, as in the first context that has it."""
        found: dict[str, ResolvedToken] = dict(self.permutations.base.tokens)
        for one in self.permutations.others:
            for path in one.differing:
                if path in one.tokens:
                    found.setdefault(path, one.tokens[path])
        return found

    def authored(self) -> Iterator[ResolvedToken]:
        """Every token that is written somewhere, once: one path may be written in several files."""
        seen: set[int] = set()
        for token in self.permutations.base.tokens.values():
            seen.add(id(token.token.node))
            yield token
        for one in self.permutations.others:
            for path in one.differing:
                found = one.tokens.get(path)
                if found is not None and id(found.token.node) not in seen:
                    seen.add(id(found.token.node))
                    yield found

    @cached_property
    def users(self) -> dict[str, set[str]]:
        """Path -> the tokens that refer to it, in any context."""
        found: dict[str, set[str]] = {}
        for one in (self.permutations.base, *self.permutations.others):
            for user, targets in one.uses.items():
                for target in targets:
                    found.setdefault(target, set()).add(user)
        return found

    @cached_property
    def uses(self) -> dict[str, set[str]]:
        """Path -> what it refers to directly, in any context."""
        found: dict[str, set[str]] = {}
        for one in (self.permutations.base, *self.permutations.others):
            for user, targets in one.uses.items():
                found.setdefault(user, set()).update(targets)
        return found


def is_literal(token: ResolvedToken) -> bool:
    """Whether a token has a value of its own, without any reference."""
    return token.alias is None and token.written is token.value


def authored_token(token: ResolvedToken) -> Token:
    """The token as it is written."""
    return token.token
