"""A reference replaced by the value it led to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..mentions import decoded, pointer_path
from .forms import Form

Json = Any


class _CannotWriteError(Exception):
    """The value does not fit where the reference stands."""


def inlined(node: Mapping[str, Json], path: str, target: Mapping[str, Json], form: Form) -> dict[str, Json] | None:
    """A token with every reference to *path* replaced by the target's authored value.

    Args:
        node: The token.
        path: As its references name the target.
        target: The target's JSON object.
        form: How both are spelled.

    Returns:
        A new node; ``None`` where a value cannot be written in place of its reference, such as an object inside a text.
    """
    found = dict(node)
    reference = found.pop("$ref", None) if form.value not in node else None
    value = {"$ref": reference} if reference is not None else found.get(form.value)
    try:
        value = _replaced(value, path, target, form)
    except _CannotWriteError:
        return None
    if isinstance(value, dict) and set(value) == {"$ref"}:
        found["$ref"] = value["$ref"]
        found.pop(form.value, None)
    else:
        found[form.value] = value
    return found


def _replaced(value: Json, path: str, target: Mapping[str, Json], form: Form) -> Json:
    if type(value) is str:
        return _replaced_text(value, path, target, form)
    if type(value) is list:
        return [_replaced(part, path, target, form) for part in value]
    if type(value) is not dict:
        return value
    pointer = value.get("$ref")
    if type(pointer) is str and pointer_path(pointer) == path:
        return _pointed(pointer, path, target, form)
    return {key: _replaced(part, path, target, form) for key, part in value.items()}


def _whole(target: Mapping[str, Json], form: Form) -> Json:
    return target[form.value] if form.value in target else {"$ref": target["$ref"]}


def _replaced_text(text: str, path: str, target: Mapping[str, Json], form: Form) -> Json:
    for written in (f"{{{path}}}", f"{{{path}.value}}", f"${path}"):
        if text.strip() == written:
            return _whole(target, form)
    if f"{{{path}" not in text:
        return text
    value = _whole(target, form)
    if type(value) not in (str, int, float):
        raise _CannotWriteError
    shown = value if type(value) is str else f"{value:g}"
    return text.replace(f"{{{path}.value}}", shown).replace(f"{{{path}}}", shown)


def _pointed(pointer: str, path: str, target: Mapping[str, Json], form: Form) -> Json:
    """What a pointer to the target, or into its value, gives."""
    keys = [decoded(part) for part in pointer[2:].split("/")][path.count(".") + 1 :]
    if not keys:
        return _whole(target, form)
    value: Json = target
    for key in keys:
        if type(value) is dict and key in value:
            value = value[key]
        elif type(value) is list and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            raise _CannotWriteError
    return value
