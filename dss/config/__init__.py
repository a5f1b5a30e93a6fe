"""``dss.toml`` -> a frozen :class:`Config`; unknown keys are refused, naming the nearest known one.

Imported only where a dss.toml is read: pydantic takes 60 ms.
"""

from __future__ import annotations

import tomllib

from pydantic import ValidationError

from dss_tokens.errors import InputError

from .faults import faults, syntax
from .platform import PlatformTable
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
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise InputError(*faults(error.errors(include_url=False), text, file)) from error
