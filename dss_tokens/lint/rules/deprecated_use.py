"""``deprecated_use``: what is on its way out should not be used by what stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...diagnostics import Related
from ...json_equality import same
from ...mentions import mentions, renamed
from ...resolve.answers import ResolvedToken
from ..registry import Finding, Fix, Options, lint_rule
from ..subject import Subject

_SUCCESSOR = re.compile(r"\{([^{}]+)\}")


@lint_rule(code="DSS705", level="warn")
def deprecated_use(subject: Subject, options: Options) -> Iterator[Finding]:
    """Tokens that refer to a deprecated one and are not deprecated themselves.

    Where the deprecation names its successor in braces, and that has the same value, the reference can be replaced.
    """
    for token in subject.authored():
        if token.deprecated:
            continue
        for path in dict.fromkeys(mentions(token.token.value)):
            target = subject.resolved.get(path)
            if target is None or not target.deprecated:
                continue
            why = f": {target.deprecated}" if isinstance(target.deprecated, str) else ""
            related = Related("deprecated here", path, target.token.source.file, at=target.token.at())
            fixes = tuple(_fixes(token, target, subject))
            hint = f"refer to {_successor(target, subject)}" if fixes else None
            message = f"{token.path} refers to {path}, which is deprecated{why}"
            yield Finding(token.token, message, hint, ("$value",), (related,), fixes)


def _successor(target: ResolvedToken, subject: Subject) -> str | None:
    """The one token that a deprecation names, where it is one and has the same value and type."""
    if not isinstance(target.deprecated, str):
        return None
    named = _SUCCESSOR.findall(target.deprecated)
    found = subject.resolved.get(named[0]) if len(named) == 1 else None
    if found is None or found.deprecated or found.type != target.type or not same(found.value, target.value):
        return None
    return found.path


def _fixes(token: ResolvedToken, target: ResolvedToken, subject: Subject) -> Iterator[Fix]:
    successor = _successor(target, subject)
    if successor is None or successor == token.path or "$value" not in token.token.node:
        return
    before = token.token.node["$value"]
    after = renamed(before, lambda path: successor if path == target.path else None)
    if after is not before:
        yield Fix(token.token, ("$value",), before, after)
