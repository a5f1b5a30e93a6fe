"""Figma and the token files: each pull is a three-way merge over what the last one left (contract, "figma").

base = the files as the last pull or push left them (``.dss/bases``), theirs = Figma, ours = the files. Local edits
survive; what both sides changed differently is a conflict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.merge import Change, Conflict, Merged, Place, Side, merge, strategies
from dss_tokens.merge.clock import Stamp

from .. import files, journal
from ..json_text import json_bytes
from .reading import Reader

if TYPE_CHECKING:
    from ..config import FigmaTable

RESOLVER = "tokens.resolver.json"
_BASES = "bases"

Documents = Mapping[str, Any]
"""Relative POSIX path below the token folder -> decoded document."""


@dataclass(frozen=True, slots=True)
class Base:
    """What the last pull or push left."""

    documents: Documents
    version: str | None = None
    """The version of the Figma file, where it was known."""

    file_key: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of the files as they were written."""


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What a pull would do; nothing is written yet."""

    folder: Path
    contents: Mapping[Path, bytes]
    removed: tuple[Path, ...]
    changed: list[Path]
    changes: tuple[Change, ...]
    """Tokens and groups that are not as they were in the files."""

    conflicts: tuple[Conflict, ...]
    """Left to decide: with any, nothing is written."""

    decided: tuple[Conflict, ...]
    base: Base
    diagnostics: list[Diagnostic]
    summary: Any


def base_file(root: Path, folder: Path) -> Path:
    """Where the base of a token folder is kept."""
    name = hashlib.blake2b(str(folder.resolve()).encode(), digest_size=6).hexdigest()
    return root / journal.FOLDER / _BASES / f"figma-{name}.json"


def home_of(root: Path, folder: Path) -> Path:
    """The folder whose ``.dss`` keeps base and journal: the project's, or the token folder's where it lies outside."""
    return root if folder.resolve().is_relative_to(root.resolve()) else folder


def read_base(root: Path, folder: Path) -> Base | None:
    """The base of a token folder, ``None`` before the first pull (or after ``.dss`` was deleted)."""
    path = base_file(root, folder)
    if not path.is_file():
        return None
    read = Reader().decode_bytes(files.read(path), ".json", files.shown(path))
    if not isinstance(read.value, dict) or not isinstance(read.value.get("documents"), dict):
        return None
    stored = read.value
    return Base(stored["documents"], stored.get("version"), stored.get("file_key"), stored.get("digests") or {})


def local_documents(folder: Path, names: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The files of *names* that exist, decoded, with their digests. Other files of the folder are nobody's concern.

    Raises:
        InputError: One is no token file.
    """
    from dss_tokens.errors import InputError

    documents, digests = {}, {}
    reader = Reader()
    for name in names:
        path = files.contained(folder, name)
        if path.is_file():
            data = files.read(path)
            digests[name] = _digest(data)
            read = reader.decode_bytes(data, path.suffix.lower(), files.shown(path))
            if read.value is None:
                raise InputError(*(d for d in read.diagnostics if d.severity == "error"))
            documents[name] = read.value
    return documents, digests


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def plan_pull(
    pulled: Any, folder: Path, root: Path, *, strategy: str = "manual", overwrite: bool = False,
    version: str | None = None, file_key: str | None = None, times: tuple[int, int] | None = None,
    choose: Callable[[Conflict], Any] | None = None,
) -> SyncPlan:  # fmt: skip
    """What a pull changes.

    Args:
        pulled: What the Figma reader made (``files``, ``diagnostics``, ``summary``).
        folder: The token folder.
        root: The project's folder.
        strategy: A registered merge strategy.
        overwrite: Take Figma's side everywhere.
        version: The version of the Figma file.
        file_key: Its key.
        times: When the files and when Figma were changed last, in ms; for ``keep_newest``.
        choose: Decides each conflict instead of *strategy*, e.g. by asking a person.
    """
    remote: dict[str, Any] = dict(pulled.files)
    base = read_base(home_of(root, folder), folder)
    known = {**(base.documents if base is not None else {}), **remote}
    contents = {name: json_bytes(document) for name, document in remote.items()}
    new_base = Base(remote, version, file_key, {name: _digest(data) for name, data in contents.items()})
    local, digests = local_documents(folder, known)
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    untouched = base is not None and dict(base.digests) == digests
    if not (overwrite or not local or untouched or local == remote):
        merged = _merge(base, local, remote, choose or strategies.get(strategy), times)
        documents, changes, conflicts = merged.documents, merged.changes, merged.conflicts
        contents = {
            name: contents[name] if document == remote.get(name) else json_bytes(document)
            for name, document in documents.items()
        }
    gone = tuple(files.contained(folder, name) for name in local if name not in contents)
    placed = {files.contained(folder, name): data for name, data in contents.items()}
    return SyncPlan(
        folder, placed, gone, files.differing(placed), changes, tuple(c for c in conflicts if c.answer is None),
        tuple(c for c in conflicts if c.answer is not None), new_base, pulled.diagnostics, pulled.summary,
    )  # fmt: skip


