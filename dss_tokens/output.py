"""What a format gives: files as text. Nothing is written before everything is made."""

from __future__ import annotations

from typing import NamedTuple


class OutputFile(NamedTuple):
    """A file to write."""

    path: str
    """Relative, with ``/``."""

    text: str
