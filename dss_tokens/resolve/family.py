"""A resolver document's permutations as one family: the default is resolved, the others overlay it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from ..diagnostics import Diagnostic
from ..limits import MAX_GROUP_DEPTH
from ..mentions import extended_path
from ..model import Group, Source, TokenSet, ancestors, joined
from .documents import Modifier, Resolver, Set
from .evaluation import Evaluation
from .flatten import flatten
from .groups import expand
from .overlay import overlay
from .permutations import Inputs, Permutation, Permutations, permutation_of, resolve_one
from .users import closure, users_of

MOST_PERMUTATIONS = 4096
"""Combinations of contexts that are looked at; beyond it, a warning says so."""

MOST_HEIRS = 10_000
"""Tokens looked at that no context has alone; groups that extend each other in turn would have no end of them."""

_NO_GROUP = Group("", {}, Source(""))
_EFFECTIVE = ("$type", "$deprecated", "$extends", "$ref")
"""Properties of groups that change tokens."""


def permute(resolver: Resolver, inputs: Inputs, *, strict: bool = False) -> Permutations:
    """The permutation of *inputs* and, for modifiers without an input, one for each other context.

    Where several modifiers change the same tokens, their combinations follow. A fault that occurs in one
    combination only names it.
    """
    chosen, found = resolver.inputs(inputs)
    if any(d.severity == "error" for d in found):
        return Permutations(Permutation({}, {}), (), found)
    given = set(inputs)
    free = {
        name: [context for context in modifier.contexts if context != chosen[name]]
        for name, modifier in resolver.used.items()
        if name in chosen and not any(name.casefold() == other.casefold() for other in given)
    }
    family = _Family(resolver, chosen, strict, found, can_interact=len(free) > 1)
    base = family.base
    singles = [family.member({name: context}) for name, contexts in free.items() for context in contexts]
    others = [*singles, *family.interactions(singles, free)]
    modifiers = {name: [chosen[name], *contexts] for name, contexts in free.items()}
    return Permutations(permutation_of(base), others, found, modifiers)


class _Family:
    """One base evaluation and its overlays."""

    def __init__(
        self, resolver: Resolver, chosen: Mapping[str, str], strict: bool, found: list[Diagnostic], *,
        can_interact: bool,
    ) -> None:  # fmt: skip
        self.resolver = resolver
        self.chosen = chosen
        self.found = found
        flat = resolver.flatten(chosen)
        self.flat = flat.tokens
        self.can_interact = can_interact
        self.contested = _contested(resolver) if can_interact else set()
        found += flat.diagnostics
        self.base = resolve_one(flat.tokens, strict=strict)
        found += self.base.diagnostics
        self.affected: dict[tuple[str, str], set[str]] = {}
        """Modifier and context -> what this context, in place of the chosen one, has a say in: paths of tokens, and
        of groups with a final dot."""

        self.paths = set(self.base.tokens.tokens)
        """Those of tokens in any context, and where groups are extended also those of groups, with a final dot."""

        self.extenders: dict[str, set[str]] = {}
        """Group -> the groups that extend it in any context."""

        self.note_extenders(self.flat)

    def note_extenders(self, flat: TokenSet) -> None:
        """Remembers which groups extend which."""
        nodes = [(path, group.properties) for path, group in flat.groups.items() if group.properties]
        nodes += [(path, token.node) for path, token in flat.tokens.items() if "$value" not in token.node]
        for path, node in nodes:
            if (target := extended_path(node.get("$extends", node.get("$ref")))) is not None:
                self.extenders.setdefault(target, set()).add(path)
        if self.extenders:
            self.paths.update(f"{path}." for path in flat.groups)  # extending one that is not there is a fault

    def masked(self, name: str, context: str, flat: TokenSet) -> Iterator[str]:
        """What a context says and a later stage says otherwise: it shows where that stage's context changes, too.

        Args:
            name: The modifier.
            context: One of its contexts.
            flat: The permutation in which the context holds.

        Yields:
            Paths of tokens, and of groups with a final dot.
        """
        stages = [stage for stage in self.resolver.order if isinstance(stage, Modifier) and stage.name == name]
        for document in (source for stage in stages for source in stage.contexts[context]):
            yield from (path for path, token in document.tokens.items() if flat.tokens.get(path) is not token)
            for path, group in document.groups.items():
                shown = flat.groups[path]
                if any(shown.source_of(key) != group.source for key in self.telling(group)):
                    yield f"{path}."

    def telling(self, group: Group) -> Iterator[str]:
        """The properties of a group that change tokens and on which contexts do not agree."""
        return (key for key in _EFFECTIVE if key in group.properties and (group.path, key) in self.contested)

    def changed_groups(self, flat: TokenSet) -> Iterator[str]:
        """Groups with other properties than in the base, or properties from elsewhere, each with a final dot."""
        before, after = self.flat.groups, flat.groups
        for path in before.keys() | after.keys():
            old, new = before.get(path, _NO_GROUP), after.get(path, _NO_GROUP)
            if old is not new and (
                any(old.properties.get(key) != new.properties.get(key) for key in _EFFECTIVE)
                or any(old.source_of(key) != new.source_of(key) for key in self.telling(new))
            ):
                yield f"{path}."

    def member(self, inputs: Inputs) -> Permutation:
        """The permutation with *inputs* in place of the chosen ones."""
        flat = self.resolver.flatten({**self.chosen, **inputs})
        expanded = expand(flat.tokens)
        evaluation, affected = overlay(self.base, expanded.tokens)
        if self.can_interact and len(inputs) == 1:
            ((name, context),) = inputs.items()
            self.paths |= expanded.tokens.tokens.keys()
            self.note_extenders(flat.tokens)
            self.affected[name, context] = {
                *affected,
                *(self.base.tokens.tokens.keys() - expanded.tokens.tokens.keys()),
                *self.changed_groups(flat.tokens),
                *self.masked(name, context, flat.tokens),
                *self.masked(name, self.chosen[name], self.flat),
            }
        self.report([*flat.diagnostics, *expanded.diagnostics, *evaluation.diagnostics], inputs)
        differs = frozenset(differing(self.base, evaluation, affected))
        return permutation_of(evaluation, inputs)._replace(differing=differs)

    def report(self, diagnostics: Iterable[Diagnostic], inputs: Inputs) -> None:
        known = {(d.code, d.file, d.at, d.message) for d in self.found}
        choice = ", ".join(f"{name}={context}" for name, context in inputs.items())
        for found in diagnostics:
            if (found.code, found.file, found.at, found.message) not in known:
                self.found.append(replace(found, message=f"{found.message} (with {choice})"))

    def below(self, affected: set[str]) -> set[str]:
        """*affected* with every token in its groups, whatever context the token belongs to."""
        groups = tuple("" if path == "." else path for path in affected if path[-1:] == ".")
        return {path for path in self.paths if path.startswith(groups)} | affected if groups else affected

    def reach(self, paths: set[str], users: Mapping[str, Iterable[str]]) -> set[str]:
        """*paths*, everything that refers to them, and what groups inherit of them in any context."""
        found = closure(paths, users)
        while self.extenders:
            inherited = {place for path in found for place in self.heirs(path) if place in self.paths}
            if inherited <= found:
                break
            found = closure(found | inherited, users)
        return found

    def heirs(self, path: str) -> Iterator[str]:
        """Where groups that extend one around *path*, in any context, have what they inherit of it."""
        for group in ancestors(path):
            for extender in self.extenders.get(group, ()):
                yield joined(extender, path[len(group) + 1 if group else 0 :])

    def note_heirs(self) -> None:
        """Adds the tokens that are there only where one context extends a group and another one puts them into it."""
        waiting, left = list(self.paths) if self.extenders else [], MOST_HEIRS
        while waiting and left > 0:
            for path in self.heirs(waiting.pop()):
                if path not in self.paths and path.count(".") < MAX_GROUP_DEPTH:
                    self.paths.add(path)
                    waiting.append(path)
                    left -= 1

    def interactions(self, singles: Sequence[Permutation], free: Mapping[str, Sequence[str]]) -> Iterator[Permutation]:
        """Permutations of two and more modifiers that change a token together."""
        if not self.can_interact:
            return
        self.note_heirs()
        users = users_of(self.base.uses, *(single.uses for single in singles))
        touched = {pair: self.reach(self.below(affected), users) for pair, affected in self.affected.items()}
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


def _contested(resolver: Resolver) -> set[tuple[str, str]]:
    """Groups and properties of which some context says something else than the sets do."""
    sets = (source for stage in resolver.order if isinstance(stage, Set) for source in stage.sources)
    always = flatten(sets, report_replaced=False).tokens.groups
    found: set[tuple[str, str]] = set()
    for modifier in resolver.used.values():
        for document in (source for sources in modifier.contexts.values() for source in sources):
            for path, group in document.groups.items():
                if group.properties:
                    said = always.get(path, _NO_GROUP).properties
                    found.update(
                        (path, key)
                        for key in _EFFECTIVE
                        if key in group.properties and group.properties[key] != said.get(key, _NO_GROUP)
                    )
    return found


def _too_many(file: str) -> Diagnostic:
    return Diagnostic(
        code="DSS236", severity="warning", file=file,
        message=f"more than {MOST_PERMUTATIONS} combinations of contexts change the same tokens; the rest is left out",
        hint="choose contexts with --input, or let fewer modifiers change one token",
    )  # fmt: skip


def differing(base: Evaluation, other: Evaluation, affected: set[str]) -> set[str]:
    """Those of *affected* whose written or resolved value, or anything in whose chain, differs between the two."""
    before, after = base.done, other.done
    seeds = set()
    for path in affected:
        new, old = after.get(path), before.get(path)
        if new is None:
            continue
        if old is None or new.value != old.value or new.written != old.written or new.type != old.type:
            seeds.add(path)
    # Whatever refers to a seed is affected, too: the uses of others lead nowhere.
    uses = {path: other.uses[path] for path in affected if path in other.uses}
    return {path for path in closure(seeds, users_of(uses)) if path in after}
