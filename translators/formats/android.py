"""Android resources: values in XML and easing curves, with a night qualifier for a dark context.

Source: Android developers, "App resources", "Night mode", "Property animation: interpolators".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import said, value_text, xml_comment, xml_text
from ..css_text import GENERATED
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import ascii_kebab, identifiers
from ..losses import Losses
from ..measures import Rgba, decimal, is_text_size, plain
from ..modes import appearances
from ..records import Border, Records, Shadow, Stop, Stroke, TextStyle, Transition
from ..registry import formats
from ..rendering import Rendering, all_tokens

OPTIONS: Known = {"base_font_size": float, "dark": str}

_NAMESPACE = 'xmlns:android="http://schemas.android.com/apk/res/android"'


@formats.register("android/tokens", "android")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``android/tokens``: a resource folder, with ``values-night`` for a dark context.

    A composite is several resources, a typography a style, too. Other contexts have folders of their own beside it
    (``android-brand-b``), for a product flavour or a source set. A ``cubicBezier`` is an interpolator.
    """
    names, found = identifiers(rendering.names, all_tokens(rendering.permutations), "snake", "kotlin")
    losses = Losses()
    resources = _Resources(Records(rendering.platform, losses), rendering, names)
    files: list[OutputFile] = []
    for shown in appearances(rendering.permutations, rendering.platform):
        folder = rendering.platform.out.rstrip("/") + ("" if shown.name == "default" else f"-{shown.name}")
        files += resources.files(folder, "", shown.light.values())
        if shown.dark:
            files += resources.files(folder, "-night", shown.dark.values())
    rendering.diagnostics += [*found, *losses.diagnostics(rendering.platform)]
    yield from files


