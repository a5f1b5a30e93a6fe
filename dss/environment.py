"""Secrets and settings of the environment, or of a ``.env`` beside ``dss.toml``, which is read and never written."""

from __future__ import annotations

import os
from pathlib import Path


def setting(name: str, root: Path) -> str | None:
    """The variable *name*: of the process, else of the project's ``.env``."""
    value = os.environ.get(name)
    return value if value else _from_file(root / ".env").get(name)


def _from_file(path: Path) -> dict[str, str]:
    """``NAME=value`` lines; quotes around a value, ``export`` before a name and comments are understood."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    found = {}
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        else:
            value = value.partition(" #")[0].strip()
        found[name.strip()] = value
    return found
