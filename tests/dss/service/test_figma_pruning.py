"""Large merges are made small and come out as if they were not."""

from copy import deepcopy

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss.service.figma_pruning import grafted, pruned
from dss.service.figma_sharing import shared, shared_text
from dss_tokens.merge import Side, merge, strategies

names = st.sampled_from(["a", "b", "c", "d", "$root"])
token = st.builds(lambda value: {"$type": "number", "$value": value}, st.sampled_from([1, 2, True]))
group = st.recursive(
    st.dictionaries(names, token, max_size=4),
    lambda inner: st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.one_of(token, inner), max_size=4),
    max_leaves=12,
)


@st.composite
def three_sides(draw):
    """A base and two sides that share most of it."""
    base = draw(group)
    return base, _edited(draw, base), _edited(draw, base)


def _edited(draw, node):
    found = {}
    for name, child in node.items():
        kind = draw(st.sampled_from(["same"] * 6 + ["gone", "new", "inside"]))
        if kind == "inside" and isinstance(child, dict) and "$value" not in child:
            found[name] = _edited(draw, child)
        elif kind == "new":
            found[name] = draw(st.one_of(token, group))
        elif kind != "gone":
            found[name] = deepcopy(child)
    if draw(st.integers(0, 4)) == 0:
        found |= draw(group)
    if draw(st.integers(0, 4)) == 0:
        found = dict(reversed(list(found.items())))
    return found


def in_order(node):
    return [(name, in_order(child)) for name, child in node.items()] if isinstance(node, dict) else repr(node)


@given(sides=three_sides())
def test_sharing_changes_no_word_and_no_order(sides):
    for one in sides:
        for other in sides:
            assert in_order(shared(one, other)) == in_order(one)


@given(sides=three_sides())
def test_sharing_by_text_is_the_same(sides):
    texts = [orjson.dumps(side) for side in sides]
    for one, text in zip(sides, texts, strict=True):
        for other, its_text in zip(sides, texts, strict=True):
            found = shared_text(text, other, its_text)
            assert found is None or in_order(found) == in_order(one)
            assert orjson.dumps(other) == its_text, "nobody's document is changed"


many = {
    f"g{n}": {f"t{m}": {"$type": "number", "$value": n, "$extensions": {"x": {}}} for m in range(9)} for n in range(9)
}


@given(changes=st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 8)), st.sampled_from([True, 'é"}', 0.1])))
def test_few_values_are_found_in_the_text(changes):
    changed = deepcopy(many)
    for (n, m), value in changes.items():
        changed[f"g{n}"][f"t{m}"]["$value"] = value
    found = shared_text(orjson.dumps(changed), many, orjson.dumps(many))
    if len(changes) > 10:
        assert found is None
        return
    assert in_order(found) == in_order(changed)
    for n in range(9):
        for m in range(9):
            assert (found[f"g{n}"][f"t{m}"] is many[f"g{n}"][f"t{m}"]) == ((n, m) not in changes)


@pytest.mark.parametrize(
    "change",
    [
        lambda group: group.pop("t3"),
        lambda group: group.update(t9=group.pop("t8")),
        lambda group: group.update({"$description": "of the group"}),
        lambda group: group.update(t4={"$value": 1, "$type": "number"}),
        lambda group: group.update(t4={"$type": "number", "t": group["t4"]}),
    ],
)
def test_what_stands_elsewhere_is_left_to_the_careful_way(change):
    changed = deepcopy(many)
    change(changed["g4"])
    assert shared_text(orjson.dumps(changed), many, orjson.dumps(many)) is None
    assert shared_text(orjson.dumps(many), changed, orjson.dumps(changed)) is None


def test_true_is_not_shared_as_one():
    one, other = {"a": {"$value": True}, "b": {"$value": 1.5}}, {"a": {"$value": 1}, "b": {"$value": 1.5}}
    found = shared(one, other)
    assert found["a"]["$value"] is True
    assert found["b"] is other["b"]


@given(sides=three_sides())
def test_what_is_pruned_comes_back_to_its_place(sides):
    base, local, remote = sides
    local, remote = shared(local, base), shared(remote, base)
    small = pruned(base, local, remote)
    for part, whole in zip(small, (base, local, remote), strict=True):
        assert in_order(grafted(part, part, whole)) == in_order(whole)


def merged(base, local, remote):
    sides = [Side(documents={"x.json": document}) for document in (base, local, remote)]
    return merge(*sides, strategy=strategies.get("keep_remote"))


def flat(node, path=()):
    for name, child in node.items():
        if isinstance(child, dict) and "$value" not in child:
            yield from flat(child, (*path, name))
        else:
            yield ".".join((*path, name)), repr(child)


@settings(max_examples=300)
@given(sides=three_sides())
def test_a_small_merge_is_the_whole_merge(sides):
    base, local, remote = sides
    whole = merged(base, local, remote)
    local, remote = shared(local, base), shared(remote, base)
    small = pruned(base, local, remote)
    part = merged(*small)
    found = grafted(part.documents["x.json"], small[1], local)
    assert dict(flat(found)) == dict(flat(whole.documents["x.json"]))
    assert [change.to_json() for change in part.changes] == [change.to_json() for change in whole.changes]


def test_a_large_group_that_nobody_touched_is_left_out_whole():
    many = {f"t{number}": {"$type": "number", "$value": number} for number in range(1000)}
    base = {"many": many, "one": {"$type": "number", "$value": 1}}
    local = {"one": {"$type": "number", "$value": 2}, "many": many}
    small = pruned(base, local, base)
    assert len(small[1]["many"]) == 1, "only its place is held, since the order changed"
    remote = {"many": many, "one": {"$type": "number", "$value": 3}}
    assert list(pruned(base, base, remote)[0]) == ["one"]


@settings(max_examples=200)
@given(
    numbers=st.lists(st.integers(0, 3), min_size=16, max_size=40),
    edits=st.lists(st.tuples(st.integers(0, 39), st.sampled_from([7, "x" * 70_000, None])), max_size=4),
    depth=st.integers(0, 2),
)
def test_texts_with_long_runs_and_long_values_are_told_apart_token_by_token(numbers, edits, depth):
    """``None`` removes a token: then the careful way has to be taken."""
    whole = {f"t{place}": {"$type": "number", "$value": number} for place, number in enumerate(numbers)}
    changed = deepcopy(whole)
    for place, value in edits:
        if value is None:
            changed.pop(f"t{place}", None)
        elif f"t{place}" in changed:
            changed[f"t{place}"]["$value"] = value
    for _ in range(depth):
        whole, changed = {"g": whole}, {"g": changed}
    found = shared_text(orjson.dumps(changed), whole, orjson.dumps(whole))
    if found is not None:
        assert orjson.dumps(found) == orjson.dumps(changed)
    elif all(value is not None for _, value in edits):
        differing = sum(repr(changed) != repr(whole) for _ in edits)
        assert differing * 8 > len(numbers)
