"""``$themes`` and ``$metadata``. The permutations are those of sd-transforms 2.0.3."""

from __future__ import annotations

import pytest

from translators.tokens_studio import ThemeError, ordered_sets, permutations, permuted, sets_of


def theme(name, group=None, **sets):
    found = {"name": name, "selectedTokenSets": sets}
    return {**found, "group": group} if group else found


def test_without_groups_every_theme_is_one():
    themes = [
        theme("light", core="source", light="enabled", dark="disabled"),
        theme("dark", dark="enabled", core="source"),
    ]
    assert permutations(themes) == {"light": ["core", "light"], "dark": ["core", "dark"]}


def test_one_theme_of_each_group():
    themes = [
        theme("light", "mode", core="source", light="enabled"),
        theme("dark", "mode", core="source", dark="enabled"),
        theme("acme", "brand", acme="enabled", core="source"),
        theme("zen", "brand", zen="enabled"),
    ]
    assert permutations(themes) == {
        "light-acme": ["core", "light", "acme"],
        "light-zen": ["core", "light", "zen"],
        "dark-acme": ["core", "dark", "acme"],
        "dark-zen": ["core", "dark", "zen"],
    }
    assert next(iter(permutations(themes, separator="_"))) == "light_acme"


def test_a_single_group_is_no_combination():
    assert permutations([theme("light", "mode", a="enabled"), theme("dark", "mode")]) == {"light": ["a"], "dark": []}


def test_no_themes():
    assert permutations([]) == {}


def test_all_themes_have_a_group_or_none_has():
    with pytest.raises(ThemeError) as caught:
        permutations([theme("light", "mode"), theme("acme"), theme("zen")])
    assert [(found.code, found.path) for found in caught.value.diagnostics] == [
        ("DSS370", "$themes.acme"),
        ("DSS370", "$themes.zen"),
    ]


def test_sets_of_a_single_file_in_the_order_of_the_metadata():
    data = {
        "dark": {"a": 1},
        "core": {"b": 2},
        "extra": {},
        "$themes": [],
        "$metadata": {"tokenSetOrder": ["core", "dark"]},
    }
    sets = sets_of(data)
    assert list(sets) == ["dark", "core", "extra"]
    assert ordered_sets(sets, data["$metadata"]["tokenSetOrder"]) == ["core", "dark", "extra"]
    assert ordered_sets(sets, None) == ["dark", "core", "extra"]


def test_only_chosen_themes_of_a_group():
    themes = [theme("light", "mode"), theme("dark", "mode"), theme("acme", "brand", a="source"), theme("zen", "brand")]
    found = permuted(themes, choose={"mode": ["dark"], "size": ["none"]})
    assert [(one.name, dict(one.themes)) for one in found] == [
        ("dark-acme", {"mode": "dark", "brand": "acme"}),
        ("dark-zen", {"mode": "dark", "brand": "zen"}),
    ]
    assert permuted(themes, choose={"mode": []}) == permuted(themes[2:])


def test_a_set_that_one_theme_enables_is_enabled():
    themes = [theme("a", "x", core="source", s="source"), theme("b", "y", core="enabled", s="source")]
    (found,) = permuted(themes)
    assert dict(found.statuses) == {"core": "enabled", "s": "source"}
