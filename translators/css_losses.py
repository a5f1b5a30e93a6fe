"""What stylesheets and JSON cannot write of the tokens, because CSS has no form for it, or their layout no place."""

from __future__ import annotations

from typing import NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.registry import module_of
from dss_tokens.resolve.answers import ResolvedToken

from .composite_parts import has_parts
from .css_values import TYPOGRAPHY
from .losses import Losses
from .rendering import Rendering, all_tokens


class _Places(NamedTuple):
    """What the layout of a format has places for."""

    contexts: bool = True
    notes: bool = True
    groups: bool = True
    spacing: bool = True
    """Letter spacing, which the one text of a typography cannot hold."""


_FORMATS = {
    "css": _Places(groups=False),
    "less": _Places(),
    "stylus": _Places(),
    "tailwind": _Places(),
    "scss": _Places(contexts=False, groups=False),
    "json": _Places(contexts=False, notes=False, groups=False, spacing=False),
}
"""By module; other formats tell of their own losses."""

_AT_RISK = frozenset({"strokeStyle", "border", "typography"})


def css_losses(rendering: Rendering) -> list[Diagnostic]:
    """What a format of CSS texts leaves out; nothing for other formats."""
    places = _FORMATS.get(module_of(rendering.platform.format))
    if places is None:
        return []
    losses = Losses()
    tokens = all_tokens(rendering.permutations) if places.contexts else rendering.tokens
    for token in tokens.values():
        if token[1] in _AT_RISK:
            _tell(losses, rendering, token, places)
        if not places.notes and (token[5] or token[6].node.get("$description")):
            losses.notes(token[0])
    if not places.groups:
        losses.groups(rendering.permutations)
    if not places.contexts:
        losses.contexts(rendering.permutations)
    return list(losses.diagnostics(rendering.platform))


def _tell(losses: Losses, rendering: Rendering, token: ResolvedToken, places: _Places) -> None:
    path, kind, value, *_ = token
    losses.path = path
    if type(value) is not dict:
        return
    if type(value if kind == "strokeStyle" else value.get("style")) is dict:
        losses.tell("has no dash patterns; it writes dashed for")
    if kind != "typography" or (rendering.effects(token).parts in ("only", "both") and has_parts(token)):
        return
    losses.other_parts(kind, value, *TYPOGRAPHY)
    if "letterSpacing" in value and not places.spacing:
        losses.tell("leaves out the letter spacing")
