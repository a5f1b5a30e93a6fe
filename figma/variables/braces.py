"""Text in braces would read as a reference, and DTCG has no escape: a blank behind it keeps it text."""

from __future__ import annotations

from typing import Any


def guarded(value: Any) -> Any:
    """*value*, a text or a list of texts, so that nothing in it reads as a reference."""
    if type(value) is list:
        return [guarded(part) for part in value]
    if type(value) is str and value[:1] == "{" and value[-1:] == "}":
        return value + " "
    return value
