"""What a pull had to decide: one warning per variable and kind of decision, naming its modes and its id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from dss_tokens.diagnostics import Diagnostic, Severity

from ..records import Variable


class Finding(NamedTuple):
    """A kind of decision."""

    code: str
    severity: Severity
    message: str
    """May use ``{name}`` (variable, id) ``{modes}`` ``{detail}``."""

    hint: str | None = None


MISSING = Finding(
    "DSS423",
    "warning",
    "{name} aliases a variable that is not in the answer in {modes}: the value of the default mode is used",
    "publish or re-link the library variable, or pull its library as well",
)
DROPPED = Finding(
    "DSS424",
    "warning",
    "{name} has no value in {modes} and is left out there",
    "give the variable a value in the default mode, or re-link its alias",
)
CYCLE = Finding(
    "DSS425",
    "warning",
    "{name} leads back to itself in {modes}: the value of the default mode is used",
    "give one variable of the chain a literal value",
)
NO_VALUE = Finding(
    "DSS426",
    "warning",
    "{name} has no usable value in {modes}: the value of the default mode is used",
)
INLINED = Finding(
    "DSS427",
    "info",
    "{name} aliases variables that are not written in {modes}: literals that remember their alias",
    "pull the library as well to keep the references",
)
MODES_DIFFER = Finding(
    "DSS428",
    "warning",
    "in {modes} a reference from {name} would give another value than in Figma: written as literals that "
    "remember their alias",
    "give both collections the same modes, then they share one modifier and the reference stays",
)
TYPES_DIFFER = Finding(
    "DSS429",
    "warning",
    "{name} aliases variables of another type in {modes}: written as literals that remember their alias",
    "give both variables the same scopes, or a rule in [figma] types",
)
RETYPED = Finding(
    "DSS430",
    "warning",
    "{name} takes the type of its target {detail}, because a reference cannot change a type",
    "give both variables the same scopes, or a rule in [figma] types",
)
RATIO = Finding(
    "DSS431",
    "warning",
    "{name} has the opacity scope, which counts in percent, and never exceeds 1 ({detail}): read as a ratio",
    "write percentages in Figma, e.g. 40 for 0.4",
)
RENAMED = Finding(
    "DSS432",
    "warning",
    "{name} holds what a token name may not: written as {detail}",
    "the original name is kept in $extensions and used again when pushing",
)
TRIMMED = Finding("DSS432", "info", "{name} has blanks or empty parts around its slashes: written as {detail}")
RENUMBERED = Finding(
    "DSS433",
    "warning",
    "{name} would have the same path as {detail}: numbered",
    "rename one of them in Figma",
)
UNKNOWN_TYPE = Finding("DSS434", "warning", "{name} is of a type that has no token yet ({detail}): skipped")
ZOMBIE = Finding("DSS435", "warning", "{name} belongs to a collection that is gone ({detail}): skipped")
BRACES = Finding(
    "DSS436",
    "warning",
    "{name} is text in braces in {modes}, which would read as a reference: a blank is added behind it",
    "the original text is kept in $extensions and used again when pushing",
)
COMPOSED = Finding(
    "DSS438",
    "info",
    "{name} joins a colour and an opacity in {modes}: written as one colour, the parts are remembered",
)
OVERRIDE_DROPPED = Finding(
    "DSS424", "warning", "{name} has an override in {modes} that leads nowhere: the parent's value holds"
)


@dataclass(slots=True)
class _Noted:
    variable: Variable
    modes: list[str]


class Findings:
    """Collects decisions; those of one variable are told once, with all modes."""

    __slots__ = ("_noted",)

    def __init__(self) -> None:
        self._noted: dict[tuple[Finding, str, str], _Noted] = {}

    def note(
        self, finding: Finding, variable: Variable, mode: str | None = None, detail: str = "", beside: str = ""
    ) -> None:
        """Record *finding*; *mode* is a mode's name, *beside* what to say about that mode alone."""
        noted = self._noted.setdefault((finding, variable.id, detail), _Noted(variable, []))
        if mode is not None:
            noted.modes.append(f'"{mode}" ({beside})' if beside else f'"{mode}"')

    def diagnostics(self, path: Callable[[str], str | None]) -> list[Diagnostic]:
        """Everything noted, in the order it was met; *path* gives the token path of a variable's id."""
        return [
            Diagnostic(
                code=finding.code,
                severity=finding.severity,
                message=finding.message.format(name=named(noted.variable), modes=", ".join(noted.modes), detail=detail),
                hint=finding.hint,
                path=path(noted.variable.id),
            )
            for (finding, _, detail), noted in self._noted.items()
        ]


def named(variable: Variable) -> str:
    """How a message names a variable: collection, name, id."""
    identity = f" ({variable.figma_id})" if variable.figma_id else ""
    collection = f"{variable.collection.name}: " if variable.collection.name else ""
    return f'"{collection}{variable.name}"{identity}'
