"""A parsed document -> :class:`~.config.Config`, with every fault of its form at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.diagnostics import has_errors

from .config import EMPTY, TOKENS_STUDIO, Config, ConfigError, Expand, File, Json, Log, PlatformConfig
from .config_faults import faults_of
from .config_shapes import RENAMED
from .ecmascript.values import truthy


def load_config(data: Mapping[str, Json], *, file: str) -> Config:
    """The configuration in *data*.

    Args:
        data: The parsed JSON, JSON5 or YAML document.
        file: Its name, for messages.

    Raises:
        ConfigError: A value of the wrong kind, a misspelt key, or something only JavaScript could give; every fault
            at once. Names of transforms, formats … are looked up by :func:`~translators.style_dictionary.build`, for
            the platforms that are built.
    """
    found = tuple(faults_of(data, file))
    if has_errors(found):
        raise ConfigError(*found)
    config = _config(data, file)
    return config if config.log.level() is None else config._replace(diagnostics=found)


def _config(data: Mapping[str, Json], file: str) -> Config:
    studio = data.get(TOKENS_STUDIO) or EMPTY
    platforms: Mapping[str, Json] = data.get("platforms") or EMPTY
    return Config(
        file=file,
        source=_texts(data, "source"),
        include=_texts(data, "include"),
        tokens=data.get("tokens") or EMPTY,
        platforms={name: _platform(name, entry, studio) for name, entry in platforms.items()},
        uses_dtcg=_optional_flag(data, "usesDtcg"),
        expand=_expand(data.get("expand")),
        preprocessors=_texts(data, "preprocessors"),
        transform_groups=_transform_groups(data),
        log=Log().merged(_log(data)),
        data=data,
    )


def _platform(name: str, data: Mapping[str, Json], studio: Mapping[str, Json]) -> PlatformConfig:
    files = data.get("files")
    return PlatformConfig(
        name=name,
        transform_group=data.get("transformGroup"),
        transforms=_transforms(data, "transforms"),
        prefix=data.get("prefix"),
        build_path=data.get("buildPath") or "",
        base_font_px=data.get("basePxFontSize") or 16,
        files=tuple(map(_file, files)) if files or files == [] else None,
        actions=_texts(data, "actions"),
        preprocessors=_texts(data, "preprocessors"),
        options=data.get("options") or EMPTY,
        expand=_expand(data.get("expand")),
        log=_log(data),
        empty_too=truthy(data.get("emitEmptyFiles")),
        data={**data, TOKENS_STUDIO: {**studio, **(data.get(TOKENS_STUDIO) or EMPTY)}} if studio else data,
    )


def _file(data: Mapping[str, Json]) -> File:
    return File(
        destination=data.get("destination") or "",
        format=data.get("format"),
        filter=data.get("filter") if truthy(data.get("filter")) else None,
        options=data.get("options") or EMPTY,
        empty_too=_optional_flag(data, "emitEmptyFiles"),
    )


def _expand(data: Json) -> Expand | None:
    """What to expand, or ``None`` where nothing is."""
    if not data and data != {}:
        return None
    if data is True:
        return Expand()
    if all(value is False for value in data.values()):
        return None
    types = data.get("typesMap")
    return Expand(
        include=_types(data.get("include")),
        exclude=_types(data.get("exclude")),
        every="include" not in data and "exclude" not in data,
        # Of true, which the wild writes for the usual types, JavaScript finds no type either.
        types=types if isinstance(types, Mapping) else EMPTY,
    )


def _types(data: Json) -> tuple[str, ...] | None:
    if not truthy(data):
        return None
    return (data,) if isinstance(data, str) else tuple(data)  # JavaScript looks for the type inside the text


def _transform_groups(data: Mapping[str, Json]) -> Mapping[str, tuple[str, ...]]:
    """Groups of its own: ``hooks.transformGroups``, in version 3 ``transformGroup``."""
    hooks = data.get("hooks") or EMPTY
    groups = {**(data.get("transformGroup") or EMPTY), **(hooks.get("transformGroups") or EMPTY)}
    return {name: _transforms(groups, name) for name in groups}


def _transforms(data: Mapping[str, Json], key: str) -> tuple[str, ...]:
    """Names of transforms, those of version 3 by their present ones."""
    return tuple(RENAMED.get(name, name) for name in _texts(data, key))


def _log(data: Mapping[str, Json]) -> Mapping[str, Json]:
    found = data.get("log")
    return {"warnings": found} if isinstance(found, str) else found or EMPTY


def _texts(data: Mapping[Any, Json], key: str) -> tuple[str, ...]:
    return tuple(data.get(key) or ())


def _optional_flag(data: Mapping[str, Json], key: str) -> bool | None:
    found = data.get(key)
    return None if found is None else truthy(found)
