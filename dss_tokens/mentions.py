"""Every mention of a token or group in authored JSON: found, and renamed, in every syntax.

``{a.b}`` alone or inside a text, ``{a.b.value}`` and ``$a.b`` of older tools, ``{"$ref": "#/a/b/$value/…"}``, and
``$extends`` in both forms. Pointers into other files are left to whoever knows the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from .model import ROOT

Json = Any
Rename = Callable[[str], str | None]
"""Gives the new path of a path, or ``None`` to leave the mention as it is."""

_BRACES = re.compile(r"\{([^{}]+)\}")
_DOLLAR = re.compile(r"\$([^\s{}$]+)")
_OLD_END = ".value"


def mentions(value: Json) -> list[str]:
    """The paths that a value mentions, in the order written, as written; a pointer gives the names before its ``$``."""
    found: list[str] = []
    _collect(value, found)
    return found


def _collect(value: Json, found: list[str]) -> None:
    kind = type(value)
    if kind is str:
        if "{" in value or value[:1] == "$":
            _collect_text(value, found)
    elif kind is dict:
        for key, part in value.items():
            if key == "$ref" and type(part) is str:
                if (path := pointer_path(part)) is not None:
                    found.append(path)
            else:
                _collect(part, found)
    elif kind is list:
        for part in value:
            _collect(part, found)


def _collect_text(text: str, found: list[str]) -> None:
    if "{" in text:
        if text[:1] == "{" and text[-1:] == "}" and text.count("{") == 1:
            found.append(text[1:-1].strip())
        else:
            found.extend(match[1].strip() for match in _BRACES.finditer(text))
    elif match := _DOLLAR.fullmatch(text):
        found.append(match[1])


def pointer_path(pointer: str) -> str | None:
    """The token or group a pointer into the same file leads to or into; ``None`` for other files and the root."""
    if not pointer.startswith("#/"):
        return None
    names = []
    for part in pointer[2:].split("/"):
        name = decoded(part)
        if name[:1] == "$" and name != ROOT:
            break
        names.append(name)
        if name == ROOT:
            break
    return ".".join(names) or None


def decoded(part: str) -> str:
    """A part of a pointer as the name it means (RFC 6901, sections 3 and 6)."""
    return unquote(part).replace("~1", "/").replace("~0", "~") if "~" in part or "%" in part else part


def encoded(name: str) -> str:
    """A name as a part of a pointer; ``%`` is written so that it is not read as an escape."""
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def renamed(value: Json, rename: Rename) -> Json:
    """*value* with its mentions renamed; the same object where nothing changes."""
    kind = type(value)
    if kind is str:
        return _renamed_text(value, rename)
    if kind is dict:
        changed = None
        for key, part in value.items():
            if key == "$ref" and type(part) is str:
                found: Json = renamed_pointer(part, rename)
            elif type(part) is str or type(part) is dict or type(part) is list:
                found = renamed(part, rename)
            else:
                continue
            if found is not part:
                changed = dict(value) if changed is None else changed
                changed[key] = found
        return value if changed is None else changed
    if kind is list:
        parts = [renamed(part, rename) for part in value]
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts
    return value


def _renamed_text(text: str, rename: Rename) -> str:
    if "{" in text:
        found = _BRACES.sub(lambda match: _renamed_braces(match, rename), text)
        return text if found == text else found
    if text[:1] == "$" and (match := _DOLLAR.fullmatch(text)):
        new = rename(match[1])
        return text if new is None else f"${new}"
    return text


def _renamed_braces(match: re.Match[str], rename: Rename) -> str:
    written = match[1]
    path = written.strip()
    new = rename(path)
    if new is None and path.endswith(_OLD_END):
        new = rename(path[: -len(_OLD_END)])
        new = None if new is None else new + _OLD_END
    return match[0] if new is None else "{" + written.replace(path, new, 1) + "}"


def renamed_pointer(pointer: str, rename: Rename) -> str:
    """A pointer with the names before its first ``$`` renamed; what follows is kept."""
    path = pointer_path(pointer)
    if path is None:
        return pointer
    parts = pointer[2:].split("/")
    count = path.count(".") + 1
    new = rename(path)
    if new is None:
        return pointer
    return "/".join(["#", *map(encoded, new.split(".")), *parts[count:]])


def extended_path(reference: Json) -> str | None:
    """The group that ``$extends`` names, in either form."""
    if type(reference) is not str:
        return None
    if reference[:1] == "{" and reference[-1:] == "}":
        return reference[1:-1]
    return pointer_path(reference)


def renamed_extends(reference: Json, rename: Rename) -> Json:
    """``$extends`` with its group renamed."""
    if type(reference) is not str:
        return reference
    return renamed_pointer(reference, rename) if reference.startswith("#/") else _renamed_text(reference, rename)


PROSE = frozenset({"$description", "$deprecated", "$type", "description", "comment", "deprecated", "type"})
"""Members of tokens and groups that are written for people: braces there are no references."""


def renamed_node(node: Json, rename: Rename) -> Json:
    """A token, or a group's properties, with every reference renamed, those kept in ``$extensions`` too."""
    changed = None
    for key, part in node.items():
        if key in PROSE:
            continue
        if key == "$extends":
            found = renamed_extends(part, rename)
        elif key == "$ref":
            found = renamed_pointer(part, rename) if type(part) is str else part
        else:
            found = renamed(part, rename)
        if found is not part:
            changed = dict(node) if changed is None else changed
            changed[key] = found
    return node if changed is None else changed
