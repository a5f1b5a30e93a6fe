"""Who is who in a token folder: a variable is known by its key, then by its id; a style by its key.

Source: reference "figma", 12.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..values.names import segments
from ..variables.layout import RESOLVER
from ..variables.tokens import VENDOR
from .modes import ModeKey

Json = dict[str, Any]
Seat = tuple[str, str]
"""A file and a path in it, names joined with ``.``."""


def identities(
    documents: Mapping[str, Any], modes: Mapping[str, ModeKey], like: Mapping[str, Seat] | None = None
) -> dict[Seat, str]:
    """Where each token of Figma stands -> its identity, the same in every file of one mode.

    Args:
        documents: File -> content.
        modes: File -> mode.
        like: Identity -> where it stood before: of a token that was copied with its marks the original keeps them.
    """
    found: dict[Seat, str] = {}
    owners: dict[str, Seat] = {}
    for name, document in documents.items():
        if name == RESOLVER:
            continue
        mode = modes.get(name)
        start = f"figma:{'/'.join(mode)}#" if mode is not None else f"figma:{name}#"
        for path, identity in _marked(document):
            who, seat = start + identity, (name, path)
            other = owners.get(who)
            if other is not None:
                if like is None or like.get(who) != seat:
                    continue
                del found[other]
            owners[who] = seat
            found[seat] = who
    return found


def _marked(document: object) -> Iterator[tuple[str, str]]:
    """Path and mark of each token that has one. Written for speed: it sees every token."""
    stack: list[tuple[str, Any]] = [("", document)]
    while stack:
        prefix, group = stack.pop()
        for name, node in group.items() if type(group) is dict else ():
            if type(node) is not dict or (name[:1] == "$" and name != "$root"):
                continue
            if "$value" in node or "$ref" in node:
                extensions = node.get("$extensions")
                origin = extensions.get(VENDOR) if type(extensions) is dict else None
                if type(origin) is dict:
                    path = prefix + name
                    mark = origin.get("key") or origin.get("id") or _style(origin, path)
                    if type(mark) is str:
                        yield path, mark
            else:
                stack.append((f"{prefix}{name}.", node))


def mark_of(token: Mapping[str, Any]) -> str | None:
    """The variable or style that a token says it is."""
    extensions = token.get("$extensions")
    origin = extensions.get(VENDOR) if isinstance(extensions, dict) else None
    if not isinstance(origin, dict):
        return None
    mark = origin.get("key") or origin.get("id") or _style(origin, "")
    return mark if isinstance(mark, str) else None


def _style(origin: Json, path: str) -> str | None:
    """A style's key; a grid's tokens are told apart by what follows its name."""
    style = origin.get("style")
    if not isinstance(style, dict) or not isinstance(style.get("key"), str):
        return None
    if style.get("type") != "GRID":
        return f"style:{style['key']}"
    names, parts = segments(str(style.get("name", ""))), path.split(".")
    last = names[-1] if names else ""
    below = parts[-1:] if len(parts) > 1 and parts[-2] == last else parts[-2:]
    return f"style:{style['key']}:{'.'.join(below)}"
