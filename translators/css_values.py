"""Typed values -> CSS text. Sources: DTCG Format 2025.10, "Types"; CSS Values 4, CSS Easing 2, CSS Fonts 4."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.embedded import CSS_WIDE_KEYWORDS, REFERENCE
from dss_tokens.resolve.references import Malformed, pointer_parts
from dss_tokens.types import TYPES, WEIGHTS

from .css_colors import DIGITS, color, writer
from .css_text import alternatives, comment_text, is_harmless, number, quoted, raw

Json = Any
Reference = Callable[[str, str, Json], str | None]
"""The text that refers to the token at a path where a value of a type is needed: ``(path, type, value)``.

``None`` where the output has no such token, or where that token stands for something else.
"""


class Writers(dict[str, Callable[[Json], str]]):
    """Simple type -> what writes its values."""

    omits_zero = False
    """Whether the spread of a shadow and the delay of a transition are left out where they are 0."""

    slash = "/"
    """Between font size and line height."""

    known: Mapping[int, str] = {}
    """The texts of objects that were written before, by their ``id``: parts of composites are mostly other tokens'."""

    def but(self, **others: Callable[[Json], str]) -> Writers:
        """The same with *others* for some types."""
        made = Writers(self)
        made |= others
        made.omits_zero, made.slash = self.omits_zero, self.slash
        return made


_KEYWORD_FAMILIES = frozenset({
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif",
    "ui-monospace", "ui-rounded", "math", "emoji", "fangsong", "-apple-system", "BlinkMacSystemFont",
})  # fmt: skip


def dimension(value: Json) -> str:
    """``16px``; a length that DTCG does not know, kept as written, stays so."""
    if type(value) is not dict:
        return raw(value)
    amount = value["value"]
    return f"{amount}{value['unit']}" if type(amount) is int else number(amount) + value["unit"]


def font_weight(value: Json) -> str:
    """The number of a weight."""
    return str(WEIGHTS[value]) if value in WEIGHTS else raw(value)


def cubic_bezier(value: Json) -> str:
    """``cubic-bezier(0.4, 0, 0.2, 1)``."""
    return f"cubic-bezier({', '.join(map(number, value))})" if type(value) is list else raw(value)


@cache
def _family(name: str) -> str:
    """One family name, quoted but for the generic ones; a ``var()`` and a name that brings its quotes stay so."""
    if name in _KEYWORD_FAMILIES:
        return name
    if name.startswith("var(") and name.endswith(")") and is_harmless(name):
        return name
    if "," in name and is_harmless(name):
        return ", ".join(map(_family, alternatives(name)))  # a whole list, as CSS writes it
    if len(name) > 2 and name[0] == name[-1] and name[0] in "\"'" and name[0] not in name[1:-1]:
        name = name[1:-1]
    return quoted(name)


def font_family(value: Json) -> str:
    """Family names, quoted but for the generic ones."""
    names = [value] if type(value) is str else value
    if len(names) == 1 and names[0] in CSS_WIDE_KEYWORDS:
        return str(names[0])
    return ", ".join(map(_family, names))


def stroke_style(value: Json) -> str:
    """The keyword; CSS has no dash patterns, so that an own pattern is ``dashed``."""
    return raw(value) if isinstance(value, str) else "dashed"


def _number(value: Json) -> str:
    return number(value) if type(value) is int or type(value) is float else raw(value)


PLAIN = Writers({
    "color": color,
    "dimension": dimension,
    "duration": dimension,
    "number": _number,
    "fontFamily": font_family,
    "fontWeight": font_weight,
    "cubicBezier": cubic_bezier,
    "strokeStyle": stroke_style,
})  # fmt: skip
"""How values are written by default."""


@cache
def writers(colors: str = "authored", digits: int = DIGITS, zero: str = "unit", slash: str = "/") -> Writers:
    """What writes the simple types.

    Args:
        colors: One of :data:`.css_colors.FORMS`.
        digits: The most decimals of any number.
        zero: ``bare`` leaves out the unit of a length of 0, ``omit`` also parts of 0 where CSS can do without.
        slash: Between font size and line height.
    """
    if (colors, digits, zero, slash) == ("authored", DIGITS, "unit", "/"):
        return PLAIN

    def quantity(value: Json) -> str:
        return number(value["value"], digits) + value["unit"] if type(value) is dict else raw(value)

    def length(value: Json) -> str:
        return "0" if zero != "unit" and type(value) is dict and value["value"] == 0 else quantity(value)

    def rounded(value: Json) -> str:
        return number(value, digits) if type(value) is int or type(value) is float else raw(value)

    made = PLAIN.but(color=writer(colors, digits), dimension=length, duration=quantity, number=rounded)
    made.omits_zero, made.slash = zero == "omit", slash
    return made


