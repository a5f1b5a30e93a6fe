"""Fonts and images that go with tokens: known by their content, bounded, and named by their digest."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from dss_tokens.errors import InputError

from .faults import ArchiveError, Findings, fault, printable
from .limits import DEFAULTS, Limits
from .manifest import Asset
from .names import NameRegister, name_fault

HEAD: Final = 512
"""Bytes from the start that tell the type."""

_STEP = 256 * 1024

_STARTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"wOF2", "font/woff2"),
    (b"wOFF", "font/woff"),
    (b"OTTO", "font/otf"),
    (b"\x00\x01\x00\x00", "font/ttf"),
    (b"true", "font/ttf"),
    (b"ttcf", "font/collection"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def media_type_of(head: bytes) -> str | None:
    """The media type of a font or image that begins with *head* (:data:`HEAD` bytes are enough); else ``None``.

    SVG is text: it is kept, never run or put into a page unescaped.
    """
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return "image/svg+xml" if _is_svg(head) else None


def _is_svg(head: bytes) -> bool:
    try:
        # the last character may be cut
        text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore" if len(head) >= HEAD else "strict")
    except UnicodeDecodeError:
        return False
    text = text.lstrip()
    while text.startswith(("<?", "<!--", "<!DOCTYPE svg")):
        end = {"<?": "?>", "<!": ">"}[text[:2]] if not text.startswith("<!--") else "-->"
        before, found, text = text.partition(end)
        text = text.lstrip()
        if not found:
            return before.startswith("<!DOCTYPE svg")
    return text.startswith(("<svg ", "<svg>", "<svg/>", "<svg\n", "<svg\r", "<svg\t"))


@dataclass(frozen=True, slots=True)
class AssetFile:
    """An asset and where its bytes are."""

    asset: Asset
    chunks: Callable[[], Iterable[bytes]]


def read_folder(folder: Path, limits: Limits = DEFAULTS) -> list[AssetFile]:
    """The fonts and images below *folder*, by path. Hidden files are passed over, links are not followed.

    Raises:
        ArchiveError: ``DSS666`` for a file of another type or above a limit, ``DSS60x`` for its name.
        InputError: ``DSS682``: it cannot be read.
    """
    found = Findings(limits.max_findings)
    names = NameRegister()
    files: list[AssetFile] = []
    for path, name in _files_below(folder):
        if problem := name_fault(name) or names.add(name):
            found.add(problem[0], problem[1].replace("member", "asset", 1), "rename the file, or leave it out")
            continue
        try:
            files.append(_asset_file(path, name, limits))
        except ArchiveError as error:
            found.add(error.diagnostics[0].rule or "", error.diagnostics[0].message)
    total = sum({file.asset.sha256: file.asset.size for file in files}.values())
    if total > limits.max_assets_size:
        found.add("ASSET_SIZE", f"{total:,} bytes of assets, limit assets_size {limits.max_assets_size:,}")
    found.raise_if_any()
    return files


def _files_below(folder: Path) -> Iterator[tuple[Path, str]]:
    if not folder.is_dir():
        raise InputError(fault("IO_ERROR", "there is no such folder", file=str(folder)))
    paths = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths += [Path(place, name) for name in names if not name.startswith(".")]
    named = ((path, path.relative_to(folder).as_posix()) for path in paths if not path.is_symlink())
    return iter(sorted(named, key=lambda pair: pair[1]))


def _asset_file(path: Path, name: str, limits: Limits) -> AssetFile:
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ArchiveError(fault("ASSET_TYPE", f"{printable(name)} is no regular file"))
            head = file.read(HEAD)
            media_type = media_type_of(head)
            if media_type is None:
                raise ArchiveError(fault("ASSET_TYPE", f"{printable(name)} is neither a font nor an image"))
            size, sha256 = _digest(file, head, name, limits)
    except OSError as error:
        raise InputError(fault("IO_ERROR", f"cannot read: {error.strerror}", file=str(path))) from error
    asset = Asset(sha256=sha256, size=size, path=name, media_type=media_type)
    return AssetFile(asset, lambda: _chunks(path))


def _digest(file: BinaryIO, head: bytes, name: str, limits: Limits) -> tuple[int, str]:
    digest = hashlib.sha256(head)
    size = len(head)
    while step := file.read(_STEP):
        size += len(step)
        if size > limits.max_asset_size:
            message = f"{printable(name)}: more than the limit asset_size {limits.max_asset_size:,}"
            raise ArchiveError(fault("ASSET_SIZE", message))
        digest.update(step)
    if size > limits.max_asset_size:
        message = f"{printable(name)}: {size:,} bytes, limit asset_size {limits.max_asset_size:,}"
        raise ArchiveError(fault("ASSET_SIZE", message))
    return size, digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while step := file.read(_STEP):
            yield step


def check_manifest_assets(assets: Iterable[Asset], limits: Limits) -> None:
    """What an archive claims about its assets, before one of them is read.

    Raises:
        ArchiveError: ``DSS666`` above a limit, ``DSS60x`` for a name that could become no file's.
    """
    found = Findings(limits.max_findings)
    names = NameRegister()
    sizes: dict[str, int] = {}
    for asset in assets:
        sizes[asset.sha256] = asset.size
        if problem := name_fault(asset.path) or names.add(asset.path):
            found.add(problem[0], problem[1].replace("member", "asset", 1))
        if asset.size > limits.max_asset_size:
            message = f"{printable(asset.path)}: {asset.size:,} bytes, limit asset_size {limits.max_asset_size:,}"
            found.add("ASSET_SIZE", message)
    if sum(sizes.values()) > limits.max_assets_size:
        found.add(
            "ASSET_SIZE", f"{sum(sizes.values()):,} bytes of assets, limit assets_size {limits.max_assets_size:,}"
        )
    found.raise_if_any()


def checked_type(asset: Asset, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """*chunks*, while the type that *asset* claims is compared with what they are.

    Raises:
        ArchiveError: ``DSS666``.
    """
    head = b""
    for chunk in chunks:
        if len(head) < HEAD:
            head = (head + chunk)[:HEAD]
        yield chunk
    if media_type_of(head) != asset.media_type:
        shown = media_type_of(head) or "neither a font nor an image"
        message = f"asset {printable(asset.path)} is {shown}, not {asset.media_type}"
        raise ArchiveError(fault("ASSET_TYPE", message))
