"""A file in Figma: asked for what a project takes of it, told what changed, watched. The client is handed in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import DssError, RemoteError

from .. import files, journal
from ..json_text import json_bytes
from .figma_base import Base

PLAN = "DSS402"
"""The code of what a plan does not include."""

_NO_METADATA = ("DSS402", "DSS403", "DSS405", "DSS406", "DSS408")
_FINAL = ("DSS401", "DSS402", "DSS403", "DSS404", "DSS405", "DSS406", "DSS407", "DSS408")
"""Refusals that waiting does not mend."""

_NODES = 100  # ids in one request


class Client(Protocol):
    """What is needed of :class:`figma.client.FigmaClient`."""

    def local_variables(self, key: str) -> Any:
        """All variables of a file."""

    def post_variables(self, key: str, body: Mapping[str, Any]) -> dict[str, str]:
        """Applies a body; temporary id -> real id."""

    def file_meta(self, key: str) -> Any:
        """The cheap answer that tells whether a file changed."""

    def file(self, key: str) -> Any:
        """A file without its nodes."""

    def file_styles(self, key: str) -> Any:
        """The published styles of a file."""

    def nodes(self, key: str, ids: Sequence[str]) -> Any:
        """Some nodes."""

    def file_components(self, key: str) -> Any:
        """The published components of a file."""

    def file_component_sets(self, key: str) -> Any:
        """The published component sets of a file."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a project takes of Figma."""

    key: str
    libraries: Mapping[str, str]
    """Key of a library's file -> the project's name of it."""

    styles: bool = False
    components: bool = False
    options: Mapping[str, Any] | None = None
    """Of the reader."""

    def made_by(self, program: str) -> str:
        """A digest of all that decides what is made of the same version."""
        text = repr((program, self.key, sorted(self.libraries.items()), self.styles, self.components,
                     sorted((self.options or {}).items())))  # fmt: skip
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


class Versions(NamedTuple):
    """How new the files are."""

    of: Mapping[str, str]
    """Key -> version; of those that say."""

    touched: int | None
    """When the file itself was last touched, in ms."""


def versions_of(client: Client, wanted: Wanted) -> Versions:
    """What the cheapest endpoint says of the file and its libraries; nothing where the token may not ask it."""
    found: dict[str, str] = {}
    touched = None
    for key in (wanted.key, *wanted.libraries):
        version, when = _version_of(client, key)
        touched = when if key == wanted.key else touched
        if version is not None:
            found[key] = version
    return Versions(found, touched)


def _version_of(client: Client, key: str) -> tuple[str | None, int | None]:
    try:
        meta = client.file_meta(key)
    except DssError as error:
        if error.code not in _NO_METADATA:
            raise
        return None, None
    about = meta.get("file", meta) if isinstance(meta, dict) else None
    if not isinstance(about, dict):
        return None, None
    touched = about.get("last_touched_at") or about.get("lastModified")
    return str(about.get("version") or touched or "") or None, _milliseconds(touched)


def _milliseconds(text: Any) -> int | None:
    from datetime import datetime

    try:
        return int(datetime.fromisoformat(str(text).replace("Z", "+00:00")).timestamp() * 1000)
    except ValueError:
        return None


def is_unchanged(base: Base | None, wanted: Wanted, versions: Versions, made_by: str, folder: Path) -> bool:
    """Whether the last pull saw these versions already: then one cheap request for each file was enough."""
    if base is None or base.made_by != made_by or dict(base.versions) != dict(versions.of):
        return False
    if versions.of.keys() != {wanted.key, *wanted.libraries}:
        return False
    return any((folder / name).is_file() for name in base.marks)


class Fetched(NamedTuple):
    """What Figma said."""

    answers: dict[str, Any]
    """Of :class:`figma.sources.Answers`."""

    refused: list[Diagnostic]
    """What the plan does not include and the pull goes on without."""


