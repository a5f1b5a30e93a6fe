"""Comments of JavaScript and TypeScript files as Prettier 3 prints them, and files put together."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"(//[^\n]*|/\*.*?\*/)(\s*)", re.DOTALL)


def comments(text: str) -> list[str]:
    """The comments of *text*, which holds nothing else."""
    return [tidied(found[1]) for found in _COMMENT.finditer(text)]


class NotACommentError(ValueError):
    """Text at the top of a file that is no comment."""


def with_header(header: str, body: str) -> str:
    """*body* below *header*, whose comments keep at most one empty line after them.

    Raises:
        NotACommentError: *header* is more than comments.
    """
    pieces: list[str] = []
    rest = header.lstrip()
    while rest:
        found = _COMMENT.match(rest)
        if found is None:
            raise NotACommentError(rest.splitlines()[0])
        comment, space = found.groups()
        rest = rest[found.end() :]
        pieces.append(tidied(comment) + _break(comment, space, last=not (rest or body)))
    text = "".join(pieces) + body
    return text.rstrip("\n") + "\n" if text else ""


def _break(comment: str, space: str, *, last: bool) -> str:
    if last:
        return "\n"
    count = space.count("\n")
    if count == 0:
        return " " if comment.startswith("/*") else "\n"
    return "\n" if count == 1 else "\n\n"


def tidied(comment: str) -> str:
    """One comment: no white space at its end, the stars of a long one below each other."""
    if comment.startswith("//"):
        return comment.rstrip()
    lines = comment.split("\n")
    if len(lines) > 1 and all(line.lstrip().startswith("*") for line in lines[1:]):
        return "\n".join([lines[0].rstrip(), *(" " + line.strip() for line in lines[1:])])
    return comment
