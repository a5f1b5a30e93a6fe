"""Two versions of resolved tokens -> what changed, by meaning. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..json_equality import same
from ..model import ancestors
from ..resolve.answers import ResolvedToken
from ..resolve.permutations import Permutation, Permutations
from .records import DEFAULT, KINDS, Diff, GroupRename, Kind, Pair, TokenChange
from .renames import Renamed, Trait, find_renames, renamed_groups

Json = Any
Tokens = Mapping[str, ResolvedToken]
Choice = tuple[tuple[str, str], ...]
"""Modifier and context, sorted; every modifier whose context is not the later version's default."""


def compare(before: Permutations, after: Permutations, *, guess: bool = True) -> Diff:
    """What *after* changed.

    Args:
        before: The earlier version, in all its contexts.
        after: The later one.
        guess: Take a removed and an added token of one type, value and use for a rename.
    """
    return _Comparison(before, after).run(guess)


class _Version:
    """One version, by choice of contexts."""

    def __init__(self, permutations: Permutations, defaults: Mapping[str, str]) -> None:
        """*defaults* are those of the later version, in which both are spoken of."""
        self.base = permutations.base
        self.defaults = {name: contexts[0] for name, contexts in permutations.modifiers.items()}
        self.modifiers = permutations.modifiers
        self.known: dict[Choice, Permutation] = {
            _choice({**self.defaults, **permutation.inputs}, defaults): permutation
            for permutation in (permutations.base, *permutations.others)
        }

    def contexts(self) -> set[str]:
        """``modifier=context`` of each context."""
        return {f"{name}={context}" for name, contexts in self.modifiers.items() for context in contexts}


def _choice(inputs: Mapping[str, str], defaults: Mapping[str, str]) -> Choice:
    return tuple(sorted((name, context) for name, context in inputs.items() if defaults.get(name, context) != context))


