"""Whole archives: written reproducibly, read back without loss, and refused for every lie in them."""

from __future__ import annotations

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archive_forge import (
    DOCUMENTS,
    PROJECT,
    STAMP,
    forged,
    forged_set,
    lines,
    package,
    records_of,
    theme_member,
    token_members,
    version_1,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from zip_forge import Forged, build

from dss.export_import.content import Sink, check_content
from dss.export_import.faults import CODES, ArchiveError
from dss.export_import.limits import DEFAULTS, Limits
from dss.export_import.manifest import Asset, Scope
from dss.export_import.package import RecordMember, write_archive
from dss.export_import.reader import Archive
from dss.export_import.records import Record, RecordError, sealed, tombstone
from dss.export_import.token_sets import TokenSetContent
from dss.export_import.verify import verify, verify_structure
from dss_tokens.errors import InputError


class Collected(Sink):
    """Keeps what was read."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.documents: dict[str, Any] = {}

    def record(self, entry: object, record: Record) -> None:
        self.records.append(record)

    def token_set(self, content: TokenSetContent) -> None:
        self.documents[content.name] = content.document()


def read(source: Path | bytes, limits: Limits = DEFAULTS) -> Collected:
    found = Collected()
    opened = (
        Archive.from_stream(io.BytesIO(source), limits) if isinstance(source, bytes) else Archive.open(source, limits)
    )
    with opened as archive:
        archive.check_bytes()
        check_content(archive, found)
    return found


def symbol_of(source: bytes, limits: Limits = DEFAULTS) -> str | None:
    try:
        read(source, limits)
    except ArchiveError as error:
        assert error.diagnostics[0].code == CODES[error.diagnostics[0].rule or ""]
        return error.diagnostics[0].rule
    return None


FONT = b"wOF2" + bytes(60)
ASSET = Asset(
    sha256=hashlib.sha256(FONT).hexdigest(), size=len(FONT), path="fonts/Inter.woff2", media_type="font/woff2"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with every kind of content."""
    gone = tombstone(records_of("old.json", {"a": {"$value": 1}})[0], STAMP)
    component = sealed(
        {"id": "11111111-2222-5333-8444-555555555555", "kind": "component", "name": "Button", "data": {"key": "1:2"}},
        STAMP,
    )
    state = sealed(
        {"id": "21111111-2222-5333-8444-555555555555", "kind": "state", "snapshot": "sha256:" + "1" * 64, "parents": [],
         "sequence": 2}, STAMP
    )  # fmt: skip
    members = [
        RecordMember("components/31111111-2222-5333-8444-555555555555.jsonl", "components", [component]),
        theme_member(),
        RecordMember("history.jsonl", "history", [state]),
    ]
    documents = DOCUMENTS | {"empty.json": {}}
    whole = package(documents, *members, assets=[(ASSET, lambda: [FONT])], parents=("sha256:" + "1" * 64,))
    first = list(whole.members)
    last = RecordMember("tokens/ffffffff-ffff-5fff-8fff-ffffffffffff.jsonl", "tokens", [gone])
    at = next(number for number, member in enumerate(first) if member.kind != "tokens")
    path = tmp_path / "a.dss"
    write_archive(replace(whole, members=[*first[:at], last, *first[at:]]), path)
    return path


def test_what_was_written_is_read_back(archive: Path) -> None:
    found = read(archive)
    assert found.documents == {**DOCUMENTS, "empty.json": {}}
    for name, document in DOCUMENTS.items():
        assert json.dumps(found.documents[name]) == json.dumps(document), "order or number form changed"
    kinds = [record["kind"] for record in found.records if "deleted" not in record]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "set": 3, "group": 4, "token": 5, "component": 1, "theme": 1, "state": 1
    }  # fmt: skip
    assert [record["history"] for record in found.records if "deleted" in record]
    report = verify(archive)
    assert report.ok
    assert report.intact
    assert report.content is not None
    assert report.content.manifest.counts.tokens == 5
    assert report.to_json()["counts"] == {"tokens": 5, "components": 1, "themes": 1, "assets": 1}
    assert report.to_json()["signature"] == {"trusted": False, "key": None, "claimed_key": None}


def test_the_container_is_a_plain_zip_to_everyone_else(archive: Path) -> None:
    with zipfile.ZipFile(archive) as members:
        assert members.testzip() is None
        assert members.namelist()[0] == "manifest.json"
        assert {info.date_time for info in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in members.infolist()} == {0o100644}
        assert members.read(ASSET.member) == FONT
        manifest = json.loads(members.read("manifest.json"))
        for entry in manifest["entries"]:
            assert hashlib.sha256(members.read(entry["name"])).hexdigest() == entry["sha256"]


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("1.dss", "2.dss"):
        write_archive(package(DOCUMENTS, theme_member()), tmp_path / name)
    assert (tmp_path / "1.dss").read_bytes() == (tmp_path / "2.dss").read_bytes()


