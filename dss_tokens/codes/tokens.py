"""Codes 2xx, tokens, references, resolver documents."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {}
