"""``dss doctor``: versions, and whether what is installed is ours and whole."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from importlib import metadata

import click

from dss_tokens.diagnostics import Diagnostic

from ..installation import DISTRIBUTION, foreign_packages
from .options import json_option
from .output import conclude, emit_text

VARIABLES = ("DSS_API_TOKEN", "DSS_BASE_PATH", "DSS_BROKER", "DSS_STORE", "FIGMA_TOKEN", "NO_COLOR", "CI")
"""What dss reads from the environment. Only whether they are set is shown: some are secrets."""


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Show versions and check the installation.

    Names environment variables, never their values: what it prints can go into a report.
    """
    found = foreign_packages()
    required, missing, extras = _requirements()
    found += [_missing(name) for name in missing]
    document = {
        "dss": metadata.version(DISTRIBUTION),
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.platform(),
        "encoding": sys.getfilesystemencoding(),
        "packages": required,
        "extras": extras,
        "variables": {name: bool(os.environ.get(name)) for name in VARIABLES},
    }
    if not as_json:
        emit_text(_text(document))
    conclude(found, document, as_json=as_json)


def _text(document: Mapping[str, object]) -> str:
    lines = []
    for title, value in document.items():
        if isinstance(value, dict):
            lines.append(f"{title}:")
            lines += [f"  {name:<{max(map(len, value))}}  {_shown(entry)}" for name, entry in value.items()]
        else:
            lines.append(f"{title + ':':<16}{value}")
    return "\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "set" if value else "not set"
    return str(value)


def _requirements() -> tuple[dict[str, str], list[str], dict[str, str]]:
    """Installed versions of what dss requires, what of it is missing, and the state of each extra."""
    installed: dict[str, str] = {}
    missing: list[str] = []
    wanted: dict[str, list[str]] = {}
    for line in metadata.requires(DISTRIBUTION) or ():
        name, extra = _parts(line)
        version = _version(name)
        if extra is not None:
            wanted.setdefault(extra, []).extend([] if version else [name])
        elif version:
            installed[name] = version
        else:
            missing.append(name)
    extras = {
        extra: f"missing: {', '.join(absent)}" if absent else "installed"
        for extra, absent in sorted(wanted.items())
        if extra not in ("dev", "fuzz", "all")
    }
    return installed, missing, extras


def _parts(requirement: str) -> tuple[str, str | None]:
    """The distribution and the extra of a line such as ``celery>=5; extra == "queue"``."""
    name, _, marker = requirement.partition(";")
    for end in "[<>=!~ (":
        name = name.partition(end)[0]
    extra = marker.partition("extra ==")[2].strip().strip("\"'") or None
    return name.strip(), extra


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _missing(distribution: str) -> Diagnostic:
    return Diagnostic(
        code="DSS902",
        message=f"dss needs the Python package '{distribution}', which is not installed",
        hint=f"pip install --force-reinstall {DISTRIBUTION}",
    )