def test_the_name_of_a_state_depends_on_the_content_alone(tmp_path: Path) -> None:
    def state(documents: dict[str, Any], **fields: Any) -> str:
        return write_archive(package(documents, **fields), tmp_path / "a.dss").content.manifest.snapshot

    base = state(DOCUMENTS)
    assert base == state(DOCUMENTS, sequence=9, project_name="Other", parents=("sha256:" + "2" * 64,))
    changed = json.loads(json.dumps(DOCUMENTS))
    changed["base.json"]["color"]["red"]["$description"] = "cold"
    assert base != state(changed)
    assert base != state(DOCUMENTS, assets=[(ASSET, lambda: [FONT])])


def test_an_empty_project_is_an_archive(tmp_path: Path) -> None:
    write_archive(package({}), tmp_path / "a.dss")
    assert read(tmp_path / "a.dss").documents == {}


def test_an_archive_that_exists_stays_where_it_may_not_be_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.dss"
    target.write_bytes(b"mine")
    with pytest.raises(InputError, match="DSS682"):
        write_archive(package(), target, overwrite=False)
    assert target.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a.dss"]


def test_a_package_that_no_reader_would_take_is_not_put_in_place(tmp_path: Path) -> None:
    target = tmp_path / "a.dss"
    target.write_bytes(b"mine")
    with pytest.raises(ArchiveError, match="DSS665"):
        write_archive(package({"a.json": {"a": {"$value": "{missing}"}}}), target)
    with pytest.raises(ArchiveError, match="DSS643"):
        write_archive(package(), target, limits=Limits(max_tokens=2))
    assert target.read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a.dss"]


def test_content_that_compresses_to_an_end_record_is_packed_in_another_way(tmp_path: Path) -> None:
    """Incompressible bytes are stored as they stand inside a deflate stream."""
    noise = b"\0\1\0\0" + random.Random(3).randbytes(3000)
    content = noise[:1500] + b"PK\x05\x06" + noise[1500:]
    asset = Asset(sha256=hashlib.sha256(content).hexdigest(), size=len(content), path="a", media_type="font/ttf")
    for name in ("1.dss", "2.dss"):
        write_archive(package({}, assets=[(asset, lambda: [content])]), tmp_path / name)
    assert (tmp_path / "1.dss").read_bytes() == (tmp_path / "2.dss").read_bytes()
    with Archive.open(tmp_path / "1.dss") as archive:
        assert b"".join(archive.asset_chunks(asset)) == content


# --- damage ---------------------------------------------------------------------------------------------------------


def same_or_refused(damaged: bytes, original: Collected) -> bool:
    """Whether it was refused; other content is a failure."""
    try:
        found = read(damaged)
    except ArchiveError:
        return True
    assert (found.records, found.documents) == (original.records, original.documents)
    return False


def test_every_flipped_bit_is_refused_or_lies_in_compressed_padding(archive: Path) -> None:
    content, original = archive.read_bytes(), read(archive)
    with zipfile.ZipFile(archive) as members:
        starts = [(info.header_offset + 30 + len(info.filename), info.compress_size) for info in members.infolist()]
        spans = [range(start, start + size) for start, size in starts]
    passed = []
    for position in range(len(content)):
        damaged = bytearray(content)
        damaged[position] ^= 1 << (position % 8)
        if not same_or_refused(bytes(damaged), original):
            passed.append(position)
    assert all(any(position in span for span in spans) for position in passed)
    assert len(passed) <= len(spans)


def test_every_truncation_is_refused(archive: Path) -> None:
    content = archive.read_bytes()
    assert all(symbol_of(content[:length]) is not None for length in range(len(content)))


def test_every_insertion_is_refused(archive: Path) -> None:
    content = archive.read_bytes()
    rng = random.Random(5)
    for position in range(0, len(content) + 1, 3):
        inserted = content[:position] + rng.randbytes(rng.randrange(1, 101)) + content[position:]
        assert symbol_of(inserted) is not None


