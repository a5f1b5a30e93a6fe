"""Patterns of files as shells and Node's ``glob`` read them: braces, and the extended ``!(a)``, ``@(a|b)``, ``+(a)``.

The rest (``*``, ``?``, ``[a-z]``, ``**``) means what it means in :mod:`glob`.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_EXTENDED = re.compile(r"[@!+*?]\(")
_RANGE = re.compile(r"(-?\d+)\.\.(-?\d+)")
_TIMES = {"@": "", "+": "+", "*": "*", "?": "?"}
_CLOSE = {"(": ")", "{": "}"}
_MOST = 4096
"""Patterns that the braces of one may stand for."""


def is_pattern(text: str) -> bool:
    """Whether a source or a part of it has wildcards."""
    return glob.has_magic(text) or "{" in text or _EXTENDED.search(text) is not None


def names(pattern: str, root: Path) -> Iterator[str]:
    """What a pattern without braces finds below *root*, folders too, in no order."""
    if _EXTENDED.search(pattern) is None:
        yield from glob.iglob(pattern, root_dir=root, recursive=True)  # noqa: PTH207 -- has root_dir
        return
    parts = [part for part in pattern.split("/") if part not in ("", ".")]
    yield from _below(root, "/" if pattern.startswith("/") else "", parts)


def _below(root: Path, folder: str, parts: list[str]) -> Iterator[str]:
    if not parts:
        yield folder.removesuffix("/")
        return
    part, *rest = parts
    if not is_pattern(part):
        name = folder + part
        if (root / name).exists():
            yield from _below(root, f"{name}/", rest)
        return
    if part == "**":
        yield from _below(root, folder, rest)
    fits = _expression(part)
    for entry in _entries(root / folder):
        is_hidden = entry.name.startswith(".") and not part.startswith(".")
        if is_hidden or not (part == "**" or fits.fullmatch(entry.name)):
            continue
        name = folder + entry.name
        if entry.is_dir(follow_symlinks=part != "**"):  # a link may lead to a folder around it
            yield from _below(root, f"{name}/", parts if part == "**" else rest)
        elif not rest:
            yield name


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _expression(part: str) -> re.Pattern[str]:
    try:
        return re.compile(_regular(part, ""), re.DOTALL)
    except re.error:  # e.g. [z-a]
        return re.compile(re.escape(part))


def _regular(text: str, after: str) -> str:
    """A part of a pattern as a regular expression; *after* is the expression of what follows it in the name."""
    if not text:
        return ""
    if text[0] in "@!+*?" and text[1:2] == "(" and (end := _end(text, 1)) is not None:
        rest = _regular(text[end + 1 :], after)
        either = "|".join(_regular(one, rest + after) for one in _split(text[2:end], "|"))
        if text[0] == "!":
            return f"(?!(?:{either}){rest}{after}\\Z).*?{rest}"
        return f"(?:{either}){_TIMES[text[0]]}{rest}"
    if text[0] in "*?":
        return (".*" if text[0] == "*" else ".") + _regular(text[1:], after)
    if text[0] == "[" and (closed := text.find("]", 3 if text[1:2] in ("!", "^") else 2)) > 0:
        inner = text[1:closed].replace("\\", "\\\\").replace("[", "\\[")
        inner = f"^{inner[1:]}" if inner[0] == "!" else inner
        return f"[{inner}]" + _regular(text[closed + 1 :], after)
    return re.escape(text[0]) + _regular(text[1:], after)


def _end(text: str, start: int) -> int | None:
    """Where the bracket that opens at *start* closes."""
    opening, closing = text[start], _CLOSE[text[start]]
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == opening) - (text[at] == closing)
        if depth == 0:
            return at
    return None


def _split(text: str, separator: str) -> list[str]:
    """*text* at separators that stand in no brackets."""
    parts = [""]
    depth = 0
    for character in text:
        depth += (character in "({") - (character in ")}")
        if character == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def alternatives(pattern: str) -> list[str]:
    """``a.{json,yaml}`` as ``a.json`` and ``a.yaml``, ``{1..3}`` as numbers, at most 4096; other braces stay."""
    found = [""]
    at = 0
    while at < len(pattern):
        end = _end(pattern, at) if pattern[at] == "{" else None
        parts = [pattern[at]] if end is None else _members(pattern[at + 1 : end])
        found = list(islice((left + right for left in found for right in parts), _MOST))
        at = at + 1 if end is None else end + 1
    return found


def _members(inner: str) -> list[str]:
    """What stands between two braces, one by one."""
    if bounds := _RANGE.fullmatch(inner):
        first, last = int(bounds[1]), int(bounds[2])
        step = 1 if last >= first else -1
        return list(map(str, range(first, last + step, step)[:_MOST]))
    members = _split(inner, ",")
    if len(members) == 1:
        return [f"{{{one}}}" for one in alternatives(inner)]
    return [found for member in members for found in alternatives(member)]
