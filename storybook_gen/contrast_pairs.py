"""Which colours stand on which: declared pairs first, then what names suggest, marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dss_tokens.naming import words

from .handover import StoryToken

_CANVAS = ("canvas", "page", "default", "base", "primary", "background", "bg", "surface", "body", "paper", "0", "1")
_TEXT_NAMES = ("text", "fg", "foreground", "content", "label", "icon")
_SURFACE_NAMES = ("surface", "bg", "background", "subtle", "container", "fill")
_SOLID_NAMES = ("solid", "emphasis", "strong", "default", "bg", "background", "surface", "fill", "rest")
MOST_GUESSES = 400


class Pair(NamedTuple):
    """A foreground on a background."""

    foreground: str
    background: str
    declared: bool


def canvas_of(tokens: Sequence[StoryToken], roles: Mapping[str, str]) -> str | None:
    """The path of the colour that the page itself most likely has."""
    best: tuple[int, int, int] | None = None
    found = None
    for place, token in enumerate(tokens):
        if roles.get(token.path) != "surface" or token.value is None:
            continue
        names = [word.lower() for name in token.path.split(".") for word in words(name)]
        rank = _CANVAS.index(names[-1]) if names[-1] in _CANVAS else len(_CANVAS)
        key = (rank, len(names), place)
        if rank < len(_CANVAS) and (best is None or key < best):
            best, found = key, token.path
    return found


def ink_of(tokens: Sequence[StoryToken], roles: Mapping[str, str]) -> str | None:
    """The path of the colour that body text most likely has."""
    wanted = ("default", "primary", "base", "body", "1", "text", "fg", "foreground", "on", "ink", "strong")
    best: tuple[int, int, int] | None = None
    found = None
    for place, token in enumerate(tokens):
        if roles.get(token.path) != "text" or token.value is None:
            continue
        names = [word.lower() for name in token.path.split(".") for word in words(name)]
        rank = wanted.index(names[-1]) if names[-1] in wanted else len(wanted)
        if rank < len(wanted) and (best is None or (rank, len(names), place) < best):
            best, found = (rank, len(names), place), token.path
    return found


def pairs(tokens: Sequence[StoryToken], roles: Mapping[str, str], canvas: str | None) -> list[Pair]:
    """Declared pairs, then likely ones; no pair twice."""
    colors = {token.path: token for token in tokens if token.type == "color"}
    found: dict[tuple[str, str], Pair] = {}
    for token in colors.values():
        for background in token.contrast_with:
            if background in colors:
                found[token.path, background] = Pair(token.path, background, True)
    for path in colors:
        if len(found) >= MOST_GUESSES:
            break
        for foreground, background in _guesses(path, colors, roles, canvas):
            found.setdefault((foreground, background), Pair(foreground, background, False))
    return list(found.values())


def _guesses(
    path: str, colors: Mapping[str, StoryToken], roles: Mapping[str, str], canvas: str | None
) -> Iterable[tuple[str, str]]:
    """``x.on-solid`` on ``x.solid``; ``x.text`` on ``x.surface``; other text on the canvas."""
    parent, _, name = path.rpartition(".")
    role = roles.get(path, "")
    group = [word.lower() for word in words(name)]
    lead = f"{parent}." if parent else ""
    if group[0] == "on" and len(group) > 1:
        rest = "-".join(group[1:])
        for candidate in (f"{lead}{rest}", *(f"{rest}.{end}" for end in _SOLID_NAMES)):
            if candidate in colors and candidate != path:
                yield path, candidate
                return
        return
    if "inverse" in group or "disabled" in group or role not in ("text", "icon"):
        return
    if name.lower() in _TEXT_NAMES:
        for end in _SURFACE_NAMES:
            if f"{lead}{end}" in colors and f"{lead}{end}" != path:
                yield path, f"{lead}{end}"
                return
    if canvas is not None and canvas != path:
        yield path, canvas
