"""Modifiers without a resolver document: values by context that tokens keep in themselves, and files by context.

Many systems keep the values of their modes inside a token: in ``$extensions`` (``{"mode": {"dark": …}}``), as the
value itself (``{"light": …, "dark": …}``), or in a member of their own. Once told where, they resolve like the
contexts of a resolver document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..members import member
from ..model import Json, Token, TokenSet, names
from ..patterns import among
from ..types import TYPES, SimpleType
from .documents import Modifier, Resolver, Set

_RENAMED = {"value": "$value", "type": "$type", "description": "$description", "comment": "$description"}


class Choice(NamedTuple):
    """A modifier as configured."""

    name: str
    contexts: Mapping[str, Sequence[str]]
    """Context -> the keys under which a token keeps its value, the first that it has."""

    default: str
    at: Sequence[str] = ()
    """Members that hold values by key, e.g. ``$value`` or ``$extensions.mode``."""

    sources: Mapping[str, tuple[TokenSet, ...]] = {}
    """Context -> further documents, whose tokens replace others."""


@dataclass(frozen=True, slots=True)
class ModedResolver(Resolver):
    """A resolver whose tokens choose their own values by context."""

    choices: Sequence[Choice] = ()
    alpha: str | None = None
    paths: Sequence[str] = ()
    """Patterns of the paths that count; every path without any."""

    def completed(self, tokens: TokenSet, inputs: Mapping[str, str]) -> TokenSet:
        """The tokens with the values of the contexts that *inputs* choose."""
        found = tokens.tokens
        if self.paths:
            counts = among(tuple(self.paths), ".")
            found = {path: token for path, token in found.items() if counts(path.removesuffix(".$root"))}
        if any(choice.at for choice in self.choices):
            pick = _Picker(self.choices, inputs, self.alpha)
            found = {path: pick.token(token) for path, token in found.items()}
        if (alpha := self.alpha) is not None:
            found = {path: _with_alpha(token, alpha, found) for path, token in found.items()}
        return TokenSet(found, tokens.groups)


def with_choices(
    documents: Sequence[TokenSet],
    resolver: Resolver | None,
    choices: Sequence[Choice],
    *,
    file: str,
    alpha: str | None = None,
    paths: Sequence[str] = (),
) -> Resolver:
    """A resolver of *documents*, or of what *resolver* resolves, with *choices* after its own modifiers.

    Args:
        documents: In the order in which they win.
        resolver: Instead of documents.
        choices: The modifiers.
        file: Where the choices stand, for messages.
        alpha: A member that gives a colour another alpha.
        paths: Patterns of the paths that count; every path without any.
    """
    own = tuple(
        Modifier(choice.name, {context: choice.sources.get(context, ()) for context in choice.contexts}, choice.default)
        for choice in choices
    )
    if resolver is None:
        order: tuple[Set | Modifier, ...] = (Set("tokens", tuple(documents)),)
        return ModedResolver(file, (*order, *own), {m.name: m for m in own}, {}, choices, alpha, paths)
    modifiers = {**resolver.modifiers, **{modifier.name: modifier for modifier in own}}
    return ModedResolver(resolver.file, (*resolver.order, *own), modifiers, resolver.sets, choices, alpha, paths)


class _Picker:
    """Chooses the values of one permutation."""

    def __init__(self, choices: Iterable[Choice], inputs: Mapping[str, str], alpha: str | None) -> None:
        self.alpha = alpha
        self.wanted: dict[str, list[Sequence[str]]] = {}
        self.known: dict[str, set[str]] = {}
        for choice in choices:
            for at in choice.at:
                context = inputs.get(choice.name, choice.default)
                self.wanted.setdefault(at, []).append(choice.contexts[context])
                self.known.setdefault(at, set()).update(key for keys in choice.contexts.values() for key in keys)

    def token(self, token: Token) -> Token:
        """The token with the value of its contexts; the same object where it keeps none."""
        node = token.node
        for at in self.wanted:
            for _ in range(len(self.wanted[at])):  # one modifier's values may hold those of another
                chosen = self.chosen(node, at)
                if chosen is None:
                    break
                node = chosen
        return token if node is token.node else token._replace(node=node)

    def chosen(self, node: Mapping[str, Json], at: str) -> Mapping[str, Json] | None:
        """The members of a token with the value that it keeps at *at*."""
        values = member(node, at)
        if not isinstance(values, dict) or not values:
            return None
        if at == "$value" and not values.keys() <= self.known[at]:
            return None  # a composite
        for keys in self.wanted[at]:
            for key in keys:
                if key in values:
                    return self.replaced(node, values[key], at)
        return None

    def replaced(self, node: Mapping[str, Json], value: Json, at: str) -> Mapping[str, Json]:
        """A token's members with another value, or with other members."""
        rest = {key: part for key, part in node.items() if key != at or at[:1] == "$"}
        if not isinstance(value, dict):
            return {**rest, "$value": value}
        has_value = "$value" in value or at in value or ("value" in value and "unit" not in value)
        if has_value or value.keys() == {self.alpha}:
            return {**rest, **{_RENAMED.get(str(key), str(key)): part for key, part in value.items()}}
        return {**rest, "$value": value}


