"""Actions: what a platform does besides writing files, as data; the caller carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .config import PlatformConfig
from .dictionary import Dictionary
from .registry import Registry


class Copy(NamedTuple):
    """A file, or a folder with all that is in it, to copy."""

    source: str
    """Relative to the working directory, as files are; with ``/``."""

    destination: str


Action = Callable[[Dictionary, PlatformConfig], Iterator[Copy]]

actions: Registry[Action] = Registry("action", f"{__package__}.actions")
