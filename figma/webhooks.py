"""What Figma's webhooks send: checked, named, and without repetition. Pure: the server lives in the application.

There is no signature; the passcode in the body is all that tells Figma from anybody else.
Source: Figma REST API, "Webhooks V2".
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 1024 * 1024

PULL_WORTHY = frozenset({"FILE_UPDATE", "LIBRARY_PUBLISH", "FILE_VERSION_UPDATE"})
"""Events after which variables may have changed."""


class WebhookRefusedError(Exception):
    """A request that is none of Figma's: to be answered with :attr:`status`, and not to be acted on."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Event:
    """One event."""

    type: str
    webhook: str
    """Its id: described as a number, sent as a text; both are taken."""

    timestamp: str
    file: str | None
    """The file's key, where the event is about one."""

    variables: bool | None
    """Of a publish: whether variables are among what changed; ``None`` for other events."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """Equal for repetitions of one event: what is not answered at once is sent again up to three times."""
        return self.webhook, self.timestamp, self.type

    @property
    def asks_for_pull(self) -> bool:
        """Whether variables may have changed. A publish sends one event for each kind of thing."""
        return self.type in PULL_WORTHY and self.variables is not False


def read_event(body: bytes, passcode: str) -> Event:
    """The event in *body*, when it knows *passcode*. Unknown kinds of events are read as well.

    Raises:
        WebhookRefusedError: Too large (413), no JSON object (400), or another passcode (403).
    """
    if len(body) > MOST_BYTES:
        raise WebhookRefusedError(413, "the body is too large")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise WebhookRefusedError(400, "the body is no JSON object")
    given = document.get("passcode")
    if not passcode or not isinstance(given, str) or not _equal(given, passcode):
        raise WebhookRefusedError(403, "the passcode is wrong")
    kind = document.get("event_type")
    if not isinstance(kind, str):
        raise WebhookRefusedError(400, "the body names no event")
    file = document.get("file_key")
    return Event(
        type=kind,
        webhook=str(document.get("webhook_id", "")),
        timestamp=str(document.get("timestamp", "")),
        file=file if isinstance(file, str) else None,
        variables=_has_variables(document) if kind == "LIBRARY_PUBLISH" else None,
    )


def _equal(given: str, wanted: str) -> bool:
    """In a time that does not tell how much of *given* is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), wanted.encode())


def _has_variables(document: Mapping[str, Any]) -> bool:
    fields = ("created_variables", "modified_variables", "deleted_variables")
    if not any(field in document for field in fields):
        return False
    return any(document.get(field) for field in fields)


class Repetitions:
    """Remembers the last events, so that each is acted on once."""

    __slots__ = ("_most", "_seen")

    def __init__(self, most: int = 1000) -> None:
        self._seen: dict[tuple[str, str, str], None] = {}
        self._most = most

    def is_new(self, event: Event) -> bool:
        """Whether *event* was not seen before; from now on it was."""
        if event.identity in self._seen:
            return False
        self._seen[event.identity] = None
        while len(self._seen) > self._most:
            del self._seen[next(iter(self._seen))]
        return True
