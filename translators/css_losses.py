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
    spacing: bool = True
    """Letter spacing, which the one text of a typography cannot hold."""


_FORMATS = {
    "css": _Places(),
    "less": _Places(),
    "stylus": _Places(),
    "tailwind": _Places(),
    "scss": _Places(contexts=False),
    "json": _Places(contexts=False, notes=False, spacing=False),
}
"""By module; other formats tell of their own losses."""

_ONE_CHOICE = frozenset({"dtcg", "dtcg/resolved"})
"""Formats that lose nothing but the other contexts."""

_AT_RISK = frozenset({"strokeStyle", "border", "typography"})


def css_losses(rendering: Rendering) -> list[Diagnostic]:
    """What a format of CSS texts leaves out; nothing for other formats."""
    losses = Losses()
    if rendering.platform.format in _ONE_CHOICE:
        _tell_contexts(losses, rendering)
        return list(losses.diagnostics(rendering.platform))
    places = _FORMATS.get(module_of(rendering.platform.format))
    if places is None:
        return []
    tokens = all_tokens(rendering.permutations) if places.contexts else rendering.tokens
    for token in tokens.values():
        if token[1] in _AT_RISK:
            _tell(losses, rendering, token, places)
        if not places.notes and (token[5] or token[6].node.get("$description")):
            losses.notes(token[0])
    if not places.contexts:
        _tell_contexts(losses, rendering)
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


def _tell_contexts(losses: Losses, rendering: Rendering) -> None:
    differing = (other.inputs for other in rendering.permutations.others if other.differing)
    for name, context in (pair for inputs in differing for pair in inputs.items()):
        losses.path = f"{name}={context}"
        losses.tell("holds one choice of contexts (--input or inputs chooses another); it leaves out")
