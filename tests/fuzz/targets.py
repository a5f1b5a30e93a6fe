"""What is fuzzed: bytes -> refused as an archive is refused, or read as every other reader reads them.

There are five doors, from the container alone to the records. A defect is any other exception, or another content.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "fixtures" / "hostile"))

from archive_forge import DOCUMENTS, forged, forged_set, lines, records_of, version_1  # noqa: E402
from zip_forge import Forged, build, streamed  # noqa: E402

from dss.export_import.container import Container  # noqa: E402
from dss.export_import.content import check_content  # noqa: E402
from dss.export_import.faults import ArchiveError  # noqa: E402
from dss.export_import.limits import DEFAULTS  # noqa: E402
from dss.export_import.reader import Archive  # noqa: E402

LIMITS = DEFAULTS.changed(
    {"max_member_size": 1_000_000, "max_total_size": 2_000_000, "max_tokens": 10_000, "min_resolved_nodes": 10_000}
)
"""Smaller than the defaults: what is large is not looked for here."""

TIME = "2025-01-31T12:00:00Z"
LEGACY = [
    {"id": "6f1d2c3a-0000-4000-8000-00000000000a", "name": "a.b", "type": "color", "value": "#336699", "tags": ["x"],
     "updated_at": TIME},
    {"id": "6f1d2c3a-0000-4000-8000-00000000000b", "name": "a.c", "type": "color", "value": "{a.b}"},
    {"id": "6f1d2c3a-0000-4000-8000-00000000000c", "name": "space", "type": "dimension", "value": "16px"},
]  # fmt: skip


def structure(content: bytes) -> None:
    """Steps 1 to 6 and 10; what is accepted has the content that the standard library sees."""
    with Container.from_bytes(content, LIMITS) as container:
        ours = [(member.name, b"".join(container.chunks(member))) for member in container.members]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            theirs = [(info.filename, archive.read(info)) for info in archive.infolist()]
        except NotImplementedError:  # a version needed that it does not know: refused
            return
    assert ours == theirs, "two readers see two contents"


def whole(content: bytes) -> None:
    """Steps 1 to 11 over a file."""
    with Archive(Container.from_bytes(content, LIMITS)) as archive:
        archive.check_bytes()
        check_content(archive)


def records(content: bytes) -> None:
    """Step 11 over a member of records whose digests, sizes and counts are right."""
    whole(forged_set(content))


def legacy(content: bytes) -> None:
    """The same over a document of version 1, which is migrated while it is read."""
    entry = {"name": "tokens.json", "sha256": hashlib.sha256(content).hexdigest(), "count": content.count(b'"id"')}
    first = {"format": "dss", "format_version": 1, "project": "Acme", "exported_at": TIME, "entries": [entry]}
    listed = [Forged(b"manifest.json", json.dumps(first).encode()), Forged(b"tokens.json", content)]
    whole(build(listed))


def manifest(content: bytes) -> None:
    """Steps 7 to 9 over the bytes of a manifest."""
    whole(build([Forged(b"manifest.json", content), Forged(b"themes.jsonl", b"")]))


DOORS: dict[str, Callable[[bytes], None]] = {
    "structure": structure,
    "whole": whole,
    "records": records,
    "legacy": legacy,
    "manifest": manifest,
}


def one_input(door: str, data: bytes) -> bool:
    """Judge *data*; whether it was accepted. Anything but acceptance or refusal raises."""
    try:
        DOORS[door](data)
    except ArchiveError as error:
        assert error.diagnostics, "a refusal without a finding"
        return False
    return True


def seeds(door: str) -> dict[str, bytes]:
    """Small inputs for *door* to start from, by name."""
    small = build([Forged(b"a", b"1"), streamed(Forged(b"b/c", b"2" * 30)), Forged(b"d", b"", method=0)])
    tiny = {"$type": "number", "a": {"$value": 1}, "g": {"b": {"$value": "{a}"}}}
    content = lines(records_of("base.json", tiny))
    archives = {
        "container": small,
        "utf8": build([Forged("é.json".encode(), b"{}", flags=0x800)]),
        "empty": build([]),
        "tiny": forged_set(content),
        "themes": forged([("themes.jsonl", "themes", b"")]),
        "version-1": version_1({"tokens": LEGACY, "themes": []}),
    }
    if door in ("structure", "whole"):
        return archives
    if door == "legacy":
        return {"tokens": json.dumps({"tokens": LEGACY}).encode(), "none": b'{"tokens": []}'}
    if door == "manifest":
        manifests = {name: zipfile_member(archive) for name, archive in archives.items()}
        return {name: found for name, found in manifests.items() if found is not None}
    documents = {Path(name).stem: lines(records_of("base.json", document)) for name, document in DOCUMENTS.items()}
    return {"tiny": content, **documents}


def zipfile_member(archive: bytes, name: str = "manifest.json") -> bytes | None:
    """The content of the member *name*, ``None`` without one."""
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        return members.read(name) if name in members.namelist() else None
