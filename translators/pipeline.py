"""Resolved tokens -> files, for several platforms of one run: select, name, transform, format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError
from dss_tokens.output import OutputFile
from dss_tokens.registry import module_of
from dss_tokens.resolve.permutations import Permutations

from .css_losses import css_losses
from .css_values import PLAIN
from .effects import Rule, effects_in
from .literals import Literals
from .matching import Match, matches_in
from .naming import NameRules
from .platform import Platform, Template
from .registry import DEFAULT_FILES, formats
from .registry import transforms as known_transforms
from .rendering import Names, Rendering, Resolve
from .selectors import misplaced

MOST_LITERALS = 1_000_000
"""Texts of values that are kept from run to run, many of which no token may have any more."""


class Translated(NamedTuple):
    """What a run would write, and what is wrong with it."""

    files: list[OutputFile]
    diagnostics: list[Diagnostic]
    literals: Literals
    """For the next run."""


def make_platform(
    name: str, *, filter: Mapping[str, Any] | None = None, names: Mapping[str, Any] | None = None,
    rules: Sequence[Mapping[str, Any]] = (), transforms: Sequence[str] = (),
    template: tuple[str, Callable[[str], tuple[str, str]]] | None = None, **settings: Any,
) -> Platform:  # fmt: skip
    """A platform whose format is registered.

    Args:
        name: In messages.
        filter: Fields of :class:`.matching.Match`.
        names: Fields of :class:`.naming.NameRules`.
        rules: Fields of :class:`.matching.Match` and :class:`.effects.Effects`.
        transforms: Registered names.
        template: A template's file, and what gives its text.
        settings: Fields of :class:`.platform.Platform` and :class:`.effects.Effects`.

    Raises:
        UnknownNameError: The format or a transform is not registered.
        InputError: The format does not understand an option.
    """
    own = Platform._fields
    platform = Platform(
        name=name,
        filter=Match(**(filter or {})),
        naming=NameRules(**(names or {})),
        effects=effects_in({key: value for key, value in settings.items() if key not in own}),
        rules=[Rule(match=matches_in(rule), effects=effects_in(rule)) for rule in rules],
        transforms=[known_transforms.get(transform) for transform in transforms],
        template=None if template is None else Template(*template),
        **{key: value for key, value in settings.items() if key in own},
    )
    if not _is_borrowed(platform.format):
        entry = formats.get(platform.format)
        if platform.options:
            from .format_options import check_options

            check_options(platform, entry)
    return platform


def _is_borrowed(name: str) -> bool:
    """Whether only the Style Dictionary engine has a format of this name."""
    if formats.find(name) is not None:
        return False
    from .borrowed import is_borrowed

    return is_borrowed(name)


def default_file(name: str) -> str:
    """The file that a format writes by default, e.g. ``_tokens.scss`` for ``scss``."""
    if _is_borrowed(name):
        from .borrowed import default_file as borrowed_file

        return borrowed_file(name)
    return DEFAULT_FILES.get(name) or DEFAULT_FILES.get(module_of(name), f"tokens.{module_of(name)}")


def translate(
    permutations: Permutations, platforms: Sequence[Platform], resolve: Resolve | None = None,
    literals: Literals | None = None,
) -> Translated:  # fmt: skip
    """All platforms' files. With an error among the diagnostics nothing should be written.

    Args:
        permutations: The tokens of the contexts chosen for the run.
        platforms: Each writes its files.
        resolve: Gives the tokens of other choices, for platforms that want some.
        literals: Those of an earlier run, in which most values were the same objects.

    Raises:
        InputError: An option or a place does not fit.
    """
    if literals is None or len(literals.values) > MOST_LITERALS:
        literals = Literals(PLAIN)
    names: dict[int, Names] = {}
    files: dict[str, OutputFile] = {}
    found: dict[Diagnostic, None] = {}
    for platform in platforms:
        chosen = permutations
        if platform.inputs and resolve is not None:
            chosen = resolve(platform.inputs, False)
            found |= dict.fromkeys(chosen.diagnostics)
        if id(chosen) not in names:
            names[id(chosen)] = Names(chosen, literals)
        if faults := list(misplaced(platform, chosen.modifiers)):
            raise InputError(*faults)
        rendering = Rendering(chosen, platform, names[id(chosen)], resolve)
        if not rendering.names and chosen.base.tokens:
            message = f"the filter of the platform {platform.name} takes none of {len(chosen.base.tokens)} tokens"
            path = f"platform.{platform.name}.filter"
            rendering.diagnostics.append(Diagnostic(code="DSS319", severity="warning", message=message, path=path))
        made = [] if has_errors(rendering.diagnostics) else list(_written(rendering))
        found |= dict.fromkeys(rendering.diagnostics)
        for file in made:
            if file.path in files:
                message = f"two outputs would be written to {file.path}"
                found[Diagnostic(code="DSS311", message=message, path=f"platform.{platform.name}.out")] = None
            files[file.path] = file
    known = set(permutations.diagnostics)
    return Translated(list(files.values()), [fault for fault in found if fault not in known], literals)


def _written(rendering: Rendering) -> Iterable[OutputFile]:
    platform = rendering.platform
    if _is_borrowed(platform.format):
        from .borrowed import write

        return write(rendering.tokens, platform)
    rendering.diagnostics += css_losses(rendering)
    return formats.get(platform.format)(rendering)
