"""Conflicts as data: what both sides did, and what was decided. They can be saved, edited and given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, Protocol

from ..diagnostics import Diagnostic
from ..errors import ConflictError, InputError
from ..json_equality import ABSENT
from .clock import Stamp
from .revisions import digest

Json = Any

Kind = Literal[
    "both_modified", "delete_modify", "rename_rename", "move_cycle", "type_change", "add_add",
    "alias_target_deleted", "alias_cycle", "context_removed",
]  # fmt: skip

SideName = Literal["local", "remote"]
Choose = Literal["local", "remote", "base", "value"]


class Answer(NamedTuple):
    """How a conflict is decided."""

    choose: Choose
    value: Json = None
    """The value itself, for ``choose="value"``."""

    warning: str | None = None
    """Why the choice may be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two changes that cannot both hold."""

    kind: Kind
    entity: Literal["token", "group", "set", "document"]
    id: str
    set: str
    path: str
    """Where it stands locally; remotely, where it is not there locally."""

    field: str
    """What of it: ``name``, ``parent``, ``$value``, ``$extensions.KEY`` …; ``""`` for all of it."""

    base: Json = ABSENT
    local: Json = ABSENT
    remote: Json = ABSENT
    stamps: tuple[Stamp | None, Stamp | None] = (None, None)
    """When the two sides were changed: local, remote."""

    target: str | None = None
    """The other token that is involved: the alias' target, or the other end of a ring."""

    answer: Answer | None = None
    """``None``: left to decide."""

    @property
    def revision(self) -> str:
        """A digest of the three states: a decision holds for these only."""
        return digest([self.kind, self.field, *map(_written, (self.base, self.local, self.remote))])

    def revisions(self) -> tuple[str, str]:
        """Digests of the local and the remote value: they break ties alike on both replicas."""
        return digest(_written(self.local)), digest(_written(self.remote))

    def to_json(self) -> dict[str, Json]:
        """The form that is saved. A side without a value has no member; ``choose`` is to be filled in."""
        found: dict[str, Json] = {
            "kind": self.kind, "entity": self.entity, "id": self.id, "set": self.set, "path": self.path,
            "field": self.field,
        }  # fmt: skip
        found |= {name: value for name in _SIDES if (value := getattr(self, name)) is not ABSENT}
        found["target"] = self.target
        local, remote = self.stamps
        found["stamps"] = {"local": str(local) if local else None, "remote": str(remote) if remote else None}
        found["revision"] = self.revision
        found["choose"] = self.answer.choose if self.answer else None
        if self.answer and self.answer.choose == "value":
            found["value"] = self.answer.value
        return found


_SIDES = ("base", "local", "remote")


def _written(value: Json) -> list[Json]:
    return [] if value is ABSENT else [value]


class MergeStrategy(Protocol):
    """Decides conflicts one by one. Pure: the same conflict gives the same answer on every machine."""

    def __call__(self, conflict: Conflict, /) -> Answer | None:
        """The decision, or ``None`` to leave it open."""
        ...


class Resolution(NamedTuple):
    """A decision made before, by a person."""

    answer: Answer
    revision: str
    """Of the conflict it was made for."""


Resolutions = Mapping[tuple[str, str], Resolution]
"""(id, field) -> decision."""


def read_resolutions(document: Json) -> dict[tuple[str, str], Resolution]:
    """The decisions in a saved list of conflicts, those with ``choose`` filled in.

    Raises:
        InputError: It has another shape.
    """
    conflicts = document.get("conflicts") if isinstance(document, dict) else document
    if not isinstance(conflicts, list):
        raise InputError(_malformed('decisions are a list, or an object with the list "conflicts"'))
    found: dict[tuple[str, str], Resolution] = {}
    for number, entry in enumerate(conflicts):
        if not isinstance(entry, dict) or not all(
            isinstance(entry.get(key), str) for key in ("id", "field", "revision")
        ):
            raise InputError(_malformed(f"decision {number + 1} lacks its id, field or revision"))
        choose = entry.get("choose")
        if choose is None:
            continue
        if choose not in ("local", "remote", "base", "value") or (choose == "value" and "value" not in entry):
            hint = '"local", "remote", "base", or "value" with the value beside it'
            raise InputError(
                replace(_malformed(f"decision {number + 1} chooses nothing that can be chosen"), hint=hint)
            )
        found[entry["id"], entry["field"]] = Resolution(Answer(choose, entry.get("value")), entry["revision"])
    return found


