"""Content as blobs and the name of a state: the same in every store."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import orjson

from .store import Content, Kind

Json = Any


class Blob(NamedTuple):
    """A JSON value as bytes."""

    digest: str
    """SHA-256 of :attr:`data`, in hexadecimal."""

    data: bytes


class Sealed(NamedTuple):
    """Content, ready to be kept."""

    state: str
    blobs: Mapping[tuple[Kind, str], Blob]


def sealed(content: Content) -> Sealed:
    """*content* with its digests. The order of members inside a value is part of it; that of the members is not."""
    blobs = {key: blob(value) for key, value in content.members().items()}
    lines = sorted(f"{kind}\0{name}\0{found.digest}\n" for (kind, name), found in blobs.items())
    return Sealed(sha256("".join(lines).encode()).hexdigest(), blobs)


def blob(value: Json) -> Blob:
    """A JSON value in the one spelling that is kept."""
    data = orjson.dumps(value)
    return Blob(sha256(data).hexdigest(), data)


def value_of(data: bytes) -> Json:
    """The JSON value of a blob."""
    return orjson.loads(data)
