"""What the page about two versions says."""

from storybook_gen.changes import compare
from storybook_gen.handover import StoryToken


def token(path, value="1px", type="dimension", **more):
    return StoryToken(path, type, path.replace(".", "-"), value, **more)


def differences(before, after, old=({},), new=({},)):
    return [
        (change.kind, change.path, change.was, change.context)
        for change in compare("v1", before, after, old, new).changes
    ]


def test_nothing_changed():
    assert differences([token("a")], [token("a")]) == []


def test_added_and_removed():
    assert differences([token("a")], [token("b", "2px")]) == [("removed", "a", None, None), ("added", "b", None, None)]


def test_the_same_value_and_name_elsewhere_is_a_rename():
    assert differences([token("old.sm")], [token("new.sm")]) == [("renamed", "new.sm", "old.sm", None)]


def test_two_candidates_are_no_rename():
    found = differences([token("old.sm")], [token("x.sm"), token("y.sm")])
    assert [kind for kind, *_ in found] == ["removed", "added", "added"]


def test_the_same_variable_is_a_rename_whatever_its_value():
    one, other = token("a", figma={"key": "k"}), token("b.c", "9px", figma={"key": "k"})
    assert differences([one], [other]) == [("renamed", "b.c", "a", None)]


def test_types_values_and_marks():
    before = [token("t"), token("v"), token("d")]
    after = [token("t", "1", "number"), token("v", "2px"), token("d", deprecated="why")]
    assert differences(before, after) == [
        ("type", "t", "dimension", None),
        ("value", "v", None, None),
        ("deprecated", "d", "why", None),
    ]


def test_contexts_are_compared_by_name_not_by_number():
    old = ({}, {"theme": "dark"})
    new = ({}, {"theme": "dim"}, {"theme": "dark"})
    before = [token("a", values={1: "2px"})]
    assert differences(before, [token("a", values={1: "5px", 2: "2px"})], old, new) == []
    assert differences(before, [token("a", values={2: "3px"})], old, new) == [("value", "a", None, "dark")]


def test_a_context_that_follows_the_default_says_nothing_of_its_own():
    old = new = ({}, {"theme": "dark"})
    assert differences([token("a")], [token("a", "2px")], old, new) == [("value", "a", None, None)]


def test_breaking_changes_are_marked():
    changes = compare("v1", [token("a"), token("b")], [token("b", "2px"), token("c", "7px")], ({},), ({},)).changes
    assert {change.kind: change.breaking for change in changes} == {"removed": True, "value": False, "added": False}
