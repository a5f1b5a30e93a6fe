"""Servers for tests of cloud storage: a door in front of another one that fails on command, and a small one."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DENIED = b"<Error><Code>AccessDenied</Code><Message>SECRET said so</Message></Error>"


@dataclass
class Door:
    """Passes requests on to *target* (host, port), or does what :attr:`faults` says of the request with that number."""

    target: tuple[str, int]
    faults: dict[int, str] = field(default_factory=dict)
    """``403``, ``500``, ``cut`` (no answer), ``half`` (half of the body); ``lost`` (done, but no answer)."""

    before: Callable[[int, str], None] = lambda number, method: None
    requests: list[str] = field(default_factory=list)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        number = len(self.requests)
        self.requests.append(handler.command)
        self.before(number, handler.command)
        fault = self.faults.get(number, self.faults.get(-1, ""))
        sent = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        if fault == "cut":
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        if fault in ("403", "500"):
            _send(handler, int(fault), {}, DENIED)
            return
        status, headers, content = self._forwarded(handler, sent)
        if fault == "lost":
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        _send(handler, status, headers, content, half=fault == "half")

    def _forwarded(self, handler: BaseHTTPRequestHandler, sent: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(*self.target, timeout=10)
        try:
            connection.request(handler.command, handler.path, sent, dict(handler.headers))
            found = connection.getresponse()
            return found.status, dict(found.headers), found.read()
        finally:
            connection.close()


@dataclass
class Bucket:
    """Objects in memory, with the conditions of Google's and Microsoft's storage."""

    objects: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        sent = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        key = handler.path.partition("?")[0]
        found = self.objects.get(key)
        if handler.command == "PUT":
            if not self._may_put(handler, found):
                _send(handler, 412, {}, b"")
                return
            kept = {n: v for n, v in handler.headers.items() if n.lower().startswith(("x-ms-meta-", "x-goog-meta-"))}
            self.objects[key] = sent, kept
            _send(handler, 201, self._headers(sent, kept), b"")
        elif found is None:
            _send(handler, 404, {}, b"")
        else:
            _send(handler, 200, self._headers(*found), found[0])

    def _may_put(self, handler: BaseHTTPRequestHandler, found: tuple[bytes, dict[str, str]] | None) -> bool:
        headers = handler.headers
        if headers.get("If-None-Match") == "*" or headers.get("x-goog-if-generation-match") == "0":
            return found is None
        wanted = headers.get("If-Match") or headers.get("x-goog-if-generation-match")
        return found is not None and wanted in (_tag(found[0]), _generation(found[0]))

    def _headers(self, content: bytes, kept: dict[str, str]) -> dict[str, str]:
        date = "Mon, 23 Nov 2026 10:00:00 GMT"
        return kept | {"ETag": _tag(content), "Last-Modified": date, "x-goog-generation": _generation(content)}


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def _generation(content: bytes) -> str:
    return str(int(hashlib.sha256(content).hexdigest()[:8], 16) + 1)


def _send(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], content: bytes, *, half: bool = False
) -> None:
    length = headers.get("Content-Length", str(len(content)))
    handler.send_response(status)
    for name, value in headers.items():
        if name.lower() not in ("content-length", "connection", "transfer-encoding", "date", "server"):
            handler.send_header(name, value)
    handler.send_header("Content-Length", length)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(content[: len(content) // 2] if half else content)
        handler.wfile.flush()
    if half:
        handler.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(behaviour: Any) -> Iterator[str]:
    """The address of a server that answers as *behaviour* does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            try:
                behaviour.answer(self)
            except (ConnectionError, BrokenPipeError):
                self.close_connection = True

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = answer  # noqa: N815 -- names of the library

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
