"""The tokens of an archive as a :class:`.Reading`, to compare another version with."""

from __future__ import annotations

from os.path import normpath
from pathlib import Path
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError
from dss_tokens.json_reader import ReadJson

from .. import files
from ..export_import.content import Sink, check_content
from ..export_import.locations import Location
from ..export_import.manifest import Entry
from ..export_import.reader import Archive
from ..export_import.records import Record
from ..export_import.rows import Row
from ..export_import.token_sets import TokenSetContent
from .reading import Reader, Reading


class _Documents(Sink):
    """Takes the sets and themes of an archive in, as the files they were."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[Path, Any] = {}

    def record(self, entry: Entry, record: Record) -> None:
        """Take in one theme: a resolver document."""
        if record["kind"] == "theme" and "deleted" not in record:
            self.found[self.folder / record["name"]] = record["data"]

    def row(self, entry: Entry, row: Row) -> None:
        """Sets come whole."""

    def token_set(self, content: TokenSetContent) -> None:
        """Take in one set."""
        if not content.is_deleted:
            self.found[self.folder / content.name] = content.document()


class _ArchiveReader(Reader):
    """Reads the files that an archive holds, as though it were their folder."""

    def __init__(self, like: Reader, documents: dict[Path, Any]) -> None:
        super().__init__(strict=like.strict)
        self.documents = documents

    def decode(self, path: Path) -> ReadJson:
        """A set or theme; sets are called ``.json`` whatever their file was."""
        place = Path(normpath(path))
        for known in (place, place.with_suffix(".json")):
            if known in self.documents:
                return ReadJson(self.documents[known], [], is_json5=False)
        raise InputError(Diagnostic(code="DSS108", message=f"{files.shown(place)} is not in the archive"))


def read_archive(path: Location, reader: Reader) -> Reading:
    """The live sets of an archive in their order, or its resolver document, checked as an import would.

    Raises:
        RefusedError: The archive is not safe or not whole.
    """
    documents = _Documents(Path(normpath(path) if isinstance(path, Path) else path.name))
    with Archive.open(path) as archive:
        archive.check_bytes()
        check_content(archive, documents)
    reading = _ArchiveReader(reader, documents.found).sources(sorted(documents.found))
    return reading._replace(files=(path,) if isinstance(path, Path) else ())
