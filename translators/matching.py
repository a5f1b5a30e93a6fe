"""Which tokens a filter or a rule is for: patterns over paths, types and files, members, marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dss_tokens.members import member
from dss_tokens.patterns import among
from dss_tokens.resolve.answers import ResolvedToken

Test = Callable[[ResolvedToken], bool]


class Match(NamedTuple):
    """Holds for a token when everything that is given does."""

    path: Sequence[str] = ()
    """Patterns over paths; see :mod:`dss_tokens.patterns`. One that begins with ``!`` excludes."""

    type: Sequence[str] = ()
    file: Sequence[str] = ()
    """Patterns over files, whose names are separated by ``/``."""

    member: Mapping[str, Any] = {}
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
    return Match(**{key: value for key, value in table.items() if key in Match._fields})


def _has(name: str, wanted: Any) -> Test:
    def test(token: ResolvedToken) -> bool:
        found = member(token.token.node, name)
        return bool(found == wanted) and (found is wanted or type(found) is not bool)

    return test
