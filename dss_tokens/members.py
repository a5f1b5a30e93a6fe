"""Members of a token's JSON object by name, also those that older forms keep elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def member(node: Mapping[str, Any], name: str) -> Any:
    """The member called *name*; ``a.b`` is ``b`` inside ``a``, and a key may hold dots itself; ``None`` without one.

    What the first draft's readers did not know of a token was moved into ``$extensions.dss.members``: it is found
    under its own name.
    """
    found = _inside(node, name)
    if found is None and name[:1] != "$":
        moved = _inside(node, "$extensions.dss.members")
        if isinstance(moved, Mapping):
            return _inside(moved, name)
    return found


def _inside(value: Any, name: str) -> Any:
    if not isinstance(value, Mapping):
        return None
    if name in value:
        return value[name]
    at = name.rfind(".")
    while at > 0:  # the longest key first
        if name[:at] in value:
            return _inside(value[name[:at]], name[at + 1 :])
        at = name.rfind(".", 0, at)
    return None
