"""What a plain output says of each token: made once, shared by all formats that keep the same references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from dss_tokens.resolve.answers import ResolvedToken

from .css_text import sass
from .css_values import comment, text_of
from .literals import Literals
from .referring import referring

MARK, END = "\x01", "\x02"
"""Around the name of a token that a text refers to. No text of a value holds control characters."""

Row = tuple[str, str | None, str | None, str, ResolvedToken]
"""Name, text, name of the alias's target, comment, token. See :class:`Rows`."""


class Rows(NamedTuple):
    """Columns instead of objects: 100,000 rows take no memory of their own."""

    names: list[str]
    texts: list[str | None]
    """The value's text; ``None`` where a format has more to say than one text, or writes text in its own way."""

    targets: list[str | None]
    """The name of the token that an alias stands for; ``""`` where the text holds references between marks."""

    notes: list[str]
    """Description and deprecation, for a comment; often empty."""

    tokens: list[ResolvedToken]

    def each(self) -> Iterator[Row]:
        """Row by row."""
        return zip(*self, strict=True)


def referred(text: str, before: str, behind: str) -> str:
    """*text* with its references written as *before*, the name, *behind*."""
    return text.replace(MARK, before).replace(END, behind)


def _holds_text(value: Any) -> bool:
    """Whether a part of a composite is text that Sass would have to keep from reckoning with it."""
    objects = value if type(value) is list else [value]
    return any(
        type(part) is str and sass(part) != part for item in objects if type(item) is dict for part in item.values()
    )


def make_rows(
    tokens: Iterable[ResolvedToken], whole: Mapping[str, ResolvedToken], names: Mapping[str, str], literals: Literals,
    *, keep: bool,
) -> Rows:  # fmt: skip
    """The rows of *tokens*, without any rules.

    Args:
        tokens: Those to write.
        whole: The permutation they belong to.
        names: Path -> name.
        literals: The texts of values.
        keep: Refer to other tokens where the tokens do.
    """
    reference = referring(whole, names, (MARK, END)) if keep else None
    known, literal, simple = literals.texts.get, literals.text, literals.simple
    texts: list[str | None] = []
    targets: list[str | None] = []
    add_text, add_target = texts.append, targets.append
    tokens = list(tokens)
    for _, kind, value, written, alias, _, _ in tokens:
        text = target = None
        if kind != "typography" and type(value) is not str:
            if alias is not None and keep:
                found = whole.get(alias)
                if found is not None and found[2] is value and found[1] == kind:
                    target = names.get(alias)
            elif written is value or not keep:
                text = known(id(value)) or literal(kind, value)
            elif not _holds_text(value):
                text, target = text_of(kind, value, written, reference, simple), ""
        add_text(text)
        add_target(target)
    return Rows([names[token[0]] for token in tokens], texts, targets, list(map(comment, tokens)), tokens)
