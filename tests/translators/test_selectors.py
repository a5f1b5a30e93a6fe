"""Where the values of a context hold."""

import pytest

from translators.platform import Platform
from translators.selectors import alternatives, both, compound, misplaced, places_of, specificity


def platform(**settings):
    return Platform(name="x", format="css", out="x.css", **settings)


@pytest.mark.parametrize(
    ("inputs", "selector"),
    [
        ({"theme": "dark"}, '[data-theme="dark"]'),
        ({"Color Scheme": "Dark"}, '[data-color-scheme="Dark"]'),
        ({"camelCase": 'a "b" \\ c'}, '[data-camel-case="a \\"b\\" \\\\ c"]'),
        ({"theme": "dark", "density": "dense"}, '[data-theme="dark"][data-density="dense"]'),
        ({"theme": "</style>"}, '[data-theme="<\\/style>"]'),
    ],
)
def test_by_default_attributes_say_the_contexts(inputs, selector):
    (place,) = places_of(inputs, platform())
    assert (place.selector, place.media, place.on_element) == (selector, None, True)


def test_a_media_query_stands_for_a_selector_and_both_may_be_given():
    media = {"theme=dark": "@media (prefers-color-scheme: dark)"}
    (place,) = places_of({"theme": "dark"}, platform(media=media, root_selector=":root, :host"))
    assert (place.selector, place.media, place.on_element) == (
        ":root, :host", "@media (prefers-color-scheme: dark)", False,
    )  # fmt: skip
    first, second = places_of({"theme": "dark"}, platform(media=media, selectors={"theme=dark": ".dark"}))
    assert (first.selector, second.selector, second.media) == (":root", ".dark", None)


def test_combinations_join_selectors_and_queries():
    use = platform(
        media={"a=1": "(x)", "b=1": "(y), print"}, selectors={"c=1": ".c", "d=1": "html.d, main"}
    )  # fmt: skip
    (place,) = places_of({"a": "1", "b": "1", "c": "1", "d": "1"}, use)
    assert place.media == "@media (x) and (y), (x) and print"
    assert place.selector == "html.d.c, main.c"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b", ["a", "b"]), (":is(a, b), c", [":is(a, b)", "c"]), ('[x="a,b"]', ['[x="a,b"]']),
        ("[x='a\\',b'], c", ["[x='a\\',b']", "c"]), ("a\\,b, c", ["a\\,b", "c"]),
    ],
)  # fmt: skip
def test_lists_are_split_outside_brackets_and_strings(text, parts):
    assert alternatives(text) == parts


@pytest.mark.parametrize(
    ("selectors", "joined"),
    [
        ([".a", ".b"], ".a.b"),
        ([".a, .b", ".c"], ".a.c, .b.c"),
        ([".a", "html"], "html.a"),
        (["html", "html"], "html"),
        (["html", "body"], "html:is(body)"),
        ([":root", "[x]"], ":root[x]"),
        ([".a .b", ".c"], ".a .b.c"),
    ],
)
def test_compound_selectors_are_valid(selectors, joined):
    assert compound(selectors) == joined


def test_queries_are_joined_each_with_each():
    assert both(["(a)", "(b)"]) == "(a) and (b)"
    assert both(["(a), (b)", "(c)"]) == "(a) and (c), (b) and (c)"


@pytest.mark.parametrize(
    ("selector", "strength"),
    [
        (":root", (0, 1, 0)),
        ("html", (0, 0, 1)),
        (".a", (0, 1, 0)),
        ('[data-x="y.z#a"]', (0, 1, 0)),
        ("#a.b c", (1, 1, 1)),
        ("*", (0, 0, 0)),
        (":where(.a)", (0, 0, 0)),
        (":is(.a, #b) > i", (1, 0, 1)),
        (":not(.a):hover", (0, 2, 0)),
        ("a::before", (0, 0, 2)),
        (".a, .b", (0, 1, 0)),
        (".a, html.b", None),
        (":nth-child(2n)", (0, 1, 0)),
    ],
)
def test_specificity(selector, strength):
    assert specificity(selector) == strength


@pytest.mark.parametrize(
    ("settings", "path", "said", "hint"),
    [
        (
            {"selectors": {"theme=drak": ".x"}},
            "platform.x.selector.theme=drak",
            "has no context drak",
            "did you mean dark?",
        ),
        (
            {"media": {"theme=sepia": "print"}},
            "platform.x.media.theme=sepia",
            "has no context sepia",
            "it has light, dark",
        ),
        ({"media": {"thme=dark": "print"}}, "platform.x.media.thme=dark", "no modifier thme", "did you mean theme?"),
        ({"selectors": {"dark": ".x"}}, "platform.x.selector.dark", "names no context", "write modifier=context"),
        ({"selectors": {"brand=acme": ".x", "theme=dark": ".d"}}, None, None, None),
    ],
)
def test_a_place_for_a_context_that_does_not_exist_is_told(settings, path, said, hint):
    """A modifier that nothing resembles may be one whose context the command line fixes."""
    found = list(misplaced(platform(**settings), {"theme": ["light", "dark"], "size": ["s", "l"]}))
    assert [(d.code, d.path, d.hint) for d in found] == ([("DSS318", path, hint)] if path else [])
    assert not path or said in found[0].message
