"""Digests of meaning: two states with one revision say the same, however they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

Json = Any


def digest(value: Json) -> str:
    """SHA-256 of a JSON value in one canonical spelling: keys sorted, ``1.0`` as ``1``; 64 hexadecimal digits."""
    text = json.dumps(_normal(value), sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _normal(value: Json) -> Json:
    """*value* with whole floats as integers; the same object where nothing changes."""
    kind = type(value)
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if kind is dict or isinstance(value, Mapping):
        return {key: _normal(part) for key, part in value.items()}
    if kind is list or kind is tuple:
        return [_normal(part) for part in value]
    return value


def revision(name: str, parent: str, node: Mapping[str, Json]) -> str:
    """The revision of a token or group.

    Args:
        name: Its own name.
        parent: The id of its group.
        node: A token's object; a group's properties.
    """
    return digest([name, parent, node])
