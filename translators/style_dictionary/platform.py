"""One platform: its transforms applied to the tokens, references resolved on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .dictionary import Dictionary
from .ecmascript.values import ordered
from .graph import Graph
from .rendering import value_text
from .resolution import Resolution
from .tokens import TokenMap
from .transform import Setting, Token, Transform, TransformError

Warn = Callable[[str, Token, str], None]


class Transforming:
    """Applies the transforms of a platform to tokens, one at a time."""

    def __init__(self, transforms: Sequence[Transform], setting: Setting) -> None:
        self.transforms = _needed(transforms)
        self.setting = setting
        self._by_type: dict[Any, tuple[Transform, ...]] = {}

    def apply(self, token: Token, *, alias: bool) -> None:
        """Change *token* in place. The value of an *alias* is changed by transitive transforms only."""
        setting = self.setting
        value_key = setting.value_key
        for name, kind, change, _, accepts, transitive in self.of_type(token.get(setting.type_key)):
            if kind == "value":
                if alias and not transitive:
                    continue
                value = token[value_key]
                if accepts is None or accepts(value):
                    try:
                        token[value_key] = change(value, token, setting)
                    except TransformError as error:
                        setting.warn("DSS366", token, f"{name} cannot change {token['key'][1:-1]}: {error}")
            elif kind == "name":
                token["name"] = change(token, setting)
            elif accepts is None or accepts(token[value_key]):
                known, made = token["attributes"], change(token, setting)
                token["attributes"] = {**known, **made} if known else made

    def of_type(self, type_: Any) -> tuple[Transform, ...]:
        """The transforms that are for tokens of *type_*, in order."""
        if not isinstance(type_, str):
            type_ = None
        found = self._by_type.get(type_)
        if found is None:
            found = tuple(t for t in self.transforms if t.types is None or type_ in t.types)
            self._by_type[type_] = found
        return found


def _needed(transforms: Sequence[Transform]) -> list[Transform]:
    """*transforms* without those that give names which the next ones replace unseen: only attributes may copy one."""
    needed: list[Transform] = []
    is_named_again = False
    for transform in reversed(transforms):
        if transform.kind != "name" or not is_named_again:
            needed.append(transform)
        is_named_again = transform.kind == "name" or (is_named_again and transform.kind == "value")
    return needed[::-1]


def transformed(tokens: TokenMap, graph: Graph, transforms: Sequence[Transform], setting: Setting) -> Dictionary:
    """The tokens of one platform, transformed and resolved, in their order."""
    final: dict[str, Token] = {}
    transforming = Transforming(transforms, setting)
    resolution = Resolution(tokens, graph, final)
    value_key = tokens.value_key
    prepared = {key: _prepared(tokens.tokens[key], key, *base) for key, base in tokens.bases().items()}
    for key in graph.order:
        token = prepared[key]
        alias = key in graph.aliases
        if alias:
            token[value_key] = resolution.resolved(token[value_key])
        if key in graph.modified:
            token["$extensions"] = resolution.resolved(token["$extensions"])
        transforming.apply(token, alias=alias)
        final[key] = token
    if len(final) < len(prepared):
        stuck = [token for key, token in prepared.items() if key not in final]
        final.update((token["key"], token) for token in stuck)
        resolution.give_up(stuck)
    for key in graph.annotated:
        resolution.annotate(prepared[key])
        prepared[key]["name"] = value_text(prepared[key]["name"])
    return Dictionary(list(prepared.values()), tokens.uses_dtcg, partial=graph.partial)


def _prepared(base: Token, key: str, original: Token, path: list[str]) -> Token:
    """A token with what every platform adds: the original, a name, attributes and the path."""
    token = {"key": key, **base}
    if next(iter(base))[:1].isdigit():  # a token inside of this one: indices come first
        token = ordered(token)
    token["original"] = original
    token["name"] = value_text(base.get("name") or path[-1])
    attributes = base.get("attributes")
    token["attributes"] = attributes if isinstance(attributes, dict) else {}
    token["path"] = path
    return token
