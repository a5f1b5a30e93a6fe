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
        end = value.find(value[0], 1) if value[:1] in ("'", '"') else -1
        found[name.strip()] = value[1:end] if end > 0 else value.partition(" #")[0].strip()
    return found