def with_values(document: Json, members: Collection[str]) -> Json:
    """A decoded document in which every object that keeps values in one of *members* is a token.

    It gets the first of them as its value, which holds for contexts that it has no value for. The members move to
    where those of older forms are kept.
    """
    if not isinstance(document, dict):
        return document
    root: dict[str, Json] = {}
    stack = [(document, root)]
    while stack:
        node, target = stack.pop()
        kept = {name: node[name] for name in members if isinstance(node.get(name), dict)}
        is_token = "value" in node or "$value" in node
        found = {name: part for name, part in node.items() if name not in kept}
        if kept and not is_token:
            key, value = _first(kept)
            is_token = key is not None
            found |= {key: value} if key is not None else kept
        if kept and is_token:
            key = "$extensions" if "$value" in found else "extensions"
            others = found.get(key)
            found[key] = {**(others if isinstance(others, dict) else {}), "dss": {"members": kept}}
        for name, part in found.items():
            if isinstance(part, dict) and not is_token:
                inner = target[name] = {}
                stack.append((part, inner))
            else:
                target[name] = part
    return root


def _first(node: Mapping[str, Json]) -> tuple[str | None, Json]:
    """The first value inside of *node*, with what it is called there."""
    stack = [node]
    while stack:
        inner = stack.pop()
        for key in ("$value", "value"):
            if key in inner:
                return key, inner[key]
        stack.extend(reversed([part for part in inner.values() if isinstance(part, dict)]))
    return None, None


def _with_alpha(token: Token, name: str, tokens: Mapping[str, Token]) -> Token:
    """A token whose color, or the colors in it, have the alpha that a member beside them gives."""
    value = token.node.get("$value")
    alpha = member(token.node, name)
    if type(alpha) in (int, float):
        new = _color(value, alpha, tokens)
    else:
        new = _colors(value, name, tokens)
    return token if new is value else token._replace(node={**token.node, "$value": new})


def _colors(value: Json, name: str, tokens: Mapping[str, Token]) -> Json:
    if isinstance(value, list):
        items = [_colors(item, name, tokens) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict) and "color" in value and type(value.get(name)) in (int, float):
        rest = {key: part for key, part in value.items() if key != name}
        return {**rest, "color": _color(value["color"], value[name], tokens)}
    return value


def _color(value: Json, alpha: float, tokens: Mapping[str, Token]) -> Json:
    """A color with another alpha; of a reference, the same parts by pointers."""
    if isinstance(value, str) and value[:1] == "{" and value[-1:] == "}":
        path = value[1:-1]
        start = "#" + "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names(path)) + "/$value"
        parts = ["colorSpace", "components", *(["hex"] if _has_hex(path, tokens) else [])]
        return {**{part: {"$ref": f"{start}/{part}"} for part in parts}, "alpha": alpha}
    if isinstance(value, dict):
        return {**value, "alpha": alpha}
    color = TYPES["color"]
    assert isinstance(color, SimpleType)
    upgraded = color.upgrade(value)
    return {**upgraded, "alpha": alpha} if isinstance(upgraded, dict) else value


def _has_hex(path: str, tokens: Mapping[str, Token]) -> bool:
    """Whether the color that the token at *path* stands for has the member ``hex``."""
    seen = set()
    while path in tokens and path not in seen:
        seen.add(path)
        value = tokens[path].node.get("$value")
        if isinstance(value, dict):
            return "hex" in value
        if not isinstance(value, str):
            return False
        if value[:1] != "{":
            return value[:1] == "#"
        path = value[1:-1]
    return False
