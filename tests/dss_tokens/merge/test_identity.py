"""Renames by hand are recognised, and only where nothing else fits as well."""

import pytest

from dss_tokens.merge import Side, merge, strategies
from dss_tokens.merge.identity import identified


def token(value, key=None):
    node = {"$type": "number", "$value": value}
    return {**node, "$extensions": {"com.figma": {"key": key}}} if key else node


def renames(before, after, **options):
    def side(documents):
        return Side(documents=documents if set(documents) == {"s", "t"} else {"t": documents})

    found = identified(side(before), side(after), **options).renamed
    return [(one.before[1], one.after[1], one.by) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        pytest.param({"a": token(1)}, {"b": token(1)}, [("a", "b", "value")], id="one"),
        pytest.param({"a": token(1)}, {"b": token(2)}, [], id="another-value"),
        pytest.param({"a": token(1)}, {"b": {"$type": "fontWeight", "$value": 1}}, [], id="another-type"),
        pytest.param({"a": token(1), "c": token(1)}, {"b": token(1)}, [], id="two-fit"),
        pytest.param(
            {"g": {"a": token(1), "b": token(1)}},
            {"h": {"a": token(1), "b": token(1)}},
            [("g", "h", "value"), ("g.a", "h.a", "value"), ("g.b", "h.b", "value")],
            id="a-group",
        ),
        pytest.param({"x": {"a": token(1)}}, {"y": {"b": token(1)}}, [], id="nothing-in-common"),
        pytest.param({"a": token(1, "K")}, {"b": token(2, "K")}, [("a", "b", "id")], id="figma-key"),
        pytest.param(
            {"a": token(1, "K"), "b": token(1, "L")},
            {"c": token(1, "L"), "d": token(1, "K")},
            [("a", "d", "id"), ("b", "c", "id")],
            id="keys-before-values",
        ),
        pytest.param(
            {"g": {"a": token(1), "b": {"$value": "{g.a}"}, "c": {"$value": "{g.b}"}}},
            {"h": {"a": token(1), "b": {"$value": "{h.a}"}, "c": {"$value": "{h.b}"}}},
            [("g", "h", "value"), ("g.a", "h.a", "value"), ("g.b", "h.b", "value"), ("g.c", "h.c", "value")],
            id="references-follow",
        ),
        pytest.param({"a": token(1), "b": token(1)}, {"a": token(1)}, [], id="removed"),
        pytest.param({"a": token(1, "K")}, {"b": token(1, "L")}, [], id="two-variables-of-one-value"),
    ],
)
def test_what_was_renamed(before, after, want):
    assert renames(before, after) == want


def test_nothing_is_guessed_when_told_so():
    assert renames({"a": token(1)}, {"b": token(1)}, guess=False) == []
    assert renames({"a": token(1, "K")}, {"b": token(1, "K")}, guess=False) == [("a", "b", "id")]


def test_a_file_under_another_name_is_the_same_file():
    content = {"a": token(1), "b": token(2), "c": token(3)}
    base = Side(documents={"old.json": content, "x.json": {}})
    local = identified(base, Side(documents={"new.json": {**content, "d": token(4)}, "x.json": {}})).side
    remote = Side(documents={"old.json": {**content, "a": token(9)}, "x.json": {}})
    merged = merge(base, local, remote, strategy=strategies.get("manual"))
    assert merged.conflicts == ()
    assert dict(merged.documents) == {"new.json": {**content, "a": token(9), "d": token(4)}, "x.json": {}}


def test_one_variable_in_two_modes_moves_in_each():
    def modes(name):
        return Side(documents={"light": {name: token(1, "K")}, "dark": {name: token(2, "K")}})

    found = identified(modes("a"), modes("b")).renamed
    assert [(one.before, one.after) for one in found] == [
        (("light", "a"), ("light", "b")),
        (("dark", "a"), ("dark", "b")),
    ]
