"""The laws of merging, over generated projects: replicas that edit, rename, move, delete and add at random."""

import itertools
import json
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from dss_tokens.json_equality import same
from dss_tokens.mentions import mentions
from dss_tokens.merge import Place, Side, merge, strategies
from dss_tokens.merge.clock import HybridClock, Stamp
from dss_tokens.merge.sides import Last, Stamps, Tombstone

NAMES = ("a", "b", "c", "d")
SETS = ("one.json", "two.json")


@dataclass
class Thing:
    """A token or a group of a replica."""

    is_group: bool
    parent: str
    name: str
    value: object = None
    description: str | None = None
    stamps: dict[str, Stamp] = field(default_factory=dict)


@dataclass
class Replica:
    """One team's project, by identity."""

    things: dict[str, Thing]
    clock: HybridClock
    dead: dict[str, Tombstone] = field(default_factory=dict)
    made: int = 0
    mark: str = ""

    def path(self, id):
        names = []
        while self.things[id].parent:
            names.append(self.things[id].name)
            id = self.things[id].parent
        return ".".join(reversed(names))

    def children(self, id):
        return [child for child, thing in self.things.items() if thing.parent == id]

    def free(self, parent, name):
        """A name that is not taken. Sets do not share paths here: which of them is meant depends on their order."""
        name = self.set_of(parent)[0] + name[-1] if not self.things[parent].parent else name
        name += self.mark
        taken = {self.things[child].name for child in self.children(parent)}
        return next(found for found in (name, *(f"{name}{n}" for n in range(99))) if found not in taken)

    def is_below(self, id, group):
        while id:
            if id == group:
                return True
            id = self.things[id].parent
        return False

    def reaches(self, start, goal):
        while start is not None:
            if start == goal:
                return True
            value = self.things[start].value
            start = value[1] if isinstance(value, tuple) else None
        return False

    def touch(self, id, name):
        self.things[id].stamps[name] = self.clock.tick()

    def edit(self, kind, which, other, number):
        tokens = [id for id, thing in self.things.items() if not thing.is_group]
        groups = [id for id, thing in self.things.items() if thing.is_group]
        inner = [id for id in groups if self.things[id].parent]
        token = tokens[which % len(tokens)] if tokens else None
        group = groups[other % len(groups)]
        if kind == "value" and token:
            self.things[token].value = number
            self.touch(token, "$value")
        elif kind == "alias" and token:
            target = tokens[other % len(tokens)]
            if not self.reaches(target, token):
                self.things[token].value = ("alias", target)
                self.touch(token, "$value")
        elif kind == "description" and token:
            self.things[token].description = f"d{number}"
            self.touch(token, "$description")
        elif kind == "rename" and tokens + inner:
            id = (tokens + inner)[which % len(tokens + inner)]
            name = self.free(self.things[id].parent, NAMES[number % 4])
            self.things[id].name = name
            self.touch(id, "name")
        elif kind == "move" and tokens + inner:
            id = (tokens + inner)[which % len(tokens + inner)]
            if not self.is_below(group, id) and self.things[id].parent != group:
                name = self.free(group, self.things[id].name)
                if name != self.things[id].name:
                    self.touch(id, "name")
                self.things[id].parent, self.things[id].name = group, name
                self.touch(id, "parent")
        elif kind == "delete" and token:
            self.delete(token)
        elif kind == "add":
            self.add(group, number)

    def delete(self, id):
        thing = self.things[id]
        for user, used in self.things.items():
            if used.value == ("alias", id):
                used.value = thing.value
                self.touch(user, "$value")
        last = Last(thing.name, thing.parent, self.node(id))
        self.dead[id] = Tombstone(self.clock.tick(), "", last, self.stamps_of(id))
        del self.things[id]

    def add(self, group, number):
        self.made += 1
        id = f"{self.clock.node}-{self.made}"
        self.things[id] = Thing(False, group, self.free(group, NAMES[number % 4]), number)
        for name in ("name", "parent", "$value"):
            self.touch(id, name)

    def node(self, id):
        thing = self.things[id]
        if isinstance(thing.value, tuple):
            value = "{" + self.path(thing.value[1]) + "}"
            node = {"$value": value}
        else:
            node = {"$type": "number", "$value": thing.value}
        return node if thing.description is None else {**node, "$description": thing.description}

    def stamps_of(self, id):
        stamps = self.things[id].stamps or {"name": Stamp(1, 0, 0)}
        whole = max(stamps.values())
        older = {name: stamps.get(name, Stamp(1, 0, 0)) for name in ("name", "parent", "$value", "$description")}
        return Stamps(whole, {name: stamp for name, stamp in older.items() if stamp != whole})

    def side(self):
        documents, ids = {}, {}
        nodes = {}
        for id, thing in self.things.items():
            set_name, path = self.set_of(id), self.path(id)
            ids[Place(set_name, path)] = id
            if not thing.parent:
                documents[thing.name] = nodes[id] = {}
        for id in self.ordered():
            thing = self.things[id]
            if thing.parent:
                nodes[id] = nodes[thing.parent][thing.name] = {} if thing.is_group else self.node(id)
        stamps = {id: self.stamps_of(id) for id in self.things}
        return Side(documents=documents, ids=ids, stamps=stamps, tombstones=dict(self.dead))

    def ordered(self):
        """Groups before what stands in them."""
        waiting = [id for id, thing in self.things.items() if not thing.parent]
        while waiting:
            id = waiting.pop(0)
            yield id
            waiting += self.children(id)

    def set_of(self, id):
        while self.things[id].parent:
            id = self.things[id].parent
        return self.things[id].name

    def copy(self, node, start):
        ticks = itertools.count(start)
        things = {
            id: Thing(t.is_group, t.parent, t.name, t.value, t.description, dict(t.stamps))
            for id, t in self.things.items()
        }
        return Replica(things, HybridClock(lambda: next(ticks), node=node), dict(self.dead))


