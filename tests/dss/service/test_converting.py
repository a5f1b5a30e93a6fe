"""``dss convert``: there and back gives the same tokens, whatever the other tool can hold."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss import wiring
from dss.service import converting, resolving

DIALECTS = ("dtcg", "style-dictionary", "tokens-studio", "figma")

component = st.one_of(st.integers(0, 255).map(lambda n: n / 255), st.floats(0, 1).map(lambda f: round(f, 4)))
srgb = st.builds(
    lambda parts, alpha: {"colorSpace": "srgb", "components": parts, **alpha},
    st.lists(component, min_size=3, max_size=3),
    st.sampled_from([{}, {"alpha": 0.5}, {"alpha": 0.123}]),
)
wide = st.just({"colorSpace": "display-p3", "components": [1, 0.25, "none"]})
length = st.builds(lambda n, unit: {"value": n, "unit": unit}, st.integers(-99, 99), st.sampled_from(["px", "rem"]))
shadow = st.builds(
    lambda color, inset: {
        "color": color, "offsetX": {"value": 0, "unit": "px"}, "offsetY": {"value": 1, "unit": "px"},
        "blur": {"value": 2, "unit": "px"}, "spread": {"value": 0, "unit": "px"}, **inset,
    },
    srgb, st.sampled_from([{}, {"inset": True}, {"inset": False}]),
)  # fmt: skip
VALUES = {
    "color": st.one_of(srgb, wide),
    "dimension": length,
    "duration": st.builds(
        lambda n, unit: {"value": n, "unit": unit}, st.integers(0, 999), st.sampled_from(["ms", "s"])
    ),
    "number": st.one_of(st.integers(-9, 9), st.floats(-9, 9).map(lambda f: round(f, 3))),
    "fontFamily": st.sampled_from(["Inter", "A, B", ["Inter", "sans-serif"]]),
    "fontWeight": st.sampled_from([400, "semi-bold", 950, 1.5]),
    "cubicBezier": st.just([0.4, -1, 0.2, 2]),
    "strokeStyle": st.sampled_from(["dashed", {"dashArray": [{"value": 1, "unit": "px"}], "lineCap": "butt"}]),
    "shadow": st.one_of(shadow, st.lists(shadow, min_size=1, max_size=2)),
    "gradient": st.builds(lambda c: [{"color": c, "position": 0}, {"color": c, "position": 1.5}], srgb),
}


@st.composite
def documents(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=6))
    document = {}
    for number, kind in enumerate(kinds):
        node = {"$type": kind, "$value": draw(VALUES[kind])}
        if draw(st.booleans()):
            node["$description"] = "what it is for"
        if draw(st.booleans()):
            node["$extensions"] = {"org.example": {"kept": [1, None]}}
        document.setdefault(kind, {})[f"t{number}"] = node
        if draw(st.booleans()):
            document.setdefault("alias", {})[f"t{number}"] = {"$value": f"{{{kind}.t{number}}}"}
    return document


def tokens_of(folder, **inputs):
    resolved = resolving.resolve(wiring.read((str(folder),)), inputs)
    assert [d for d in resolved.diagnostics if d.severity == "error"] == []
    return {
        path: (t.type, without_hex(t.value), t.token.description, dict(t.token.extensions))
        for path, t in sorted(resolved.base.tokens.items())
    }


def without_hex(value):
    if isinstance(value, dict):
        return {key: without_hex(part) for key, part in value.items() if key != "hex"}
    return [without_hex(part) for part in value] if isinstance(value, list) else value


def convert(source, dialect, target):
    made = converting.plan(wiring.converter(), wiring.read((str(source),)), dialect, target)
    assert [d for d in made.diagnostics if d.severity == "error"] == []
    made.apply()
    return made


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=40)
@given(document=documents())
def test_there_and_back_is_the_same(dialect, document, tmp_path_factory):
    root = tmp_path_factory.mktemp("convert")
    (root / "in").mkdir()
    (root / "in" / "all.tokens.json").write_text(json.dumps(document), encoding="utf-8")
    convert(root / "in", dialect, root / "there")
    convert(root / "there", "dtcg", root / "back")
    assert tokens_of(root / "back") == tokens_of(root / "in")


RESOLVER = {
    "version": "2025.10",
    "sets": {
        "base": {"sources": [{"ink": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0, 0, 0]}}}]}
    },
    "modifiers": {
        "theme": {
            "contexts": {
                "light": [{"gap": {"$type": "dimension", "$value": {"value": 8, "unit": "px"}}}],
                "dark": [{"gap": {"$type": "dimension", "$value": {"value": 4, "unit": "px"}}}],
            },
            "default": "light",
        }
    },
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
}


@pytest.mark.parametrize("dialect", ["dtcg", "tokens-studio"])
@pytest.mark.parametrize("context", ["light", "dark"])
def test_contexts_go_there_and_back(tmp_path, dialect, context):
    source = tmp_path / "tokens.resolver.json"
    source.write_text(json.dumps(RESOLVER))
    convert(source, dialect, tmp_path / "there")
    convert(tmp_path / "there", "dtcg", tmp_path / "back")
    assert tokens_of(tmp_path / "back", theme=context) == tokens_of(source, theme=context)


def test_figma_gets_a_file_a_mode(tmp_path):
    source = tmp_path / "tokens.resolver.json"
    source.write_text(json.dumps(RESOLVER))
    made = convert(source, "figma", tmp_path / "out")
    names = {Path(path).relative_to(tmp_path / "out").as_posix() for path in made.files}
    assert names == {"base/Value.tokens.json", "theme/light.tokens.json", "theme/dark.tokens.json"}
    dark = json.loads((tmp_path / "out/theme/dark.tokens.json").read_text())
    assert (dark["gap"]["$type"], dark["gap"]["$value"]) == ("number", 4)
    assert dark["$extensions"]["com.figma.modeName"] == "dark"


def test_what_figma_cannot_hold_is_told_and_kept(tmp_path):
    source = tmp_path / "a.tokens.json"
    source.write_text('{"s": {"$type": "cubicBezier", "$value": [0, 0, 1, 1]}}')
    made = convert(source, "figma", tmp_path / "out")
    assert [(d.code, d.severity, d.path) for d in made.diagnostics] == [("DSS321", "warning", "s")]
    assert tokens_of(tmp_path / "out")["s"][:2] == ("cubicBezier", [0, 0, 1, 1])


def test_an_edit_of_a_converted_value_wins_over_what_was_kept(tmp_path):
    source = tmp_path / "a.tokens.json"
    source.write_text('{"s": {"$type": "dimension", "$value": {"value": 1, "unit": "rem"}}}')
    convert(source, "figma", tmp_path / "out")
    (file,) = (tmp_path / "out").rglob("*.json")
    document = json.loads(file.read_text())
    document["s"]["$value"] = 20
    document["$extensions"]["dss"].pop("kept", None)
    file.write_text(json.dumps(document))
    assert tokens_of(tmp_path / "out")["s"][:2] == ("number", 20)


def test_style_dictionary_gets_css_text(tmp_path):
    source = tmp_path / "a.tokens.json"
    source.write_text(json.dumps({
        "c": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 0, 0]}, "$description": "Red."},
        "l": {"$type": "dimension", "$value": {"value": 1.5, "unit": "rem"}}, "a": {"$value": "{c}"},
    }))  # fmt: skip
    convert(source, "style-dictionary", tmp_path / "out")
    assert json.loads((tmp_path / "out" / "a.json").read_text()) == {
        "c": {"value": "#ff0000", "type": "color", "comment": "Red."},
        "l": {"value": "1.5rem", "type": "dimension"},
        "a": {"value": "{c}", "type": "color"},
    }


def test_an_unknown_dialect_names_the_nearest_one(tmp_path):
    source = tmp_path / "a.tokens.json"
    source.write_text("{}")
    with pytest.raises(Exception, match="DSS320") as caught:
        convert(source, "token-studio", tmp_path / "out")
    assert "tokens-studio" in caught.value.diagnostics[0].hint
    assert not (tmp_path / "out").exists()
