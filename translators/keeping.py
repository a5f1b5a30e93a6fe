"""What a conversion keeps beside the value it writes: the value in DTCG, or the token as its own tool wrote it.

Both stand in ``$extensions.dss`` and count only while nobody edits what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dss_tokens.json_equality import same
from dss_tokens.resolve.answers import ResolvedToken

from .css_parts import same_value
from .outline import ours, without_ours

Json = Any
Node = dict[str, Json]


class Names(NamedTuple):
    """What a dialect calls the members of a token."""

    value: str = "$value"
    type: str = "$type"
    description: str = "$description"
    deprecated: str = "$deprecated"
    extensions: str = "$extensions"


DOLLAR = Names()
PLAIN = Names("value", "type", "comment", "deprecated", "extensions")

_EXTENSIONS = ("$extensions", "extensions")
_TEXTS = {"$description": ("$description", "description", "comment"), "$deprecated": ("$deprecated", "deprecated")}


def with_original(node: Node, key: str, extensions: str, original: Json) -> Node:
    """*node* with the value it had in DTCG beside the one written, so that reading it back loses nothing."""
    return noted(node, extensions, "was", {"value": original, "as": node[key]})


def with_authored(node: Node, names: Names, token: ResolvedToken, dialect: str, original: Mapping[str, Json]) -> Node:
    """*node* with the token as *dialect* wrote it."""
    own = {key: part for key, part in original.items() if key not in _EXTENSIONS}
    name = next((name for name in _EXTENSIONS if name in original), _extensions(original, dialect))
    before = original.get(name) or {}
    if before != without_ours(token.token.node, "members").get("$extensions", {}):
        own[name] = before
    elif name != _extensions(own, dialect):
        own[name] = {}
    return noted(node, names.extensions, "authored", {"dialect": dialect, "token": own, "as": _told(token)})


def is_converted(original: Mapping[str, Json]) -> bool:
    """Whether a conversion wrote a token and nobody edited it: its value in DTCG stands beside."""
    names = PLAIN if "value" in original else DOLLAR
    was = ours({"$extensions": original.get(names.extensions)}, "was")
    return isinstance(was, dict) and "as" in was and same(was["as"], original.get(names.value))


def _told(token: ResolvedToken) -> Node:
    """What edits are told by."""
    texts = {key: token.token.node[key] for key in _TEXTS if key in token.token.node}
    return {"$type": token.type, "$value": token.written, **texts}


def noted(node: Node, extensions: str, key: str, note: Json) -> Node:
    """*node* with a note of ours in its extensions, which are called *extensions*."""
    kept = dict(node.get(extensions) or {})
    kept["dss"] = {**(kept.get("dss") or {}), key: note}
    return {**node, extensions: kept}


def authored_back(token: ResolvedToken, dialect: str, fresh: Callable[[ResolvedToken], Node | None]) -> Node | None:
    """The token as *dialect* wrote it before, with every edit since; ``None`` where that is not kept."""
    kept = ours(token.token.node, "authored")
    if not isinstance(kept, dict) or kept.get("dialect") != dialect or not isinstance(kept.get("token"), dict):
        return None
    original, told, now = dict(kept["token"]), kept.get("as"), _told(token)
    told = told if isinstance(told, dict) else {}
    rest = without_authored(token)
    if told.get("$type") != now["$type"] or not same_value(told.get("$value"), now["$value"]):
        return _edited(original, fresh(rest))
    for key, spellings in _TEXTS.items():
        if told.get(key) != now.get(key):
            name = next((name for name in spellings if name in original), key)
            original.pop(name, None)
            if key in now:
                original[name] = now[key]
    found = without_ours(rest.token.node, "members").get("$extensions") or {}
    name = next((name for name in _EXTENSIONS if name in original), _extensions(original, dialect))
    before = original.pop(name, None)
    together = {**found, **(before if isinstance(before, dict) else {})}
    if together:
        original[name] = together
    return original


def _extensions(node: Mapping[str, Json], dialect: str) -> str:
    """What *dialect* calls a token's extensions, where nothing else is written."""
    return "extensions" if dialect == "style-dictionary" and "$value" not in node else "$extensions"


def _edited(original: Node, fresh: Node | None) -> Node | None:
    """A new value; what else only the tool knows stays."""
    if fresh is None:
        return None
    known = {name.lstrip("$") for name in (*fresh, *DOLLAR, *PLAIN)}
    return {**{key: part for key, part in original.items() if key.lstrip("$") not in known}, **fresh}


def without_authored(token: ResolvedToken) -> ResolvedToken:
    """The token without what is kept of its authored form."""
    if ours(token.token.node, "authored") is None:
        return token
    return token._replace(token=token.token._replace(node=without_ours(token.token.node, "authored")))


def put_back(document: Node) -> Node:
    """A document with the tokens that its root keeps, as DTCG, because the dialect has no form for them."""
    kept = ours(document, "kept")
    if not isinstance(kept, dict):
        return document
    found = without_ours(document, "kept")
    for path, node in kept.items():
        group = found
        *groups, name = path.split(".")
        for part in groups:
            inner = group.get(part)
            group[part] = group = dict(inner) if isinstance(inner, dict) else {}
        group[name] = node
    return found


def with_kept(document: Node, kept: Mapping[str, Json]) -> Node:
    """A document whose root keeps tokens, path -> token as DTCG."""
    return noted(document, "$extensions", "kept", dict(kept)) if kept else document
