"""``dss`` is the one door: what it exports exists, is documented, and comes without heavy imports."""

import importlib
import subprocess
import sys

import pytest

import dss

NAMES = getattr(dss, "__all__", ())


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_exists_and_is_documented(name):
    value = getattr(dss, name)
    if callable(value):
        assert (value.__doc__ or "").strip(), f"dss.{name} has no docstring"


def test_public_names_are_sorted_and_listed_once():
    assert list(NAMES) == sorted(set(NAMES), key=str.lower) or list(NAMES) == sorted(set(NAMES))
    assert set(NAMES) <= set(dir(dss))


@pytest.mark.parametrize("name", NAMES)
def test_a_public_name_survives_pickling_by_reference(name):
    value = getattr(dss, name)
    if isinstance(value, type):
        assert getattr(importlib.import_module(value.__module__), value.__qualname__) is value


def test_importing_dss_is_cheap():
    code = "import sys, dss; print(sorted({'pydantic', 'jinja2', 'httpx', 'click', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
