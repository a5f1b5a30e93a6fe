"""What changed between two states of a token folder: token by token, and in the resolver document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.json_equality import ABSENT, same
from dss_tokens.merge import Change, Place, Side, merge, strategies
from dss_tokens.merge.changes import FieldChange
from dss_tokens.model import names

from .. import files

RESOLVER = "tokens.resolver.json"


def changes(before: Side, after: Side) -> tuple[Change, ...]:
    """What *after* changed; a renamed variable is a rename."""
    found = merge(before, before, after, strategy=strategies.get("keep_remote")).changes
    return (*found, *resolver_changes(before.documents, after.documents))


def resolver_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Sets, modifiers, contexts and the order in which they apply: each member that is not as it was."""
    return tuple(_members((), before.get(RESOLVER, ABSENT), after.get(RESOLVER, ABSENT)))


def left_behind(before: Mapping[str, Any], after: Mapping[str, Any], folder: Path) -> list[Diagnostic]:
    """A word on each file that holds tokens and that no set or context names any more, though one did *before*."""
    named = files_named(before.get(RESOLVER)) - files_named(after.get(RESOLVER))
    message = "no set or context names this file any more: Figma deleted its mode; it holds tokens of your own"
    hint = "name it in tokens.resolver.json, or move the tokens and delete it"
    return [
        Diagnostic(code="DSS482", severity="warning", message=message, hint=hint, file=files.shown(folder / name))
        for name in sorted(named & after.keys())
        if after[name]
    ]


def files_named(resolver: Any) -> set[str]:
    """The files that a resolver document refers to, below its folder."""
    if isinstance(resolver, list):
        return set().union(*map(files_named, resolver))
    if not isinstance(resolver, dict):
        return set()
    own = resolver.get("$ref")
    found = {own.removeprefix("./")} if isinstance(own, str) and not own.startswith("#") else set()
    return found.union(*map(files_named, resolver.values()))


def _members(at: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if same(before, after):
        return
    if type(before) is dict and type(after) is dict:
        for name in dict.fromkeys((*before, *after)):
            yield from _members((*at, name), before.get(name, ABSENT), after.get(name, ABSENT))
        return
    place = Place(RESOLVER, ".".join(at))
    kind: Any = "added" if before is ABSENT else "removed" if after is ABSENT else "changed"
    identity = "/".join((f"{RESOLVER}#", *(part.replace("~", "~0").replace("/", "~1") for part in at)))
    yield Change(kind, "document", identity, place, None, (FieldChange("", before, after),))


def types_in(found: Iterable[Change], *sides: Mapping[str, Any]) -> dict[str, tuple[str | None, dict[str, Any]]]:
    """Id of each token among *found* -> its type, also an inherited one, and the token, of the first side with it."""
    types = {}
    for change in found:
        for documents in sides if change.entity == "token" else ():
            token, type_ = _token(documents.get(change.place.set), change.place.path)
            if token is not None:
                types[change.id] = (type_, token)
                break
    return types


def _token(document: Any, path: str) -> tuple[dict[str, Any] | None, str | None]:
    type_ = None
    for name in ("", *names(path)):
        document = document.get(name) if name and type(document) is dict else document
        if type(document) is not dict:
            return None, None
        own = document.get("$type")
        type_ = own if type(own) is str else type_
    return document, type_
