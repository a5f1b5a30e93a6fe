"""From a token's path to its name in an output, by the rules of a platform."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dss_tokens.model import ROOT
from dss_tokens.naming import CASES, kebab, kebab_name
from dss_tokens.patterns import among, pattern
from dss_tokens.regex import lazy

_UNSAFE = lazy(r"[\x00-,./:-@\[-^`{-\xa0\xab\xbb]+")  # of ASCII all but letters, digits, "-" and "_"


class NameRules(NamedTuple):
    """How names are made. The steps in order: rename, drop, replace, case, prefix."""

    case: str = "kebab"
    """``keep`` leaves the case; else one of :data:`dss_tokens.naming.CASES`."""

    separator: str | None = None
    """Between the names of a path; by default what the case uses."""

    drop: Sequence[str] = ()
    """Patterns of names that are left out."""

    replace: Mapping[str, str] = {}
    """Text in a name -> what stands for it."""

    rename: Mapping[str, str] = {}
    """Pattern of paths -> the path that is spelled instead; its wildcards are filled with what the pattern's found."""

    parts: str | None = None
    """Between a composite's name and that of its part; by default the part is spelled like one more name."""

    def names(self, paths: Iterable[str], prefix_of: Callable[[str], str]) -> dict[str, str]:
        """Path -> name for each of *paths*; *prefix_of* gives the prefix of a path."""
        return {path: self.name(path, prefix_of(path)) for path in paths}

    def name(self, path: str, prefix: str = "") -> str:
        """The name of one path."""
        words = [self._replaced(name) for name in self._kept(self._renamed(path).split("."))]
        if self.case in ("kebab", "keep"):
            separator = "-" if self.separator is None else self.separator
            spell = kebab if self.case == "kebab" else _safe
            spelled = [spell(word) for word in words]
            first = [kebab_name(prefix) if self.case == "kebab" else _safe(prefix)] if prefix else []
            return separator.join([*first, *spelled])
        return CASES[self.case](".".join([prefix, *words] if prefix else words))

    def part(self, name: str, path: str, part: str, prefix: str = "") -> str:
        """The name of a composite's part, e.g. ``fontSize`` of ``heading``."""
        if self.parts is not None:
            return f"{name}{self.parts}{_safe(part) if self.case == 'keep' else kebab(part)}"
        if self.case in ("kebab", "keep"):
            return f"{name}{'-' if self.separator is None else self.separator}{kebab(part)}"
        return self.name(f"{path}.{part}", prefix)

    def _renamed(self, path: str) -> str:
        path = path.removesuffix(f".{ROOT}")
        for written, target in self.rename.items():
            if found := pattern(written).fullmatch(path):
                return _filled(target, iter(found.groups())) or path
        return path

    def _kept(self, names: list[str]) -> list[str]:
        if not self.drop:
            return names
        dropped = among(tuple(self.drop), "\0")
        return [name for name in names if not dropped(name)] or names

    def _replaced(self, name: str) -> str:
        for text, other in self.replace.items():
            name = name.replace(text, other)
        return name


def _filled(target: str, parts: Iterator[str]) -> str:
    """*target* with *parts* in place of its wildcards."""
    text = re.sub(r"\*\*?|\?", lambda _: next(parts, "") or "", target)
    return re.sub(r"\.{2,}", ".", text).strip(".")


@cache
def _safe(name: str) -> str:
    """A name with its case, and ``-`` for what no identifier holds."""
    return _UNSAFE.sub("-", name)


PLAIN = NameRules()
