"""Codes 6xx, archives and merge."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {}
