"""A Style Dictionary configuration, versions 3 to 5, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.source import Location

from .ecmascript.values import truthy

Json = Any
EMPTY: Mapping[str, Any] = MappingProxyType({})
TOKENS_STUDIO = "tokensStudio"
"""The key for what sd-transforms is given when it is registered; a platform's members come before the others."""


def _empty() -> Mapping[str, Any]:
    return EMPTY


class ConfigError(InputError):
    """A configuration that cannot be followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What to say, and what to fail on (``log``)."""

    warnings: str = "warn"
    """``warn``, ``error`` (a warning fails the build) or ``disabled``."""

    verbosity: str = "default"
    """``default``, ``silent`` (no warnings at all) or ``verbose``."""

    broken_references: str | None = "throw"
    """``throw`` fails the build on a broken reference, anything else leaves the reference as it stands."""

    def merged(self, data: Mapping[str, Json]) -> Log:
        """This log with what *data* sets."""
        log = replace(
            self,
            warnings=data.get("warnings") or self.warnings,
            verbosity=data.get("verbosity") or self.verbosity,
        )
        if isinstance(errors := data.get("errors"), Mapping):
            log = replace(log, broken_references=errors.get("brokenReferences"))
        return log

    def level(self) -> str | None:
        """The severity of a warning, ``None`` where it is not to be given."""
        if self.warnings == "error":
            return "error"
        return None if self.warnings == "disabled" or self.verbosity == "silent" else "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expand:
    """Which composite tokens become groups of tokens (``expand``)."""

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    every: bool = True
    """Whether all types are meant, where neither *include* nor *exclude* is given."""

    types: Mapping[str, Json] = field(default_factory=_empty)
    """``typesMap``: property to type, or composite type to property to type."""

    def covers(self, type_: Json) -> bool:
        """Whether tokens of *type_* are expanded."""
        if self.exclude is not None:
            return type_ not in self.exclude
        return type_ in self.include if self.include is not None else self.every


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One entry of a platform's ``files``."""

    destination: str
    """Below the platform's ``buildPath``; an empty one writes nothing."""

    format: str | None
    filter: str | Mapping[str, Json] | None = None
    options: Mapping[str, Json] = field(default_factory=_empty)
    empty_too: bool | None = None
    """``emitEmptyFiles``: whether a file without tokens is written; ``None``: the platform decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformConfig:
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
    options: Mapping[str, Json] = field(default_factory=_empty)
    expand: Expand | None = None
    log: Mapping[str, Json] = field(default_factory=_empty)
    empty_too: bool = False
    data: Mapping[str, Json] = field(default_factory=_empty)
    """All of it as written, and the configuration's ``tokensStudio``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole configuration. Paths and patterns are as written: relative to the folder of *file*."""

    file: str
    """Its name, for messages."""

    source: tuple[str, ...] = ()
    """Patterns of token files, in order; a later token overrides an earlier one."""

    include: tuple[str, ...] = ()
    """Patterns of token files that are read before *source* and may be overridden silently."""

    tokens: Mapping[str, Json] = field(default_factory=_empty)
    """Tokens written in the configuration itself."""

    platforms: Mapping[str, PlatformConfig] = field(default_factory=_empty)
    uses_dtcg: bool | None = None
    """Whether keys are ``$value`` and ``$type``; ``None``: the first token file decides."""

    expand: Expand | None = None
    preprocessors: tuple[str, ...] = ()
    transform_groups: Mapping[str, tuple[str, ...]] = field(default_factory=_empty)
    """Groups of its own (``hooks.transformGroups``)."""

    log: Log = field(default_factory=Log)
    data: Mapping[str, Json] = field(default_factory=_empty)
    """All of it as written: every format sees its keys among its options."""

    diagnostics: tuple[Diagnostic, ...] = ()
    """Warnings about it, e.g. keys that look mistyped."""


def load_config(data: Mapping[str, Json], *, file: str) -> Config:
    """The configuration in *data*.

    Args:
        data: The parsed JSON, JSON5 or YAML document.
        file: Its name, for messages.

    Raises:
        ConfigError: A value of the wrong kind, or something only JavaScript could give; every fault at once.
            Names of transforms, formats … are looked up by :func:`~translators.style_dictionary.build`, for
            the platforms that are built.
    """
    from .config_keys import mistyped

    reader = _Reader(file)
    config = reader.config(data)
    if reader.faults:
        raise ConfigError(*reader.faults)
    return replace(config, diagnostics=tuple(mistyped(data, file)))


