"""JSON Pointers: the value at a location of the document after ``$extends``.

Source: DTCG Format 2025.10, "JSON Pointer syntax"; RFC 6901.
"""

from __future__ import annotations

from ..limits import MAX_POINTER
from ..model import Json, Token
from ..types import described
from .answers import REPORTED, Answer, PointedAt, ResolvedToken, Steps, Unresolved
from .evaluation import Evaluation, endless
from .references import (
    Malformed,
    Pointer,
    array_index,
    brace_target,
    is_brace_reference,
    is_pointer,
    pointer_parts,
    text_of,
)
from .tokens import untyped
from .values import FailedError, Reading


def pointer_steps(evaluation: Evaluation, pointer: Pointer) -> Steps:
    """The value at a location of the document after ``$extends``; gives :class:`PointedAt` or :class:`Unresolved`."""
    token, rest = _split(evaluation, pointer)
    if token is None:
        return (yield from _group_location(evaluation, pointer))
    touched = (token.path,)
    if not rest or rest == ("$value",):
        answer: Answer = yield token.path
        if isinstance(answer, ResolvedToken):
            return PointedAt(answer.value, answer, touched)
        return answer
    if rest[0] != "$value":
        return (yield from _as_written(_walk(token.node, rest), touched, pointer))
    value = token.value
    for place, part in enumerate(rest[1:], 1):
        if is_brace_reference(value) or is_pointer(value):
            return (yield from _elsewhere(value, rest[place:], touched, pointer))
        stepped = _step(value, part)
        if isinstance(stepped, Unresolved) or isinstance(value, str):
            return (yield from _in_resolved(token, rest[1:], stepped, touched, evaluation, pointer))
        value = stepped[0]
    reading = Reading(evaluation, token)
    try:
        if is_brace_reference(value) or is_pointer(value):
            return (yield from _elsewhere(value, (), touched, pointer))
        value = yield from untyped(reading, value, rest[1:])
    except FailedError:
        return REPORTED
    return PointedAt(value, None, (*touched, *reading.uses))


def _split(evaluation: Evaluation, pointer: Pointer) -> tuple[Token | None, Pointer]:
    path = ""
    tokens = evaluation.tokens.tokens
    for place, part in enumerate(pointer):
        if not part or "." in part:
            break
        path = f"{path}.{part}" if path else part
        if path in tokens:
            return tokens[path], pointer[place + 1 :]
    return None, ()


def _missing(pointer: Pointer) -> Unresolved:
    return Unresolved(f"the pointer {text_of(pointer)[:200]} leads nowhere", "PTR-5")


def _group_location(evaluation: Evaluation, pointer: Pointer) -> Steps:
    """A location that is in no token: a property of a group, e.g. something in its ``$extensions``."""
    place = next((i for i, part in enumerate(pointer) if part[:1] == "$" and part != "$root"), len(pointer))
    path = ".".join(pointer[:place])
    group = evaluation.tokens.groups.get(path)
    if group is None or any(not part or "." in part for part in pointer[:place]):
        return _missing(pointer)
    if place == len(pointer):
        return Unresolved(f"{path or 'the document'} is a group, not a value", "PTR-5", "DSS205")
    return (yield from _as_written(_walk(group.properties, pointer[place:]), (path,), pointer))


def _as_written(found: tuple[Json] | Unresolved, touched: tuple[str, ...], pointer: Pointer) -> Steps:
    """A value from outside ``$value``; where it is a reference itself, what that leads to."""
    if isinstance(found, Unresolved):
        return found
    if is_brace_reference(found[0]) or is_pointer(found[0]):
        return (yield from _elsewhere(found[0], (), touched, pointer))
    return PointedAt(found[0], None, touched)


def _step(value: Json, part: str) -> tuple[Json] | Unresolved:
    """One step into a value: a key of an object, an index of an array."""
    if isinstance(value, dict) and part in value:
        return (value[part],)
    if isinstance(value, list) and (index := array_index(part, len(value))) is not None:
        return (value[index],)
    if isinstance(value, list):
        return Unresolved(f"the array has no element {part}", "PTR-4")
    return Unresolved(f'there is no "{part}" in {described(value)}', "PTR-5")


def _walk(value: Json, parts: Pointer) -> tuple[Json] | Unresolved:
    for part in parts:
        stepped = _step(value, part)
        if isinstance(stepped, Unresolved):
            return stepped
        value = stepped[0]
    return (value,)


def _elsewhere(value: Json, rest: Pointer, touched: tuple[str, ...], pointer: Pointer) -> Steps:
    """Goes on in the target of a reference met before the pointer is used up."""
    if isinstance(value, str):
        path = brace_target(value)
        if isinstance(path, Malformed):
            return Unresolved(path.message, path.rule, "DSS206", path.hint)
        target: Pointer = (*path.split("."), "$value", *rest)
    else:
        parts = pointer_parts(value["$ref"])
        if isinstance(parts, Malformed):
            return Unresolved(parts.message, parts.rule, "DSS206", parts.hint)
        target = (*parts, *rest) if not rest or "$value" in parts else (*parts, "$value", *rest)
    if len(target) > MAX_POINTER:
        return endless(target)
    answer: Answer = yield target
    if isinstance(answer, PointedAt):
        # One step is enough: what lies behind it is used by the token there. All steps would add up in long chains.
        return PointedAt(answer.value, None if rest else answer.whole, (*touched, *answer.touched[:1]))
    return answer


def _in_resolved(
    token: Token,
    parts: Pointer,
    fault: tuple[Json] | Unresolved,
    touched: tuple[str, ...],
    evaluation: Evaluation,
    pointer: Pointer,
) -> Steps:
    """Walks the resolved value instead: an older form such as ``"#ff0000"`` has no components as written."""
    if evaluation.strict or not isinstance(token.value, str):
        return fault if isinstance(fault, Unresolved) else _missing(pointer)
    answer: Answer = yield token.path
    if not isinstance(answer, ResolvedToken):
        return answer
    found = _walk(answer.value, parts)
    return found if isinstance(found, Unresolved) else PointedAt(found[0], None, touched)
