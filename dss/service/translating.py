"""What ``dss translate`` does: decide on the platforms, make all files, then write them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError
from dss_tokens.output import OutputFile
from dss_tokens.resolve.permutations import Permutations

from .. import files
from .plan import Plan
from .reading import Reading
from .resolving import resolve, resolve_all

if TYPE_CHECKING:
    from ..config import Config, PlatformTable


Resolve = Callable[[Mapping[str, str], bool], Permutations]
"""Gives the tokens for inputs: of all contexts that they leave open, or of exactly one permutation."""


class Translator(Protocol):
    """What :mod:`translators` offers, handed in by the wiring."""

    def make_platform(self, name: str, **settings: Any) -> Any:
        """A platform whose format is registered."""

    def default_file(self, name: str) -> str:
        """The file that a format writes by default."""

    def translate(
        self, permutations: Permutations, platforms: Sequence[Any], resolve: Resolve | None = None, literals: Any = None
    ) -> tuple[Sequence[OutputFile], Sequence[Diagnostic], Any]:
        """All platforms' files, what is wrong with them, and what the next run may have at hand."""


def platforms_for(
    translator: Translator, config: Config | None, *, to: Sequence[str], names: Sequence[str], prefix: str | None,
    references: bool | None, root: Path = Path(),
) -> list[Any]:  # fmt: skip
    """The platforms of a run: one for each ``--to``, else the configured ones, else CSS.

    *root* is the folder of the configuration, which its templates are relative to.
    """
    settings: dict[str, Any] = {}
    if prefix is not None:
        settings["prefix"] = prefix
    if references is not None:
        settings["references"] = references
    if to or config is None or not config.platform:
        if names:
            hint = "--platform chooses among those of a configuration; --to names a format"
            raise InputError(Diagnostic(code="DSS313", message=f"there is no platform {names[0]}", hint=hint))
        return [
            translator.make_platform(name, format=name, out=translator.default_file(name), **settings)
            for name in dict.fromkeys(to or ("css",))
        ]
    unknown = [name for name in names if name not in config.platform]
    if unknown:
        raise InputError(*(_unknown_platform(name, config) for name in unknown))
    chosen = {name: table for name, table in config.platform.items() if not names or name in names}
    made: list[Any] = []
    faults: list[Diagnostic] = []
    for name, table in chosen.items():
        try:
            made.append(translator.make_platform(name, **{**_settings(table, root), **settings}))
        except InputError as error:
            faults += [_of_platform(found, name) for found in error.diagnostics]
    if faults:
        raise InputError(*faults)
    return made


_KEYS = {"DSS312": "format", "DSS315": "transforms"}
"""Code of an unknown name -> the key of a platform that holds it."""


def _of_platform(found: Diagnostic, name: str) -> Diagnostic:
    key = _KEYS.get(found.code)
    return found if key is None else replace(found, path=f"platform.{name}.{key}")


@contextmanager
def placed_in(config_file: Path | None, *, sources: bool = False) -> Iterator[None]:
    """Gives faults that name a key the place of the key in *config_file*; with *sources*, those of its sources, too."""
    try:
        yield
    except InputError as error:
        found = [_of_sources(one) if sources and one.code == "DSS113" else one for one in error.diagnostics]
        raise type(error)(*placed(found, config_file)) from error


def placed(found: Sequence[Diagnostic], config_file: Path | None) -> list[Diagnostic]:
    """*found*, those that name a key of *config_file* at its place."""
    if config_file is None or not any(map(_names_key, found)):
        return list(found)
    from ..config.faults import place

    text = files.read(config_file).decode("utf-8", "replace")
    return [
        replace(one, file=files.shown(config_file), span=place(tuple((one.path or "").split(".")), text))
        if _names_key(one)
        else one
        for one in found
    ]


def _of_sources(found: Diagnostic) -> Diagnostic:
    return replace(found, file=None, path="project.sources")


def _names_key(found: Diagnostic) -> bool:
    return found.file is None and (found.path or "").startswith(("platform.", "project.", "plugins"))


def _unknown_platform(name: str, config: Config) -> Diagnostic:
    from difflib import get_close_matches

    near = get_close_matches(name, config.platform, 1)
    hint = f"did you mean {near[0]}?" if near else "configured: " + ", ".join(config.platform)
    return Diagnostic(code="DSS313", message=f"there is no platform {name}", hint=hint)


def _settings(table: PlatformTable, root: Path) -> dict[str, Any]:
    settings = table.model_dump(exclude_unset=True, exclude_none=True)
    if table.template is not None:
        settings["template"] = (files.shown(root / table.template), _loader(root / table.template))
        settings.setdefault("format", "template")
    selector = settings.pop("selector", None)
    if isinstance(selector, str):
        settings["root_selector"] = selector
    elif selector:
        settings["root_selector"] = selector.pop(":root", ":root")
        settings["selectors"] = selector
    return settings


def _loader(template: Path) -> Callable[[str], tuple[str, str]]:
    """Gives the text of a template, or of one that it includes, with its file; those are relative to its folder."""

    def load(name: str) -> tuple[str, str]:
        path = template if name == files.shown(template) else template.parent / name
        return files.read(path).decode("utf-8", "replace"), files.shown(path)

    return load


def resolver(reading: Reading, inputs: Mapping[str, str], *, strict: bool) -> Resolve:
    """Resolves what was read for *inputs* and others beside them, each choice once."""
    known: dict[tuple[frozenset[tuple[str, str]], bool], Permutations] = {}

    def find(further: Mapping[str, str], exact: bool) -> Permutations:
        key = (frozenset({**inputs, **further}.items()), exact)
        if key not in known:
            known[key] = (resolve if exact else resolve_all)(reading, {**inputs, **further}, strict=strict)
        return known[key]

    return find


def plan(
    translator: Translator, platforms: Sequence[Any], folder: Path, resolve: Resolve, literals: Any = None
) -> Plan:
    """Makes every file in memory; with an error, none."""
    # A modifier without a default is no fault where every platform chooses its context.
    permutations = resolve(min((platform.inputs for platform in platforms), key=len, default={}), False)
    if has_errors(permutations.diagnostics):
        return Plan({}, [], permutations.diagnostics)
    made, found, literals = translator.translate(permutations, platforms, resolve, literals)
    found = [*permutations.diagnostics, *found]
    if has_errors(found):
        return Plan({}, [], found, literals)
    contents = {files.contained(folder, file.path): file.text.encode() for file in made}
    return Plan(contents, files.differing(contents), found, literals)
