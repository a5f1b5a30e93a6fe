"""Permutations as the modes of a programming language: the default and each single context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from dss_tokens.errors import InputError
from dss_tokens.naming import kebab
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation, Permutations

from .format_options import option_fault
from .identifiers import cased
from .platform import Platform


class Mode(NamedTuple):
    """One of the permutations a program chooses among."""

    name: str
    """In kebab case: ``default``, or modifier and context, e.g. ``theme-dark``."""

    permutation: Permutation


def modes(permutations: Permutations) -> Iterator[Mode]:
    """The default, then every choice of contexts that changes something."""
    yield Mode("default", permutations.base)
    for name, other in _named(permutations.others):
        if other.differing:
            yield Mode(name, other)


def _named(others: Sequence[Permutation]) -> Iterator[tuple[str, Permutation]]:
    """Each with a name of its own; contexts that differ in case alone are numbered."""
    taken: set[str] = set()
    for other in others:
        plain = name = "-".join(f"{kebab(name)}-{kebab(context)}" for name, context in other.inputs.items())
        count = 1
        while name in taken:
            count += 1
            name = f"{plain}-{count}"
        taken.add(name)
        yield name, other


def said_by(mode: Mode) -> list[ResolvedToken]:
    """The tokens that a mode has a word on: all of the default's, of another's those that differ."""
    tokens, differing = mode.permutation.tokens, mode.permutation.differing
    if not mode.permutation.inputs:
        return list(tokens.values())
    return [token for path, token in tokens.items() if path in differing]


def blocks(
    permutations: Permutations, name: str, member: Callable[[ResolvedToken], dict[str, Any]]
) -> list[dict[str, Any]]:
    """For templates: one block a mode, called *name* and as the mode, with what *member* gives of its tokens."""
    return [
        {
            "name": name if not mode.permutation.inputs else name + cased(mode.name, "pascal"),
            "members": [member(token) for token in said_by(mode)],
        }
        for mode in modes(permutations)
    ]


class Appearances(NamedTuple):
    """What a choice of contexts without the dark one says, by day and by night."""

    name: str
    """``default``, or as :attr:`Mode.name`."""

    light: Mapping[str, ResolvedToken]
    """All tokens of the default; of others those that differ in either appearance."""

    dark: Mapping[str, ResolvedToken]
    """Those that differ in the dark; none where the dark context has no say.

    A context that excludes the dark one, of the same modifier, is the same by day and by night.
    """


def appearances(permutations: Permutations, platform: Platform) -> Iterator[Appearances]:
    """The default, then every choice of other contexts that changes something."""
    base, night = permutations.base, dark(permutations, platform)
    yield Appearances("default", base.tokens, {} if night is None else _chosen(night, night.differing))
    known = {frozenset(other.inputs.items()): other for other in permutations.others}
    for name, other in _named(permutations.others):
        by_night, paths = None, other.differing
        if night is not None and night.inputs.items() <= other.inputs.items():
            continue
        if night is not None:
            is_free = other.inputs.keys().isdisjoint(night.inputs)
            by_night = known.get(frozenset({**other.inputs, **night.inputs}.items())) if is_free else other
            paths = paths if by_night is None else paths | by_night.differing | night.differing
        if paths:
            yield Appearances(name, _chosen(other, paths), {} if by_night is None else _chosen(by_night, paths))


def _chosen(permutation: Permutation, paths: Set[str]) -> Mapping[str, ResolvedToken]:
    return {path: token for path, token in permutation.tokens.items() if path in paths}


def dark(permutations: Permutations, platform: Platform) -> Permutation | None:
    """The permutation for a system's dark appearance.

    The platform's option ``dark`` names it (``"theme=dark"``); else it is the one context called *dark*.

    Raises:
        InputError: The option names no context.
    """
    wanted = platform.options.get("dark")
    for other in permutations.others:
        if len(other.inputs) == 1:
            ((modifier, context),) = other.inputs.items()
            if wanted == f"{modifier}={context}" or (wanted is None and context.casefold() == "dark"):
                return other
    if wanted is not None:
        contexts = [f"{name}={context}" for name, known in permutations.modifiers.items() for context in known[1:]]
        hint = f"there are {', '.join(contexts)}" if contexts else "there are none"
        raise InputError(option_fault(platform, "dark", f"{wanted} is no context beside the defaults", hint))
    return None
