"""``JSON.stringify``."""

from __future__ import annotations

from collections.abc import Callable
from json.encoder import encode_basestring as quoted
from typing import Any

from .numbers import number_text

__all__ = ("compact", "pretty", "quoted")


def compact(value: Any) -> str:
    """``JSON.stringify(value)``: no white space."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{quoted(key)}:{compact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return _scalar(value)


def pretty(value: Any) -> str:
    """``JSON.stringify(value, null, 2)``."""
    if not (isinstance(value, dict | list) and value):
        return compact(value)
    pieces: list[str] = []
    _write(value, "\n", pieces.append)
    return "".join(pieces)


def _write(value: dict[str, Any] | list[Any], newline: str, add: Callable[[str], None]) -> None:
    """*value*, which is not empty, piece by piece."""
    deeper = newline + "  "
    if isinstance(value, dict):
        opening = "{" + deeper
        for key, item in value.items():
            if isinstance(item, str):
                add(f"{opening}{quoted(key)}: {quoted(item)}")
            elif item and isinstance(item, dict | list):
                add(f"{opening}{quoted(key)}: ")
                _write(item, deeper, add)
            else:
                add(f"{opening}{quoted(key)}: {compact(item)}")
            opening = "," + deeper
        add(newline + "}")
        return
    opening = "[" + deeper
    for item in value:
        if isinstance(item, str):
            add(opening + quoted(item))
        elif item and isinstance(item, dict | list):
            add(opening)
            _write(item, deeper, add)
        else:
            add(opening + compact(item))
        opening = "," + deeper
    add(newline + "]")


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    written = number_text(value)
    return "null" if written in ("NaN", "Infinity", "-Infinity") else written
