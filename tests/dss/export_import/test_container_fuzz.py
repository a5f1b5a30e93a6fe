"""The structural reader under damage and forgery: it refuses, or every reader sees the same content."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zip_forge import Forged, build, streamed

from dss.export_import.container import Container
from dss.export_import.faults import ArchiveError

Content = list[tuple[str, bytes]]


def read(archive: bytes) -> Content | None:
    """What we see in *archive*; ``None`` where it is refused. Anything else is a failure of the test."""
    try:
        with Container.from_bytes(archive) as container:
            return [(member.name, b"".join(container.chunks(member))) for member in container.members]
    except ArchiveError:
        return None


def read_by_standard_library(archive: bytes) -> Content:
    """Raises :class:`NotImplementedError` for a maker in the version needed: refused, not other content."""
    with zipfile.ZipFile(io.BytesIO(archive)) as members:
        return [(info.filename, members.read(info)) for info in members.infolist()]


GOOD = build(
    [
        Forged(b"manifest.json", b'{"format":"dss"}' * 3),
        streamed(Forged(b"tokens/a.jsonl", b'{"id":1}\n' * 9)),
        Forged(b"assets/x", b"\0\1\2" * 7, method=0),
    ]
)
CONTENT = read(GOOD)


def assert_harmless(archive: bytes) -> None:
    """Refused, or the same content in our eyes and those of the standard library."""
    seen = read(archive)
    if seen is not None:
        assert sorted(seen) == sorted(CONTENT or [])
        with suppress(NotImplementedError):
            assert sorted(read_by_standard_library(archive)) == sorted(CONTENT or [])


@pytest.mark.parametrize("part", range(8))
def test_every_flipped_bit_is_refused_or_changes_nothing(part: int) -> None:
    for position in range(len(GOOD)):
        damaged = bytearray(GOOD)
        damaged[position] ^= 1 << part
        assert_harmless(bytes(damaged))


def test_every_truncation_is_refused() -> None:
    assert all(read(GOOD[:length]) is None for length in range(len(GOOD)))


def test_every_insertion_and_deletion_is_refused() -> None:
    rng = random.Random(7)
    for position in range(len(GOOD) + 1):
        inserted = rng.randbytes(rng.randrange(1, 101))
        assert read(GOOD[:position] + inserted + GOOD[position:]) is None
        assert read(GOOD[:position] + GOOD[position + 1 + rng.randrange(3) :]) is None or position >= len(GOOD)


SHORT, LONG = 0xFFFF, 0xFFFFFFFF
FIELDS = {
    "needed": SHORT,
    "flags": SHORT,
    "method": SHORT,
    "time": SHORT,
    "date": SHORT,
    "crc": LONG,
    "compressed_size": LONG,
    "size": LONG,
    "name_length": SHORT,
    "extra_length": SHORT,
    "made_by": SHORT,
    "disk": SHORT,
    "internal": SHORT,
    "external": LONG,
    "offset": LONG,
    "comment_length": SHORT,
}


@pytest.mark.parametrize("header", ["local", "central"])
@pytest.mark.parametrize("name", FIELDS)
def test_each_header_field_at_its_edges(name: str, header: str) -> None:
    members = [Forged(n.encode(), data) for n, data in CONTENT or []]
    limit = FIELDS[name]
    for number, member in enumerate(members):
        right = member.fields({})
        value = {"name_length": len(member.name), "extra_length": 0, "comment_length": 0, "offset": 0} | right
        base = value[name] if isinstance(value[name], int) else 0
        for wrong in {0, 1, base - 1, base + 1, limit - 1, limit} - {base}:
            if 0 <= wrong <= limit:
                forged = [*members]
                forged[number] = replace(member, **{header: {name: wrong}})
                assert_harmless(build(forged))


contents = st.one_of(st.binary(max_size=40), st.just(b"PK\x05\x06"), st.just(b"PK\x03\x04" * 9))
names = st.sampled_from([b"a", b"A", b"b", b"c/d", b"c/", b"c", b"../e", "é".encode(), b"con", b"x" * 201])
numbers = st.sampled_from(["flags", "method", "crc", "compressed_size", "size", "disk", "external"])
overrides = st.one_of(
    st.dictionaries(numbers, st.integers(0, 0xFFFF), max_size=1),
    st.just({"name": b"zz"}),
    st.just({"extra": b"UT\1\0x"}),
)
members = st.builds(
    Forged,
    names,
    contents,
    st.sampled_from([0, 8]),
    st.sampled_from([0, 0, 0x800, 8, 1]),
    local=overrides,
    central=overrides,
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(members, members.map(streamed)), max_size=5),
    st.binary(max_size=3), st.binary(max_size=3), st.sets(st.integers(0, 4), max_size=1),
)  # fmt: skip
def test_whatever_is_accepted_means_the_same_to_the_standard_library(
    forged: list[Forged], prefix: bytes, suffix: bytes, unlisted: set[int]
) -> None:
    archive = build(forged, prefix=prefix, suffix=suffix, unlisted=unlisted)
    seen = read(archive)
    if seen is not None:
        assert seen == read_by_standard_library(archive)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_random_bytes_never_end_in_another_error(noise: bytes) -> None:
    assert read(b"PK\x03\x04" + noise) is None or noise
    read(noise)


@settings(max_examples=200)
@given(st.data())
def test_random_splices_of_an_archive_are_harmless(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    stop = data.draw(st.integers(start, min(len(GOOD), start + 60)))
    target = data.draw(st.integers(0, len(GOOD)))
    assert_harmless(GOOD[:target] + GOOD[start:stop] + GOOD[target + data.draw(st.integers(0, 60)) :])


@settings(max_examples=300)
@given(st.binary(max_size=120), st.integers(0, 300))
def test_any_compressed_bytes_inflate_as_zlib_says_or_are_refused(raw: bytes, size: int) -> None:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        whole = stream.decompress(raw)
        valid = stream.eof and not stream.unused_data
    except zlib.error:
        whole, valid = b"", False
    declared = whole if valid else bytes(size)
    seen = read(build([Forged(b"a", declared, raw=raw)]))
    assert seen == ([("a", whole)] if valid else None)
