"""The two reference syntaxes. Source: DTCG Format 2025.10, "Aliases / References"; RFC 6901."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..model import ROOT


class Malformed(NamedTuple):
    """Why a text is no reference."""

    rule: str
    message: str
    hint: str | None = None


Pointer = tuple[str, ...]
"""The decoded parts of a JSON Pointer, e.g. ``("color", "red", "$value", "components", "0")``."""


def is_brace_reference(value: Any) -> bool:
    """Whether a whole string is written in braces."""
    return type(value) is str and value[:1] == "{" and value[-1:] == "}"


def brace_target(text: str) -> str | Malformed:
    """The path that ``{a.b}`` names; names are literal, without escapes (Format, "Curly brace syntax")."""
    path = text[1:-1]
    if "{" in path or "}" in path:
        return Malformed("REF-1", f'"{text[:60]}" is no reference: one pair of braces around the whole string is',
                         "references are not combined, there is no arithmetic")  # fmt: skip
    if not path:
        return Malformed("REF-1", "an empty reference")
    *groups, last = path.split(".")
    if not all(groups) or not last:
        return Malformed("REF-1", f'"{text[:60]}" has an empty name between its dots')
    if any(name[0] == "$" for name in groups) or (last[0] == "$" and last != ROOT):
        return Malformed("REF-3", f"{text[:60]} reaches inside a token; braces name whole tokens",
                         'use a pointer: {"$ref": "#/…/$value/…"}')  # fmt: skip
    return path


def looks_combined(text: str) -> bool:
    """Whether a string holds something like a reference among other text."""
    return "{" in text or "}" in text


def pointer_parts(reference: Any) -> Pointer | Malformed:
    """The parts of ``#/a/b``; ``~1`` and ``~0`` are decoded (RFC 6901, section 4)."""
    if not isinstance(reference, str):
        return Malformed("PTR-6", "$ref is not text", 'a pointer such as "#/color/red"')
    if not reference.startswith("#/"):
        return Malformed("PTR-6", f'the pointer "{reference[:60]}" does not begin with #/', 'e.g. "#/color/red"')
    parts = []
    for part in reference[2:].split("/"):
        if "~" in part:
            decoded = part.replace("~1", "/")
            rest = decoded.replace("~0", "")
            if "~" in rest:
                return Malformed("PTR-3", f'the pointer "{reference[:60]}" has a ~ that is neither ~0 nor ~1')
            part = decoded.replace("~0", "~")
        parts.append(part)
    return tuple(parts)


def percent_decoded(pointer: Pointer) -> Pointer | None:
    """The pointer read as a URI fragment, where that differs."""
    from urllib.parse import unquote

    decoded = tuple(map(unquote, pointer))
    return decoded if decoded != pointer else None


def path_of(pointer: Pointer) -> str:
    """The path of the token or group that a pointer leads to or into."""
    names = []
    for part in pointer:
        if part[:1] == "$" and part != ROOT:
            break
        names.append(part)
    return ".".join(names)


def is_pointer(value: Any) -> bool:
    """Whether a value is a pointer object."""
    return type(value) is dict and "$ref" in value


def array_index(part: str, length: int) -> int | None:
    """The index a pointer part means in an array: no sign, no leading zero, in range (RFC 6901, section 4)."""
    if not part.isascii() or not part.isdigit() or (part[0] == "0" and part != "0") or len(part) > 9:
        return None
    return int(part) if int(part) < length else None


def text_of(pointer: Pointer) -> str:
    """A pointer as written."""
    return "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in pointer)
