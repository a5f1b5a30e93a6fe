"""How a JSON file is laid out, learnt from its text, and new values written alike."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

Json = Any

_FIRST_INDENT = re.compile(r'[{\[][ \t]*\r?\n([ \t]+)["\w\'{\[]')
_COLON = re.compile(r'"([ \t]*:[ \t]*)["\[{\dtfn-]')
_INLINE_ARRAY = re.compile(r"\[([ \t]*)[^\s\[\]{}][^\n\[\]{}]*\]")
_BROKEN_ARRAY = re.compile(r"\[[ \t]*\r?\n\s*[^\s\[\]{}]")
_INLINE_OBJECT = re.compile(r"\{([ \t]*)[^\s{}\[\]][^\n{}]*\}")
_TOKEN = re.compile(r'\{[^{}]*?"\$?value"\s*:')
_ESCAPED = re.compile(r"\\u(?:00[89a-fA-F]|0[1-9a-fA-F]|[1-9a-fA-F])")


@dataclass(slots=True)
class Layout:
    """The habits of one file."""

    text: str
    indent: str
    newline: str
    colon: str
    space: str
    """Between the members of an inline object or array."""

    padding: str
    """Inside the braces of an inline object."""

    inline_arrays: bool
    inline_tokens: bool
    is_minified: bool
    ascii: bool
    by_key: dict[str, bool | None] = field(default_factory=dict)

    def written(self, value: Json, indent: str, *, inline: bool | None = None, key: str = "") -> str:
        """*value* as text.

        Args:
            value: Any JSON value.
            indent: The white space that the line of the value begins with.
            inline: On one line, or not; ``None``: as its likes in the file.
            key: The member it is the value of.
        """
        kind = type(value)
        if (kind is not dict and kind is not list) or not value:
            return json.dumps(value, ensure_ascii=self.ascii)
        if self.is_minified or (self.is_inline(value, key) if inline is None else inline):
            return self.on_one_line(value)
        inner = indent + self.indent
        if kind is dict:
            parts = [self.member(name, part, inner) for name, part in value.items()]
        else:
            parts = [self.written(part, inner) for part in value]
        opener, closer = "{}" if kind is dict else "[]"
        return opener + self.newline + inner + f",{self.newline}{inner}".join(parts) + self.newline + indent + closer

    def member(self, name: str, value: Json, indent: str, *, inline: bool | None = None) -> str:
        """A member, key and value."""
        return self.key(name) + self.colon + self.written(value, indent, inline=inline, key=name)

    def key(self, name: str) -> str:
        """A name in quotes."""
        return json.dumps(name, ensure_ascii=self.ascii)

    def on_one_line(self, value: Json) -> str:
        """*value* without line breaks."""
        kind = type(value)
        if kind is dict and value:
            parts = [
                json.dumps(name, ensure_ascii=self.ascii) + self.colon + self.on_one_line(part)
                for name, part in value.items()
            ]
            return "{" + self.padding + f",{self.space}".join(parts) + self.padding + "}"
        if kind is list:
            return "[" + f",{self.space}".join(map(self.on_one_line, value)) + "]"
        return json.dumps(value, ensure_ascii=self.ascii)

    def is_inline(self, value: Json, key: str) -> bool:
        """Whether a value like this stands on one line: as the first one with its key, else as its kind does."""
        if type(value) is dict and ("$value" in value or "value" in value):
            return self.inline_tokens
        if key not in self.by_key:
            self.by_key[key] = self.first_is_inline(key)
        found = self.by_key[key]
        if found is not None:
            return found
        return type(value) is list and self.inline_arrays and not any(type(part) in (dict, list) for part in value)

    def first_is_inline(self, key: str) -> bool | None:
        """Whether the first container under *key* in the file stands on one line; ``None`` without one."""
        if not key.startswith("$") and key not in _PARTS:
            return None  # a token's or group's name says nothing about others
        match = re.search(re.escape(json.dumps(key)) + r"\s*:\s*([\[{])(.*)", self.text)
        if match is None:
            return None
        rest = match.group(1) + match.group(2)
        depth = 0
        for character in re.sub(r'"(?:[^"\\]|\\.)*"', "", rest):
            depth += (character in "[{") - (character in "]}")
            if depth == 0:
                return True
        return False


_PARTS = frozenset({
    "components", "fontFamily", "fontSize", "letterSpacing", "offsetX", "offsetY", "blur", "spread", "width",
    "duration", "delay", "timingFunction", "color", "dashArray", "value", "sources",
})  # fmt: skip
"""Members of values: where one stands on one line, the next one does."""


def learn(text: str) -> Layout:
    """The layout of a file; two spaces, one member a line where it tells nothing."""
    sample = text[:200_000]
    is_minified = "\n" not in text.strip() and len(text) > 80
    indent = _FIRST_INDENT.search(sample)
    colon = _COLON.search(sample)
    token = _TOKEN.search(sample)
    inline_object = _INLINE_OBJECT.search(sample)
    return Layout(
        text=sample,
        indent=indent.group(1) if indent else "  ",
        newline="\r\n" if "\r\n" in sample else "\n",
        colon=colon.group(1) if colon else ": ",
        space="" if is_minified and ", " not in sample else " ",
        padding=inline_object.group(1) if inline_object and not is_minified else "",
        inline_arrays=_INLINE_ARRAY.search(sample) is not None or _BROKEN_ARRAY.search(sample) is None,
        inline_tokens=token is not None and "\n" not in token.group(),
        is_minified=is_minified,
        ascii=sample.isascii() and _ESCAPED.search(sample) is not None,
    )
