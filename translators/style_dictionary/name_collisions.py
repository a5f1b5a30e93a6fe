"""Tokens of one file that are called alike."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.diagnostics import Diagnostic, Related

from .format import Output
from .rendering import value_text
from .tokens import TokenMap
from .transform import Token

_SHOWN = 20
"""So many tokens of one name are listed with their places."""


def collisions(output: Output, tokens: TokenMap) -> Iterator[Diagnostic]:
    """A fault for each name that several tokens have, at the first of them; *tokens* know their places."""
    listed = output.dictionary.tokens
    if len({token["name"] for token in listed}) == len(listed):
        return
    named: dict[str, list[Token]] = {}
    for token in listed:
        named.setdefault(token["name"], []).append(token)
    yield from (_collision(name, found, output, tokens) for name, found in named.items() if len(found) > 1)


def _collision(name: str, named: list[Token], output: Output, tokens: TokenMap) -> Diagnostic:
    listed = ", ".join(f"{token['key'][1:-1]} ({value_text(output.value(token))})" for token in named)
    first, *others = (_place(token, tokens) for token in named[:_SHOWN])
    return Diagnostic(
        code="DSS363",
        message=f"{output.destination}: the name {name} stands for {len(named)} tokens: {listed}",
        hint="use a name transform that keeps the whole path, or a filter",
        path=first.path,
        file=first.file,
        at=first.at,
        related=tuple(others),
    )


def _place(token: Token, tokens: TokenMap) -> Related:
    key, file = token["key"], token.get("filePath")
    return Related("the other token", key[1:-1], file, at=tokens.place(key, file))
