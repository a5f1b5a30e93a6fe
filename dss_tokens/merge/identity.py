"""Who is who in two sets of plain files: by Figma's key, else by value and type under a new path, which is a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic
from ..diff.renames import Key, Renamed, Trait, find_renames, renamed_groups
from ..mentions import renamed as renamed_mentions
from .fields import unit
from .forms import DTCG
from .plain import is_plain
from .revisions import digest
from .sides import Place, Side
from .trees import Tree, tree

Json = Any


class Identified(NamedTuple):
    """A side whose tokens are called as in the base."""

    side: Side
    renamed: list[Renamed]
    tree: Tree


def identified(base: Side, side: Side, *, before: Tree | None = None, guess: bool = True) -> Identified:
    """*side* with the ids that its tokens and groups have in *base*.

    Ids that *side* gives itself stay. What is new keeps the id of its place.

    Args:
        base: The common ancestor.
        side: One of the two that come from it.
        before: The tree of *base*, where it is known already.
        guess: Also take an equal value and type under a new path for a rename.
    """
    old, new = before or token_tree(base), token_tree(side)
    gone = [id for id, entity in old.entities.items() if (now := new.entities.get(id)) is None or now[1] != entity[1]]
    come = [id for id, entity in new.entities.items() if (was := old.entities.get(id)) is None or was[1] != entity[1]]
    if not gone or not come:
        return Identified(side, [], new)
    removed = {old.place(id): id for id in gone}
    added = {place: id for id in come if (place := new.place(id)) not in side.ids}
    ids = _ids_in_renamed_sets(old, new, removed, added) if guess else {}
    tokens = _renamed_tokens(old, new, removed, added, guess)
    groups = renamed_groups(
        tokens,
        [place for place, id in removed.items() if not old.entities[id].is_token],
        [place for place, id in added.items() if not new.entities[id].is_token],
    )
    known = {**removed, **ids}
    sets = [Renamed(old.place(id), place, "value") for place, id in ids.items() if not place.path]
    ids |= {Place(*renamed.after): known[Place(*renamed.before)] for renamed in (*groups, *tokens)}
    if not ids:
        return Identified(side, [], new)
    named = replace(side, ids={**side.ids, **ids})
    return Identified(named, [*sets, *groups, *tokens], token_tree(named))


def token_tree(side: Side) -> Tree:
    """The tree of the token documents of a side."""
    return tree(side, {name for name, document in side.documents.items() if not is_plain(document)})


MOST_PASSES = 4


def _renamed_tokens(
    before: Tree, after: Tree, removed: Mapping[Place, str], added: Mapping[Place, str], guess: bool
) -> list[Renamed]:
    """Pairs of removed and added tokens; those that refer to renamed ones are recognised in the next pass."""
    found: dict[Key, Renamed] = {}
    news: dict[Key, Trait] = {key: _trait(after, id, guess) for key, id in added.items() if after.entities[id].is_token}
    for _ in range(MOST_PASSES):
        paths = {renamed.before[1]: renamed.after[1] for renamed in found.values()}
        olds: dict[Key, Trait] = {
            key: _trait(before, id, guess, paths)
            for key, id in removed.items()
            if key not in found and before.entities[id].is_token
        }
        pairs = find_renames(olds, news)
        if not pairs:
            break
        for renamed in pairs:
            found[renamed.before] = renamed
            del news[renamed.after]
    return [found[key] for key in removed if key in found]


def probably_renamed(renamed: Renamed) -> Diagnostic:
    """What is said of a rename that was guessed."""
    (set_before, before), (set_after, after) = renamed.before, renamed.after
    if not before:
        before, after = set_before, set_after
    elif set_before != set_after:
        before, after = f"{before} in {set_before}", f"{after} in {set_after}"
    file, path = renamed.after
    return Diagnostic(
        code="DSS696", severity="info", message=f"{before} was probably renamed to {after}: same type and value",
        path=path or None, file=file, hint="--no-renames takes it for a removal and an addition",
    )  # fmt: skip


def _trait(given: Tree, id: str, guess: bool, paths: Mapping[str, str] | None = None) -> Trait:
    """What tells a token from others; *paths* are renames known so far, old to new."""
    entity = given.entities[id]
    figma = (entity.node.get("$extensions") or {}).get("com.figma")
    key = figma.get("key") or figma.get("id") if isinstance(figma, dict) else None
    if not guess:
        return Trait(key, object())
    found = unit(entity.node, entity.kind, given.forms.get(given.set_of(id), DTCG))
    value = renamed_mentions(found.value, paths.get) if paths else found.value
    return Trait(key, digest([found.kind, found.key, value, key]))  # two variables of Figma are never one token


MOSTLY = 0.6
"""The share of tokens that two files must have alike to be one file under two names."""


def _ids_in_renamed_sets(old: Tree, new: Tree, removed: dict[Place, str], added: dict[Place, str]) -> dict[Place, str]:
    """The ids of what stands at its old path in a file of another name; taken out of *removed* and *added*."""
    gone = {place.set: _contents(old, removed, place.set) for place in removed if not place.path}
    come = {place.set: _contents(new, added, place.set) for place in added if not place.path}
    scores = sorted(
        (-len(mine & theirs) / max(len(mine | theirs), 1), name, there)
        for name, mine in gone.items()
        for there, theirs in come.items()
    )
    sets: dict[str, str] = {}
    for score, name, there in scores:
        if -score >= MOSTLY and name not in sets.values() and there not in sets:
            sets[there] = name
    found = {}
    for place in list(added):
        before = Place(sets.get(place.set, ""), place.path)
        if place.set in sets and before in removed:
            found[place] = removed.pop(before)
            del added[place]
    return found


def _contents(given: Tree, places: Mapping[Place, str], name: str) -> set[tuple[str, str]]:
    return {
        (place.path, digest(given.entities[id].node))
        for place, id in places.items()
        if place.set == name and given.entities[id].is_token
    }
