"""The texts of values that refer to nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dss_tokens.types import TYPES

from .css_values import Writers, text_of


class Literals:
    """The CSS texts of values, each made once for all tokens and formats that share the value."""

    def __init__(self, simple: Writers) -> None:
        self.texts: dict[int, str] = {}
        """By the ``id`` of an object or list: an alias has the same as its target."""

        self.simple = simple.but()
        self.simple.known = self.texts

        self.values: list[Any] = []  # so that no id is used again

    def known(self, values: Iterable[Any]) -> Iterator[str | None]:
        """Of each value the text that was made of it, ``None`` where none was; holds for values of DTCG types alone."""
        return map(self.texts.get, map(id, values))

    def text(self, kind: str, value: Any) -> str:
        """The CSS text of a resolved value."""
        if (type(value) is not dict and type(value) is not list) or kind not in TYPES:
            return text_of(kind, value, value, None, self.simple)  # of other types, each format says it in its way
        text = self.texts.get(id(value))
        if text is None:
            write = self.simple.get(kind)
            text = write(value) if write is not None else text_of(kind, value, value, None, self.simple)
            self.texts[id(value)] = text
            self.values.append(value)
        return text
