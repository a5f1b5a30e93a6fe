"""Figma names -> token paths: every segment a legal DTCG name."""

from __future__ import annotations

import unicodedata
from functools import cache

from dss_tokens.naming_rules import name_fault

MAX_NAME = 256
MAX_DEPTH = 100
"""Segments of one path; deeper names are joined. The readers refuse 128 nested groups."""


@cache
def legal_name(name: str) -> str:
    """*name* with everything a token or group name may not hold replaced by ``-``; never empty.

    A leading ``$`` gets an underscore before it. Source: DTCG Format 2025.10, "Character restrictions".
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not name:
        return "-"
    if name[0] == "$":
        name = "_" + name
    if name_fault(name) is None:
        return name
    if len(name) > MAX_NAME:
        name = name[:MAX_NAME].rstrip()
    name = "".join(character if name_fault("x" + character) is None else "-" for character in name)
    return name if name_fault(name) is None else f"{name[: MAX_NAME - 1]}-"


@cache
def segments(name: str) -> tuple[str, ...]:
    """The path of a variable called *name*: split at ``/``, trimmed, empty segments dropped, each made legal."""
    parts = tuple(legal_name(part) for part in name.split("/") if part.strip())
    if len(parts) > MAX_DEPTH:
        parts = (*parts[: MAX_DEPTH - 1], legal_name("-".join(parts[MAX_DEPTH - 1 :])))
    return parts or ("-",)


def slug(text: str, fallback: str) -> str:
    """*text* as part of a file name: lower case, letters and digits of any script joined by ``-``; never empty."""
    kept = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(_ascii(c) if c.isalnum() else "-" for c in kept)
    short = "-".join(filter(None, plain.split("-")))[:80].strip("-") or fallback
    return f"{short}-" if short in _DEVICES else short


def _ascii(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for devices, whatever follows the first dot."""


def numbered(wanted: str, taken: set[str]) -> str:
    """*wanted*, or it with the first free number; the result is added to *taken*, compared without case."""
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name.casefold())
    return name
