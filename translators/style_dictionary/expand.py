"""Composite tokens as groups of tokens (``expand``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .config import Expand
from .references import KEPT, REFERENCE, key_of
from .spelling import misspelt
from .tokens import TokenMap
from .transform import Token

Misspelt = tuple[tuple[str | int, ...], str, str]

_TYPES: dict[str, dict[str, str] | str] = {
    "border": {"style": "strokeStyle", "width": "dimension"},
    "transition": {"delay": "duration", "timingFunction": "cubicBezier"},
    "shadow": {"offsetX": "dimension", "offsetY": "dimension", "blur": "dimension", "spread": "dimension"},
    "gradient": {"position": "number"},
    "typography": {"fontSize": "dimension", "letterSpacing": "dimension", "lineHeight": "number"},
    "strokeStyle": {"dashArray": "dimension"},
}
"""The type of a part, by composite type and property; a part that is not listed has its property's name as type."""


_STUDIO_TYPES = ("boxShadow", "composition")


def misspelt_types(expand: Expand, tokens: TokenMap) -> Iterator[Misspelt]:
    """Types that no token has but that are nearly composite ones: place below ``expand``, type, nearest."""
    type_key = tokens.type_key
    known = (*_TYPES, *_STUDIO_TYPES)
    for at, name in _named_types(expand):
        if name in known or any(token.get(type_key) == name for token in tokens.tokens.values()):
            continue
        if near := misspelt(name, known):
            yield at, name, near


def _named_types(expand: Expand) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key, names in (("include", expand.include), ("exclude", expand.exclude)):
        yield from (((key, index), name) for index, name in enumerate(names or ()))
    yield from ((("typesMap", name), name) for name, entry in expand.types.items() if isinstance(entry, Mapping))


def expanded(tokens: TokenMap, expand: Expand) -> TokenMap:
    """*tokens* with those *expand* covers replaced by a token for each of their parts, at the end."""
    return _Expansion(tokens, expand).run()


class _Expansion:
    def __init__(self, source: TokenMap, expand: Expand) -> None:
        self.source = source
        self.expand = expand
        self.result = dict(source.tokens)
        self.paths = dict(source.paths)
        self.types = _with_own_types(expand.types)

    def run(self) -> TokenMap:
        value_key, type_key = self.source.value_key, self.source.type_key
        for key, token in self.source.tokens.items():
            value = self.composite(token[value_key], key)
            objects = value if isinstance(value, list) else [value]
            if all(isinstance(item, dict) for item in objects) and self.expand.covers(token.get(type_key)):
                self.split({**token, value_key: value})
        return TokenMap(self.result, self.source.uses_dtcg, self.paths, documents=self.source.documents)

    def composite(self, value: Any, key: str) -> Any:
        """*value*, with texts that are nothing but a reference to a composite value replaced by it."""
        return self._resolved(value, {key})

    def _resolved(self, value: Any, seen: set[str]) -> Any:
        if isinstance(value, str):
            return self._target(value, seen)
        if isinstance(value, dict):
            return {name: item if name in KEPT else self._resolved(item, seen) for name, item in value.items()}
        if isinstance(value, list):
            return [self._resolved(item, seen) for item in value]
        return value

    def _target(self, text: str, seen: set[str]) -> Any:
        reached = text
        while isinstance(reached, str) and (found := REFERENCE.fullmatch(reached)) and "{" not in found[0][1:]:
            key = self.key(found[0])
            if key in seen or key not in self.source.tokens:
                return text
            seen = {*seen, key}
            reached = self.source.tokens[key][self.source.value_key]
        if isinstance(reached, dict | list):
            return self._resolved(reached, seen)
        return text

    def key(self, reference: str) -> str:
        """The key of the token that *reference* names, also where it says ``.value`` as in version 3."""
        key = key_of(reference)
        old = f".{self.source.value_key}}}"
        return key.removesuffix(old) + "}" if key.endswith(old) and key not in self.source.tokens else key

    def split(self, token: Token) -> None:
        value_key, type_key = self.source.value_key, self.source.type_key
        meta = {name: item for name, item in token.items() if name not in (value_key, type_key)}
        for names, part, part_type in self.parts(token[value_key], token.get(type_key)):
            key = token["key"][:-1] + "".join(f".{name}" for name in names) + "}"
            fresh = {**meta, value_key: part, type_key: part_type, "key": key}
            self.paths[key] = self.paths.get(token["key"], ())
            if isinstance(part, dict) and self.expand.covers(part_type):
                self.split(fresh)
            else:
                self.result[key] = fresh
        self.result.pop(token["key"], None)

    def parts(self, value: Any, composite: Any) -> Iterator[tuple[tuple[str, ...], Any, str]]:
        """The names below the token, the value and the type of each part."""
        objects = value if isinstance(value, list) else [value]
        for number, item in enumerate(objects, 1):
            prefix = (str(number),) if len(objects) > 1 else ()
            for name, part in item.items():
                yield (*prefix, name), part, self.type_of(name, composite)

    def type_of(self, name: str, composite: Any) -> Any:
        by_composite = self.types.get(composite) if isinstance(composite, str) else None
        if isinstance(by_composite, Mapping) and by_composite.get(name):
            return by_composite[name]
        anywhere = self.types.get(name)
        return anywhere if isinstance(anywhere, str) else name


def _with_own_types(own: Mapping[str, Any]) -> dict[str, Any]:
    types: dict[str, Any] = dict(_TYPES)
    for name, entry in own.items():
        known = types.get(name)
        both = isinstance(known, Mapping) and isinstance(entry, Mapping)
        types[name] = {**known, **entry} if both else entry  # type: ignore[dict-item]
    return types
