"""Token sets -> resolved tokens: documents flattened, groups extended, aliases followed."""

from __future__ import annotations

from .documents import Fetched, Inputs, Modifier, Resolver, Set, is_resolver, read_resolver
from .evaluation import Evaluation, ResolvedToken
from .flatten import flatten
from .groups import expand
from .overlay import overlay

__all__ = (
    "Evaluation",
    "Fetched",
    "Inputs",
    "Modifier",
    "ResolvedToken",
    "Resolver",
    "Set",
    "expand",
    "flatten",
    "is_resolver",
    "overlay",
    "read_resolver",
)
