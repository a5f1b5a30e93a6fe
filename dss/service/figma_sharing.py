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
    count = text.count(_TOKEN)
    if count != like_text.count(_TOKEN):
        return None
    found: Json = like
    copied: dict[tuple[str, ...], Json] = {}
    seats: list[tuple[tuple[str, ...], str, Json]] = []
    for number, (place, part, other_part) in enumerate(_differing(text, like_text), 1):
        if not seats:
            _seats(like, (), seats)
        if number * _FEW > count or not place or len(seats) != count:
            return None
        token, rest = _first(part)
        other, other_rest = _first(other_part)
        path, name, there = seats[place - 1]
        if rest != other_rest or _text(other) != _text(there):  # tokens come or go, or begin otherwise
            return None
        found = _with(found, (*path, name), token, copied)
    return found


def _differing(text: bytes, other: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The tokens that differ: place, counted from 1, and what stands up to the next token in either text.

    Place 0: they differ before the first token, or one ends before the other.
    """
    at = there = place = 0
    length = len(_TOKEN)
    while at < len(text) or there < len(other):
        same = _common(text, at, other, there)
        if at + same == len(text) and there + same == len(other):
            return
        start = text.rfind(_TOKEN, at, at + same)
        if start < 0:
            yield 0, b"", b""
            return
        place += text.count(_TOKEN, at, start + length)
        begin, there = start + length, there + start - at + length
        at, end = text.find(_TOKEN, begin), other.find(_TOKEN, there)
        at, end = len(text) if at < 0 else at, len(other) if end < 0 else end
        yield place, text[begin:at], other[there:end]
        there = end


_BLOCK = 65536


def _common(one: bytes, at: int, other: bytes, there: int) -> int:
    """How many bytes are the same from *at* and from *there* on."""
    done, most = 0, min(len(one) - at, len(other) - there)
    while done < most:
        size = min(_BLOCK, most - done)
        if one[at + done : at + done + size] == other[there + done : there + done + size]:
            done += size
            continue
        while size > 1:
            half = size // 2
            if one[at + done : at + done + half] == other[there + done : there + done + half]:
                done, size = done + half, size - half
            else:
                size = half
        break
    return done


def _first(part: bytes) -> tuple[Json, str]:
    """The token that begins a part of a text, and what follows it."""
    text = (_TOKEN + part).decode()
    token, end = _DECODER.raw_decode(text)
    return token, text[end:]


_DECODER = JSONDecoder()


def _seats(group: Json, path: tuple[str, ...], found: list[tuple[tuple[str, ...], str, Json]]) -> None:
    """Adds every token, in the order of the text, with its group's path and its name."""
    for name, node in group.items():
        if type(node) is dict:
            if "$value" in node:
                found.append((path, name, node))
            else:
                _seats(node, (*path, name), found)


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
