"""Tokens Studio: sets of tokens, and themes that choose among them. One file, or a folder with ``$themes.json``.

A group of themes is a collection, each theme a mode; what a theme's enabled sets hold are its variables. Without
themes every set is a collection. What Figma has no variable for (typography, shadows, borders) is told and left out:
``dss convert`` reads all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from ..records import Collection, Mode, Payload, Raw, Variable, alias_to
from ..values.numbers import is_number
from . import literals
from .arithmetic import evaluate

Json = dict[str, Any]
Tokens = dict[str, Json]
"""Token name, parts joined by ``.`` -> token."""

_Made = dict[str, dict[str, str]]
"""Token name -> collection id -> variable id."""

_TYPES: dict[str, tuple[str, list[str] | None]] = {
    "color": ("COLOR", None),
    "spacing": ("FLOAT", ["GAP"]),
    "sizing": ("FLOAT", ["WIDTH_HEIGHT"]),
    "borderRadius": ("FLOAT", ["CORNER_RADIUS"]),
    "borderWidth": ("FLOAT", ["STROKE_FLOAT"]),
    "dimension": ("FLOAT", ["CORNER_RADIUS", "WIDTH_HEIGHT", "GAP", "STROKE_FLOAT"]),
    "fontSizes": ("FLOAT", ["FONT_SIZE"]),
    "fontSize": ("FLOAT", ["FONT_SIZE"]),
    "lineHeights": ("FLOAT", ["LINE_HEIGHT"]),
    "lineHeight": ("FLOAT", ["LINE_HEIGHT"]),
    "letterSpacing": ("FLOAT", ["LETTER_SPACING"]),
    "paragraphSpacing": ("FLOAT", ["PARAGRAPH_SPACING"]),
    "opacity": ("FLOAT", ["OPACITY"]),
    "number": ("FLOAT", ["FONT_VARIATIONS"]),
    "duration": ("FLOAT", None),
    "fontFamilies": ("STRING", ["FONT_FAMILY"]),
    "fontFamily": ("STRING", ["FONT_FAMILY"]),
    "fontWeights": ("STRING", ["FONT_STYLE"]),
    "fontWeight": ("STRING", ["FONT_STYLE"]),
    "text": ("STRING", ["TEXT_CONTENT"]),
    "string": ("STRING", ["TEXT_CONTENT"]),
    "textCase": ("STRING", None),
    "textDecoration": ("STRING", None),
    "boolean": ("BOOLEAN", None),
}
_INSIDE = re.compile(r"\{([^{}]+)\}")
_DEEPEST = 50
_LONGEST = 500


@dataclass(slots=True)
class _Theme:
    name: str
    group: str
    enabled: list[str]
    """Set names in the order in which later ones win."""

    all: list[str]
    """Enabled ones and those that only give values to references."""

    collection_id: str | None
    mode_id: str | None
    keys: Mapping[str, str]
    """Token name -> key of the Figma variable."""


@dataclass(slots=True)
class _Place:
    """A collection to be."""

    name: str
    themes: list[_Theme] = field(default_factory=list)


def recognise(documents: Mapping[str, object]) -> bool:
    """Whether *documents* carry the marks of Tokens Studio."""
    for path, document in documents.items():
        name = PurePosixPath(path).name
        if name == "$themes.json" and isinstance(document, list):
            return True
        if isinstance(document, dict) and (
            name == "$metadata.json" or "$themes" in document or "$metadata" in document
        ):
            return True
    return False


def read(documents: Mapping[str, object]) -> Payload:
    """All sets and themes of *documents*."""
    sets, themes = _sets(documents)
    payload = Payload("tokens-studio")
    places = _places(sets, themes)
    made: _Made = {}
    for number, place in enumerate(places):
        collection = _collection(number, place)
        payload.collections[collection.id] = collection
        for name in _names(place, sets):
            made.setdefault(name, {})[collection.id] = f"{collection.id}/{name}"
    for collection, place in zip(list(payload.collections.values()), places, strict=True):
        for name in _names(place, sets):
            variable = _variable(name, collection, place, sets, made)
            payload.variables[variable.id] = variable
    return payload


# --- sets and themes -----------------------------------------------------------------------------------------------


def _sets(documents: Mapping[str, object]) -> tuple[dict[str, Tokens], list[_Theme]]:
    trees: dict[str, Json] = {}
    themes: object = []
    order: object = []
    single = next((d for d in documents.values() if isinstance(d, dict) and ("$themes" in d or "$metadata" in d)), None)
    if single is not None:
        themes, order = single.get("$themes"), (single.get("$metadata") or {}).get("tokenSetOrder")
        trees = {name: tree for name, tree in single.items() if not name.startswith("$") and isinstance(tree, dict)}
    else:
        root = next(PurePosixPath(path).parent for path in documents if PurePosixPath(path).name.startswith("$"))
        for path, document in documents.items():
            name = PurePosixPath(path).relative_to(root) if PurePosixPath(path).is_relative_to(root) else None
            if name is not None and name.name == "$themes.json":
                themes = document
            elif name is not None and name.name == "$metadata.json" and isinstance(document, dict):
                order = document.get("tokenSetOrder")
            elif name is not None and isinstance(document, dict):
                trees[str(name.with_suffix(""))] = document
    names = [name for name in order if name in trees] if isinstance(order, list) else []
    names += [name for name in trees if name not in names]
    found = {name: dict(_tokens(trees[name], ())) for name in names}
    return found, _themes(themes, list(found))


def _tokens(tree: Json, path: tuple[str, ...]) -> Iterator[tuple[str, Json]]:
    for name, below in tree.items():
        if not isinstance(below, dict) or name.startswith("$"):
            continue
        if "$value" in below or ("value" in below and ("type" in below or not isinstance(below["value"], dict))):
            yield ".".join((*path, name)), below
        else:
            yield from _tokens(below, (*path, name))


def _themes(themes: object, order: list[str]) -> list[_Theme]:
    found = []
    for entry in themes if isinstance(themes, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("selectedTokenSets"), dict):
            continue
        chosen = entry["selectedTokenSets"]
        references = entry.get("$figmaVariableReferences")
        found.append(
            _Theme(
                name=str(entry.get("name", entry.get("id", "Theme"))),
                group=str(entry.get("group") or "Themes"),
                enabled=[name for name in order if chosen.get(name) == "enabled"],
                all=[name for name in order if chosen.get(name) in ("enabled", "source")],
                collection_id=_text(entry.get("$figmaCollectionId")),
                mode_id=_text(entry.get("$figmaModeId")),
                keys=references if isinstance(references, dict) else {},
            )
        )
    return found


def _places(sets: Mapping[str, Tokens], themes: list[_Theme]) -> list[_Place]:
    """The collections to be: one per group of themes; sets that no theme enables stand alone."""
    places: dict[str, _Place] = {}
    for theme in themes:
        places.setdefault(theme.group, _Place(theme.group)).themes.append(theme)
    used = {name for theme in themes for name in theme.enabled}
    everything = list(sets)
    for name in sets:
        if name not in used and sets[name]:
            places[f"set {name}"] = _Place(name, [_Theme("Value", name, [name], everything, None, None, {})])
    return list(places.values())


def _collection(number: int, place: _Place) -> Collection:
    ids = [theme.mode_id or f"{number}:{index}" for index, theme in enumerate(place.themes)]
    if len(set(ids)) < len(ids):
        ids = [f"{number}:{index}" for index in range(len(ids))]
    known = place.themes[0].collection_id
    modes = tuple(Mode(identity, theme.name) for identity, theme in zip(ids, place.themes, strict=True))
    return Collection(id=known or f"collection-{number}", figma_id=known, name=place.name, modes=modes, default=ids[0])


def _names(place: _Place, sets: Mapping[str, Tokens]) -> list[str]:
    return list(dict.fromkeys(n for theme in place.themes for name in theme.enabled for n in sets[name]))


# --- variables -----------------------------------------------------------------------------------------------------


def _variable(
    name: str,
    collection: Collection,
    place: _Place,
    sets: Mapping[str, Tokens],
    made: _Made,
) -> Variable:
    values: dict[str, Raw] = {}
    first: Json = {}
    kind = ""
    for mode, theme in zip(collection.modes, place.themes, strict=True):
        token = _lookup(name, theme.enabled, sets)
        if token is None:
            continue
        first = first or token
        kind = kind or _type(token)
        values[mode.id] = _value(token, theme, sets, collection, made, _TYPES.get(_type(token), ("", None))[0])
    resolved, scopes = _TYPES.get(kind, (kind or "none", None))
    if kind in ("fontWeight", "fontWeights") and all(is_number(value) for value in values.values()):
        resolved, scopes = "FLOAT", ["FONT_WEIGHT"]
    description = first.get("description", first.get("$description"))
    key = next((theme.keys[name] for theme in place.themes if isinstance(theme.keys.get(name), str)), None)
    return Variable(
        id=f"{collection.id}/{name}",
        key=key,
        name=name.replace("/", "-").replace(".", "/"),
        collection=collection,
        type=resolved,
        values=values,
        scopes=None if scopes is None else tuple(scopes),
        description=description if isinstance(description, str) else "",
    )


def _type(token: Json) -> str:
    return str(token.get("$type", token.get("type", "")))


def _lookup(name: str, enabled: list[str], sets: Mapping[str, Tokens]) -> Json | None:
    for set_name in reversed(enabled):
        if name in sets[set_name]:
            return sets[set_name][name]
    return None


def _value(
    token: Json,
    theme: _Theme,
    sets: Mapping[str, Tokens],
    collection: Collection,
    made: _Made,
    resolved: str,
) -> Raw:
    """What Figma would hold: an alias for a whole reference, else the literal with sums worked out."""
    value = token.get("$value", token.get("value"))
    names = literals.reference(value)
    if names is not None:
        name = ".".join(names)
        ids = made.get(name, {})
        return alias_to(ids.get(collection.id) or next(iter(ids.values()), "{" + name + "}"))
    return _literal(value, _type(token), resolved, theme, sets)


def _literal(value: Any, kind: str, resolved: str, theme: _Theme, sets: Mapping[str, Tokens]) -> Raw:
    if isinstance(value, str) and "{" in value:
        value = _Filler(theme, sets).filled(value)
    if resolved == "COLOR":
        return literals.color(value) or value
    if resolved == "BOOLEAN" and isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    if resolved == "STRING":
        if kind in ("fontWeight", "fontWeights") and isinstance(value, (int, float)):
            return value
        return (
            ", ".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else str(value)
        )
    if resolved == "FLOAT":
        return _number(value, kind)
    return value


def _number(value: Any, kind: str) -> Raw:
    percent = isinstance(value, str) and value.strip().endswith("%")
    found = literals.number(value)
    if found is None and isinstance(value, str):
        found = evaluate(value)
    if found is None:
        return value
    if kind == "opacity":
        return found if percent or found > 1 else found * 100  # Figma counts in hundredths
    if percent and kind in ("lineHeight", "lineHeights"):
        return found / 100
    return value if percent else found


class _Filler:
    """Replaces references inside text by their values; each is worked out once, in bounded length and depth."""

    def __init__(self, theme: _Theme, sets: Mapping[str, Tokens]) -> None:
        self._theme, self._sets = theme, sets
        self._known: dict[str, str | None] = {}
        self._depth = 0

    def filled(self, text: str) -> str:
        """*text* with its references replaced as far as they lead to a value."""
        return _INSIDE.sub(lambda match: self._value(match[1].strip()) or match[0], text)

    def _value(self, name: str) -> str | None:
        if name in self._known or self._depth > _DEEPEST:
            return self._known.get(name)
        self._known[name] = None  # a circle leads nowhere
        token = _lookup(name, self._theme.all, self._sets) or _lookup(name, list(self._sets), self._sets)
        value = token.get("$value", token.get("value")) if token is not None else None
        if not isinstance(value, (str, int, float)):
            return None
        text = str(value)
        if "{" in text:
            self._depth += 1
            text = self.filled(text)
            self._depth -= 1
        found = evaluate(text)
        if len(text) <= _LONGEST:
            self._known[name] = text if found is None else f"({found!r})"
        return self._known[name]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
