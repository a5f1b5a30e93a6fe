"""Which removed token is which added one: by an id that both carry, else by what they are and how they are used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Literal, NamedTuple

Key = tuple[str, str]
"""The set (or context) and the path of a token."""


class Renamed(NamedTuple):
    """A token or group that stands elsewhere."""

    before: Key
    after: Key
    by: Literal["id", "value"]
    """How it was recognised; by value is a guess, and said to be one."""


class Trait(NamedTuple):
    """What tells a token from others."""

    id: Hashable
    """An identity it carries itself, such as Figma's key; ``None`` without one."""

    content: Hashable
    """Its type and value; equal ones may be one token."""

    users: frozenset[str] = frozenset()
    """The paths of the tokens that refer to it."""


MOST_PAIRS = 20_000
"""More candidates of one content are told apart by their last names only."""


def find_renames(removed: Mapping[Key, Trait], added: Mapping[Key, Trait]) -> list[Renamed]:
    """Pairs of removed and added tokens that are one, in the order of *removed*.

    By value, two are paired only when they share a group, a last name or their users, and when neither fits another
    one better or as well.
    """
    found = {**_by_id(removed, added)}
    rest = {key: trait for key, trait in removed.items() if key not in found}
    taken = {renamed.after for renamed in found.values()}
    candidates: dict[Hashable, tuple[list[Key], list[Key]]] = {}
    for key, trait in rest.items():
        candidates.setdefault(trait.content, ([], []))[0].append(key)
    for key, trait in added.items():
        if key not in taken and trait.content in candidates:
            candidates[trait.content][1].append(key)
    for olds, news in candidates.values():
        for old, new in _pairs(olds, news, removed, added):
            found[old] = Renamed(old, new, "value")
    return [found[key] for key in removed if key in found]


def _by_id(removed: Mapping[Key, Trait], added: Mapping[Key, Trait]) -> dict[Key, Renamed]:
    by_id: dict[Hashable, list[Key]] = {}
    for key, trait in added.items():
        if trait.id is not None:
            by_id.setdefault(trait.id, []).append(key)
    found = {}
    for key, trait in removed.items():
        # One variable stands in several sets, one for each mode: there it moves within its own set.
        places = by_id.get(trait.id, []) if trait.id is not None else []
        own = [place for place in places if place[0] == key[0]] or places
        if len(own) == 1:
            found[key] = Renamed(key, own[0], "id")
    ends = Counter(renamed.after for renamed in found.values())
    return {key: renamed for key, renamed in found.items() if ends[renamed.after] == 1}


def _pairs(
    olds: list[Key], news: list[Key], removed: Mapping[Key, Trait], added: Mapping[Key, Trait]
) -> Iterable[tuple[Key, Key]]:
    """The pairs of one content, each the only best for both."""
    if not olds or not news:
        return []
    if len(olds) * len(news) > MOST_PAIRS:
        by_name: dict[str, list[Key]] = {}
        for new in news:
            by_name.setdefault(new[1].rpartition(".")[2], []).append(new)
        scores = [(_score(o, n, removed, added), o, n) for o in olds for n in by_name.get(o[1].rpartition(".")[2], ())]
        if len(scores) > MOST_PAIRS * 10:
            return []
    else:
        scores = [(_score(old, new, removed, added), old, new) for old in olds for new in news]
    scores = sorted((entry for entry in scores if entry[0] > 0), key=lambda entry: (-entry[0], entry[1:]))
    # Only a pair that no other pair of either equals is taken; what remains may be clear after it.
    found: dict[Key, Key] = {}
    used: set[Key] = set()
    index = 0
    while index < len(scores):
        end = index
        while end < len(scores) and scores[end][0] == scores[index][0]:
            end += 1
        level = [(old, new) for _, old, new in scores[index:end] if old not in found and new not in used]
        often = Counter(key for pair in level for key in (("old", pair[0]), ("new", pair[1])))
        for old, new in level:
            if often["old", old] == 1 and often["new", new] == 1:
                found[old] = new
        blocked = {old for old, _ in level} | set(found)
        used |= {new for _, new in level}
        scores[end:] = [entry for entry in scores[end:] if entry[1] not in blocked and entry[2] not in used]
        index = end
    return found.items()


def _score(old: Key, new: Key, removed: Mapping[Key, Trait], added: Mapping[Key, Trait]) -> int:
    """How much speaks for one token under two paths; 0: nothing but its value."""
    before, after = old[1].split("."), new[1].split(".")
    leading = 0
    for one, other in zip(before[:-1], after[:-1], strict=False):
        if one != other:
            break
        leading += 1
    trailing = 0
    for one, other in zip(reversed(before), reversed(after), strict=False):
        if one != other:
            break
        trailing += 1
    same_group = before[:-1] == after[:-1]
    users = removed[old].users
    used_alike = bool(users) and users == added[new].users
    if not (leading or trailing or same_group or used_alike):
        return 0
    return 8 * used_alike + 4 * trailing + 2 * leading + same_group + (old[0] == new[0])


def renamed_groups(tokens: Iterable[Renamed], before: Iterable[Key], after: Iterable[Key]) -> list[Renamed]:
    """Groups that went where all their renamed tokens went, from the pairs of tokens.

    Args:
        tokens: Renamed tokens.
        before: All groups there were.
        after: All groups there are. A group that is still there was not renamed.
    """
    gone, new = set(before) - set(after), set(after) - set(before)
    votes: dict[Key, Counter[Key]] = {}
    waiting = [(renamed.before, renamed.after) for renamed in tokens]
    while waiting:
        old, now = waiting.pop()
        (old_group, old_name), (now_group, now_name) = _parent(old), _parent(now)
        if old_name != now_name or not old[1] or not now[1]:
            continue
        pair = ((old[0], old_group), (now[0], now_group))
        if pair[0] in gone and pair[1] in new:
            first = pair[1] not in votes.setdefault(pair[0], Counter())
            votes[pair[0]][pair[1]] += 1
            if first:
                waiting.append(pair)
    found = []
    for old, counted in votes.items():
        (now, most), *others = counted.most_common(2)
        if not others or most > 2 * others[0][1]:
            found.append(Renamed(old, now, "value"))
    ends = Counter(renamed.after for renamed in found)
    return sorted(renamed for renamed in found if ends[renamed.after] == 1)


def _parent(key: Key) -> tuple[str, str]:
    group, _, name = key[1].rpartition(".")
    return group, name
