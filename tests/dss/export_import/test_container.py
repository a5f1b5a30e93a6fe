"""The structural reader: what it refuses, with which symbol, and what it must not refuse."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from zip_forge import Forged, build, deflate, descriptor, streamed

from dss.export_import.container import Container
from dss.export_import.faults import CODES, ArchiveError, printable
from dss.export_import.limits import DEFAULTS, Limits
from dss.export_import.verify import verify_structure
from dss_tokens.errors import InputError

A = Forged(b"manifest.json", b'{"format":"dss"}')
B = Forged(b"tokens/base.jsonl", b'{"id":1}\n' * 20)
UTF8 = 0x800


def symbol_of(content: bytes, limits: Limits = DEFAULTS) -> str | None:
    """The symbol of the first finding, ``None`` where the archive is fine."""
    try:
        with Container.from_bytes(content, limits) as container:
            for member in container.members:
                for _ in container.chunks(member):
                    pass
    except ArchiveError as error:
        assert error.exit_status == 4
        assert error.diagnostics[0].code == CODES[error.diagnostics[0].rule]
        return error.diagnostics[0].rule
    return None


def extra(*fields: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", number, len(data)) + data for number, data in fields)


def zip64(size: int, compressed: int) -> bytes:
    return extra((1, struct.pack("<QQ", size, compressed)))


BIG = Forged(b"big", bytes(10_000_001))
AT_FLOOR = Forged(b"big", bytes(10_000_000))
FF = 0xFFFFFFFF
WIDE: dict[str, object] = {"size": FF, "compressed_size": FF}
DISAGREEING = {"name": b"manifest.jsom", "flags": 2, "crc": 5, "size": 5, "compressed_size": 5}
FORBIDDEN = (0x7075, 0x6375, 0x9901, 0x000D, 0x6C78, 0x756E)
NOT_FILES = (0o120777, 0o20666, 0o60666, 0o10644, 0o140755, 0o104755, 0o102755, 0o40755)

REFUSED = [
    # the end record
    ("ARC_NOT_ZIP", b""),
    ("ARC_NOT_ZIP", b"no archive"),
    ("ARC_EMPTY", build([])),
    ("ARC_EMPTY", build([A], unlisted=[0])),
    ("ARC_TRUNCATED", build([A, B])[:-30]),
    ("ARC_TRUNCATED", build([A, B])[:-1]),
    ("ARC_TRUNCATED", build([A], end={"comment": 4})),
    ("ARC_TRAILING_DATA", build([A], suffix=b"x")),
    ("ARC_PREPENDED_DATA", build([A], prefix=b"#!/bin/sh\n")),
    ("ARC_COMMENT_FORBIDDEN", build([A], comment=b"hello")),
    ("ARC_EOCD_AMBIGUOUS", build([A], comment=build([]))),
    ("ARC_EOCD_AMBIGUOUS", build([Forged(b"a", b"PK\x05\x06", method=0)])),
    ("ARC_MULTI_DISK", build([A], end={"disk": 1})),
    ("ARC_MULTI_DISK", build([A], end={"directory_disk": 1})),
    ("ARC_MULTI_DISK", build([replace(A, central={"disk": 1})])),
    ("ARC_COUNT_MISMATCH", build([A, B], end={"here": 1})),
    ("ARC_COUNT_MISMATCH", build([A, B], end={"here": 1, "count": 1})),
    ("ARC_COUNT_MISMATCH", build([A, B], end={"here": 3, "count": 3})),
    ("ARC_CD_MISMATCH", build([A, B], end={"size": 50})),
    ("ARC_CD_MISMATCH", build([A, B], end={"offset": 50})),
    ("ARC_CD_MISMATCH", build([A], before_end=b"padding")),
    ("ARC_CD_MISMATCH", build([replace(A, central={"signature": b"PK\x05\x05"})])),
    ("ARC_CD_MISMATCH", build([replace(A, central={"name_length": 300})])),
    ("ARC_ZIP64_INCONSISTENT", build([A], before_end=b"PK\x06\x07" + bytes(16))),
    ("ARC_ZIP64_INCONSISTENT", build([A], end={"here": 0xFFFF, "count": 0xFFFF})),
    ("ARC_ZIP64_INCONSISTENT", build([A], end={"offset": FF})),
    ("LIMIT_ENTRY_COUNT", build([A], end={"here": 10_001, "count": 10_001})),
    # the directory
    ("ARC_COMMENT_FORBIDDEN", build([replace(A, comment=b"x")])),
    ("ARC_ENCRYPTED", build([replace(A, flags=1)])),
    ("ARC_ENCRYPTED", build([replace(A, flags=1 << 6)])),
    ("ARC_ENCRYPTED", build([replace(A, flags=1 << 13)])),
    ("ARC_FLAG_UNSUPPORTED", build([replace(A, flags=1 << 5)])),
    ("ARC_FLAG_UNSUPPORTED", build([streamed(replace(A, method=0))])),
    ("ARC_METHOD_UNSUPPORTED", build([replace(A, method=12, raw=b"x")])),
    ("ARC_EXTRA_MALFORMED", build([replace(A, extra=b"\0\0\0")])),
    ("ARC_EXTRA_MALFORMED", build([replace(A, extra=b"UT\x09\0a")])),
    ("ARC_EXTRA_MALFORMED", build([replace(A, extra=extra((2, b""), (2, b"")))])),
    ("ARC_EXTRA_MALFORMED", build([replace(A, central={"extra": b""}, extra=b"\1")])),
    *(("ARC_EXTRA_FORBIDDEN", build([replace(A, extra=extra((n, b"x" * 8)))])) for n in FORBIDDEN),
    *(("ARC_EXTRA_FORBIDDEN", build([replace(A, local={"extra": extra((n, b"x"))})])) for n in FORBIDDEN),
    ("ARC_ZIP64_INCONSISTENT", build([replace(A, extra=zip64(1, 1))])),
    ("ARC_ZIP64_INCONSISTENT", build([replace(A, local={"extra": zip64(16, 18)})])),
    ("ARC_ZIP64_INCONSISTENT", build([replace(A, local={"size": FF})])),
    ("ARC_ZIP64_INCONSISTENT", build([replace(A, central={"offset": FF})])),
    *(("ARC_ENTRY_TYPE", build([replace(A, mode=mode)])) for mode in NOT_FILES),
    *(("ARC_ENTRY_TYPE", build([replace(A, mode=0, attributes=bits)])) for bits in (0x10, 0x400, 0x08)),
    ("ARC_ENTRY_TYPE", build([Forged(b"folder/", b"content", mode=0o40755)])),
    ("ARC_ENTRY_TYPE", build([Forged(b"folder/", mode=0o100644)])),
    # names
    ("NAME_DUPLICATE", build([A, A])),
    ("NAME_COLLISION", build([A, replace(A, name=b"MANIFEST.json")])),
    ("NAME_COLLISION", build([Forged(b"tokens/a"), Forged(b"Tokens/b")])),
    ("NAME_FILE_DIR_CONFLICT", build([Forged(b"tokens"), B])),
    ("NAME_ENCODING", build([Forged("é".encode())])),
    ("NAME_ENCODING", build([Forged(b"\xff", flags=UTF8)])),
    ("NAME_EMPTY", build([Forged(b"")])),
    # spans and local headers
    ("ARC_GAP_DATA", build([A, B], gaps=[(1, b"hidden")])),
    ("ARC_GAP_DATA", build([A, B], before_directory=b"hidden")),
    ("ARC_ORPHAN_LOCAL", build([A, B, replace(A, name=b"c")], unlisted=[1])),
    ("ARC_ORPHAN_LOCAL", build([A, B], unlisted=[0])),
    ("ARC_ORPHAN_LOCAL", build([A, B], unlisted=[1])),
    ("ARC_PREPENDED_DATA", build([A, B], prefix=b"PK\x03\x03")),
    ("ARC_OVERLAP", build([A, replace(B, central={"offset": 5})])),
    ("ARC_OVERLAP", build([A, replace(B, central={"offset": 0})])),
    ("ARC_OVERLAP", build([replace(A, central={"compressed_size": 90}, local={"compressed_size": 90}), B])),
    ("ARC_LOCAL_MISSING", build([A, replace(B, local={"signature": b"PK\x03\x05"})])),
    ("ARC_LOCAL_MISSING", build([replace(A, local={"name_length": 60_000})])),
    *(
        ("ARC_LOCAL_CENTRAL_MISMATCH", build([replace(A, local={key: value})]))
        for key, value in DISAGREEING.items()
    ),
    ("ARC_LOCAL_CENTRAL_MISMATCH", build([replace(A, local={"method": 0})])),
    ("ARC_LOCAL_CENTRAL_MISMATCH", build([replace(A, local=WIDE | {"extra": zip64(1, 1)})])),
    ("ARC_DESCRIPTOR_MISMATCH", build([replace(A, flags=8, descriptor=descriptor(b"x", b"y"))])),
    ("ARC_DESCRIPTOR_MISMATCH", build([replace(A, flags=8, descriptor=b"")])),
    ("ARC_GAP_DATA", build([replace(streamed(A), descriptor=streamed(A).descriptor + b"gap"), B])),
    ("ARC_SIZE_MISMATCH", build([replace(A, method=0, raw=A.data + b"more")])),
    # limits
    ("LIMIT_RATIO", build([BIG])),
    ("LIMIT_RATIO", build([replace(AT_FLOOR, name=bytes([n])) for n in b"abc"])),
    ("LIMIT_ENTRY_SIZE", build([replace(A, central={"size": 100_000_001}, local={"size": 100_000_001})])),
    # the data
    ("ARC_CRC_MISMATCH", build([replace(A, central={"crc": 5}, local={"crc": 5})])),
    ("ARC_SIZE_MISMATCH", build([replace(A, raw=deflate(A.data + b"x"))])),
    ("ARC_SIZE_MISMATCH", build([replace(A, raw=deflate(A.data[:-1]))])),
    ("ARC_STREAM_CORRUPT", build([replace(A, raw=deflate(A.data) + b"x")])),
    ("ARC_STREAM_CORRUPT", build([replace(A, raw=deflate(A.data)[:-1])])),
    ("ARC_STREAM_CORRUPT", build([replace(A, raw=b"")])),
    ("ARC_STREAM_CORRUPT", build([replace(A, raw=b"\xff\xff\xff")])),
]  # fmt: skip


@pytest.mark.parametrize(("symbol", "content"), REFUSED, ids=[f"{i}-{s}" for i, (s, _) in enumerate(REFUSED)])
def test_a_fault_is_refused_under_its_symbol(symbol: str, content: bytes) -> None:
    assert symbol_of(content) == symbol


ACCEPTED = {
    "plain": build([A, B]),
    "stored": build([replace(A, method=0), replace(B, method=0)]),
    "empty member": build([Forged(b"a"), Forged(b"b", method=0)]),
    "folder": build([Forged(b"tokens/", method=0, mode=0o40755, attributes=0x10), B]),
    "folder after its file": build([B, Forged(b"tokens/", method=0, mode=0o40755)]),
    "no file kind": build([replace(A, mode=0)]),
    "DOS attributes": build([replace(A, mode=0, made_by=20, attributes=0x21)]),
    "sticky bit": build([replace(A, mode=0o101644)]),
    "deflate level flags": build([replace(A, flags=2), replace(B, flags=6)]),
    "UTF-8 flag on ASCII": build([replace(A, flags=UTF8)]),
    "UTF-8 name": build([Forged("tokens/éß漢.jsonl".encode(), flags=UTF8)]),
    "times and owners": build([replace(A, extra=extra((0x5455, b"\3" + bytes(8)), (0x7875, bytes(11))))]),
    "other extra fields per header": build([replace(A, local={"extra": extra((0x5455, bytes(9)))})]),
    "descriptor": build([streamed(A), B]),
    "descriptor without signature": build([streamed(A, signed=False), streamed(B, signed=False)]),
    "streamed with known sizes": build([replace(streamed(A), local={"needed": 20}), B]),
    "local ZIP64": build(
        [replace(A, local=WIDE | {"extra": zip64(len(A.data), len(A.compressed))})]
    ),
    "streamed ZIP64": build(
        [
            replace(
                A, flags=8, descriptor=descriptor(A.data, A.compressed, wide=True),
                local={"size": FF, "compressed_size": FF, "crc": 0, "extra": zip64(0, 0)},
            )
        ]
    ),
    "ratio at its floor": build([AT_FLOOR]),
    "end signature far from the end": build(
        [Forged(b"a", b"PK\x05\x06", method=0), Forged(b"b", os.urandom(70_000), method=0)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_an_unusual_but_harmless_archive_is_accepted(case: str) -> None:
    assert symbol_of(ACCEPTED[case]) is None


def test_the_directory_may_list_members_in_another_order_than_the_file() -> None:
    content = build([A, B])
    start = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", start + 1)
    end = content.index(b"PK\x05\x06")
    with Container.from_bytes(content[:start] + content[second:end] + content[start:second] + content[end:]) as c:
        assert [(m.name, b"".join(c.chunks(m))) for m in c.members] == [
            (B.name.decode(), B.data), (A.name.decode(), A.data)
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("symbol", "name", "at_limit", "content"),
    [
        ("LIMIT_ENTRY_COUNT", "max_members", 2, build([A, B])),
        (
            "LIMIT_CD_SIZE",
            "max_directory_size",
            len(build([A])) - build([A]).index(b"PK\x01\x02") - 22,
            build([A]),
        ),
        ("LIMIT_ENTRY_SIZE", "max_member_size", len(B.data), build([A, B])),
        ("LIMIT_TOTAL_SIZE", "max_total_size", len(A.data) + len(B.data), build([A, B])),
        ("LIMIT_FILE_SIZE", "max_file_size", len(build([A])), build([A])),
        ("LIMIT_RATIO", "max_ratio", -(-len(BIG.data) // len(BIG.compressed)), build([BIG])),
    ],
)
def test_limits_are_inclusive(symbol: str, name: str, at_limit: int, content: bytes) -> None:
    assert symbol_of(content, replace(DEFAULTS, **{name: at_limit})) is None
    assert symbol_of(content, replace(DEFAULTS, **{name: at_limit - 1})) == symbol


def test_content_that_inflates_beyond_its_declaration_is_stopped_there() -> None:
    lie = build([replace(A, raw=deflate(bytes(50_000_000)))])
    with Container.from_bytes(lie) as container:
        produced = 0
        with pytest.raises(ArchiveError, match="DSS622"):
            for step in container.chunks(container.members[0]):
                produced += len(step)
    assert produced <= len(A.data)


def test_findings_are_listed_up_to_their_limit_then_counted() -> None:
    content = build([Forged(b"../%d" % n) for n in range(300)])
    with pytest.raises(ArchiveError) as caught:
        Container.from_bytes(content)
    assert len(caught.value.diagnostics) == 101
    assert "200 more" in caught.value.diagnostics[-1].message


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "'plain'"),
        ("a\x1b[2Jb", "'a\\x1b[2Jb'"),
        ("a\u202eb", "'a\\u202eb'"),
        ("\ud800", "'\\ud800'"),
        (b"\xff", "'\\xff'"),
        ("x" * 500, "'" + "x" * 200 + "…'"),
    ],
)
def test_names_are_shown_escaped_and_cut(raw: str | bytes, shown: str) -> None:
    assert printable(raw) == shown


def test_a_link_a_folder_and_a_missing_file_are_no_archive(tmp_path: Path) -> None:
    real = tmp_path / "a.dss"
    real.write_bytes(build([A]))
    link = tmp_path / "link.dss"
    link.symlink_to(real)
    assert verify_structure(real).ok
    assert [d.code for d in verify_structure(link).diagnostics] == ["DSS610"]
    assert [d.code for d in verify_structure(tmp_path).diagnostics] == ["DSS610"]
    with pytest.raises(InputError):
        verify_structure(tmp_path / "missing.dss")


def test_a_pipe_is_refused_by_name_and_read_as_a_stream(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.dss"
    os.mkfifo(pipe)
    assert [(d.rule, d.hint) for d in verify_structure(pipe).diagnostics] == [
        ("ARC_NOT_ZIP", "name the file of the archive")
    ]
    with Container.from_stream(io.BytesIO(build([A]))) as container:
        assert [m.name for m in container.members] == ["manifest.json"]
    endless = io.BytesIO(bytes(2000))
    with pytest.raises(ArchiveError, match="DSS640"):
        Container.from_stream(endless, replace(DEFAULTS, max_file_size=1000))


def test_a_file_cut_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.dss"
    path.write_bytes(build([Forged(b"a", os.urandom(300_000))]))
    with Container.open(path) as container:
        os.truncate(path, 1000)
        with pytest.raises(ArchiveError, match="DSS622"):
            list(container.chunks(container.members[0]))


@pytest.mark.parametrize("corpus", ["hostile-archives", "hostile-archives-public"])
def test_the_teams_archives_are_judged_as_their_index_says(corpus: str, team_data: Path) -> None:
    index = json.loads((team_data / corpus / "index.json").read_text("utf-8"))
    wrong = []
    for entry in index:
        report = verify_structure(team_data / corpus / entry["file"])
        families = {found.code[:5] for found in report.diagnostics}
        expected = CODES.get(entry["code"], "DSS00")[:5]
        right = report.ok if entry["expected"] == "accept" else not report.ok and {expected, "DSS61"} & families
        if not right:
            wrong.append((entry["file"], report.diagnostics))
    assert not wrong


def test_a_plain_zip_of_the_standard_library_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("tokens")
        archive.writestr("tokens/café.json", "{}")
        with archive.open("big", "w", force_zip64=True) as member:
            member.write(b"x" * 1000)
    assert verify_structure(path).ok


MEASURED = """
import re, sys
from pathlib import Path
from dss.export_import.limits import Limits
from dss.export_import.verify import verify_structure
report = verify_structure(Path(sys.argv[1]), Limits(max_ratio=2000))
assert report.inflated_size == 90_000_000
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
def test_a_large_member_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "zeros.dss"
    path.write_bytes(build([Forged(b"a", bytes(90_000_000))]))
    ended = subprocess.run([sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True)
    assert int(ended.stdout) < 30 * 1024
