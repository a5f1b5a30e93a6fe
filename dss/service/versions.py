"""The tokens of an archive as a :class:`.Reading`, to compare another version with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dss_tokens.model import Source

from ..export_import.content import check_content
from ..export_import.manifest import Entry
from ..export_import.reader import Archive
from ..export_import.records import Record
from ..export_import.token_sets import TokenSetContent
from .reading import Reader, Reading, TokenSource


class _Documents:
    """Takes the sets of an archive in, as the documents they were."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, Any]]] = []

    def record(self, entry: Entry, record: Record) -> None:
        """Passes over: whole sets follow."""

    def token_set(self, content: TokenSetContent) -> None:
        """Take in one set."""
        if not content.is_deleted:
            self.found.append((content.name, content.document()))


def read_archive(path: Path, reader: Reader) -> Reading:
    """The live sets of an archive in their order, checked as an import would.

    Raises:
        RefusedError: The archive is not safe or not whole.
    """
    documents = _Documents()
    with Archive.open(path) as archive:
        archive.check_bytes()
        check_content(archive, documents)
    sources = []
    found = []
    for name, document in sorted(documents.found, key=lambda item: item[0]):
        file = f"{path.name}:{name}"
        parsed = reader.parse(document, Source(file))
        found += parsed.diagnostics
        sources.append(TokenSource(path, file, document, parsed.tokens))
    return Reading(tuple(sources), None, (path,), found)
