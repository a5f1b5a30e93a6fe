"""A JSON document of any size, one value at a time: never more of it in memory than the value at hand.

Each value is parsed by :mod:`.strict_json`, so that a document read in pieces is read as strictly as in one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from .limits import DEFAULTS, Limits
from .strict_json import JsonError, parse

_STEP = 64 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
# a string that is cut off matches without its closing quote (group 1): else the search would start again in it
_STRUCTURE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*("?)|[\[\]{}]', re.DOTALL)
_SCALAR_END = re.compile(r"[ \t\n\r,\]}]")


class JsonStream:
    """Walks one document forwards. A key or value that was not taken cannot be gone back to."""

    def __init__(self, chunks: Iterable[bytes], limits: Limits = DEFAULTS) -> None:
        """Args:
        chunks: The document's bytes, cut anywhere.
        limits: A single value is at most ``max_line_length`` bytes.
        """
        self._chunks = iter(chunks)
        self._limits = limits
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._text = ""
        self._at = 0
        self._ended = False
        self._started = False

    def starts_array(self) -> bool:
        """Whether an array comes next.

        Raises:
            JsonError: Nothing comes.
        """
        return self._peek() == "["

    def members(self) -> Iterator[str]:
        """The keys of the object that comes next; the caller takes each value before the next key.

        Raises:
            JsonError: It is no object, a key stands twice, or the syntax is broken.
        """
        self._expect("{", "an object")
        seen: set[str] = set()
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            if self._peek() != '"':
                raise self._syntax()
            key = self.value()
            if key in seen:
                raise JsonError("JSON_DUPLICATE_KEY", f"the key {key[:200]!a} stands twice in one object")
            seen.add(key)
            self._expect(":", "a colon")
            yield key
            if self._separator("}"):
                return

    def elements(self) -> Iterator[Any]:
        """The values of the array that comes next.

        Raises:
            JsonError: It is no array, or a value is refused.
        """
        self._expect("[", "a list")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self._separator("]"):
                return

    def value(self) -> Any:
        """The value that comes next, whole.

        Raises:
            JsonError: See :func:`.strict_json.parse`; ``LIMIT_VALUE_SIZE`` above the limit of a line.
        """
        first = self._peek()
        if first in "{[":
            text = self._bracketed()
        elif first == '"':
            text = self._string()
        else:
            text = self._scalar()
        return parse(text.encode(), self._limits, envelope=2)

    def end(self) -> None:
        """Make sure that nothing but white space follows.

        Raises:
            JsonError: Something does.
        """
        if self._peek(or_end=True):
            raise JsonError("JSON_SYNTAX", "something follows the document")

    def _bracketed(self) -> str:
        depth, at = 0, self._at
        while True:
            found = _STRUCTURE.search(self._text, at)
            if found is None or found[1] == "":
                at = self._grown(len(self._text) if found is None else found.start())
                continue
            at = found.end()
            mark = found[0]
            if mark in "[{":
                depth += 1
                if depth > self._limits.max_value_depth + 2:
                    raise JsonError("JSON_TOO_DEEP", f"nested more than {self._limits.max_value_depth} deep")
            elif mark in "]}":
                depth -= 1
                if depth == 0:
                    return self._taken(at)

    def _string(self) -> str:
        while True:
            found = _STRUCTURE.match(self._text, self._at)
            if found is not None and found[1]:
                return self._taken(found.end())
            self._grown(self._at)

    def _scalar(self) -> str:
        while True:
            found = _SCALAR_END.search(self._text, self._at)
            if found is not None or self._ended:
                return self._taken(found.start() if found is not None else len(self._text))
            self._grow()

    def _taken(self, end: int) -> str:
        text = self._text[self._at : end]
        self._at = end
        return text

    def _separator(self, closing: str) -> bool:
        """Whether the object or array ends here; else a comma stands here."""
        found = self._peek()
        self._at += 1
        if found == closing:
            return True
        if found != ",":
            raise self._syntax()
        return False

    def _expect(self, mark: str, what: str) -> None:
        if self._peek() != mark:
            raise JsonError(
                "JSON_SHAPE" if what.startswith("a") and mark != ":" else "JSON_SYNTAX", f"{what} is missing"
            )
        self._at += 1

    def _peek(self, *, or_end: bool = False) -> str:
        while True:
            found = _SPACE.match(self._text, self._at)
            assert found is not None
            self._at = found.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                if or_end:
                    return ""
                raise JsonError("JSON_SYNTAX", "the document is cut off")
            self._grow()

    def _grown(self, at: int) -> int:
        """Read on; gives where *at* is now. The value at hand is bounded."""
        if self._ended:
            raise JsonError("JSON_SYNTAX", "the document is cut off")
        if len(self._text) - self._at > self._limits.max_line_length:
            raise JsonError("LIMIT_VALUE_SIZE", f"a value above {self._limits.max_line_length:,} characters")
        before = self._at
        self._grow()
        return at - before

    def _grow(self) -> None:
        chunk = next(self._chunks, None)
        if not self._started and chunk is not None:
            self._started = True
            if chunk.startswith(codecs.BOM_UTF8):
                raise JsonError("JSON_ENCODING", "a byte order mark")
        try:
            more = self._decoder.decode(chunk or b"", final=chunk is None)
        except UnicodeDecodeError as error:
            raise JsonError("JSON_ENCODING", "not UTF-8") from error
        self._ended = chunk is None
        self._text = self._text[self._at :] + more
        self._at = 0

    def _syntax(self) -> JsonError:
        return JsonError("JSON_SYNTAX", f"unexpected {self._text[self._at - 1 : self._at + 9]!a}")


def file_chunks(source: Path | str | bytes | BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, of a stream, or themselves, in steps."""
    if isinstance(source, bytes):
        yield from (source[at : at + _STEP] for at in range(0, len(source), _STEP))
    elif isinstance(source, Path | str):
        with Path(source).open("rb") as file:
            yield from file_chunks(file)
    else:
        while chunk := source.read(_STEP):
            yield chunk
