"""Statuses and bodies of Figma's answers -> errors with a remedy.

Bodies come in two shapes, ``{"status", "err"}`` and ``{"status", "error", "message"}``, or as HTML from a gateway.
Source: Figma REST API 0.43; figma.com, "Errors", "Rate limits".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import (
    FigmaAccessError,
    FigmaError,
    FigmaNotFoundError,
    FigmaRateLimitError,
    FigmaRequestError,
    FigmaServerError,
)
from .patience import human

_MOST_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: enough for a message, nothing secret."""

    method: str
    path: str
    scope: str | None = None
    """The scope that the endpoint needs."""

    @property
    def key(self) -> str:
        """The key of the file it is about, for commands in hints."""
        parts = self.path.split("/")
        return parts[3] if len(parts) > 3 and parts[2] == "files" else "KEY"

    @property
    def name(self) -> str:
        """As in Figma's documentation."""
        return f"{self.method} {self.path}"


OTHER_SOURCES = (
    "only full members of an Enterprise organisation may read variables over the API. On every other plan: export "
    "the modes in Figma (variables panel, right-click a collection, Export modes) or dump them with a plugin, then "
    "run: dss figma pull {key} --from-file EXPORT.zip. Styles work on every plan: dss figma pull {key} --styles"
)

_FORBIDDEN: list[tuple[tuple[str, ...], str, str, str]] = [
    (
        ("limited by figma plan", "incorrect account type"),
        "DSS402",
        "your Figma plan does not include the variables API",
        OTHER_SOURCES,
    ),
    (("invalid scope",), "DSS403", "the token lacks a scope", "make a new token with the scope {scope}"),
    (
        ("insufficient file permissions",),
        "DSS405",
        "the token's owner may not do this with the file",
        "ask for edit access to the file; reading needs view access",
    ),
    (
        ("api only available for design files",),
        "DSS406",
        "the file is no design file",
        "variables live in Figma design files, not in FigJam, Slides or Buzz",
    ),
    (
        ("invalid token", "token expired", "token has expired", "expired token"),
        "DSS407",
        "the token is wrong or has expired",
        "make a new one in Figma (Settings, Security) and put it into FIGMA_TOKEN",
    ),
]


def error_for(request: Request, status: int, headers: Mapping[str, str], body: bytes) -> FigmaError:
    """The error that an answer with *status* (not 2xx) means."""
    told = message_of(body)
    known = _BY_STATUS.get(status)
    if known is not None:
        return known(request, told, headers)
    if status >= 500:
        return _server(request, told, status)
    what = "a redirect, which is not followed because it could carry the token away" if 300 <= status < 400 else told
    return FigmaRequestError(
        "DSS415",
        f"{request.name}: unexpected answer {status}: {what or 'without a message'}",
        hint="check the base URL",
        status=status,
    )


def message_of(body: bytes) -> str:
    """What a body says, of whatever shape; markup says nothing."""
    text = body[: 64 * _MOST_SHOWN].decode("utf-8", "replace").strip()
    try:
        document: Any = json.loads(text)
    except (ValueError, RecursionError):
        return "" if text.startswith("<") else text[:_MOST_SHOWN]
    if isinstance(document, dict):
        for key in ("message", "err", "reason", "detail"):
            if isinstance(document.get(key), str):
                return str(document[key])[:_MOST_SHOWN]
    return ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """``Retry-After`` in seconds; ``None`` where there is none that makes sense."""
    try:
        seconds = float(headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if 0 <= seconds < 1e9 else None


def _bad_request(request: Request, told: str, headers: Mapping[str, str]) -> FigmaError:
    hint = None
    if request.method == "GET":
        hint = "a very large file times out this way: ask for fewer nodes, or a smaller depth"
    return FigmaRequestError(
        "DSS409", f"{request.name}: Figma refused it: {told or 'no reason given'}", hint=hint, status=400
    )


def _unauthorised(request: Request, told: str, headers: Mapping[str, str]) -> FigmaError:
    return FigmaAccessError(
        "DSS401",
        f"{request.name}: Figma wants a token{_quoted(told)}",
        hint="put a personal access token into the environment variable FIGMA_TOKEN",
        status=401,
    )


def _forbidden(request: Request, told: str, headers: Mapping[str, str]) -> FigmaError:
    lowered = told.casefold()
    for beginnings, code, message, hint in _FORBIDDEN:
        if lowered.startswith(beginnings):
            remedy = hint.format(scope=request.scope or "that the message names", key=request.key)
            return FigmaAccessError(code, f"{request.name}: {message}{_quoted(told)}", hint=remedy, status=403)
    return FigmaAccessError(
        "DSS408",
        f"{request.name}: Figma forbids it{_quoted(told)}",
        hint=f"possible causes: the plan, a scope ({request.scope or 'see the documentation'}), the file's "
        "permissions, an expired token",
        status=403,
    )


def _not_found(request: Request, told: str, headers: Mapping[str, str]) -> FigmaError:
    return FigmaNotFoundError(
        "DSS404",
        f"{request.name}: there is no such file, or the token may not see it{_quoted(told)}",
        hint="check the file key, and that the token's owner can open the file; branches have keys of their own",
        status=404,
    )


def _too_large(request: Request, told: str, headers: Mapping[str, str]) -> FigmaError:
    return FigmaRequestError(
        "DSS410", f"{request.name}: the request is too large{_quoted(told)}", hint="4 MB is the most", status=413
    )


def _rate_limited(request: Request, told: str, headers: Mapping[str, str]) -> FigmaError:
    wait = retry_after(headers)
    tier, kind = headers.get("x-figma-plan-tier"), headers.get("x-figma-rate-limit-type")
    facts = []
    if tier:
        facts.append(f"the file's plan is {tier}")
    if kind:
        facts.append(_SEATS.get(kind, f"limit type {kind}"))
    asked = f"Figma asks to wait {human(wait)}" if wait is not None else "Figma does not say how long to wait"
    return FigmaRateLimitError(
        f"{request.name}: too many requests; {asked}" + (f" ({'; '.join(facts)})" if facts else ""),
        hint="the limit belongs to the plan where the file lives, not only to your seat: move the file, or pull from "
        "a saved answer with --from-file",
        wait=wait,
        plan_tier=tier,
        limit_type=kind,
    )


_SEATS = {"low": "the limit is that of a View or Collab seat", "high": "the limit is that of a Dev or Full seat"}


def _server(request: Request, told: str, status: int) -> FigmaError:
    hint = "try again later; status.figma.com tells of outages"
    if request.method != "GET":
        hint = "it may have been applied all the same: run dss figma status before trying again"
    return FigmaServerError(
        "DSS412", f"{request.name}: Figma failed ({status}){_quoted(told)}", hint=hint, status=status
    )


def _quoted(told: str) -> str:
    return f': "{told}"' if told else ""


_BY_STATUS: dict[int, Callable[[Request, str, Mapping[str, str]], FigmaError]] = {
    400: _bad_request,
    401: _unauthorised,
    403: _forbidden,
    404: _not_found,
    413: _too_large,
    429: _rate_limited,
}
