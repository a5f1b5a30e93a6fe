"""What a user may decide about a pull."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PullOptions:
    """The decisions a project can make. The defaults are those of the contract."""

    group_by_collection: Literal["auto"] | bool = "auto"
    """Put tokens below a group named like their collection: where paths would clash, always or never."""

    color_profile: Literal["srgb", "display-p3"] = "srgb"
    """The document's colour profile; answers carry bare numbers in it."""

    type_rules: tuple[tuple[str, str], ...] = ()
    """``(glob, type)`` in order, first match wins, before every other rule. The glob is matched against
    ``collection/variable name``, then against the variable name; the type is a DTCG type, ``string``,
    ``boolean`` or ``percent`` (a number that Figma counts in hundredths)."""

    collection_names: Mapping[str, str] = field(default_factory=dict)
    """Names for the collections of forms that do not carry them: a file's name (or stem) -> collection."""