def _malformed(message: str) -> Diagnostic:
    return Diagnostic(code="DSS695", message=message)


class RevisionMovedError(InputError):
    """A decision was made for states that are no longer there."""


class Decisions:
    """Asks resolutions first, then the strategy, and keeps the record."""

    def __init__(self, strategy: MergeStrategy, resolutions: Resolutions) -> None:
        self.strategy = strategy
        self.resolutions = resolutions
        self.conflicts: list[Conflict] = []

    def decide(self, conflict: Conflict) -> Answer | None:
        """The answer to *conflict*, recorded.

        Raises:
            RevisionMovedError: A resolution for it names other states.
        """
        known = self.resolutions.get((conflict.id, conflict.field))
        if known is None:
            answer = self.strategy(conflict)
        elif known.revision != conflict.revision:
            raise RevisionMovedError(_moved(conflict))
        else:
            answer = known.answer
        self.conflicts.append(replace(conflict, answer=answer))
        return answer

    def quietly(self, conflict: Conflict) -> Answer | None:
        """What the strategy would say, for what is no conflict to a person, such as the order of members."""
        return self.strategy(conflict)


def _moved(conflict: Conflict) -> Diagnostic:
    return Diagnostic(
        code="DSS683",
        message=f"the decision on {conflict.field or 'all'} of {conflict.path} was made for other values",
        path=conflict.path,
        hint="list the conflicts again and decide anew",
    )


class MergeConflictError(ConflictError):
    """Conflicts are left to decide; they are listed as diagnostics and as data."""

    def __init__(self, conflicts: list[Conflict], *, hint: str | None = None) -> None:
        self.conflicts = conflicts
        super().__init__(*(diagnostic(conflict, hint) for conflict in conflicts))


def diagnostic(conflict: Conflict, hint: str | None = None, *, show: Callable[[Json], str] = repr) -> Diagnostic:
    """A conflict for a person. *show* writes a value in few words."""
    return Diagnostic(code="DSS690", message=sentence(conflict, show), path=conflict.path, file=conflict.set, hint=hint)


def sentence(conflict: Conflict, show: Callable[[Json], str]) -> str:
    """What happened, in words."""
    path, field, target = conflict.path or conflict.set, conflict.field, conflict.target
    local, remote = (show(value) for value in (conflict.local, conflict.remote))
    if conflict.kind in ("delete_modify", "context_removed") and conflict.field == "":
        deleted, changed = ("local", "remote") if conflict.local is ABSENT else ("remote", "local")
        return f"{path} was deleted on the {deleted} side and changed on the {changed} one"
    if conflict.kind == "rename_rename":
        what = "renamed" if field == "name" else "moved"
        return f"{path} was {what} on both sides: {local} locally, {remote} remotely"
    if conflict.kind == "move_cycle":
        return f"{path} and {target} were moved into each other"
    if conflict.kind == "alias_target_deleted" and ABSENT not in (conflict.local, conflict.remote):
        return f"{path} refers to {target}, which is left in {local} locally, in {remote} remotely, and in none of both"
    if conflict.kind == "alias_target_deleted":
        user, deleter = ("local", "remote") if conflict.remote is ABSENT else ("remote", "local")
        return f"{path} refers to {target} on the {user} side, which was deleted on the {deleter} one"
    if conflict.kind == "alias_cycle":
        return f"the references of both sides together make a ring: {target}"
    if conflict.kind == "add_add" and field == "":
        return f"both sides have a new {path}: {local} locally, {remote} remotely"
    verb = "added" if conflict.kind == "add_add" else "changed"
    return f"{field} of {path} was {verb} on both sides: {local} locally, {remote} remotely"
