"""Formats by name. A format is a function in a module of :mod:`translators.formats`; adding the file registers it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from dss_tokens.output import OutputFile
from dss_tokens.registry import Registry

from .platform import Transform
from .rendering import Rendering


class Format(Protocol):
    """Writes tokens as files of one language.

    Pure: no disk, clock, locale or environment. Equal input gives equal bytes anywhere.
    """

    def __call__(self, rendering: Rendering, /) -> Iterator[OutputFile]:
        """The files of one platform; faults go to ``rendering.diagnostics``."""
        ...


formats: Registry[Format] = Registry("format", "translators.formats", code="DSS312")
"""Every output format by its full and short names."""

transforms: Registry[Transform] = Registry("transform", "translators.transforms", code="DSS315")
"""What ``transforms =`` of a platform names."""

DEFAULT_FILES = {
    "android": "android",
    "compose": "Tokens.kt",
    "css": "tokens.css",
    "dtcg": "tokens.resolved.json",
    "dtcg/listing": "tokens.listing.json",
    "dtcg/resolver": "tokens.resolver.json",
    "flutter": "tokens.dart",
    "javascript": "tokens.js",
    "json": "tokens.json",
    "less": "tokens.less",
    "python": "tokens.py",
    "react_native": "tokens.native.js",
    "scss": "_tokens.scss",
    "stylus": "tokens.styl",
    "swift": "Tokens.swift",
    "tailwind": "tailwind.css",
    "typescript": "tokens.ts",
    "xcassets": "Tokens.xcassets",
}
"""What ``--to`` writes below the output folder, by the format's name or its module; some are folders."""
