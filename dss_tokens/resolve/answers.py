"""What resolving a location gives: a token, a part of a document, or nothing."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, NamedTuple

from ..model import Json, Token
from .references import Pointer


class ResolvedToken(NamedTuple):
    """A token with nothing left to look up."""

    path: str
    type: str
    value: Json
    """In DTCG form, every reference replaced. Equal values may be the same object: never change one."""

    written: Json
    """As authored, references kept, older forms in their 2025.10 form."""

    alias: str | None
    """The path of the token it names, when it is an alias."""

    deprecated: bool | str | None
    """Its own mark or the nearest group's."""

    token: Token

    description: str | None
    """Its own."""


class Unresolved(NamedTuple):
    """Why a request has no answer; an empty message was reported elsewhere."""

    message: str = ""
    rule: str = ""
    code: str = "DSS202"
    hint: str | None = None


class PointedAt(NamedTuple):
    """The value at a location, and the token when the location is a whole token or its value."""

    value: Json
    whole: ResolvedToken | None
    touched: tuple[str, ...]
    """Paths of the tokens that were looked at on the way."""


Request = str | Pointer
Answer = ResolvedToken | PointedAt | Unresolved
Steps = Generator[Request, Answer, Any]

REPORTED = Unresolved()
