"""``duplicate_values``: two literals that say the same should be one, and a reference."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...diagnostics import Related
from ...resolve.answers import ResolvedToken
from ..registry import Finding, Options, lint_rule
from ..subject import Subject, is_literal


@lint_rule(code="DSS707", level="off", options={"types": ["color"]})
def duplicate_values(subject: Subject, options: Options) -> Iterator[Finding]:
    """Literals of the ``types`` whose value another token has already, in the defaults. ``hex`` does not count."""
    types = set(options["types"])
    first: dict[str, ResolvedToken] = {}
    for path, token in subject.permutations.base.tokens.items():
        if (types and token.type not in types) or not is_literal(token):
            continue
        other = first.setdefault(_content(token), token)
        if other is token:
            continue
        related = Related("the same value", other.path, other.token.source.file, at=other.token.at("$value"))
        message = f"{path} has the same value as {other.path}"
        yield Finding(token.token, message, f"refer to {{{other.path}}}", ("$value",), (related,))


def _content(token: ResolvedToken) -> str:
    value = token.value
    if token.type == "color" and isinstance(value, dict):
        value = {key: part for key, part in value.items() if key != "hex"}
        value.setdefault("alpha", 1)
    return json.dumps([token.type, value], sort_keys=True)
