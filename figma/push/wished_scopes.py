"""Scopes for a variable that a push makes: telling enough that the next pull reads the type again."""

from __future__ import annotations

from typing import Any

from ..records import Collection, Mode, Raw, Variable
from ..variables.scopes import KINDS, infer

_LENGTHS = ["CORNER_RADIUS", "WIDTH_HEIGHT", "GAP", "STROKE_FLOAT"]
_BY_WORDS = (
    ("radius", ["CORNER_RADIUS"]),
    ("font-size", ["FONT_SIZE"]),
    ("letter-spacing", ["LETTER_SPACING"]),
    ("paragraph-spacing", ["PARAGRAPH_SPACING"]),
    ("line-height", ["LINE_HEIGHT"]),
    ("stroke", ["STROKE_FLOAT"]),
    ("border", ["STROKE_FLOAT"]),
    ("gap", ["GAP"]),
    ("spac", ["GAP"]),
    ("size", ["WIDTH_HEIGHT"]),
    ("width", ["WIDTH_HEIGHT"]),
    ("height", ["WIDTH_HEIGHT"]),
)
_BY_TYPE: dict[str, list[list[str]]] = {
    "color": [["ALL_SCOPES"]],
    "number": [["ALL_SCOPES"], ["FONT_VARIATIONS"]],
    "dimension": [["ALL_SCOPES"], _LENGTHS],
    "fontWeight": [["FONT_WEIGHT"]],
    "duration": [[]],
    "fontFamily": [["FONT_FAMILY"]],
    "string": [["TEXT_CONTENT"]],
    "cubicBezier": [[]],
}
_ANCHOR = Collection(id="", name="", modes=(Mode("", ""),), default="")


def wished_scopes(type_: str | None, name: str, resolved: str, literals: list[Raw]) -> list[str] | None:
    """Scopes for a new variable called *name*; ``None``: leave Figma's default."""
    if type_ == "fontWeight" and resolved == "STRING":
        return ["FONT_STYLE"]
    candidates = _BY_TYPE.get(type_ or "")
    if candidates is None:
        return None
    if type_ == "dimension":
        plain = name.casefold().replace("/", "-").replace(" ", "-").replace("_", "-")
        candidates = [scopes for word, scopes in _BY_WORDS if word in plain] + candidates
    for scopes in candidates:
        if _reads_back(type_, name, resolved, scopes, literals):
            return scopes
    return candidates[0]


def _reads_back(type_: str | None, name: str, resolved: str, scopes: list[str], literals: list[Any]) -> bool:
    made = Variable(id="", name=name, collection=_ANCHOR, type=resolved, values={}, scopes=tuple(scopes))
    return infer(made, literals).kind == KINDS.get(type_ or "")