def test_swapped_repeated_and_missing_members_are_refused(archive: Path) -> None:
    with zipfile.ZipFile(archive) as members:
        parts = [Forged(name.encode(), members.read(name)) for name in members.namelist()]
    assert symbol_of(build(parts)) is None, "packed anew in the exact form"
    for one in range(len(parts)):
        assert symbol_of(build(parts[:one] + parts[one + 1 :])) is not None
        assert symbol_of(build([*parts, parts[one]])) is not None
        for other in range(one):
            swapped = [*parts]
            swapped[one], swapped[other] = swapped[other], swapped[one]
            assert symbol_of(build(swapped)) is not None
            exchanged = [*parts]
            exchanged[one] = replace(parts[one], data=parts[other].data)
            assert symbol_of(build(exchanged)) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"method": 0}, {"flags": 2}, {"flags": 0x800}, {"mode": 0o100600}, {"mode": 0}, {"made_by": 20},
        {"extra": b"UT\x05\0\1abcd"}, {"attributes": 0x20},
        {"local": {"date": 0x22}, "central": {"date": 0x22}}, {"local": {"time": 1}}, {"local": {"needed": 10}},
        {"central": {"internal": 1}},
    ],
)  # fmt: skip
def test_a_container_packed_by_another_program_is_no_archive_but_a_sound_zip(
    change: dict[str, Any], tmp_path: Path
) -> None:
    write_archive(package(), tmp_path / "a.dss")
    with zipfile.ZipFile(tmp_path / "a.dss") as members:
        parts = [Forged(name.encode(), members.read(name)) for name in members.namelist()]
    other = tmp_path / "b.dss"
    other.write_bytes(build([parts[0], replace(parts[1], **change), *parts[2:]]))
    assert [found.rule for found in verify(other).diagnostics] == ["ARC_NOT_CANONICAL"]
    assert verify_structure(other).ok


# --- lies in the manifest -------------------------------------------------------------------------------------------

BASE = records_of("base.json", DOCUMENTS["base.json"])
Change = Callable[[dict[str, Any]], Any]