@st.composite
def bases(draw):
    things = {f"S{index}": Thing(True, "", name) for index, name in enumerate(SETS)}
    replica = Replica(things, HybridClock(lambda: 1, node=0))
    for index in range(draw(st.integers(0, 3))):
        groups = [id for id, thing in things.items() if thing.is_group]
        parent = groups[draw(st.integers(0, 9)) % len(groups)]
        things[f"g{index}"] = Thing(True, parent, replica.free(parent, NAMES[index]))
    for index in range(draw(st.integers(1, 5))):
        groups = [id for id, thing in things.items() if thing.is_group]
        parent = groups[draw(st.integers(0, 9)) % len(groups)]
        things[f"t{index}"] = Thing(False, parent, replica.free(parent, NAMES[index % 4]), index)
    return replica


SMALL = st.integers(0, 9)


def edits(*kinds):
    return st.lists(st.tuples(st.sampled_from(kinds), SMALL, SMALL, SMALL), max_size=5)


ALL = ("value", "alias", "description", "rename", "move", "delete", "add")
PLAIN = ("value", "description", "rename", "delete", "add")


@st.composite
def worlds(draw, kinds=ALL, count=2, *, distinct=False):
    """A base and *count* replicas that edited it, with clocks that disagree.

    *distinct*: never to the same value or name. What a clash of names did to a name stays, even when a third replica
    takes one of the two away, so that three replicas agree about clashes only if all have met.
    """
    base = draw(bases())
    replicas = []
    for node in range(1, count + 1):
        replica = base.copy(node, draw(st.integers(10, 40)))
        for kind, which, other, number in draw(edits(*kinds)):
            replica.mark = str(node) if distinct else ""
            replica.edit(kind, which, other, number + 100 * node * distinct)
        replicas.append(replica)
    return base.side(), [replica.side() for replica in replicas]


def run(base, local, remote, strategy="manual"):
    return merge(base, local, remote, strategy=strategies.get(strategy))


def as_side(merged):
    return Side(
        documents=merged.documents,
        ids=merged.ids,
        aliases=merged.joined,
        stamps=merged.stamps,
        tombstones=merged.tombstones,
    )


def plain(documents):
    """Documents as what they mean: the order of groups' members counts, that of a token's does not."""

    def walk(node):
        if "$value" in node:
            return sorted((key, json.dumps(value, sort_keys=True)) for key, value in node.items())
        return [(name, walk(child) if isinstance(child, dict) else child) for name, child in node.items()]

    return {name: walk(document) for name, document in documents.items()}


def unordered(documents):
    return json.loads(json.dumps(documents, sort_keys=True))


def tokens_of(side):
    """Id -> (place, node)."""
    found = {}

    def walk(set_name, path, node):
        for name, child in node.items():
            inner = f"{path}.{name}" if path else name
            if "$value" in child:
                found[side.ids[Place(set_name, inner)]] = (Place(set_name, inner), child)
            else:
                walk(set_name, inner, child)

    for set_name, document in side.documents.items():
        walk(set_name, "", document)
    return found


@given(worlds())
def test_merging_what_is_equal_changes_nothing(world):
    base, (edit, _) = world
    assert plain(run(edit, edit, edit).documents) == plain(edit.documents)
    assert plain(run(base, edit, edit).documents) == plain(edit.documents)


@given(worlds())
def test_a_one_sided_edit_is_taken_whole(world):
    base, (edit, _) = world
    for merged in (run(base, edit, base), run(base, base, edit)):
        assert merged.conflicts == ()
        assert plain(merged.documents) == plain(edit.documents)


