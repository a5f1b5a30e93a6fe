"""What changed between two versions: kinds, contexts, renames, and whether users break."""

import pytest

from dss_tokens.diff.compare import compare
from dss_tokens.diff.explain import code, markdown, short
from dss_tokens.diff.records import next_version
from dss_tokens.dtcg import parse
from dss_tokens.model import Source
from dss_tokens.resolve.permutations import Permutation, Permutations, resolve_one

RED = {"colorSpace": "srgb", "components": [1, 0, 0], "hex": "#ff0000"}
BLUE = {"colorSpace": "srgb", "components": [0, 0, 1], "hex": "#0000ff"}


def color(value, **members):
    return {"$type": "color", "$value": value, **{f"${key}": part for key, part in members.items()}}


def resolved(document):
    found = resolve_one(parse(document, Source("t.json")).tokens)
    assert not found.diagnostics
    return found


def version(document, contexts=None, default="light"):
    """A token set with a modifier ``theme``, or without any."""
    base = resolved(document)
    others = []
    for context, changes in (contexts or {}).items():
        found = resolved({**document, **changes})
        differing = {p for p in {*found.done, *base.done} if found.done.get(p) != base.done.get(p)}
        others.append(Permutation({"theme": context}, found.done, frozenset(differing), found.uses))
    modifiers = {"theme": [default, *(contexts or {})]} if contexts is not None else {}
    return Permutations(Permutation({}, base.done, uses=base.uses), others, [], modifiers)


def diff(before, after, **options):
    return compare(version(before), version(after), **options)


def kinds(found):
    return [(change.kind, change.path, change.step) for change in found.changes]


BASE = {"a": color(RED), "b": color("{a}"), "c": color("{b}", description="x")}


@pytest.mark.parametrize(
    ("after", "want"),
    [
        pytest.param(BASE, [], id="nothing"),
        pytest.param({**BASE, "d": color(RED)}, [("added", "d", "minor")], id="added"),
        pytest.param({"a": color(RED), "b": color("{a}")}, [("removed", "c", "major")], id="removed"),
        pytest.param(
            {**BASE, "a": color(BLUE)},
            [("changed", "a", "minor"), ("changed", "b", "minor"), ("changed", "c", "minor")],
            id="changed-and-who-follows",
        ),
        pytest.param({**BASE, "c": color("{a}", description="x")}, [("realiased", "c", "patch")], id="realiased"),
        pytest.param(
            {**BASE, "b": {"$type": "number", "$value": 1}, "c": {"$value": "{b}", "$description": "x"}},
            [("retyped", "b", "major"), ("retyped", "c", "major")],
            id="retyped",
        ),
        pytest.param({**BASE, "c": color("{b}", description="y")}, [("described", "c", "patch")], id="described"),
        pytest.param(
            {**BASE, "a": color(RED, deprecated="use d")}, [("deprecated", "a", "minor")], id="deprecated"
        ),
        pytest.param({**BASE, "a": color(RED, extensions={"x": 1})}, [("extended", "a", "patch")], id="extended"),
        pytest.param(
            {"z": color(RED), "b": color("{z}"), "c": color("{b}", description="x")},
            [("renamed", "z", "major")],
            id="renamed-and-its-users-follow",
        ),
    ],
)  # fmt: skip
def test_what_happened(after, want):
    found = diff(BASE, after)
    assert kinds(found) == want
    assert found.breaking == any(step == "major" for _, _, step in want)


def test_a_deprecated_token_may_be_restored():
    assert kinds(diff({"a": color(RED, deprecated=True)}, {"a": color(RED)})) == [("restored", "a", "minor")]


def test_a_rename_by_use_needs_no_common_name():
    before = {"x": {"one": color(RED)}, "u": color("{x.one}")}
    after = {"y": {"two": color(RED)}, "u": color("{y.two}")}
    (change,) = diff(before, after).changes
    assert (change.kind, change.was, change.path, change.by) == ("renamed", "x.one", "y.two", "value")
    assert [c.kind for c in diff(before, after, guess=False).changes] == ["removed", "added", "realiased"]


