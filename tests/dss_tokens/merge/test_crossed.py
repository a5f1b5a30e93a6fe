"""One path that is a token of two sets: what refers to it is left with nobody only by both sides together."""

import pytest

from dss_tokens.merge import Place, Side, merge, read_resolutions, strategies
from dss_tokens.merge.clock import Stamp

ONE = {"a": {"$type": "number", "$value": 1}, "user": {"$type": "number", "$value": "{a}"}}
TWO = {"a": {"$type": "number", "$value": 2}}
USER = {"user": ONE["user"]}
BOTH = {"one": ONE, "two": TWO}


def side(documents, time=None, **ids):
    stamp = Stamp(time, 0, 1) if time else None
    return Side(documents=documents, stamp=stamp, ids={Place(*place.split("/")): id for place, id in ids.items()})


def merged(local, remote, strategy="manual", **options):
    return merge(side(BOTH), local, remote, strategy=strategies.get(strategy), **options)


@pytest.mark.parametrize(
    ("strategy", "times", "want"),
    [
        ("keep_local", (1, 2), {"one": USER, "two": TWO}),
        ("keep_remote", (1, 2), {"one": ONE, "two": {}}),
        ("keep_newest", (2, 1), {"one": USER, "two": TWO}),
        ("keep_newest", (1, 2), {"one": ONE, "two": {}}),
        ("manual", (1, 2), BOTH),
    ],
)
def test_each_side_deletes_another_one(strategy, times, want):
    local, remote = side({"one": USER, "two": TWO}, times[0]), side({"one": ONE, "two": {}}, times[1])
    found = merged(local, remote, strategy)
    assert [(one.kind, one.path, one.target, one.local, one.remote) for one in found.conflicts] == [
        ("alias_target_deleted", "user", "a", ["two"], ["one"])
    ]
    assert dict(found.documents) == want
    assert (strategy == "manual") == bool(found.open)


def test_a_person_may_write_another_reference():
    other = {**USER, "b": {"$type": "number", "$value": 3}}
    local, remote = side({"one": other, "two": TWO}), side({"one": ONE, "two": {}})
    strategy = strategies.get("manual")
    (conflict,) = merge(side(BOTH), local, remote, strategy=strategy).open
    document = {"conflicts": [{**conflict.to_json(), "choose": "value", "value": "{b}"}]}
    found = merged(local, remote, resolutions=read_resolutions(document))
    assert not found.open
    assert found.documents["one"] == {**other, "user": {"$type": "number", "$value": "{b}"}}
    assert found.documents["two"] == {}


def test_who_only_moved_is_followed():
    moved = {"one": {**USER, "b": ONE["a"]}, "two": TWO}
    remote = side({"one": ONE, "two": {}})
    for local, other in ((side(moved, **{"one/b": "one#/a"}), remote), (remote, side(moved, **{"one/b": "one#/a"}))):
        found = merged(local, other)
        assert not found.conflicts
        assert found.documents["one"] == {"user": {"$type": "number", "$value": "{b}"}, "b": ONE["a"]}


def test_who_moved_on_both_sides_is_followed_alike():
    local = side({"one": {**USER, "c": ONE["a"]}, "two": TWO}, **{"one/c": "one#/a"})
    remote = side({"one": ONE, "two": {"b": TWO["a"]}}, **{"two/b": "two#/a"})
    for pair in ((local, remote), (remote, local)):
        found = merged(*pair)
        assert not found.conflicts
        assert found.documents["one"]["user"]["$value"] == "{b}"
