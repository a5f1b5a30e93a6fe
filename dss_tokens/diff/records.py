"""What changed, as data: one record for each token, with everything that is different about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Json = Any

Kind = Literal[
    "removed", "renamed", "retyped", "added", "changed", "realiased", "deprecated", "restored", "described", "extended"
]
"""The gravest thing that happened to a token.

``removed``: gone. ``renamed``: stands under another path. ``retyped``: another ``$type``. ``added``: new. ``changed``:
another value in some context. ``realiased``: refers to another token, its value is as it was. ``deprecated``,
``restored``: marked so, or no more. ``described``: another description. ``extended``: other ``$extensions``.
"""

KINDS: tuple[Kind, ...] = (
    "removed", "renamed", "retyped", "added", "changed", "realiased", "deprecated", "restored", "described", "extended",
)  # fmt: skip

Step = Literal["major", "minor", "patch", "none"]

STEPS: tuple[Step, ...] = ("major", "minor", "patch", "none")
"""From the largest to none."""

DEFAULT = "default"
"""The context of the defaults."""


class Pair(NamedTuple):
    """A property before and after; ``None`` where it was or is not there."""

    before: Json
    after: Json

    def to_json(self) -> dict[str, Json]:
        """As an object."""
        return {"before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenChange:
    """Everything that is different about one token."""

    kind: Kind
    path: str
    """Where it stands now; where it stood, when it is gone."""

    type: str
    was: str | None = None
    """Its path before, when that was another."""

    by: Literal["id", "value"] | None = None
    """How a rename was recognised; by value it is a guess."""

    values: Mapping[str, Pair] = field(default_factory=dict)
    """Context -> resolved value before and after. Contexts that change as :data:`DEFAULT` does are left out."""

    alias: Pair | None = None
    """What it refers to, when that changed and is not just another name of the same token."""

    types: Pair | None = None
    deprecated: Pair | None = None
    description: Pair | None = None
    extensions: tuple[str, ...] = ()
    """The keys of ``$extensions`` that are not as they were."""

    reasons: tuple[str, ...] = ()
    """Why it breaks users; empty when it does not."""

    @property
    def breaking(self) -> bool:
        """Whether code that uses the token has to change."""
        return bool(self.reasons)

    @property
    def step(self) -> Step:
        """The version step it asks for."""
        if self.reasons:
            return "major"
        return "minor" if self.kind in ("added", "changed", "deprecated", "restored") else "patch"

    def to_json(self) -> dict[str, Json]:
        """The record of ``--json``."""
        found: dict[str, Json] = {
            "kind": self.kind, "path": self.path, "type": self.type, "breaking": self.breaking, "step": self.step,
            "reasons": list(self.reasons),
        }  # fmt: skip
        if self.was is not None:
            found |= {"was": self.was, "by": self.by}
        if self.values:
            found["values"] = {context: pair.to_json() for context, pair in self.values.items()}
        for name in ("alias", "types", "deprecated", "description"):
            pair = getattr(self, name)
            if pair is not None:
                found[name] = pair.to_json()
        if self.extensions:
            found["extensions"] = list(self.extensions)
        return found


class GroupRename(NamedTuple):
    """A group whose tokens all moved with it."""

    was: str
    path: str
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Two versions of a token set, compared."""

    changes: tuple[TokenChange, ...]
    """By kind, the gravest first, then by path."""

    groups: tuple[GroupRename, ...] = ()
    contexts_added: tuple[str, ...] = ()
    contexts_removed: tuple[str, ...] = ()

    @property
    def breaking(self) -> bool:
        """Whether users have to change anything."""
        return bool(self.contexts_removed) or any(change.breaking for change in self.changes)

    @property
    def step(self) -> Step:
        """The version step that semantic versioning asks for."""
        found = {change.step for change in self.changes}
        if self.contexts_removed:
            return "major"
        if self.contexts_added:
            found.add("minor")
        return min(found, key=STEPS.index, default="none")

    def counts(self) -> dict[str, int]:
        """Kind -> how many, only those there are."""
        return {kind: count for kind in KINDS if (count := sum(change.kind == kind for change in self.changes))}

    def to_json(self) -> dict[str, Json]:
        """The document of ``--json``, without diagnostics."""
        return {
            "breaking": self.breaking,
            "step": self.step,
            "counts": self.counts(),
            "contexts": {"added": list(self.contexts_added), "removed": list(self.contexts_removed)},
            "groups": [group._asdict() for group in self.groups],
            "changes": [change.to_json() for change in self.changes],
        }


def next_version(version: str, step: Step) -> str | None:
    """The version after *version*; ``None`` where that is no version. Below 1.0.0 a breaking change is a minor step.

    Source: Semantic Versioning 2.0.0, items 4 and 6 to 8.
    """
    start = version.strip().removeprefix("v").partition("+")[0].partition("-")[0].split(".")
    if len(start) != 3 or not all(part.isascii() and part.isdigit() for part in start):
        return None
    major, minor, patch = map(int, start)
    if step == "none":
        return f"{major}.{minor}.{patch}"
    if step == "major" and major:
        return f"{major + 1}.0.0"
    if step in ("major", "minor"):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
