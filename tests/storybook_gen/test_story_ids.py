"""Ids and titles as Storybook makes them, so that the pages keep their addresses without Node."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybook_gen.ids import docs_id, sanitized, slugs, start_case, story_id, title_part, titles


@pytest.mark.parametrize(
    ("component", "export", "expected"),
    [
        # What "storybook index" of 10.6 writes.
        ("dss-overview", "Overview", "dss-overview--overview"),
        ("dss-modes", "SideBySide", "dss-modes--side-by-side"),
        ("color-semantic", "Tokens", "color-semantic--tokens"),
        ("Color", "Brand500", "color--brand-500"),
        ("Color", "_100", "color--100"),
        ("Color/Base", "aB", "color-base--a-b"),
        ("Color.Base", "a_b", "color-base--a-b"),
        ("Tokens/Цвет", "Grün", "tokens-цвет--grün"),
        ("***x", "XMLHttp", "x--xml-http"),
    ],
)
def test_story_ids_are_storybooks(component, export, expected):
    assert story_id(component, export) == expected


def test_pages_without_stories_end_in_docs():
    assert docs_id("Reference/color") == "reference-color--docs"


@pytest.mark.parametrize(
    ("export", "name"), [("AllTokens", "All Tokens"), ("Color", "Color"), ("ABCDef", "ABC Def"), ("a1b", "A 1 B")]
)
def test_start_case(export, name):
    assert start_case(export) == name


def test_names_that_are_slugs_stay():
    assert slugs(["color", "line-height", "2xl"]) == {"color": "color", "line-height": "line-height", "2xl": "2xl"}


def test_slugs_of_lone_names_are_plain():
    assert slugs(["Light", "High contrast"]) == {"Light": "light", "High contrast": "high-contrast"}


@pytest.mark.parametrize(
    "names",
    [
        ["Color", "color", "COLOR", "co lor", "co-lor"],
        ["цвет", "色", "🎨", "***", "$"],
        ["con", "NUL", "com1"],
        ["..", "../..", "/etc/passwd", "a/../b"],
        ["x" * 200, "x" * 201],
        ["constructor", "__proto__", "toString"],
    ],
)
def test_slugs_are_safe_and_apart_on_any_file_system(names):
    found = list(slugs(names).values())
    assert len({slug.lower() for slug in found}) == len(names)
    for slug in found:
        assert slug.isascii() and slug == slug.lower()
        assert "/" not in slug and "." not in slug and not slug.startswith("-")
        assert slug not in {"con", "nul", "com1"} and len(slug) <= 60


@given(st.lists(st.text(min_size=1, max_size=40), unique=True, max_size=8))
def test_slugs_do_not_depend_on_the_order(names):
    one, other = slugs(names), slugs(list(reversed(names)))
    assert one == other
    assert len(set(one.values())) == len(names)


def test_a_slash_opens_no_folder_and_long_titles_are_cut():
    assert "/" not in title_part("a/b")
    assert len(title_part("x" * 300)) == 60


@given(st.lists(st.text(min_size=1, max_size=70), unique=True, max_size=8))
def test_titles_have_ids_of_their_own(names):
    found = titles(slugs(names))
    ids = [sanitized(title) for title in found.values()]
    assert all(ids)
    assert len(set(ids)) == len(names)
