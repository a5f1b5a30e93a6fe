"""Formats share what they have worked out: none of it depends on which of them come first."""

import pytest
from hypothesis import HealthCheck, given, settings
from test_strategies import token_documents

from translators.pipeline import make_platform, translate
from translators.registry import formats

FORMATS = [name for name in formats.names() if "/" in name]
RED = {"colorSpace": "srgb", "components": [1, 0, 0]}
SHARED = {
    "typed-first": {"a": {"$type": "color", "$value": "{x}"}, "x": {"$value": RED}},
    "untyped-first": {"x": {"$value": RED}, "y": {"$value": "{x}"}, "z": {"$type": "color", "$value": "{x}"}},
    "other-types": {
        "x": {"$type": "org.example.paint", "$value": RED},
        "b": {"$type": "border", "$value": {"color": "{z}", "width": {"value": 1, "unit": "px"}, "style": "solid"}},
        "z": {"$type": "color", "$value": RED},
    },
}


def texts(permutations, names, **options):
    platforms = [make_platform(name, format=name, out=name.replace("/", "-"), **options) for name in names]
    made = translate(permutations, platforms)
    return {file.path: file.text for file in made.files}


def each_alone(resolved, document, **options):
    return {path: text for name in FORMATS for path, text in texts(resolved(document), [name], **options).items()}


@pytest.mark.parametrize("references", [True, False])
@pytest.mark.parametrize("document", SHARED.values(), ids=SHARED)
def test_a_format_writes_the_same_alone_and_among_others(resolved, document, references):
    alone = each_alone(resolved, document, references=references)
    assert texts(resolved(document), FORMATS, references=references) == alone
    assert texts(resolved(document), FORMATS[::-1], references=references) == alone


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(document=token_documents())
def test_any_tokens_are_the_same_alone_and_among_others(resolved, document):
    alone = each_alone(resolved, document)
    assert texts(resolved(document), FORMATS) == alone
    assert texts(resolved(document), FORMATS[::-1]) == alone


def test_an_untyped_value_stays_as_it_is_beside_a_colour_that_has_it(translated):
    document = {"z": {"$type": "color", "$value": "{x}"}, "x": {"$value": RED}}
    assert translated(document, "json") == (
        '{\n  "z": "#ff0000",\n  "x": {"colorSpace": "srgb", "components": [1, 0, 0]}\n}\n'
    )
