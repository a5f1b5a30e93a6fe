"""Receives Figma's webhooks: answered at once, joined, worked off one after the other (reference "figma", 9)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from .. import wiring

SETTLE = 2.0
"""Seconds without a further event before the work begins: a publish sends one event per kind of thing."""

LONGEST_SETTLE = 30.0
PATIENCE = 10.0
"""Seconds that a caller may take to send its event."""


class Inbox:
    """Decides what an event means and remembers that there is work. Has no network."""

    def __init__(self, passcode: str, file_keys: Collection[str]) -> None:
        """*file_keys*: the files whose events count."""
        self._webhooks = wiring.figma_webhooks()
        self._passcode, self._keys = passcode, frozenset(file_keys)
        self._repetitions = self._webhooks.Repetitions()
        self._lock = threading.Lock()
        self.due = threading.Event()
        self.last = 0.0

    @property
    def most_bytes(self) -> int:
        """The largest event that is read."""
        return int(self._webhooks.MOST_BYTES)

    def take(self, body: bytes) -> int:
        """The HTTP status to answer. Unknown events are fine: Figma repeats whatever is not answered with 200."""
        try:
            event = self._webhooks.read_event(body, self._passcode)
        except self._webhooks.WebhookRefusedError as error:
            return int(error.status)
        with self._lock:
            is_new = self._repetitions.is_new(event)
        if is_new and event.asks_for_pull and event.file in (None, *self._keys):
            self.last = time.monotonic()
            self.due.set()
        return 200

    def wait(self, settle: float = SETTLE) -> None:
        """Returns once there is work and no further event came for *settle* seconds."""
        while not self.due.wait(0.5):  # short waits: an interrupt must come through on every system
            pass
        begun = time.monotonic()
        while (now := time.monotonic()) < min(self.last + settle, begun + LONGEST_SETTLE):
            time.sleep(min(self.last + settle - now, 0.5))
        self.due.clear()


def server(inbox: Inbox, host: str, port: int) -> ThreadingHTTPServer:
    """A server that listens and hands events to *inbox*."""

    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_POST(self) -> None:
            status, body = self._body(inbox.most_bytes)
            self.send_response(status or inbox.take(body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _body(self, most: int) -> tuple[int | None, bytes]:
            text = self.headers.get("Content-Length", "")
            if not (text.isascii() and text.isdigit()):
                return 411, b""
            if int(text) > most:
                self.close_connection = True
                return 413, b""
            return None, self.rfile.read(int(text))

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: bodies hold the passcode."""

    found = ThreadingHTTPServer((host, port), Handler)
    found.daemon_threads = True
    return found


def serve(
    inbox: Inbox, host: str, port: int, work: Callable[[], None], *,
    ready: Callable[[str], None] = lambda address: None, settle: float = SETTLE,
) -> None:  # fmt: skip
    """Receives events until interrupted; *work* runs once for all events of a moment, in the calling thread."""
    with server(inbox, host, port) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            ready(f"http://{host}:{listening.server_port}")
            while True:
                inbox.wait(settle)
                work()
        finally:
            listening.shutdown()
