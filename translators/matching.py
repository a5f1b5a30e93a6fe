"""Which tokens a filter or a rule is for: patterns over paths, types and files, members, marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from dss_tokens.members import member
from dss_tokens.resolve.evaluation import ResolvedToken

Test = Callable[[ResolvedToken], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Holds for a token when everything that is given does."""

    path: Sequence[str] = ()
    """Patterns over paths; see :func:`pattern`. One that begins with ``!`` excludes."""

    type: Sequence[str] = ()
    file: Sequence[str] = ()
    """Patterns over files, whose names are separated by ``/``."""

    member: Mapping[str, Any] = field(default_factory=dict)
    """Member of the token, e.g. ``$extensions.acme.public`` -> what it has to be."""

    alias: bool | None = None
    deprecated: bool | None = None

    def test(self) -> Test | None:
        """What decides for a token; ``None`` when every token matches."""
        tests: list[Test] = []
        if self.path:
            fits = among(self.path, ".")
            tests.append(lambda token: fits(token.path.removesuffix(".$root")))
        if self.type:
            kinds = among(self.type, ".")
            tests.append(lambda token: kinds(token.type))
        if self.file:
            files = among(tuple(f"{'!' * (p[:1] == '!')}**/{p.removeprefix('!')}" for p in self.file), "/")
            tests.append(lambda token: files(token.token.source.file))
        tests += [_has(name, wanted) for name, wanted in self.member.items()]
        if (alias := self.alias) is not None:
            tests.append(lambda token: (token.alias is not None) == alias)
        if (deprecated := self.deprecated) is not None:
            tests.append(lambda token: bool(token.deprecated) == deprecated)
        if not tests:
            return None
        return tests[0] if len(tests) == 1 else lambda token: all(test(token) for test in tests)


EVERY = Match()
"""Holds for every token."""


def matches_in(table: Mapping[str, Any]) -> Match:
    """What decides on tokens among the keys of a table."""
    known = {f.name for f in fields(Match)}
    return Match(**{key: value for key, value in table.items() if key in known})


def _has(name: str, wanted: Any) -> Test:
    def test(token: ResolvedToken) -> bool:
        found = member(token.token.node, name)
        return bool(found == wanted) and (found is wanted or type(found) is not bool)

    return test


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
    names = text.split(separator)
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
