"""Marks for what bears none yet: a token or set that a person wrote and Figma has by now, under the same name.

So a push can tell the files the ids of what it made, and a token added on both sides is one token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..values.names import segments
from ..variables.layout import RESOLVER
from ..variables.tokens import VENDOR
from .identities import mark_of
from .modes import ModeKey, walk
from .spaces import origin_of

Json = dict[str, Any]
Path = tuple[str, ...]


def adopted_tokens(
    local: Mapping[str, Any], modes: Mapping[str, ModeKey], remote: Mapping[ModeKey, Any]
) -> dict[str, Any]:
    """Those of *local* in which a token gets its marks, with them.

    Args:
        local: File -> content.
        modes: File -> mode.
        remote: Mode -> what Figma has there.
    """
    found = {}
    for name, document in local.items():
        mode = modes.get(name)
        if mode is None or name == RESOLVER or mode not in remote:
            continue
        bare = [path for path, token in walk(document) if mark_of(token) is None]
        claimed = {mark_of(token) for _, token in walk(_of(mode, local, modes))} if bare else set()
        if bare and (marks := _marks_for(bare, remote[mode], claimed)):
            found[name] = _with_marks(document, marks)
    return found


def _of(mode: ModeKey, local: Mapping[str, Any], modes: Mapping[str, ModeKey]) -> Json:
    """All files of a mode as one group, to be walked only."""
    return {name: document for name, document in local.items() if modes.get(name) == mode and name != RESOLVER}


def _marks_for(bare: list[Path], remote: object, claimed: set[str | None]) -> dict[Path, Json]:
    """Path -> marks, by path, then by the variable's name."""
    at: dict[Path, Json] = {}
    named: dict[Path, Json] = {}
    for path, token in walk(remote):
        mark = mark_of(token)
        if mark is not None and mark not in claimed:
            at[path] = token
            named.setdefault(tuple(segments(str(origin_of(token).get("name", "")))), token)
    found: dict[Path, Json] = {}
    taken: set[str | None] = set()
    for path in bare:
        there = at.get(path) or named.get(path)
        if there is not None and mark_of(there) not in taken:
            found[path] = origin_of(there)
            taken.add(mark_of(there))
    return found


def _with_marks(document: Json, marks: Mapping[Path, Json]) -> Json:
    """A copy as far as it changes: the rest is shared."""
    whole = dict(document)
    for path, origin in marks.items():
        group = whole
        for name in path[:-1]:
            group[name] = dict(group[name])
            group = group[name]
        token = dict(group[path[-1]])
        token["$extensions"] = {**(token.get("$extensions") or {}), VENDOR: origin}
        group[path[-1]] = token
    return whole


def adopted_resolver(local: Any, base: Any, remote: Any) -> Any:
    """*local* with the marks of those sets and modifiers that Figma has by now, and files for their empty contexts."""
    if not isinstance(local, dict) or not isinstance(remote, dict):
        return local
    whole = dict(local)
    for kind in ("sets", "modifiers"):
        before = (base.get(kind) if isinstance(base, dict) else None) or {}
        theirs = remote.get(kind) or {}
        entries = {
            name: _adopted_unit(entry, before.get(name), theirs[name])
            if name in theirs and isinstance(entry, dict)
            else entry
            for name, entry in (local.get(kind) or {}).items()
        }
        if entries:
            whole[kind] = entries
    return whole


def _adopted_unit(local: Json, base: Any, remote: Json) -> Json:
    found = dict(local)
    if not origin_of(local) and (origin := origin_of(remote)):
        found["$extensions"] = {**(local.get("$extensions") or {}), VENDOR: origin}
    theirs = remote.get("contexts")
    known = base.get("contexts", {}) if isinstance(base, dict) else {}
    if isinstance(theirs, dict) and isinstance(local.get("contexts"), dict):
        found["contexts"] = {
            context: theirs[context] if not sources and context not in known and theirs.get(context) else sources
            for context, sources in local["contexts"].items()
        }
    return found
