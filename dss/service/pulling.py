"""A Figma source -> token files in the project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .. import files
from ..json_text import json_bytes
from .reading import Reader

if TYPE_CHECKING:
    from ..config import FigmaTable

RESOLVER = "tokens.resolver.json"


class Pulled(Protocol):
    """What the Figma reader gives."""

    @property
    def files(self) -> Mapping[str, Any]:
        """Relative path -> document."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every decision that lost something."""

    @property
    def summary(self) -> Any:
        """What was read and written, per collection."""


class PullPlan(NamedTuple):
    """What a pull would write."""

    folder: Path
    contents: Mapping[Path, bytes]
    changed: list[Path]
    diagnostics: list[Diagnostic]
    summary: Any


def payload_documents(source: Path) -> dict[str, Any]:
    """The decoded documents of a saved answer: one file, or a folder or zip of mode exports.

    Raises:
        InputError: It cannot be read, or is not JSON.
    """
    if source.is_dir():
        found = {p.relative_to(source).as_posix(): p for p in files.find_sources((str(source),), Path())}
        return {name: _decoded(files.read(path), path.suffix, files.shown(path)) for name, path in found.items()}
    data = files.read(source)
    if data[:4] == b"PK\x03\x04":
        return _zipped(source)
    return {source.name: _decoded(data, ".json", files.shown(source))}


def _decoded(data: bytes, suffix: str, file: str) -> Any:
    read = Reader().decode_bytes(data, suffix.lower(), file)
    if read.value is None:
        raise InputError(*(d for d in read.diagnostics if d.severity == "error"))
    return read.value


def _zipped(source: Path) -> dict[str, Any]:
    """The JSON files of a zip of mode exports, read by the bounded archive reader."""
    from ..export_import.container import Container

    with Container.open(source) as container:
        return {
            member.name: _decoded(b"".join(container.chunks(member)), ".json", f"{files.shown(source)}!{member.name}")
            for member in container.members
            if not member.is_folder and member.name.endswith((".json", ".tokens"))
        }


def plan_pull(pulled: Pulled, folder: Path) -> PullPlan:
    """The files of a pull below *folder*; nothing is written."""
    contents = {files.contained(folder, name): json_bytes(document) for name, document in pulled.files.items()}
    return PullPlan(folder, contents, files.differing(contents), pulled.diagnostics, pulled.summary)


def apply_pull(plan: PullPlan) -> None:
    """Writes what differs, all or nothing."""
    files.write({path: plan.contents[path] for path in plan.changed})


def options_of(table: FigmaTable | None) -> dict[str, Any]:
    """The reader's options as dss.toml sets them."""
    if table is None:
        return {}
    return {
        "group_by_collection": table.group_by_collection,
        "color_profile": table.color_profile,
        "type_rules": tuple(table.types.items()),
    }
