"""Typed values as plain records of numbers, the same for all programming languages.

A format only prints them. What a value holds and a record does not is told to the :class:`.losses.Losses`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import LINE_CAPS, WEIGHTS

from .css_text import alternatives
from .losses import Losses
from .measures import Rgba, as_list, base_font_size, families, hundred, milliseconds, pixels, rgba, shows
from .platform import Platform

Json = Any


class Stroke(NamedTuple):
    """A keyword of CSS, or a pattern of dashes."""

    style: str
    dashes: tuple[float, ...] = ()
    """Dashes and gaps in px; none for a keyword."""

    cap: str = "butt"


class Border(NamedTuple):
    """A line around something; the width in px."""

    color: Rgba
    width: float
    stroke: Stroke


class Transition(NamedTuple):
    """A change over time; times in ms, the curve's two control points."""

    duration: float
    delay: float
    curve: tuple[float, ...]


class Shadow(NamedTuple):
    """One layer; lengths in px."""

    color: Rgba
    x: float
    y: float
    blur: float
    spread: float
    inset: bool


class Stop(NamedTuple):
    """A colour of a gradient, at a place from 0 to 1."""

    color: Rgba
    position: float


class TextStyle(NamedTuple):
    """What a typography says; ``None`` where it says nothing."""

    families: tuple[str, ...] = ()
    size: float | None = None
    """In px."""

    weight: float | None = None
    spacing: float | None = None
    """In px."""

    height: float | None = None
    """A multiple of the size."""

    italic: bool = False