class _Reader:
    """Reads values of the expected kind and collects what is not."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Diagnostic] = []
        self.tokens_studio: Mapping[str, Json] = EMPTY

    def fault(self, at: Location, message: str, hint: str | None = None, code: str = "DSS352") -> None:
        name = ".".join(map(str, at))
        found = Diagnostic(code=code, message=f"{name}: {message}", hint=hint, path=name, file=self.file, at=at)
        self.faults.append(found)

    def config(self, data: Json) -> Config:
        if not isinstance(data, Mapping):
            self.fault((), "a Style Dictionary configuration is an object")
            return Config(file=self.file)
        self.no_javascript(data)
        self.tokens_studio = self.mapping(data, TOKENS_STUDIO)
        platforms = self.mapping(data, "platforms")
        return Config(
            file=self.file,
            source=self.strings(data, "source"),
            include=self.strings(data, "include"),
            tokens=self.mapping(data, "tokens"),
            platforms={name: self.platform(name, entry) for name, entry in platforms.items()},
            uses_dtcg=self.optional_bool(data.get("usesDtcg"), ("usesDtcg",)),
            expand=self.expand(data.get("expand"), ("expand",)),
            preprocessors=self.strings(data, "preprocessors"),
            transform_groups=self.transform_groups(data.get("hooks")),
            log=Log().merged(self.log(data.get("log"), ("log",))),
            data=data,
        )

    def platform(self, name: str, data: Json) -> PlatformConfig:
        at = ("platforms", name)
        if not isinstance(data, Mapping):
            self.fault(at, "a platform is an object")
            return PlatformConfig(name=name)
        return PlatformConfig(
            name=name,
            transform_group=self.optional_text(data, "transformGroup", at),
            transforms=self.strings(data, "transforms", at),
            prefix=self.optional_text(data, "prefix", at),
            build_path=self.optional_text(data, "buildPath", at) or "",
            base_font_px=self.base_font_px(data.get("basePxFontSize"), (*at, "basePxFontSize")),
            files=self.files(data, at),
            actions=self.strings(data, "actions", at),
            preprocessors=self.strings(data, "preprocessors", at),
            options=self.options(data, at),
            expand=self.expand(data.get("expand"), (*at, "expand")),
            log=self.log(data.get("log"), (*at, "log")),
            empty_too=truthy(data.get("emitEmptyFiles")),
            data=self.with_tokens_studio(data),
        )

    def with_tokens_studio(self, data: Mapping[str, Json]) -> Mapping[str, Json]:
        """A platform's *data*, what the configuration says of Tokens Studio in it."""
        own = data.get(TOKENS_STUDIO)
        if not self.tokens_studio:
            return data
        return {**data, TOKENS_STUDIO: {**self.tokens_studio, **(own if isinstance(own, Mapping) else {})}}

    def files(self, data: Mapping[str, Json], at: Location) -> tuple[File, ...] | None:
        found = data.get("files")
        at = (*at, "files")
        if not found and found != []:
            return None
        if not isinstance(found, list):
            self.fault(at, "files are a list of objects")
            return ()
        return tuple(self.output(entry, (*at, index)) for index, entry in enumerate(found))

    def output(self, data: Json, at: Location) -> File:
        if not isinstance(data, Mapping):
            self.fault(at, "a file is an object with destination and format")
            return File(destination="", format=None)
        empty_too = data.get("emitEmptyFiles")
        return File(
            destination=self.optional_text(data, "destination", at) or "",
            format=self.optional_text(data, "format", at),
            filter=self.filter(data.get("filter"), (*at, "filter")),
            options=self.options(data, at),
            empty_too=None if empty_too is None else truthy(empty_too),
        )

    def filter(self, data: Json, at: Location) -> str | Mapping[str, Json] | None:
        if not truthy(data):
            return None
        if not isinstance(data, str | Mapping):
            self.fault(at, "a filter is the name of one, or an object that tokens are compared with")
            return None
        return data

    def options(self, data: Mapping[str, Json], at: Location) -> Mapping[str, Json]:
        options = self.mapping(data, "options", at)
        if truthy(options.get("fileHeader")):
            self.fault(
                (*at, "options", "fileHeader"),
                "file headers of one's own are JavaScript functions",
                "set formatting.header and formatting.footer, or write the file with a Jinja template in dss.toml",
                "DSS351",
            )
        return options

    def expand(self, data: Json, at: Location) -> Expand | None:
        """What to expand, or ``None`` where nothing is."""
        if data is None or data is False:
            return None
        if data is True:
            return Expand()
        if not isinstance(data, Mapping):
            self.fault(at, "expand is true, false or an object")
            return None
        if all(value is False for value in data.values()):
            return None
        include, exclude = data.get("include"), data.get("exclude")
        if include and exclude:
            self.fault(at, "include and exclude exclude each other")
        return Expand(
            include=self.types(include, (*at, "include")) if truthy(include) else None,
            exclude=self.types(exclude, (*at, "exclude")) if truthy(exclude) else None,
            every="include" not in data and "exclude" not in data,
            types=self.mapping(data, "typesMap", at),
        )

    def types(self, data: Json, at: Location) -> tuple[str, ...]:
        if isinstance(data, str):  # JavaScript looks for the type inside the text
            return (data,)
        return self.strings({at[-1]: data}, str(at[-1]), at[:-1])

    def transform_groups(self, hooks: Json) -> Mapping[str, tuple[str, ...]]:
        groups = hooks.get("transformGroups") if isinstance(hooks, Mapping) else None
        if not isinstance(groups, Mapping):
            return EMPTY
        return {name: self.strings(groups, name, ("hooks", "transformGroups")) for name in groups}

    def no_javascript(self, data: Mapping[str, Json]) -> None:
        ways = {
            "transforms": "transforms are Python functions, entered as dss plug-ins (entry point dss.transforms)",
            "formats": "a format is a Jinja template (template = in dss.toml) or a plug-in (entry point dss.formats)",
            "filters": "write the filter as an object, or in dss.toml",
            "actions": "run the action after dss, or as a plug-in",
            "fileHeaders": "set formatting.header and formatting.footer",
            "parsers": "dss reads JSON, JSON5, JSONC and YAML; convert other files before",
            "preprocessors": "change the tokens before dss, or as a plug-in (entry point dss.dialects)",
        }
        hooks = data.get("hooks")
        for kind, way in ways.items():
            if isinstance(hooks, Mapping) and hooks.get(kind):
                self.fault(("hooks", kind), "hooks are JavaScript functions", way, "DSS351")
        if data.get("parsers"):
            self.fault(("parsers",), "parsers are JavaScript functions", ways["parsers"], "DSS351")

    def log(self, data: Json, at: Location) -> Mapping[str, Json]:
        if data is None:
            return EMPTY
        if not isinstance(data, Mapping):
            self.fault(at, "log is an object")
            return EMPTY
        return data

    def base_font_px(self, data: Json, at: Location) -> float:
        if not truthy(data):
            return 16
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.fault(at, "basePxFontSize is a number")
            return 16
        return data

    def mapping(self, data: Mapping[str, Json], key: str, at: Location = ()) -> Mapping[str, Json]:
        found = data.get(key)
        if found is None:
            return EMPTY
        if not isinstance(found, Mapping):
            self.fault((*at, key), f"{key} is an object")
            return EMPTY
        return found

    def strings(self, data: Mapping[Any, Json], key: str, at: Location = ()) -> tuple[str, ...]:
        found = data.get(key)
        if not found:
            return ()
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            self.fault((*at, key), f"{key} must be an array of names" if at else f"{key} must be an array of text")
            return ()
        return tuple(found)

    def optional_text(self, data: Mapping[str, Json], key: str, at: Location) -> str | None:
        found = data.get(key)
        if found is None or isinstance(found, str):
            return found
        self.fault((*at, key), f"{key} is text")
        return None

    def optional_bool(self, data: Json, at: Location) -> bool | None:
        return None if data is None else truthy(data)


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
