"""The options of formats, ``[platform.x.options]``: what a format's module says that it understands."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .platform import Platform

Known = Mapping[str, type]
"""Option -> ``str`` or ``float``; ``OPTIONS`` in the module of a format. A format without it checks its own."""


def check_options(platform: Platform, entry: Any) -> None:
    """Refuses options that the format *entry* of *platform* does not have, or values of another kind.

    Raises:
        InputError: With every fault.
    """
    known: Known | None = getattr(sys.modules.get(getattr(entry, "__module__", "")), "OPTIONS", None)
    if known is None:
        return
    faults = [fault for key, value in platform.options.items() if (fault := _fault(key, value, known, platform))]
    if faults:
        raise InputError(*faults)


def _fault(key: str, value: Any, known: Known, platform: Platform) -> Diagnostic | None:
    if key not in known:
        near = get_close_matches(key, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(known) or 'none'}"
        return option_fault(platform, key, f"{platform.format} has no option {key}", hint)
    if known[key] is str and not isinstance(value, str):
        return option_fault(platform, key, f"the option {key} is a text")
    if known[key] is float and (isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0):
        return option_fault(platform, key, f"the option {key} is a number above 0")
    return None


def option_fault(platform: Platform, key: str, message: str, hint: str | None = None) -> Diagnostic:
    """An option that does not fit."""
    return Diagnostic(code="DSS318", message=message, hint=hint, path=f"platform.{platform.name}.options.{key}")
