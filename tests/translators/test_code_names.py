"""Names in code: tokens and contexts that are called as something else in the file is."""

import re

import pytest


def numbers(*names):
    return {name: {"$type": "number", "$value": place} for place, name in enumerate(names)}


def document(others=("dark",), **tokens):
    sets = {"base": {"sources": [numbers("n") | tokens]}}
    changed = {context: [{"n": {"$type": "number", "$value": 7 + at}}] for at, context in enumerate(others)}
    return {
        "version": "2025.10",
        "sets": sets,
        "modifiers": {"theme": {"contexts": {"light": [], **changed}, "default": "light"}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
    }


def test_a_constant_of_javascript_is_no_other_export(translated):
    text = translated(document(**numbers("tokens", "contexts", "class")), "javascript")
    exported = re.findall(r"^export const (\w+) =", text, re.M)
    assert exported == ["n", "tokens_", "contexts_", "class_", "tokens", "contexts"]


def test_a_constant_of_python_is_no_other_name(translated):
    text = translated(document(**numbers("tokens", "contexts")), "python")
    names = re.findall(r"^([A-Z_]+):", text, re.M)
    assert names == ["N", "TOKENS_", "CONTEXTS_", "TOKENS", "CONTEXTS"]


def test_names_of_dart_are_ascii(translated):
    text = translated(document(**numbers("größe"), others=("düster",)), "flutter")
    assert text.isascii()
    assert "final double gruf6udfe;" in text
    assert re.findall(r"static const Tokens (\w+) =", text) == ["base", "themeDufcster"]


@pytest.mark.parametrize("name", ["base", "lerp", "copyWith", "type", "t", "other", "class"])
def test_a_field_of_dart_is_no_other_member(translated, name):
    text = translated(document(**numbers(name)), "flutter")
    assert f"final double {name}_;" in text


def test_a_field_of_dart_is_no_context(translated):
    text = translated(document(theme=numbers("dark")), "flutter")
    assert "final double themeDark_;" in text
    assert "static const Tokens themeDark = Tokens(" in text


@pytest.mark.parametrize(("format", "wanted"), [
    ("less", ".theme-dark-2()"), ("stylus", "$theme-dark-2 = {}"), ("javascript", '"theme-dark-2"'),
    ("python", "'theme-dark-2'"), ("react-native", '"theme-dark-2"'), ("swift", "enum TokensThemeDark2"),
    ("compose", "object TokensThemeDark2"), ("flutter", "static const Tokens themeDark2 "),
])  # fmt: skip
def test_contexts_that_differ_in_case_alone_are_both_there(translated, format, wanted):
    text = translated(document(others=("dark", "Dark")), format)
    assert wanted in text
    assert wanted.replace("-2", "").replace("2", "") in text
