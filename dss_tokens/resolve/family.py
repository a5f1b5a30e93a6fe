"""A resolver document's permutations as one family: the default is resolved, the others overlay it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from ..diagnostics import Diagnostic
from .documents import Resolver
from .evaluation import Evaluation
from .groups import expand
from .overlay import overlay
from .permutations import Inputs, Permutation, Permutations, resolve_one

MOST_PERMUTATIONS = 4096
"""Combinations of contexts that are looked at; beyond it, a warning says so."""


def permute(resolver: Resolver, inputs: Inputs, *, strict: bool = False) -> Permutations:
    """The permutation of *inputs* and, for modifiers without an input, one for each other context.

    Where several modifiers change the same tokens, their combinations follow. A fault that occurs in one
    combination only names it.
    """
    chosen, found = resolver.inputs(inputs)
    if any(d.severity == "error" for d in found):
        return Permutations(Permutation({}, {}), (), found)
    family = _Family(resolver, chosen, strict, found)
    base = family.base
    given = set(inputs)
    free = {
        name: [context for context in modifier.contexts if context != chosen[name]]
        for name, modifier in resolver.used.items()
        if name in chosen and not any(name.casefold() == other.casefold() for other in given)
    }
    singles = [family.member({name: context}) for name, contexts in free.items() for context in contexts]
    others = [*singles, *family.interactions(singles, free)]
    modifiers = {name: [chosen[name], *contexts] for name, contexts in free.items()}
    return Permutations(Permutation({}, base.done, uses=base.uses), others, found, modifiers)


class _Family:
    """One base evaluation and its overlays."""

    def __init__(self, resolver: Resolver, chosen: Mapping[str, str], strict: bool, found: list[Diagnostic]) -> None:
        self.resolver = resolver
        self.chosen = chosen
        self.found = found
        flat = resolver.flatten(chosen)
        found += flat.diagnostics
        self.base = resolve_one(flat.tokens, strict=strict)
        found += self.base.diagnostics
        self.affected: dict[tuple[tuple[str, str], ...], set[str]] = {}

    def member(self, inputs: Inputs) -> Permutation:
        """The permutation with *inputs* in place of the chosen ones."""
        flat = self.resolver.flatten({**self.chosen, **inputs})
        expanded = expand(flat.tokens)
        evaluation, affected = overlay(self.base, expanded.tokens)
        self.affected[tuple(inputs.items())] = affected
        self.report([*flat.diagnostics, *expanded.diagnostics, *evaluation.diagnostics], inputs)
        return Permutation(
            inputs, evaluation.done, frozenset(differing(self.base, evaluation, affected)), evaluation.uses
        )

    def report(self, diagnostics: Iterable[Diagnostic], inputs: Inputs) -> None:
        known = {(d.code, d.file, d.at, d.message) for d in self.found}
        choice = ", ".join(f"{name}={context}" for name, context in inputs.items())
        for found in diagnostics:
            if (found.code, found.file, found.at, found.message) not in known:
                self.found.append(replace(found, message=f"{found.message} (with {choice})"))

    def interactions(self, singles: Sequence[Permutation], free: Mapping[str, Sequence[str]]) -> Iterator[Permutation]:
        """Permutations of two and more modifiers that change a token together."""
        if len(free) < 2:
            return
        users = _users(self.base.uses, *(single.uses for single in singles))
        touched = {
            next(iter(single.inputs.items())): _closure(self.affected[tuple(single.inputs.items())], users)
            for single in singles
        }
        count = 0
        for size in range(2, len(free) + 1):
            more = False
            for names in combinations(free, size):
                for contexts in product(*(free[name] for name in names)):
                    pairs = tuple(zip(names, contexts, strict=True))
                    if not set.intersection(*(touched[pair] for pair in pairs)):
                        continue
                    more = True
                    count += 1
                    if count > MOST_PERMUTATIONS:
                        self.found.append(_too_many(self.resolver.file))
                        return
                    yield self.member(dict(pairs))
            if not more:
                return


def _users(*graphs: Mapping[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """What refers to each token in any of *graphs*: one context may point to what another one changes."""
    users: dict[str, set[str]] = {}
    for uses in graphs:
        for path, used in uses.items():
            for target in used:
                users.setdefault(target, set()).add(path)
    return users


def _closure(paths: Iterable[str], users: Mapping[str, Iterable[str]]) -> set[str]:
    """*paths* and everything that refers to them, directly or not."""
    found = set(paths)
    waiting = list(found)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found


def _too_many(file: str) -> Diagnostic:
    return Diagnostic(
        code="DSS236", severity="warning", file=file,
        message=f"more than {MOST_PERMUTATIONS} combinations of contexts change the same tokens; the rest is left out",
        hint="choose contexts with --input, or let fewer modifiers change one token",
    )  # fmt: skip


def differing(base: Evaluation, other: Evaluation, affected: Iterable[str]) -> set[str]:
    """Those of *affected* whose written or resolved value, or anything in whose chain, differs between the two."""
    before, after = base.done, other.done
    seeds = set()
    for path in affected:
        new, old = after.get(path), before.get(path)
        if new is None:
            continue
        if old is None or new.value != old.value or new.written != old.written or new.type != old.type:
            seeds.add(path)
    return {path for path in _closure(seeds, _users(other.uses)) if path in after}
