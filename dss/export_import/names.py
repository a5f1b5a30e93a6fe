"""Step 4: is a member's name harmless on every system, and do two names never mean one place?

Complete on strings: a caller may hand in names that something else decoded. Nothing is repaired, because a
repaired name is a name nobody signed. Source: reference "archives", section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, is_normalized, normalize

from .faults import printable

MAX_NAME_BYTES = 512
MAX_COMPONENT_BYTES = 200
MAX_COMPONENTS = 16

Finding = tuple[str, str]
"""A symbol of :mod:`.faults` and a message."""

_PLAIN = re.compile(r"(?:[a-z0-9_-][a-z0-9._-]*[a-z0-9_-]|[a-z0-9_-])")
_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN_CHARACTERS = frozenset('<>"|?*')
_UNSAFE_CATEGORIES = frozenset(("Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)


def name_fault(name: str) -> Finding | None:
    """The first fault of *name*, or ``None``. One slash at the end marks a folder and is fine."""
    if not name:
        return "NAME_EMPTY", "a member has an empty name"
    shown = printable(name)
    if "\0" in name:
        return "NAME_NUL", f"member {shown}: a NUL in the name"
    components = name.removesuffix("/").split("/")
    for check in (_separators, _characters):
        if found := check(name, components):
            return found[0], f"member {shown}: {found[1]}"
    for component in components:
        if not _is_plain(component) and (found := _component_fault(component)):
            return found[0], f"member {shown}: {found[1]}"
    size = len(name.encode())
    if size > MAX_NAME_BYTES:
        return "NAME_TOO_LONG", f"member {shown}: a name of {size} bytes, limit {MAX_NAME_BYTES}"
    if len(components) > MAX_COMPONENTS:
        return "NAME_TOO_DEEP", f"member {shown}: {len(components)} folders deep, limit {MAX_COMPONENTS}"
    return None


def _separators(name: str, components: list[str]) -> Finding | None:
    """Traversal before the other faults of place: it is what an operator must hear of first."""
    if any(part == ".." for part in name.replace("\\", "/").split("/")):
        if "\\" in name:
            return "NAME_BACKSLASH", "a backslash, and the name climbs out of its folder"
        return "NAME_TRAVERSAL", "the name climbs out of its folder"
    if name.startswith("/"):
        return "NAME_ABSOLUTE", "an absolute path"
    if name.startswith("\\\\"):
        return "NAME_ABSOLUTE", "a network path"
    if _DRIVE.match(name):
        return "NAME_DRIVE", "a path with a drive letter"
    if "\\" in name:
        return "NAME_BACKSLASH", "a backslash, which is a separator on some systems"
    if ":" in name:
        return "NAME_STREAM", "a colon, which addresses a stream of another file on some systems"
    return None


def _characters(name: str, components: list[str]) -> Finding | None:
    if name.isascii():
        if name.isprintable():
            bad = _FORBIDDEN_CHARACTERS.intersection(name)
            return ("NAME_CHARS", f"the character {min(bad)!r}") if bad else None
        return "NAME_CONTROL", "a control character"
    for character in name:
        kind = category(character)
        if kind == "Cc":
            return "NAME_CONTROL", f"the control character U+{ord(character):04X}"
        if kind in _UNSAFE_CATEGORIES:
            return "NAME_UNICODE_UNSAFE", f"the character U+{ord(character):04X} ({kind})"
        if character in _FORBIDDEN_CHARACTERS:
            return "NAME_CHARS", f"the character {character!r}"
    if not is_normalized("NFC", name):
        return "NAME_NOT_NFC", "the name is not in Unicode normal form C"
    folded = normalize("NFKC", name)
    if any(folded.count(mark) > name.count(mark) for mark in "/\\:."):
        return "NAME_UNICODE_UNSAFE", "a character that turns into a separator or dot when normalised"
    return None


def _is_plain(component: str) -> bool:
    """Whether *component* is evidently harmless, which the product's own names are."""
    return (
        len(component) <= MAX_COMPONENT_BYTES
        and _PLAIN.fullmatch(component) is not None
        and component.partition(".")[0] not in _RESERVED
    )


def _component_fault(component: str) -> Finding | None:
    if not component:
        return "NAME_EMPTY_COMPONENT", "an empty part between two slashes"
    if component == ".":
        return "NAME_DOT_COMPONENT", "a part that is a single dot"
    if component[-1] in ". ":
        return "NAME_TRAILING_DOT_SPACE", "a part that ends in a dot or a space, which some systems drop"
    if component.partition(".")[0].rstrip(" ").casefold() in _RESERVED:
        return "NAME_RESERVED", "a device name of some systems"
    size = len(component.encode())
    if size > MAX_COMPONENT_BYTES:
        return "NAME_TOO_LONG", f"a part of {size} bytes, limit {MAX_COMPONENT_BYTES}"
    return None


def collision_key(component: str) -> str:
    """What case-insensitive and normalising file systems may take *component* for."""
    if component.isascii():
        return component.lower()
    return normalize("NFKC", normalize("NFC", component).casefold()).casefold()


class _Folder:
    """One folder of the archive: what was seen in it, by :func:`collision_key`."""

    __slots__ = ("explicit", "inside")

    def __init__(self) -> None:
        self.inside: dict[str, tuple[str, _Folder | None]] = {}
        self.explicit = False
        """Whether the folder has a member of its own."""


class NameRegister:
    """All names of one archive so far: finds duplicates, collisions, and names that are file and folder."""

    def __init__(self) -> None:
        self._root = _Folder()

    def add(self, name: str) -> Finding | None:
        """How *name* clashes with an earlier one, if it does; takes it in. It passed :func:`name_fault`."""
        is_folder = name.endswith("/")
        *parents, last = name.removesuffix("/").split("/")
        folder = self._root
        for parent in parents:
            found = self._enter(folder, parent, name)
            if isinstance(found, tuple):
                return found
            folder = found
        if is_folder:
            found = self._enter(folder, last, name)
            if isinstance(found, tuple):
                return found
            if found.explicit:
                return "NAME_DUPLICATE", f"member {printable(name)} occurs twice"
            found.explicit = True
            return None
        return self._add_file(folder, last, name)

    def _enter(self, folder: _Folder, component: str, name: str) -> _Folder | Finding:
        spelling, inner = folder.inside.setdefault(collision_key(component), (component, _Folder()))
        if inner is None:
            return (
                "NAME_FILE_DIR_CONFLICT",
                f"member {printable(name)}: {printable(spelling)} is a file already",
            )
        if spelling != component:
            return (
                "NAME_COLLISION",
                f"member {printable(name)}: the folder collides with {printable(spelling)}",
            )
        return inner

    def _add_file(self, folder: _Folder, component: str, name: str) -> Finding | None:
        key = collision_key(component)
        if key not in folder.inside:
            folder.inside[key] = (component, None)
            return None
        spelling, inner = folder.inside[key]
        if inner is not None:
            return "NAME_FILE_DIR_CONFLICT", f"member {printable(name)} is a folder already"
        if spelling == component:
            return "NAME_DUPLICATE", f"member {printable(name)} occurs twice"
        return (
            "NAME_COLLISION",
            f"member {printable(name)} collides with {printable(spelling)} in the same folder",
        )


def judge_names(names: Iterable[str]) -> list[Finding | None]:
    """The verdict on every name, in order: by itself, then against all earlier ones that were fine."""
    register = NameRegister()
    return [name_fault(name) or register.add(name) for name in names]
