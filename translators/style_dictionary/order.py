"""The order in which a list prints its tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .ecmascript.sorting import sorted_by
from .ecmascript.values import code_units
from .format import Output
from .references import uses_references
from .transform import Token


def by_name(tokens: Iterable[Token]) -> list[Token]:
    """*tokens* by name, as JavaScript compares text."""
    return sorted(tokens, key=lambda token: code_units(token["name"]))


_LONGEST = 100_000
"""How many aliases are followed: references that are left broken may be circular."""


@dataclass(slots=True, eq=False)
class _Entry:
    token: Token
    name: str
    alias: bool
    targets: list[_Entry] = field(default_factory=list)
    depth: int = 0
    """How many aliases follow one another from here, by their first references."""


def by_reference(output: Output, *, names_too: bool = False) -> list[Token]:
    """The tokens such that a variable is defined before it is used.

    Style Dictionary compares pairwise: a token after those it refers to, an alias after a literal, and of
    two aliases the one whose first target comes later, later. That is no order (a token's second target
    may come out after it), so its outcome is only met by making the same comparisons.
    """
    entries = _entries(output)
    if _is_order(entries.values()):
        listed = by_name(output.dictionary.tokens) if names_too else output.dictionary.tokens
        return sorted(listed, key=lambda token: entries[token["key"]].depth)
    ranks = {entry.name: code_units(entry.name) for entry in entries.values()} if names_too else {}

    def compare(one: _Entry, other: _Entry) -> int:
        found = _compare(one, other)
        if found or not names_too:
            return found
        return -1 if ranks[other.name] > ranks[one.name] else 1

    listed_entries = [entries[token["key"]] for token in output.dictionary.tokens]
    return [entry.token for entry in sorted_by(listed_entries, compare)]


def _compare(one: _Entry | None, other: _Entry | None) -> int:
    for _ in range(_LONGEST):
        if one is None:
            return -1
        if other is None:
            return 1
        if not (one.alias and other.alias):
            return one.alias - other.alias
        if any(target.name == other.name for target in one.targets):
            return 1
        if any(target.name == one.name for target in other.targets):
            return -1
        one = one.targets[0] if one.targets else None
        other = other.targets[0] if other.targets else None
    return 0


def _entries(output: Output) -> dict[str, _Entry]:
    """An entry for each token, and for those left out that they refer to."""
    entries: dict[str, _Entry] = {}

    def enter(token: Token) -> _Entry:
        alias = uses_references(output.original(token))
        entry = entries[token["key"]] = _Entry(token, token["name"], alias)
        return entry

    waiting = [enter(token) for token in output.dictionary.tokens]
    while waiting:
        entry = waiting.pop()
        if not entry.alias:
            continue
        for target in output.referenced(entry.token):
            found = entries.get(target["key"])
            if found is None:
                waiting.append(found := enter(target))
            entry.targets.append(found)
    return entries


def _is_order(entries: Iterable[_Entry]) -> bool:
    """Whether comparing pairwise is the same as comparing depths. Fills the depths in."""
    entries = list(entries)
    if len({entry.name for entry in entries}) < len(entries):
        return False
    for entry in entries:
        chain = []
        while entry.alias and not entry.depth:
            chain.append(entry)
            if not entry.targets or len(chain) > len(entries):
                return False
            entry = entry.targets[0]
        for distance, passed in enumerate(reversed(chain), 1):
            passed.depth = entry.depth + distance
    return all(target.depth < entry.depth for entry in entries for target in entry.targets)
