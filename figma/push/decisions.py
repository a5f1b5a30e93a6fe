"""What a push is asked to do, and what it plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from dss_tokens.diagnostics import Diagnostic

from ..options import PullOptions

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PushOptions:
    """The decisions of one push."""

    pull: PullOptions = field(default_factory=PullOptions)
    """As for pulling: both must read Figma alike."""

    delete: bool = False
    """Delete variables whose tokens were removed since the last pull."""

    overwrite: bool = False
    """Let the files win where both sides changed since the last pull."""

    rem: float = 16.0
    """What 1 rem is in px."""


class Change(NamedTuple):
    """One line of the plan, for people."""

    kind: Literal["create", "update", "rename", "delete", "value", "collection", "mode"]
    name: str
    detail: str = ""


@dataclass(slots=True)
class PushPlan:
    """The entries to post, and everything worth saying. Ids that begin with ``tmp:`` are still to be made."""

    collections: list[Json] = field(default_factory=list)
    modes: list[Json] = field(default_factory=list)
    variables: list[Json] = field(default_factory=list)
    values: list[Json] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    """Changed on both sides since the last pull; not among the entries."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to post."""
        return not (self.collections or self.modes or self.variables or self.values)
