"""Codes 1xx, files and JSON."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {}
