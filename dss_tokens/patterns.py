"""Patterns over paths of tokens and over files: ``color.**``, ``**.{hover,active}``, ``!**._*.**``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache


def among(patterns: Sequence[str], separator: str) -> Callable[[str], bool]:
    """Whether a text fits one of *patterns* and none of those that begin with ``!``."""
    wanted = [pattern(text, separator) for text in patterns if not text.startswith("!")]
    unwanted = [pattern(text[1:], separator) for text in patterns if text.startswith("!")]

    @cache
    def fits(text: str) -> bool:
        if wanted and not any(one.fullmatch(text) for one in wanted):
            return False
        return not any(one.fullmatch(text) for one in unwanted)

    return fits


@cache
def pattern(text: str, separator: str = ".") -> re.Pattern[str]:
    """A pattern as a regular expression with a group for each wildcard.

    ``*`` stands for anything within a name, ``?`` for one character, ``**`` for any names, also none, ``{a,b}`` for
    either.
    """
    between = re.escape(separator)
    names = _split(text, separator)
    out = ""
    for place, name in enumerate(names):
        last = place == len(names) - 1
        if name != "**":
            out += _within(name, separator) + ("" if last else between)
        elif last:
            out = f"{out.removesuffix(between)}((?:{between}.*)?)" if place else "(.*)"
        else:
            out += f"((?:.*{between})?)"
    return re.compile(out, re.S)


def _split(text: str, separator: str) -> list[str]:
    """*text* at the separators that stand in no braces."""
    names = [""]
    depth = 0
    for character in text:
        depth = max(0, depth + (character == "{") - (character == "}"))
        if character == separator and not depth:
            names.append("")
        else:
            names[-1] += character
    return names


def _within(name: str, separator: str) -> str:
    out = ""
    depth = 0
    for character in name:
        if character == "*":
            out += f"([^{re.escape(separator)}]*)"
        elif character == "?":
            out += f"([^{re.escape(separator)}])"
        elif character == "{":
            out, depth = out + "(?:", depth + 1
        elif character == "}" and depth:
            out, depth = out + ")", depth - 1
        elif character == "," and depth:
            out += "|"
        else:
            out += re.escape(character)
    return out + ")" * depth