def _merge(
    base: Base | None, local: Documents, remote: Documents, strategy: Any, times: tuple[int, int] | None
) -> Merged:
    renamed = dict(_renamed_sets(base.documents, remote)) if base is not None else {}
    sides = [
        None if documents is None else {renamed.get(name, name): document for name, document in documents.items()}
        for documents in (base.documents if base is not None else None, local, remote)
    ]
    stamps = (None, *(Stamp(time, 0, 0) for time in times)) if times is not None else (None, None, None)
    made = [
        None if documents is None else Side(documents=documents, ids=dict(_identities(documents)), stamp=stamp)
        for documents, stamp in zip(sides, stamps, strict=True)
    ]
    assert made[1] is not None and made[2] is not None
    return merge(made[0], made[1], made[2], strategy=strategy)


def _identities(documents: Documents) -> Iterator[tuple[Place, str]]:
    """Who stands where: a variable is known by its key, then by its id, in each set (reference "figma", 12.2)."""
    for name, document in documents.items():
        stack: list[tuple[str, Any]] = [("", document)]
        while stack:
            path, node = stack.pop()
            if not isinstance(node, dict) or name == RESOLVER:
                continue
            extension = (node.get("$extensions") or {}).get("com.figma")
            if ("$value" in node or "$ref" in node) and isinstance(extension, dict):
                identity = extension.get("key") or extension.get("id")
                if isinstance(identity, str):
                    yield Place(name, path), f"figma:{name}#{identity}"
                continue
            stack.extend(
                (f"{path}.{key}" if path else key, child)
                for key, child in node.items()
                if isinstance(child, dict) and (key[:1] != "$" or key == "$root")
            )


def _renamed_sets(before: Documents, after: Documents) -> Iterator[tuple[str, str]]:
    """Files that are called otherwise because a collection or mode was renamed: matched by the mode's id."""
    old, new = (dict(_files_of_modes(documents.get(RESOLVER))) for documents in (before, after))
    for mode, name in old.items():
        if mode in new and new[mode] != name and new[mode] not in before:
            yield name, new[mode]


def _files_of_modes(resolver: Any) -> Iterator[tuple[str, str]]:
    """Mode id -> file, as the resolver document's extensions tell."""
    if not isinstance(resolver, dict):
        return
    for kind in ("sets", "modifiers"):
        for member in (resolver.get(kind) or {}).values():
            extension = (member.get("$extensions") or {}).get("com.figma") or {}
            lists = [member["sources"]] if kind == "sets" else list(member.get("contexts", {}).values())
            for collection in extension.get("collections", ()):
                for mode, sources in zip(collection.get("modes", ()), lists, strict=False):
                    for source in sources:
                        if isinstance(source, dict) and isinstance(source.get("$ref"), str):
                            yield f"{collection.get('id')}/{mode.get('modeId')}", source["$ref"]


def folder_documents(folder: Path) -> dict[str, Any]:
    """Every token file and resolver document of a token folder, decoded.

    Raises:
        InputError: The folder holds none, or one cannot be read.
    """
    from dss_tokens.errors import InputError

    found = {}
    reader = Reader()
    for path in files.find_sources((str(folder.resolve()),), folder):
        read = reader.decode(path)
        if read.value is None:
            raise InputError(*(d for d in read.diagnostics if d.severity == "error"))
        found[path.relative_to(folder.resolve()).as_posix()] = read.value
    return found


def changes_between(before: Documents, after: Documents) -> tuple[Change, ...]:
    """What *after* changed, token by token; a renamed variable is a rename."""
    renamed = dict(_renamed_sets(before, after))
    old = {renamed.get(name, name): document for name, document in before.items()}
    base = Side(documents=old, ids=dict(_identities(old)))
    other = Side(documents=after, ids=dict(_identities(after)))
    return merge(base, base, other, strategy=strategies.get("keep_remote")).changes


def apply_pull(plan: SyncPlan, root: Path) -> None:
    """Writes the files and the new base, all or nothing. With open conflicts there is nothing to write."""
    home = home_of(root, plan.folder)
    base = base_file(home, plan.folder)
    journal.write_all(home, {**plan.contents, base: _stored(plan.base)}, plan.removed)


def _stored(base: Base) -> bytes:
    import orjson

    return orjson.dumps(
        {"version": base.version, "file_key": base.file_key, "digests": dict(base.digests), "documents": base.documents}
    )


def options_of(table: FigmaTable | None) -> dict[str, Any]:
    """The reader's options as dss.toml sets them."""
    if table is None:
        return {}
    return {
        "group_by_collection": table.group_by_collection,
        "color_profile": table.color_profile,
        "type_rules": tuple(table.types.items()),
    }
