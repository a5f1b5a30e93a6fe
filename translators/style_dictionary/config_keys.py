"""The keys of a Style Dictionary configuration, to say which unknown one looks mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Location

CONFIG_KEYS = (
    "source",
    "include",
    "tokens",
    "platforms",
    "expand",
    "usesDtcg",
    "log",
    "preprocessors",
    "parsers",
    "hooks",
    "tokensStudio",
)
PLATFORM_KEYS = (
    "transformGroup",
    "transforms",
    "prefix",
    "buildPath",
    "basePxFontSize",
    "files",
    "actions",
    "options",
    "preprocessors",
    "expand",
    "log",
    "emitEmptyFiles",
    "tokensStudio",
    "mathFractionDigits",
)
FILE_KEYS = ("destination", "format", "filter", "options", "emitEmptyFiles")
TOKENS_STUDIO_KEYS = (
    "excludeParentKeys",
    "alwaysAddFontStyle",
    "platform",
    "withSDBuiltins",
    "ts/color/modifiers",
    "sets",
    "themes",
)


def mistyped(data: Mapping[str, Any], file: str) -> Iterator[Diagnostic]:
    """A warning for each unknown key that is nearly a known one; other unknown keys are options of formats."""
    yield from _nearly(data, CONFIG_KEYS, (), file)
    yield from _nearly(data.get("tokensStudio") or {}, TOKENS_STUDIO_KEYS, ("tokensStudio",), file)
    for name, platform in data.get("platforms", {}).items():
        at: Location = ("platforms", name)
        yield from _nearly(platform, PLATFORM_KEYS, at, file)
        for index, entry in enumerate(platform.get("files") or ()):
            yield from _nearly(entry, FILE_KEYS, (*at, "files", index), file)


def _nearly(data: Mapping[str, Any], known: tuple[str, ...], at: Location, file: str) -> Iterator[Diagnostic]:
    for key in data:
        if key in known:
            continue
        from difflib import get_close_matches

        near = get_close_matches(key, known, 1, 0.8)
        if not near or near[0] in data:
            continue
        name = ".".join(map(str, (*at, key)))
        yield Diagnostic(
            code="DSS356",
            severity="warning",
            message=f"{name} is no key of a Style Dictionary configuration",
            hint=f"did you mean {near[0]}?",
            path=name,
            file=file,
            at=(*at, key),
        )
