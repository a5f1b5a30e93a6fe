"""Entity by entity: who is there afterwards, and with which fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..json_equality import ABSENT, same
from .conflicts import Answer, Conflict, Kind, SideName
from .fields import MODES, TAGS, Field, Unit, built, merged_tags, side_by_side, unit
from .forms import DTCG, Form
from .sides import Last, Stamps, Tombstone
from .state import OTHER, Origin, State, shown
from .trees import Entity, Tree

Json = Any

_STRUCTURAL = ("name", "parent", "$value", "$extends", "$ref")
"""Fields that places and references hang on."""


def merge_entities(state: State) -> None:
    """Fills the result with every entity that is there afterwards. Written for speed: most are equal."""
    local, remote = state.trees["local"].entities, state.trees["remote"].entities
    result = state.result
    has_stamps = any(state.sides[side].stamps for side in OTHER)
    for id, ours in local.items():
        theirs = remote.get(id)
        if theirs is not None and ours[2:5] == theirs[2:5] and same(ours.node, theirs.node) and ours[6] == theirs[6]:
            result[id] = ours
            if has_stamps:
                _newest_stamps(state, id)
        else:
            _merge(state, id, ours, theirs)
    for id, theirs in remote.items():
        if id not in local:
            _merge(state, id, None, theirs)
    if has_stamps or any(state.sides[side].tombstones for side in OTHER):
        _join_tombstones(state)


def unchanged(one: Entity, other: Entity | None) -> bool:
    """Whether two states of an entity mean the same."""
    return other is not None and one[1:5] == other[1:5] and one.bound == other.bound and same(one.node, other.node)


def _merge(state: State, id: str, ours: Entity | None, theirs: Entity | None) -> None:
    base = state.based(id, ours, theirs)
    if ours is not None and theirs is not None:
        if base is not None and unchanged(ours, base):
            _take(state, theirs, "remote")
        elif base is not None and unchanged(theirs, base):
            _take(state, ours, "local")
        else:
            merged_fields(state, base, ours, theirs)
        return
    side: SideName = "local" if ours is not None else "remote"
    here = ours if ours is not None else theirs
    assert here is not None
    there = state.sides[OTHER[side]]
    tombstone = there.tombstones.get(id)
    if base is None and tombstone is not None and id in state.buried:
        tombstone = None  # deleted before, and brought back on this side
    if tombstone is None and (base is None or not there.complete):
        _take(state, here, side)  # unknown to the other side
    elif base is not None and unchanged(here, base):
        _bury(state, _ghost(state, id, base, OTHER[side]) or here, OTHER[side])
    else:
        _deleted_or_changed(state, base, here, side)


def _take(state: State, entity: Entity, side: SideName) -> None:
    state.result[entity.id] = entity
    state.origins[entity.id] = side
    stamps = state.sides[side].stamps.get(entity.id)
    if stamps is not None:
        state.stamps[entity.id] = stamps
    elif (whole := state.sides[side].stamp) is not None:
        state.stamps[entity.id] = Stamps(whole)


def _newest_stamps(state: State, id: str) -> None:
    """Both sides have the same content: the later of both stamps, field by field."""
    ours, theirs = (state.sides[side].stamps.get(id) for side in OTHER)
    if ours is None or theirs is None or ours == theirs:
        found = ours or theirs
        if found is not None:
            state.stamps[id] = found
        return
    names = dict.fromkeys([*ours.fields, *theirs.fields])
    whole = max(ours.whole, theirs.whole)
    fields = {name: max(ours.of(name), theirs.of(name)) for name in names}
    # A field that neither side names is as new as either side's whole: exactly one of them may be the newer one.
    state.stamps[id] = Stamps(whole, {name: stamp for name, stamp in fields.items() if stamp != whole})


def _bury(state: State, last: Entity, deleter: SideName) -> None:
    """Leaves *last* out of the result, with a tombstone that keeps what is known of it."""
    id = last.id
    given = state.sides[deleter].tombstones.get(id)
    stamp = state.sides[deleter].deletion_stamp(id)
    stamps = state.stamps.pop(id, None) or (given.stamps if given else None)
    stamps = stamps or state.sides[OTHER[deleter]].stamps.get(id)
    state.tombstones[id] = Tombstone(stamp, given.revision if given else "", _last(last), stamps)


def _last(entity: Entity) -> Last:
    return Last(entity.name, entity.parent, entity.node)


def _join_tombstones(state: State) -> None:
    """Tombstones of either side that are news to the other; the later one of two, with the changes of both."""
    ours, theirs = (state.sides[side].tombstones for side in OTHER)
    for id in dict.fromkeys((*ours, *theirs)):
        if id in state.result or id in state.tombstones:
            continue
        known = [found for found in (ours.get(id), theirs.get(id)) if found is not None]
        stamps = [tombstone.stamp for tombstone in known if tombstone.stamp is not None]
        later = next((found for found in known if found.stamp == max(stamps, default=None)), known[0])
        state.tombstones[id] = later
        base = state.base.entities.get(id)
        states = [found.last for found in known if found.last is not None]
        if len(states) == 2 and base is not None:
            merged_fields(state, base, *(base._replace(**last._asdict()) for last in states), quietly=True)
            last = _last(state.result.pop(id))
            state.origins.pop(id, None)
            state.tombstones[id] = later._replace(last=last, stamps=state.stamps.pop(id, later.stamps))


def _deleted_or_changed(state: State, base: Entity | None, here: Entity, side: SideName) -> None:
    """One side deleted what the other one changed, or brings back."""
    id, deleter = here.id, OTHER[side]
    state_of: dict[SideName, Json] = {side: shown(here.node), deleter: ABSENT}
    set_name, path = state.place(id)
    conflict = Conflict(
        kind=_deletion_kind(state, id, deleter), entity=_noun(here), id=id, set=set_name, path=path, field="",
        base=ABSENT if base is None else shown(base.node), local=state_of["local"], remote=state_of["remote"],
        stamps=(state.whole_stamp("local", id), state.whole_stamp("remote", id)),
    )  # fmt: skip
    answer = state.decisions.decide(conflict)
    # What others changed before it was deleted is not lost when it comes back.
    ghost = _ghost(state, id, base, deleter)
    if ghost is not None and base is not None and answer is not None:
        pair = (ghost, here) if deleter == "local" else (here, ghost)
        merged_fields(state, base, *pair)
    else:
        _take(state, here, side)
    if answer is None:
        state.unsettled.add(id)
    elif answer.choose == "value":
        _put_whole(state, here, answer.value)
    elif answer.choose == "base" and base is not None:
        state.result[id] = base
        state.origins[id] = "base"
    elif answer.choose == deleter or (answer.choose == "base" and base is None):
        last = state.result.pop(id)
        state.origins.pop(id, None)
        _bury(state, last, deleter)


def _put_whole(state: State, entity: Entity, value: Json) -> None:
    if isinstance(value, dict):
        state.result[entity.id] = entity._replace(node=value)
    else:
        state.result.pop(entity.id, None)


def _ghost(state: State, id: str, base: Entity | None, deleter: SideName) -> Entity | None:
    tombstone = state.sides[deleter].tombstones.get(id)
    if base is None or tombstone is None or tombstone.last is None:
        return None
    return base._replace(**tombstone.last._asdict())


def _deletion_kind(state: State, id: str, deleter: SideName) -> Kind:
    """``context_removed`` where the whole set of a changed token is gone."""
    if not state.has_base or id not in state.base.entities:
        return "delete_modify"
    root = id
    while parent := state.base.entities[root].parent:
        root = parent
    return "context_removed" if root != id and root not in state.trees[deleter].entities else "delete_modify"


def merged_fields(state: State, base: Entity | None, ours: Entity, theirs: Entity, *, quietly: bool = False) -> None:
    """Merges two states of an entity field by field into the result.

    Args:
        state: Where the result goes.
        base: The common ancestor.
        ours: The local state.
        theirs: The remote one.
        quietly: Conflicts are decided, but not recorded: of what is deleted on both sides, nobody is asked.
    """
    _FieldMerge(state, base, ours, theirs, quietly).run()


class _FieldMerge:
    def __init__(self, state: State, base: Entity | None, ours: Entity, theirs: Entity, quietly: bool) -> None:
        self.state = state
        self.base, self.ours, self.theirs = base, ours, theirs
        self.decide = state.decisions.quietly if quietly else state.decisions.decide
        self.quietly = quietly
        self.id = ours.id
        self.chosen: dict[str, Origin] = {}
        self.conflicting: Kind = "add_add" if base is None else "both_modified"

    def run(self) -> None:
        ours, theirs, base = self.ours, self.theirs, self.base
        name = self.pick(("name",), _of(base, "name"), ours.name, theirs.name)
        parent = self.pick(("parent",), _of(base, "parent"), ours.parent, theirs.parent)
        nodes = [{} if side is None else side.node for side in (base, ours, theirs)]
        kind: str | None = None
        skipped: tuple[str, ...] = ()
        chosen: dict[Field, Json] = {}
        if ours.is_token:
            form = self.form()
            skipped = (form.value, "$ref", form.type)
            found = self.unit(form)
            kind = found.kind
            own = self.quiet(("$type",), *(node.get(form.type, ABSENT) for node in nodes))
            chosen = {(form.type,): own, (found.key,): found.value}
        for field, values in side_by_side(nodes, skipped).items():
            chosen[field] = self.pick(field, *values)
        node = built(_in_order(chosen, ours.node, theirs.node))
        state, id = self.state, self.id
        state.result[id] = Entity(id, ours.is_token, parent, name, kind, node)
        state.origins[id] = self.chosen.get("$value" if ours.is_token else "$extends", "both")
        state.merged_stamps(id, self.chosen)

    def form(self) -> Form:
        for side in OTHER:
            tree = self.state.trees[side]
            if self.id in tree.entities:
                return tree.forms.get(tree.set_of(self.id), DTCG)
        return DTCG

    def unit(self, form: Form) -> Unit:
        """The type and value together."""
        units = [
            None if side is None else unit(side.node, side.kind, form, side.bound)
            for side in (self.base, self.ours, self.theirs)
        ]
        base, ours, theirs = units
        assert ours is not None and theirs is not None
        if ours.same(theirs):
            self.chosen["$value"] = "both"
            return ours
        if ours.same(base):
            self.chosen["$value"] = "remote"
            return theirs
        if theirs.same(base):
            self.chosen["$value"] = "local"
            return ours
        # An alias without its own type has its target's: nobody changed it.
        kinds = {found.kind for found in units if found is not None and found.kind is not None}
        if len(kinds) < 2 and self.state.composite_fields and base is not None:
            parts = [found.value for found in (base, ours, theirs)]
            if all(type(part) is dict for part in parts):
                return ours._replace(value=self.composite(parts))
        retyped = len(kinds) > 1 and base is not None
        shown = [ABSENT if found is None else _shown_unit(found, form, with_type=len(kinds) > 1) for found in units]
        answer = self.ask("type_change" if retyped else self.conflicting, ("$value",), *shown)
        if answer is not None and answer.choose == "value":
            return self.given_unit(answer.value, ours, form)
        return {"remote": theirs, "base": base or ours}.get(answer.choose if answer else "local", ours)

    def given_unit(self, value: Json, ours: Unit, form: Form) -> Unit:
        if isinstance(value, dict) and form.value in value:
            return Unit(value.get(form.type, ours.kind), form.value, value[form.value])
        return Unit(ours.kind, form.value, value)

    def composite(self, parts: list[Json]) -> Json:
        """A composite value, part by part."""
        names = dict.fromkeys(name for part in (parts[1], parts[2], parts[0]) for name in part)
        self.chosen["$value"] = "both"
        found = {name: self.pick(("$value", name), *(part.get(name, ABSENT) for part in parts)) for name in names}
        return {name: value for name, value in found.items() if value is not ABSENT}

    def pick(self, field: Field, base: Json, ours: Json, theirs: Json) -> Json:
        """One field, by the rule of three; a conflict where both sides changed it."""
        return self.three(field, base, ours, theirs, self.clash)

    def quiet(self, field: Field, base: Json, ours: Json, theirs: Json) -> Json:
        """One field that is no conflict of its own: the own ``$type`` goes with the value chosen."""
        value_of = self.chosen.get("$value")
        return self.three(field, base, ours, theirs, lambda *_: theirs if value_of == "remote" else ours)

    def three(self, field: Field, base: Json, ours: Json, theirs: Json, clash: Callable[..., Json]) -> Json:
        name = ".".join(field)
        if same(ours, theirs):
            self.chosen[name] = "both"
            return ours
        if same(ours, base):
            self.chosen[name] = "remote"
            return theirs
        if same(theirs, base):
            self.chosen[name] = "local"
            return ours
        return clash(field, base, ours, theirs)

    def clash(self, field: Field, base: Json, ours: Json, theirs: Json) -> Json:
        if field == TAGS and (tags := merged_tags(base, ours, theirs)) is not ABSENT:
            self.chosen[".".join(field)] = "both"
            return tags
        if field == ("parent",):
            trees = (self.state.base, *(self.state.trees[side] for side in OTHER))
            asked = [self.group_in(tree, id) for tree, id in zip(trees, (base, ours, theirs), strict=True)]
        else:
            asked = [base, ours, theirs]
        answer = self.ask(self.kind_of(field, asked), field, *asked)
        if answer is not None and answer.choose == "value":
            return answer.value if field != ("parent",) else ours
        return {"remote": theirs, "base": base}.get(answer.choose if answer else "local", ours)

    def kind_of(self, field: Field, asked: list[Json]) -> Kind:
        if field in (("name",), ("parent",)):
            return "rename_rename"
        if len(field) == 3 and field[1] in MODES and ABSENT in asked[1:]:
            return "context_removed"
        if field in (("$type",), ("type",)) and not self.ours.is_token and self.base is not None:
            return "type_change"
        return self.conflicting

    def group_in(self, tree: Tree, group: Json) -> Json:
        """A group in words: where it stands on a side."""
        if group is ABSENT:
            return ABSENT
        set_name, path = tree.place(group) if group in tree.entities else self.state.place(group)
        return f"{set_name}: {path}" if path else set_name

    def ask(self, kind: Kind, field: Field, base: Json, ours: Json, theirs: Json) -> Answer | None:
        name = ".".join(field)
        set_name, path = self.state.place(self.id)
        stamps = (self.state.stamp("local", self.id, name), self.state.stamp("remote", self.id, name))
        answer = self.decide(
            Conflict(kind=kind, entity=_noun(self.ours), id=self.id, set=set_name, path=path, field=name,
                     base=base, local=ours, remote=theirs, stamps=stamps)
        )  # fmt: skip
        self.chosen[name] = "local" if answer is None or answer.choose == "value" else answer.choose
        if answer is None and field[0] in _STRUCTURAL and not self.quietly:
            self.state.unsettled.add(self.id)
        return answer


def _of(entity: Entity | None, name: str) -> Json:
    return ABSENT if entity is None else getattr(entity, name)


def _noun(entity: Entity) -> Any:
    return "token" if entity.is_token else "group" if entity.parent else "set"


def _shown_unit(found: Unit, form: Form, *, with_type: bool) -> Json:
    if found.key == "$ref" or with_type:
        return {form.type: found.kind, found.key: found.value} if with_type else {found.key: found.value}
    return found.value


def _in_order(fields: dict[Field, Json], *nodes: Any) -> dict[Field, Json]:
    """*fields* as their members stand in the first node that has them."""
    order = {name: index for index, name in enumerate(dict.fromkeys(key for node in nodes for key in node))}
    return dict(sorted(fields.items(), key=lambda entry: order.get(entry[0][0], len(order))))
