"""The page on Style Dictionary says the state of everything: names of registries, keys, options of formats."""

import importlib.util
import re
from pathlib import Path

import pytest

from translators.style_dictionary import config_shapes, run
from translators.style_dictionary.action import actions
from translators.style_dictionary.filter import filters
from translators.style_dictionary.format import formats
from translators.style_dictionary.preprocessor import preprocessors
from translators.style_dictionary.transform import transforms
from translators.style_dictionary.transform_groups import TRANSFORM_GROUPS

PAGE = Path(__file__).parent.parent.parent.parent / "docs" / "style_dictionary_page.py"
OF_CONFIGURATION = {*config_shapes.CONFIG.keys, *config_shapes.PLATFORM, *config_shapes.FILE} - {*config_shapes.OPTIONS}


@pytest.fixture(scope="module")
def page():
    spec = importlib.util.spec_from_file_location("style_dictionary_page", PAGE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_option_is_followed_by_a_format(page):
    alone = {"fileHeader", "formatting.fileHeaderTimestamp"}
    assert {option for option in page.OPTIONS if not page.followers(option)} == alone
    assert page.followers("resourceMap") == ["android/resources"]
    assert page.followers("themeable") == ["scss/map-deep", "scss/variables"]
    assert page.followers("mapName") == ["scss/map-deep", "scss/map-flat"]


def test_every_option_of_formats_has_a_state(page):
    """Those that the code of the formats asks for; configuration and platform have options of their own."""
    folder = Path(run.__file__).parent
    files = [
        *(folder / "formats").glob("*.py"),
        *(folder / f"{n}.py" for n in ("variables", "comments", "tree", "run")),
    ]
    asked = {
        name
        for file in files
        for name in re.findall(r'(?:options\.get|option|flag|_word)\((?:output, )?"(\w+)"', file.read_text("utf-8"))
    }
    assert asked >= {"className", "sort", "flat", "accessControl"}
    assert asked - page.OPTIONS.keys() == set()


def test_every_option_is_checked(page):
    heads = {option.partition(".")[0] for option in page.OPTIONS}
    assert config_shapes.OPTIONS.keys() == heads | {"imports", "usesDtcg"}
    parts = {option.partition(".")[2] for option in page.OPTIONS} - {""}
    assert config_shapes.FORMATTING.keys() == parts


def test_every_name_and_every_key_is_on_the_page(page):
    text = page.page()
    names = [*transforms.names(), *TRANSFORM_GROUPS, *formats.names(), *filters.names(), *actions.names()]
    names += [*preprocessors.names(), *page.OPTIONS]
    assert [name for name in names if f"| `{name}` |" not in text] == []
    keys = [*OF_CONFIGURATION, *config_shapes.TOKENS_STUDIO.keys, "warnings", "verbosity", "brokenReferences"]
    said = "\n".join(key for key, _ in page.CONFIGURATION)
    assert [key for key in keys if key not in said] == []
    assert (len(transforms.names()), len(formats.names())) >= (62, 44)


def test_every_state_is_one_of_three(page):
    states = [*(state for _, state in page.CONFIGURATION), *(state for _, state in page.OPTIONS.values())]
    states += page.BETTER.values()
    assert [state for state in states if not state.startswith(("same", "better: ", "not possible"))] == []
