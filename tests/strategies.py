"""Shared hypothesis strategies: arbitrary JSON, and documents that are valid by construction."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

Json = Any

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.sampled_from([0, -0.0, 1e300, 5e-324, 1e-7, 123456789.125]),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXT)
KEYS = st.one_of(TEXT, st.sampled_from(["$value", "$type", "$ref", "$root", "$extends", "a", "b", "$extensions"]))


def json_values(leaves: int = 20) -> st.SearchStrategy[Json]:
    """Any JSON value that the readers accept."""
    return st.recursive(
        SCALARS,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
        max_leaves=leaves,
    )


@st.composite
def json_texts(draw: st.DrawFn, values: st.SearchStrategy[Json] | None = None) -> tuple[str, Json]:
    """A JSON text in some spelling, and its value: white space, escapes and number forms vary."""
    value = draw(values if values is not None else json_values())
    return _spelled(draw, value), value


_BLANKS = st.sampled_from(["", "", "", " ", "\n", "\t", " \r\n "])


def _spelled(draw: st.DrawFn, value: Json) -> str:
    blank = draw(_BLANKS)
    if isinstance(value, dict):
        members = [f"{blank}{_quoted(draw, k)}{draw(_BLANKS)}:{_spelled(draw, v)}" for k, v in value.items()]
        return blank + "{" + ",".join(members) + blank + "}" + blank
    if isinstance(value, list):
        return blank + "[" + ",".join(_spelled(draw, part) for part in value) + blank + "]"
    if isinstance(value, str):
        return blank + _quoted(draw, value) + blank
    if isinstance(value, float) and draw(st.booleans()):
        return blank + json.dumps(value).replace("e", draw(st.sampled_from("eE")))
    return blank + json.dumps(value) + blank


def _quoted(draw: st.DrawFn, text: str) -> str:
    how = draw(st.integers(0, 3))
    if how == 0:
        return json.dumps(text, ensure_ascii=True)
    if how == 1:  # every character as an escape
        units = text.encode("utf-16-be")
        return '"' + "".join(f"\\u{units[i] << 8 | units[i + 1]:04X}" for i in range(0, len(units), 2)) + '"'
    return json.dumps(text, ensure_ascii=False)


# -- tokens

_CHARACTERS = st.sampled_from("abcXYZ019 /~#:-_+é漢💡$")
NAMES = (
    st.text(_CHARACTERS, min_size=1, max_size=6)
    .filter(lambda name: name[0] != "$")
    .filter(lambda name: name not in ("constructor", "prototype"))
)

_PX = st.fixed_dictionaries({"value": st.integers(-50, 50), "unit": st.sampled_from(["px", "rem"])})
_MS = st.fixed_dictionaries({"value": st.integers(0, 500), "unit": st.sampled_from(["ms", "s"])})
_UNIT = st.sampled_from([0, 1, 0.5, 0.25])
_COLOR = st.one_of(
    st.fixed_dictionaries(
        {"colorSpace": st.sampled_from(["srgb", "display-p3"]), "components": st.lists(_UNIT, min_size=3, max_size=3)},
        optional={"alpha": _UNIT, "hex": st.just("#0A0b0c")},
    ),
    st.fixed_dictionaries(
        {"colorSpace": st.just("oklch"), "components": st.tuples(_UNIT, _UNIT, st.just("none")).map(list)}
    ),
)
_FAMILY = st.one_of(
    st.sampled_from(["Inter", "A, B"]), st.lists(st.sampled_from(["Inter", "serif"]), min_size=1, max_size=3)
)
SIMPLE: dict[str, st.SearchStrategy[Json]] = {
    "color": _COLOR,
    "dimension": _PX,
    "duration": _MS,
    "number": st.one_of(st.integers(-9, 9), _UNIT),
    "fontFamily": _FAMILY,
    "fontWeight": st.sampled_from([1, 400, 1000, "bold", "ultra-light"]),
    "cubicBezier": st.tuples(_UNIT, st.integers(-2, 2), _UNIT, st.integers(-2, 2)).map(list),
}
PARTS: dict[str, dict[str, str]] = {
    "border": {"color": "color", "width": "dimension", "style": "strokeStyle"},
    "transition": {"duration": "duration", "delay": "duration", "timingFunction": "cubicBezier"},
    "shadow": {"color": "color", **dict.fromkeys(("offsetX", "offsetY", "blur", "spread"), "dimension")},
    "gradient": {"color": "color", "position": "number"},
    "typography": {
        "fontFamily": "fontFamily", "fontSize": "dimension", "fontWeight": "fontWeight",
        "letterSpacing": "dimension", "lineHeight": "number",
    },
}  # fmt: skip
TYPES = [*SIMPLE, "strokeStyle", *PARTS]


def _pointer(path: str, *keys: str | int) -> dict[str, str]:
    parts = [*path.split("."), *map(str, keys)]
    return {"$ref": "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)}


def _value(draw: st.DrawFn, kind: str, known: dict[str, list[str]]) -> Json:
    """A value of a type; parts may refer to tokens of *known*, which holds the paths of each type."""
    if known.get(kind) and draw(st.integers(0, 2)) == 0:
        path = draw(st.sampled_from(known[kind]))
        return draw(st.sampled_from([f"{{{path}}}", _pointer(path, "$value")]))
    if kind in SIMPLE:
        return draw(SIMPLE[kind])
    if kind == "strokeStyle":
        if draw(st.booleans()):
            return draw(st.sampled_from(["solid", "dotted"]))
        return {"dashArray": [_value(draw, "dimension", known)], "lineCap": "round"}
    if kind in ("shadow", "gradient"):
        items = [_object(draw, kind, known) for _ in range(draw(st.integers(1, 2)))]
        return items[0] if kind == "shadow" and draw(st.booleans()) else items
    return _object(draw, kind, known)


def _object(draw: st.DrawFn, kind: str, known: dict[str, list[str]]) -> dict[str, Json]:
    return {name: _value(draw, part, known) for name, part in PARTS[kind].items()}


def _node(draw: st.DrawFn, kind: str, known: dict[str, list[str]]) -> dict[str, Json]:
    node: dict[str, Json] = {"$type": kind, "$value": _value(draw, kind, known)}
    if draw(st.integers(0, 3)) == 0:
        node["$description"] = draw(TEXT)
    if draw(st.integers(0, 5)) == 0:
        node["$deprecated"] = draw(st.sampled_from([True, False, "old"]))
    if draw(st.integers(0, 5)) == 0:
        node["$extensions"] = {"org.x": draw(json_values(5))}
    keys = draw(st.permutations(list(node)))
    return {key: node[key] for key in keys}


@st.composite
def token_documents(draw: st.DrawFn, most: int = 8) -> dict[str, Json]:
    """A valid token document: groups, references of both syntaxes in any order, properties, base tokens."""
    names = draw(st.lists(NAMES, min_size=2, max_size=4, unique_by=_folded))
    paths: list[str] = []
    for number in range(draw(st.integers(1, most))):
        groups = draw(st.lists(st.sampled_from(names), max_size=3))
        last = draw(st.sampled_from(["t", "t", "$root"]))
        paths.append(".".join([*groups, f"{last}{number}" if last == "t" else last]))
    known: dict[str, list[str]] = {}
    nodes: dict[str, dict[str, Json]] = {}
    for path in dict.fromkeys(paths):
        kind = draw(st.sampled_from(TYPES))
        nodes[path] = _node(draw, kind, known)
        known.setdefault(kind, []).append(path)
    document: dict[str, Json] = {}
    for path in draw(st.permutations(list(nodes))):
        place = document
        *groups, name = path.split(".")
        for group in groups:
            place = place.setdefault(group, {})
            if draw(st.integers(0, 6)) == 0:
                place["$description"] = "a group"
            if draw(st.integers(0, 6)) == 0:
                place["$deprecated"] = draw(st.booleans())
        place[name] = nodes[path]
    return document


def _folded(name: str) -> str:
    """What must not be equal for two names: the readers warn of names that differ in case only."""
    return name.casefold()


@st.composite
def resolver_documents(draw: st.DrawFn) -> dict[str, Json]:
    """A valid resolver document with inline sources, whose permutations may lack targets or mix types."""
    pool = ["a", "b", "c", "g.a", "g.b"]

    def source() -> dict[str, Json]:
        found: dict[str, Json] = {}
        for path in draw(st.lists(st.sampled_from(pool), max_size=3, unique=True)):
            place = found
            *groups, name = path.split(".")
            for group in groups:
                place = place.setdefault(group, {})
            place[name] = draw(
                st.one_of(
                    st.fixed_dictionaries({"$type": st.just("number"), "$value": st.integers(0, 3)}),
                    st.fixed_dictionaries({"$value": st.sampled_from([f"{{{path}}}" for path in pool])}),
                    st.fixed_dictionaries({"$ref": st.sampled_from(["#/a", "#/b/$value", "#/g/a"])}),
                    st.fixed_dictionaries({"$value": st.integers(0, 3)}),
                )
            )
        if draw(st.integers(0, 3)) == 0:
            found.setdefault("g", {})["$type"] = draw(st.sampled_from(["number", "fontWeight"]))
        if draw(st.integers(0, 4)) == 0:
            found.setdefault("g", {})["$deprecated"] = draw(st.booleans())
        if draw(st.integers(0, 4)) == 0:
            found["h"] = {"$extends": "{g}"}
        return found

    def sources() -> list[Json]:
        return [source() for _ in range(draw(st.integers(0, 2)))]

    modifiers = {
        f"m{number}": {
            "contexts": {name: sources() for name in ("x", "y", "z")[: draw(st.integers(2, 3))]},
            "default": "x",
        }
        for number in range(draw(st.integers(1, 3)))
    }
    order: list[Json] = [{"$ref": "#/sets/base"}, *({"$ref": f"#/modifiers/{name}"} for name in modifiers)]
    return {
        "version": "2025.10",
        "sets": {"base": {"sources": [source(), *sources()]}},
        "modifiers": modifiers,
        "resolutionOrder": draw(st.permutations(order)),
    }


STRANGE_NAMES = [
    "a", "b", "g", "$root", "$value", "$type", "$ref", "$extends", "$deprecated", "$extensions", "$description",
    "value", "type", "extensions", "", "x.y", "{", "$x",
]  # fmt: skip
STRANGE_TEXTS = [
    "{a}", "{g.b}", "{b.value}", "#/a", "#/g/b/$value", "#/a/$value/components/0", "#/", "{", "{}", "{a} {b}", "{g}",
    "color", "dimension", "shadow", "typography", "string", "spacing", "16px", "#fff", "bold", "150%",
]  # fmt: skip


@st.composite
def strange_documents(draw: st.DrawFn) -> Json:
    """A document that looks like tokens and is mostly wrong: nothing may crash on it."""
    names = st.sampled_from(STRANGE_NAMES)
    leaves = st.one_of(
        SCALARS,
        st.sampled_from(STRANGE_TEXTS),
        st.sampled_from([*SIMPLE, *PARTS]).flatmap(lambda kind: SIMPLE.get(kind, st.just({}))),
    )  # fmt: skip
    return draw(
        st.recursive(
            leaves,
            lambda inner: st.one_of(
                st.dictionaries(names, inner, max_size=5),
                st.lists(inner, max_size=3),
                st.fixed_dictionaries({"$type": st.sampled_from(TYPES), "$value": inner}),
                st.fixed_dictionaries({"$ref": st.sampled_from(["#/a", "#/g", "#/g/b", "#/a/$value", "#/b/$value/0"])}),
                st.sampled_from(list(PARTS)).flatmap(
                    lambda kind: st.fixed_dictionaries(dict.fromkeys(PARTS[kind], inner))
                ),
            ),
            max_leaves=25,
        )
    )
