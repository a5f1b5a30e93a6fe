"""Outlines: resolver documents whose sources are names. What every dialect keeps of contexts and their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from dss_tokens.model import TokenSet
from dss_tokens.resolve.documents import Modifier, Resolver

Json = Any
Outline = dict[str, Json]
"""A resolver document; every source of it is ``{"$ref": name}``."""

VERSION = "2025.10"
_KEPT = ("name", "description", "$schema", "$extensions")


def listing(names: Sequence[str]) -> Outline:
    """The outline of sources that always hold, in order."""
    return outline({name: [name] for name in names}, {}, [("sets", name) for name in names])


def outline(
    sets: Mapping[str, Sequence[str]], modifiers: Mapping[str, Json], order: Sequence[tuple[str, str]]
) -> Outline:
    """An outline of sets (name -> sources), modifiers as they stand in it, and pairs of ``sets`` or ``modifiers``
    and a name in order."""
    return {
        "version": VERSION,
        "sets": {name: {"sources": references(sources)} for name, sources in sets.items()},
        "modifiers": dict(modifiers),
        "resolutionOrder": [{"$ref": f"#/{kind}/{pointer(name)}"} for kind, name in order],
    }


def references(names: Sequence[str]) -> list[Json]:
    """Sources by name."""
    return [{"$ref": name} for name in names]


def pointer(name: str) -> str:
    """A name as a part of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def of_resolver(resolver: Resolver, document: Json, name_of: Callable[[TokenSet], str]) -> Outline:
    """The outline of a resolver that was read, with what else its document says."""
    written = document if isinstance(document, dict) else {}
    sets = dict(resolver.sets)
    modifiers = dict(resolver.modifiers)
    order: list[tuple[str, str]] = []
    for stage in resolver.order:
        kind, known = ("modifiers", modifiers) if isinstance(stage, Modifier) else ("sets", sets)
        known.setdefault(stage.name, stage)  # type: ignore[arg-type]
        order.append((kind, stage.name))
    members = {
        name: {
            "contexts": {context: references(list(map(name_of, docs))) for context, docs in found.contexts.items()},
            **({"default": found.default} if found.default is not None else {}),
            **_said(found, _written(written, "modifiers", name)),
        }
        for name, found in modifiers.items()
    }
    made = outline({name: list(map(name_of, found.sources)) for name, found in sets.items()}, members, order)
    for name, found in sets.items():
        made["sets"][name] |= _said(found, _written(written, "sets", name))
    said = {key: written[key] for key in _KEPT if key in written}
    return made | _without_empty_notes(said)


def _without_empty_notes(said: Mapping[str, Json]) -> dict[str, Json]:
    """Without what only tells which dialect was read."""
    notes = (said.get("$extensions") or {}).get("dss") or {}
    return without_ours(said, *(key for key, note in notes.items() if note == {}))


def _written(document: Mapping[str, Json], kind: str, name: str) -> Json:
    members = document.get(kind)
    return members.get(name) if isinstance(members, dict) else None


def _said(stage: Any, written: Json) -> dict[str, Json]:
    """Description and extensions of a set or modifier."""
    description = getattr(stage, "description", None)
    if description is None and isinstance(written, dict):
        description = written.get("description")
    found = {"description": description, "$extensions": stage.extensions}
    return {key: part for key, part in found.items() if part is not None}


def lists(made: Outline) -> Iterator[list[Json]]:
    """Every list of sources."""
    for found in made["sets"].values():
        yield found["sources"]
    for modifier in made["modifiers"].values():
        yield from modifier["contexts"].values()


def renamed(made: Outline, names: Callable[[str], Sequence[str]]) -> Outline:
    """An outline with other sources in the place of each."""

    def others(sources: list[Json]) -> list[Json]:
        found = [name for source in sources for name in names(source["$ref"])]
        return references(list(dict.fromkeys(found)))

    sets = {name: {**found, "sources": others(found["sources"])} for name, found in made["sets"].items()}
    modifiers = {
        name: {**found, "contexts": {context: others(sources) for context, sources in found["contexts"].items()}}
        for name, found in made["modifiers"].items()
    }
    return {**made, "sets": sets, "modifiers": modifiers}


def stages(made: Outline) -> Iterator[tuple[str, str]]:
    """What is in the order: ``sets`` or ``modifiers``, and the name."""
    for item in made["resolutionOrder"]:
        _, kind, name = item["$ref"].split("/", 2)
        yield kind, name.replace("~1", "/").replace("~0", "~")


def sources_of(found: Json) -> list[str]:
    """The names in a list of sources."""
    return [source["$ref"] for source in found]


def base_of(made: Outline) -> list[str]:
    """The sources that always hold, in order."""
    names = [n for kind, name in stages(made) if kind == "sets" for n in sources_of(made["sets"][name]["sources"])]
    return list(dict.fromkeys(names))


def contexts_of(made: Outline) -> dict[str, dict[str, list[str]]]:
    """Modifier in the order -> context -> its sources."""
    return {
        name: {c: sources_of(sources) for c, sources in made["modifiers"][name]["contexts"].items()}
        for kind, name in stages(made)
        if kind == "modifiers"
    }


def is_implied(made: Outline, names: Iterable[str], file_of: Callable[[str], str]) -> bool:
    """Whether an outline says nothing but that the sources *names* hold, in the order of their files."""
    return made == listing(sorted(names, key=file_of))


def fit(text: str) -> str:
    """A path that says *text* on every file system."""
    return "/".join(_fit(part) for part in text.split("/") if part.strip(". ")) or "tokens"


def _fit(text: str) -> str:
    return "".join(c if c.isalnum() or c in " -_().+@&," else "-" for c in text).strip(". ") or "tokens"


def ours(holder: Mapping[str, Json], key: str) -> Json:
    """What stands in ``$extensions.dss`` under *key*; ``None`` without."""
    extensions = holder.get("$extensions")
    found = extensions.get("dss") if isinstance(extensions, dict) else None
    return found.get(key) if isinstance(found, dict) else None


def without_ours(holder: Mapping[str, Json], *keys: str) -> dict[str, Json]:
    """*holder* without what stands in ``$extensions.dss`` under *keys*."""
    extensions = holder.get("$extensions")
    found = extensions.get("dss") if isinstance(extensions, dict) else None
    if not isinstance(extensions, dict) or not isinstance(found, dict):
        return dict(holder)
    rest = {key: part for key, part in found.items() if key not in keys}
    others = {key: part for key, part in extensions.items() if key != "dss"} | ({"dss": rest} if rest else {})
    return {key: part for key, part in holder.items() if key != "$extensions"} | (
        {"$extensions": others} if others else {}
    )


def member_at(document: Json, place: Sequence[str | int]) -> Json:
    """What stands at a place in a decoded document; ``None`` where nothing does."""
    for part in place:
        if isinstance(document, dict):
            document = document.get(str(part))
        elif isinstance(document, list) and isinstance(part, int) and part < len(document):
            document = document[part]
        else:
            return None
    return document