def test_a_rename_by_id_survives_another_value():
    def one(name, value):
        return {name: color(value, extensions={"com.figma": {"key": "K"}})}

    (change,) = diff(one("a", RED), one("b", BLUE)).changes
    assert (change.kind, change.was, change.by, change.values["default"].after) == ("renamed", "a", "id", BLUE)


def test_a_renamed_group_is_told_as_one():
    before = {"colour": {"x": {name: color({**RED, "components": [n / 10, 0, 0], "hex": f"#0{n}0000"})
                               for n, name in enumerate("abc")}}}  # fmt: skip
    found = diff(before, {"color": before["colour"]})
    assert [(group.was, group.path, group.tokens) for group in found.groups] == [("colour", "color", 3)]


def test_values_are_compared_in_every_context():
    before = version({"a": color(RED), "b": color("{a}")}, {"dark": {"a": color(BLUE)}})
    after = version({"a": color(RED), "b": color("{a}")}, {"dark": {"a": color(RED)}})
    changes = compare(before, after).changes
    assert [(c.path, {k: (v.before["hex"], v.after["hex"]) for k, v in c.values.items()}) for c in changes] == [
        ("a", {"theme=dark": ("#0000ff", "#ff0000")}),
        ("b", {"theme=dark": ("#0000ff", "#ff0000")}),
    ]


def test_a_context_that_goes_breaks_and_one_that_comes_does_not():
    one, other = version({"a": color(RED)}, {}), version({"a": color(RED)}, {"dark": {"a": color(BLUE)}})
    came, went = compare(one, other), compare(other, one)
    assert (came.contexts_added, came.step, came.breaking) == (("theme=dark",), "minor", False)
    assert (went.contexts_removed, went.step, went.breaking) == (("theme=dark",), "major", True)


def test_another_default_context_is_no_change_of_values():
    light, dark = {"a": color(RED)}, {"a": color(BLUE)}
    before = version(light, {"dark": dark}, default="light")
    after = version(dark, {"light": light}, default="dark")
    assert compare(before, after).changes == ()


@pytest.mark.parametrize(
    ("version", "step", "following"),
    [
        ("1.2.3", "major", "2.0.0"), ("1.2.3", "minor", "1.3.0"), ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "none", "1.2.3"), ("0.2.3", "major", "0.3.0"), ("v1.2.3-beta.1", "patch", "1.2.4"),
        ("1.2", "patch", None), ("x.y.z", "patch", None),
    ],
)  # fmt: skip
def test_the_next_version(version, step, following):
    assert next_version(version, step) == following


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (RED, "#ff0000"),
        ({**RED, "alpha": 0.5}, "#ff0000 / 0.5"),
        ({"colorSpace": "oklch", "components": [0.5, 0.1, "none"]}, "oklch 0.5 0.1 none"),
        ({"value": 4, "unit": "px"}, "4px"),
        ({"value": 0.5, "unit": "rem"}, "0.5rem"),
        (["Inter", "sans-serif"], "Inter, sans-serif"),
        ({"width": {"value": 1, "unit": "px"}, "style": "solid"}, "width 1px, style solid"),
        ([0.4, 0, 0.2, 1], "[0.4, 0, 0.2, 1]"),
        ("x" * 99, "x" * 79 + "…"),
        (None, "nothing"),
    ],
)
def test_values_are_short(value, text):
    assert short(value) == text


@pytest.mark.parametrize(
    ("text", "want"), [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a\nb", "`a b`"), ("", "` `")]
)
def test_code_holds_anything(text, want):
    assert code(text) == want


def test_the_changelog():
    after = {"z": color(RED), "b": color("{z}"), "d": color(BLUE), "c": color("{b}", description="<b>new</b>")}
    assert (
        markdown(diff(BASE, after), title="1.0 [next]")
        == """\
## 1.0 \\[next\\]

Breaking: **yes**. Suggested version step: **major**.

### Renamed

- `a` → `z` (probably)

### Added

- `d`: `#0000ff`

### Descriptions

- `c`: description: `<b>new</b>`
"""
    )
    assert "Nothing changed." in markdown(diff(BASE, BASE))