class _Comparison:
    def __init__(self, before: Permutations, after: Permutations) -> None:
        defaults = {name: contexts[0] for name, contexts in after.modifiers.items()}
        self.old, self.new = _Version(before, defaults), _Version(after, defaults)
        self.choices = [choice for choice in self.new.known if choice in self.old.known]
        self.before: Tokens = self.old.known[()].tokens if () in self.old.known else self.old.base.tokens
        self.after: Tokens = self.new.base.tokens
        self.paths: dict[str, str] = {}

    def run(self, guess: bool) -> Diff:
        removed = [path for path in self.before if path not in self.after]
        added = [path for path in self.after if path not in self.before]
        renamed = self.renames(removed, added, guess)
        self.paths = {one.before[1]: one.after[1] for one in renamed}
        by = {one.after[1]: one for one in renamed}
        changes = [_removed(self.before[path]) for path in removed if path not in self.paths]
        changes += [_added(self.after[path]) for path in added if path not in by]
        for path, token in self.after.items():
            old = self.before.get(by[path].before[1] if path in by else path)
            if old is not None and (change := self.change(old, token, by.get(path))) is not None:
                changes.append(change)
        groups = self.group_renames(renamed)
        here, there = self.old.contexts(), self.new.contexts()
        return Diff(
            changes=tuple(sorted(changes, key=lambda change: (KINDS.index(change.kind), change.path))),
            groups=tuple(groups),
            contexts_added=tuple(sorted(there - here)),
            contexts_removed=tuple(sorted(here - there)),
        )

    # --- renames ----------------------------------------------------------------------------------------------------

    def renames(self, removed: list[str], added: list[str], guess: bool) -> list[Renamed]:
        if not removed or not added:
            return []
        users, later = _users(self.old.base), _users(self.new.base)
        olds = {("", path): self.trait(self.before[path], self.old, users, guess) for path in removed}
        news = {("", path): self.trait(self.after[path], self.new, later, guess) for path in added}
        return find_renames(olds, news)

    def trait(self, token: ResolvedToken, version: _Version, users: Mapping[str, set[str]], guess: bool) -> Trait:
        figma = token.token.extensions.get("com.figma")
        key = figma.get("key") or figma.get("id") if isinstance(figma, dict) else None
        if not guess:
            return Trait(key, object())
        values = [_value(version.known[choice].tokens.get(token.path)) for choice in self.choices]
        return Trait(key, json.dumps([token.type, values], sort_keys=True), frozenset(users.get(token.path, ())))

    def group_renames(self, renamed: list[Renamed]) -> Iterator[GroupRename]:
        groups = [{("", group) for path in tokens for group in ancestors(path)} for tokens in (self.before, self.after)]
        found = {one.before[1]: one.after[1] for one in renamed_groups(renamed, *groups)}
        for was, path in found.items():
            # A group in a renamed group goes along with it.
            above = was.rpartition(".")[0]
            if above in found and path == f"{found[above]}.{was.rpartition('.')[2]}":
                continue
            inside = [one for one in renamed if one.before[1].startswith(f"{was}.")]
            moved = sum(one.after[1] == f"{path}.{one.before[1][len(was) + 1 :]}" for one in inside)
            if moved > 1:
                yield GroupRename(was, path, moved)

    # --- one token --------------------------------------------------------------------------------------------------

    def change(self, old: ResolvedToken, new: ResolvedToken, renamed: Renamed | None) -> TokenChange | None:
        values = self.values(old.path, new.path)
        types = Pair(old.type, new.type) if old.type != new.type else None
        alias = self.alias(old, new)
        deprecated = Pair(old.deprecated, new.deprecated) if old.deprecated != new.deprecated else None
        one, other = old.token, new.token
        description = None
        if one.description != other.description:
            description = Pair(one.description, other.description)
        extensions = tuple(_differing(one.extensions, other.extensions)) if one.node is not other.node else ()
        kind = _kind(renamed, types, values, alias, deprecated, description, extensions)
        if kind is None:
            return None
        reasons = []
        if renamed is not None:
            reasons.append(f"{old.path} is gone: it is called {new.path}")
        if types is not None:
            reasons.append(f"its type was {old.type} and is {new.type}")
        reasons += [f"it has no value in the context {name}" for name, pair in values.items() if pair.after is None]
        return TokenChange(
            kind=kind, path=new.path, type=new.type, was=old.path if renamed else None,
            by=renamed.by if renamed else None,
            values=values, alias=alias, types=types, deprecated=deprecated, description=description,
            extensions=extensions, reasons=tuple(reasons),
        )  # fmt: skip

    def values(self, was: str, path: str) -> dict[str, Pair]:
        """Context -> values that differ, contexts that say what the default says left out."""
        found: dict[str, Pair] = {}
        default = Pair(_value(self.before[was]), _value(self.after[path]))
        if not same(default.before, default.after):
            found[DEFAULT] = default
        for choice in self.choices:
            old, new = self.old.known[choice], self.new.known[choice]
            if not choice or (was not in old.differing and path not in new.differing):
                continue
            pair = Pair(_value(old.tokens.get(was)), _value(new.tokens.get(path)))
            if not same(pair.before, pair.after) and not (
                same(pair.before, default.before) and same(pair.after, default.after)
            ):
                found[", ".join(f"{name}={context}" for name, context in choice)] = pair
        return found

    def alias(self, old: ResolvedToken, new: ResolvedToken) -> Pair | None:
        """Other targets; a target's new name is none."""
        before = self.paths.get(old.alias, old.alias) if old.alias is not None else None
        return Pair(old.alias, new.alias) if before != new.alias else None


def _kind(
    renamed: Renamed | None, types: Pair | None, values: Mapping[str, Pair], alias: Pair | None,
    deprecated: Pair | None, description: Pair | None, extensions: tuple[str, ...],
) -> Kind | None:  # fmt: skip
    if renamed is not None:
        return "renamed"
    if types is not None:
        return "retyped"
    if values:
        return "changed"
    if alias is not None:
        return "realiased"
    if deprecated is not None and bool(deprecated.before) != bool(deprecated.after):
        return "deprecated" if deprecated.after else "restored"
    if description is not None or deprecated is not None:
        return "described"
    return "extended" if extensions else None


def _removed(token: ResolvedToken) -> TokenChange:
    return TokenChange(
        kind="removed", path=token.path, type=token.type, values={DEFAULT: Pair(token.value, None)},
        reasons=(f"{token.path} is gone",),
    )  # fmt: skip


def _added(token: ResolvedToken) -> TokenChange:
    alias = Pair(None, token.alias) if token.alias is not None else None
    values = {DEFAULT: Pair(None, token.value)}
    return TokenChange(kind="added", path=token.path, type=token.type, values=values, alias=alias)


def _value(token: ResolvedToken | None) -> Json:
    return None if token is None else token.value


def _users(permutation: Permutation) -> dict[str, set[str]]:
    """Path -> the tokens that refer to it."""
    found: dict[str, set[str]] = {}
    for user, targets in permutation.uses.items():
        for target in targets:
            found.setdefault(target, set()).add(user)
    return found


def _differing(one: Mapping[str, Json], other: Mapping[str, Json]) -> Iterator[str]:
    for key in dict.fromkeys((*one, *other)):
        if key not in one or key not in other or not same(one[key], other[key]):
            yield key
