"""The canonical dialect: DTCG 2025.10 documents in and out."""

from __future__ import annotations

from .dump import dump
from .parse import parse

__all__ = ("dump", "parse")
