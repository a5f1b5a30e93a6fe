"""Which names a token or group may have (DTCG Format 2025.10, "Character restrictions"; contract, section 3)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .limits import MAX_NAME

_PLAIN = re.compile(r"[A-Za-z0-9_/:~#@&+,;!?()=*%'|<>^ -][$A-Za-z0-9_/:~#@&+,;!?()=*%'|<>^ -]*")
_RESERVED = ("__proto__", "constructor", "prototype")
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")  # no format characters, yet invisible
_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@cache
def name_fault(name: str) -> tuple[str | None, str] | None:
    """The DTCG rule that *name* breaks (``None`` for our own rules) with what is wrong; ``None`` when it is legal."""
    if name in _RESERVED:
        return None, f'the name "{name}" is refused: it changes objects in JavaScript'
    if _PLAIN.fullmatch(name) and len(name) <= MAX_NAME:
        return None
    if not name:
        return "NAME-1", "an empty name"
    if name[0] == "$":
        return "NAME-2", f'the name "{name}" begins with $, which is kept for the format'
    for character in "{}.":
        if character in name:
            return "NAME-3", f'the name "{name}" holds "{character}", which references need'
    if len(name) > MAX_NAME:
        return None, f"a name of {len(name)} characters; 256 are allowed"
    for character in name:
        if (what := _character_fault(character)) is not None:
            return None, f"the name {ascii(name)[1:-1]} holds {what}"
    return None


def _character_fault(character: str) -> str | None:
    if character == "\\":
        return "a backslash"
    if character in _BIDIRECTIONAL:
        return f"the bidirectional control U+{ord(character):04X}"
    category = unicodedata.category(character)
    if category == "Cf" or character in _BLANK_LETTERS:
        return f"the invisible character U+{ord(character):04X}"
    if category in ("Cc", "Cn", "Cs", "Zl", "Zp"):
        kind = "unassigned" if category == "Cn" else "control"
        return f"the {kind} character U+{ord(character):04X}"
    return None


def equal_after_nfc(group: list[str]) -> list[tuple[str, str]]:
    """Pairs of names of one group that are equal after Unicode normalisation (NFC)."""
    first: dict[str, str] = {}
    pairs = []
    for name in group:
        normal = unicodedata.normalize("NFC", name)
        if normal in first:
            pairs.append((first[normal], name))
        first.setdefault(normal, name)
    return pairs
