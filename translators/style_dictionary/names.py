"""Names in a configuration: of transforms, groups, formats, filters, actions and preprocessors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Location

from .action import actions
from .config import Config, PlatformConfig
from .filter import filters
from .format import formats
from .javascript import WAYS
from .preprocessor import preprocessors
from .registry import Registry
from .transform import Transform, transforms
from .transform_groups import TOKENS_STUDIO, TRANSFORM_GROUPS, tokens_studio_group


def group_of(config: Config, platform: PlatformConfig) -> tuple[str, ...] | None:
    """The transforms of a platform's group; one that the configuration defines adds to a predefined one of its name."""
    name = platform.transform_group or ""
    if name == TOKENS_STUDIO and name not in config.transform_groups:
        return tokens_studio_group(platform.data.get("tokensStudio"))
    predefined, own = TRANSFORM_GROUPS.get(name), config.transform_groups.get(name)
    if predefined is None and own is None:
        return None
    return tuple(dict.fromkeys((*(predefined or ()), *(own or ()))))


def transforms_of(config: Config, platform: PlatformConfig) -> list[Transform]:
    """The platform's transforms: those of its group, then its own. Unknown names were refused before."""
    names = (*(group_of(config, platform) or ()), *platform.transforms)
    return [found for found in map(transforms.get, names) if found is not None]


def unknown_names(config: Config, platforms: Sequence[PlatformConfig]) -> Iterator[Diagnostic]:
    """A fault for each name that nothing is registered under, in the platforms that are built."""
    names = _Names(config.file)
    yield from names.check(preprocessors, config.preprocessors, ("preprocessors",))
    for platform in platforms:
        at: Location = ("platforms", platform.name)
        if platform.transform_group and (group := group_of(config, platform)) is None:
            yield names.unknown(
                "transform group",
                platform.transform_group,
                [*TRANSFORM_GROUPS, TOKENS_STUDIO, *config.transform_groups],
                (*at, "transformGroup"),
                "list the transforms instead",
            )
        elif platform.transform_group and platform.transform_group in config.transform_groups:
            where: Location = (*_own_groups(config, platform.transform_group), platform.transform_group)
            yield from names.check(transforms, group or (), where, indexed=False)
        yield from names.check(transforms, platform.transforms, (*at, "transforms"))
        yield from names.check(actions, platform.actions, (*at, "actions"))
        yield from names.check(preprocessors, platform.preprocessors, (*at, "preprocessors"))
        for index, file in enumerate(platform.files or ()):
            where = (*at, "files", index)
            if file.format:
                yield from names.check(formats, (file.format,), (*where, "format"), indexed=False)
            if isinstance(file.filter, str):
                yield from names.check(filters, (file.filter,), (*where, "filter"), indexed=False)


def _own_groups(config: Config, name: str) -> Location:
    hooks = config.data.get("hooks") or {}
    return ("hooks", "transformGroups") if name in (hooks.get("transformGroups") or {}) else ("transformGroup",)


class _Names:
    def __init__(self, file: str) -> None:
        self.file = file

    def check(
        self, registry: Registry[Any], names: Sequence[str], at: Location, *, indexed: bool = True
    ) -> Iterator[Diagnostic]:
        for index, name in enumerate(names):
            if registry.get(name) is None:
                where = (*at, index) if indexed else at
                yield self.unknown(registry.kind, name, registry.names(), where, WAYS[registry.kind])

    def unknown(self, kind: str, name: str, known: Sequence[str], at: Location, way: str) -> Diagnostic:
        from difflib import get_close_matches

        near = get_close_matches(name, known, 1, 0.6)
        return Diagnostic(
            code="DSS350",
            message=f"{'.'.join(map(str, at))}: there is no {kind} {name}",
            hint=f"did you mean {near[0]}?" if near else way,
            path=".".join(map(str, at)),
            file=self.file,
            at=at,
        )
