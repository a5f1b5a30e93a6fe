"""The options of formats: an unknown one names the nearest, a value of another kind is refused."""

import json

import pytest

from dss_tokens.errors import InputError
from translators.pipeline import make_platform
from translators.registry import formats

OWN = {"css", "template"}
"""Modules that check options themselves, or take any."""


@pytest.mark.parametrize(
    ("format", "options", "said", "hint"),
    [
        ("swift", {"enmu": "A"}, "swift has no option enmu", "did you mean enum?"),
        (
            "compose/tokens",
            {"pakage": "a", "objct": "b"},
            "compose/tokens has no option pakage",
            "did you mean package?",
        ),
        ("json", {"package": "a"}, "json has no option package", "it has none"),
        ("flutter", {"class": 1}, "the option class is a text", None),
        ("android", {"base_font_size": "16px"}, "the option base_font_size is a number above 0", None),
        ("android", {"base_font_size": 0}, "the option base_font_size is a number above 0", None),
        ("swift", {"base_font_size": True}, "the option base_font_size is a number above 0", None),
    ],
)
def test_an_option_that_a_format_does_not_have_is_refused(format, options, said, hint):
    with pytest.raises(InputError) as caught:
        make_platform("x", format=format, out="a", options=options)
    first, *_ = found = caught.value.diagnostics
    assert (first.code, first.message, first.hint) == ("DSS318", said, hint)
    assert [d.path for d in found] == [f"platform.x.options.{key}" for key in options]


def test_every_format_says_what_options_it_has():
    for name in formats.names():
        entry = formats.get(name)
        module = __import__(entry.__module__, fromlist=["OPTIONS"])
        assert hasattr(module, "OPTIONS") is (module.__name__.rpartition(".")[2] not in OWN), name


RESOLVER = {
    "version": "2025.10",
    "sets": {
        "base": {"sources": [{"a": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 1, 1]}}}]}
    },
    "modifiers": {"theme": {"contexts": {"day": [], "night": []}, "default": "day"}},
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
}


@pytest.mark.parametrize("format", ["android", "xcassets"])
def test_the_context_of_the_dark_appearance_has_to_exist(format, translated):
    with pytest.raises(InputError) as caught:
        translated(RESOLVER, format, options={"dark": "theme=nite"})
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("DSS318", "there are theme=night")


@pytest.mark.parametrize("format", ["dtcg", "dtcg/resolved", "dtcg/resolver", "json"])
@pytest.mark.parametrize("settings", [{}, {"names": {"case": "snake"}}])
def test_formats_that_write_paths_have_no_names_that_clash(format, settings, translated):
    tokens = {"$type": "number", "fontSize": {"$value": 1}, "font-size": {"$value": 2}}
    made = json.loads(translated(tokens, format, **settings))
    assert "fontSize" in str(made) and "font-size" in str(made)
    with pytest.raises(AssertionError, match="DSS310"):
        translated(tokens, "css", **settings)
