"""Resolved tokens as texts: what the stylesheet says of each, in every permutation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutations

from .story_sheet import Sheet, inputs_of

_Inputs = Sequence[Mapping[str, str]]
"""The contexts of each permutation, the default first."""


def story_tokens(storybook: Any, css: Any, sheet: Sheet) -> list[Any]:
    """Every token of any permutation as texts: the default ones in their order, then those of other contexts."""
    rendering, names = sheet.rendering, sheet.names
    permutations = rendering.permutations
    base = permutations.base.tokens
    added = {path: p.tokens[path] for p in permutations.others for path in p.differing if path not in base}
    elsewhere = _elsewhere(permutations)
    inputs = inputs_of(sheet)
    make = storybook.StoryToken
    text = rendering.text
    found = []
    for path, token in {**base, **added}.items():
        present = path in base
        others = elsewhere.get(path)
        extras = _extras(css.css_values, token, others, present) if others or token.type not in _PLAIN else {}
        if others:
            extras |= _overrides(text, token if present else None, others, inputs)
        extensions = token.token.node.get("$extensions")
        if extensions:
            extras |= _from_extensions(extensions)
        found.append(
            make(
                path,
                token.type,
                names[path],
                text(token) if present else None,
                alias=token.alias if present else None,
                uses=_uses(token),
                description=token.description or "",
                deprecated=token.deprecated,
                **extras,
            )
        )
    return found


_PLAIN = frozenset({"dimension", "number", "duration", "fontFamily", "fontWeight", "cubicBezier"})


def _elsewhere(permutations: Permutations) -> dict[str, dict[int, ResolvedToken | None]]:
    """Path -> number of a permutation -> the token there, where it may differ; ``None`` where it is missing.

    A combination that comes back to the default value has to say so, where one of its contexts alone differs.
    """
    base = permutations.base.tokens
    found: dict[str, dict[int, ResolvedToken | None]] = {}
    for number, other in enumerate(permutations.others, 1):
        paths = set(other.differing)
        if len(other.inputs) > 1:
            parts = (part for part in permutations.others if part.inputs.items() < other.inputs.items())
            paths.update(*(part.differing for part in parts))
        for path in paths:
            if path in other.tokens:
                found.setdefault(path, {})[number] = other.tokens[path]
        for path in base.keys() - other.tokens.keys():
            found.setdefault(path, {})[number] = None
    return found


def _overrides(
    text: Callable[[ResolvedToken], str],
    base: ResolvedToken | None,
    others: Mapping[int, ResolvedToken | None],
    inputs: _Inputs,
) -> dict[str, Mapping[int, str | None]]:
    value = text(base) if base else None
    alias = base.alias if base else None
    values = {number: text(other) if other else None for number, other in others.items()}
    aliases = {number: other.alias if other else None for number, other in others.items()}
    return {"values": _needed(value, values, inputs), "aliases": _needed(alias, aliases, inputs)}


def _needed(usual: str | None, found: Mapping[int, str | None], inputs: _Inputs) -> dict[int, str | None]:
    """*found* without what the pages would pick anyway: of the permutations that fit, the one with most contexts."""
    kept: dict[int, str | None] = {}
    for number in sorted(found, key=lambda number: (len(inputs[number]), number)):
        guess, most = usual, 0
        for other, text in kept.items():
            if len(inputs[other]) > most and inputs[other].items() <= inputs[number].items():
                guess, most = text, len(inputs[other])
        if found[number] != guess:
            kept[number] = found[number]
    return kept


def _extras(
    css: Any, token: ResolvedToken, others: Mapping[int, ResolvedToken | None] | None, present: bool
) -> dict[str, Any]:
    """Parts of composites and sRGB forms of colours, by default and elsewhere."""
    extras: dict[str, Any] = {}
    one, many, of = ("srgb", "srgb_in", _srgb) if token.type == "color" else ("parts", "parts_in", _parts)
    own = of(css, token) if present else None
    if own is not None:
        extras[one] = own
    if others:
        there = {number: of(css, other) for number, other in others.items() if other is not None}
        if any(found != own for found in there.values()):
            extras[many] = dict(sorted(there.items()))
    if token.type == "color":
        everywhere = [token, *(other for other in (others or {}).values() if other is not None)]
        if any(_is_wide(each) for each in everywhere):
            extras["wide"] = True
    return extras


def _srgb(css: Any, token: ResolvedToken) -> str | None:
    value = token.value
    if type(value) is not dict:
        return None
    if value.get("colorSpace") == "srgb":
        eight = all(part != "none" and abs(part * 255 - round(part * 255)) <= 0.02 for part in value["components"])
        if eight:
            return None
    from dss_tokens.color import eight_bit, to_hex

    alpha = value.get("alpha", 1)
    return to_hex(value) + (f"{eight_bit(alpha):02x}" if alpha < 1 else "")


def _is_wide(token: ResolvedToken) -> bool:
    value = token.value
    if type(value) is not dict or value.get("colorSpace") in (None, "srgb", "hsl", "hwb"):
        return False
    from dss_tokens.color import to_library

    return not to_library(value).convert("srgb").in_gamut(tolerance=0.001)


def _parts(css: Any, token: ResolvedToken) -> Any:
    """The parts of a composite as CSS texts; ``None`` for other types and for values kept as they stand."""
    value = token.value
    if token.type == "typography" and type(value) is dict:
        return {name: css.literal(_TEXT[name], part) for name, part in value.items() if name in _TEXT}
    if token.type == "shadow":
        layers = [value] if type(value) is dict else value
        if type(layers) is list and all(type(layer) is dict for layer in layers):
            return [_layer(css, layer) for layer in layers]
    if token.type == "transition" and type(value) is dict:
        return {name: css.literal(kind, value[name]) for name, kind in _TRANSITION.items() if name in value}
    if token.type == "gradient" and type(value) is list and all(type(stop) is dict for stop in value):
        return [
            {
                "color": css.literal("color", stop["color"]),
                "position": f"{css.number(round(stop['position'] * 100, 2))}%",
            }
            for stop in value
        ]
    if token.type == "strokeStyle" and type(value) is dict:
        dashes = [css.literal("dimension", dash) for dash in value.get("dashArray", ())]
        return {"dashes": dashes, "lineCap": str(value.get("lineCap", "butt"))}
    return None


_TEXT = {
    "fontFamily": "fontFamily", "fontSize": "dimension", "fontWeight": "fontWeight", "lineHeight": "number",
    "letterSpacing": "dimension",
}  # fmt: skip
_TRANSITION = {"duration": "duration", "delay": "duration", "timingFunction": "cubicBezier"}


def _layer(css: Any, layer: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        name: css.literal("dimension", layer[name])
        for name in ("offsetX", "offsetY", "blur", "spread")
        if name in layer
    }
    if "color" in layer:
        record["color"] = css.literal("color", layer["color"])
    if layer.get("inset"):
        record["inset"] = True
    return record


def _uses(token: ResolvedToken) -> tuple[str, ...]:
    """The paths that parts of a composite name in braces."""
    written = token.written
    if token.alias is not None or type(written) not in (dict, list) or token.type == "color":
        return ()
    found: dict[str, None] = {}
    waiting = [written]
    while waiting:
        part = waiting.pop()
        if type(part) is dict:
            waiting += reversed(list(part.values()))
        elif type(part) is list:
            waiting += reversed(part)
        elif type(part) is str and part[:1] == "{" and part[-1:] == "}":
            found[part[1:-1]] = None
    return tuple(found)


def _from_extensions(extensions: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(extensions, dict):
        figma = extensions.get("com.figma")
        if isinstance(figma, dict):
            found["figma"] = figma
        own = extensions.get("dss")
        declared = own.get("contrastWith") if isinstance(own, dict) else None
        if isinstance(declared, str):
            declared = [declared]
        if isinstance(declared, list):
            found["contrast_with"] = tuple(path.strip("{}") for path in declared if isinstance(path, str))
    return found
