"""A token's comment beside or above its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .ecmascript.values import text, truthy


def with_comment(line: str, comment: Any, formatting: Mapping[str, Any]) -> str:
    """*line* with *comment*.

    Args:
        formatting: ``commentStyle`` (short, long or none), ``commentPosition`` (inline or above) and
            ``indentation``. A comment of several lines stands above.
    """
    style = formatting.get("commentStyle")
    if not truthy(comment) or style == "none":
        return line
    lines = text(comment).split("\n")
    above = formatting.get("commentPosition") == "above" or len(lines) > 1
    written = _written(lines, style, text(formatting.get("indentation", "")), above)
    return f"{written}\n{line}" if above else f"{line} {written}"


def _written(lines: list[str], style: Any, indentation: str, above: bool) -> str:
    if style == "short":
        return "\n".join(f"{indentation}// {line}" for line in lines) if above else f"// {lines[0]}"
    if style != "long":
        return ""
    # A comment must not end before its end: descriptions are other people's text.
    lines = [line.replace("*/", "* /") for line in lines]
    if len(lines) == 1:
        return f"{indentation if above else ''}/** {lines[0]} */"
    inner = "".join(f"{indentation} * {line}\n" for line in lines)
    return f"{indentation}/**\n{inner}{indentation} */"
