"""``JSON.stringify``."""

from __future__ import annotations

from collections.abc import Iterator
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
    return "".join(_pieces(value, "\n"))


def _pieces(value: Any, newline: str) -> Iterator[str]:
    if isinstance(value, str):
        yield quoted(value)
    elif isinstance(value, dict) and value:
        deeper = newline + "  "
        opening = "{" + deeper
        for key, item in value.items():
            if isinstance(item, str):
                yield f"{opening}{quoted(key)}: {quoted(item)}"
            else:
                yield f"{opening}{quoted(key)}: "
                yield from _pieces(item, deeper)
            opening = "," + deeper
        yield newline + "}"
    elif isinstance(value, list) and value:
        deeper = newline + "  "
        opening = "[" + deeper
        for item in value:
            yield opening
            yield from _pieces(item, deeper)
            opening = "," + deeper
        yield newline + "]"
    elif isinstance(value, dict):
        yield "{}"
    elif isinstance(value, list):
        yield "[]"
    else:
        yield _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    written = number_text(value)
    return "null" if written in ("NaN", "Infinity", "-Infinity") else written
