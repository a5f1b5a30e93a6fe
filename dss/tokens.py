"""The functions behind ``dss.resolve``, ``dss.validate`` and ``dss.translate``: what the commands do, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dss_tokens.diagnostics import Diagnostic, has_errors
from dss_tokens.errors import InputError

from . import wiring

if TYPE_CHECKING:
    from dss_tokens.output import OutputFile
    from dss_tokens.resolve.permutations import Permutations


def resolve(
    *sources: str | Path,
    resolver: str | Path | None = None,
    inputs: Mapping[str, str] | None = None,
    strict: bool = False,
) -> Permutations:
    """The tokens of one choice of contexts, fully resolved.

    Args:
        sources: Files, folders or globs; without any, those of the project around the working folder.
        resolver: A DTCG resolver document instead of sources.
        inputs: Modifier -> context; defaults hold for the others.
        strict: Refuse the older forms that are otherwise read with a warning.

    Raises:
        InputError: With every error found.
    """
    from .service.resolving import resolve as run

    reading = wiring.read(tuple(map(str, sources)), Path(resolver) if resolver else None, strict=strict)
    return _without_errors(run(reading, inputs or {}, strict=strict))


def validate(*sources: str | Path, resolver: str | Path | None = None, strict: bool = False) -> list[Diagnostic]:
    """Every fault of token files in all contexts, errors and warnings, with their places."""
    from .service.resolving import resolve_all
    from .sources import Sources

    reading = wiring.read(tuple(map(str, sources)), Path(resolver) if resolver else None, strict=strict)
    from dss_tokens.diagnostics import located

    return located(resolve_all(reading, {}, strict=strict).diagnostics, Sources().spans)


def translate(
    *sources: str | Path,
    to: Sequence[str] = ("css",),
    resolver: str | Path | None = None,
    inputs: Mapping[str, str] | None = None,
    prefix: str = "",
    references: bool = True,
    strict: bool = False,
) -> list[OutputFile]:
    """Tokens as files of one or more formats, in memory; every context in one CSS file.

    Args:
        sources: Files, folders or globs; without any, those of the project around the working folder.
        to: Registered formats by short or full name.
        resolver: A DTCG resolver document instead of sources.
        inputs: Modifier -> context, to choose one; the others stay.
        prefix: Put before every name, joined with ``-``.
        references: Keep aliases as references where the language has them.
        strict: Refuse older forms.

    Raises:
        InputError: With every error found.
    """
    from .service.resolving import resolve_all

    reading = wiring.read(tuple(map(str, sources)), Path(resolver) if resolver else None, strict=strict)
    permutations = _without_errors(resolve_all(reading, inputs or {}, strict=strict))
    translator = wiring.translator()
    settings = {"prefix": prefix, "references": references}
    platforms = [
        translator.make_platform(name, format=name, out=translator.default_file(name), **settings) for name in to
    ]
    made = translator.translate(permutations, platforms)
    if has_errors(made.diagnostics):
        raise InputError(*(found for found in made.diagnostics if found.severity == "error"))
    return list(made.files)


def _without_errors(permutations: Permutations) -> Permutations:
    errors = [found for found in permutations.diagnostics if found.severity == "error"]
    if errors:
        raise InputError(*errors)
    return permutations
