"""A parsed document -> :class:`~.config.Config`, with every fault of its form at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Location

from .config import EMPTY, TOKENS_STUDIO, Config, ConfigError, Expand, File, Json, Log, PlatformConfig
from .ecmascript.values import truthy


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
            # Of true, which the wild writes for the usual types, JavaScript finds no type either.
            types={} if isinstance(data.get("typesMap"), bool) else self.mapping(data, "typesMap", at),
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
