"""A file in Figma: asked for its variables, told what changed, watched. The client is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dss_tokens.errors import DssError

from .. import files, journal
from ..json_text import json_bytes
from . import sync


class Client(Protocol):
    """What is needed of :class:`figma.client.FigmaClient`."""

    def local_variables(self, key: str) -> Any:
        """All variables of a file."""

    def post_variables(self, key: str, body: Mapping[str, Any]) -> dict[str, str]:
        """Applies a body; temporary id -> real id."""

    def file_meta(self, key: str) -> Any:
        """The cheap answer that tells whether a file changed."""


class Version(NamedTuple):
    """How new a file is."""

    version: str | None
    touched: int | None
    """When it was last touched, in ms."""


def version_of(client: Client, key: str) -> Version:
    """What the cheapest endpoint says; nothing known where it refuses."""
    try:
        meta = client.file_meta(key)
    except DssError as error:
        if error.code in ("DSS401", "DSS404"):
            raise
        return Version(None, None)
    about = meta.get("file", meta) if isinstance(meta, dict) else {}
    touched = about.get("last_touched_at") or about.get("lastModified")
    return Version(str(about.get("version") or touched or "") or None, _milliseconds(touched))


def _milliseconds(text: Any) -> int | None:
    from datetime import datetime

    try:
        return int(datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp() * 1000)
    except ValueError:
        return None


def is_unchanged(base: sync.Base | None, key: str, version: Version) -> bool:
    """Whether the last pull already saw this version: then one cheap request was enough."""
    return base is not None and base.file_key == key and version.version is not None and base.version == version.version


class Pushed(NamedTuple):
    """What a push did."""

    requests: int
    ids: Mapping[str, str]


def push(
    client: Client, key: str, bodies: list[dict[str, Any]], real_ids_in: Callable[[Any, Mapping[str, str]], Any],
    root: Path,
) -> Pushed:  # fmt: skip
    """Posts *bodies* in order; a journal remembers what was made, so that an interrupted push can go on.

    Each request is all or nothing in Figma. When one fails the journal stays: the next push plans against a fresh
    answer and so leaves out what was applied.
    """
    note = root / journal.FOLDER / f"push-{key}.json"
    made: dict[str, str] = {}
    for number, body in enumerate(bodies, 1):
        made |= client.post_variables(key, real_ids_in(body, made))
        files.write({note: json_bytes({"done": number, "of": len(bodies), "ids": made})})
    if note.exists():
        note.unlink()
    return Pushed(len(bodies), made)


def poll(
    client: Client, key: str, seconds: float, wait: Callable[[float], None], known: str | None
) -> Iterator[Version]:
    """Yields every new version of a file; asks the cheapest endpoint at a polite rate (reference "figma", 9)."""
    while True:
        now = version_of(client, key)
        if now.version is None or now.version != known:
            known = now.version
            yield now
        wait(seconds)
