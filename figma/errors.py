"""What can go wrong with Figma: the answers of its API, and the files people save of them."""

from __future__ import annotations

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError, RemoteError


class FigmaSourceError(InputError):
    """A file that was to be pulled from holds nothing to pull, or a file's name or address is none of Figma's."""

    def __init__(self, message: str, *, code: str = "DSS420", hint: str | None = None) -> None:
        super().__init__(Diagnostic(code=code, message=message, hint=hint))


class FigmaError(RemoteError):
    """A request to Figma failed."""

    def __init__(self, code: str, message: str, *, hint: str | None = None, status: int | None = None) -> None:
        self.status = status
        """The HTTP status; ``None`` when there was no answer."""
        super().__init__(Diagnostic(code=code, message=message, hint=hint))


class FigmaAccessError(FigmaError):
    """The token, its scopes, the plan or the file's permissions do not allow it (401, 403)."""


class FigmaNotFoundError(FigmaError):
    """There is no such file, or the token may not see it (404)."""


class FigmaRequestError(FigmaError):
    """Figma refused the request as such (400, 413 and the like)."""


class FigmaServerError(FigmaError):
    """Figma failed, or could not be reached. A write may have been applied all the same: read again before writing."""


class FigmaAnswerError(FigmaError):
    """An answer that is no JSON object, or too large."""


class FigmaRateLimitError(FigmaError):
    """Too many requests, and the wait is longer than allowed (429). Source: figma.com, "Rate limits"."""

    def __init__(
        self,
        message: str,
        *,
        hint: str,
        wait: float | None,
        plan_tier: str | None,
        limit_type: str | None,
    ) -> None:
        super().__init__("DSS411", message, hint=hint, status=429)
        self.wait = wait
        """Seconds that Figma asks for; ``None`` when it does not say."""
        self.plan_tier, self.limit_type = plan_tier, limit_type
