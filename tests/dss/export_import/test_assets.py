"""Fonts and images: known by content, bounded, one member for equal content."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from archive_forge import package

from dss.export_import.assets import media_type_of, read_folder
from dss.export_import.faults import ArchiveError
from dss.export_import.limits import DEFAULTS
from dss.export_import.manifest import Asset
from dss.export_import.package import write_archive
from dss.export_import.reader import Archive
from dss_tokens.errors import InputError

KNOWN = {
    b"wOF2....": "font/woff2",
    b"wOFF....": "font/woff",
    b"OTTO....": "font/otf",
    b"\0\1\0\0....": "font/ttf",
    b"ttcf....": "font/collection",
    b"\x89PNG\r\n\x1a\n..": "image/png",
    b"\xff\xd8\xff\xe0": "image/jpeg",
    b"GIF89a": "image/gif",
    b"RIFF\0\0\0\0WEBPVP8 ": "image/webp",
    b"\0\0\0\x1cftypavif": "image/avif",
    b'<svg xmlns="http://www.w3.org/2000/svg"/>': "image/svg+xml",
    b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <svg> --><svg >": "image/svg+xml",
    b"<!DOCTYPE svg PUBLIC 'a' 'b'>\n<svg>": "image/svg+xml",
}
UNKNOWN = [
    b"", b"MZ", b"#!/bin/sh", b"%PDF-1.7", b"PK\3\4", b"<html><svg>", b"<svgx>", b"RIFF\0\0\0\0WAVE", b"\x89PNG",
    b"<!-- <svg>", b"<?php <svg>", b"<!DOCTYPE html><svg>", b"BM", b"\0\0\0\x1cftypisom", b"{}",
]  # fmt: skip


@pytest.mark.parametrize("head", KNOWN)
def test_a_font_or_image_is_known_by_its_content(head: bytes) -> None:
    assert media_type_of(head) == KNOWN[head]


@pytest.mark.parametrize("head", UNKNOWN)
def test_anything_else_is_not(head: bytes) -> None:
    assert media_type_of(head) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "assets"
    (root / "fonts").mkdir(parents=True)
    (root / "fonts" / "b.woff2").write_bytes(b"wOF2" + bytes(100))
    (root / "fonts" / "a.bin").write_bytes(b"wOF2" + bytes(100))
    (root / "logo.svg").write_text("<svg ></svg>")
    (root / ".hidden").write_bytes(b"secret")
    (root / "link.svg").symlink_to("/etc/passwd")
    return root


def test_the_assets_of_a_folder(folder: Path) -> None:
    found = read_folder(folder)
    assert [(file.asset.path, file.asset.media_type) for file in found] == [
        ("fonts/a.bin", "font/woff2"), ("fonts/b.woff2", "font/woff2"), ("logo.svg", "image/svg+xml")
    ]  # fmt: skip
    for file in found:
        content = b"".join(file.chunks())
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.asset.size, file.asset.sha256)


def test_equal_content_is_one_member(folder: Path, tmp_path: Path) -> None:
    files = [(file.asset, file.chunks) for file in read_folder(folder)]
    write_archive(package({}, assets=files), tmp_path / "a.dss")
    with Archive.open(tmp_path / "a.dss") as archive:
        archive.check_bytes()
        assert len(archive.manifest.assets) == 3
        assert sum(member.name.startswith("assets/") for member in archive.container.members) == 2


def test_other_files_and_large_ones_are_refused(folder: Path) -> None:
    with pytest.raises(ArchiveError, match="DSS666"):
        read_folder(folder, replace(DEFAULTS, max_asset_size=103))
    with pytest.raises(ArchiveError, match="DSS666"):
        read_folder(folder, replace(DEFAULTS, max_assets_size=104 + 11))
    assert read_folder(folder, replace(DEFAULTS, max_asset_size=104, max_assets_size=104 + 12))
    (folder / "run.sh").write_bytes(b"#!/bin/sh\n")
    with pytest.raises(ArchiveError, match=r"run\.sh' is neither a font nor an image"):
        read_folder(folder)
    with pytest.raises(InputError, match="DSS682"):
        read_folder(folder / "nowhere")


def test_an_asset_that_changes_while_it_is_read_stops_the_export(folder: Path, tmp_path: Path) -> None:
    (file, *_) = read_folder(folder)
    (folder / "fonts" / "a.bin").write_bytes(b"wOF2 changed")
    with pytest.raises(InputError, match="changed while it was read"):
        write_archive(package({}, assets=[(file.asset, file.chunks)]), tmp_path / "a.dss")
    assert not (tmp_path / "a.dss").exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"path": "../x"}, "DSS600"),
        ({"path": "/x"}, "DSS602"),
        ({"media_type": "font/ttf"}, "DSS666"),
        ({"path": "con"}, "DSS604"),
    ],
)
def test_a_lie_about_an_asset_is_refused(fields: dict[str, str], code: str, tmp_path: Path) -> None:
    content = b"wOF2" + bytes(9)
    asset = Asset(sha256=hashlib.sha256(content).hexdigest(), size=len(content), path="a", media_type="font/woff2")
    with pytest.raises(ArchiveError, match=code):
        write_archive(package({}, assets=[(replace(asset, **fields), lambda: [content])]), tmp_path / "a.dss")
