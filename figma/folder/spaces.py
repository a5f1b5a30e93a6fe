"""The sets and modifiers of a token folder as Figma's collections and modes: what the resolver document tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..variables.tokens import VENDOR

Json = dict[str, Any]


@dataclass(slots=True)
class Space:
    """A collection as the files have it."""

    id: str
    name: str
    modes: dict[str, str]
    """Mode id -> name, in the order of the contexts."""

    default: str
    is_new: bool = False
    parent: str | None = None
    group: str | None = None
    """The group that all its tokens stand in, when the pull put them there."""


def origin_of(token: Json) -> Json:
    """``$extensions["com.figma"]`` of *token*, empty where there is none."""
    extensions = token.get("$extensions")
    found = extensions.get(VENDOR) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Unit:
    """A set or modifier."""

    name: str
    contexts: dict[str, list[str]]
    """Context -> files; one context, without a name, for a set."""

    default: str
    origins: list[Json]
    """The collections that its extension names."""

    @property
    def is_overlay(self) -> bool:
        """Whether it overrides a collection instead of holding one."""
        return len(self.origins) == 1 and "parentVariableCollectionId" in self.origins[0]


def units_in(document: Json) -> Iterator[Unit]:
    """The sets and modifiers of a resolver document in resolution order; those of styles are none."""
    sets, modifiers = _as_map(document.get("sets")), _as_map(document.get("modifiers"))
    order = document.get("resolutionOrder")
    for item in order if isinstance(order, list) else ():
        reference = item.get("$ref", "") if isinstance(item, dict) else ""
        _, _, rest = reference.partition("#/")
        kind, _, escaped = rest.partition("/")
        name = escaped.replace("~1", "/").replace("~0", "~")
        if kind == "sets" and "styles" not in origin_of(entry := _as_map(sets.get(name))) and name in sets:
            yield Unit(name, {"": files_in(entry.get("sources"), sets)}, "", origins_of(entry))
        elif kind == "modifiers" and name in modifiers:
            entry = _as_map(modifiers[name])
            contexts = {context: files_in(sources, sets) for context, sources in _as_map(entry.get("contexts")).items()}
            if contexts:
                default = entry.get("default")
                first = next(iter(contexts))
                yield Unit(name, contexts, default if isinstance(default, str) else first, origins_of(entry))


def _as_map(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def files_in(sources: object, sets: Json) -> list[str]:
    """The files among *sources*, and of the sets they name."""
    found: list[str] = []
    for source in sources if isinstance(sources, list) else ():
        reference = source.get("$ref") if isinstance(source, dict) else None
        if not isinstance(reference, str):
            continue
        if reference.startswith("#/sets/"):
            name = reference.removeprefix("#/sets/").replace("~1", "/").replace("~0", "~")
            found += files_in(_as_map(sets.get(name)).get("sources"), {})
        else:
            found.append(reference)
    return found


def origins_of(entry: Json) -> list[Json]:
    """The collections that the extension of a set or modifier names."""
    found = origin_of(entry).get("collections")
    return [origin for origin in found if isinstance(origin, dict)] if isinstance(found, list) else []


def is_foreign(origin: Json) -> bool:
    """Whether something comes from another library: that is pushed to by the library's own project."""
    return "library" in origin


def spaces_of(unit: Unit, like: Mapping[str, Space]) -> list[Space]:
    """The own collections of a unit; where the document names none, the one of the same name, or a new one.

    *like* are the collections of Figma, for what bears no marks of it.
    """
    same = [space for space in like.values() if space.name == unit.name and not space.parent and not space.is_new]
    if not unit.origins and len(same) == 1:
        modes = same[0].modes
        if unit.contexts.keys() != {""}:
            modes = _with_contexts(modes, list(unit.contexts), same[0].id)
        return [Space(same[0].id, unit.name, modes, same[0].default)]
    if not unit.origins:
        names = {f"new:{unit.name}:{context}": context or "Mode 1" for context in unit.contexts}
        return [Space(f"new:{unit.name}", unit.name, names, f"new:{unit.name}:{unit.default}", is_new=True)]
    return [known_space(origin, unit, like) for origin in unit.origins if not is_foreign(origin)]


def known_space(origin: Json, unit: Unit, like: Mapping[str, Space]) -> Space:
    """The collection that *origin*, an extension's entry, names."""
    identity = str(origin.get("id") or f"new:{origin.get('name', unit.name)}")
    known = [m for m in origin.get("modes", []) if isinstance(m, dict)]
    modes = {str(m.get("modeId") or f"{identity}:{m.get('name')}"): str(m.get("name")) for m in known}
    parent = origin.get("parentVariableCollectionId")
    if identity in like:  # modes that a push made, before a pull has told the files their ids
        made = {mode: name for mode, name in like[identity].modes.items() if name in unit.contexts}
        modes |= {mode: name for mode, name in made.items() if mode not in modes and name not in modes.values()}
    if unit.contexts.keys() != {""} and parent is None:
        modes = _with_contexts(modes, list(unit.contexts), identity)
    default = str(origin.get("defaultModeId") or next(iter(modes), ""))
    name = str(origin.get("name", unit.name))
    return Space(identity, name, modes, default, is_new=not origin.get("id"), parent=parent)


def _with_contexts(modes: dict[str, str], contexts: list[str], identity: str) -> dict[str, str]:
    """The modes as the contexts have them now: a context at the place of a vanished mode is that mode, renamed."""
    by_name: dict[str, str] = {}
    for mode, name in modes.items():
        number = 1
        while (label := name if number == 1 else f"{name} {number}") in by_name:
            number += 1
        by_name[label] = mode
    vanished = [mode for label, mode in by_name.items() if label not in contexts]
    fresh = [context for context in contexts if context not in by_name]
    renamed = dict(zip(fresh, vanished, strict=True)) if len(fresh) == len(vanished) else {}
    found: dict[str, str] = {}
    for context in contexts:
        if context in by_name:
            found[by_name[context]] = modes[by_name[context]]
        else:
            found[renamed.get(context, f"new:{identity}:{context}")] = context
    return found


def space_among(tokens: Iterable[Json], spaces: list[Space]) -> Space | None:
    """Which of *spaces* a file with *tokens* belongs to: the one that most of them name."""
    if len(spaces) < 2:
        return spaces[0] if spaces else None
    named = Counter(
        collection.get("id") or collection.get("name")
        for token in tokens
        if isinstance(collection := origin_of(token).get("collection"), dict)
    )
    return max(spaces, key=lambda space: named[space.id] or named[space.name])


def mode_at(space: Space, unit: Unit, context: str) -> str | None:
    """The mode of *space* that a context is."""
    if unit.contexts.keys() == {""}:
        return next(iter(space.modes), None)
    if space.id == f"new:{unit.name}":
        return f"new:{unit.name}:{context}"
    labels: dict[str, str] = {}
    for mode, name in space.modes.items():
        number = 1
        while (label := name if number == 1 else f"{name} {number}") in labels:
            number += 1
        labels[label] = mode
    return labels.get(context)
