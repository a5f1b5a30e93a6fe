"""A Style Dictionary configuration, versions 3 to 5, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

Json = Any
EMPTY: Mapping[str, Any] = MappingProxyType({})
TOKENS_STUDIO = "tokensStudio"
"""The key for what sd-transforms is given when it is registered; a platform's members come before the others."""


class ConfigError(InputError):
    """A configuration that cannot be followed."""


class Log(NamedTuple):
    """What to say, and what to fail on (``log``)."""

    warnings: str = "warn"
    """``warn``, ``error`` (a warning fails the build) or ``disabled``."""

    verbosity: str = "default"
    """``default``, ``silent`` (no warnings at all) or ``verbose``."""

    broken_references: str | None = "throw"
    """``throw`` fails the build on a broken reference, anything else leaves the reference as it stands."""

    def merged(self, data: Mapping[str, Json]) -> Log:
        """This log with what *data* sets."""
        log = self._replace(
            warnings=data.get("warnings") or self.warnings,
            verbosity=data.get("verbosity") or self.verbosity,
        )
        if isinstance(errors := data.get("errors"), Mapping):
            log = log._replace(broken_references=errors.get("brokenReferences"))
        return log

    def level(self) -> str | None:
        """The severity of a warning, ``None`` where it is not to be given."""
        if self.warnings == "error":
            return "error"
        return None if self.warnings == "disabled" or self.verbosity == "silent" else "warning"


class Expand(NamedTuple):
    """Which composite tokens become groups of tokens (``expand``)."""

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    every: bool = True
    """Whether all types are meant, where neither *include* nor *exclude* is given."""

    types: Mapping[str, Json] = EMPTY
    """``typesMap``: property to type, or composite type to property to type."""

    def covers(self, type_: Json) -> bool:
        """Whether tokens of *type_* are expanded."""
        if self.exclude is not None:
            return type_ not in self.exclude
        return type_ in self.include if self.include is not None else self.every


class File(NamedTuple):
    """One entry of a platform's ``files``."""

    destination: str
    """Below the platform's ``buildPath``; an empty one writes nothing."""

    format: str | None
    filter: str | Mapping[str, Json] | None = None
    options: Mapping[str, Json] = EMPTY
    empty_too: bool | None = None
    """``emitEmptyFiles``: whether a file without tokens is written; ``None``: the platform decides."""


class PlatformConfig(NamedTuple):
    """One entry of ``platforms``."""

    name: str
    transform_group: str | None = None
    transforms: tuple[str, ...] = ()
    prefix: str | None = None
    build_path: str = ""
    base_font_px: float = 16
    files: tuple[File, ...] | None = None
    actions: tuple[str, ...] = ()
    preprocessors: tuple[str, ...] = ()
    options: Mapping[str, Json] = EMPTY
    expand: Expand | None = None
    log: Mapping[str, Json] = EMPTY
    empty_too: bool = False
    data: Mapping[str, Json] = EMPTY
    """All of it as written, and the configuration's ``tokensStudio``."""


class Config(NamedTuple):
    """A whole configuration. Paths and patterns are as written: relative to the folder of *file*."""

    file: str
    """Its name, for messages."""

    source: tuple[str, ...] = ()
    """Patterns of token files, in order; a later token overrides an earlier one."""

    include: tuple[str, ...] = ()
    """Patterns of token files that are read before *source* and may be overridden silently."""

    tokens: Mapping[str, Json] = EMPTY
    """Tokens written in the configuration itself."""

    platforms: Mapping[str, PlatformConfig] = EMPTY
    uses_dtcg: bool | None = None
    """Whether keys are ``$value`` and ``$type``; ``None``: the first token file decides."""

    expand: Expand | None = None
    preprocessors: tuple[str, ...] = ()
    transform_groups: Mapping[str, tuple[str, ...]] = EMPTY
    """Groups of its own (``hooks.transformGroups``)."""

    log: Log = Log()
    data: Mapping[str, Json] = EMPTY
    """All of it as written: every format sees its keys among its options."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings about it, e.g. keys that look mistyped."""

    @property
    def has_themes(self) -> bool:
        """Whether files are made for every permutation of themes (``tokensStudio.themes``)."""
        given = self.data.get(TOKENS_STUDIO)
        return isinstance(given, Mapping) and given.get("themes") not in (None, False)


def platform_names(config: Config, wanted: Sequence[str] | None) -> list[PlatformConfig]:
    """The platforms to build, all where none is named.

    Raises:
        ConfigError: One that the configuration does not have.
    """
    from difflib import get_close_matches

    if not wanted:
        return list(config.platforms.values())
    faults = []
    for name in wanted:
        if name not in config.platforms:
            near = get_close_matches(name, config.platforms, 1)
            known = ", ".join(config.platforms) or "none"
            faults.append(
                Diagnostic(
                    code="DSS353",
                    message=f"there is no platform {name}",
                    hint=f"did you mean {near[0]}?" if near else f"the platforms are: {known}",
                    file=config.file,
                    at=("platforms",),
                )
            )
    if faults:
        raise ConfigError(*faults)
    return [config.platforms[name] for name in dict.fromkeys(wanted)]
