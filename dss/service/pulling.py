"""Saved answers and exports of Figma: the decoded documents of a file, a folder or a zip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dss_tokens.errors import InputError

from .. import files
from .reading import Reader


def payload_documents(source: Path) -> dict[str, Any]:
    """File name -> decoded content.

    Raises:
        InputError: It cannot be read, or is not JSON.
    """
    if source.is_dir():
        found = {p.relative_to(source).as_posix(): p for p in files.find_sources((str(source.resolve()),), source)}
        return {name: _decoded(files.read(path), path.suffix, files.shown(path)) for name, path in found.items()}
    data = files.read(source)
    if data[:4] == b"PK\x03\x04":
        return _zipped(source)
    return {source.name: _decoded(data, ".json", files.shown(source))}


def _decoded(data: bytes, suffix: str, file: str) -> Any:
    reader = Reader()
    reader.read_bytes = len(data)
    read = reader.decode_bytes(data, suffix.lower(), file)
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
