"""React Native: numbers without units, colours as ``#rrggbbaa``, composites as objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import comment_line, doc_lines, javascript_string, value_text
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import identifiers
from ..losses import Losses
from ..measures import Rgba, plain
from ..modes import modes, said_by
from ..records import Border, Records, Shadow, Stop, Stroke, TextStyle, Transition
from ..registry import formats
from ..rendering import Rendering, all_tokens
from ..templating import render

OPTIONS: Known = {"base_font_size": float}


@formats.register("react-native/tokens", "react-native")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``react-native/tokens``: an ECMAScript module; ``themes`` holds every token of each context."""
    names, found = identifiers(rendering.names, all_tokens(rendering.permutations), "camel", "javascript")
    losses = Losses()
    code = _Code(Records(rendering.platform, losses), rendering)
    base, *others = modes(rendering.permutations)
    groups = GroupNotes(rendering.permutations, lambda text: comment_line(text, "/*"))
    constants = [
        {
            "comment": [*groups.before(token), *doc_lines(token, "/**")],
            "name": names[token.path],
            "value": code.value(token),
        }
        for token in said_by(base)
    ]
    contexts = {
        javascript_string(mode.name): [(names[token.path], code.value(token)) for token in said_by(mode)]
        for mode in others
    }
    rendering.diagnostics += [*found, *losses.diagnostics(rendering.platform)]
    text = render("react_native/tokens.js.j2", constants=constants, contexts=contexts)
    yield OutputFile(rendering.platform.out, text)


class _Code:
    """Tokens as JavaScript."""

    def __init__(self, records: Records, rendering: Rendering) -> None:
        self.records = records
        self.rendering = rendering
        self.writers: Mapping[str, Callable[[Any], str]] = {
            "boolean": lambda value: "true" if value else "false",
            "color": _color,
            "dimension": plain,
            "duration": plain,
            "number": plain,
            "fontFamily": self.family,
            "fontWeight": self.weight,
            "cubicBezier": _numbers,
            "strokeStyle": _stroke,
            "border": _border,
            "transition": _transition,
            "shadow": lambda layers: f"[{', '.join(map(_shadow, layers))}]",
            "gradient": lambda stops: f"[{', '.join(map(_stop, stops))}]",
            "typography": self.text_style,
        }

    def value(self, token: ResolvedToken) -> str:
        """A literal; text where the value has no other form."""
        value = self.records.of(token)
        if value is None:
            return javascript_string(value_text(self.rendering, token))
        return self.writers["boolean" if type(value) is bool else token.type](value)

    def weight(self, value: float) -> str:
        """A weight as all platforms take it."""
        return f'"{self.records.hundred(value)}"'

    def family(self, names: Any) -> str:
        """The first name: React Native knows no fallbacks."""
        return javascript_string(self.records.first(names))

    def text_style(self, value: TextStyle) -> str:
        """A text style; the line height in points, which needs the font size."""
        height = None
        if value.height is not None and value.size is not None:
            height = plain(round(value.height * value.size, 3))
        elif value.height is not None:
            self.records.losses.tell("leaves out a lineHeight without a fontSize")
        return _object({
            "fontFamily": self.family(value.families) if value.families else None,
            "fontSize": plain(value.size) if value.size is not None else None,
            "fontStyle": '"italic"' if value.italic else None,
            "fontWeight": self.weight(value.weight) if value.weight is not None else None,
            "letterSpacing": plain(value.spacing) if value.spacing is not None else None,
            "lineHeight": height,
        })  # fmt: skip


def _object(parts: Mapping[str, str | None]) -> str:
    return "{ " + ", ".join(f"{name}: {text}" for name, text in parts.items() if text is not None) + " }"


def _color(value: Rgba) -> str:
    argb = value.argb.lower()
    return f'"#{argb[2:]}{"" if argb[:2] == "ff" else argb[:2]}"'


def _numbers(values: Any) -> str:
    return f"[{', '.join(map(plain, values))}]"


def _pattern(value: Stroke) -> dict[str, str]:
    return {"dashArray": _numbers(value.dashes), "lineCap": f'"{value.cap}"'} if value.dashes else {}


def _stroke(value: Stroke) -> str:
    return _object(_pattern(value)) if value.dashes else javascript_string(value.style)


def _border(value: Border) -> str:
    """A style for views; a pattern of dashes beside it, for vector graphics."""
    style = javascript_string(value.stroke.style)
    parts = {"borderColor": _color(value.color), "borderWidth": plain(value.width), "borderStyle": style}
    return _object({**parts, **_pattern(value.stroke)})


def _transition(value: Transition) -> str:
    curve = _numbers(value.curve)
    return _object({"duration": plain(value.duration), "delay": plain(value.delay), "timingFunction": curve})


def _shadow(value: Shadow) -> str:
    """A member of ``boxShadow`` (React Native 0.76)."""
    lengths = {"offsetX": value.x, "offsetY": value.y, "blurRadius": value.blur, "spreadDistance": value.spread}
    shown = {name: plain(length) for name, length in lengths.items()}
    return _object({**shown, "color": _color(value.color), "inset": "true" if value.inset else None})


def _stop(value: Stop) -> str:
    return _object({"color": _color(value.color), "position": plain(value.position)})
