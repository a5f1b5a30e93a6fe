"""A thin client of the Figma REST API: one method, one request, decoded JSON.

Requests go one after another over one connection; waits are bounded and told; the token appears nowhere.
Source: Figma REST API 0.43.
"""

from __future__ import annotations

import json
import random as random_module
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any, Self
from urllib.parse import quote, urlsplit

import httpx

from .answers import Request, error_for, retry_after
from .errors import FigmaAccessError, FigmaAnswerError, FigmaError, FigmaRequestError, FigmaServerError
from .patience import Patience, Wait, Waiting

API = "https://api.figma.com"
GOVERNMENT_API = "https://api.figma-gov.com"

MOST_BYTES = 256 * 1024 * 1024
"""The largest answer that is read; the largest real one known is below 100 MB."""

MOST_REQUEST_BYTES = 4 * 1024 * 1024
"""The largest body that Figma takes. Source: "Update variables"."""

MOST_NODES = 100
"""Node ids in one request: addresses stay short."""

Json = Any


class Secret:
    """A token that cannot be printed by accident."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text.strip()

    def __repr__(self) -> str:
        return "Secret(…)"

    def __bool__(self) -> bool:
        return bool(self._text)

    def header(self) -> tuple[str, str]:
        """The header that carries it: OAuth tokens as Bearer, all others as ``X-Figma-Token``."""
        scheme, _, rest = self._text.partition(" ")
        if scheme.casefold() == "bearer" and rest:
            return "Authorization", f"Bearer {rest.strip()}"
        if self._text.startswith("figu_"):
            return "Authorization", f"Bearer {self._text}"
        return "X-Figma-Token", self._text

    def masked(self, text: str) -> str:
        """*text* without the token in it."""
        bare = self.header()[1].removeprefix("Bearer ")
        return text.replace(bare, "…") if bare else text


class _TokenAuth(httpx.Auth):
    """Adds the token to each request as it leaves, so that no client or its headers hold it to be printed."""

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        name, value = self._secret.header()
        request.headers[name] = value
        yield request


class FigmaClient:
    """The API for one token. A context manager: it holds a connection."""

    def __init__(
        self,
        token: str,
        *,
        base_url: str = API,
        transport: httpx.BaseTransport | None = None,
        patience: Patience = Patience(),  # noqa: B008 - frozen
        on_wait: Callable[[Wait], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = random_module.random,
        clock: Callable[[], float] = time.monotonic,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """
        Args:
            token: A personal access token; or ``Bearer …`` for OAuth.
            base_url: Another host: the government's, or a loopback server of a test. Plain HTTP only to loopback.
            transport: Stands in for the network.
            patience: The limits of waiting.
            on_wait: Is told before every wait.
            sleep: Waits.
            random: 0…1, for jitter.
            clock: Seconds, for time-outs.
            most_bytes: Larger answers are refused.

        Raises:
            FigmaAccessError: There is no token.
            FigmaRequestError: The address would send the token in the clear.
        """
        self._secret = Secret(token)
        if not self._secret or not self._secret.header()[1].isascii() or not self._secret.header()[1].isprintable():
            raise FigmaAccessError(
                "DSS401",
                "there is no usable Figma token",
                hint="put a personal access token into the environment variable FIGMA_TOKEN",
            )
        _require_private(base_url)
        self._most_bytes, self._clock, self._patience = most_bytes, clock, patience
        self._waiting = Waiting(patience, sleep, random, on_wait)
        self._http = httpx.Client(
            base_url=base_url.rstrip("/"),
            auth=_TokenAuth(self._secret),
            headers={"Accept": "application/json", "User-Agent": "dss"},
            timeout=httpx.Timeout(patience.read_timeout, connect=patience.connect_timeout),
            transport=transport,
            follow_redirects=False,
        )

    def __repr__(self) -> str:
        return f"FigmaClient({str(self._http.base_url)!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        self._http.close()

    # --- variables -------------------------------------------------------------------------------------------------

    def local_variables(self, key: str) -> Json:
        """``GET /v1/files/:key/variables/local``: all variables and collections that the file knows."""
        return self._get(f"/v1/files/{_part(key)}/variables/local", "file_variables:read")

    def published_variables(self, key: str) -> Json:
        """``GET /v1/files/:key/variables/published``: names without values; of main files only."""
        return self._get(f"/v1/files/{_part(key)}/variables/published", "file_variables:read")

    def post_variables(self, key: str, body: Mapping[str, Json]) -> dict[str, str]:
        """``POST /v1/files/:key/variables``: apply one request body, all or nothing.

        Returns:
            Temporary id -> real id.

        Raises:
            FigmaRequestError: It is larger than Figma takes, or Figma refused it.
            FigmaServerError: It failed, and **may have been applied**: read again first.
        """
        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        if len(content) > MOST_REQUEST_BYTES:
            raise FigmaRequestError("DSS410", f"a request of {len(content)} bytes: Figma takes {MOST_REQUEST_BYTES}")
        answer = self._send(
            Request("POST", f"/v1/files/{_part(key)}/variables", "file_variables:write"), content=content
        )
        made = answer.get("meta", {}).get("tempIdToRealId", {}) if isinstance(answer.get("meta"), dict) else {}
        return {str(temporary): str(real) for temporary, real in made.items()}

    # --- files -----------------------------------------------------------------------------------------------------

    def file(self, key: str, *, depth: int | None = 1, ids: Sequence[str] = ()) -> Json:
        """``GET /v1/files/:key``; ``depth=1`` is enough for ``styles``, ``components`` and ``version``."""
        params = {"depth": str(depth)} if depth is not None else {}
        if ids:
            params["ids"] = ",".join(ids)
        return self._get(f"/v1/files/{_part(key)}", "file_content:read", params)

    def nodes(self, key: str, ids: Sequence[str], *, depth: int | None = None) -> Json:
        """``GET /v1/files/:key/nodes``: at most 100 *ids* at once; unknown ones come back as ``null``."""
        if not 0 < len(ids) <= MOST_NODES:
            raise ValueError(f"{len(ids)} node ids: 1 to {MOST_NODES} fit one request")
        params = {"ids": ",".join(ids)} | ({"depth": str(depth)} if depth is not None else {})
        return self._get(f"/v1/files/{_part(key)}/nodes", "file_content:read", params)

    def file_meta(self, key: str) -> Json:
        """``GET /v1/files/:key/meta``: the cheap way to ask whether anything changed."""
        return self._get(f"/v1/files/{_part(key)}/meta", "file_metadata:read")

    def versions(self, key: str, *, page_size: int = 50, before: str | None = None) -> Json:
        """``GET /v1/files/:key/versions``: one page, newest first."""
        params = {"page_size": str(page_size)} | ({"before": before} if before else {})
        return self._get(f"/v1/files/{_part(key)}/versions", "file_versions:read", params)

    # --- libraries -------------------------------------------------------------------------------------------------

    def file_styles(self, key: str) -> Json:
        """``GET /v1/files/:key/styles``: published styles, on every plan."""
        return self._get(f"/v1/files/{_part(key)}/styles", "library_content:read")

    def file_components(self, key: str) -> Json:
        """``GET /v1/files/:key/components``: published components."""
        return self._get(f"/v1/files/{_part(key)}/components", "library_content:read")

    def file_component_sets(self, key: str) -> Json:
        """``GET /v1/files/:key/component_sets``: published component sets."""
        return self._get(f"/v1/files/{_part(key)}/component_sets", "library_content:read")

    def style(self, key: str) -> Json:
        """``GET /v1/styles/:key``: the file and node of a style of another library."""
        return self._get(f"/v1/styles/{_part(key)}", "library_assets:read")

    def me(self) -> Json:
        """``GET /v1/me``: whose token it is."""
        return self._get("/v1/me", "current_user:read")

    # --- one request -----------------------------------------------------------------------------------------------

    def _get(self, path: str, scope: str, params: Mapping[str, str] | None = None) -> Json:
        return self._send(Request("GET", path, scope), params=params)

    def _send(
        self, request: Request, *, params: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> dict[str, Json]:
        attempt = 0
        while True:
            attempt += 1
            try:
                status, headers, body = self._attempt(request, params, content)
            except httpx.TransportError as error:
                if self._may_repeat(request, error) and self._waiting.pause(attempt, None, _named(error)):
                    continue
                raise self._network_error(request, error) from None  # the cause's text may hold the address' userinfo
            if 200 <= status < 300:
                return self._decoded(request, body)
            failure = error_for(
                request, status, headers, self._secret.masked(body[:65536].decode("utf-8", "replace")).encode()
            )
            if not self._worth_repeating(request, status):
                raise failure
            asked = retry_after(headers)
            reason = "Figma asks to wait" if status == 429 else f"Figma failed ({status})"
            if not self._waiting.pause(attempt, asked, reason):
                raise failure

    def _attempt(
        self, request: Request, params: Mapping[str, str] | None, content: bytes | None
    ) -> tuple[int, Mapping[str, str], bytes]:
        extra = {"Content-Type": "application/json"} if content is not None else None
        with self._http.stream(request.method, request.path, params=params, content=content, headers=extra) as answer:
            return answer.status_code, answer.headers, self._body(request, answer)

    def _body(self, request: Request, answer: httpx.Response) -> bytes:
        """The whole body, bounded in size and time: a server that drips forever is no answer."""
        body = bytearray()
        begun = self._clock()
        try:
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > self._most_bytes:
                    told = f"{request.name}: the answer is larger than {self._most_bytes} bytes"
                    raise FigmaAnswerError("DSS414", told, status=answer.status_code)
                if self._clock() - begun > self._patience.body_timeout:
                    raise httpx.ReadTimeout("the answer does not end")
        except httpx.DecodingError:
            told = f"{request.name}: the answer is damaged"
            raise FigmaAnswerError("DSS414", told, hint="try again", status=answer.status_code) from None
        return bytes(body)

    def _decoded(self, request: Request, body: bytes) -> dict[str, Json]:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError):
            document = None
        if isinstance(document, dict):
            return document
        raise FigmaAnswerError(
            "DSS414",
            f"{request.name}: the answer is no JSON object",
            hint="a proxy may have answered instead of Figma; check the base URL",
        )

    @staticmethod
    def _may_repeat(request: Request, error: httpx.TransportError) -> bool:
        """A write is repeated only where it cannot have arrived."""
        return request.method == "GET" or isinstance(
            error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
        )

    @staticmethod
    def _worth_repeating(request: Request, status: int) -> bool:
        return status == 429 or (status in (500, 502, 503, 504) and request.method == "GET")

    def _network_error(self, request: Request, error: httpx.TransportError) -> FigmaError:
        hint = "check the network, a proxy, and status.figma.com"
        if request.method != "GET" and not self._may_repeat(request, error):
            hint = "it may have been applied all the same: run dss figma status before trying again"
        text = self._secret.masked(str(error)).strip()
        host = self._http.base_url.host
        return FigmaServerError(
            "DSS413", f"{request.name}: {host}: {_named(error)}" + (f": {text}" if text else ""), hint=hint
        )


_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def _named(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "no connection"
    return "the connection broke"


def _part(key: str) -> str:
    return quote(key, safe="")


def _require_private(base_url: str) -> None:
    parts = urlsplit(base_url)
    loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme == "https" or (parts.scheme == "http" and loopback):
        return
    raise FigmaRequestError(
        "DSS417",
        f"{parts.scheme or 'without a scheme'}: the token would travel in the clear",
        hint=f"use https, e.g. {API}",
    )
