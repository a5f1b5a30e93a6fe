"""``alias_depth``: a reference to a reference to a reference is hard to follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...resolve.answers import ResolvedToken
from ..registry import Finding, Options, lint_rule
from ..subject import Subject


@lint_rule(code="DSS701", level="warn", options={"max": 4})
def alias_depth(subject: Subject, options: Options) -> Iterator[Finding]:
    """Aliases whose chain has more than ``max`` steps before a value."""
    most = int(options["max"])
    told: set[str] = set()
    for context in subject.contexts:
        depths: dict[str, int] = {}
        for path, token in context.tokens.items():
            if path in told or token.alias is None:
                continue
            chain = _chain(token, context.tokens, depths)
            if depths[path] > most:
                told.add(path)
                shown = " -> ".join([path, *chain])
                yield Finding(
                    token.token, f"{path} refers over {depths[path]} steps, more than {most}: {shown}",
                    "refer to a token nearer to the value", ("$value",),
                )  # fmt: skip


def _chain(token: ResolvedToken, tokens: Mapping[str, ResolvedToken], depths: dict[str, int]) -> list[str]:
    """The targets of an alias down to the value; notes the depth of each."""
    chain: list[str] = []
    here: ResolvedToken | None = token
    while here is not None and here.alias is not None:
        chain.append(here.alias)
        here = tokens.get(here.alias)
    for number, path in enumerate([token.path, *chain]):
        depths.setdefault(path, len(chain) - number)
    return chain
