"""Any exception as diagnostics and an exit status. Imported only when something failed."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

import click

from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.errors import DssError
from dss_tokens.source import Span

EXTRAS = {"cryptography": "sign", "obstore": "cloud", "pyrage": "encrypt"}
"""Which extra brings an import package."""

FRAMES = 4
"""How many calls an internal error lists."""


class Failure(NamedTuple):
    """How a command ended."""

    status: int
    diagnostics: Sequence[Diagnostic]


def diagnosed(error: BaseException) -> Failure:
    """What to tell a person about *error*, and the exit status (contract, section 2)."""
    if isinstance(error, DssError):
        return Failure(error.exit_status, error.diagnostics)
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Failure(130, [Diagnostic(code="DSS991", severity="info", message="interrupted")])
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, ModuleNotFoundError) and error.name and not _is_ours(error.name):
        return _missing(error.name)
    if isinstance(error, OSError) and error.errno is not None:
        return _refused_by_system(error)
    return _internal(error)


def _usage(error: click.ClickException) -> Failure:
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f"see '{context.command_path} --help'" if context else None
    message = error.format_message().strip().removesuffix(".")
    return Failure(error.exit_code, [Diagnostic(code="DSS990", message=message[:1].lower() + message[1:], hint=hint)])


def _missing(module: str) -> Failure:
    message = f"this needs the Python module '{module}', which is not installed"
    extra = EXTRAS.get(module.partition(".")[0], "all")
    return Failure(1, [Diagnostic(code="DSS902", message=message, hint=f"pip install 'dss-design-tokens[{extra}]'")])


def _refused_by_system(error: OSError) -> Failure:
    named = error.filename2 or error.filename  # of a renaming, the new name
    name = named if isinstance(named, str) else None
    reason = (error.strerror or str(error)).lower()
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = "make room and run it again: nothing was half-written" if full else None
    return Failure(1, [Diagnostic(code="DSS903", message=reason, file=name, hint=hint)])


def _internal(error: BaseException) -> Failure:
    """A defect of ours: where it happened, so that a report is useful, without a traceback."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if (package := _package_of(frame.filename)) and package != "click"
    ]
    related = tuple(
        Related(
            message=f"in {frame.name}",
            file=_short(frame.filename),
            span=Span(frame.lineno or 1, 1, frame.lineno or 1, 1),
        )
        for frame in reversed(ours[-FRAMES:])
    )
    text = str(error)
    found = Diagnostic(
        code="DSS999",
        message=f"internal error: {type(error).__name__}" + (f": {text}" if text else ""),
        hint="this is a defect of dss; please report it with these lines and what 'dss doctor' prints",
        related=related,
    )
    return Failure(1, [found])


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in PACKAGES


PACKAGES = ("dss", "dss_tokens", "figma", "translators", "storybook_gen")


def _package_of(filename: str) -> str | None:
    return next((part for part in PurePath(filename).parts if part in PACKAGES), None)


def _short(filename: str) -> str:
    """The part of a path from our package on: no folder of the user's machine goes into a report."""
    parts = PurePath(filename).parts
    start = next(index for index in reversed(range(len(parts))) if parts[index] in PACKAGES)
    return "/".join(parts[start:])
