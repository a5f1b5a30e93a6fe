"""Tokens that are written out for dialects that lack what gives them: extended groups, expressions. Each is marked.

A mark counts only while the value beside it is not edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken

from .css_parts import same_value
from .keeping import noted
from .outline import ours, without_ours

Json = Any


def marked_as_inherited(token: ResolvedToken) -> ResolvedToken:
    """A token that says that it is a group's only because another group has it."""
    return _marked(token, "inherited")


def marked_as_computed(token: ResolvedToken) -> ResolvedToken:
    """A token that says that it is what an expression comes to in a context."""
    return _marked(token, "computed")


def is_inherited(token: ResolvedToken) -> bool:
    """Whether a token is in a group only because of another group, and still what it was."""
    return _is_marked(token, "inherited")


def is_computed(token: ResolvedToken) -> bool:
    """Whether a token is only what an expression comes to in a context, and still what it was."""
    return _is_marked(token, "computed")


def unmarked(token: ResolvedToken) -> ResolvedToken:
    """The token without marks."""
    node = without_ours(token.token.node, "inherited", "computed")
    return token._replace(token=token.token._replace(node=node)) if node != token.token.node else token


def _marked(token: ResolvedToken, mark: str) -> ResolvedToken:
    node = noted(dict(token.token.node), "$extensions", mark, token.written)
    return token._replace(token=token.token._replace(node=node))


def _is_marked(token: ResolvedToken, mark: str) -> bool:
    found = ours(token.token.node, mark)
    return found is not None and same_value(found, token.written)


def noted_group(properties: Mapping[str, Json]) -> Mapping[str, Json]:
    """A group's properties with what it extends as a note."""
    if "$extends" not in properties:
        return properties
    rest = {key: part for key, part in properties.items() if key != "$extends"}
    return noted(rest, "$extensions", "extends", properties["$extends"])


def extending_group(properties: Mapping[str, Json]) -> Mapping[str, Json]:
    """The properties of a group as DTCG has them."""
    target = ours(properties, "extends")
    if not isinstance(target, str):
        return properties
    return {**without_ours(properties, "extends"), "$extends": target}
