"""File keys: as people paste them, mostly inside an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from .errors import FigmaSourceError

_KEY = re.compile(r"[A-Za-z0-9]{10,128}")
_HOSTS = ("figma.com", "figma-gov.com")
_KINDS = ("design", "file", "board", "slides", "buzz", "site", "make", "proto")


@dataclass(frozen=True, slots=True)
class FileAddress:
    """What an address names."""

    key: str
    """The key to ask the API for: the branch's own where the address names a branch."""

    main_key: str | None = None
    """The main file's key, when :attr:`key` is a branch's."""

    node: str | None = None
    """The node it points at, e.g. ``12:34``."""


def parse_address(text: str) -> FileAddress:
    """A bare key or any address of a file: ``https://www.figma.com/design/KEY/Name?node-id=1-2``, branches too.

    Raises:
        FigmaSourceError: It is neither.
    """
    text = text.strip()
    if _KEY.fullmatch(text):
        return FileAddress(text)
    parts = urlsplit(text if "//" in text else f"https://{text}")
    host = (parts.hostname or "").removeprefix("www.")
    names = [unquote(name) for name in parts.path.split("/") if name]
    if host in _HOSTS and len(names) > 1 and names[0] in _KINDS and _KEY.fullmatch(names[1]):
        node = parse_qs(parts.query).get("node-id", [""])[0].replace("-", ":") or None
        if len(names) > 3 and names[2] == "branch" and _KEY.fullmatch(names[3]):
            return FileAddress(names[3], main_key=names[1], node=node)
        return FileAddress(names[1], node=node)
    raise FigmaSourceError(
        f'"{text}" is neither a file key nor the address of a Figma file',
        code="DSS416",
        hint="copy the link of the file in Figma: https://www.figma.com/design/KEY/Name",
    )
