"""What differs between two permutations."""

from __future__ import annotations

from dss_tokens.resolve.permutations import Permutation
from dss_tokens.resolve.users import closure, users_of


def differing(base: Permutation, other: Permutation) -> frozenset[str]:
    """Tokens of *other* whose own value, or anything in their chains of references, differs from *base*."""
    before = base.tokens
    found = {
        path for path, token in other.tokens.items()
        if path not in before or before[path].value != token.value or before[path].written != token.written
    }  # fmt: skip
    return frozenset(path for path in closure(found, users_of(other.uses)) if path in other.tokens)
