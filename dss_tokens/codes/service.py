"""Codes 5xx, store, service, jobs, Storybook."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {}