def literal(kind: str, value: Json, simple: Writers = PLAIN) -> str:
    """The CSS text of a resolved value."""
    return text_of(kind, value, value, None, simple)


def text_of(kind: str, value: Json, written: Json, reference: Reference | None, simple: Writers = PLAIN) -> str:
    """The CSS text of a value, references inside kept where *reference* knows them.

    Args:
        kind: The token's type.
        value: Resolved.
        written: The same with references as authored.
        reference: ``None`` for literals throughout.
        simple: What writes the parts.
    """
    write = simple.get(kind)
    if write is not None:
        return write(value if type(written) is not str else _embedded(value, written, reference))
    composite = _COMPOSITE.get(kind)
    if composite is None:
        return raw(_embedded(value, written, reference))
    if type(value) is str:
        return raw(value)
    return composite(value, written, reference, simple)


def _embedded(value: Json, written: Json, reference: Reference | None) -> Json:
    """A text with the references that were written inside of it; as resolved where one cannot be kept."""
    if reference is None or type(value) is not str or type(written) is not str or "{" not in written:
        return value
    texts = {}
    for path in REFERENCE.findall(written):
        texts[path] = reference(path.strip(), "", None)
        if texts[path] is None:
            return value
    return REFERENCE.sub(lambda match: texts[match[1]] or "", written)


def target_of(written: Json) -> str | None:
    """The path of the token that a part names as a whole, by braces or by a pointer."""
    if type(written) is str:
        return written[1:-1] if written[:1] == "{" and written[-1:] == "}" else None
    if type(written) is dict and "$ref" in written:
        parts = pointer_parts(written["$ref"])
        if not isinstance(parts, Malformed):
            return ".".join(parts[:-1] if parts[-1:] == ("$value",) else parts)
    return None


