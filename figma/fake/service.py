"""The endpoints of the fake: routes, tokens, plans, limits, failures on command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .checks import PostRefusedError
from .state import FakeFile

Json = dict[str, Any]

MOST_BYTES = 4 * 1024 * 1024

_REASONS = {400: "Bad request", 401: "Unauthorized", 403: "Invalid token", 404: "Not found", 413: "Request too large"}

_JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The decoded body."""
        return json.loads(self.body)


def ok(document: object) -> Answer:
    """A successful answer."""
    return Answer(200, _JSON, json.dumps(document, ensure_ascii=False).encode())


def refused(status: int, message: str, *, files_shape: bool = False, **headers: str) -> Answer:
    """An error, in the shape of the variables endpoints or in that of the files endpoints."""
    body = {"status": status, "err": message} if files_shape else {"status": status, "error": True, "message": message}
    return Answer(status, {**_JSON, **headers}, json.dumps(body).encode())


@dataclass(slots=True)
class FakeFigma:
    """The service: files by key, and what it should pretend."""

    files: dict[str, FakeFile] = field(default_factory=dict)
    tokens: dict[str, frozenset[str]] = field(default_factory=dict)
    """Token -> scopes; while empty, every token may do everything."""

    any_token_scopes: frozenset[str] | None = None
    """The scopes of every token that is not in :attr:`tokens`; ``None``: all."""

    enterprise: bool = True
    """Whether the plan includes the variables API."""

    editor: bool = True
    """Whether the token's owner may edit."""

    documents: dict[str, Json] = field(default_factory=dict)
    """Fixed answers of other endpoints: ``KEY/styles``, ``KEY/nodes``, ``KEY/components``, ``KEY/component_sets``."""

    now: Callable[[], str] = lambda: "2026-01-01T00:00:00Z"
    requests: list[tuple[str, str]] = field(default_factory=list)
    """Method and path of everything asked so far."""

    published: dict[str, Json] = field(default_factory=dict)
    _planned: list[Answer | dict[str, str]] = field(default_factory=list)
    """What to say to the next requests; the headers of a 429, whose body depends on the endpoint."""

    def fail_next(self, answer: Answer, times: int = 1) -> None:
        """Give *answer* to the next requests instead of the real one."""
        self._planned += [answer] * times

    def limit_next(self, seconds: int, times: int = 1, *, tier: str = "pro", kind: str = "high") -> None:
        """Say 429 to the next requests."""
        limits = {"Retry-After": str(seconds), "X-Figma-Plan-Tier": tier, "X-Figma-Rate-Limit-Type": kind}
        self._planned += [limits] * times

    def refuse_next(self, status: int, times: int = 1, seconds: int = 1) -> None:
        """Answer the next requests with an error; a 429 asks to come again after *seconds*."""
        if status == 429:
            self.limit_next(seconds, times)
        else:
            self.fail_next(refused(status, _REASONS.get(status, "Something went wrong")), times)

    def publish(self, key: str) -> None:
        """Publish the file's variables: what GET variables/published lists from now on."""
        file = self.files[key]
        stamp = f"{file.version}:{len(self.requests)}"
        kept = {"id", "name", "key", "variableCollectionId"}
        variables = {
            i: {k: v for k, v in variable.items() if k in kept}
            | {"subscribed_id": f"VariableID:{variable['key']}/{stamp}", "resolvedDataType": variable["resolvedType"]}
            | {"updatedAt": self.now()}
            for i, variable in file.variables.items()
            if not variable["remote"] and not variable["hiddenFromPublishing"]
        }
        collections = {
            i: {k: v for k, v in collection.items() if k in ("id", "name", "key")}
            | {"subscribed_id": f"VariableCollectionId:{collection['key']}/{stamp}", "updatedAt": self.now()}
            for i, collection in file.collections.items()
            if not collection["remote"] and not collection["hiddenFromPublishing"]
        }
        self.published[key] = {"variables": variables, "variableCollections": collections}

    def handle(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Answer one request; *target* is the path with its query, *headers* are taken without case."""
        parts = urlsplit(target)
        self.requests.append((method, parts.path))
        if self._planned:
            planned = self._planned.pop(0)
            if isinstance(planned, Answer):
                return planned
            return refused(429, "Rate limit exceeded", files_shape="/variables" not in parts.path, **planned)
        lower = {name.lower(): value for name, value in headers.items()}
        token = lower.get("x-figma-token") or lower.get("authorization", "").removeprefix("Bearer ")
        for route in _ROUTES:
            match = re.fullmatch(route.path, parts.path)
            if match and method == route.method:
                keys = [unquote(group) for group in match.groups()]
                failure = self._denied(route, token, keys)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                return failure or route.answer(self, keys, query, body)
        return refused(404, "Not found", files_shape=True)

    def _denied(self, route: _Route, token: str, keys: list[str]) -> Answer | None:
        variables = route.scope.startswith("file_variables")
        if not token:
            return refused(401, "Unauthorized")
        if self.tokens and token not in self.tokens:
            return refused(403, "Invalid token", files_shape=not variables)
        scopes = self.tokens.get(token, self.any_token_scopes)
        if scopes is not None and route.scope not in scopes:
            held = ", ".join(sorted(scopes))
            return refused(403, f"Invalid scope(s): {held}. This endpoint requires the {route.scope} scope")
        if keys and keys[0] not in self.files:
            return refused(404, "Not found", files_shape=not variables)
        if variables and not self.enterprise:
            return refused(403, "Limited by Figma plan")
        if route.scope == "file_variables:write" and not self.editor:
            return refused(403, "Insufficient file permissions")
        return None

    # --- endpoints -------------------------------------------------------------------------------------------------

    def _local(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        return ok(self.files[keys[0]].local())

    def _published(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        meta = self.published.get(keys[0], {"variables": {}, "variableCollections": {}})
        return ok({"status": 200, "error": False, "meta": meta})

    def _post(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        if len(body) > MOST_BYTES:
            return refused(413, "Request too large")
        try:
            made = self.files[keys[0]].post(json.loads(body))
        except ValueError:
            return refused(400, "Invalid JSON")
        except PostRefusedError as error:
            return refused(400, str(error))
        return ok({"status": 200, "error": False, "meta": {"tempIdToRealId": made}})

    def _meta(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        person = {"id": "1", "handle": "Ada", "img_url": ""}
        file = {
            "name": keys[0],
            "last_touched_at": self.now(),
            "creator": person,
            "last_touched_by": person,
            "editorType": "figma",
            "role": "editor" if self.editor else "viewer",
            "link_access": "view",
            "url": f"https://www.figma.com/design/{keys[0]}",
            "version": str(self.files[keys[0]].version),
        }
        return ok({"file": file})

    def _file(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        listed = self.documents.get(f"{keys[0]}/styles", {}).get("meta", {}).get("styles", [])
        styles = {
            style["node_id"]: {
                "key": style["key"],
                "name": style["name"],
                "description": style.get("description", ""),
                "remote": False,
                "styleType": style["style_type"],
            }
            for style in listed
        }
        return ok(
            {
                "name": keys[0],
                "role": "editor" if self.editor else "viewer",
                "lastModified": self.now(),
                "editorType": "figma",
                "version": str(self.files[keys[0]].version),
                "document": {"id": "0:0", "name": "Document", "type": "DOCUMENT", "children": []},
                "components": {},
                "componentSets": {},
                "schemaVersion": 0,
                "styles": styles,
            }
        )

    def _nodes(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        known = self.documents.get(f"{keys[0]}/nodes", {"nodes": {}})
        wanted = [identity for identity in query.get("ids", "").split(",") if identity]
        return ok({**known, "nodes": {identity: known["nodes"].get(identity) for identity in wanted}})

    def _fixed(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        name = keys[1]
        empty = {"status": 200, "error": False, "meta": {name: []}}
        return ok(self.documents.get(f"{keys[0]}/{name}", empty))

    def _me(self, keys: list[str], query: Mapping[str, str], body: bytes) -> Answer:
        return ok({"id": "1", "handle": "Ada", "img_url": "", "email": "ada@example.com"})


_Endpoint = Callable[[FakeFigma, list[str], Mapping[str, str], bytes], Answer]


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    path: str
    scope: str
    answer: _Endpoint


_ROUTES = (
    _Route("GET", "/v1/files/([^/]+)/variables/local", "file_variables:read", FakeFigma._local),
    _Route("GET", "/v1/files/([^/]+)/variables/published", "file_variables:read", FakeFigma._published),
    _Route("POST", "/v1/files/([^/]+)/variables", "file_variables:write", FakeFigma._post),
    _Route("GET", "/v1/files/([^/]+)/meta", "file_metadata:read", FakeFigma._meta),
    _Route("GET", "/v1/files/([^/]+)/nodes", "file_content:read", FakeFigma._nodes),
    _Route("GET", "/v1/files/([^/]+)/(styles|components|component_sets)", "library_content:read", FakeFigma._fixed),
    _Route("GET", "/v1/files/([^/]+)", "file_content:read", FakeFigma._file),
    _Route("GET", "/v1/me", "current_user:read", FakeFigma._me),
)
