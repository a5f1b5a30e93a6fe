"""References in authored JSON: found and renamed in every syntax."""

import pytest

from dss_tokens.mentions import mentions, renamed, renamed_extends, renamed_node


@pytest.mark.parametrize(
    ("value", "found", "after"),
    [
        ("{a.b}", ["a.b"], "{x.y}"),
        ("{ a.b }", ["a.b"], "{ x.y }"),
        ("{a.b.value}", ["a.b.value"], "{x.y.value}"),
        ("{a.b} * {c}", ["a.b", "c"], "{x.y} * {c}"),
        ("$a.b", ["a.b"], "$x.y"),
        ("{a.bc}", ["a.bc"], "{a.bc}"),
        ("plain", [], "plain"),
        ({"$ref": "#/a/b/$value/components/0"}, ["a.b"], {"$ref": "#/x/y/$value/components/0"}),
        ({"$ref": "#/a/b"}, ["a.b"], {"$ref": "#/x/y"}),
        ({"$ref": "other.json#/a/b"}, [], {"$ref": "other.json#/a/b"}),
        ({"color": "{a.b}", "n": 1}, ["a.b"], {"color": "{x.y}", "n": 1}),
        ([{"color": "{a.b}"}, "{c}"], ["a.b", "c"], [{"color": "{x.y}"}, "{c}"]),
        ({"$ref": "#/a~1b"}, ["a/b"], {"$ref": "#/a~1b"}),
    ],
)
def test_mentions_are_found_and_renamed(value, found, after):
    assert mentions(value) == found
    assert renamed(value, {"a.b": "x.y"}.get) == after


def test_names_are_escaped_in_pointers():
    assert renamed({"$ref": "#/a/$value"}, {"a": "x/~y.50%"}.get) == {"$ref": "#/x~1~0y/50%25/$value"}


def test_groups_are_renamed_in_extends():
    assert renamed_extends("{a.b}", {"a.b": "x"}.get) == "{x}"
    assert renamed_extends("#/a/b", {"a.b": "x"}.get) == "#/x"


def test_prose_is_left_alone_and_extensions_are_not():
    node = {"$value": 1, "$description": "like {a}", "$extensions": {"mode": {"dark": "{a}"}}}
    after = renamed_node(node, {"a": "b"}.get)
    assert after == {**node, "$extensions": {"mode": {"dark": "{b}"}}}
    assert renamed_node(node, lambda path: None) is node
