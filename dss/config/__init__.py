"""``dss.toml`` -> a frozen :class:`Config`; unknown keys are refused, naming the nearest known one."""

from __future__ import annotations

import tomllib

from dss_tokens.errors import InputError

from .faults import fault, syntax
from .platform import PlatformTable
from .table import Wrong
from .tables import Config, FigmaTable, ModifierTable

__all__ = ("Config", "FigmaTable", "ModifierTable", "PlatformTable", "load")


def load(text: str, *, file: str) -> Config:
    """Reads a ``dss.toml``.

    Raises:
        InputError: With every fault: code, key path, line and hint.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(syntax(str(error), file)) from error
    found: list[Wrong] = []
    config = Config.read(data, (), found)
    if found:
        raise InputError(*(fault(wrong, text, file) for wrong in found))
    return config
