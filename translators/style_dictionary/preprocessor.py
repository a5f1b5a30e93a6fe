"""Preprocessors: named changes of all tokens before they are flattened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .registry import Registry

Preprocessor = Callable[[dict[str, Any], Mapping[str, Any]], dict[str, Any]]
"""Takes the tree and the configuration (or platform) it is named in; gives another tree, or the same,
changed."""

preprocessors: Registry[Preprocessor] = Registry("preprocessor", f"{__package__}.preprocessors")


def preprocess(tree: dict[str, Any], names: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """*tree* after the preprocessors called *names*, in their order; unknown names were refused before."""
    for name in names:
        if (preprocessor := preprocessors.get(name)) is not None:
            tree = preprocessor(tree, options)
    return tree
