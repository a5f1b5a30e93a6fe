"""What a reference points to: a token, and in version 3 also a part of a token or a group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .references import key_of, references
from .tokens import TokenMap

_VALUE_NAMES = ("value", "$value")


class Target(NamedTuple):
    """What a reference points to."""

    keys: tuple[str, ...]
    """The tokens whose values are needed; one, but for groups."""

    inside: tuple[str, ...] = ()
    """The names below the token's value."""

    group: str | None = None
    """The group's path, if it is one."""

    def value(self, value_of: Callable[[str], Any]) -> Any:
        """What the reference stands for, given the values of tokens by key."""
        if self.group is None:
            return _inside(value_of(self.keys[0]), self.inside)
        tree: dict[str, Any] = {}
        for key in self.keys:
            *groups, name = key[len(self.group) + 2 : -1].split(".")
            node = tree
            for group in groups:
                node = node.setdefault(group, {})
            node[name] = value_of(key)
        return tree


class Targets:
    """Looks references up among the tokens of one build.

    Style Dictionary 4 and 5 know references to tokens only. Version 3 also had ``{size.small.value}``,
    ``{font.body.value.fontSize}`` and ``{size.value}`` for a group. These are followed where the reference
    says ``.value``; where any reference of the build does, also those that leave it out, as version 3 did.
    """

    def __init__(self, tokens: TokenMap) -> None:
        self.tokens = tokens
        self._version_3: bool | None = None
        self._old: dict[str, Target | None] = {}

    def get(self, reference: str) -> Target | None:
        """The target of *reference* (with braces), ``None`` where there is none."""
        key = key_of(reference)
        if key in self.tokens.tokens:
            return Target((key,))
        if key not in self._old:
            self._old[key] = self._version_3_target(key[1:-1].split("."))
        return self._old[key]

    def _version_3_target(self, names: list[str]) -> Target | None:
        if not (_says_value(names) or self._is_version_3()):
            return None
        tokens = self.tokens.tokens
        for count in range(len(names) - 1, 0, -1):
            key = "{" + ".".join(names[:count]) + "}"
            if key in tokens:
                rest = names[count:]
                inside = tuple(rest[1:] if rest[0] in _VALUE_NAMES else rest)
                found = _reaches(tokens[key][self.tokens.value_key], inside)
                return Target((key,), inside) if found else None
        if names[-1] in _VALUE_NAMES:
            names = names[:-1]
        group = ".".join(names)
        keys = tuple(key for key in tokens if key.startswith("{" + group + "."))
        return Target(keys, group=group) if keys else None

    def _is_version_3(self) -> bool:
        if self._version_3 is None:
            self._version_3 = any(
                _says_value(names) and "{" + ".".join(names) + "}" not in self.tokens.tokens
                for names in self._all_names()
            )
        return self._version_3

    def _all_names(self) -> Iterator[list[str]]:
        for token in self.tokens.tokens.values():
            for reference, _ in references(token[self.tokens.value_key]):
                yield key_of(reference)[1:-1].split(".")


def _says_value(names: list[str]) -> bool:
    return any(name in _VALUE_NAMES for name in names[1:])


def _reaches(value: Any, inside: tuple[str, ...]) -> bool:
    """Whether *value* has something at *inside*; an alias may, once it is resolved."""
    for name in inside:
        if isinstance(value, str):
            return True
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
    return True


def _inside(value: Any, inside: tuple[str, ...]) -> Any:
    for name in inside:
        if not isinstance(value, dict):
            return value
        value = value.get(name)
    return value
