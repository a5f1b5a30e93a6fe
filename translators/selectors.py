"""Where the values of a context hold in CSS: ``[data-theme="dark"]``, or a media query."""

from __future__ import annotations

from collections.abc import Mapping

from dss_tokens.naming import kebab

from .css_values import quoted
from .platform import Platform


def place_of(inputs: Mapping[str, str], platform: Platform) -> tuple[str, str | None]:
    """The selector and the media query for a choice of contexts (contract, "translate").

    By default ``[data-<modifier in kebab case>="<context verbatim>"]``; several modifiers are joined to one
    compound selector.
    """
    selectors: list[str] = []
    queries: list[str] = []
    for modifier, context in inputs.items():
        key = f"{modifier}={context}"
        query = platform.media.get(key)
        if query is not None:
            queries.append(query.removeprefix("@media").strip())
        else:
            selectors.append(platform.selectors.get(key) or f"[data-{kebab(modifier)}={quoted(context)}]")
    media = "@media " + " and ".join(queries) if queries else None
    return _joined(selectors) or platform.root_selector, media


def _joined(selectors: list[str]) -> str:
    """Compound selectors: each alternative of one with each of the others."""
    joined = [""]
    for selector in selectors:
        joined = [first + other.strip() for first in joined for other in selector.split(",")]
    return ", ".join(joined)
