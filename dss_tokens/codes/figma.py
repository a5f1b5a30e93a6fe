"""Codes 4xx, Figma."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {}
