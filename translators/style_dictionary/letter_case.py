"""Words of a name, and names written in one letter case, as Style Dictionary's ``name/*`` transforms do.

The rules are those of the npm package change-case 5: a capital after a small letter or digit starts a
word, as does the last capital of a row before a small letter; all but letters and digits separates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category

_SMALL_THEN_CAPITAL = re.compile(r"([a-z0-9])([A-Z])")
_CAPITALS_THEN_SMALL = re.compile(r"([A-Z])([A-Z][a-z])")
_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of *name* as they stand, e.g. ``("x2", "Large")`` for ``x2Large``."""
    if not name.isascii():
        return tuple(filter(None, _unicode_words(name)))
    if name.isalnum() and name == name.lower():  # most of them
        return (name,)
    name = _SMALL_THEN_CAPITAL.sub("\\1 \\2", name)
    name = _CAPITALS_THEN_SMALL.sub("\\1 \\2", name)
    return tuple(word for word in _SEPARATORS.split(name) if word)


def _unicode_words(name: str) -> Iterable[str]:
    kinds = [_kind(letter) for letter in name]
    start = 0
    previous_cut = -1
    for at in range(1, len(name)):
        small_then_capital = kinds[at] == "A" and kinds[at - 1] in "a1"
        # The pattern consumes three characters: a capital used as the second one starts no new match.
        last_capital = kinds[at - 1] == kinds[at] == "A" and kinds[at + 1 : at + 2] == ["a"]
        if kinds[at] == "-" or kinds[at - 1] == "-" or small_then_capital or (last_capital and previous_cut != at):
            yield name[start:at] if kinds[at - 1] != "-" else ""
            start = at
            previous_cut = at
    if name and kinds[-1] != "-":
        yield name[start:]


def _kind(letter: str) -> str:
    if letter in "0123456789":
        return "1"
    found = category(letter)
    if found == "Lu":
        return "A"
    if found == "Ll":
        return "a"
    return "L" if found.startswith("L") else "-"


@lru_cache(maxsize=65536)
def _small_words(name: str) -> tuple[str, ...]:
    return tuple(map(str.lower, words(name)))


def joined(parts: Iterable[str], separator: str) -> str:
    """All words of *parts* in small letters, e.g. ``color-brand-500``."""
    return separator.join([word for part in parts for word in _small_words(part)])


def camel(parts: Iterable[str]) -> str:
    """``colorBrand500``: the first word small, each further one with a capital."""
    first, *rest = [word for part in parts for word in words(part)] or [""]
    return first.lower() + "".join(word[0].upper() + word[1:].lower() for word in rest)
