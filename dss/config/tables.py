"""The tables of ``dss.toml``."""

from __future__ import annotations

from typing import Any, Literal

from .platform import PlatformTable
from .table import (
    Keys,
    Table,
    Wrong,
    choice,
    flag,
    integer,
    one_or_more,
    optional,
    positive,
    table,
    table_of,
    text,
    texts,
)


class ProjectTable(Table):
    """``[project]``."""

    name: str | None = optional(text)
    id: str | None = optional(text)
    sources: tuple[str, ...] = optional(texts, ())
    """Files, folders or globs, relative to dss.toml."""

    resolver: str | None = optional(text)
    """A resolver document instead of sources."""

    dialect: str | None = optional(text)
    """Forces a dialect for every source."""

    filter: tuple[str, ...] = optional(one_or_more, ())
    """Patterns of the paths that are read; ``!`` first leaves out. What is left out is not even resolved."""

    alpha: str | None = optional(text)
    """A member beside ``$value``, or beside a shadow's ``color``, that gives the colour another alpha."""


def _contexts(value: Any, at: Keys, found: list[Wrong]) -> dict[str, tuple[str, ...]]:
    if isinstance(value, list):
        return {name: (name,) for name in texts(value, at, found)}
    read: dict[str, tuple[str, ...]] = table_of(one_or_more)(value, at, found)
    return read


class ModifierTable(Table):
    """``[modifier.<name>]``: a modifier without a resolver document."""

    contexts: dict[str, tuple[str, ...]] = optional(_contexts, {})
    """Context -> the keys under which tokens keep its values, the first that a token has."""

    default: str | None = optional(text)
    """The context of the defaults; else the first one."""

    at: tuple[str, ...] = optional(one_or_more, ())
    """Where a token keeps its values by context: ``$value``, ``$extensions.mode``, ``sets`` …"""

    files: dict[str, tuple[str, ...]] = optional(table_of(one_or_more), {})
    """Context -> further sources, whose tokens replace those of the project's."""

    def fault(self) -> str | None:
        """There is a context, and the default is one."""
        names = [*self.contexts, *(name for name in self.files if name not in self.contexts)]
        if not names:
            return "it names no contexts"
        if self.default is not None and self.default not in names:
            return f"the default {self.default} is none of the contexts {', '.join(names)}"
        return None


class FigmaTable(Table):
    """``[figma]``."""

    file: str | None = optional(text)
    out: str = optional(text, "tokens")
    base_url: str | None = optional(text)
    group_by_collection: Literal["auto"] | bool = optional(choice("auto", or_flag=True), "auto")
    color_profile: Literal["srgb", "display-p3"] = optional(choice("srgb", "display-p3"), "srgb")
    types: dict[str, str] = optional(table_of(text), {})
    """Glob over variable names -> ``$type``; comes before every inference."""

    libraries: dict[str, str] = optional(table_of(text), {})
    """Key of a library's file -> the group its variables are read into."""

    styles: bool = optional(flag, default=False)
    """Pull the file's styles as well."""

    components: bool = optional(flag, default=False)
    """Pull the names of the file's components as well."""

    rem: float = optional(positive, 16.0)
    """What 1 rem is in px, for pushing."""


class StorybookTable(Table):
    """``[storybook]``."""

    out: str = optional(text, "storybook")
    title: str | None = optional(text)


class ArchivesTable(Table):
    """``[archives]``: whose archives are taken in."""

    trusted_keys: tuple[str, ...] = optional(texts, ())
    """Lines of public keys, or files of them relative to dss.toml."""

    require_signature: bool = optional(flag, default=False)


class Config(Table):
    """A whole ``dss.toml``, checked and complete."""

    project: ProjectTable = optional(ProjectTable.read, ProjectTable())
    platform: dict[str, PlatformTable] = optional(table_of(PlatformTable.read), {})
    modifier: dict[str, ModifierTable] = optional(table_of(ModifierTable.read), {})
    figma: FigmaTable = optional(FigmaTable.read, FigmaTable())
    storybook: StorybookTable = optional(StorybookTable.read, StorybookTable())
    archives: ArchivesTable = optional(ArchivesTable.read, ArchivesTable())
    lint: dict[str, Any] = optional(table, {})
    limits: dict[str, int] = optional(table_of(integer), {})
    plugins: tuple[str, ...] = optional(texts, ())
