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
from .trees import Entity, Tree, tree

Json = Any


class Identified(NamedTuple):
    """A side whose tokens are called as in the base."""

    side: Side
    renamed: list[Renamed]


def identified(base: Side, side: Side, *, guess: bool = True) -> Identified:
    """*side* with the ids that its tokens and groups have in *base*.

    Ids that *side* gives itself stay. What is new keeps the id of its place.

    Args:
        base: The common ancestor.
        side: One of the two that come from it.
        guess: Also take an equal value and type under a new path for a rename.
    """
    before, after = _tree(base), _tree(side)
    known = set(side.ids)
    old_sets, new_sets = (set(given.documents) for given in (base, side))
    sets = _renamed_sets(before, after, old_sets - new_sets, new_sets - old_sets) if guess else {}
    old, new = _places(before), _places(after)
    removed: dict[Place, str] = {}
    for place, id in old.items():
        there = (sets.get(place.set, place.set), place.path)
        if there not in new or after.entities[new[Place(*there)]].is_token is not before.entities[id].is_token:
            removed[place] = id
    arrived = {there: name for name, there in sets.items()}
    added = {
        place: id
        for place, id in new.items()
        if place not in known and Place(arrived.get(place.set, place.set), place.path) not in old
    }
    tokens = _renamed_tokens(before, after, removed, added, guess)
    groups = renamed_groups(
        tokens,
        [place for place, id in old.items() if not before.entities[id].is_token],
        [place for place, id in new.items() if not after.entities[id].is_token],
    )
    ids = dict(side.ids)
    for place in new:
        if place.set in arrived and place not in known:
            was = old.get(Place(arrived[place.set], place.path))
            if was is not None:
                ids[place] = was
    for renamed in (*groups, *tokens):
        ids[Place(*renamed.after)] = old[Place(*renamed.before)]
    return Identified(replace(side, ids=ids), [*groups, *tokens])


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
    return Diagnostic(
        code="DSS696", severity="info",
        message=f"{renamed.before[1]} was probably renamed to {renamed.after[1]}: same type and value",
        path=renamed.after[1], file=renamed.after[0], hint="--no-renames takes it for a removal and an addition",
    )  # fmt: skip


def _tree(side: Side) -> Tree:
    return tree(side, {name for name, document in side.documents.items() if not is_plain(document)})


def _places(given: Tree) -> dict[Place, str]:
    """Place -> id of every entity."""
    found: dict[Place, str] = {}
    paths: dict[str, tuple[str, str]] = {}
    for id, entity in given.entities.items():
        found[_place(given.entities, entity, paths)] = id
    return found


def _place(entities: Mapping[str, Entity], entity: Entity, paths: dict[str, tuple[str, str]]) -> Place:
    if not entity.parent:
        return Place(entity.name, "")
    known = paths.get(entity.parent)
    if known is None:
        known = paths[entity.parent] = _place(entities, entities[entity.parent], paths)
    set_name, path = known
    return Place(set_name, f"{path}.{entity.name}" if path else entity.name)


def _trait(given: Tree, id: str, guess: bool, paths: Mapping[str, str] | None = None) -> Trait:
    """What tells a token from others; *paths* are renames known so far, old to new."""
    entity = given.entities[id]
    figma = (entity.node.get("$extensions") or {}).get("com.figma")
    key = figma.get("key") or figma.get("id") if isinstance(figma, dict) else None
    if not guess:
        return Trait(key, object())
    found = unit(entity.node, entity.kind, given.forms.get(given.set_of(id), DTCG))
    value = renamed_mentions(found.value, paths.get) if paths else found.value
    return Trait(key, digest([found.kind, found.key, value]))


MOSTLY = 0.6
"""The share of tokens that two files must have alike to be one file under two names."""


def _renamed_sets(before: Tree, after: Tree, gone: set[str], new: set[str]) -> dict[str, str]:
    """Old name -> new name of files that hold mostly the same tokens."""
    if not gone or not new:
        return {}
    contents = {name: _contents(before, name) for name in gone}
    others = {name: _contents(after, name) for name in new}
    scores = sorted(
        (-len(mine & theirs) / max(len(mine | theirs), 1), name, there)
        for name, mine in contents.items()
        for there, theirs in others.items()
    )
    found: dict[str, str] = {}
    for score, name, there in scores:
        if -score >= MOSTLY and name not in found and there not in found.values():
            found[name] = there
    return found


def _contents(given: Tree, name: str) -> set[tuple[str, str]]:
    return {
        (place.path, digest(entity.node))
        for id, entity in given.entities.items()
        if entity.is_token and (place := given.place(id)).set == name
    }