def drop(*keys: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        for key in keys[:-1]:
            document = document[key]
        del document[keys[-1]]

    return change


def put(value: Any, *keys: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        for key in keys[:-1]:
            document = document[key]
        document[keys[-1]] = value

    return change


LIES: list[tuple[str, Change]] = [
    *(("MANIFEST_INVALID", drop(key)) for key in ("project", "snapshot", "parents", "sequence", "scope", "created")),
    *(("MANIFEST_INVALID", drop(key)) for key in ("counts", "entries", "assets", "format", "format_version")),
    ("MANIFEST_INVALID", drop("project", "id")),
    ("MANIFEST_INVALID", put("x", "unknown")),
    ("MANIFEST_INVALID", put("x", "project", "unknown")),
    ("MANIFEST_INVALID", put("zip", "format")),
    ("MANIFEST_INVALID", put("2", "format_version")),
    ("MANIFEST_INVALID", put(True, "format_version")),
    ("MANIFEST_INVALID", put(0, "format_version")),
    ("MANIFEST_INVALID", put(PROJECT.upper(), "project", "id")),
    ("MANIFEST_INVALID", put("../x", "project", "id")),
    ("MANIFEST_INVALID", put("a" * 1025, "project", "name")),
    ("MANIFEST_INVALID", put(-1, "sequence")),
    ("MANIFEST_INVALID", put("sha256:0", "snapshot")),
    ("MANIFEST_INVALID", put(["x"], "parents")),
    ("MANIFEST_INVALID", put([f"sha256:{number:064x}" for number in range(101)], "parents")),
    ("MANIFEST_INVALID", put("yesterday", "created", "hlc")),
    ("MANIFEST_INVALID", put(1, "scope", "complete")),
    ("MANIFEST_INVALID", put({"tags": ["a"]}, "scope", "query")),
    ("MANIFEST_INVALID", put(99, "counts", "tokens")),
    ("MANIFEST_INVALID", put(3, "entries", 0, "records")),
    ("MANIFEST_INVALID", put("tokens/../x.jsonl", "entries", 0, "name")),
    ("MANIFEST_INVALID", lambda document: document["entries"].append(document["entries"][0])),
    ("MANIFEST_INVALID", put([{"sha256": "0" * 64, "size": 1, "path": "a", "media_type": "x"}], "assets")),
    ("ENTRY_KIND_FORBIDDEN", put("scripts", "entries", 0, "kind")),
    ("MANIFEST_ENTRY_MISSING", lambda document: (
        document["entries"].append({**document["entries"][0], "name": "themes.jsonl", "kind": "themes"}))),
    ("MANIFEST_ENTRY_UNLISTED", put([], "entries")),
    ("DIGEST_MISMATCH", put(1, "entries", 0, "size")),
    ("DIGEST_MISMATCH", put("0" * 64, "entries", 0, "sha256")),
    ("DIGEST_MISMATCH", put("sha256:" + "0" * 64, "snapshot")),
    ("VERSION_TOO_NEW", lambda document: document.update(format_version=3, min_reader=3)),
    ("VERSION_TOO_NEW", put(3, "min_reader")),
    ("TIME_INVALID", put("1700000000000-0000-0000000000000000", "created", "hlc")),
]  # fmt: skip


@pytest.mark.parametrize(("symbol", "change"), LIES, ids=[f"{n}-{s}" for n, (s, _) in enumerate(LIES)])
def test_a_lie_in_the_manifest_is_refused(symbol: str, change: Change) -> None:
    assert symbol_of(forged_set(lines(BASE), manifest=change)) == symbol


def test_the_forger_makes_right_archives_too() -> None:
    assert symbol_of(forged_set(lines(BASE))) is None


def test_a_newer_version_that_this_one_can_read_is_read() -> None:
    newer = forged_set(
        lines(BASE), manifest=lambda document: document.update(format_version=3, min_reader=2, new={"a": 1})
    )
    assert symbol_of(newer) is None


@pytest.mark.parametrize(
    ("symbol", "raw"),
    [
        ("MANIFEST_INVALID", b"{}"),
        ("MANIFEST_INVALID", b"[]"),
        ("MANIFEST_INVALID", b'{"format":"dss","format":"dss"}'),
        ("MANIFEST_INVALID", b"\xff"),
        ("MANIFEST_INVALID", b"[" * 100_000),
        ("LIMIT_ENTRY_SIZE", b'{"format":"dss","a":"' + b"a" * 4_000_000 + b'"}'),
    ],
)
def test_a_manifest_that_is_no_strict_json_is_refused(symbol: str, raw: bytes) -> None:
    assert symbol_of(forged([], raw_manifest=raw)) == symbol


def test_a_manifest_in_another_spelling_is_refused() -> None:
    document: dict[str, Any] = {}
    forged_set(lines(BASE), manifest=document.update)
    forged_set(lines(BASE), manifest=lambda found: document.update(found))
    spaced = json.dumps(document).encode()
    content = [(document["entries"][0]["name"], "tokens", lines(BASE))]
    assert symbol_of(forged(content, raw_manifest=spaced)) == "MANIFEST_INVALID"


def test_an_archive_without_manifest_is_refused() -> None:
    assert symbol_of(build([Forged(b"tokens/base.jsonl", b"{}\n")])) == "MANIFEST_MISSING"


# --- lies in the records --------------------------------------------------------------------------------------------


def resealed(record: Record, **fields: Any) -> Record:
    """*record* with other fields and a right revision."""
    changed = {**record, **fields}
    return sealed({key: value for key, value in changed.items() if value is not ...}, changed["hlc"])


def with_record(change: Callable[[Record], Record | list[Record]], which: str = "token") -> bytes:
    """The base set with one record replaced."""
    records: list[Record] = []
    done = False
    for record in BASE:
        if record["kind"] == which and not done:
            done = True
            replaced = change(record)
            records += replaced if isinstance(replaced, list) else [replaced]
        else:
            records.append(record)
    return lines(sorted(records, key=lambda record: str(record["id"])))


RECORDS: list[tuple[str, bytes]] = [
    ("JSON_SYNTAX", lines(BASE)[:-1]),
    ("JSON_SYNTAX", b"\n" + lines(BASE)),
    ("JSON_SYNTAX", lines(BASE) + b"{\n"),
    ("JSON_SYNTAX", lines(BASE).replace(b"\n", b"\r", 1)),
    ("JSON_SYNTAX", lines(BASE).replace(b"\n", b"\r\n")),
    ("JSON_SYNTAX", b" " + lines(BASE)),
    ("JSON_ENCODING", b"\xef\xbb\xbf" + lines(BASE)),
    ("JSON_DUPLICATE_KEY", lines(BASE).replace(b'{"id"', b'{"kind":"token","id"', 1)),
    ("JSON_SHAPE", b"[]\n"),
    ("JSON_SHAPE", b"1\n"),
    ("JSON_SHAPE", lines(BASE[::-1])),
    ("ID_DUPLICATE", lines([BASE[0], BASE[0]])),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, unknown=1))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, order="1"))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node=[]))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, name=..., parent=...))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, kind="script"))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, kind="component"))),
    ("JSON_SHAPE", with_record(lambda r: {**r, "history": []})),
    ("JSON_SHAPE", with_record(lambda r: {**r, "history": ["0" * 32] * 9})),
    ("JSON_SHAPE", with_record(lambda r: {**r, "history": ["x"]})),
    ("JSON_SHAPE", with_record(lambda r: {**r, "stamps": {}})),
    ("TIME_INVALID", with_record(lambda r: {**r, "stamps": {"$value": r["hlc"]}})),
    ("JSON_SHAPE", with_record(lambda r: sealed({"id": r["id"], "kind": "token", "deleted": False}, r["hlc"]))),
    ("DIGEST_MISMATCH", with_record(lambda r: {**r, "rev": "0" * 32})),
    ("DIGEST_MISMATCH", with_record(lambda r: {**r, "node": {"$value": 5}})),
    ("ID_INVALID", with_record(lambda r: resealed(r, id=r["id"].upper()))),
    ("ID_INVALID", with_record(lambda r: resealed(r, parent="../x"))),
    ("TIME_INVALID", with_record(lambda r: {**r, "hlc": "soon"})),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="__proto__"))),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="a.b"))),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="$x"))),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="a\u202eb"))),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name=""))),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="$root"), "group")),
    ("LIMIT_NAME_LENGTH", with_record(lambda r: resealed(r, name="a" * 257))),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="../evil.json"), "set")),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="/etc/passwd"), "set")),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name=".git/config.json"), "set")),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="evil.py"), "set")),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="con.json"), "set")),
    ("NAME_FORBIDDEN", with_record(lambda r: resealed(r, name="a/"), "set")),
    ("JSON_SHAPE", with_record(lambda r: [], "set")),
    ("JSON_SHAPE", with_record(lambda r: [], "group")),
    ("JSON_SHAPE", with_record(lambda r: [r, resealed(r, id="0" * 8 + r["id"][8:])], "set")),
    ("ID_DUPLICATE", with_record(lambda r: [r, resealed(r, id="0" * 8 + r["id"][8:])])),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, parent=r["id"]), "group")),
    (
        "JSON_SHAPE",
        with_record(lambda r: resealed(r, parent=next(t["id"] for t in BASE if t["kind"] == "token")), "group"),
    ),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"x": {"$value": 1}}), "set")),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"$root": {"$value": 1}}), "set")),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"$type": "number", "x": {"$value": 1}}), "group")),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"$value": 1}), "group")),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"$type": "number"}))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"$value": 1, "x": {"$value": 1}}))),
    ("JSON_SHAPE", with_record(lambda r: resealed(r, node={"$ref": "#/a", "$root": {"$value": 1}}))),
    (
        "JSON_SHAPE",
        with_record(
            lambda r: [r, resealed(r, id="0" * 8 + r["id"][8:], name="g", kind="group", node={"$ref": "#/color"})]
        ),
    ),
    ("JSON_NUMBER_RANGE", with_record(lambda r: r).replace(b'"$value":1.0', b'"$value":9007199254740993')),
    ("JSON_NOT_A_NUMBER", with_record(lambda r: r).replace(b'"$value":1.0', b'"$value":NaN')),
    ("JSON_TOO_DEEP", with_record(lambda r: resealed(r, node={"$value": json.loads("[" * 70 + "]" * 70)}))),
    ("LIMIT_VALUE_SIZE", with_record(lambda r: resealed(r, node={"$value": "a" * 262_145}))),
    ("LIMIT_LINE_LENGTH", with_record(lambda r: resealed(r, node={"$value": ["a" * 200_000] * 5}))),
]


