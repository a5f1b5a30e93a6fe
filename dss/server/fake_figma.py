"""``dss figma fake`` over HTTP: the pure service answers, this module only carries requests to it."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

MOST_BODY = 8 * 1024 * 1024


def server(fake: Any, host: str, port: int) -> ThreadingHTTPServer:
    """A server of *fake* that listens; requests are answered one at a time, since it has state."""
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), MOST_BODY)
            body = self.rfile.read(length)
            with lock:
                said = fake.handle(self.command, self.path, dict(self.headers), body)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 -- the names of http.server

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: paths hold file keys."""

    return ThreadingHTTPServer((host, port), Handler)


def serve(fake: Any, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serves until interrupted; *ready* is told the address."""
    with server(fake, host, port) as listening:
        ready(f"http://{host}:{listening.server_port}")
        listening.serve_forever()
