"""One copy in memory of what two documents both say: what is equal is then found by identity."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecoder
from typing import Any

Json = dict[str, Any]

_TOKEN = b'{"$type":'
"""How tokens of Figma begin, and nothing else that is often there. No string can hold it: its quotes are escaped."""

_FEW = 8
"""Up to this part of all tokens may differ for texts to be quicker than documents."""


def shared(document: Any, like: Any) -> Any:
    """*document* with the objects of *like* wherever both say the same in the same order."""
    if type(document) is not dict or type(like) is not dict or document is like:
        return document
    if document == like and _text(document) == _text(like):  # == alone takes true for 1, and any order for one
        return like
    if "$value" in document or "$ref" in document:
        return document
    return {name: shared(child, like[name]) if name in like else child for name, child in document.items()}


def _text(document: Json) -> bytes:
    import orjson

    return orjson.dumps(document)


def text_of(document: Any) -> bytes | None:
    """*document* as JSON without white space; ``None`` where a number is too large for that."""
    try:
        return _text(document)
    except TypeError:
        return None


def shared_text(text: bytes, like: Any, like_text: bytes) -> Json | None:
    """What :func:`shared` makes of the document that *text* says, without decoding more than what differs.

    Args:
        text: JSON without white space.
        like: A document.
        like_text: The same as JSON without white space.

    Returns:
        ``None`` where more differs than values of a few tokens.
    """
    if type(like) is not dict:
        return None
    if text == like_text:
        return like
    parts, others = text.split(_TOKEN), like_text.split(_TOKEN)
    if len(parts) != len(others) or parts[0] != others[0]:
        return None
    places = [place for place, part in enumerate(parts) if part != others[place]]
    if len(places) * _FEW > len(parts):
        return None
    seats = list(_seats(like, ()))
    if len(seats) != len(parts) - 1:
        return None
    found: Json = like
    copied: dict[tuple[str, ...], Json] = {}
    for place in places:
        token, rest = _first(parts[place])
        other, other_rest = _first(others[place])
        path, there = seats[place - 1]
        if rest != other_rest or _text(other) != _text(there):  # tokens come or go, or begin otherwise
            return None
        found = _with(found, path, token, copied)
    return found


def _first(part: bytes) -> tuple[Json, str]:
    """The token that begins a part of a text, and what follows it."""
    text = (_TOKEN + part).decode()
    token, end = _DECODER.raw_decode(text)
    return token, text[end:]


_DECODER = JSONDecoder()


def _seats(group: Json, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every token with its path, in the order of the text."""
    for name, node in group.items():
        if type(node) is dict:
            if "$value" in node:
                yield (*path, name), node
            else:
                yield from _seats(node, (*path, name))


def _with(document: Json, path: tuple[str, ...], token: Json, copied: dict[tuple[str, ...], Json]) -> Json:
    """*document* with another token at *path*; groups on the way are copied once."""
    if () not in copied:
        copied[()] = dict(document)
    group = copied[()]
    for length, name in enumerate(path[:-1], 1):
        here = path[:length]
        if here not in copied:
            copied[here] = group[name] = dict(group[name])
        group = copied[here]
    group[path[-1]] = token
    return copied[()]
