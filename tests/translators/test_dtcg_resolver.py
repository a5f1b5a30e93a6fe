"""``dtcg/resolver``: the document that is written gives every permutation of the one that was read."""

import itertools
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from dss.service.reading import Reader
from dss.service.resolving import resolve, resolve_all
from translators.pipeline import make_platform, translate

NAMES = ("a", "b", "c", "d")


@st.composite
def token_sets(draw, names):
    found = {}
    for name in names:
        later = [other for other in NAMES if other > name]
        values = st.integers(0, 2)
        value = draw(st.one_of(values, st.sampled_from(later).map("{{{}}}".format)) if later else values)
        found[name] = {"$type": "number", "$value": value}
        if draw(st.booleans()) and later:
            color = {"colorSpace": "srgb", "components": [0, 0, draw(st.integers(0, 1))]}
            found[f"{name}-shade"] = {"$type": "color", "$value": color}
    return found


@st.composite
def documents(draw):
    modifiers = {}
    for number in range(draw(st.integers(1, 3))):
        contexts = {}
        for place in range(draw(st.integers(2, 3))):
            names = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
            contexts[f"x{place}"] = [draw(token_sets(sorted(names)))] if names else []
        modifiers[f"m{number}"] = {"contexts": contexts, "default": draw(st.sampled_from(sorted(contexts)))}
    order = [{"$ref": "#/sets/base"}, *({"$ref": f"#/modifiers/{name}"} for name in modifiers)]
    base = {"sources": [draw(token_sets(NAMES))]}
    return {"version": "2025.10", "sets": {"base": base}, "modifiers": modifiers, "resolutionOrder": order}


def read(document, file):
    file.write_text(document, encoding="utf-8")
    return Reader().resolver(file)


def values(reading, inputs):
    resolved = resolve(reading, inputs)
    assert not [d for d in resolved.diagnostics if d.severity == "error"]
    return {path: (token.type, token.value, token.alias) for path, token in resolved.base.tokens.items()}


@settings(max_examples=150)
@given(document=documents())
def test_every_permutation_comes_back(document, tmp_path_factory):
    folder = tmp_path_factory.mktemp("resolver")
    reading = read(json.dumps(document), folder / "in.resolver.json")
    platform = make_platform("x", format="dtcg/resolver", out="out.json")
    made = translate(resolve_all(reading, {}), [platform], resolve=lambda inputs, _: resolve(reading, inputs))
    assert made.diagnostics == []
    back = read(made.files[0].text, folder / "out.resolver.json")
    contexts = {name: modifier["contexts"] for name, modifier in document["modifiers"].items()}
    for chosen in itertools.product(*contexts.values()):
        inputs = dict(zip(contexts, chosen, strict=True))
        assert values(back, inputs) == values(reading, inputs), (inputs, made.files[0].text)


def test_a_value_that_several_modifiers_make_cannot_be_written_without_references(tmp_path):
    number = {"$type": "number"}
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"a": {**number, "$value": 0}, "b": {**number, "$value": 0}, "c": {
            "$type": "cubicBezier", "$value": ["{a}", "{b}", 1, 1]}}]}},
        "modifiers": {
            name: {"contexts": {"no": [], "yes": [{target: {**number, "$value": 1}}]}, "default": "no"}
            for name, target in (("first", "a"), ("second", "b"))
        },
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/first"}, {"$ref": "#/modifiers/second"}],
    }  # fmt: skip
    reading = read(json.dumps(document), tmp_path / "in.resolver.json")
    for references, codes in ((True, []), (False, ["DSS318"])):
        platform = make_platform("x", format="dtcg/resolver", out="out.json", references=references)
        made = translate(resolve_all(reading, {}), [platform], resolve=lambda inputs, _: resolve(reading, inputs))
        assert [d.code for d in made.diagnostics] == codes
