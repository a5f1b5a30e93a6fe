"""Do the tokens of a merge hang together, as far as they did on both sides? Clean halves can make a broken whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dss_tokens.errors import RefusedError

from .closure import Closure, Problem, key, references
from .faults import fault, printable
from .limits import Limits
from .records import Record
from .rows import Row
from .token_sets import TokenSetContent

Sets = Callable[[], Iterable[TokenSetContent]]
"""Gives the sets of a state, one after the other."""


class MergeResultError(RefusedError):
    """Two clean halves make a broken whole; nothing was changed."""


def content_of(records: Iterable[Row | Record]) -> TokenSetContent:
    """The set whose checked records these are."""
    content = TokenSetContent()
    for record in records:
        content.add(record)
    return content


def check_whole(closure: Closure, merged: Sets, sides: Iterable[Sets], limits: Limits) -> None:
    """Whether the merged tokens hang together.

    Args:
        closure: Of the merged sets.
        merged: Them again, to name what is wrong.
        sides: The sets of both sides: what was wrong there before is no fault of the merge.

    Raises:
        MergeResultError: ``DSS691``.
    """
    problems = closure.problems((), limits)
    if not problems:
        return
    known: set[Problem] = set()
    for side in sides:
        known |= set(_closure(side()).problems((), limits))
    new = [problem for problem in problems if problem not in known]
    if new:
        names = _path_names(merged())
        raise MergeResultError(
            *(
                fault("MERGE_RESULT_INVALID", f"after merging, {names(one)} would refer to {names(other)} in vain")
                for _, one, other in new
            )
        )


def _closure(sets: Iterable[TokenSetContent]) -> Closure:
    closure = Closure()
    for path, node, is_token in _walk(sets):
        closure.add(path, node, is_token=is_token)
    return closure


def _walk(sets: Iterable[TokenSetContent]) -> Iterator[tuple[str, bytes, bool]]:
    for content in sets:
        for path, _, is_token, node in content.walk():
            yield path, node, is_token


def _path_names(sets: Iterable[TokenSetContent]) -> Callable[[int], str]:
    names: dict[int, str] = {}
    for path, node, is_token in _walk(sets):
        names[key(path)] = path
        names |= {key(target): target for target in references(node, is_token=is_token)[0]}
    return lambda hashed: printable(names.get(hashed, "?"))
