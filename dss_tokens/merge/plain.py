"""Documents that hold no tokens, such as resolver documents: merged as plain JSON, member by member."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from ..json_equality import ABSENT, same
from .conflicts import Conflict, Decisions
from .ordering import merged_order
from .sides import Side

Json = Any
Path = tuple[str, ...]
Clash = Callable[[Path, Json, Json, Json], Json]

_NAMES = ("name", "$ref", "id")
"""What tells the objects of a list apart."""


def is_plain(document: Json) -> bool:
    """Whether a document is no token document: no object, or a resolver document."""
    return not isinstance(document, dict) or ("version" in document and "resolutionOrder" in document)


def merge_plain(name: str, base: Json, local: Json, remote: Json, decisions: Decisions, sides: Sequence[Side]) -> Json:
    """One document, three times; :data:`~dss_tokens.json_equality.ABSENT` where it is not there, also as the result."""
    stamps = (sides[0].stamp, sides[1].stamp)

    def clash(at: Path, before: Json, ours: Json, theirs: Json) -> Json:
        kind: Any = "delete_modify" if ABSENT in (ours, theirs) else "add_add" if before is ABSENT else "both_modified"
        answer = decisions.decide(
            Conflict(kind=kind, entity="document", id=f"{name}#/{'/'.join(at)}", set=name, path=".".join(at), field="",
                     base=before, local=ours, remote=theirs, stamps=stamps)
        )  # fmt: skip
        choose = answer.choose if answer else "local"
        if answer is None and ours is ABSENT:
            return theirs
        if answer and choose == "value":
            return answer.value
        return {"remote": theirs, "base": before}.get(choose, ours)

    return _three((), base, local, remote, clash)


def _three(at: Path, base: Json, ours: Json, theirs: Json, clash: Clash) -> Json:
    if same(ours, theirs) or same(theirs, base):
        return ours
    if same(ours, base):
        return theirs
    if type(ours) is dict and type(theirs) is dict and (type(base) is dict or base is ABSENT):
        return _objects(at, {} if base is ABSENT else base, ours, theirs, clash)
    if type(ours) is list and type(theirs) is list and (type(base) is list or base is ABSENT):
        found = _lists(at, [] if base is ABSENT else base, ours, theirs, clash)
        if found is not None:
            return found
    return clash(at, base, ours, theirs)


def _objects(
    at: Path, base: dict[str, Json], ours: dict[str, Json], theirs: dict[str, Json], clash: Clash
) -> dict[str, Json]:
    merged = {}
    for name in dict.fromkeys((*ours, *theirs, *base)):
        found = _three((*at, name), base.get(name, ABSENT), ours.get(name, ABSENT), theirs.get(name, ABSENT), clash)
        if found is not ABSENT:
            merged[name] = found
    return {name: merged[name] for name in map(str, merged_order(list(merged), list(base), list(ours), list(theirs)))}


def _lists(at: Path, base: list[Json], ours: list[Json], theirs: list[Json], clash: Clash) -> list[Json] | None:
    """Lists whose entries can be told apart, by name or as a whole; ``None`` for others."""
    keyed = [_keyed(entries) for entries in (base, ours, theirs)]
    before, mine, others = keyed
    if before is None or mine is None or others is None:
        return None
    merged = {}
    for key in dict.fromkeys((*mine, *others, *before)):
        found = _three((*at, key), before.get(key, ABSENT), mine.get(key, ABSENT), others.get(key, ABSENT), clash)
        if found is not ABSENT:
            merged[key] = found
    return [merged[str(key)] for key in merged_order(list(merged), list(before), list(mine), list(others))]


def _keyed(entries: list[Json]) -> dict[str, Json] | None:
    found = {_key(entry): entry for entry in entries}
    return found if len(found) == len(entries) else None


def _key(entry: Json) -> str:
    if type(entry) is dict:
        for name in _NAMES:
            if type(entry.get(name)) is str:
                return f"{name}={entry[name]}"
    return json.dumps(entry, sort_keys=True)