@given(worlds())
def test_merging_the_same_twice_is_merging_it_once(world):
    base, (local, remote) = world
    for strategy in ("keep_local", "keep_remote", "keep_newest"):
        once = run(base, local, remote, strategy)
        twice = run(remote, as_side(once), remote, strategy)
        assert twice.conflicts == () and plain(twice.documents) == plain(once.documents)


@given(worlds())
def test_the_newest_wins_whoever_merges_whom(world):
    base, (local, remote) = world
    one, other = run(base, local, remote, "keep_newest"), run(base, remote, local, "keep_newest")
    assert plain(one.documents) == plain(other.documents)
    assert one.stamps == other.stamps and one.ids == other.ids


@given(worlds(PLAIN, 3, distinct=True))
def test_three_replicas_agree_in_any_order(world):
    base, replicas = world
    found = []
    for first, second, third in itertools.permutations(replicas):
        pair = as_side(run(base, first, second, "keep_newest"))
        for merged in (run(base, pair, third, "keep_newest"), run(base, third, pair, "keep_newest")):
            found.append(unordered(merged.documents))
    assert all(documents == found[0] for documents in found)


@given(worlds())
def test_keeping_local_is_keeping_remote_from_the_other_side(world):
    base, (local, remote) = world
    one, other = run(base, local, remote, "keep_local"), run(base, remote, local, "keep_remote")
    assert plain(one.documents) == plain(other.documents)


@given(worlds())
def test_both_sides_see_the_same_conflicts(world):
    base, (local, remote) = world

    def seen(conflict, mirrored):
        ours, theirs = (conflict.remote, conflict.local) if mirrored else (conflict.local, conflict.remote)
        return json.dumps([conflict.kind, conflict.id, conflict.field, repr(ours), repr(theirs)])

    one, other = run(base, local, remote).conflicts, run(base, remote, local).conflicts
    assert sorted(seen(c, False) for c in one) == sorted(seen(c, True) for c in other)


DERIVED = ("alias_target_deleted", "alias_cycle", "move_cycle", "add_add")


@given(worlds())
def test_no_edit_is_lost_without_a_record(world):
    base, sides = world
    merged = run(base, *sides)
    after = tokens_of(as_side(merged))
    recorded = {conflict.id for conflict in merged.conflicts}
    rings = [{*conflict.local, *conflict.remote} for conflict in merged.conflicts if conflict.kind == "alias_cycle"]
    before = tokens_of(base)
    for here, there in (sides, sides[::-1]):
        mine, theirs = tokens_of(here), tokens_of(there)
        for id, (place, node) in mine.items():
            old = before.get(id, (None, {}))[1]
            if same(node, old) or id in recorded or id in merged.joined or any(place.path in ring for ring in rings):
                continue
            assert id in after, f"{id} is gone without a conflict"
            others = theirs.get(id, (None, old))[1]
            for name in {*node, *old}:
                changed = not same(node.get(name), old.get(name)) and same(others.get(name), old.get(name))
                if changed and not (isinstance(node.get(name), str) and "{" in str(node.get(name))):
                    assert same(after[id][1].get(name), node.get(name)), f"{name} of {id}"


@given(worlds())
def test_nobody_s_clean_change_is_conflicted(world):
    base, (local, remote) = world
    before, mine, theirs = tokens_of(base), tokens_of(local), tokens_of(remote)
    for conflict in run(base, local, remote).conflicts:
        if conflict.kind in DERIVED or conflict.entity != "token":
            continue
        states = [tokens.get(conflict.id) for tokens in (before, mine, theirs)]
        assert repr(states[1]) != repr(states[0]) and repr(states[2]) != repr(states[0])


@given(worlds(), st.sampled_from(["keep_local", "keep_remote", "keep_newest"]))
def test_a_decided_merge_hangs_together(world, strategy):
    base, (local, remote) = world
    merged = run(base, local, remote, strategy)
    assert merged.open == ()
    after = tokens_of(as_side(merged))
    targets = {}
    for id, (place, _node) in after.items():
        targets.setdefault(place.path, []).append(id)
    for id, (_place, node) in after.items():
        for path in mentions(node["$value"]):
            assert path in targets, f"{id} refers to {path}"
    for start in after:
        seen, waiting = set(), [start]
        while waiting:
            id = waiting.pop()
            for path in mentions(after[id][1]["$value"]):
                own = [t for t in targets[path] if after[t][0].set == after[id][0].set] or targets[path]
                assert start not in own, "a ring"
                waiting += [t for t in own if t not in seen]
                seen.update(own)


@given(worlds(), st.sampled_from(["keep_local", "keep_remote", "keep_newest"]))
def test_merging_there_and_back_makes_both_equal(world, strategy):
    base, (local, remote) = world
    there = as_side(run(base, local, remote, strategy))
    back = run(remote, remote, there, strategy)
    assert back.conflicts == ()
    assert unordered(back.documents) == unordered(there.documents)
