"""Every ordered pair of dialects: what both can hold goes there and back unchanged, whatever it is."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_strategies import token_documents

from dss import wiring
from dss.service import converting, resolving

DIALECTS = ("dtcg", "style-dictionary", "tokens-studio", "figma")
PAIRS = [(source, target) for source in DIALECTS for target in DIALECTS if source != target]

# -- DTCG: every type, both reference syntaxes, groups, contexts


@st.composite
def dtcg(draw):
    """Token files, and often a resolver document that chooses among them."""
    base = draw(token_documents())
    if draw(st.booleans()):
        one, two = {"$type": "number", "$value": 1}, {"$type": "number", "$value": "{zbase.one}"}
        base |= {"zbase": {"one": one, "two": two}, "zmore": {"$extends": "{zbase}", "two": one}}
    if draw(st.booleans()):
        base["value"] = {"type": {"$type": "number", "$value": 1}, "value": {"$type": "color", "$value": "{red}"}}
        base["red"] = {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 0, 0]}}
    files = {"base.tokens.json": base}
    if draw(st.booleans()):
        return files
    names = draw(st.lists(st.sampled_from(["light", "dark", "High contrast"]), min_size=2, max_size=3, unique=True))
    contexts = {}
    for number, name in enumerate(names):
        own = {"zz": {"$type": "number", "$value": number}, "zy": {"$value": "{zz}", "$type": "number"}}
        files[f"{name.lower()}.tokens.json"] = own if draw(st.booleans()) else {"zz": own["zz"]}
        contexts[name] = [{"$ref": f"{name.lower()}.tokens.json"}]
    stages = [{"$ref": "#/sets/foundation"}, {"$ref": "#/modifiers/theme"}]
    files["tokens.resolver.json"] = {
        "version": "2025.10",
        **draw(st.sampled_from([{}, {"name": "acme", "description": "All of it.", "$extensions": {"org.x": [1]}}])),
        "sets": {"foundation": {"sources": [{"$ref": "base.tokens.json"}], "description": "What always holds."}},
        "modifiers": {"theme": {"contexts": contexts, "default": draw(st.sampled_from(names))}},
        "resolutionOrder": draw(st.permutations(stages)),
    }
    return files


# -- Style Dictionary: classic files, members of their own

TEXTS = st.sampled_from(["", "What it is for.", "*/ {a}"])
PLAIN = {
    "color": st.sampled_from(["#ff0000", "#FF0000", "rgba(0, 0, 0, 0.5)", "hsl(0 100% 50%)", "{color.base}"]),
    "dimension": st.sampled_from(["16px", "1.5rem", "0", "{size.base}"]),
    "number": st.sampled_from([0, 1.5, "3"]),
    "fontWeight": st.sampled_from([400, "700", "bold", "Semi Bold"]),
    "fontFamily": st.sampled_from(["Inter", "'Open Sans', serif", ["Inter", "serif"]]),
    "time": st.sampled_from(["200ms", "0.2s"]),
    "asset": st.sampled_from(["icon.svg"]),
}


@st.composite
def style_dictionary(draw):
    def document():
        found = {"color": {"base": {"value": "#00ff00"}}, "size": {"comment": "All sizes."}}
        found["color"]["base"]["type"] = "color"
        found["size"]["base"] = {"value": "4px", "type": "dimension"}
        for number in range(draw(st.integers(1, 5))):
            kind = draw(st.sampled_from(sorted(PLAIN)))
            node = {"value": draw(PLAIN[kind]), "type": kind}
            if draw(st.booleans()):
                node[draw(st.sampled_from(["comment", "description"]))] = draw(TEXTS)
            if draw(st.booleans()):
                node |= {"attributes": {"category": kind}, "themeable": True}
            if draw(st.booleans()):
                node["deprecated"] = draw(st.sampled_from([True, "old"]))
            found.setdefault(kind, {})[f"t{number}"] = node
        return found

    return {f"{name}.json": document() for name in draw(st.sampled_from([["base"], ["base.core", "base"]]))[:1]}


# -- Tokens Studio: its types, math, modifiers, sets and themes

STUDIO = {
    "spacing": ["4", "4px", "{space.base}", "{space.base} * 2", "({space.base} + 2) / 3", "4 * 2", "{space.base} 8px"],
    "sizing": ["100%", "1.5rem", "{space.base} - 1px"],
    "borderRadius": ["4px", "4px 8px", "{space.base} / 2"],
    "opacity": ["50%", "0.5", "{ratio} / 2"],
    "fontWeights": ["Bold", "Bold Italic", "600", 700],
    "fontFamilies": ["Inter", "Inter, sans-serif"],
    "lineHeights": ["150%", "1.5", "24px", "AUTO"],
    "letterSpacing": ["5%", "0", "-1px"],
    "text": ["Hello", "1"],
    "boolean": ["true", "false"],
    "other": ["x", 1],
    "textCase": ["uppercase"],
    "color": ["#ff0000", "{color.base}", "rgba({color.base}, 0.5)", "rgba(#000, 50%)", "linear-gradient(#fff, #000)"],
    "boxShadow": [
        {"x": "0", "y": "{space.base} * 2", "blur": "4", "spread": "0", "color": "{color.base}", "type": "innerShadow"},
        [{"x": "0", "y": "1", "blur": "4", "spread": "0", "color": "#0008", "type": "dropShadow"}],
    ],
    "typography": [
        {"fontFamily": "Inter, serif", "fontWeight": "Bold Italic", "lineHeight": "150%", "letterSpacing": "0%",
         "fontSize": "{space.base} * 4", "textCase": "uppercase", "paragraphSpacing": "0"},
    ],
    "border": [{"color": "{color.base}", "width": "1px", "style": "solid"}],
    "composition": [{"fill": "{color.base}", "spacing": "{space.base}"}],
}  # fmt: skip
MODIFY = {"studio.tokens": {"modify": {"type": "darken", "value": "0.5", "space": "srgb"}}}


@st.composite
def tokens_studio(draw):
    dollar = draw(st.sampled_from(["", "$"]))

    def token(kind, value):
        node = {f"{dollar}value": value, f"{dollar}type": kind}
        if draw(st.integers(0, 3)) == 0:
            node[f"{dollar}description"] = draw(TEXTS)
        if kind == "color" and draw(st.integers(0, 3)) == 0:
            node["$extensions"] = MODIFY
        return node

    def tokens(prefix):
        found = {}
        for number in range(draw(st.integers(1, 4))):
            kind = draw(st.sampled_from(sorted(STUDIO)))
            found.setdefault(kind, {})[f"{prefix}{number}"] = token(kind, draw(st.sampled_from(STUDIO[kind])))
        return found

    order = ["core", "light", "dark", "🎨 brand: a", "semantic/late"]
    document = {name: tokens(f"{place}-") for place, name in enumerate(order)}
    document["core"] |= {"space": {"base": token("spacing", "4")}, "ratio": token("opacity", "0.5")}
    document["core"].setdefault("color", {})["base"] = token("color", "#336699")
    for name, value in (("light", "4"), ("dark", "6")):
        document[name]["space"] = {"base": token("spacing", value)}
    if draw(st.booleans()):
        document["semantic/late"]["space"] = {"base": token("spacing", "9")}  # wins over each theme

    def theme(name, **status):
        chosen = {"core": draw(st.sampled_from(["source", "enabled"])), **status}
        return {"id": f"id-{name}", "name": name, "group": "Mode", "selectedTokenSets": chosen, "$figmaModeId": "1:2"}

    light, dark = theme("Light", light="enabled"), theme("Dark", dark="enabled")
    for each in (light, dark):
        each["selectedTokenSets"]["semantic/late"] = "enabled"
    document["$themes"] = draw(st.sampled_from([[], [light], [light, dark], [dark, light]]))
    document["$metadata"] = {"tokenSetOrder": draw(st.sampled_from([order, order[::-1]]))}
    return {"tokens.json": document}


# -- Figma: files of modes

FIGMA = {
    "color": [{"colorSpace": "srgb", "components": [0.30000001192092896, 1, 0], "alpha": 0.5, "hex": "#4dff00"}],
    "number": [0, 4, 1.7799999713897705, -0.5],
    "string": ["Inter", "a {b}", ""],
}


@st.composite
def figma(draw):
    files = {}
    collections = {"Theme": ["Light", "Dark"], "Base": ["Mode 1"], "Size": ["Desktop", "Phone", "Desktop 2"]}
    for collection in draw(st.lists(st.sampled_from(sorted(collections)), min_size=1, unique=True)):
        kinds = draw(st.lists(st.sampled_from(sorted(FIGMA)), min_size=1, max_size=4))
        for mode in collections[collection]:
            found = {}
            for number, kind in enumerate(kinds):
                extensions = {"com.figma.variableId": f"VariableID:{collection}:{number}"}
                if kind == "string":
                    extensions["com.figma.type"] = "string"
                extensions |= draw(st.sampled_from([{}, {"com.figma.scopes": ["GAP"]}]))
                node = {"$type": kind, "$value": draw(st.sampled_from(FIGMA[kind])), "$extensions": extensions}
                if draw(st.booleans()):
                    node["$description"] = draw(TEXTS)
                found.setdefault(collection, {})[f"{kind} {number}"] = node
                if draw(st.booleans()):
                    found[f"alias {number}"] = {"$type": kind, "$value": f"{{{collection}.{kind} {number}}}"}
            found["$extensions"] = {"com.figma.modeName": mode}
            files[f"{collection}/{mode}.tokens.json"] = found
    return files


NATIVE = {"dtcg": dtcg(), "style-dictionary": style_dictionary(), "tokens-studio": tokens_studio(), "figma": figma()}


def write(folder, files):
    for name, document in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), encoding="utf-8")


def convert(source, dialect, target):
    made = converting.plan(wiring.converter(), wiring.read((str(source),)), dialect, target)
    assert [d for d in made.diagnostics if d.severity == "error"] == []
    made.apply()
    return made.diagnostics


def read(folder):
    return {
        path.relative_to(folder).as_posix(): plain(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.rglob("*.json"))
    }


def plain(value):
    """Without what only repeats a colour: its hex form, and an alpha of 1."""
    if isinstance(value, dict):
        rest = {k: plain(v) for k, v in value.items() if not ("colorSpace" in value and (k, v) == ("alpha", 1))}
        return {k: v for k, v in rest.items() if not ("colorSpace" in value and k == "hex")}
    return [plain(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=lambda part: part)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_there_and_back_are_the_same_files(source, target, data, tmp_path_factory):
    files = data.draw(NATIVE[source])
    root = tmp_path_factory.mktemp("pair")
    write(root / "in", files)
    convert(root / "in", source, root / "same")
    convert(root / "in", target, root / "there")
    convert(root / "there", source, root / "back")
    assert read(root / "back") == read(root / "same")


@pytest.mark.parametrize("dialect", ["style-dictionary", "tokens-studio", "figma"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_tools_own_files_stay_what_they_are(dialect, data, tmp_path_factory):
    files = data.draw(NATIVE[dialect])
    root = tmp_path_factory.mktemp("same")
    write(root / "in", files)
    convert(root / "in", dialect, root / "out")
    assert read(root / "out") == plain(files)


@pytest.mark.parametrize(("source", "target"), PAIRS, ids=lambda part: part)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_the_other_tools_files_resolve_to_the_same_values(source, target, data, tmp_path_factory):
    files = data.draw(NATIVE[source])
    root = tmp_path_factory.mktemp("values")
    write(root / "in", files)
    convert(root / "in", target, root / "there")
    assert values(root / "there") == values(root / "in")


def values(folder):
    """Path -> type and value, in every context."""
    found = resolving.resolve_all(wiring.read((str(folder),)), {})
    assert [d for d in found.diagnostics if d.severity == "error"] == []
    every = {"": found.base.tokens} | {json.dumps(dict(p.inputs)): p.tokens for p in found.others}
    return {c: {path: (t.type, plain(t.value)) for path, t in tokens.items()} for c, tokens in every.items()}
