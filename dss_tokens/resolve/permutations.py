"""A choice of contexts and what it changes: the default permutation, and the others as overlays over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from ..diagnostics import Diagnostic
from ..model import Group, TokenSet
from .answers import ResolvedToken
from .evaluation import Evaluation
from .groups import expand

Inputs = Mapping[str, str]
"""Modifier name -> context name."""


class Permutation(NamedTuple):
    """The tokens for one choice of contexts."""

    inputs: Mapping[str, str]
    """Modifier -> context, only where it differs from the default."""

    tokens: Mapping[str, ResolvedToken]
    differing: frozenset[str] = frozenset()
    """Tokens whose own value, or anything in their chains of references, differs from the default permutation."""

    uses: Mapping[str, tuple[str, ...]] = {}
    """What each token with references refers to, directly."""

    late: Set[str] | None = None
    """Tokens that may stand before something they refer to; ``None``: any may."""

    adapted: Set[str] | None = None
    """Tokens in which a reference may stand for something else than the value of a token of just the type that is
    needed there: for a part of it, or for what it is read as. ``None``: any may."""

    groups: Mapping[str, Group] = {}
    """What is said of groups, the root (``""``) included."""


def permutation_of(evaluation: Evaluation, inputs: Inputs | None = None) -> Permutation:
    """What an evaluation came to, by default as the default permutation."""
    done, uses, late, adapted = evaluation.done, evaluation.uses, evaluation.late, evaluation.adapted
    groups = evaluation.tokens.groups
    return Permutation(inputs or {}, done, uses=uses, late=late, adapted=adapted, groups=groups)


class Permutations(NamedTuple):
    """Every permutation that a single output needs."""

    base: Permutation
    others: Sequence[Permutation]
    """One for each context that is not a default, then those of several modifiers that interact."""

    diagnostics: list[Diagnostic]
    modifiers: Mapping[str, Sequence[str]] = {}
    """Modifier -> its contexts, the default first."""


def resolve_again(before: Evaluation, tokens: TokenSet) -> Evaluation | None:
    """As :func:`resolve_one`, resolving only what differs from *before* and what refers to that.

    ``None`` where all must be resolved: *before* found faults, there are some now, or groups are extended.
    """
    from .overlay import overlay

    if before.diagnostics or expand(tokens).tokens is not tokens:
        return None
    evaluation, affected = overlay(before, tokens)
    if evaluation.diagnostics:
        return None
    if before.late is not None and list(before.tokens.tokens) == list(tokens.tokens):
        evaluation.late = before.late | affected
    return evaluation


def resolve_one(tokens: TokenSet, *, strict: bool = False) -> Evaluation:
    """Extends groups and resolves everything; ``diagnostics`` of both."""
    expanded = expand(tokens)
    evaluation = Evaluation(expanded.tokens, strict=strict)
    evaluation.diagnostics += expanded.diagnostics
    evaluation.run()
    return evaluation
