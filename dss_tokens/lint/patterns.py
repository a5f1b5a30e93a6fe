"""Which paths a configuration means: ``*`` is one name or part of it, ``**`` any number of names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

_PARTS = re.compile(r"\*\*|\*|\?|[^*?]+")


@cache
def pattern(glob: str) -> re.Pattern[str]:
    """A glob over paths as a regular expression.

    ``color.*`` matches ``color.red`` only, ``color.**`` everything in ``color``, ``**.old`` every path that ends so.
    """
    pieces = []
    for part in _PARTS.findall(glob):
        pieces.append({"**": ".*", "*": r"[^.]*", "?": r"[^.]"}.get(part) or re.escape(part))
    return re.compile("".join(pieces).replace(r"\..*", r"(?:\..*)?").replace(r".*\.", r"(?:.*\.)?"))


def matches(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether any of *globs* means a path."""
    found = [pattern(glob) for glob in globs]
    return lambda path: any(one.fullmatch(path) for one in found)