class Records:
    """Reads values for one platform.

    Args:
        platform: Says how long 1 rem is.
        losses: Told of what a record cannot hold.
        gamut: The widest space of colours that the language writes.
    """

    def __init__(self, platform: Platform, losses: Losses, gamut: Literal["srgb", "display-p3"] = "srgb") -> None:
        self.base = base_font_size(platform)
        self.losses = losses
        self.gamut = gamut

    def of(self, token: ResolvedToken) -> Any:
        """A token's value: a record, a number, a bool or names; ``None`` for text and for types that are not DTCG's."""
        self.losses.path = token.path
        self.losses.other_parts(token.type, token.value, "fontStyle")
        return self.read(token.type, token.value)

    def read(self, kind: str, value: Json) -> Any:
        """A value of a type; ``None`` for text and for types that are not DTCG's."""
        if type(value) is bool:
            return value
        if type(value) is str and kind not in _OF_WORDS:
            return None
        read = _READERS.get(kind)
        return None if read is None else read(self, value)

    def color(self, value: Json, part: str = "color") -> Rgba:
        """A color in the platform's gamut."""
        found = rgba(value, wide=self.gamut != "srgb")
        if found is None:
            self._unreadable(part)
            return Rgba(0, 0, 0, 0)
        if not shows(value, self.gamut):
            space = "sRGB" if self.gamut == "srgb" else "Display P3"
            self.losses.tell(f"brings colours into {space}, which cannot show them")
        return found

    def length(self, value: Json, part: str, em: float | None = None) -> float:
        """A dimension in px.

        Args:
            value: The dimension.
            part: What it is, for messages.
            em: The font size that ``em`` and ``%`` refer to.
        """
        found = pixels(value, self.base, em)
        if found is None:
            self._unreadable(part)
        return found or 0

    def time(self, value: Json, part: str) -> float:
        """A duration in ms."""
        found = milliseconds(value)
        if found is None:
            self._unreadable(part)
        return found or 0

    def curve(self, value: Json) -> tuple[float, ...]:
        """The control points of a cubicBezier; those of *linear* where they are not known."""
        if isinstance(value, list):
            return tuple(value)
        self._unreadable("timingFunction")
        return 0, 0, 1, 1

    def weight(self, value: Json) -> float | None:
        """A fontWeight's number."""
        return WEIGHTS.get(value) if type(value) is str else value

    def stroke(self, value: Json) -> Stroke:
        """A strokeStyle."""
        if isinstance(value, str):
            return Stroke(value)
        dashes = tuple(self.length(dash, "dashArray") for dash in value.get("dashArray", ()))
        cap = value.get("lineCap", "butt")
        if cap not in LINE_CAPS:
            self._unreadable("lineCap")
            cap = "butt"
        return Stroke("dashed", dashes, cap)

    def border(self, value: Json) -> Border:
        """A border."""
        width = self.length(value.get("width"), "width")
        return Border(self.color(value.get("color")), width, self.stroke(value.get("style", "solid")))

    def transition(self, value: Json) -> Transition:
        """A transition."""
        delay = self.time(value["delay"], "delay") if "delay" in value else 0
        return Transition(self.time(value.get("duration"), "duration"), delay, self.curve(value.get("timingFunction")))

    def shadows(self, value: Json) -> list[Shadow]:
        """The layers of a shadow."""
        return [self._shadow(layer) for layer in as_list(value)]

    def _shadow(self, value: Json) -> Shadow:
        x, y, blur, spread = (
            self.length(value[part], part) if part in value else 0 for part in ("offsetX", "offsetY", "blur", "spread")
        )
        return Shadow(self.color(value.get("color")), x, y, blur, spread, bool(value.get("inset")))

    def stops(self, value: Json) -> list[Stop]:
        """The stops of a gradient; places beyond the ends are at the ends, as DTCG wants it."""
        return [self._stop(stop) for stop in as_list(value)]

    def _stop(self, value: Json) -> Stop:
        position = value.get("position")
        if not _is_number(position):
            self._unreadable("position")
            position = 0
        return Stop(self.color(value.get("color")), min(1, max(0, position)))

    def text_style(self, value: Json) -> TextStyle:
        """A typography. A letter spacing in ``em`` or ``%`` follows its font size."""
        size = self.length(value["fontSize"], "fontSize") if "fontSize" in value else None
        spacing = self.length(value["letterSpacing"], "letterSpacing", size) if "letterSpacing" in value else None
        height, weight = value.get("lineHeight"), self.weight(value.get("fontWeight"))
        if height is not None and not _is_number(height):
            height = self._ratio(height, size)
        if weight is None and "fontWeight" in value:
            self._unreadable("fontWeight")
        names = _names(value["fontFamily"]) if "fontFamily" in value else ()
        slanted = str(value.get("fontStyle", "")).startswith(("italic", "oblique"))
        return TextStyle(names, size, weight, spacing, height, slanted)

    def _ratio(self, height: Json, size: float | None) -> float | None:
        """A line height that is a length, as older tools have it, as a multiple of the font size."""
        length = pixels(height, self.base, size)
        if length is None or not size:
            self._unreadable("lineHeight")
            return None
        return round(length / size, 5)

    def _unreadable(self, part: str) -> None:
        self.losses.tell(f"leaves out a {part} that is none of DTCG's values")

    def hundred(self, weight: float) -> int:
        """A font weight for languages that know the hundreds from 100 to 900 alone."""
        found = hundred(weight)
        if found != weight:
            self.losses.tell("writes font weights as the nearest of 100, 200, …, 900")
        return found

    def whole(self, number: float, unit: str) -> int:
        """A number for languages that want an integer there."""
        found = round(number)
        if found != number:
            self.losses.tell(f"rounds to whole {unit}")
        return found

    def first(self, names: Iterable[str]) -> str:
        """The font family where a language takes a single one."""
        found, *others = names
        if others:
            self.losses.tell("leaves out the font families after the first")
        return found


def _names(value: Json) -> tuple[str, ...]:
    """Font families; a name may be a whole list, as CSS writes it."""
    found = (part for name in families(value) for part in (alternatives(name) if "," in name else [name]))
    return tuple(name.strip("\"'") for name in found if name)


def _is_number(value: Json) -> bool:
    return type(value) is int or type(value) is float


_OF_WORDS = ("fontFamily", "fontWeight", "strokeStyle")

_READERS: Mapping[str, Any] = {
    "color": Records.color,
    "dimension": lambda records, value: pixels(value, records.base),
    "duration": lambda records, value: milliseconds(value),
    "number": lambda records, value: value if _is_number(value) else None,
    "fontFamily": lambda records, value: _names(value),
    "fontWeight": Records.weight,
    "cubicBezier": Records.curve,
    "strokeStyle": Records.stroke,
    "border": Records.border,
    "transition": Records.transition,
    "shadow": Records.shadows,
    "gradient": Records.stops,
    "typography": Records.text_style,
}
