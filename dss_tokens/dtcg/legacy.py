"""The first draft of the format (2021) and its kin: ``value``, ``type``, ``description`` without ``$``.

Read for the whole file at a time, and only when it has no ``$value`` at all. Source: the digest, section 9.
"""

from __future__ import annotations

from typing import Any

_RENAMED = {"value": "$value", "type": "$type", "description": "$description", "comment": "$description",
            "extensions": "$extensions", "deprecated": "$deprecated"}  # fmt: skip
ROOT = "$root"
_EXTENSIONS = ("extensions", "$extensions")
"""What stands in them is no token, whatever it looks like."""

_OWN = frozenset(_RENAMED) | {"$extensions"}
_PRESENT_FORM = ("$value", "$ref", "$extends")


def is_first_draft(document: dict[str, Any]) -> bool:
    """Whether some object in it has ``value`` and none has ``$value``, ``$ref`` or ``$extends``.

    The document itself is no token, and one in it may be called "value".
    """
    found = False
    stack = [document]
    while stack:
        node = stack.pop()
        for key in _PRESENT_FORM:
            if key in node:
                return False
        found = found or (node is not document and _is_token(node))
        stack.extend(part for key, part in node.items() if isinstance(part, dict) and key not in _EXTENSIONS)
    return found


def _is_token(node: dict[str, Any]) -> bool:
    """Whether ``value`` is this object's value and not a token called "value"."""
    if "value" not in node:
        return False
    inner = node["value"]
    return not (isinstance(inner, dict) and ("value" in inner or "$value" in inner)) or isinstance(
        node.get("type"), str
    )


def upgrade_first_draft(document: dict[str, Any]) -> dict[str, Any]:
    """The document with every property renamed; values are upgraded later, by their types. Copies what it changes."""
    upgraded: dict[str, Any] = {}
    stack: list[tuple[dict[str, Any], dict[str, Any]]] = [(document, upgraded)]
    while stack:
        node, target = stack.pop()
        is_token = node is not document and _is_token(node)
        groups = [key for key, child in node.items() if key not in _OWN and _holds_token(child)] if is_token else ()
        own = target
        if groups:  # a token and a group at once: the token becomes the group's base
            own = target[ROOT] = {}
        extra = {}
        for key, child in node.items():
            if is_token and key in _RENAMED:
                own[_RENAMED[key]] = child
            elif not is_token and key == "type" and isinstance(child, str):
                target["$type"] = child
            elif not is_token and key in ("description", "comment") and isinstance(child, str):
                target["$description"] = child
            elif key == "$extensions":
                own[key] = child
            elif isinstance(child, dict) and (not is_token or key in groups):
                inner = target[key] = {}
                stack.append((child, inner))
            elif is_token or key[:1] != "$":  # of a group: other tools' data, e.g. "deprecated": true
                extra[key] = child
            else:
                target[key] = child
        if extra and isinstance(own.setdefault("$extensions", {}), dict):
            ours = own["$extensions"].get("dss")
            ours = ours if isinstance(ours, dict) else {}
            members = ours.get("members")
            members = {**members, **extra} if isinstance(members, dict) else extra
            own["$extensions"] = {**own["$extensions"], "dss": {**ours, "members": members}}
        if is_token and "$extensions" in own:
            found = dict(restored(own))
            own.clear()
            own.update(found)
    return upgraded


def _holds_token(value: Any) -> bool:
    """Whether *value* is a token or has one inside."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if _is_token(node):
                return True
            stack.extend(node.values())
    return False


def restored(node: dict[str, Any]) -> dict[str, Any]:
    """A DTCG token object whose original value is put back, where a conversion kept one and nobody edited it."""
    extensions = node.get("$extensions")
    ours = extensions.get("dss") if isinstance(extensions, dict) else None
    was = ours.get("was") if isinstance(ours, dict) else None
    if not isinstance(was, dict) or "as" not in was or not isinstance(extensions, dict) or not isinstance(ours, dict):
        return node
    rest = {name: part for name, part in ours.items() if name != "was"}
    others = {name: part for name, part in extensions.items() if name != "dss"} | ({"dss": rest} if rest else {})
    found = {name: part for name, part in node.items() if name != "$extensions"} | (
        {"$extensions": others} if others else {}
    )
    if node.get("$value") == was["as"]:
        value = was["value"]
        is_token_level = isinstance(value, dict) and value.keys() == {"$ref"} and "/$value" not in str(value["$ref"])
        replaced = value if is_token_level else {"$value": value}
        found = {**{name: part for name, part in found.items() if name != "$value"}, **replaced}
        if isinstance(was.get("type"), str):
            found["$type"] = was["type"]
    return found
