"""What stylesheets and JSON cannot write of the tokens, because CSS has no form for it, or their layout no place."""

from __future__ import annotations

from collections.abc import Iterable

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.registry import module_of
from dss_tokens.resolve.answers import ResolvedToken

from .composite_parts import has_parts
from .css_values import TYPOGRAPHY
from .losses import Losses
from .rendering import Rendering, all_tokens

_HOLDS_CONTEXTS = {"css": True, "less": True, "stylus": True, "tailwind": True, "scss": False, "json": False}
"""By module; other formats tell of their own losses."""

_AT_RISK = frozenset({"strokeStyle", "border", "typography"})
_KNOWN_PARTS = TYPOGRAPHY.keys()


def css_losses(rendering: Rendering) -> Iterable[Diagnostic]:
    """What a format of CSS texts leaves out; nothing for other formats."""
    holds_contexts = _HOLDS_CONTEXTS.get(module_of(rendering.platform.format))
    if holds_contexts is None:
        return
    losses = Losses()
    tokens = all_tokens(rendering.permutations) if holds_contexts else rendering.tokens
    for token in tokens.values():
        if token[1] in _AT_RISK:
            _tell(losses, rendering, token)
    if not holds_contexts:
        losses.contexts(rendering.permutations)
    yield from losses.diagnostics(rendering.platform)


def _tell(losses: Losses, rendering: Rendering, token: ResolvedToken) -> None:
    path, kind, value, *_ = token
    if type(value) is not dict:
        return
    losses.path = path
    if type(value if kind == "strokeStyle" else value.get("style")) is dict:
        losses.tell("has no dash patterns; it writes dashed for")
    if kind != "typography" or value.keys() <= _KNOWN_PARTS:
        return
    if not (rendering.effects(token).parts in ("only", "both") and has_parts(token)):
        losses.other_parts(kind, value, *TYPOGRAPHY)
