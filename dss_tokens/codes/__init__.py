"""Every diagnostic code with its explanation and an example: what ``dss explain CODE`` prints.

One module per range of the contract, section 2; adding a code is one entry in its module.
"""

from __future__ import annotations

from importlib import import_module

from ._explanation import Explanation

RANGES = ("files", "tokens", "translation", "figma", "service", "archives", "lint", "installation")

__all__ = ("RANGES", "Explanation", "explanations")


def explanations() -> dict[str, Explanation]:
    """All codes in order. Imported on demand: only ``dss explain`` and the docs need the texts."""
    found: dict[str, Explanation] = {}
    for name in RANGES:
        found |= import_module(f".{name}", __name__).CODES
    return dict(sorted(found.items()))
