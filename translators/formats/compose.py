"""Jetpack Compose: a Kotlin object of typed constants, and one per context with what it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import doc_lines, kotlin_string, reason_of, value_text
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import cased, identifiers
from ..losses import Losses
from ..measures import Rgba, decimal, is_text_size, plain
from ..modes import blocks
from ..records import Border, Records, Shadow, Stop, Stroke, TextStyle, Transition
from ..registry import formats
from ..rendering import Rendering, all_tokens
from ..templating import render

OPTIONS: Known = {"base_font_size": float, "object": str, "package": str}


@formats.register("compose/tokens", "compose")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``compose/tokens``: options ``package`` (``tokens``) and ``object`` (``Tokens``); lengths in dp, text in sp."""
    options = rendering.platform.options
    name = cased(str(options.get("object", "tokens")), "pascal")
    names, found = identifiers(rendering.names, all_tokens(rendering.permutations), "camel", "kotlin")
    losses = Losses()
    code = _Code(Records(rendering.platform, losses, "display-p3"), rendering)
    groups = blocks(rendering.permutations, name, lambda token: code.member(token, names[token.path]))
    rendering.diagnostics += [*found, *losses.diagnostics(rendering.platform)]
    package = ".".join(cased(part, "snake") for part in str(options.get("package", "tokens")).split("."))
    yield OutputFile(rendering.platform.out, render("compose/tokens.kt.j2", groups=groups, package=package))


class _Code:
    """Tokens as Kotlin."""

    def __init__(self, records: Records, rendering: Rendering) -> None:
        self.records = records
        self.rendering = rendering
        self.groups = GroupNotes(rendering.permutations, "// {}".format)
        self.writers: Mapping[str, Callable[[Any], str]] = {
            "boolean": lambda value: "true" if value else "false",
            "color": _color,
            "duration": self.milliseconds,
            "number": lambda value: f"{decimal(value)}f",
            "fontFamily": lambda names: f"listOf({_strings(names)})",
            "fontWeight": self.weight,
            "cubicBezier": _easing,
            "strokeStyle": _stroke,
            "border": _border,
            "transition": self.transition,
            "shadow": lambda layers: f"listOf({', '.join(map(_shadow, layers))})",
            "gradient": lambda stops: f"arrayOf({', '.join(map(_stop, stops))})",
            "typography": self.text_style,
        }

    def member(self, token: ResolvedToken, name: str) -> dict[str, Any]:
        """A constant with its comment."""
        deprecated = f"@Deprecated({kotlin_string(reason_of(token))})" if token.deprecated else None
        comment = [*self.groups.before(token), *doc_lines(token, "/**", deprecated)]
        return {"comment": comment, "name": name, "value": self.value(token)}

    def value(self, token: ResolvedToken) -> str:
        """A Kotlin expression; text where the value has no other form."""
        value = self.records.of(token)
        if value is None:
            return kotlin_string(value_text(self.rendering, token))
        if token.type == "dimension":
            return f"{_signed(value)}.{'sp' if is_text_size(token.path) else 'dp'}"
        return self.writers["boolean" if type(value) is bool else token.type](value)

    def milliseconds(self, value: float) -> str:
        """A time as Compose wants it."""
        return str(self.records.whole(value, "milliseconds"))

    def weight(self, value: float) -> str:
        """Compose takes every weight of a variable font."""
        return f"FontWeight({self.records.whole(value, 'font weights')})"

    def transition(self, value: Transition) -> str:
        """Our own type: Compose has one only for what is being animated."""
        duration, delay = self.milliseconds(value.duration), self.milliseconds(value.delay)
        return f"TokenTransition(durationMillis = {duration}, delayMillis = {delay}, easing = {_easing(value.curve)})"

    def text_style(self, value: TextStyle) -> str:
        """A ``TextStyle``; its line height follows the font where the size is open."""
        weight = None if value.weight is None else self.weight(value.weight)
        height = None
        if value.height is not None:
            size = value.size
            height = f"{plain(value.height)}.em" if size is None else f"{plain(round(value.height * size, 3))}.sp"
        parts = {
            "fontFamily": f"tokenFontFamily({_strings(value.families)}, weight = {weight or 'FontWeight.Normal'})"
            if value.families
            else None,
            "fontSize": f"{_signed(value.size)}.sp" if value.size is not None else None,
            "fontStyle": "FontStyle.Italic" if value.italic else None,
            "fontWeight": weight,
            "letterSpacing": f"{_signed(value.spacing)}.sp" if value.spacing is not None else None,
            "lineHeight": height,
        }
        return f"TextStyle({', '.join(f'{name} = {text}' for name, text in parts.items() if text is not None)})"


def _signed(number: float) -> str:
    return f"({plain(number)})" if number < 0 else plain(number)


def _strings(names: Any) -> str:
    return ", ".join(map(kotlin_string, names))


def _color(value: Rgba) -> str:
    if value.space == "srgb":
        return f"Color(0x{value.argb})"
    channels = (("red", value.red), ("green", value.green), ("blue", value.blue), ("alpha", value.alpha))
    return f"Color({', '.join(f'{n} = {decimal(c)}f' for n, c in channels)}, colorSpace = ColorSpaces.DisplayP3)"


def _easing(curve: Any) -> str:
    return f"CubicBezierEasing({', '.join(f'{decimal(part)}f' for part in curve)})"


def _stroke(value: Stroke) -> str:
    if not value.dashes:
        return f"TokenStroke({kotlin_string(value.style)})"
    dashes = ", ".join(f"{_signed(dash)}.dp" for dash in value.dashes)
    return f"TokenStroke({kotlin_string(value.style)}, listOf({dashes}), StrokeCap.{value.cap.capitalize()})"


def _border(value: Border) -> str:
    return f"TokenBorder({_signed(value.width)}.dp, {_color(value.color)}, {_stroke(value.stroke)})"


def _shadow(value: Shadow) -> str:
    lengths = ", ".join(f"{part} = {_signed(getattr(value, part))}.dp" for part in ("x", "y", "blur", "spread"))
    return f"TokenShadow(color = {_color(value.color)}, {lengths}, inset = {'true' if value.inset else 'false'})"


def _stop(value: Stop) -> str:
    return f"{decimal(value.position)}f to {_color(value.color)}"
