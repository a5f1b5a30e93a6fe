"""One token -> its resolved form: its type, its alias target, its value. Source: DTCG Format 2025.10, "Type"."""

from __future__ import annotations

from typing import Any

from ..model import Json, Token
from ..source import Location
from ..types import LEGACY_TYPES, TYPES, Kept, SimpleType, TokenType
from .answers import PointedAt, ResolvedToken, Steps
from .embedded import embedded, is_css_text
from .evaluation import Evaluation
from .references import is_brace_reference, is_pointer
from .values import FailedError, Reading

_GUESSED = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}


def token_steps(evaluation: Evaluation, token: Token) -> Steps:
    """Resolves one token; gives a :class:`ResolvedToken` or ``None`` after reporting."""
    reading = Reading(evaluation, token)
    try:
        found: ResolvedToken | None = yield from _resolved(reading, token)
    except FailedError:
        found = None
    if reading.uses:
        evaluation.uses[token.path] = tuple(dict.fromkeys(reading.uses))
    return None if reading.bad else found


def _resolved(reading: Reading, token: Token) -> Steps:
    evaluation = reading.evaluation
    value = token.node["$value"] if "$value" in token.node else {"$ref": token.node["$ref"]}
    own = token.node.get("$type")
    mark, said = evaluation.deprecated(token), token.description
    several = isinstance(value, str) and value.count("{") > 1 and not evaluation.strict and is_css_text(value)
    if (is_brace_reference(value) and not several) or is_pointer(value):
        target: ResolvedToken | None
        if isinstance(value, str):
            target = yield from reading.follow(value, ())
            found = target.value if target is not None else None
        else:
            keys: Location = () if "$value" in token.node else ("$ref",)
            if "$value" in token.node:
                pointed: PointedAt = yield from reading.pointer_object(value, ())
            else:
                pointed = yield from reading.pointed(token.node["$ref"], keys[:-1])
            target, found = pointed.whole, pointed.value
        if target is not None:
            if own is None or own == target.type:
                return ResolvedToken(token.path, target.type, target.value, value, target.path, mark, token, said)
            kind = _kind(own)
            if kind is None:
                if evaluation.strict or own not in _GUESSED.values():
                    reading.report("DSS204", f"its $type is {own}, {target.path} is a {target.type}", "REF-7",
                                   severity=reading.tolerated)  # fmt: skip
                return ResolvedToken(token.path, target.type, target.value, value, target.path, mark, token, said)
            if not evaluation.strict and not _usable(kind, target):
                reading.report("DSS204", f"its $type is {own}, {target.path} is a {target.type}; it is taken for such",
                               "REF-7", severity="warning")  # fmt: skip
                return ResolvedToken(token.path, target.type, target.value, value, target.path, mark, token, said)
            fitted = yield from reading.fitting(kind, target, value, ())
            return ResolvedToken(token.path, kind.name, fitted, value, target.path, mark, token, said)
        name = own or token.forced_type or evaluation.kind(token.parent)
        kind = _kind(name)
        if kind is None:
            reading.report("DSS201", "a pointer into a value gives no type, and no group does", "TYPE-1",
                           hint="add a $type")  # fmt: skip
            return None
        return ResolvedToken(
            token.path, kind.name, reading.pointed_literal(kind, found, ()), value, None, mark, token, said
        )
    name = own or token.forced_type or evaluation.kind(token.parent)
    return (yield from _literal(reading, token, name, value, mark))


def _kind(name: Any) -> TokenType | None:
    return TYPES.get(name) if isinstance(name, str) else None


def _usable(kind: TokenType, target: ResolvedToken) -> bool:
    """Whether the target's value can be read as one of *kind*."""
    if target.type == kind.name:
        return True
    return isinstance(kind, SimpleType) and (kind.fits(target.value) or kind.upgrade(target.value) is not None)


def _literal(reading: Reading, token: Token, name: Any, value: Json, mark: Any) -> Steps:
    kind = _kind(name)
    if kind is None and isinstance(name, str) and name in LEGACY_TYPES and not reading.evaluation.strict:
        likely = TYPES[LEGACY_TYPES[name]]
        assert isinstance(likely, SimpleType)
        usable = value if likely.fits(value) else likely.upgrade(value)
        kind = likely if usable is not None and not isinstance(usable, Kept) else None
    if kind is not None and isinstance(value, str) and not reading.evaluation.strict and is_css_text(value):
        text = yield from embedded(reading, value, ())
        if "{" not in text:
            return ResolvedToken(token.path, kind.name, text, value, None, mark, token, token.description)
    if kind is not None:
        resolved, written = yield from reading.typed(kind, value, ())
        return ResolvedToken(token.path, kind.name, resolved, written, None, mark, token, token.description)
    if name is None:
        if value is None or reading.evaluation.strict:
            reading.report("DSS201", "its type cannot be determined: neither it nor a group has a $type", "TYPE-1",
                           hint="add a $type")  # fmt: skip
            return None
        name = _GUESSED[type(value)]
        reading.report("DSS201", f"it has no type; read as {name}", "TYPE-1", severity="warning", hint="add a $type")
    if value is None:
        reading.report("DSS208", "null is no value of any type", "TYPE-7")
        return None
    if not isinstance(name, str):
        return None  # reported with the $type itself
    resolved = yield from untyped(reading, value, ())
    return ResolvedToken(token.path, name, resolved, value, None, mark, token, token.description)


def untyped(reading: Reading, value: Json, keys: Location) -> Steps:
    """A value of no DTCG type with references and pointer objects replaced at any depth.

    What they put in place is resolved already and not looked into again.
    """
    if is_brace_reference(value) and (value.count("{") == 1 or reading.evaluation.strict):
        target: ResolvedToken = yield from reading.follow(value, keys)
        return target.value
    items: Any
    if isinstance(value, dict):
        if "$ref" in value:
            pointed: PointedAt = yield from reading.pointer_object(value, keys)
            return pointed.value
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    elif isinstance(value, str) and "{" in value and not reading.evaluation.strict:
        return (yield from embedded(reading, value, keys))
    else:
        return value
    changed: dict[Any, Json] = {}
    for key, part in items:
        new = yield from untyped(reading, part, (*keys, key))
        if new is not part:
            changed[key] = new
    if not changed:
        return value
    if isinstance(value, dict):
        return {key: changed.get(key, part) for key, part in value.items()}
    return [changed.get(key, part) for key, part in enumerate(value)]
