"""Regular expressions compiled when first used: a run needs few of them, and to compile all takes a twentieth of it."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._text, self._flags)
        # Found at once from now on, without this method.
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


_METHODS = ("fullmatch", "match", "search", "sub", "split", "findall", "finditer", "pattern")


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
