"""Token files -> changes to post: only what differs from Figma, in as few requests as its limits allow. Pure."""

from __future__ import annotations

from .bodies import Limits, real_ids_in, requests_of
from .decisions import Change, PushOptions, PushPlan
from .plan import plan_push

__all__ = ("Change", "Limits", "PushOptions", "PushPlan", "plan_push", "real_ids_in", "requests_of")