class _Resources:
    """Tokens as resources."""

    def __init__(self, records: Records, rendering: Rendering, names: Mapping[str, str]) -> None:
        self.records = records
        self.rendering = rendering
        self.names = names
        self.token: ResolvedToken
        self.comment: list[str] = []
        self.groups = GroupNotes(rendering.permutations, xml_comment)
        self.curves: dict[str, str] = {}
        """Name -> the text of an interpolator, of the folder that is being made."""

        self.writers: Mapping[str, Callable[[str, Any], Iterator[str]]] = {
            "boolean": lambda name, value: _item("bool", name, "true" if value else "false"),
            "color": lambda name, value: _item("color", name, _color(value)),
            "dimension": self.dimension,
            "duration": self.duration,
            "number": _number,
            "fontFamily": self.family,
            "fontWeight": self.weight,
            "cubicBezier": self.curve,
            "strokeStyle": self.stroke,
            "border": self.border,
            "transition": self.transition,
            "shadow": self.shadows,
            "gradient": self.gradient,
            "typography": self.typography,
        }

    def files(self, folder: str, qualifier: str, tokens: Iterable[ResolvedToken]) -> Iterator[OutputFile]:
        """The files for one choice of contexts."""
        self.curves = {}
        lines = [f"    {line}\n" for token in tokens for line in self.lines(token)]
        yield OutputFile(f"{folder}/values{qualifier}/tokens.xml", _document("<resources>\n", *lines, "</resources>\n"))
        for name, text in self.curves.items():
            yield OutputFile(f"{folder}/interpolator{qualifier}/{name}.xml", text)

    def lines(self, token: ResolvedToken) -> list[str]:
        """The resources of a token, below what is said of it."""
        text = said(token)
        self.token, self.comment = token, [xml_comment(text)] if text else []
        name, value = self.names[token.path], self.records.of(token)
        if value is None:
            found = _string(name, value_text(self.rendering, token))
        else:
            found = self.writers["boolean" if type(value) is bool else token.type](name, value)
        lines = list(found)
        return [*self.groups.before(token), *(self.comment if lines else []), *lines]

    def dimension(self, name: str, value: float) -> Iterator[str]:
        """A length; one of text follows the reader's font size."""
        return _item("dimen", name, f"{plain(value)}{'sp' if is_text_size(self.token.path) else 'dp'}")

    def duration(self, name: str, value: float) -> Iterator[str]:
        """A time in milliseconds."""
        return _item("integer", name, str(self.records.whole(value, "milliseconds")))

    def weight(self, name: str, value: float) -> Iterator[str]:
        """A font weight from 1 to 1000, for ``textFontWeight``."""
        return _item("integer", name, str(self.records.whole(value, "font weights")))

    def family(self, name: str, names: Iterable[str]) -> Iterator[str]:
        """The first name, and an array of all where there are several."""
        first, *others = names
        yield from _string(name, first)
        if others:
            yield from _list("string-array", name, map(_escaped, (first, *others)))

    def curve(self, name: str, value: Iterable[float]) -> Iterator[str]:
        """No value, but a file."""
        places = zip(("X1", "Y1", "X2", "Y2"), value, strict=True)
        points = " ".join(f'android:control{place}="{plain(part)}"' for place, part in places)
        comment = "".join(f"{line}\n" for line in self.comment)
        self.curves[ascii_kebab(name)] = _document(comment, f"<pathInterpolator {_NAMESPACE} {points} />\n")
        return iter(())

    def stroke(self, name: str, value: Stroke) -> Iterator[str]:
        """The keyword; of a pattern dashes and gaps, and how they end."""
        yield from _string(name, value.style)
        if value.dashes:
            yield from _list("array", _part(name, "dash_array"), (f"{plain(dash)}dp" for dash in value.dashes))
            yield from _string(_part(name, "line_cap"), value.cap)

    def border(self, name: str, value: Border) -> Iterator[str]:
        """Colour, width and style."""
        yield from _item("color", _part(name, "color"), _color(value.color))
        yield from _item("dimen", _part(name, "width"), f"{plain(value.width)}dp")
        yield from self.stroke(_part(name, "style"), value.stroke)

    def transition(self, name: str, value: Transition) -> Iterator[str]:
        """Times and an interpolator."""
        yield from self.duration(_part(name, "duration"), value.duration)
        yield from self.duration(_part(name, "delay"), value.delay)
        yield from self.curve(_part(name, "timing_function"), value.curve)

    def shadows(self, name: str, layers: list[Shadow]) -> Iterator[str]:
        """The parts of each layer, which are numbered where there are several."""
        for place, layer in enumerate(layers, 1):
            own = f"{place}_" if len(layers) > 1 else ""
            yield from _item("color", _part(name, f"{own}color"), _color(layer.color))
            lengths = {"offset_x": layer.x, "offset_y": layer.y, "blur": layer.blur, "spread": layer.spread}
            for part, length in lengths.items():
                yield from _item("dimen", _part(name, f"{own}{part}"), f"{plain(length)}dp")
            yield from _item("bool", _part(name, f"{own}inset"), "true" if layer.inset else "false")

    def gradient(self, name: str, stops: list[Stop]) -> Iterator[str]:
        """Colours and positions, as ``LinearGradient`` and its like take them."""
        yield from _list("array", _part(name, "colors"), (_color(stop.color) for stop in stops))
        yield from _list("array", _part(name, "positions"), (decimal(stop.position) for stop in stops))

    def typography(self, name: str, value: TextStyle) -> Iterator[str]:
        """Each part, and a style of them."""
        items: dict[str, str] = {}
        if value.families:
            part = _part(name, "font_family")
            items["fontFamily"] = f"@string/{part}"
            yield from self.family(part, value.families)
        if value.size is not None:
            part = _part(name, "font_size")
            items["textSize"] = f"@dimen/{part}"
            yield from _item("dimen", part, f"{plain(value.size)}sp")
        if value.weight is not None:
            part = _part(name, "font_weight")
            items["textFontWeight"] = f"@integer/{part}"
            yield from self.weight(part, value.weight)
        if value.spacing is not None:
            yield from _item("dimen", _part(name, "letter_spacing"), f"{plain(value.spacing)}sp")
            if value.size:
                items["letterSpacing"] = plain(round(value.spacing / value.size, 5))
        if value.height is not None:
            yield from _number(_part(name, "line_height"), value.height)
            if value.size is not None:
                items["lineHeight"] = f"{plain(round(value.height * value.size, 3))}sp"
        if value.italic:
            items["textStyle"] = "italic"
        yield f'<style name="{name}">'
        yield from (f'    <item name="android:{item}">{text}</item>' for item, text in items.items())
        yield "</style>"


def _document(*parts: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!-- {GENERATED} -->\n' + "".join(parts)


def _part(name: str, part: str) -> str:
    """The name of a part: no token's name has two ``_`` together."""
    return f"{name}__{part}"


def _item(tag: str, name: str, text: str) -> Iterator[str]:
    yield f'<{tag} name="{name}">{text}</{tag}>'


def _number(name: str, value: float) -> Iterator[str]:
    yield f'<item name="{name}" format="float" type="dimen">{plain(value)}</item>'


def _string(name: str, text: str) -> Iterator[str]:
    yield f'<string name="{name}" translatable="false">{_escaped(text)}</string>'


def _list(tag: str, name: str, items: Iterable[str]) -> Iterator[str]:
    own = ' translatable="false"' if tag == "string-array" else ""
    yield f'<{tag} name="{name}"{own}>'
    yield from (f"    <item>{item}</item>" for item in items)
    yield f"</{tag}>"


def _color(value: Rgba) -> str:
    return f"#{value.argb}"


def _escaped(text: str) -> str:
    """Escaped for XML and for Android's own rules on quotes, ``@``, ``?`` and white space."""
    escaped = xml_text(text).replace("\\", "\\\\").replace("'", "\\'").replace("&quot;", '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\t", "\\t")
    if "  " in escaped or escaped != escaped.strip():
        return f'"{escaped}"'
    return f"\\{escaped}" if escaped[:1] in ("@", "?") else escaped
