"""References that follow a rename say what they said: a value that the other side changed is then its edit alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.mentions import renamed

from .identities import Seat
from .spelling import put, token_at

Json = dict[str, Any]
State = tuple[Mapping[str, Any], Mapping[Seat, str]]
"""Documents by file, and who stands where in them."""


def rebound(base: State, local: State, remote: State) -> dict[str, Any]:
    """The documents of *base* with values as one side writes them, where only their targets were renamed there and the
    other side says something else.
    """
    found = dict(base[0])
    means = [_meanings(state[1]) for state in (base, local, remote)]
    if not any(means[0].get(path) != mark for side in means[1:] for path, mark in side.items()):
        return found
    seats = [{identity: seat for seat, identity in side[1].items()} for side in (local, remote)]
    copied: set[tuple[str, ...]] = set()
    for seat, identity in base[1].items():
        if identity not in seats[0] or identity not in seats[1]:
            continue
        before = token_at(base[0][seat[0]], seat[1])
        values = [token_at(side[0][there[identity][0]], there[identity][1]).get("$value")
                  for side, there in zip((local, remote), seats, strict=True)]  # fmt: skip
        value = before.get("$value")
        if value in values or values[0] == values[1]:
            continue
        meant = _meant(value, means[0])
        same = [_meant(own, side) == meant for own, side in zip(values, means[1:], strict=True)]
        if same[0] != same[1]:
            put(found, seat, {**before, "$value": values[same.index(True)]}, copied)
    return found


def _meanings(seats: Mapping[Seat, str]) -> dict[str, str]:
    """Path -> the variables that stand there, in whatever mode."""
    marks: dict[str, set[str]] = {}
    for (_, path), identity in seats.items():
        marks.setdefault(path, set()).add(identity.partition("#")[2])
    return {path: "\0".join(sorted(found)) for path, found in marks.items()}


def _meant(value: Any, meanings: Mapping[str, str]) -> Any:
    """*value* with variables instead of paths."""
    return renamed(value, meanings.get)
