"""What a pull did not look at stays as the last one left it: styles, libraries, collections that were not exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..variables.layout import EMPTY_SET, RESOLVER
from ..variables.tokens import VENDOR
from .modes import plain, walk
from .spaces import origin_of, origins_of

Json = dict[str, Any]
Which = Callable[[Json], bool]
"""Whether an entry of a resolver document, a set or a modifier, stays."""


def is_styles(entry: Json) -> bool:
    """Whether it is the set of the styles."""
    return "styles" in origin_of(entry)


def is_library(entry: Json) -> bool:
    """Whether all its collections belong to other libraries."""
    origins = origins_of(entry)
    return bool(origins) and all("library" in origin for origin in origins)


def is_variables(entry: Json) -> bool:
    """Whether it holds collections of the file itself."""
    return any("library" not in origin for origin in origins_of(entry))


def is_own(entry: Json) -> bool:
    """Whether a person added it: it bears no marks of Figma."""
    return not origin_of(entry) and entry != EMPTY_SET


def with_own(files: Mapping[str, Any], local: Mapping[str, Any]) -> dict[str, Any]:
    """*files* with the sets and modifiers that a person added to *local*."""
    return with_kept(files, local, is_own)


def with_kept(files: Mapping[str, Any], before: Mapping[str, Any], which: Which) -> dict[str, Any]:
    """*files* with the sets and modifiers of *before* that *which* chooses and *files* lack.

    Args:
        files: What was pulled.
        before: The files as the last pull left them.
        which: Chooses.
    """
    old, new = before.get(RESOLVER), files[RESOLVER]
    if not isinstance(old, dict):
        return dict(files)
    known = {_mark(origin) for kind in _KINDS for entry in _entries(new, kind) for origin in origins_of(entry)}
    order, gained = _order(new), dict(files)
    document = {**new, **{kind: dict(new.get(kind) or {}) for kind in _KINDS}}
    before_it: str | None = None
    for pointer in _order(old):
        kind, name = _target(pointer)
        entry = (old.get(kind) or {}).get(name)
        is_new = name not in document.get(kind, {}) and pointer not in order
        known_already = isinstance(entry, dict) and any(_mark(origin) in known for origin in origins_of(entry))
        if isinstance(entry, dict) and is_new and not known_already and which(entry):
            document[kind][name] = entry
            order.insert(order.index(before_it) + 1 if before_it in order else 0, pointer)
            gained |= {file: before[file] for file in _files(entry) if file in before and file not in gained}
        if pointer in order:
            before_it = pointer
    if len(order) == len(_order(new)):
        return dict(files)
    if document["sets"].get("figma") == EMPTY_SET:
        del document["sets"]["figma"]
        order.remove("#/sets/figma")
    gained.pop(RESOLVER)
    gained[RESOLVER] = {
        **{key: value for key, value in document.items() if key not in (*_KINDS, "resolutionOrder")},
        **{kind: document[kind] for kind in _KINDS if document[kind]},
        "resolutionOrder": [{"$ref": pointer} for pointer in order],
    }
    return _rejoined(gained, files, before)


_KINDS = ("sets", "modifiers")


def _entries(document: Json, kind: str) -> list[Json]:
    found = document.get(kind)
    return [entry for entry in found.values() if isinstance(entry, dict)] if isinstance(found, dict) else []


def _mark(origin: Json) -> tuple[str, str]:
    return str(origin.get("library", "")), str(origin.get("id") or origin.get("name"))


def _order(document: Json) -> list[str]:
    items = document.get("resolutionOrder")
    return [item["$ref"] for item in items if isinstance(item, dict) and "$ref" in item] if items else []


def _target(pointer: str) -> tuple[str, str]:
    _, kind, name = (*pointer.split("/", 2), "", "")[:3]
    return kind, name.replace("~1", "/").replace("~0", "~")


def _files(entry: Json) -> list[str]:
    lists = [entry.get("sources"), *(entry.get("contexts") or {}).values()]
    sources = [source for found in lists if isinstance(found, list) for source in found if isinstance(source, dict)]
    return [plain(source["$ref"]) for source in sources if isinstance(source.get("$ref"), str)]


def _rejoined(gained: dict[str, Any], files: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """References of what was kept to variables that were renamed since follow them."""
    now = {identity: path for name, document in files.items() if name != RESOLVER
           for identity, path in _places(document)}  # fmt: skip
    moved = {
        "{" + path + "}": "{" + now[identity] + "}"
        for name, document in before.items()
        if name in files and name != RESOLVER
        for identity, path in _places(document)
        if identity in now and now[identity] != path
    }
    if not moved:
        return gained
    return {name: document if name in files else _referring(document, moved) for name, document in gained.items()}


def _places(document: object) -> list[tuple[str, str]]:
    """(key or id of a variable, its token's path)."""
    found = []
    for path, token in walk(document):
        extensions = token.get("$extensions")
        origin = extensions.get(VENDOR) if isinstance(extensions, dict) else None
        identity = origin.get("key") or origin.get("id") if isinstance(origin, dict) else None
        if isinstance(identity, str):
            found.append((identity, ".".join(path)))
    return found


def _referring(value: Any, moved: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return moved.get(value, value)
    if isinstance(value, list):
        return [_referring(inner, moved) for inner in value]
    return {key: _referring(inner, moved) for key, inner in value.items()} if isinstance(value, dict) else value
