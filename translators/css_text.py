"""Text that is safe inside CSS and Sass: strings, comments, names, and values kept as written.

Everything a token holds is untrusted: what is printed can never end a declaration, a rule or a comment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

_PLAIN = re.compile(r"[\w.%#+, -]*")
_FORBIDDEN = re.compile(r"[;{}\\\x00-\x08\x0e-\x1f\x7f<`@$!\u2028\u2029]|/\*|\*/|//|expression\(", re.I)
_STRING = re.compile(r"\"(?:[^\"\\\n\r\f\0]|\\[^\n\r\f\0])*\"|'(?:[^'\\\n\r\f\0]|\\[^\n\r\f\0])*'")
_URL = re.compile(r"url\(\s*[^\s\"'()\\\x00-\x1f\x7f]*\s*\)", re.I)
_OPENERS = {"(": ")", "[": "]"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@cache
def quoted(text: str) -> str:
    """*text* as a string of CSS and of Sass. ``</`` is broken up, so that a style element cannot end in it."""
    out = []
    for character in text:
        if character in '"\\':
            out.append("\\" + character)
        elif character < " " or character == "\x7f" or character in "\u2028\u2029":
            out.append(f"\\{ord(character):x} ")
        else:
            out.append(character)
    return '"' + "".join(out).replace("</", "<\\/").replace("#{", "\\#{") + '"'


@cache
def comment_text(text: str) -> str:
    """*text* for a comment on one line: it cannot end the comment, start a line or close a style element."""
    return _CONTROLS.sub(" ", text).strip().replace("*/", "*\\/").replace("</", "<\\/").replace("<!--", "<\\!--")


@cache
def is_harmless(text: str) -> bool:
    """Whether *text* can stand as a value in CSS without changing what follows it."""
    if _PLAIN.fullmatch(text):
        return True
    rest = _URL.sub("u", _STRING.sub("s", text))
    if "</" in text or _FORBIDDEN.search(rest) or re.search(r"[\"']|\burl\((?!\s*s\s*\))", rest, re.I):
        return False
    stack: list[str] = []
    for character in rest:
        if character in _OPENERS:
            stack.append(_OPENERS[character])
        elif character in ")]" and (not stack or stack.pop() != character):
            return False
    return not stack


def raw(value: Any) -> str:
    """A value of no DTCG type: as it stands when it is harmless as a CSS value, else as a string."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (int, float)):
        return number(value)
    if not isinstance(value, str):
        import json

        return quoted(json.dumps(value, ensure_ascii=False))
    return _one_line(value) if value.strip() and is_harmless(value) else quoted(value)


def _one_line(text: str) -> str:
    """*text* on one line, which outside of strings means the same."""
    return text if text.isprintable() else re.sub(r"\s*[\t-\r]\s*", " ", text).strip()


def number(value: float, digits: int = 12) -> str:
    """A number as CSS writes it: shortest, without an exponent, with at most *digits* decimals."""
    if type(value) is int:
        return str(value)
    text = repr(value)
    if digits < 12 or "e" in text:
        text = f"{value:.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    elif text.endswith(".0"):
        text = text[:-2]
    return "0" if text in ("-0", "") else text


_IDENTIFIER_RANGES: Sequence[tuple[int, int]] = (
    (0xB7, 0xB7), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x203F, 0x2040),
    (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0x10FFFF),
)  # fmt: skip


@cache
def identifier(name: str) -> str:
    """A name, already of letters, digits, ``-`` and ``_``, with what CSS does not take in an identifier escaped.

    Source: CSS Syntax 3, "non-ASCII ident code point"; older readers take all of them, escaped or not.
    """
    return name if name.isascii() else "".join(map(_escaped, name))


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x80 or any(first <= code <= last for first, last in _IDENTIFIER_RANGES):
        return character
    return f"\\{code:x} "


_SASS_WORD = re.compile(r"(?!(?:and|or|not|true|false|null|if|in|from|through)\b)-{0,2}[A-Za-z_][\w-]*", re.ASCII)
_SASS_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[A-Za-z]+|%)?", re.ASCII)
_SASS_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")


@cache
def sass(text: str) -> str:
    """A CSS value, harmless or quoted, as a Sass expression that gives just this text.

    Words, numbers, colours and strings are the same in Sass; everything that Sass would reckon with or look up
    (``1 / 2``, ``a + b``, function calls) is interpolated, so that it stays as written.
    """
    for part in re.split(r"[\s,]+", _STRING.sub("s", text)):
        if not (_SASS_WORD.fullmatch(part) or _SASS_NUMBER.fullmatch(part) or _SASS_COLOR.fullmatch(part)):
            return f"#{{{quoted(text)}}}"
    return text
