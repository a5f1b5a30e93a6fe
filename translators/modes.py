"""Permutations as the modes of a programming language: the default and each single context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dss_tokens.errors import InputError
from dss_tokens.naming import kebab
from dss_tokens.resolve.permutations import Permutation, Permutations

from .format_options import option_fault
from .platform import Platform


class Mode(NamedTuple):
    """One of the permutations a program chooses among."""

    name: str
    """In kebab case: ``default``, or modifier and context, e.g. ``theme-dark``."""

    permutation: Permutation


def modes(permutations: Permutations) -> Iterator[Mode]:
    """The default, then every choice of contexts that changes something."""
    yield Mode("default", permutations.base)
    for other in permutations.others:
        if other.differing:
            yield Mode("-".join(f"{kebab(name)}-{kebab(context)}" for name, context in other.inputs.items()), other)


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
