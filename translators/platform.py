"""One output: a format, what it is called, which tokens it takes and how they are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What ``[platform.<name>]`` or ``--to`` says, checked and complete."""

    name: str
    format: str
    """A registered name, e.g. ``css/variables``."""

    out: str
    """The file to write, relative; a folder for formats of several files."""

    prefix: str = ""
    references: bool = True
    """Keep aliases as references where the language has them."""

    root_selector: str = ":root"
    selectors: Mapping[str, str] = field(default_factory=dict)
    """``modifier=context`` -> the selector of its block."""

    media: Mapping[str, str] = field(default_factory=dict)
    """``modifier=context`` -> a media query around the block, instead of a selector."""

    options: Mapping[str, Any] = field(default_factory=dict)
