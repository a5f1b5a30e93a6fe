"""``min_font_size``: text that is too small to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..patterns import matches
from ..registry import Finding, Options, lint_rule
from ..subject import Subject


@lint_rule(code="DSS709", level="off", options={"min": 12, "rem": 16, "tokens": ["**.font-size.**", "**.fontSize.**"]})
def min_font_size(subject: Subject, options: Options) -> Iterator[Finding]:
    """Font sizes below ``min`` px: of typography tokens, and of dimensions at ``tokens``; 1 rem is ``rem`` px."""
    sizes = matches(options["tokens"])
    least, rem = float(options["min"]), float(options["rem"])
    for token in subject.authored():
        keys: tuple[str, ...] = ("$value",)
        if token.type == "typography" and isinstance(token.value, dict):
            size, keys = token.value.get("fontSize"), ("$value", "fontSize")
        elif token.type == "dimension" and sizes(token.path):
            size = token.value
        else:
            continue
        pixels = _pixels(size, rem)
        if pixels is not None and pixels < least:
            yield Finding(token.token, f"{token.path} is {pixels:g}px, smaller than {least:g}px", None, keys)


def _pixels(size: Any, rem: float) -> float | None:
    if not isinstance(size, Mapping) or not isinstance(size.get("value"), (int, float)):
        return None
    value = float(size["value"])
    return value if size.get("unit") == "px" else value * rem if size.get("unit") == "rem" else None
