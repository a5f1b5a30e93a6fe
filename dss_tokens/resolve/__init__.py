"""Token sets -> resolved tokens: documents flattened, groups extended, aliases followed."""

from __future__ import annotations

from .evaluation import Evaluation, ResolvedToken
from .flatten import flatten
from .groups import expand

__all__ = ("Evaluation", "ResolvedToken", "expand", "flatten")
