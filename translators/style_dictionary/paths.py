"""Paths as Style Dictionary joins them: always with ``/``."""

from __future__ import annotations

from posixpath import normpath


def joined(folder: str, name: str) -> str:
    """*name* below *folder*, without ``.`` and superfluous ``/``; an absolute *name* stays below it too."""
    path = f"{folder}/{name}" if folder else name
    return normpath(path.replace("\\", "/"))
