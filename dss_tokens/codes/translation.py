"""Codes 3xx, configuration and translation."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {}
