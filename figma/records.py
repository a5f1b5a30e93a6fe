"""What every Figma source is read into: collections, modes and variables, values still as Figma writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dss_tokens.diagnostics import Diagnostic

Raw = Any
"""A value as in ``valuesByMode``: boolean, number, string, ``{r,g,b,a}``, alias or composed colour."""

ALIAS: Final = "VARIABLE_ALIAS"


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a collection."""

    id: str
    name: str
    parent: str | None = None
    """The parent collection's mode that an extended collection's mode inherits from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Collection:
    """A variable collection. Source: REST ``GET /v1/files/:key/variables/local``."""

    id: str
    name: str
    key: str | None = None
    modes: tuple[Mode, ...]
    """In the editor's order; never empty."""

    default: str
    """The id of the default mode; one of :attr:`modes`."""

    remote: bool = False
    hidden: bool = False
    order: tuple[str, ...] = ()
    """Ids of its variables in rough editor order."""

    parent: str | None = None
    """The collection that this one extends."""

    overrides: Mapping[str, Mapping[str, Raw]] = field(default_factory=dict)
    """Of an extension: variable id -> mode id -> value."""

    figma_id: str | None = None
    """The id to write into files: ``None`` where the source has none and :attr:`id` only joins the parts."""

    library: str | None = None
    """The name the project gave to the library it comes from; ``None`` for the file itself."""

    mode_of: dict[str, str] = field(init=False, repr=False)
    """Mode name -> mode id; of two modes with one name the first."""

    name_of: dict[str, str] = field(init=False, repr=False)
    """Mode id -> mode name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "mode_of", {mode.name: mode.id for mode in reversed(self.modes)})
        object.__setattr__(self, "name_of", {mode.id: mode.name for mode in self.modes})

    def like(self, mode_name: str) -> str:
        """The mode called *mode_name*, else the default mode: how an alias crosses collections."""
        return self.mode_of.get(mode_name, self.default)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Variable:
    """A variable. Source: REST ``GET /v1/files/:key/variables/local``."""

    id: str
    name: str
    collection: Collection
    type: str
    """``resolvedType``: ``COLOR``, ``FLOAT``, ``STRING`` or ``BOOLEAN``; others are read and skipped later."""

    values: Mapping[str, Raw]
    """Mode id -> value."""

    key: str | None = None
    scopes: tuple[str, ...] | None = None
    """``None`` where the source knows none."""

    code_syntax: Mapping[str, str] | None = None
    description: str = ""
    hidden: bool = False
    remote: bool = False
    deleted: bool = False
    figma_id: str | None = None
    """The id to write into files: ``None`` where the source has none and :attr:`id` only joins the parts."""

    marks: Mapping[str, Any] = field(default_factory=dict)
    """What else the source noted: kept in the extension, never acted on."""

    @property
    def live(self) -> bool:
        """Whether it is written: neither of another library nor deleted."""
        return not (self.remote or self.deleted)


@dataclass(slots=True)
class Payload:
    """Everything one source holds."""

    form: str
    """How it was recognised, e.g. ``rest``, ``native-export``."""

    collections: dict[str, Collection] = field(default_factory=dict)
    """By id, in the source's order."""

    variables: dict[str, Variable] = field(default_factory=dict)
    """By id, in the source's order."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def members(self) -> dict[str, list[Variable]]:
        """Collection id -> its variables in editor order: as listed there, then the rest."""
        found: dict[str, dict[str, Variable]] = {identity: {} for identity in self.collections}
        known = self.variables
        for collection in self.collections.values():
            mine = found[collection.id]
            for identity in collection.order:
                variable = known.get(identity)
                if variable is not None and variable.collection is collection:
                    mine[identity] = variable
        for variable in known.values():
            if variable.collection.id in found:
                found[variable.collection.id].setdefault(variable.id, variable)
        return {identity: list(mine.values()) for identity, mine in found.items()}


def alias_target(value: Raw) -> str | None:
    """The id that *value* aliases; ``None`` when it is no alias."""
    if type(value) is dict and value.get("type") == ALIAS:
        target = value.get("id")
        return target if isinstance(target, str) else ""
    return None


def alias_to(target: str) -> dict[str, str]:
    """The value that aliases *target*."""
    return {"type": ALIAS, "id": target}
