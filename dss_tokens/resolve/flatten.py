"""Several token documents as one. Source: DTCG Resolver 2025.10, "Resolution logic"; contract, section 3."""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics import Diagnostic, Related
from ..model import Group, Parsed, Token, TokenSet, ancestors


def flatten(documents: Iterable[TokenSet], *, report_replaced: bool) -> Parsed:
    """The documents in order: a later token replaces an earlier one whole, groups and their properties are joined.

    Args:
        documents: In the order in which they win, the last one most.
        report_replaced: Warn of every replaced token, naming both places. Within a resolver document replacing is
            the point, so nothing is said there.
    """
    documents = list(documents)
    if len(documents) == 1:
        return Parsed(documents[0], [])
    tokens: dict[str, Token] = {}
    groups: dict[str, Group] = {}
    found: list[Diagnostic] = []
    for document in documents:
        tokens |= document.tokens
    if report_replaced and len(tokens) < sum(len(document.tokens) for document in documents):
        found += _all_replaced(documents)
    for document in documents:
        for path, group in document.groups.items():
            known = groups.get(path)
            if known is None or not known.properties:
                groups[path] = group
            elif group.properties:
                origins = {key: known.source_of(key) for key in known.properties if key not in group.properties}
                groups[path] = Group(path, {**known.properties, **group.properties}, group.source, origins, known.node)
    found += _clashes(documents, tokens, groups)
    return Parsed(TokenSet(tokens, groups, any(document.may_point for document in documents)), found)


def _all_replaced(documents: Iterable[TokenSet]) -> Iterable[Diagnostic]:
    tokens: dict[str, Token] = {}
    for document in documents:
        yield from (_replaced(tokens[path], token) for path, token in document.tokens.items() if path in tokens)
        tokens |= document.tokens


def _replaced(old: Token, new: Token) -> Diagnostic:
    return Diagnostic(
        code="DSS219", severity="warning",
        message=f"{new.path} replaces the token of the same name in {old.source.file}",
        path=new.path, file=new.source.file, at=new.at(),
        related=(Related("replaced token", old.path, old.source.file, at=old.at()),),
    )  # fmt: skip


def _clashes(documents: list[TokenSet], tokens: dict[str, Token], groups: dict[str, Group]) -> Iterable[Diagnostic]:
    """A token in one document, a group of the same name with something in it in another."""
    both = tokens.keys() & groups.keys()
    if not both:
        return
    filled = {parent for token in tokens.values() for parent in (token.parent, *ancestors(token.parent))}
    for path in sorted(both & filled):
        token = tokens[path]
        group = next(d.groups[path] for d in documents if path in d.groups)
        yield Diagnostic(
            code="DSS213", message=f"{path} is a token and, in {group.source.file}, a group", rule="TOK-2", path=path,
            file=token.source.file, at=token.at(), hint=f"move the token to {path}.$root",
            related=(Related("the group", path, group.source.file, at=group.at()),),
        )  # fmt: skip
