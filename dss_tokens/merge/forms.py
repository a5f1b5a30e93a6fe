"""How tokens are spelled in a document: as DTCG has it, or without ``$`` as in the first draft and Style Dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..dtcg.legacy import is_first_draft
from ..model import ROOT

Json = Any


class Form(NamedTuple):
    """The names of a token's members."""

    value: str
    type: str

    def is_token(self, node: Mapping[str, Json], name: str) -> bool:
        """Whether a member of a group is a token; else it is a group."""
        if self.value in node:
            if self.value == "$value":
                return True
            inner = node["value"]  # a token may be called "value"
            return type(inner) is not dict or not ("value" in inner or "$value" in inner) or "type" in node
        if name == ROOT:
            return True
        return "$ref" in node and not any(type(part) is dict and key[:1] != "$" for key, part in node.items())

    def kind(self, node: Mapping[str, Json], inherited: str | None) -> str | None:
        """A token's type in force, given its group's. An alias without its own type has its target's: ``None`` here.

        Source: DTCG Format 2025.10, "Type" (own type, then that of the target, then that of the group).
        """
        own = node.get(self.type)
        if own is not None:
            return own if type(own) is str else None
        value = node.get(self.value)
        if (type(value) is str and value[:1] == "{" and value[-1:] == "}") or "$ref" in node:
            return None
        return inherited


DTCG = Form("$value", "$type")
BARE = Form("value", "type")


def form_of(document: Mapping[str, Json]) -> Form:
    """The form of a whole document."""
    return BARE if is_first_draft(dict(document)) else DTCG
