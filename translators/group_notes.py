"""What is said of groups: a comment before the first token of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dss_tokens.model import ancestors
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation, Permutations

from .css_text import line_text


class GroupNotes:
    """The descriptions of groups, each told once, before the first token of the group."""

    def __init__(self, permutations: Permutations, write: Callable[[str], str]) -> None:
        """*write* makes a comment of one line."""
        self.write = write
        self.left = {
            path: text for other in (*permutations.others, permutations.base) for path, text in _texts(other).items()
        }

    def before(self, token: ResolvedToken) -> list[str]:
        """Comments on groups that begin with *token*, the outermost first."""
        if not self.left:
            return []
        found = [self.left.pop(path) for path in ancestors(token.path) if path in self.left]
        return [self.write(text) for text in reversed(found)]


def noted(lines: list[str], tokens: Iterable[ResolvedToken], notes: GroupNotes) -> list[str]:
    """*lines*, one for each of *tokens*, with what is said of their groups."""
    if not notes.left:
        return lines
    return ["\n".join([*notes.before(token), line]) for line, token in zip(lines, tokens, strict=True)]


def _texts(permutation: Permutation) -> dict[str, str]:
    return {
        path: f"{path}: {text}" if path else text
        for path, group in permutation.groups.items()
        if group.properties and (text := line_text(str(group.properties.get("$description") or "")))
    }
