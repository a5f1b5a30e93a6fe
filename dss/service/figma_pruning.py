"""A large merge made small: what is the same on all sides is taken out before and put back after.

A file of 50,000 values in which three changed is then merged as a file of three.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


_STAND_IN: Json = {"$extensions": {"dss": {"leftOut": True}}}
"""Holds the place of a group that is left out."""


def pruned(base: Json, local: Json, remote: Json) -> tuple[Json, Json, Json]:
    """The three groups without what is one object in all of them; a group's own properties stay.

    Where members stand in another order on some side, the order has to be merged as well: something holds their place.
    """
    in_order = _in_one_order(base, local) and _in_one_order(base, remote)
    sides: tuple[Json, Json, Json] = ({}, {}, {})
    for side, group in zip(sides, (base, local, remote), strict=True):
        for name, child in group.items():
            others = (base.get(name, _ABSENT), local.get(name, _ABSENT), remote.get(name, _ABSENT))
            if not _is_member(name) or not others[0] is others[1] is others[2]:
                side[name] = child
            elif not in_order:
                side[name] = child if _is_token(child) else _STAND_IN
    for name in sides[0]:
        if _is_member(name) and name in sides[1] and name in sides[2]:
            children = [side[name] for side in sides]
            if all(type(child) is dict and not _is_token(child) and child is not _STAND_IN for child in children):
                sides[0][name], sides[1][name], sides[2][name] = pruned(*children)
    return sides


_ABSENT: Any = object()


def _is_member(name: str) -> bool:
    return name[:1] != "$" or name == "$root"


def _is_token(node: Json) -> bool:
    return "$value" in node or "$ref" in node


def _in_one_order(one: Json, other: Json) -> bool:
    """Whether what both have stands in the same order. Otherwise the order is a change too, and has to be merged."""
    if one is other or list(one) == list(other):
        return True
    return [name for name in one if name in other] == [name for name in other if name in one]


def grafted(merged: Json, part: Json, whole: Json) -> Json:
    """*merged*, which came of *part*, with all that *whole* has and *part* lacks, at its place."""
    if part is whole:
        return merged
    found: Json = {}
    names = list(merged)
    places = {name: place for place, name in enumerate(names)}
    done = 0
    for name, child in whole.items():
        if name not in part:
            found[name] = child
        elif places.get(name, -1) >= done:
            end = places[name] + 1
            for other in names[done:end]:  # what is new stands before what it was put before
                _graft(found, other, merged, part, whole)
            done = end
    for name in names[done:]:
        _graft(found, name, merged, part, whole)
    return found


def _graft(found: Json, name: str, merged: Json, part: Json, whole: Json) -> None:
    child, before, all_ = merged[name], part.get(name), whole.get(name)
    groups = all(type(node) is dict and not _is_token(node) for node in (child, before, all_))
    if child == _STAND_IN and all_ is not None:
        found[name] = all_
    elif groups and _is_member(name):
        assert before is not None and all_ is not None
        found[name] = grafted(child, before, all_)
    else:
        found[name] = child
