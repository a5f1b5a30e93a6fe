"""Which token was probably meant."""

from __future__ import annotations

from difflib import get_close_matches

from ..model import TokenSet, names

_MOST = 400  # candidates compared: a suggestion is not worth more time


def nearest(path: str, tokens: TokenSet) -> str | None:
    """The path of a token that looks like *path*: other case, a misspelt name, the same names elsewhere."""
    *groups, _ = names(path)
    place = ""
    for name in groups:
        inner = f"{place}.{name}" if place else name
        if inner not in tokens.groups:
            break
        place = inner
    prefix = f"{place}." if place else ""
    candidates: list[str] = []
    for candidate in tokens.tokens:
        if candidate.startswith(prefix):
            candidates.append(candidate)
            if len(candidates) == _MOST:
                break
    lowered = path.lower()
    for candidate in candidates:
        if candidate.lower() == lowered or candidate.endswith(f".{path}"):
            return candidate
    close = get_close_matches(path, candidates, 1, 0.75)
    return close[0] if close else None
