"""Both sides of a push: the files, what a pull of the fresh answer would write, and the files as they were."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property
from typing import Any

from dss_tokens.diagnostics import Diagnostic, Severity

from ..forms import rest
from ..reader import pull
from ..records import Payload, Raw, alias_to
from ..variables.graph import entangled
from ..variables.library import with_libraries
from ..variables.raw import RESOLVED_TYPES, Notation, Written, to_figma
from .decisions import Change, Json, PushOptions, PushPlan
from .table import Cell, Path, Table, read_table
from .targets import Alias, Broken, Foreign, referred, resolved_type, type_of


class Sides:
    """Everything the steps of planning look at, and the plan they fill."""

    def __init__(
        self,
        files: Mapping[str, Any],
        fresh: object,
        base: Mapping[str, Any] | None,
        options: PushOptions,
        libraries: Mapping[str, object],
    ) -> None:
        """For the arguments see :func:`figma.push.plan.plan_push`."""
        self.options, self.plan = options, PushPlan()
        self.payload: Payload = rest.read(fresh)
        self.index = _index(self.payload)
        others = {name: rest.read(answer) for name, answer in libraries.items()}
        self.theirs = read_table(pull(with_libraries(self.payload, others), options.pull).files, self.known)
        self.copies = {v.key: i for i, v in self.payload.variables.items() if v.remote and v.key}
        """Key -> id of the variables of other libraries that this file uses already; no others can be aliased."""

        self.ours = read_table(files, self.known, self.theirs)
        self.base = read_table(base, self.known, self.theirs) if base is not None else None
        self.notation = Notation(options.pull.color_profile, options.rem)
        self.existing = {identity: variable.type for identity, variable in self.payload.variables.items()}
        self.groups: dict[str, str | None] = {}
        """Collection -> the group that a pull puts its tokens below, as far as it was asked for."""

        self.gone: set[str] = set()
        """Modes that the file does not have any more."""

        self.made: dict[str, str] = {}
        """Place of a new collection, mode or variable -> temporary id."""

    @cached_property
    def entangled(self) -> Container[str]:
        """Rows that some circle of references goes through, in whatever modes: Figma takes none."""
        edges: dict[str, list[str]] = {}
        for key, row in self.ours.rows.items():
            targets = [target.row for cell in row.cells.values()
                       if isinstance(target := referred(cell.value, self.ours), Alias)]  # fmt: skip
            if targets:
                edges[key] = list(dict.fromkeys(targets))
        return entangled(edges)

    def known(self, origin: Json, collection: str) -> str | None:
        """The id of the live variable that an extension means."""
        for mark in (origin.get("key"), origin.get("id"), (collection, origin.get("name"))):
            if mark in self.index:
                return self.index[mark]
        return None

    def say(
        self,
        code: str,
        message: str,
        severity: Severity,
        cell: Cell | None = None,
        path: Path | None = None,
        *,
        hint: str | None = None,
        file: str | None = None,
    ) -> None:
        """Add a diagnostic to the plan."""
        self.plan.diagnostics.append(
            Diagnostic(
                code=code,
                severity=severity,
                message=message,
                hint=hint,
                path=".".join(path) if path else None,
                file=file or (cell.file if cell else None),
            )
        )

    def written(self, cell: Cell, mode: str, key: str, resolved: str) -> Written:
        """The value of *cell* for Figma: an alias or a literal."""
        target = referred(cell.value, self.ours)
        if isinstance(target, Broken):
            return Written(None, target.why)
        if target is None:
            return self.literal(cell, mode, self.ours, resolved)
        if isinstance(target, Foreign):
            return self._copy(target, resolved)
        if target.row == key or (key in self.entangled and target.row in self.entangled):
            return Written(None, "it refers to itself" + (" in a circle" if target.row != key else ""))
        row = self.ours.rows[target.row]
        theirs = self.existing.get(target.row) or resolved_type(row, self.ours, self.existing)
        if theirs != resolved:
            return Written(None, f"it refers to a variable of another Figma type ({theirs}, not {resolved})")
        own = cell.token.get("$type")
        if own is not None and own != "fontWeight" and RESOLVED_TYPES.get(str(own)) != resolved:
            return Written(None, f"its type {own} is not that of its target")
        if target.row not in self.existing and target.row not in self.made:
            return Written(None, f"{'.'.join(row.path)} is not in Figma")
        return Written(alias_to(self.made.get(target.row, target.row)))

    def _copy(self, target: Foreign, resolved: str) -> Written:
        """The alias of another library's variable."""
        identity = self.copies.get(target.key)
        if identity is None:
            return Written(None, "it refers to a library's variable that this file does not use yet: use it there once")
        if self.existing[identity] != resolved:
            return Written(None, "it refers to a library's variable of another Figma type")
        return Written(alias_to(identity))

    def literal(self, cell: Cell, mode: str, table: Table, resolved: str) -> Written:
        """The literal value of *cell* for Figma."""
        return to_figma(type_of(cell, mode, table), cell.value, resolved, cell.origin, self.notation)

    def value(self, key: str, mode: str, value: Raw) -> None:
        """Add one entry of ``variableModeValues`` to the plan."""
        variable, at = self.made.get(key, key), self.made.get(mode, mode)
        self.plan.values.append({"variableId": variable, "modeId": at, "value": value})
        if key in self.existing:
            self.plan.changes.append(Change("value", self.payload.variables[key].name, at))


def _index(payload: Payload) -> dict[Any, str]:
    """What identifies a live variable -> its id."""
    found: dict[Any, str] = {}
    for identity, variable in payload.variables.items():
        if variable.live:
            for mark in (variable.key, identity, (variable.collection.name, variable.name)):
                if mark is not None:
                    found.setdefault(mark, identity)
    return found
