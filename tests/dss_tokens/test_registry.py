"""A registry finds its entries by the names of its modules."""

import pytest

from dss_tokens.merge import strategies
from dss_tokens.registry import Registry, UnknownNameError, module_of


def fresh():
    return Registry("merge strategy", "dss_tokens.merge.strategies", code="DSS694")


def test_every_module_registers_under_its_own_name():
    assert {module_of(name) for name in strategies.names()} == set(strategies.modules())


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(UnknownNameError, match="keep_locale") as raised:
        strategies.get("keep_locale")
    assert raised.value.diagnostics[0].hint == "did you mean keep_local?"
    for name in ("", "../manual", "a.b", "os"):
        with pytest.raises(UnknownNameError):
            strategies.get(name)


def test_others_are_added_and_loaded_when_asked_for():
    registry, loaded = fresh(), []
    registry.add("union", lambda: loaded.append(1) or max)
    assert "union" in registry.names() and not loaded
    assert registry.get("union") is max and registry.get("union") is max and loaded == [1]


def test_names_are_taken_once():
    registry = fresh()
    registry.add("union", lambda: max)
    with pytest.raises(ValueError, match="union"):
        registry.add("union", lambda: min)
    with pytest.raises(ValueError, match="belongs into the module other"):
        registry.register("other/x")(fresh)
