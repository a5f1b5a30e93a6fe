"""What can go wrong with Figma: the answers of its API, and the files people save of them."""

from __future__ import annotations

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError


class FigmaSourceError(InputError):
    """A file that was to be pulled from holds nothing to pull."""

    def __init__(self, message: str, *, code: str = "DSS420", hint: str | None = None) -> None:
        super().__init__(Diagnostic(code=code, message=message, hint=hint))
