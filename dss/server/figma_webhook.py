"""Figma's webhooks: checked, answered at once, joined, worked off one after the other (reference "figma", 9)."""

from __future__ import annotations

import hmac
import json
import time
from collections import OrderedDict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

EVENTS = ("FILE_UPDATE", "LIBRARY_PUBLISH", "FILE_VERSION_UPDATE")
"""Those that may have changed variables; all others are answered and left alone."""

MOST_BODY = 1024 * 1024
_REMEMBERED = 1000
_SETTLE = 2.0  # seconds: a publish sends one event per kind of asset


class Receiver:
    """Decides what an event means. Has no clock and no network."""

    def __init__(self, passcode: str, file_key: str) -> None:
        self._passcode = passcode.encode()
        self._file_key = file_key
        self._seen: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    def take(self, body: bytes) -> tuple[int, bool]:
        """The HTTP status to answer, and whether the file should be pulled."""
        try:
            event = json.loads(body)
        except ValueError:
            return 400, False
        if not isinstance(event, dict):
            return 400, False
        given = str(event.get("passcode") or "").encode()
        if not hmac.compare_digest(given, self._passcode):
            return 403, False
        identity = tuple(str(event.get(key)) for key in ("webhook_id", "timestamp", "event_type"))
        if identity in self._seen:  # Figma repeats what it thinks was lost
            return 200, False
        self._seen[identity] = None  # type: ignore[index]
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        ours = event.get("file_key") in (None, self._file_key)
        return 200, ours and event.get("event_type") in EVENTS


def serve(
    host: str, port: int, passcode: str, file_key: str, work: Callable[[], None], *,
    ready: Callable[[str], None] = lambda address: None, settle: float = _SETTLE,
) -> None:  # fmt: skip
    """Receives events until interrupted; *work* runs once for all events of a moment."""
    receiver = Receiver(passcode, file_key)
    due = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, wanted = receiver.take(self.rfile.read(length)) if 0 <= length <= MOST_BODY else (413, False)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            if wanted:
                due.set()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: bodies hold the passcode."""

    def worker() -> None:
        while True:
            due.wait()
            time.sleep(settle)
            due.clear()
            work()

    Thread(target=worker, daemon=True).start()
    with ThreadingHTTPServer((host, port), Handler) as listening:
        ready(f"http://{host}:{listening.server_port}")
        listening.serve_forever()
