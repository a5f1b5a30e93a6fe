"""Saved answers and exports of Figma: the decoded documents of files, folders and zips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from .. import files
from .reading import Reader, content

_SUFFIXES = (".json", ".tokens")
_STUDIO = ("$themes.json", "$metadata.json")


def payload_documents(sources: Sequence[Path]) -> dict[str, Any]:
    """File name -> decoded content; of several sources, folders and zips below the source's name.

    Raises:
        InputError: It cannot be read, is not JSON, or holds no JSON.
        RefusedError: A zip is not safe.
    """
    found: dict[str, Any] = {}
    for source in sources:
        for name, document in _documents(source):
            free, number = name, 2
            while free in found:
                free, number = f"{number}/{name}", number + 1
            found[free] = document
    if not found:
        shown = ", ".join(map(files.shown, sources))
        raise InputError(Diagnostic(code="DSS420", message=f"{shown}: no JSON files in it"))
    return found


def _documents(source: Path) -> Iterator[tuple[str, Any]]:
    if source.is_dir():
        found = dict(_folder(source))
        yield from _below(source.resolve().name, found)
        return
    data = files.read(source)
    if data[:4] == b"PK\x03\x04":
        yield from _below(source.stem, dict(_zipped(source)))
    else:
        yield source.name, _decoded(data, files.shown(source))


def _below(name: str, documents: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """*documents* below a folder called *name*: a collection that was exported is called like its folder or zip.

    Tokens Studio's sets are called by their paths, which stay as they are.
    """
    is_studio = any(path.rpartition("/")[2] in _STUDIO for path in documents)
    for path, document in documents.items():
        yield (path if is_studio else f"{name}/{path}"), document


def _folder(source: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if not path.is_file() or any(part.startswith(".") for part in name.split("/")):
            continue
        if path.suffix.lower() in _SUFFIXES:
            yield name, _decoded(files.read(path), files.shown(path))
        elif path.suffix.lower() == ".zip":
            yield from _below(name.removesuffix(path.suffix), dict(_zipped(path)))


def _decoded(data: bytes, file: str) -> Any:
    return content(Reader().decode_bytes(data, ".json", file), file)


def _zipped(source: Path) -> Iterator[tuple[str, Any]]:
    """The JSON files of a zip of mode exports, read by the bounded archive reader."""
    from ..export_import.container import Container

    with Container.open(source) as container:
        for member in container.members:
            hidden = member.name.startswith("__MACOSX/") or member.name.rpartition("/")[2].startswith(".")
            if not member.is_folder and not hidden and member.name.lower().endswith(_SUFFIXES):
                data = b"".join(container.chunks(member))
                yield member.name, _decoded(data, f"{files.shown(source)}!{member.name}")
