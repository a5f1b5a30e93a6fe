"""CSS as older tools write it into values: keywords, and references inside a longer text.

An example is ``inset 0 0 0 {border.thin}``. DTCG has no such thing.

Read where the text can be CSS as it stands. Arithmetic outside of a function cannot, and stays an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..regex import lazy
from ..source import Location

if TYPE_CHECKING:
    from .answers import ResolvedToken, Steps
    from .values import Reading

CSS_WIDE_KEYWORDS = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
"""Keywords that stand for a value of any type. Source: CSS Cascade 5, "Explicit Defaulting"."""

REFERENCE = lazy(r"\{([^{}]+)\}")
_FUNCTION = lazy(r"[a-zA-Z-]+\([^()]*\)")
_ARITHMETIC = lazy(r"\*|\s[+/-]\s")
LONGEST = 256 * 1024
"""Characters of a text with everything in place, like any string in a file."""


def embedded(reading: Reading, text: str, keys: Location) -> Steps:
    """*text* with the values of the tokens it names; braces around anything else stay."""
    tokens = reading.evaluation.tokens.tokens
    parts: list[str] = []
    length = 0
    place = 0
    for match in REFERENCE.finditer(text):
        path = match[1].strip()
        if path not in tokens:
            path = path.removesuffix(".value")
        if path not in tokens:
            continue
        target: ResolvedToken = yield from reading.follow(f"{{{path}}}", keys)
        shown = text_of(target.value)
        if shown is None:
            continue
        parts += (text[place : match.start()], shown)
        length += len(parts[-1]) + len(parts[-2])
        if length > LONGEST:
            reading.report("DSS206", f"its references make a text of more than {LONGEST:,} characters", "REF-1", keys)
            return text
        place = match.end()
    if not place:
        return text
    reading.older_form(f'references inside the text "{text[:60]}"', keys)
    return "".join(parts) + text[place:]


def is_css_text(text: str) -> bool:
    """Whether *text*, with its references in place, can be CSS: references, no arithmetic outside of functions."""
    if REFERENCE.search(text) is None:
        return False
    rest = text.strip()
    while (shorter := _FUNCTION.sub("f", rest)) != rest:
        rest = shorter
    return _ARITHMETIC.search(rest) is None


def text_of(value: Any) -> str | None:
    """A simple value as text; ``None`` for composites."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, dict) and value.keys() == {"value", "unit"}:
        return f"{_number(value['value'])}{value['unit']}"
    if isinstance(value, dict) and "colorSpace" in value:
        from ..color import to_hex

        alpha = value.get("alpha", 1)
        return to_hex(value) + ("" if alpha == 1 else f"{int(alpha * 255 + 0.5):02x}")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list) and len(value) == 4 and all(isinstance(item, (int, float)) for item in value):
        return f"cubic-bezier({', '.join(map(_number, value))})"
    return None


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