def part_text(kind: str, value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    """A part of a composite: the reference that was written where it can be kept, else the text of its value."""
    if reference is not None and written is not value:
        is_braced = type(written) is str and written[:1] == "{" and written[-1:] == "}"
        path = written[1:-1] if is_braced else target_of(written)
        if path is not None and (found := reference(path, kind, value)) is not None:
            return found
    write = simple.get(kind)
    return write(value) if write is not None else text_of(kind, value, written, reference, simple)


_Parts = Sequence[tuple[str, str]]
"""Parts of a composite as ``(name, type)``."""


def _texts(parts: _Parts, value: Json, written: Json, reference: Reference | None, simple: Writers) -> list[str]:
    """The texts of parts, in their order."""
    if reference is None or written is value or type(written) is not dict:
        known = simple.known.get
        return [
            known(id(value[name])) or simple[kind](value[name])
            if kind in simple
            else text_of(kind, value[name], value[name], None, simple)
            for name, kind in parts
        ]
    texts = []
    for name, kind in parts:
        inner = value[name]
        said = written.get(name, inner)
        write = simple.get(kind)
        if said is inner and write is not None:
            texts.append(write(inner))
        else:
            texts.append(part_text(kind, inner, said, reference, simple))
    return texts


_BORDER = ("width", "dimension"), ("style", "strokeStyle"), ("color", "color")


def _border(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    return " ".join(_texts(_BORDER, value, written, reference, simple))


_TRANSITION = ("duration", "duration"), ("delay", "duration"), ("timingFunction", "cubicBezier")


def _transition(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    parts = _TRANSITION[::2] if simple.omits_zero and _is_zero(value["delay"]) else _TRANSITION
    return " ".join(_texts(parts, value, written, reference, simple))


def _is_zero(value: Json) -> bool:
    return type(value) is dict and bool(value["value"] == 0)


_SHADOW = (
    ("offsetX", "dimension"), ("offsetY", "dimension"), ("blur", "dimension"), ("spread", "dimension"),
    ("color", "color"),
)  # fmt: skip
_NO_SPREAD = tuple(part for part in _SHADOW if part[0] != "spread")


def _shadow(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    return _list("shadow", _one_shadow, value, written, reference, simple)


def _one_shadow(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    parts = _NO_SPREAD if simple.omits_zero and _is_zero(value["spread"]) else _SHADOW
    text = " ".join(_texts(parts, value, written, reference, simple))
    return f"inset {text}" if value.get("inset") else text


def _gradient(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    """The stops, to be used inside any gradient function: DTCG gives no kind and no direction."""
    return _list("gradient", _stop, value, written, reference, simple)


_STOP = (("color", "color"),)


def _stop(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    (shown,) = _texts(_STOP, value, written, reference, simple)
    position = value["position"]
    if type(position) is not int and type(position) is not float:
        return f"{shown} {raw(position)}"
    if reference is not None and 0 <= position <= 1 and type(written) is dict:
        path = target_of(written.get("position"))
        if path is not None and (found := reference(path, "number", position)) is not None:
            return f"{shown} calc({found} * 100%)"
    return f"{shown} {number(round(min(1, max(0, position)) * 100, 6))}%"


def _list(
    kind: str,
    one: Callable[[Json, Json, Reference | None, Writers], str],
    value: Json,
    written: Json,
    reference: Reference | None,
    simple: Writers,
) -> str:
    if type(value) is dict:
        return one(value, written, reference, simple)
    texts = []
    for place, item in enumerate(value):
        inner = written[place] if type(written) is list and place < len(written) else item
        path = target_of(inner) if reference is not None and inner is not item else None
        found = reference(path, kind, item) if reference is not None and path is not None else None
        texts.append(one(item, inner, reference, simple) if found is None else found)
    return ", ".join(texts)


TYPOGRAPHY: Mapping[str, str] = {
    "fontStyle": "string", "fontWeight": "fontWeight", "fontSize": "dimension", "lineHeight": "number",
    "fontFamily": "fontFamily", "letterSpacing": "dimension",
}  # fmt: skip
"""The parts of a typography that we know, with their types."""

_SHORTHAND = tuple((name, kind) for name, kind in TYPOGRAPHY.items() if name != "letterSpacing")
_SPACING = (("letterSpacing", "dimension"),)


def _typography(value: Json, written: Json, reference: Reference | None, simple: Writers) -> str:
    """A ``font`` shorthand, ``initial`` without any part; letter spacing has no place in one: :func:`extra_parts`."""
    parts = [part for part in _SHORTHAND if part[0] in value]
    texts = dict(zip([name for name, _ in parts], _texts(parts, value, written, reference, simple), strict=True))
    height = texts.pop("lineHeight", None)
    if height is not None and "fontSize" in texts:
        texts["fontSize"] += f"{simple.slash}{height}"
    return " ".join(texts.values()) or "initial"


def extra_parts(token: ResolvedToken, reference: Reference | None, simple: Writers = PLAIN) -> list[tuple[str, str]]:
    """Parts that the one text of a composite cannot hold, as ``(suffix, text)``: typography's letter spacing."""
    value = token.value
    if token.type != "typography" or type(value) is not dict or "letterSpacing" not in value:
        return []
    (text,) = _texts(_SPACING, value, token.written, reference, simple)
    return [("letter-spacing", text)]


_COMPOSITE: Mapping[str, Callable[[Json, Json, Reference | None, Writers], str]] = {
    "border": _border,
    "transition": _transition,
    "shadow": _shadow,
    "gradient": _gradient,
    "typography": _typography,
}
assert PLAIN.keys() | _COMPOSITE.keys() == TYPES.keys()


def comment(token: ResolvedToken) -> str:
    """A token's description and mark, for a comment."""
    deprecated, description = token[5], token[7] or ""
    if not deprecated:
        return comment_text(description) if description else ""
    return comment_text(marked(description, deprecated))


def marked(description: str, deprecated: bool | str | None) -> str:
    """What is said of a token: its description and, if it has one, its mark."""
    if not deprecated:
        return description
    mark = f"@deprecated {deprecated if isinstance(deprecated, str) else ''}".rstrip()
    return f"{description} {mark}" if description else mark