def fetch(
    client: Client, wanted: Wanted, styles_in: Callable[[Sequence[Any]], Sequence[Any]], *, variables: bool = True
) -> Fetched:
    """Everything that *wanted* asks for, one request after the other.

    Args:
        client: Of the Figma API.
        wanted: What a project takes.
        styles_in: The styles in lists of them (:func:`figma.sources.styles_in`).
        variables: Ask for variables: not where they come from a saved answer.

    Raises:
        RemoteError: Figma refused, failed, or could not be reached.
    """
    answers: dict[str, Any] = {}
    refused: list[Diagnostic] = []
    try:
        if variables:
            answers["variables"] = {f"{wanted.key}.json": client.local_variables(wanted.key)}
            answers["libraries"] = {
                name: {f"{key}.json": client.local_variables(key)} for key, name in wanted.libraries.items()
            }
    except DssError as error:
        if error.code != PLAN or not (wanted.styles or wanted.components):
            raise
        answers.pop("variables", None)
        refused += [replace(found, severity="warning") for found in error.diagnostics]
    if wanted.styles:
        listed = [client.file_styles(wanted.key)]
        if not styles_in(listed):  # nothing is published: the file itself lists what is not
            listed = [client.file(wanted.key)]
        ids = [style.node for style in styles_in(listed)]
        answers["styles"] = listed
        answers["nodes"] = [client.nodes(wanted.key, ids[at : at + _NODES]) for at in range(0, len(ids), _NODES)]
    if wanted.components:
        answers["components"] = client.file_components(wanted.key)
        answers["component_sets"] = client.file_component_sets(wanted.key)
    return Fetched(answers, refused)


class Pushed(NamedTuple):
    """What a push did."""

    requests: int
    ids: Mapping[str, str]


def push(
    client: Client, key: str, bodies: list[dict[str, Any]], real_ids_in: Callable[[Any, Mapping[str, str]], Any],
    root: Path,
) -> Pushed:  # fmt: skip
    """Posts *bodies* in order; a note remembers what was made, so that an interrupted push can go on.

    Each request is all or nothing in Figma. When one fails the note stays: the next push plans against a fresh answer,
    finds what was made by its name, and posts the rest.

    Raises:
        RemoteError: Figma refused or failed; the last diagnostic says how far the push came.
    """
    note = _note(root, key)
    made: dict[str, str] = {}
    for number, body in enumerate(bodies):
        if number:
            files.write({note: json_bytes({"done": number, "of": len(bodies), "ids": made})})
        try:
            made |= client.post_variables(key, real_ids_in(body, made))
        except RemoteError as error:
            if number:
                message = f"{number} of {len(bodies)} requests were applied"
                hint = "dss figma push again posts the rest; nothing is made twice"
                error.diagnostics = (*error.diagnostics, Diagnostic(code="DSS480", message=message, hint=hint))
            raise
    note.unlink(missing_ok=True)
    return Pushed(len(bodies), made)


def _note(root: Path, key: str) -> Path:
    return root / journal.FOLDER / f"push-{key}.json"


def interrupted_push(root: Path, key: str) -> list[Diagnostic]:
    """A word on a push that did not end, if one did not."""
    if not _note(root, key).exists():
        return []
    message = "a push did not end: part of it is in Figma"
    return [Diagnostic(code="DSS480", severity="warning", message=message, hint="dss figma push posts the rest")]


class Look(NamedTuple):
    """One look of a watch."""

    versions: Versions | None
    """Where something is new."""

    fault: RemoteError | None = None
    """Where Figma could not be asked; the next look comes later."""


def looks(
    client: Client, wanted: Wanted, seconds: float, wait: Callable[[float], None], known: Mapping[str, str]
) -> Iterator[Look]:
    """Watches a file: yields what is new and what went wrong; asks the cheapest endpoint at a polite rate.

    Faults that pass are waited out, twice as long each time, up to 16 times *seconds*. Source: reference "figma", 9.

    Raises:
        RemoteError: Figma refuses: waiting does not help.
    """
    patience = 1
    while True:
        try:
            now = versions_of(client, wanted)
        except RemoteError as error:
            if error.code in _FINAL:
                raise
            patience = min(patience * 2, 16)
            yield Look(None, error)
        else:
            patience = 1
            if not now.of or dict(now.of) != dict(known):
                known = now.of
                yield Look(now)
        wait(seconds * patience)
