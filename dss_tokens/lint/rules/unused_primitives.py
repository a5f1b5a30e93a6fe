"""``unused_primitives``: raw values that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

from ..patterns import matches
from ..registry import Finding, Options, lint_rule
from ..subject import Subject, is_literal


@lint_rule(code="DSS712", level="off", options={"tokens": ["**"]})
def unused_primitives(subject: Subject, options: Options) -> Iterator[Finding]:
    """Literals at the paths ``tokens`` that no token refers to, in groups where others are referred to.

    Raw values are there to be named by other tokens; a group that none is taken from is no palette.
    """
    wanted = matches(options["tokens"])
    users = subject.users
    palettes = {path.rpartition(".")[0] for path in users}
    for token in subject.authored():
        path = token.path
        if path in users or not wanted(path) or not is_literal(token) or token.deprecated:
            continue
        if path.rpartition(".")[0] in palettes:
            yield Finding(token.token, f"nothing refers to {path}")
