"""Three-way merge: by identity, field by field, against a common ancestor. Pure; conflicts are data.

Order of the steps: who is there with which fields (:mod:`.presence`), sets that resolver documents need
(:mod:`.sources`), references to what the other side deleted (:mod:`.targets`, :mod:`.crossed`), where everything stands
(:mod:`.placement`), references to what moved, rings of aliases (:mod:`.rings`) and of groups
(:mod:`.extension_rings`), documents (:mod:`.assembly`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..json_equality import ABSENT
from .assembly import assemble
from .binding import bind
from .changes import Change, changes
from .conflicts import Conflict, Decisions, MergeStrategy, Resolutions
from .extension_rings import break_extension_rings
from .placement import settle_places
from .plain import is_plain, merge_plain
from .presence import merge_entities
from .rings import break_rings
from .sides import Place, Side, Stamps, Tombstone, default_id
from .sources import settle_sources
from .state import State
from .targets import References
from .trees import EMPTY, Tree, tree

Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge gives."""

    documents: Mapping[str, Json]
    """Set name -> document. What did not change is the local side's own object. Open conflicts show the local state."""

    changes: tuple[Change, ...]
    """What is not as it was locally."""

    conflicts: tuple[Conflict, ...]
    """Every conflict, those decided with their answer."""

    ids: Mapping[Place, str] = field(default_factory=dict)
    """Who stands where, for what is not called after its own place."""

    joined: Mapping[str, str] = field(default_factory=dict)
    """Ids given up because two tokens were one -> the id they live on under."""

    stamps: Mapping[str, Stamps] = field(default_factory=dict)
    tombstones: Mapping[str, Tombstone] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that are left to decide."""
        return tuple(conflict for conflict in self.conflicts if conflict.answer is None)


def merge(
    base: Side | None, local: Side, remote: Side, *, strategy: MergeStrategy, resolutions: Resolutions | None = None,
    composite_fields: bool = False, trees: Sequence[Tree] | None = None,
) -> Merged:  # fmt: skip
    """Brings the changes of both sides together.

    Args:
        base: The newest state both sides come from; ``None`` without one: then nothing is deleted without a tombstone,
            and what differs and is not known to be older is a conflict.
        local: The side that is written to.
        remote: The other one.
        strategy: Decides conflicts (:data:`dss_tokens.merge.strategies`).
        resolutions: Decisions made before; they go first.
        composite_fields: Merge composite values part by part instead of as one unit.
        trees: Of base, local and remote, where they are known already (:func:`.identity.token_tree`).

    Raises:
        RevisionMovedError: A resolution was made for other states.
    """
    decisions = Decisions(strategy, resolutions or {})
    sides = [side for side in (base, local, remote) if side is not None]
    plain = {name for side in sides for name, document in side.documents.items() if is_plain(document)}
    aliases = {old: new for side in sides for old, new in side.aliases.items()}
    if trees is None:
        trees = [EMPTY if side is None else _tree(side, plain, aliases) for side in (base, local, remote)]
    bind((base, local, remote), trees)
    state = State(
        sides={"local": local, "remote": remote}, trees={"local": trees[1], "remote": trees[2]}, base=trees[0],
        has_base=base is not None, buried=base.tombstones if base is not None else (), decisions=decisions,
        composite_fields=composite_fields,
    )  # fmt: skip
    references = References(state)
    merge_entities(state)
    others = settle_sources(references, _plain(plain, base, local, remote, decisions)) if plain else {}
    references.settle_targets()
    settle_places(state)
    references.follow_renames()
    break_rings(state, references)
    break_extension_rings(state, references)
    documents = assemble(state)
    if others:
        documents = _ordered({**documents, **others}, local, remote)
    return Merged(
        documents=documents, changes=tuple(changes(state)), conflicts=tuple(decisions.conflicts), ids=_ids(state),
        joined={**aliases, **state.joined}, stamps=state.stamps, tombstones=state.tombstones,
    )  # fmt: skip


def _tree(side: Side, plain: set[str], aliases: Mapping[str, str]) -> Tree:
    return tree(side, set(side.documents) - plain if plain else None, aliases)


def _plain(names: set[str], base: Side | None, local: Side, remote: Side, decisions: Decisions) -> dict[str, Json]:
    """The merged documents that hold no tokens."""
    found = {}
    for name in sorted(names):
        before, ours, theirs = (
            ABSENT if side is None else side.documents.get(name, ABSENT) for side in (base, local, remote)
        )
        if theirs is ABSENT and not remote.complete:
            theirs = before
        merged = merge_plain(name, before, ours, theirs, decisions, (local, remote))
        if merged is not ABSENT:
            found[name] = merged
    return found


def _ordered(documents: dict[str, Json], local: Side, remote: Side) -> dict[str, Json]:
    order = {name: index for index, name in enumerate(dict.fromkeys((*local.documents, *remote.documents)))}
    return dict(sorted(documents.items(), key=lambda entry: order.get(entry[0], len(order))))


def _ids(state: State) -> dict[Place, str]:
    """Who is not called after its own place. Looked at only where somebody may not be."""
    if not any(side.ids for side in state.sides.values()) and not _has_moved(state):
        return {}
    after = Tree(state.result, {}, {})
    found = {}
    for id, entity in state.result.items():
        place = after.place(id)
        if id != default_id(place, is_group=not entity.is_token):
            found[place] = id
    return found


def _has_moved(state: State) -> bool:
    """Whether anybody stands elsewhere than on some side; only who has an origin may."""
    for side in state.trees.values():
        for id in state.origins:
            before, now = side.entities.get(id), state.result.get(id)
            if before is not None and now is not None and now is not before and now[2:4] != before[2:4]:
                return True
    return bool(state.joined)
