"""How conflicts are decided: one module per strategy, found by its name."""

from __future__ import annotations

from ...registry import Registry
from ..conflicts import MergeStrategy

strategies: Registry[MergeStrategy] = Registry("merge strategy", __name__, code="DSS694")
"""All strategies by name, e.g. ``strategies.get("keep_local")``."""
