"""Flutter: a ``ThemeExtension`` with a field for each token and a constant for each context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import dart_string, doc_lines
from ..format_options import Known
from ..identifiers import cased, identifiers
from ..measures import as_list, base_font_size, decimal, families, milliseconds, pixels, rgba, weight
from ..modes import modes
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {"base_font_size": float, "class": str}

_TYPES = {
    "color": ("Color", "Color.lerp({0}, other.{0}, t)!"),
    "dimension": ("double", "lerpDouble({0}, other.{0}, t)!"),
    "number": ("double", "lerpDouble({0}, other.{0}, t)!"),
    "duration": ("Duration", "lerpDuration({0}, other.{0}, t)"),
    "fontFamily": ("String", ""),
    "fontWeight": ("FontWeight", "FontWeight.lerp({0}, other.{0}, t)!"),
    "cubicBezier": ("Cubic", ""),
    "shadow": ("List<BoxShadow>", "BoxShadow.lerpList({0}, other.{0}, t)!"),
    "gradient": ("List<Color>", ""),
    "typography": ("TextStyle", "TextStyle.lerp({0}, other.{0}, t)!"),
    "border": ("BorderSide", "BorderSide.lerp({0}, other.{0}, t)"),
    "boolean": ("bool", ""),
}
"""Token type -> Dart type, and how to mix two values."""


@formats.register("flutter/theme", "flutter")
def theme(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``flutter/theme``: the option ``class`` names the extension (``Tokens``); lengths in logical pixels."""
    base = base_font_size(rendering.platform)
    name = cased(str(rendering.platform.options.get("class", "tokens")), "pascal")
    shown = rendering.tokens
    names, found = identifiers(rendering.names, shown, "camel", "dart")
    rendering.diagnostics += found
    fields = [_field(rendering, token, names[path], base) for path, token in shown.items()]
    instances = []
    for mode in modes(rendering.permutations):
        tokens = mode.permutation.tokens
        members = [
            (names[path], _value(tokens.get(path, token), base) or _text(rendering, tokens.get(path, token)))
            for path, token in shown.items()
        ]
        label = cased("base" if not mode.permutation.inputs else mode.name, "camel")
        instances.append({"name": label, "members": members})
    text = render("flutter/theme.dart.j2", name=name, fields=fields, instances=instances)
    yield OutputFile(rendering.platform.out, text)


def _field(rendering: Rendering, token: ResolvedToken, name: str, base: float) -> dict[str, Any]:
    kind, mix = _TYPES.get(token.type, ("String", ""))
    if _value(token, base) is None:
        kind, mix = "String", ""
    lines = doc_lines(token._replace(deprecated=None), start="///")
    if token.deprecated:
        reason = token.deprecated if isinstance(token.deprecated, str) else "deprecated"
        lines.append(f"@Deprecated({dart_string(reason)})")
    mixed = mix.format(name) if mix else f"t < 0.5 ? {name} : other.{name}"
    return {"comment": lines, "name": name, "type": kind, "mixed": mixed}


def _text(rendering: Rendering, token: ResolvedToken) -> str:
    value = token.value
    return dart_string(
        value if token.type == "string" and isinstance(value, str) else rendering.literal(token.type, value)
    )


def _value(token: ResolvedToken, base: float) -> str | None:
    return _plain(token.type, token.value, base)


def _plain(kind: str, value: Any, base: float) -> str | None:
    """A constant Dart expression; ``None`` where the value has none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "color":
        found = rgba(value)
        return f"Color(0x{found.argb})" if found is not None else None
    if kind == "dimension":
        length = pixels(value, base)
        return decimal(length) if length is not None else None
    if kind == "duration":
        time = milliseconds(value)
        return f"Duration(microseconds: {round(time * 1000)})" if time is not None else None
    if kind == "number" and isinstance(value, (int, float)):
        return decimal(value)
    if kind == "fontFamily":
        return dart_string(families(value)[0])
    if kind == "fontWeight":
        return f"FontWeight.w{weight(value)}"
    if isinstance(value, str):
        return None
    composite = {
        "cubicBezier": _cubic, "border": _border, "shadow": _shadows, "gradient": _gradient, "typography": _style,
    }.get(kind)  # fmt: skip
    return composite(value, base) if composite is not None else None


def _cubic(value: Any, base: float) -> str:
    return f"Cubic({', '.join(map(decimal, value))})"


def _hue(value: Any, base: float) -> str:
    return _plain("color", value, base) or "Color(0x00000000)"


def _border(value: Any, base: float) -> str:
    return f"BorderSide(color: {_hue(value['color'], base)}, width: {decimal(pixels(value['width'], base) or 0)})"


def _shadows(value: Any, base: float) -> str:
    shown = []
    for shadow in as_list(value):
        x, y, blur, spread = (
            decimal(pixels(shadow.get(part), base) or 0) for part in ("offsetX", "offsetY", "blur", "spread")
        )
        style = ", blurStyle: BlurStyle.inner" if shadow.get("inset") else ""
        shown.append(
            f"BoxShadow(color: {_hue(shadow['color'], base)}, offset: Offset({x}, {y}), "
            f"blurRadius: {blur}, spreadRadius: {spread}{style})"
        )
    return f"[{', '.join(shown)}]"


def _gradient(value: Any, base: float) -> str:
    return f"[{', '.join(_hue(stop['color'], base) for stop in as_list(value))}]"


def _style(value: Any, base: float) -> str:
    size = pixels(value.get("fontSize"), base)
    height = value.get("lineHeight")
    spacing = pixels(value.get("letterSpacing"), base)
    family = value.get("fontFamily")
    fallback = families(family)[1:] if family is not None else []
    parts = {
        "fontFamily": dart_string(families(family)[0]) if family is not None else None,
        "fontFamilyFallback": f"[{', '.join(map(dart_string, fallback))}]" if fallback else None,
        "fontSize": decimal(size) if size is not None else None,
        "fontWeight": f"FontWeight.w{weight(value['fontWeight'])}" if "fontWeight" in value else None,
        "letterSpacing": decimal(spacing) if spacing is not None else None,
        "height": decimal(height) if isinstance(height, (int, float)) else None,
    }
    return f"TextStyle({', '.join(f'{name}: {text}' for name, text in parts.items() if text is not None)})"
