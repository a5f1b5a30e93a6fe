"""Resolving references: values put in place of what refers to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .ecmascript.values import replaced_once
from .graph import Graph
from .references import KEPT, REFERENCE, key_of, uses_references
from .rendering import value_text
from .targets import Target
from .tokens import TokenMap
from .transform import Token

_DEEPEST = 300
"""How many aliases of aliases are followed in tokens that cannot be resolved anyway."""


class Resolution:
    """Puts values in place of references, for the tokens of one platform.

    Args:
        final: The platform's tokens by key; those a value refers to are expected to be done.
    """

    def __init__(self, tokens: TokenMap, graph: Graph, final: dict[str, Token]) -> None:
        self.graph = graph
        self.final = final
        self.value_key = tokens.value_key
        self.type_key = tokens.type_key

    def resolved(self, value: Any) -> Any:
        """*value* with every reference replaced; one that is the whole text keeps the target's type."""
        return self._walk(value, self._text)

    def _walk(self, value: Any, replace: Callable[[str], Any]) -> Any:
        if isinstance(value, str):
            return replace(value) if "{" in value else value
        if isinstance(value, dict):
            return {key: item if key in KEPT else self._walk(item, replace) for key, item in value.items()}
        if isinstance(value, list):
            return [self._walk(item, replace) for item in value]
        return value

    def _text(self, text: str) -> Any:
        if text in self.final:
            return self.final[text][self.value_key]
        result: Any = text
        for match in REFERENCE.findall(text):
            target = self.graph.targets.get(match)
            if target is not None:
                result = self._replaced(result, match, self._value(target), None if target.inside else target.keys[0])
        return result

    def _value(self, target: Target) -> Any:
        """What a reference stands for: a token's value as transformed, a part of one before it became text."""
        if target.inside:
            return self.resolved(self.graph.targets.part(target))
        if target.group is None:
            return self.final[target.keys[0]][self.value_key]
        tree: dict[str, Any] = {}
        for key in target.keys:
            *groups, name = key[len(target.group) + 2 : -1].split(".")
            node = tree
            for group in groups:
                node = node.setdefault(group, {})
            node[name] = self.final[key][self.value_key]
        return tree

    def _replaced(self, whole: Any, match: str, value: Any, key: str | None) -> Any:
        if whole == match:
            return value
        value_type = None if key is None else self.final[key].get(self.type_key)
        return replaced_once(value_text(whole), match, value_text(value, value_type))

    def annotate(self, token: Token) -> None:
        """Resolve references outside the token's value, e.g. in a comment."""
        for name, value in token.items():
            if name != self.value_key and name not in KEPT and uses_references(value):
                token[name] = self.resolved(value)

    def give_up(self, stuck: list[Token]) -> None:
        """Resolve as far as it goes tokens that have a broken or circular reference.

        Circles stay as they are written; the outcome depends on the order, as it does in the original.
        """
        circular: set[str] = set()
        for token in stuck:
            value = token[self.value_key]
            token[self.value_key] = self._walk(
                value,
                lambda text, key=token["key"]: self._as_far(text, [key], circular),  # type: ignore[misc]
            )

    def _as_far(self, text: str, stack: list[str], circular: set[str]) -> Any:
        result: Any = text
        for match in REFERENCE.findall(text):
            token = self.final.get(key_of(match))
            if token is None:
                continue
            value = token[self.value_key]
            stack.append(match)
            if isinstance(value, str) and uses_references(value):
                if value in stack:
                    circular.update(stack[stack.index(value) :])
                elif value not in circular and len(stack) < _DEEPEST:
                    result = self._replaced(result, match, self._as_far(value, stack, circular), token["key"])
            else:
                result = self._replaced(result, match, value, token["key"])
            stack.pop()
        return result
