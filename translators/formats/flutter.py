"""Flutter: a ``ThemeExtension`` with a field for each token and a constant for each context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import dart_string, doc_lines, reason_of, value_text
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import ascii_kebab, cased, identifiers
from ..losses import Losses
from ..measures import Rgba, decimal, hundred
from ..modes import modes
from ..records import Border, Records, Shadow, Stop, Stroke, TextStyle, Transition
from ..registry import formats
from ..rendering import Rendering, all_tokens
from ..templating import render

OPTIONS: Known = {"base_font_size": float, "class": str}

_TYPES = {
    "color": ("Color", "Color.lerp({0}, other.{0}, t)!"),
    "dimension": ("double", "lerpDouble({0}, other.{0}, t)!"),
    "number": ("double", "lerpDouble({0}, other.{0}, t)!"),
    "duration": ("Duration", "lerpDuration({0}, other.{0}, t)"),
    "fontFamily": ("List<String>", ""),
    "fontWeight": ("FontWeight", "FontWeight.lerp({0}, other.{0}, t)!"),
    "cubicBezier": ("Cubic", ""),
    "strokeStyle": ("TokenStroke", ""),
    "border": ("TokenBorder", "TokenBorder.lerp({0}, other.{0}, t)"),
    "transition": ("TokenTransition", ""),
    "shadow": ("List<BoxShadow>", "BoxShadow.lerpList({0}, other.{0}, t)!"),
    "gradient": ("LinearGradient", "LinearGradient.lerp({0}, other.{0}, t)!"),
    "typography": ("TextStyle", "TextStyle.lerp({0}, other.{0}, t)!"),
    "boolean": ("bool", ""),
}
"""Token type -> Dart type, and how to mix two values."""
_MEMBERS = ("copyWith", "hashCode", "lerp", "noSuchMethod", "other", "runtimeType", "t", "toString", "type")
"""Other members of the extension, and the arguments of one."""


class _Value(NamedTuple):
    """A value as Dart."""

    type: str
    mix: str
    text: str


@formats.register("flutter/theme", "flutter")
def theme(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``flutter/theme``: the option ``class`` names the extension (``Tokens``); lengths in logical pixels.

    Needs Flutter 3.27 for colours of Display P3.
    """
    name = cased(ascii_kebab(str(rendering.platform.options.get("class", "tokens"))), "pascal")
    shown = all_tokens(rendering.permutations)
    found_modes = list(modes(rendering.permutations))
    labels = [cased(ascii_kebab(mode.name) if mode.permutation.inputs else "base", "camel") for mode in found_modes]
    names, found = identifiers(rendering.names, shown, "camel", "dart", (*_MEMBERS, *labels))
    losses = Losses()
    code = _Code(Records(rendering.platform, losses, "display-p3"), rendering)
    values = [[code.value(mode.permutation.tokens.get(path)) for path in shown] for mode in found_modes]
    groups = GroupNotes(rendering.permutations, "// {}".format)
    fields = [
        _field(names[token.path], token, groups.before(token), {value and value[:2] for value in of_token})
        for token, *of_token in zip(shown.values(), *values, strict=True)
    ]
    instances = [
        {
            "name": label,
            "members": [(names[path], value.text if value else "null") for path, value in zip(shown, own, strict=True)],
        }
        for label, own in zip(labels, values, strict=True)
    ]
    rendering.diagnostics += [*found, *losses.diagnostics(rendering.platform)]
    text = render("flutter/theme.dart.j2", name=name, fields=fields, instances=instances)
    yield OutputFile(rendering.platform.out, text)


def _field(name: str, token: ResolvedToken, notes: list[str], types: set[Any]) -> dict[str, Any]:
    """A field for what a token is in every mode, of which some may lack it, or give it another type."""
    known = types - {None}
    kind, mix = next(iter(known)) if len(known) == 1 else ("Object", "")
    if None in types:
        kind, mix = f"{kind}?", ""
    deprecated = f"@Deprecated({dart_string(reason_of(token))})" if token.deprecated else None
    mixed = mix.format(name) if mix else f"t < 0.5 ? {name} : other.{name}"
    comment = [*notes, *doc_lines(token, "///", deprecated)]
    return {"comment": comment, "name": name, "type": kind, "mixed": mixed}


