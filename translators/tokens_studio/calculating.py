"""Math and colour modifiers of Tokens Studio worked out in a resolver's tokens, anew for every choice of contexts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dss_tokens.model import Token, TokenSet
from dss_tokens.resolve.documents import Resolver
from dss_tokens.types import TYPES, CompositeType

from ..style_dictionary.color.css import ColorSyntaxError
from ..style_dictionary.ecmascript.values import text as as_text
from .arithmetic import resolved
from .colors import hex_rgba, modified
from .preprocessing import EXTENSION
from .reading import may_be

Json = Any

REFERENCE = re.compile(r"\{([^{}]+)\}")
_MATH = re.compile(r"[+*/^(]|\S\s*-\s*[\d{(]|\bPI\b")
_NUMERIC = frozenset({"dimension", "number", "duration", "fontWeight"})
_DEEPEST = 60
_LONGEST = 2000


def calculating(resolver: Resolver) -> Resolver:
    """*resolver* with its arithmetic done; the same where no token has any."""
    stages = [*resolver.sets.values(), *resolver.order]
    documents = [document for stage in stages for document in _documents(stage)]
    if not any(is_computed(token.node, token.node.get("$type")) for d in documents for token in d.tokens.values()):
        return resolver
    return CalculatingResolver(resolver.file, resolver.order, resolver.modifiers, resolver.sets)


def _documents(stage: Any) -> list[TokenSet]:
    if hasattr(stage, "contexts"):
        return [document for sources in stage.contexts.values() for document in sources]
    return list(stage.sources)


@dataclass(frozen=True, slots=True)
class CalculatingResolver(Resolver):
    """A resolver whose tokens may hold expressions."""

    made: dict[tuple[int, str], Token] = field(default_factory=dict, compare=False)
    """Tokens worked out before: one that comes to the same in two permutations is one object."""

    def completed(self, tokens: TokenSet, inputs: Mapping[str, str]) -> TokenSet:
        """The tokens with every expression replaced by what it comes to; one that comes to nothing stays."""
        calculator = _Calculator(tokens)
        found = {path: _replaced(token, calculator.value(path), self.made) for path, token in tokens.tokens.items()}
        return TokenSet(found, tokens.groups)


def _replaced(token: Token, value: Json, made: dict[tuple[int, str], Token]) -> Token:
    if value is token.node.get("$value"):
        return token
    key = id(token.node), repr(value)
    if key not in made:
        node = {**token.node, "$value": value}
        if isinstance(node.get("$type"), str) and not may_be(node["$type"], value):
            node["$type"] = "string"  # several values, or a unit of its own
        if modifier_of(token.node) is not None:
            node = _without_modifier(node)
        made[key] = token._replace(node=node)
    return made[key]


def _without_modifier(node: dict[str, Json]) -> dict[str, Json]:
    extensions = dict(node["$extensions"])
    rest = {key: part for key, part in extensions.pop(EXTENSION).items() if key != "modify"}
    if rest:
        extensions[EXTENSION] = rest
    without = {key: part for key, part in node.items() if key != "$extensions"}
    return {**without, "$extensions": extensions} if extensions else without


def modifier_of(node: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """What changes a token's colour (``$extensions["studio.tokens"].modify``)."""
    extensions = node.get("$extensions")
    ours = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    found = ours.get("modify") if isinstance(ours, dict) else None
    return found if isinstance(found, dict) else None


def is_computed(node: Mapping[str, Json], kind: Json) -> bool:
    """Whether a token's value may be an expression, or is changed by a modifier."""
    return modifier_of(node) is not None or _may_compute(node.get("$value"), kind)


def _may_compute(value: Json, kind: Json) -> bool:
    if isinstance(value, str):
        if kind == "color":
            return "(" in value and ("{" in value or "#" in value)
        return (kind is None or kind in _NUMERIC) and _MATH.search(value) is not None
    if isinstance(value, list):
        return any(_may_compute(part, kind) for part in value)
    if isinstance(value, dict):
        return any(_may_compute(part, _part(kind, name)) for name, part in value.items())
    return False


_OWN_PARTS = {"x": "dimension", "y": "dimension"}


def _part(kind: Json, name: str) -> str | None:
    """The type of a composite's part, by DTCG's names and by those of Tokens Studio."""
    composite = TYPES.get(kind) if isinstance(kind, str) else None
    if not isinstance(composite, CompositeType):
        return "string"
    return composite.parts[name].type if name in composite.parts else _OWN_PARTS.get(name, "string")


class _Calculator:
    """Works out the values of one permutation, each once."""

    def __init__(self, tokens: TokenSet) -> None:
        self.tokens = tokens
        self.known: dict[str, Json] = {}
        self.open: set[str] = set()

    def value(self, path: str) -> Json:
        """A token's value, expressions worked out; ``None`` without one."""
        if path in self.known or path in self.open or len(self.open) > _DEEPEST:
            return self.known.get(path)
        token = self.tokens.tokens.get(path)
        if token is None:
            return None
        self.open.add(path)
        kind = token.node.get("$type") or self.tokens.group_type(token.parent)
        found = self.worked_out(token.node.get("$value"), kind)
        if (modifier := modifier_of(token.node)) is not None:
            found = self.modified(found, modifier)
        self.known[path] = found
        self.open.discard(path)
        return found

    def worked_out(self, value: Json, kind: Json) -> Json:
        """*value*, the same object where nothing in it is an expression."""
        if isinstance(value, str):
            return self.expression(value, kind) if _may_compute(value, kind) else value
        if isinstance(value, list):
            items = [self.worked_out(part, kind) for part in value]
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if isinstance(value, dict) and kind not in _NUMERIC and kind != "color":
            parts = {name: self.worked_out(part, _part(kind, name)) for name, part in value.items()}
            return parts if any(parts[name] is not value[name] for name in value) else value
        return value

    def expression(self, written: str, kind: Json) -> Json:
        """What a text comes to; the text itself where it is no expression."""
        if REFERENCE.fullmatch(written):
            return written
        text = self.filled(written)
        if text is None:
            return written
        if kind == "color":
            plain = hex_rgba(text)
            return plain if plain != written else written
        found = resolved(text)
        return written if found == text else found

    def filled(self, text: str) -> str | None:
        """*text* with its references replaced by what they come to; ``None`` where one leads nowhere."""
        parts = REFERENCE.split(text)
        for place in range(1, len(parts), 2):
            found = self.plain(parts[place].strip())
            if found is None:
                return None
            parts[place] = found
        filled = "".join(parts)
        return filled if len(filled) <= _LONGEST else None

    def plain(self, path: str) -> str | None:
        """A token's value as text, references followed."""
        for _ in range(_DEEPEST):
            value = self.value(path)
            reference = REFERENCE.fullmatch(value) if isinstance(value, str) else None
            if reference is None:
                return _plain(value)
            path = reference[1].strip()
        return None

    def modified(self, base: Json, modifier: Mapping[str, Json]) -> Json:
        """A colour changed by a modifier; as it was where that is not possible."""
        text = self.filled(base) if isinstance(base, str) else None
        filled = {key: self.filled(part) if isinstance(part, str) else part for key, part in modifier.items()}
        try:
            return base if text is None else modified(hex_rgba(text), filled)
        except ColorSyntaxError:
            return base


def _plain(value: Json) -> str | None:
    if isinstance(value, dict) and value.keys() == {"value", "unit"}:
        return f"{as_text(value['value'])}{value['unit']}"
    return as_text(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
