"""The tables of ``dss.toml``."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from .platform import PlatformTable
from .table import Names, OneOrMore, Table


class ProjectTable(Table):
    """``[project]``."""

    name: str | None = None
    id: str | None = None
    sources: Names = ()
    """Files, folders or globs, relative to dss.toml."""

    resolver: str | None = None
    """A resolver document instead of sources."""

    dialect: str | None = None
    """Forces a dialect for every source."""

    filter: OneOrMore = ()
    """Patterns of the paths that are read; ``!`` first leaves out. What is left out is not even resolved."""

    alpha: str | None = None
    """A member beside ``$value``, or beside a shadow's ``color``, that gives the colour another alpha."""


class ModifierTable(Table):
    """``[modifier.<name>]``: a modifier without a resolver document."""

    contexts: dict[str, OneOrMore] = {}
    """Context -> the keys under which tokens keep its values, the first that a token has."""

    default: str | None = None
    """The context of the defaults; else the first one."""

    at: OneOrMore = ()
    """Where a token keeps its values by context: ``$value``, ``$extensions.mode``, ``sets`` …"""

    files: dict[str, OneOrMore] = {}
    """Context -> further sources, whose tokens replace those of the project's."""

    @field_validator("contexts", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        if not all(isinstance(name, str) for name in value):
            raise ValueError("a context is called by a text")
        return {name: (name,) for name in value}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        names = [*self.contexts, *(name for name in self.files if name not in self.contexts)]
        if not names:
            raise ValueError("it names no contexts")
        if self.default is not None and self.default not in names:
            raise ValueError(f"the default {self.default} is none of the contexts {', '.join(names)}")
        return self


class FigmaTable(Table):
    """``[figma]``."""

    file: str | None = None
    out: str = "tokens"
    base_url: str | None = None
    group_by_collection: Literal["auto"] | bool = "auto"
    color_profile: Literal["srgb", "display-p3"] = "srgb"
    types: dict[str, str] = {}
    """Glob over variable names -> ``$type``; comes before every inference."""

    libraries: dict[str, str] = {}
    """Key of a library's file -> the group its variables are read into."""

    styles: bool = False
    """Pull the file's styles as well."""

    components: bool = False
    """Pull the names of the file's components as well."""

    rem: float = Field(default=16.0, gt=0)
    """What 1 rem is in px, for pushing."""


class StorybookTable(Table):
    """``[storybook]``."""

    out: str = "storybook"
    title: str | None = None


class ArchivesTable(Table):
    """``[archives]``: whose archives are taken in."""

    trusted_keys: Names = ()
    """Lines of public keys, or files of them relative to dss.toml."""

    require_signature: bool = False


class Config(Table):
    """A whole ``dss.toml``, checked and complete."""

    project: ProjectTable = ProjectTable()
    platform: dict[str, PlatformTable] = {}
    modifier: dict[str, ModifierTable] = {}
    figma: FigmaTable = FigmaTable()
    storybook: StorybookTable = StorybookTable()
    archives: ArchivesTable = ArchivesTable()
    lint: dict[str, Any] = {}
    limits: dict[str, int] = {}
    plugins: Names = ()
