"""What a format is, what it is given, and how modules of :mod:`.formats` register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dss_tokens.errors import InputError

from .config import PlatformConfig
from .dictionary import Dictionary
from .ecmascript.values import truthy
from .references import REFERENCE, key_of
from .registry import Registry
from .rendering import value_text
from .transform import Token


class FormatError(InputError):
    """Tokens or options that a format cannot write."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file to write: what a format is given."""

    dictionary: Dictionary
    """The tokens, without those that the file's filter leaves out."""

    options: Mapping[str, Any]
    """The configuration's keys, over them the platform's options, over them the file's."""

    file_options: Mapping[str, Any]
    """The platform's options, over them the file's."""

    destination: str
    platform: PlatformConfig
    left_out: dict[str, None] = field(default_factory=dict)
    """Filled by the format: references to tokens that the filter leaves out."""

    @property
    def formatting(self) -> Mapping[str, Any]:
        """The option ``formatting``: how lines and comments look."""
        found = self.options.get("formatting")
        return found if isinstance(found, Mapping) else {}

    def flag(self, name: str, default: bool = False) -> bool:
        """Whether the option *name* is set, by JavaScript's truth."""
        return truthy(self.options[name]) if name in self.options else default

    def option(self, name: str, default: str = "") -> str:
        """The option *name* as text; *default* where it is missing or null."""
        found = self.options.get(name)
        return default if found is None else value_text(found)

    def value(self, token: Token) -> Any:
        """The token's value."""
        return token[self.dictionary.value_key]

    def text(self, token: Token) -> str:
        """The token's value in one line."""
        value = token[self.dictionary.value_key]
        return value if isinstance(value, str) else value_text(value, token.get(self.dictionary.type_key))

    def type(self, token: Token) -> Any:
        """The token's type, ``None`` without one."""
        return token.get(self.dictionary.type_key)

    def original(self, token: Token) -> Any:
        """The token's value as authored."""
        return token["original"].get(self.dictionary.value_key)

    def referenced(self, token: Token) -> list[Token]:
        """The tokens that the token's authored value refers to; those left out of the file are noted."""
        found = []
        by_key, everything = self.dictionary.by_key, self.dictionary.unfiltered.by_key
        for key in _keys(self.original(token)):
            target = by_key.get(key)
            if target is None:
                target = everything.get(key)
                if not self.dictionary.has_group(key[1:-1].split(".")):
                    self.left_out[key[1:-1]] = None
            if target is not None:
                found.append(target)
        return found


def token_key(reference: str) -> str:
    """The key of the token that *reference* names, with or without ``.value`` at its end."""
    key = key_of(reference)
    for suffix in (".value}", ".$value}"):
        key = key.removesuffix(suffix) + "}" if key.endswith(suffix) else key
    return key


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from map(token_key, REFERENCE.findall(value))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


Format = Callable[[Output], str]
"""Writes one file. Pure: equal input gives equal text anywhere. Raises :class:`FormatError`."""

formats: Registry[Format] = Registry("format", f"{__package__}.formats")

NESTED = frozenset({"json/nested", "javascript/module", "javascript/object", "javascript/esm"})
"""Formats that print a tree: equal names are no collision in them."""