class _Code:
    """Tokens as Dart."""

    def __init__(self, records: Records, rendering: Rendering) -> None:
        self.records = records
        self.rendering = rendering
        self.writers: Mapping[str, Callable[[Any], str]] = {
            "boolean": lambda value: "true" if value else "false",
            "color": _color,
            "dimension": decimal,
            "duration": self.duration,
            "number": decimal,
            "fontFamily": _strings,
            "fontWeight": lambda value: f"FontWeight.w{records.hundred(value)}",
            "cubicBezier": _cubic,
            "strokeStyle": _stroke,
            "border": _border,
            "transition": self.transition,
            "shadow": lambda layers: f"[{', '.join(map(_shadow, layers))}]",
            "gradient": _gradient,
            "typography": _style,
        }

    def value(self, token: ResolvedToken | None) -> _Value | None:
        """A constant expression; ``None`` where a mode does not have the token."""
        if token is None:
            return None
        value = self.records.of(token)
        if value is None:
            return _Value("String", "", dart_string(value_text(self.rendering, token)))
        kind = "boolean" if type(value) is bool else token.type
        return _Value(*_TYPES[kind], self.writers[kind](value))

    def duration(self, value: float) -> str:
        """A time, to the microsecond."""
        return f"Duration(microseconds: {self.records.whole(value * 1000, 'microseconds')})"

    def transition(self, value: Transition) -> str:
        """Our own type: Flutter has none."""
        parts = (self.duration(value.duration), self.duration(value.delay), _cubic(value.curve))
        return "TokenTransition(duration: {}, delay: {}, curve: {})".format(*parts)


def _color(value: Rgba) -> str:
    if value.space == "srgb":
        return f"Color(0x{value.argb})"
    channels = (("alpha", value.alpha), ("red", value.red), ("green", value.green), ("blue", value.blue))
    return f"Color.from({', '.join(f'{n}: {decimal(c)}' for n, c in channels)}, colorSpace: ColorSpace.displayP3)"


def _strings(names: Any) -> str:
    return f"[{', '.join(map(dart_string, names))}]"


def _numbers(values: Any) -> str:
    return ", ".join(map(decimal, values))


def _cubic(value: Any) -> str:
    return f"Cubic({_numbers(value)})"


def _stroke(value: Stroke) -> str:
    pattern = f", dashes: [{_numbers(value.dashes)}], cap: StrokeCap.{value.cap}" if value.dashes else ""
    return f"TokenStroke({dart_string(value.style)}{pattern})"


def _border(value: Border) -> str:
    stroke = _stroke(value.stroke)
    return f"TokenBorder(color: {_color(value.color)}, width: {decimal(value.width)}, stroke: {stroke})"


def _shadow(value: Shadow) -> str:
    style = ", blurStyle: BlurStyle.inner" if value.inset else ""
    return (
        f"BoxShadow(color: {_color(value.color)}, offset: Offset({_numbers((value.x, value.y))}), "
        f"blurRadius: {decimal(value.blur)}, spreadRadius: {decimal(value.spread)}{style})"
    )


def _gradient(stops: list[Stop]) -> str:
    colors = ", ".join(_color(stop.color) for stop in stops)
    return f"LinearGradient(colors: [{colors}], stops: [{_numbers(stop.position for stop in stops)}])"


def _style(value: TextStyle) -> str:
    """A ``TextStyle``; a variable font gets the weight as the source has it."""
    family, *fallback = value.families or (None,)
    weight = value.weight
    exact = f"[FontVariation('wght', {decimal(weight)})]" if weight is not None and weight != hundred(weight) else None
    parts = {
        "fontFamily": dart_string(family) if family is not None else None,
        "fontFamilyFallback": _strings(fallback) if fallback else None,
        "fontSize": decimal(value.size) if value.size is not None else None,
        "fontStyle": "FontStyle.italic" if value.italic else None,
        "fontWeight": f"FontWeight.w{hundred(weight)}" if weight is not None else None,
        "fontVariations": exact,
        "letterSpacing": decimal(value.spacing) if value.spacing is not None else None,
        "height": decimal(value.height) if value.height is not None else None,
    }
    return f"TextStyle({', '.join(f'{name}: {text}' for name, text in parts.items() if text is not None)})"