@pytest.mark.parametrize(("symbol", "content"), RECORDS, ids=[f"{n}-{s}" for n, (s, _) in enumerate(RECORDS)])
def test_a_lie_in_a_record_is_refused(symbol: str, content: bytes) -> None:
    assert symbol_of(forged_set(content)) == symbol


def test_a_set_in_the_member_of_another_one_is_refused() -> None:
    assert symbol_of(forged([(f"tokens/{PROJECT}.jsonl", "tokens", lines(BASE))])) == "JSON_SHAPE"


def test_a_theme_that_is_no_resolver_document_is_refused() -> None:
    member = theme_member("dark.json", {"color": {"$type": "color", "$value": "{color.red}"}})
    assert symbol_of(forged([(member.name, member.kind, lines(member.records))])) == "JSON_SHAPE"


class CountedName(str):
    """Counts how often names are compared."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        CountedName.compared += 1
        return str(self) == str(other)

    __hash__ = str.__hash__


def test_a_name_that_stands_twice_is_not_sought_among_all_others_for_each_of_them() -> None:
    document = {f"t{number}": {"$type": "number", "$value": 1} for number in range(500)}
    content = TokenSetContent()
    for record in records_of("base.json", document):
        content.add({**record, "name": CountedName(record["name"])})
    content.add({**record, "id": PROJECT, "name": CountedName(record["name"])})
    with pytest.raises(RecordError, match="stands twice"):
        list(content.walk())
    assert CountedName.compared < 5_000


@pytest.mark.parametrize(("states", "parents", "symbol"), [(500, 1, None), (501, 1, "JSON_SHAPE"), (1, 100, None),
                                                           (1, 101, "JSON_SHAPE")])  # fmt: skip
def test_earlier_states_are_counted_because_all_are_kept(states: int, parents: int, symbol: str | None) -> None:
    names = [f"sha256:{number:064x}" for number in range(max(states, parents))]
    records = [
        sealed({"id": f"{number:08x}{PROJECT[8:]}", "kind": "state", "snapshot": names[number],
                "parents": names[:parents], "sequence": 1}, STAMP)
        for number in range(states)
    ]  # fmt: skip
    assert symbol_of(forged([("history.jsonl", "history", lines(records))])) == symbol


def of_documents(documents: dict[str, Any], **options: Any) -> bytes:
    return forged([(m.name, m.kind, lines(m.records)) for m in token_members(documents)], **options)


def alias(target: str) -> dict[str, Any]:
    return {"$value": "{" + target + "}"}


FANOUT = {f"t{n}": {"$value": [f"{{t{n - 1}}}"] * 10} for n in range(1, 9)} | {"t0": {"$value": 1}}

WHOLES: list[tuple[str | None, dict[str, Any]]] = [
    ("ALIAS_MISSING", {"a.json": {"a": alias("b")}}),
    ("ALIAS_MISSING", {"a.json": {"a": alias("a.b")}}),
    ("ALIAS_MISSING", {"a.json": {"a": {"$value": {"color": {"$ref": "#/b/$value"}}}}}),
    ("ALIAS_MISSING", {"a.json": {"g": {"$extends": "{h}"}}}),
    ("ALIAS_CYCLE", {"a.json": {"a": alias("a")}}),
    ("ALIAS_CYCLE", {"a.json": {"a": alias("b"), "b": alias("c"), "c": alias("a")}}),
    ("ALIAS_CYCLE", {"a.json": {"a": alias("b")}, "b.json": {"b": alias("a")}}),
    ("ALIAS_CYCLE", {"a.json": {f"t{n}": alias(f"t{(n + 1) % 5000}") for n in range(5000)}}),
    ("ALIAS_CYCLE", {"a.json": {"a": {"$ref": "#/b"}, "b": {"$value": {"x": {"$ref": "#/a/$value/x"}}}}}),
    ("LIMIT_RESOLVED_SIZE", {"a.json": FANOUT}),
    ("NAME_FORBIDDEN", {"a.json": {"\u00e9": {"$value": 1}, "e\u0301": {"$value": 1}}}),
    ("NAME_COLLISION", {"a.json": {}, "A.json": {}}),
    ("NAME_FILE_DIR_CONFLICT", {"a.json/b.json": {}, "a.json": {}}),
    (None, {"a.json": {f"t{n}": alias(f"t{n + 1}") for n in range(5000)} | {"t5000": {"$value": 1}}}),
    (None, {"a.json": {"a": alias("b"), "b": {"$value": 1}}, "dark.json": {"b": alias("a"), "a": {"$value": 2}}}),
    (None, {"a.json": {"a": {"$value": {"x": {"$ref": "#/b/$value/0"}}}, "b": {"$value": [1]}}}),
    (None, {"a.json": {"a": {"$value": "not {b} whole"}, "b": alias("c.$root"), "c": {"$root": {"$value": 1}}}}),
    (None, {"a.json": {"a": {"$ref": "#/b%20c"}, "b c": {"$value": 1}}}),
    (None, {"a.json": {f"t{n}": {"$value": [f"{{t{n - 1}}}"] * 10} for n in range(1, 5)} | {"t0": {"$value": 1}}}),
    (None, {"a.json": {"g": {"$extends": "{h}"}, "h": {"x": {"$value": 1}}}}),
]


@pytest.mark.parametrize(("symbol", "documents"), WHOLES, ids=[f"{n}-{s}" for n, (s, _) in enumerate(WHOLES)])
def test_tokens_that_do_not_hang_together_are_refused(symbol: str | None, documents: dict[str, Any]) -> None:
    assert symbol_of(of_documents(documents)) == symbol


def test_a_finding_names_the_tokens() -> None:
    with pytest.raises(ArchiveError, match=r"'x\.a' refers to 'y\.b'"):
        read(of_documents({"a.json": {"x": {"a": alias("y.b")}}}))


def test_what_a_partial_archive_leaves_out_may_be_missing() -> None:
    documents = {"a.json": {"a": alias("b")}}
    scope = {"complete": False, "query": {"sets": ["a"]}, "external": ["b"]}
    assert symbol_of(of_documents(documents, manifest=put(scope, "scope"))) is None
    assert symbol_of(of_documents(documents, manifest=put({**scope, "external": ["c"]}, "scope"))) == "ALIAS_MISSING"


@pytest.mark.parametrize(
    ("name", "at_limit"),
    [
        ("max_tokens", sum(record["kind"] == "token" for record in BASE)),
        ("max_line_length", max(map(len, lines(BASE).split(b"\n")))),
    ],
)
def test_limits_of_content_are_inclusive(name: str, at_limit: int) -> None:
    content = forged_set(lines(BASE))
    assert symbol_of(content, replace(DEFAULTS, **{name: at_limit})) is None
    assert str(symbol_of(content, replace(DEFAULTS, **{name: at_limit - 1}))).startswith("LIMIT_")


def test_tokens_are_counted_while_reading_not_by_what_the_manifest_claims() -> None:
    def fewer(document: dict[str, Any]) -> None:
        document["entries"][0]["records"] = 1
        document["counts"]["tokens"] = 0

    assert symbol_of(forged_set(lines(BASE), manifest=fewer), replace(DEFAULTS, max_tokens=3)) == "LIMIT_TOKENS"


def test_the_archive_is_replaced_between_the_passes(archive: Path, tmp_path: Path) -> None:
    """The descriptor stays on the file that was checked, whatever takes its name."""
    original = read(archive)
    with Archive.open(archive) as opened:
        opened.check_bytes()
        other = tmp_path / "other.dss"
        write_archive(package({}), other)
        other.replace(archive)
        found = Collected()
        check_content(opened, found)
    assert found.records == original.records


def test_an_archive_changed_in_place_between_the_passes_is_refused(archive: Path) -> None:
    with Archive.open(archive) as opened:
        opened.check_bytes()
        entry = opened.container.members[1]
        with archive.open("r+b") as file:
            file.seek(entry.data_offset + 5)
            file.write(b"\0\0\0\0")
        with pytest.raises(ArchiveError):
            check_content(opened)


names = st.text(alphabet="ab é漢-", min_size=1, max_size=4).filter(lambda name: name.strip() == name)
literals = st.one_of(
    st.integers(-9, 9), st.floats(-9, 9, allow_nan=False), st.text(alphabet="x é", max_size=4), st.booleans()
)
nodes = st.fixed_dictionaries(
    {"$value": literals}, optional={"$type": st.just("number"), "$description": st.text(alphabet="é x\n", max_size=5)}
)
groups = st.recursive(
    st.dictionaries(names, nodes, max_size=4),
    lambda inner: st.dictionaries(names, inner | nodes, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["a.json", "b/c.json", "é.json"]), groups, max_size=3))
def test_any_documents_come_back_as_they_were(documents: dict[str, Any]) -> None:
    assert json.dumps(read(of_documents(documents)).documents, sort_keys=False) == json.dumps(
        {name: documents[name] for name in read(of_documents(documents)).documents}
    )


def test_a_partial_scope_survives_the_manifest(tmp_path: Path) -> None:
    scope = Scope(complete=False, external=("x.y",))
    found = write_archive(package(scope=scope), tmp_path / "a.dss")
    assert found.content.manifest.scope == scope


V1: dict[str, list[dict[str, Any]]] = {
    "tokens": [
        {
            "id": "6f1d2c3a-0000-4000-8000-00000000000A",
            "name": "color.brand",
            "type": "color",
            "value": "#336699",
            "tags": ["a"],
            "description": "x",
            "updated_at": "2025-01-01T00:00:00.5+01:00",
        },
        {
            "id": "6f1d2c3a-0000-4000-8000-000000000002",
            "name": "color.accent",
            "type": "color",
            "value": "{color.brand}",
        },
        {
            "id": "6f1d2c3a-0000-4000-8000-000000000003",
            "name": "space.s",
            "type": "dimension",
            "value": "0.5rem",
        },
    ],
    "components": [
        {
            "id": "6f1d2c3a-0000-4000-8000-000000000004",
            "name": "Button",
            "description": "x",
            "properties": {"a": 1},
        },
    ],
    "themes": [
        {
            "id": "6f1d2c3a-0000-4000-8000-000000000005",
            "name": "dark",
            "overrides": [{"name": "color.brand", "type": "color", "value": "#000"}],
        },
        {"id": "6f1d2c3a-0000-4000-8000-000000000006", "name": "high", "overrides": []},
    ],
}


def test_version_1_is_read_in_the_present_form() -> None:
    found = read(version_1(V1))
    brand = {"colorSpace": "srgb", "components": [0.2, 0.4, 0.6], "hex": "#336699"}
    black = {"colorSpace": "srgb", "components": [0, 0, 0], "hex": "#000000"}
    extensions = {"dss": {"tags": ["a"]}}
    assert found.documents == {
        "tokens.json": {
            "color": {
                "brand": {"$type": "color", "$value": brand, "$description": "x", "$extensions": extensions},
                "accent": {"$type": "color", "$value": "{color.brand}"},
            },
            "space": {"s": {"$type": "dimension", "$value": {"value": 0.5, "unit": "rem"}}},
        },
        "themes/1.json": {"color": {"brand": {"$type": "color", "$value": black}}},
        "themes/2.json": {},
    }
    stamps = {record["name"]: record["hlc"] for record in found.records if record["kind"] == "token"}
    assert stamps["accent"] == "1738324800000-0000-0000000000000000", "the time of the export"
    brands = [r["hlc"] for r in found.records if r["kind"] == "token" and r["id"].endswith("00a")]
    assert brands == ["1735686000500-0000-0000000000000000"]
    (theme,) = [record for record in found.records if record["kind"] == "theme"]
    assert list(theme["data"]["modifiers"]["theme"]["contexts"]) == ["default", "dark", "high"]


TOKEN = V1["tokens"][0]
OLD_LIES = [
    ("MIGRATION_FAILED", {"tokens": [{**TOKEN, "value": "reddish"}]}),
    ("MIGRATION_FAILED", {"tokens": [{**TOKEN, "type": "dimension", "value": "1em"}]}),
    ("MIGRATION_FAILED", {"tokens": [{**TOKEN, "updated_at": "2025-01-01T00:00:00"}]}),
    ("MIGRATION_FAILED", {"tokens": [{**TOKEN, "updated_at": "2025-01-01T24:00:00Z"}]}),
    ("MIGRATION_FAILED", {"tokens": [{**TOKEN, "updated_at": "2025-01-01T23:59:60Z"}]}),
    ("JSON_SHAPE", {"tokens": [{**TOKEN, "script": 1}]}),
    ("JSON_SHAPE", {"tokens": [{"id": TOKEN["id"]}]}),
    ("JSON_SHAPE", {"tokens": [1]}),
    ("ID_INVALID", {"tokens": [{**TOKEN, "id": "1"}]}),
    ("ID_DUPLICATE", {"tokens": [TOKEN, {**TOKEN, "name": "other"}]}),
    ("ID_DUPLICATE", {"tokens": [TOKEN, {**TOKEN, "id": "6f1d2c3a-0000-4000-8000-00000000000b"}]}),
    ("NAME_FORBIDDEN", {"tokens": [{**TOKEN, "name": "a..b"}]}),
    ("NAME_FORBIDDEN", {"tokens": [{**TOKEN, "name": "__proto__.b"}]}),
    ("LIMIT_NAME_LENGTH", {"tokens": [{**TOKEN, "name": "." * 129}]}),
    ("JSON_SHAPE", {"themes": [V1["themes"][0], V1["themes"][0]]}),
    (
        "ID_DUPLICATE",
        {"tokens": [TOKEN, {**TOKEN, "id": "6f1d2c3a-0000-4000-8000-00000000000b", "name": "color.brand.x"}]},
    ),
]


@pytest.mark.parametrize(("symbol", "documents"), OLD_LIES, ids=[f"{n}-{s}" for n, (s, _) in enumerate(OLD_LIES)])
def test_a_lie_in_version_1_is_refused(symbol: str, documents: dict[str, Any]) -> None:
    assert symbol_of(version_1(documents)) == symbol


@pytest.mark.parametrize(
    "change",
    [
        {"project": 1},
        {"exported_at": "yesterday"},
        {"unknown": 1},
        {"entries": [1]},
        {"entries": [{"name": "x", "sha256": "", "count": 0}]},
    ],
)
def test_a_lie_in_the_manifest_of_version_1_is_refused(change: dict[str, Any]) -> None:
    assert symbol_of(version_1(V1, **change)) == "MANIFEST_INVALID"


def test_the_digests_of_version_1_are_checked() -> None:
    wrong = [{"name": "tokens.json", "sha256": "0" * 64, "count": 3}]
    assert symbol_of(version_1({"tokens": V1["tokens"]}, entries=wrong)) == "DIGEST_MISMATCH"


def test_harmless_zips_of_the_team_are_refused_by_their_manifest_only(team_data: Path) -> None:
    for corpus in ("hostile-archives", "hostile-archives-public"):
        for entry in json.loads((team_data / corpus / "index.json").read_text("utf-8")):
            codes = [found.code for found in verify(team_data / corpus / entry["file"]).diagnostics]
            assert codes
            if entry["expected"] == "accept":
                assert codes[0][:5] in ("DSS65", "DSS66", "DSS67"), entry["file"]


def test_every_refusal_says_what_to_do(archive: Path) -> None:
    content = archive.read_bytes()
    hostile = [
        content[:-1], content + b"x", b"no archive", content[:40] + b"x" + content[41:],
        *(forged_set(content) for _, content in RECORDS),
        *(forged_set(lines(BASE), manifest=change) for _, change in LIES),
    ]  # fmt: skip
    for one in hostile:
        with pytest.raises(ArchiveError) as caught:
            read(one)
        assert all(found.hint for found in caught.value.diagnostics), caught.value
