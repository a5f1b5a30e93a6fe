"""``dss`` is the one door: what it exports exists, is documented, and comes without heavy imports."""

import importlib
import subprocess
import sys

import dss

NAMES = getattr(dss, "__all__", ())


def test_public_names_exist_and_are_documented():
    for name in NAMES:
        value = getattr(dss, name)
        if callable(value):
            assert (value.__doc__ or "").strip(), f"dss.{name} has no docstring"


def test_public_names_are_sorted_and_listed_once():
    assert list(NAMES) == sorted(set(NAMES), key=str.lower) or list(NAMES) == sorted(set(NAMES))
    assert set(NAMES) <= set(dir(dss))


def test_public_classes_survive_pickling_by_reference():
    for value in (getattr(dss, name) for name in NAMES):
        if isinstance(value, type):
            assert getattr(importlib.import_module(value.__module__), value.__qualname__) is value


def test_importing_dss_is_cheap():
    code = "import sys, dss; print(sorted({'pydantic', 'jinja2', 'httpx', 'click', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
