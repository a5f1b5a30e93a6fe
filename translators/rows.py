"""What a plain output says of each token: made once, shared by all formats that keep the same references.

The lines hold marks where languages differ, which each format replaces in the whole text at once: that takes a tenth
of the time of writing each line anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation

from .css_text import sass
from .css_values import Reference, comment, extra_parts, text_of
from .literals import Literals
from .referring import referring

OWN = "\x01"
"""Before a name that is declared. No text of a value holds control characters."""

REFERENCE, END = "\x02", "\x03"
"""Around the name of a token that a text refers to."""

LENGTH, LENGTH_END = "\x04", "\x05"
"""The same in a font shorthand, beside a slash, where Sass would divide."""

NOTE, NOTE_END = "\x06", "\x07"
"""Around a comment on a line of its own."""


class Rows(NamedTuple):
    """Columns instead of objects: 100,000 rows take no memory of their own."""

    lines: list[str | None]
    """A declaration with its comment; ``None`` where each format writes values in its own way."""

    tokens: list[ResolvedToken]
    own: list[int]
    """Where ``lines`` has ``None``."""

    further: list[tuple[str, ResolvedToken]]
    """What a declaration of a composite has beside its own name: a suffix and the token."""


def spelled(text: str, marks: Mapping[str, str]) -> str:
    """*text* with its marks as a language writes them."""
    for mark, shown in marks.items():
        text = text.replace(mark, shown)
    return text


def _holds_text(value: Any) -> bool:
    """Whether a part of a composite is text that Sass would have to keep from reckoning with it."""
    for item in value if type(value) is list else (value,):
        if type(item) is dict:
            for part in item.values():
                if type(part) is str and sass(part) != part:
                    return True
    return False


def make_rows(
    tokens: Iterable[ResolvedToken], permutation: Permutation, names: Mapping[str, str], literals: Literals,
    *, keep: bool,
) -> Rows:  # fmt: skip
    """The rows of *tokens*, without any rules.

    Args:
        tokens: Those to write.
        permutation: What they belong to.
        names: Path -> name of each of its tokens.
        literals: The texts of values.
        keep: Refer to other tokens where the tokens do.
    """
    adapted = permutation.adapted
    literal, simple = literals.text, literals.simple
    plain, careful = _plain_references(names), _careful_references(names, permutation.tokens)
    lines: list[str | None] = []
    further: list[tuple[str, ResolvedToken]] = []
    add = lines.append
    tokens = list(tokens)
    # No token is unpacked: with 100,000 of them, whatever is touched comes from main memory.
    for token, name in zip(tokens, _names_of(tokens, names), strict=True):
        alias = token[4] if keep else None
        is_plain = adapted is not None and (not adapted or token[0] not in adapted)
        text: str | None
        if alias is not None:
            text = f"{REFERENCE}{names[alias]}{END}" if is_plain else careful[0](alias, token[1], token[2])
        else:
            text = None
            value, written = token[2], token[3]
            if type(value) is str:
                pass  # Sass is to quote some of it
            elif not keep or written is value:
                text = literal(token[1], value)
            elif not _holds_text(value):
                kind = token[1]
                reference = (plain if is_plain else careful)[kind == "typography"]
                text = text_of(kind, value, written, reference, simple)
        if text is None:
            add(None)
            continue
        line = f"{OWN}{name}: {text};"
        if token[1] == "typography":
            for suffix, part in extra_parts(token, (plain if is_plain else careful)[0] if keep else None, simple):
                shown = part if alias is None else f"{text[:-1]}-{suffix}{END}"
                line += f"\n{OWN}{name}-{suffix}: {shown};"
                further.append((suffix, token))
        note = comment(token) if token[5] or token[7] else ""
        add(f"{NOTE}{note}{NOTE_END}{line}" if note else line)
    return Rows(lines, tokens, [place for place, line in enumerate(lines) if line is None], further)


def _names_of(tokens: Sequence[ResolvedToken], names: Mapping[str, str]) -> Iterable[str]:
    """The name of each token."""
    paths = [token[0] for token in tokens]
    return names.values() if paths == list(names) else map(names.__getitem__, paths)


_References = tuple[Reference, Reference]
"""What refers to tokens anywhere, and inside a font shorthand."""


def _plain_references(names: Mapping[str, str]) -> _References:
    """For tokens whose references are known to stand for just what is needed."""

    def anywhere(path: str, _kind: str, _value: Any) -> str:
        return f"{REFERENCE}{names[path]}{END}"

    def in_font(path: str, kind: str, _value: Any) -> str:
        if kind in ("dimension", "number"):
            return f"{LENGTH}{names[path]}{LENGTH_END}"
        return f"{REFERENCE}{names[path]}{END}"

    return anywhere, in_font


def _careful_references(names: Mapping[str, str], tokens: Mapping[str, ResolvedToken]) -> _References:
    anywhere = referring(tokens, names, (REFERENCE, END))
    length = referring(tokens, names, (LENGTH, LENGTH_END))

    def in_font(path: str, kind: str, value: Any) -> str | None:
        return (length if kind in ("dimension", "number") else anywhere)(path, kind, value)

    return anywhere, in_font
