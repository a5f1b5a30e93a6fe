"""Styles -> composite tokens: typography, shadow, color, gradient and grids. They work on every plan. Pure."""

from __future__ import annotations

from .bindings import Bound, bindings_in
from .listing import Style, listed_styles, nodes_in
from .reader import StylesRead, read_styles, with_styles

__all__ = ("Bound", "Style", "StylesRead", "bindings_in", "listed_styles", "nodes_in", "read_styles", "with_styles")
