"""The receiver of webhooks: who may call, what is worth a pull, and that the events of a moment are one pull."""

import http.client
import json
import threading
import time

import pytest

from dss.server.figma_webhook import Inbox, serve

EVENT = {
    "event_type": "FILE_UPDATE", "passcode": "open sesame", "timestamp": "2026-01-01T00:00:00Z", "webhook_id": "1",
    "file_key": "abc",
}  # fmt: skip


def take(inbox, **more):
    status = inbox.take(json.dumps({**EVENT, **more}).encode())
    return status, inbox.due.is_set()


@pytest.mark.parametrize(("more", "answer"), [
    ({}, (200, True)),
    ({"event_type": "LIBRARY_PUBLISH", "modified_variables": [{"key": "k", "name": "n"}]}, (200, True)),
    ({"event_type": "LIBRARY_PUBLISH", "modified_styles": [{"key": "k", "name": "n"}]}, (200, False)),
    ({"event_type": "PING"}, (200, False)),
    ({"event_type": "FROM_THE_FUTURE"}, (200, False)),
    ({"file_key": "library"}, (200, True)),
    ({"file_key": "another"}, (200, False)),
    ({"passcode": "guess"}, (403, False)),
    ({"passcode": None}, (403, False)),
    ({"webhook_id": 22}, (200, True)),
], ids=str)  # fmt: skip
def test_an_event_is_answered_by_what_it_is(more, answer):
    assert take(Inbox("open sesame", ["abc", "library"]), **more) == answer


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_what_is_no_event_is_refused(body):
    assert Inbox("p", ["abc"]).take(body) == 400


def test_an_event_that_figma_repeats_is_one_event():
    inbox = Inbox("open sesame", ["abc"])
    assert take(inbox) == (200, True)
    inbox.due.clear()
    assert take(inbox) == (200, False)
    assert take(inbox, timestamp="later") == (200, True)


class Enough(Exception):  # noqa: N818 -- no error: how a test stops the server
    pass


@pytest.fixture
def listening():
    """A server in a thread, its address, and when it worked."""
    pulls, ready, address = [], threading.Event(), []

    def work():
        pulls.append(time.monotonic())
        raise Enough

    def tell(at):
        address.append(at.removeprefix("http://"))
        ready.set()

    def run():
        with pytest.raises(Enough):
            serve(Inbox("open sesame", ["abc"]), "127.0.0.1", 0, work, ready=tell, settle=0.3)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(5)
    yield address[0], pulls, thread
    thread.join(10)
    assert not thread.is_alive()


def post(host, body, **headers):
    connection = http.client.HTTPConnection(host, timeout=5)
    try:
        connection.request("POST", "/", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.slow
def test_the_events_of_a_publish_are_one_pull_and_the_answer_comes_at_once(listening):
    host, pulls, thread = listening
    start = time.monotonic()
    for number in range(3):
        assert post(host, json.dumps({**EVENT, "timestamp": str(number)})) == 200
    answered = time.monotonic()
    thread.join(10)
    (worked,) = pulls
    assert worked - answered > 0.2
    assert worked - start >= 0.3


@pytest.mark.slow
def test_large_bodies_are_refused_unread(listening):
    host, _, _ = listening
    assert post(host, b"", **{"Content-Length": str(2**40)}) == 413
    assert post(host, b"", **{"Content-Length": "many"}) == 411
    assert post(host, json.dumps(EVENT)) == 200
