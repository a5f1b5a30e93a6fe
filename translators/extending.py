"""Groups that extend others, in dialects that have none: their tokens are written out, and marked.

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
    node = noted(dict(token.token.node), "$extensions", "inherited", token.written)
    return token._replace(token=token.token._replace(node=node))


def is_inherited(token: ResolvedToken) -> bool:
    """Whether a token is marked and still what it was."""
    mark = ours(token.token.node, "inherited")
    return mark is not None and same_value(mark, token.written)


def unmarked(token: ResolvedToken) -> ResolvedToken:
    """The token without the mark."""
    if ours(token.token.node, "inherited") is None:
        return token
    return token._replace(token=token.token._replace(node=without_ours(token.token.node, "inherited")))


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
