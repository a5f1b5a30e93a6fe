"""Names: letter case, registries, and what a configuration may call."""

from __future__ import annotations

import subprocess
import sys

import pytest

from translators.style_dictionary import ConfigError, build, load_config
from translators.style_dictionary.action import actions
from translators.style_dictionary.filter import filters
from translators.style_dictionary.format import formats
from translators.style_dictionary.letter_case import camel, joined
from translators.style_dictionary.registry import Registry, module_of
from translators.style_dictionary.spelling import misspelt
from translators.style_dictionary.transform import transforms
from translators.style_dictionary.transform_groups import TRANSFORM_GROUPS


@pytest.mark.parametrize(
    ("path", "kebab", "camel_case"),
    [
        (["color", "Base", "Red 500"], "color-base-red-500", "colorBaseRed500"),
        (["x2Large"], "x2-large", "x2Large"),
        (["XMLHttpRequest"], "xml-http-request", "xmlHttpRequest"),
        (["ÀÉb"], "à-éb", "àÉb"),
        (["日本Go"], "日本go", "日本go"),
        (["_private", "$root"], "private-root", "privateRoot"),
        (["1.5"], "1-5", "15"),
        (["--"], "", ""),
    ],
)
def test_words_are_split_as_change_case_splits_them(path, kebab, camel_case):
    assert joined(path, "-") == kebab
    assert camel(path) == camel_case


def test_everything_style_dictionary_has_is_registered():
    assert len([name for name in transforms.names() if not name.startswith("ts/")]) == 62
    assert len(TRANSFORM_GROUPS) == 15
    assert len(formats.names()) == 44
    assert actions.names() == ["android/copyImages", "copy_assets"]
    assert filters.names() == ["removePrivate"]
    assert all(transforms.get(name) for group in TRANSFORM_GROUPS.values() for name in group)


@pytest.mark.parametrize(
    ("name", "module"),
    [("ios-swift/any.swift", "ios_swift"), ("fontFamily/css", "font_family"), ("sketchPalette", "sketch_palette")],
)
def test_a_name_begins_with_its_module(name, module):
    assert module_of(name) == module


