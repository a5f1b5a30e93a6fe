"""React Native: numbers without units, colours as ``#rrggbbaa``, text styles and shadows as style objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import doc_lines, javascript_string
from ..format_options import Known
from ..identifiers import identifiers
from ..measures import as_list, base_font_size, families, milliseconds, pixels, plain, rgba, weight
from ..modes import modes
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {"base_font_size": float}


@formats.register("react-native/tokens", "react-native")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``react-native/tokens``: an ECMAScript module; ``themes`` holds every token of each context."""
    base = base_font_size(rendering.platform)
    shown = rendering.tokens
    names, found = identifiers(rendering.names, shown, "camel", "javascript")
    rendering.diagnostics += found
    constants = [
        {"comment": doc_lines(token, start="/**"), "name": names[path], "value": _value(rendering, token, base)}
        for path, token in shown.items()
    ]
    contexts = {
        javascript_string(mode.name): [
            (names[path], _value(rendering, token, base))
            for path, token in mode.permutation.tokens.items()
            if path in mode.permutation.differing and path in names
        ]
        for mode in modes(rendering.permutations)
        if mode.permutation.inputs
    }
    text = render("react_native/tokens.js.j2", constants=constants, contexts=contexts)
    yield OutputFile(rendering.platform.out, text)


def _value(rendering: Rendering, token: ResolvedToken, base: float) -> str:
    found = _plain(token.type, token.value, base)
    return found if found is not None else javascript_string(rendering.literal(token.type, token.value))


def _plain(kind: str, value: Any, base: float) -> str | None:
    """A literal; ``None`` where CSS text must do."""
    if kind == "color":
        return _color(value)
    if kind in ("dimension", "duration"):
        number = pixels(value, base) if kind == "dimension" else milliseconds(value)
        return plain(number) if number is not None else None
    if kind == "number" and isinstance(value, (int, float)):
        return plain(value)
    if kind == "fontWeight":
        return f'"{weight(value)}"'
    if kind == "fontFamily":
        return javascript_string(families(value)[0])
    if kind == "cubicBezier" and isinstance(value, list):
        return f"[{', '.join(map(plain, value))}]"
    if kind == "typography" and isinstance(value, dict):
        return _text_style(value, base)
    if kind == "shadow" and not isinstance(value, str):
        return _shadows(value, base)
    if isinstance(value, bool):
        return "true" if value else "false"
    return javascript_string(value) if isinstance(value, str) else None


def _color(value: Any) -> str | None:
    found = rgba(value)
    if found is None:
        return None
    argb = found.argb.lower()
    return f'"#{argb[2:]}{"" if argb[:2] == "ff" else argb[:2]}"'


def _text_style(value: dict[str, Any], base: float) -> str:
    size = pixels(value.get("fontSize"), base)
    height = value.get("lineHeight")
    parts = {
        "fontFamily": javascript_string(families(value["fontFamily"])[0]) if "fontFamily" in value else None,
        "fontSize": plain(size) if size is not None else None,
        "fontWeight": f'"{weight(value["fontWeight"])}"' if "fontWeight" in value else None,
        "letterSpacing": _plain("dimension", value.get("letterSpacing"), base),
        "lineHeight": plain(round(height * size, 3)) if isinstance(height, (int, float)) and size is not None else None,
    }
    return "{ " + ", ".join(f"{name}: {text}" for name, text in parts.items() if text is not None) + " }"


def _shadows(value: Any, base: float) -> str:
    """The value of ``boxShadow`` (React Native 0.76): an array of objects."""
    names = {"offsetX": "offsetX", "offsetY": "offsetY", "blur": "blurRadius", "spread": "spreadDistance"}
    shown = []
    for shadow in as_list(value):
        parts = [f"{name}: {_plain('dimension', shadow[part], base)}" for part, name in names.items() if part in shadow]
        parts.append(f"color: {_color(shadow['color'])}")
        parts += ["inset: true"] if shadow.get("inset") else []
        shown.append("{ " + ", ".join(parts) + " }")
    return f"[{', '.join(shown)}]"
