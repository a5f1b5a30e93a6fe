"""Sets that one side deleted or renamed, and resolver documents of the other side that name them."""

import pytest

from dss_tokens.merge import Place, Side, merge, strategies
from dss_tokens.merge.clock import Stamp

ONE = {"a": {"$type": "number", "$value": 1}}
TWO = {"b": {"$type": "number", "$value": "{c}"}, "c": {"$type": "number", "$value": 2}}
SETS = {"one.json": ONE, "sub/two.json": TWO}


def resolver(*files):
    sources = [{"$ref": file} for file in files]
    return {"version": "2025.10", "sets": {"all": {"sources": sources}}, "resolutionOrder": [{"$ref": "#/sets/all"}]}


def side(documents, time=None, **options):
    return Side(documents=documents, stamp=Stamp(time, 0, 1) if time else None, **options)


def without_two(**more):
    return {"one.json": ONE, **more}


BOTH_NAMED = {"sub/t.json": resolver("../one.json", "two.json")}
ONE_NAMED = {"sub/t.json": resolver("../one.json")}


@pytest.mark.parametrize(
    ("strategy", "times", "kept"),
    [
        ("keep_local", (1, 2), False),
        ("keep_remote", (1, 2), True),
        ("keep_newest", (1, 2), True),
        ("keep_newest", (2, 1), False),
        ("manual", (1, 2), True),
    ],
)
def test_a_set_that_is_deleted_here_and_named_there(strategy, times, kept):
    local, remote = side(without_two(), times[0]), side({**SETS, **BOTH_NAMED}, times[1])
    found = merge(side(SETS), local, remote, strategy=strategies.get(strategy))
    assert [(one.kind, one.entity, one.set, one.target) for one in found.conflicts] == [
        ("alias_target_deleted", "document", "sub/t.json", "sub/two.json")
    ]
    assert dict(found.documents) == ({**SETS, **BOTH_NAMED} if kept else without_two(**ONE_NAMED))
    assert bool(found.open) == (strategy == "manual")


def test_whoever_merges_whom():
    local, remote = side(without_two(), 2), side({**SETS, **BOTH_NAMED}, 1)
    strategy = strategies.get("keep_newest")
    one, other = (merge(side(SETS), *pair, strategy=strategy) for pair in ((local, remote), (remote, local)))
    assert dict(one.documents) == dict(other.documents)


def test_a_name_that_led_nowhere_before_is_nobodys_conflict():
    base = {**SETS, **BOTH_NAMED}
    found = merge(
        side(base), side(without_two(**BOTH_NAMED)), side({**base, "new.json": ONE}), strategy=strategies.get("manual")
    )
    assert not found.conflicts
    assert dict(found.documents) == without_two(**BOTH_NAMED, **{"new.json": ONE})


def test_names_of_sets_follow_a_set_that_was_renamed():
    root = {Place("sub/two.json", ""): "id"}
    local = side({"one.json": ONE, "three.json": TWO}, ids={Place("three.json", ""): "id"})
    remote = side({**SETS, **BOTH_NAMED}, ids=root)
    for pair in ((local, remote), (remote, local)):
        found = merge(side(SETS, ids=root), *pair, strategy=strategies.get("manual"))
        assert not found.conflicts
        assert dict(found.documents) == {
            "one.json": ONE, "three.json": TWO, "sub/t.json": resolver("../one.json", "../three.json")
        }  # fmt: skip
