"""``description_required``: a token that nobody explained is used wrongly."""

from __future__ import annotations

from collections.abc import Iterator

from ..patterns import matches
from ..registry import Finding, Options, lint_rule
from ..subject import Subject


@lint_rule(code="DSS706", level="off", options={"tokens": ["**"], "types": []})
def description_required(subject: Subject, options: Options) -> Iterator[Finding]:
    """Tokens at the paths ``tokens``, of the ``types`` if given, without a ``$description``."""
    wanted = matches(options["tokens"])
    types = set(options["types"])
    for token in subject.authored():
        if wanted(token.path) and (not types or token.type in types) and not (token.description or "").strip():
            yield Finding(token.token, f"{token.path} has no description", "say what it is for in $description")
