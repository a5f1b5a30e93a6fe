"""Jetpack Compose: a Kotlin object of typed constants, and one per context with what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import doc_lines, kotlin_string
from ..format_options import Known
from ..identifiers import cased, identifiers
from ..measures import as_list, base_font_size, decimal, families, milliseconds, pixels, plain, rgba, weight
from ..modes import modes
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {"base_font_size": float, "object": str, "package": str}


@formats.register("compose/tokens", "compose")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``compose/tokens``: options ``package`` (``tokens``) and ``object`` (``Tokens``); lengths in dp, text in sp."""
    options = rendering.platform.options
    base = base_font_size(rendering.platform)
    name = cased(str(options.get("object", "tokens")), "pascal")
    names, found = identifiers(rendering.names, rendering.tokens, "camel", "kotlin")
    rendering.diagnostics += found
    groups = []
    for mode in modes(rendering.permutations):
        tokens = mode.permutation.tokens
        differing = mode.permutation.differing if mode.permutation.inputs else tokens
        shown = [token for path, token in tokens.items() if path in differing and path in names]
        groups.append(
            {
                "name": name if not mode.permutation.inputs else name + cased(mode.name, "pascal"),
                "members": [
                    _member(rendering, token, names[token.path], base) for token in shown if token.path in names
                ],
            }
        )
    package = ".".join(cased(part, "snake") for part in str(options.get("package", "tokens")).split("."))
    yield OutputFile(rendering.platform.out, render("compose/tokens.kt.j2", groups=groups, package=package))


def _member(rendering: Rendering, token: ResolvedToken, name: str, base: float) -> dict[str, Any]:
    value = _value(token, base)
    if value is None:
        shown = token.value if token.type == "string" and isinstance(token.value, str) else None
        value = kotlin_string(shown if shown is not None else rendering.literal(token.type, token.value))
    lines = doc_lines(token._replace(deprecated=None), start="/**")
    lines = [f"{line} */" for line in lines]
    if token.deprecated:
        reason = token.deprecated if isinstance(token.deprecated, str) else "deprecated"
        lines.append(f"@Deprecated({kotlin_string(reason)})")
    return {"comment": lines, "name": name, "value": value}


def _value(token: ResolvedToken, base: float) -> str | None:
    kind, value = token.type, token.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind == "dimension":
        length = pixels(value, base)
        unit = "sp" if _is_text_size(token.path) else "dp"
        return f"{_signed(plain(length))}.{unit}" if length is not None else None
    return _plain(kind, value, base)


def _is_text_size(path: str) -> bool:
    """Whether a length is one of text, which follows the reader's font size."""
    words = path.lower().replace("-", "").replace(".", "").replace(" ", "")
    return any(word in words for word in ("fontsize", "lineheight", "letterspacing"))


def _signed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number


def _plain(kind: str, value: Any, base: float) -> str | None:
    """A Kotlin expression; ``None`` where the value has none."""
    if kind == "color":
        found = rgba(value)
        return f"Color(0x{found.argb})" if found is not None else None
    if kind == "duration":
        time = milliseconds(value)
        return str(round(time)) if time is not None else None
    if kind == "number" and isinstance(value, (int, float)):
        return f"{decimal(value)}f"
    if kind == "fontFamily":
        return kotlin_string(families(value)[0])
    if kind == "fontWeight":
        return f"FontWeight({weight(value)})"
    if isinstance(value, str):
        return None
    composite = {
        "cubicBezier": _easing, "border": _border, "transition": _transition, "shadow": _shadows,
        "gradient": _gradient, "typography": _typography,
    }.get(kind)  # fmt: skip
    return composite(value, base) if composite is not None else None


def _easing(value: Any, base: float) -> str:
    return f"CubicBezierEasing({', '.join(f'{decimal(part)}f' for part in value)})"


def _dp(value: Any, base: float) -> str:
    return f"{_signed(plain(pixels(value, base) or 0))}.dp"


def _hue(value: Any, base: float) -> str:
    return _plain("color", value, base) or "Color.Unspecified"


def _border(value: Any, base: float) -> str:
    return f"BorderStroke({_dp(value['width'], base)}, {_hue(value['color'], base)})"


def _transition(value: Any, base: float) -> str:
    curve = value["timingFunction"]
    easing = _easing(curve, base) if isinstance(curve, list) else "LinearEasing"
    duration, delay = (round(milliseconds(value[part]) or 0) for part in ("duration", "delay"))
    return f"TokenTransition(durationMillis = {duration}, delayMillis = {delay}, easing = {easing})"


def _shadows(value: Any, base: float) -> str:
    names = {"offsetX": "x", "offsetY": "y", "blur": "blur", "spread": "spread"}
    shown = []
    for shadow in as_list(value):
        lengths = ", ".join(f"{name} = {_dp(shadow.get(part), base)}" for part, name in names.items())
        inset = "true" if shadow.get("inset") else "false"
        shown.append(f"TokenShadow(color = {_hue(shadow['color'], base)}, {lengths}, inset = {inset})")
    return f"listOf({', '.join(shown)})"


def _gradient(value: Any, base: float) -> str:
    stops = [f"{decimal(min(1, max(0, stop['position'])))}f to {_hue(stop['color'], base)}" for stop in as_list(value)]
    return f"arrayOf({', '.join(stops)})"


def _typography(value: Any, base: float) -> str:
    size = pixels(value.get("fontSize"), base)
    height = value.get("lineHeight")
    parts = {
        "fontSize": f"{_signed(plain(size))}.sp" if size is not None else None,
        "fontWeight": _plain("fontWeight", value.get("fontWeight", 400), base),
        "letterSpacing": f"{_signed(plain(pixels(value.get('letterSpacing'), base) or 0))}.sp",
        "lineHeight": f"{plain(round(height * size, 3))}.sp" if isinstance(height, (int, float)) and size else None,
    }
    return f"TextStyle({', '.join(f'{name} = {text}' for name, text in parts.items() if text is not None)})"
