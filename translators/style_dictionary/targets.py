"""What a reference points to: a token, and in version 3 also a part of a token or a group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .references import REFERENCE, key_of, references
from .tokens import TokenMap

_VALUE_NAMES = ("value", "$value")
_MOST_ALIASES = 300
"""How many aliases are followed on the way to a part: more is a circle, which is told elsewhere."""


class Target(NamedTuple):
    """What a reference points to."""

    keys: tuple[str, ...]
    """The tokens whose values are needed; one, but for groups."""

    inside: tuple[str, ...] = ()
    """The names below the token that lead to the part that is meant; none for the token's value."""

    group: str | None = None
    """The group's path, if it is one."""


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

    def part(self, target: Target, aliases: int = 0) -> Any:
        """The part of a token that *target* names, as it is written: it may hold references.

        Aliases on the way to it are followed. Raises :class:`LookupError` where nothing is there.
        """
        if not target.inside:
            return target.keys[0]
        value: Any = self.tokens.tokens[target.keys[0]]
        for count, name in enumerate(target.inside, 1):
            value = value[int(name)] if isinstance(value, list) and name.isdecimal() else _member(value, name)
            rest = target.inside[count:]
            if rest and isinstance(value, str) and REFERENCE.fullmatch(value) and aliases < _MOST_ALIASES:
                return self.part(self._behind(value, rest), aliases + 1)
        return value

    def _behind(self, alias: str, names: tuple[str, ...]) -> Target:
        """The part that *names* lead to in what *alias* refers to."""
        target = self.get(alias)
        if target is not None and target.group is not None:
            target = self.get("{" + ".".join((target.group, *names)) + "}")
        elif target is not None:
            target = Target(target.keys, (*(target.inside or (self.tokens.value_key,)), *names))
        if target is None:
            raise LookupError(alias)
        return target

    def _version_3_target(self, names: list[str]) -> Target | None:
        if not (_says_value(names) or self._is_version_3()):
            return None
        tokens = self.tokens.tokens
        for count in range(len(names) - 1, 0, -1):
            key = "{" + ".".join(names[:count]) + "}"
            if key in tokens:
                return self._inside(key, names[count:])
        names = [name for name in names if name not in _VALUE_NAMES]
        path = ".".join(names)
        if "{" + path + "}" in tokens:  # a part that has become a token
            return Target(("{" + path + "}",))
        keys = tuple(key for key in tokens if key.startswith("{" + path + "."))
        return Target(keys, group=path) if keys else None

    def _inside(self, key: str, names: list[str]) -> Target | None:
        """What *names* lead to inside of the token *key*, if there is something."""
        if names[0] in _VALUE_NAMES:
            names = names[1:]
            if not names:
                return Target((key,))
        elif names[0] in self.tokens.tokens[key]:
            return self._existing(Target((key,), tuple(names)))
        return self._existing(Target((key,), (self.tokens.value_key, *names)))

    def _existing(self, target: Target) -> Target | None:
        try:
            self.part(target)
        except (LookupError, RecursionError):
            return None
        return target

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


def _member(value: Any, name: str) -> Any:
    if not isinstance(value, dict):
        raise LookupError(name)
    return value[name]
