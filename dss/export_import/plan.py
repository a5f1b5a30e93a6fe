"""What an import or a merge would do, as a value: shown by a dry run, and the only thing that can be applied."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from dss_tokens.diagnostics import Diagnostic

from .manifest import Manifest
from .scan import Scan
from .spool import Spooled
from .state_store import KnownState, SourceMark
from .writer import ArchiveWriter

if TYPE_CHECKING:
    from dss_tokens.merge import Change, Conflict

Style = Literal["text", "markdown"]
MOST_CHANGES = 10_000
"""Changes that a plan lists; beyond them it counts."""

_MARKS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """What becomes of one file."""

    path: str
    """Below the project's root, with ``/``."""

    content: Spooled | None
    """``None``: it goes."""

    exists: bool
    """Whether it is there now."""

    @property
    def kind(self) -> str:
        """``added``, ``changed`` or ``removed``."""
        return "removed" if self.content is None else "changed" if self.exists else "added"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A change of the project that was worked out and not made yet. It holds for the scanned state only."""

    operation: str
    """``import``, ``merge`` or ``revert``."""

    strategy: str
    scan: Scan = field(repr=False)
    """The state it starts from."""

    manifest: Manifest = field(repr=False)
    """The state it leads to."""

    members: ArchiveWriter = field(repr=False)
    """Holds the members of :attr:`manifest`."""

    digest: str
    """SHA-256 of the archive's manifest."""

    archive: Manifest = field(repr=False)
    """Of the archive."""

    archive_members: ArchiveWriter | None = field(default=None, repr=False)
    """Holds the members of :attr:`archive` that the store lacks: a merged state is a base of the next merge."""

    files: tuple[FileChange, ...]
    marks: dict[str, SourceMark] = field(repr=False)
    """Which file is which member afterwards."""

    changes: tuple[Change, ...]
    """Tokens, groups and sets that are not as they are now; see :data:`MOST_CHANGES`."""

    counts: Mapping[str, int]
    """Tokens ``added``, ``removed``, ``changed`` and ``moved``."""

    conflicts: tuple[Conflict, ...] = ()
    base: str | None = None
    """The state that both sides come from."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings."""

    lock_text: str | None = field(default=None, repr=False)
    """The new ``dss.lock``, where it changes."""

    lock_digest: str | None = field(default=None, repr=False)
    """SHA-256 of it."""

    is_partial: bool = False
    """Whether what is clear is applied although conflicts are left to decide."""

    heard_of: tuple[KnownState, ...] = field(default=(), repr=False)
    """Earlier states that the archive names."""

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that are left to decide: with any, nothing is applied but what :attr:`is_partial` allows."""
        return tuple(conflict for conflict in self.conflicts if conflict.answer is None)

    @property
    def is_empty(self) -> bool:
        """Whether the project is in the planned state already."""
        return (
            not self.files
            and not self.open_conflicts
            and self.manifest.snapshot == self.scan.head
            and self.lock_text is None
        )

    def to_json(self) -> dict[str, Any]:
        """The form of ``--json``."""
        return {
            "base": self.base,
            "changes": [change.to_json() for change in self.changes],
            "summary": dict(self.counts),
            "files": [{"path": change.path, "change": change.kind} for change in self.files],
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
        }

    def to_text(self, *, markdown: bool = False, limit: int = 200) -> str:
        """For people.

        Args:
            limit: Changes listed one by one; the rest is a count.
        """
        counts = ", ".join(f"{count:,} {kind}" for kind, count in self.counts.items() if count) or "no token changes"
        name = _shown(self.archive.project_name, markdown=markdown)
        lines = [f"## {self.operation.capitalize()} of {name}" if markdown else f"{name}: {counts}"]
        if markdown:
            lines += ["", counts, ""]
        shown = [change for change in self.changes if change.entity == "token"]
        bullet = "- " if markdown else "  "
        lines += [bullet + _line(change, markdown=markdown) for change in shown[:limit]]
        if (more := sum(self.counts.values()) - min(len(shown), limit)) > 0:
            lines.append(f"{bullet}and {more:,} more")
        lines += [bullet + _conflict_line(found, markdown=markdown) for found in self.conflicts[:limit]]
        if (more := len(self.conflicts) - limit) > 0:
            lines.append(f"{bullet}and {more:,} more conflicts")
        lines += [f"{bullet}{_shown(change.path, markdown=markdown)}: {change.kind}" for change in self.files]
        return "\n".join(lines) + "\n"


def _conflict_line(conflict: Conflict, *, markdown: bool) -> str:
    from dss_tokens.merge.conflicts import sentence

    mark = "**conflict** " if markdown else "! "
    decided = f"; decided: {conflict.answer.choose}" if conflict.answer is not None else "; left to decide"
    return f"{mark}{_shown(sentence(conflict, in_few_words), markdown=markdown)}{decided}"


def _shown(text: str, *, markdown: bool, as_code: bool = False) -> str:
    """*text*, which another team wrote: it stays on its line, and marks nothing up."""
    if not markdown:
        return " ".join(text.split())
    from dss_tokens.diff.explain import code, plain

    return code(text) if as_code else plain(text)


_SHOWN = 120


def in_few_words(value: object) -> str:
    """A value of a conflict."""
    text = json.dumps(value, ensure_ascii=False, default=lambda _: "nothing")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _line(change: Change, *, markdown: bool) -> str:
    def name(text: str) -> str:
        return _shown(text, markdown=markdown, as_code=True)

    path = name(change.place.path)
    fields = ", ".join(name(field.field) for field in change.fields)
    before = f" from {name(change.before.path)}" if change.before is not None else ""
    detail = f": {fields}" if fields and change.kind in ("changed", "moved") else ""
    mark = f"**{change.kind}** " if markdown else f"{_MARKS[change.kind]} "
    return f"{mark}{path}{before} ({_shown(change.place.set, markdown=markdown)}){detail}"