def test_only_the_module_of_a_name_is_imported():
    code = """
import sys
from translators.style_dictionary.format import formats
assert formats.get("less/variables") and not formats.get("nothing/here") and not formats.get("../../secret")
print(*sorted(name.rpartition(".")[2] for name in sys.modules if ".style_dictionary.formats." in name))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.split() == ["less"]


def test_a_name_is_registered_once():
    registry: Registry[int] = Registry("thing", "translators.style_dictionary.filters")
    registry.add("a", 1)
    with pytest.raises(ValueError, match="twice"):
        registry.add("a", 2)


FILE = {"destination": "a.css", "format": "css/variables"}


@pytest.mark.parametrize(
    ("platform", "message", "hint"),
    [
        ({"transformGroup": "ccs"}, "no transform group ccs", "did you mean css?"),
        ({"transforms": ["name/cti/kebob"]}, "no transform name/cti/kebob", "did you mean name/kebab?"),
        ({"transforms": ["mine"]}, "no transform mine", "plug-in"),
        ({"files": [{**FILE, "format": "css/vars"}]}, "no format css/vars", "did you mean css/variables?"),
        ({"files": [{**FILE, "format": "zzz"}]}, "no format zzz", "Jinja template"),
        ({"files": [{**FILE, "filter": "removeprivate"}]}, "no filter removeprivate", "did you mean removePrivate?"),
        ({"actions": ["copyAssets"]}, "no action copyAssets", "did you mean copy_assets?"),
        ({"preprocessors": ["strip"]}, "no preprocessor strip", "plug-in"),
    ],
)
def test_an_unknown_name_is_refused_with_a_hint(platform, message, hint):
    config = load_config({"platforms": {"p": {"files": [FILE], **platform}}}, file="config.json")
    with pytest.raises(ConfigError) as raised:
        build(config, [])
    (fault,) = raised.value.diagnostics
    assert message in fault.message
    assert hint in (fault.hint or "")
    assert (fault.code, fault.file) == ("DSS350", "config.json")
    assert fault.at[:2] == ("platforms", "p")


def test_all_unknown_names_are_listed_at_once():
    bad = {"transformGroup": "x", "transforms": ["y/z"], "files": [{"destination": "a", "format": "q"}]}
    config = load_config({"platforms": {"a": bad, "b": bad}}, file="c")
    with pytest.raises(ConfigError) as raised:
        build(config, [])
    assert len(raised.value.diagnostics) == 6


def test_platforms_that_are_not_built_are_not_checked():
    config = load_config({"platforms": {"good": {"files": []}, "bad": {"transformGroup": "x"}}}, file="c")
    assert build(config, [], platforms=["good"]).files == ()


def test_an_unknown_platform_is_refused_with_the_nearest():
    config = load_config({"platforms": {"css": {"files": []}}}, file="c")
    with pytest.raises(ConfigError) as raised:
        build(config, [], platforms=["ccs"])
    assert raised.value.diagnostics[0].hint == "did you mean css?"
    assert raised.value.code == "DSS353"


@pytest.mark.parametrize(
    ("data", "code", "at"),
    [
        ([], "DSS352", ()),
        ({"source": "tokens.json"}, "DSS352", ("source",)),
        ({"platforms": {"a": 1}}, "DSS352", ("platforms", "a")),
        ({"platforms": {"a": {"files": {"x": 1}}}}, "DSS352", ("platforms", "a", "files")),
        ({"platforms": {"a": {"files": [{"filter": 3}]}}}, "DSS352", ("platforms", "a", "files", 0, "filter")),
        ({"platforms": {"a": {"prefix": 3}}}, "DSS352", ("platforms", "a", "prefix")),
        ({"expand": {"include": ["a"], "exclude": ["b"]}}, "DSS352", ("expand",)),
        ({"log": "verbose"}, "DSS352", ("log",)),
        ({"hooks": {"formats": {"x": "function"}}}, "DSS351", ("hooks", "formats")),
        ({"parsers": ["yaml"]}, "DSS351", ("parsers",)),
        (
            {"platforms": {"a": {"options": {"fileHeader": "mine"}}}},
            "DSS351",
            ("platforms", "a", "options", "fileHeader"),
        ),
    ],
)
def test_a_configuration_that_cannot_be_followed_says_where(data, code, at):
    with pytest.raises(ConfigError) as raised:
        load_config(data, file="config.json")
    (fault,) = raised.value.diagnostics
    assert (fault.code, fault.at, fault.file) == (code, at, "config.json")


def test_a_platform_needs_files_and_a_file_a_format():
    config = load_config({"platforms": {"a": {}, "b": {"files": [{"destination": "x"}]}}}, file="c")
    with pytest.raises(ConfigError) as raised:
        build(config, [])
    assert [fault.code for fault in raised.value.diagnostics] == ["DSS354", "DSS354"]


def test_a_configuration_may_define_transform_groups():
    groups = {"mine": ["name/constant"], "css": ["name/camel"]}
    file = {"destination": "a", "format": "json/flat"}
    config = load_config(
        {
            "hooks": {"transformGroups": groups},
            "tokens": {"a b": {"value": 1}},
            "platforms": {
                "one": {"transformGroup": "mine", "files": [file]},
                "two": {"transformGroup": "css", "files": [{**file, "destination": "b"}]},
            },
        },
        file="c",
    )
    assert [file.text for file in build(config, []).files] == ['{\n  "A_B": 1\n}\n', '{\n  "aB": 1\n}\n']


def test_names_of_version_3_are_those_of_now():
    file = {"destination": "a", "format": "json/flat"}
    data = {
        "transformGroup": {"old": ["name/cti/constant", "content/icon"]},
        "tokens": {"a": {"b": {"value": 1}}},
        "platforms": {"p": {"transformGroup": "old", "transforms": ["name/cti/pascal"], "files": [file]}},
    }
    config = load_config(data, file="c")
    assert {(found.code, found.severity, found.at) for found in config.diagnostics} == {
        ("DSS350", "warning", ("transformGroup", "old", 0)),
        ("DSS350", "warning", ("transformGroup", "old", 1)),
        ("DSS350", "warning", ("platforms", "p", "transforms", 0)),
    }
    assert config.diagnostics[-1].message.endswith("name/cti/pascal is called name/pascal since version 4")
    (made,) = build(config, []).files
    assert made.text == '{\n  "AB": 1\n}\n'


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("sorce", "source"), ("SOURCE", "source"), ("platfroms", "platforms"), ("lgo", "log"), ("nane", "name"),
        ("transform_group", "transformGroup"), ("outputRefernecs", "outputReferences"), ("tranform", None),
        ("description", None), ("export", None), ("exclude", None), ("sortBy", None), ("", None), ("x" * 100_000, None),
    ],
)  # fmt: skip
def test_a_slip_of_the_fingers_is_told_from_another_word(name, near):
    known = ["source", "include", "import", "platforms", "log", "name", "transformGroup", "sort", "outputReferences"]
    assert misspelt(name, [*known, "destination", "expand"]) == near
