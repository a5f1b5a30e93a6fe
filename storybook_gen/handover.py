"""What the generator is given: resolved tokens as texts, so that a page shows nothing that the stylesheet lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Json = Any


class StoryToken(NamedTuple):
    """One token, its values as CSS writes them."""

    path: str
    """Names from the root down, joined with ``.``."""

    type: str
    name: str
    """Of its custom property, without the dashes."""

    value: str | None
    """CSS text with the default contexts, references replaced; ``None`` where only other contexts have it."""

    values: Mapping[int, str | None] = {}
    """Number of a permutation -> text, only where it differs from the default; ``None`` where there is no value."""

    alias: str | None = None
    """The path it names, when it is an alias."""

    aliases: Mapping[int, str | None] = {}
    """Likewise in other permutations, only where it differs."""

    uses: tuple[str, ...] = ()
    """The paths that parts of its value refer to."""

    description: str = ""
    deprecated: bool | str | None = None
    parts: Json = None
    """The parts of a composite (or what else a sample needs) as texts."""

    parts_in: Mapping[int, Json] = {}
    srgb: str | None = None
    """``#rrggbb`` or ``#rrggbbaa`` in the sRGB gamut, for a colour that is written in another space."""

    srgb_in: Mapping[int, str | None] = {}
    wide: bool = False
    """Outside the sRGB gamut in some context."""

    figma: Mapping[str, Json] | None = None
    """``$extensions["com.figma"]``."""

    contrast_with: tuple[str, ...] = ()
    """Paths of the backgrounds it is declared to stand on: ``$extensions["dss"].contrastWith``."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """A choice the toolbar offers."""

    name: str
    attribute: str
    """Of the elements it holds for, e.g. ``data-theme``."""

    contexts: tuple[str, ...]
    """The default first."""


@dataclass(frozen=True, slots=True)
class Component:
    """A component of the design file with the tokens it uses."""

    name: str
    description: str = ""
    properties: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of its variants: property -> values."""

    tokens: tuple[str, ...] = ()
    """Paths; without any, those of groups of the same name."""

    node: str | None = None
    """Its node in the Figma file, for a link."""


TextPair = tuple[Any, Any]
"""Before and after; ``None`` where there was or is nothing."""


class Change(NamedTuple):
    """One token that differs between two versions."""

    kind: str
    """Of :data:`dss_tokens.diff.records.Kind`."""

    path: str
    type: str = ""
    was: str | None = None
    """Its old path, when that was another."""

    values: tuple[tuple[str, str | None, str | None], ...] = ()
    """Context (empty for the default), CSS text before, after."""

    alias: TextPair | None = None
    types: TextPair | None = None
    deprecated: TextPair | None = None
    description: TextPair | None = None
    reasons: tuple[str, ...] = ()
    """Why it breaks users; empty when it does not."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since another version."""

    since: str
    """How that version is called."""

    changes: tuple[Change, ...]
    step: str = "none"
    """The version step that the changes ask for: ``major``, ``minor``, ``patch``, ``none``."""

    contexts_added: tuple[str, ...] = ()
    contexts_removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """Everything that one generation needs."""

    title: str
    tokens: Sequence[StoryToken]
    css: str
    """The stylesheet: ``:root`` and a block for each context, the default ones included."""

    modifiers: Sequence[Modifier] = ()
    permutations: Sequence[Mapping[str, str]] = ({},)
    """Modifier -> context where it is not the default. The first is the default itself."""

    groups: Mapping[str, str] = field(default_factory=dict)
    """Path -> description of groups that have one."""

    figma_file: str | None = None
    """The key of the Figma file, for links."""

    components: Sequence[Component] = ()
    changes: Changes | None = None
    warnings: Sequence[str] = ()
    """Messages about the input, for the overview."""
