"""What the last pull or push left: the files as Figma had them, from which both sides have changed since.

Two files below ``.dss/bases``: a small one that tells whether anything is new, and the documents, read when needed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from .. import files, journal

_BASES = "bases"
_FORMAT = 2


class Mark(NamedTuple):
    """What tells whether a file changed."""

    text: str
    """Digest of the file as dss writes it; ``""`` where the folder has another one."""

    meaning: str
    """Digest of its content without layout."""

    size: int
    """Bytes of its content without layout."""


@dataclass(slots=True)
class Base:
    """The base of the next merge. Documents are decoded when first asked for."""

    marks: Mapping[str, Mark]
    """File below the token folder -> mark."""

    versions: Mapping[str, str] = field(default_factory=dict)
    """Key of a Figma file -> its version, where known: of the file itself and of its libraries."""

    made_by: str = ""
    """A digest of the options and the program that read Figma: others may read the same version otherwise."""

    called: Mapping[str, str] = field(default_factory=dict)
    """File -> what the pull would have called it, of those that a person calls otherwise."""

    contents: Path | None = None
    """Where the documents are."""

    _decoded: dict[str, Any] = field(default_factory=dict)
    _spans: dict[str, memoryview] | None = None

    def document(self, name: str) -> Any:
        """The document called *name*; ``None`` where there is none."""
        if name not in self._decoded:
            import orjson

            data = self.text(name)
            self._decoded[name] = None if data is None else orjson.loads(data)
        return self._decoded[name]

    def text(self, name: str) -> memoryview | None:
        """The document called *name* as JSON without white space."""
        if self._spans is None:
            self._spans = dict(self._slices())
        return self._spans.get(name)

    def remember(self, name: str, document: Any) -> None:
        """Keep *document* for what is called *name*: the same, in objects that others have as well."""
        self._decoded[name] = document

    def _slices(self) -> Iterator[tuple[str, memoryview]]:
        data = memoryview(files.read(self.contents) if self.contents is not None else b"")
        start = 0
        for name, mark in self.marks.items():
            yield name, data[start : start + mark.size]
            start += mark.size

    @property
    def documents(self) -> dict[str, Any]:
        """All of them."""
        return {name: self.document(name) for name in self.marks}


def base_file(root: Path, folder: Path) -> Path:
    """The small file of a token folder's base; it stays the same when *root* is moved, or copied, as a whole."""
    place = os.path.relpath(folder.resolve(), root.resolve()).replace(os.sep, "/")
    name = hashlib.blake2b(place.encode(), digest_size=6).hexdigest()
    return root / journal.FOLDER / _BASES / f"figma-{name}.json"


def home_of(root: Path, folder: Path) -> Path:
    """The folder whose ``.dss`` keeps base and journal: the project's, or the token folder's where it lies outside."""
    return root if folder.resolve().is_relative_to(root.resolve()) else folder


def read_base(root: Path, folder: Path) -> Base | None:
    """The base of a token folder, ``None`` before the first pull (or after ``.dss`` was deleted)."""
    import json

    path = base_file(root, folder)
    contents = path.with_suffix(".documents")
    if not path.is_file() or not contents.is_file():
        return None
    try:
        stored = json.loads(files.read(path))
        marks = {name: Mark(*mark) for name, mark in stored["marks"].items()}
        is_whole = sum(mark.size for mark in marks.values()) == contents.stat().st_size
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    if stored.get("format") != _FORMAT or not is_whole:
        return None
    return Base(marks, stored.get("versions") or {}, stored.get("made_by") or "", stored.get("called") or {}, contents)


def digest(data: bytes) -> str:
    """What stands for *data* in a mark."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class NewBase:
    """The base that a pull leaves."""

    def __init__(
        self, documents: Mapping[str, Any], before: Base | None, called: Mapping[str, str] | None = None
    ) -> None:
        """Documents that *before* has as well keep their marks; for *called* see :class:`Base`."""
        import orjson

        self.called = dict(called or {})
        self._documents = documents
        self.compact = {name: orjson.dumps(document) for name, document in documents.items()}
        """File -> content without layout."""

        self.meanings = {name: digest(data) for name, data in self.compact.items()}
        """File -> digest of its content without layout."""

        self._before = {
            name: mark
            for name, mark in (before.marks.items() if before is not None else ())
            if mark.meaning == self.meanings.get(name)
        }
        self._texts: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}

    def text(self, name: str) -> bytes:
        """A file as dss writes it."""
        from ..json_text import json_bytes

        if name not in self._texts:
            self._texts[name] = json_bytes(self._documents[name])
        return self._texts[name]

    def digest(self, name: str) -> str:
        """The digest of :meth:`text`."""
        if name not in self._digests:
            before = self._before.get(name)
            known = before.text if before is not None else ""
            self._digests[name] = known or digest(self.text(name))
        return self._digests[name]

    def _mark(self, name: str) -> Mark:
        """What nobody asked the text of is another text in the folder."""
        is_known = name in self._texts or (name in self._before and self._before[name].text)
        return Mark(self.digest(name) if is_known else "", self.meanings[name], len(self.compact[name]))

    def files(self, path: Path, before: Base | None, versions: Mapping[str, str], made_by: str) -> dict[Path, bytes]:
        """What has to be written; *path* is that of :func:`base_file`."""
        from ..json_text import json_bytes

        is_same = before is not None and list(before.marks) == list(self.compact) == list(self._before)
        marks = {name: list(self._mark(name)) for name in self.compact}
        header = {"format": _FORMAT, "versions": dict(versions), "made_by": made_by, "called": self.called,
                  "marks": marks}  # fmt: skip
        text = json_bytes(header)
        found = {} if path.is_file() and files.read(path) == text else {path: text}
        if not is_same:
            found[path.with_suffix(".documents")] = b"".join(self.compact.values())
        return found
