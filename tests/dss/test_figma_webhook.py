"""Figma's webhooks: who may call, what is worth a pull, and that repeated events are one."""

import http.client
import json
import threading
import time

import pytest

from dss.server.figma_webhook import Receiver, serve

EVENT = {
    "event_type": "FILE_UPDATE", "passcode": "open sesame", "timestamp": "2026-01-01T00:00:00Z", "webhook_id": "1",
    "file_key": "abc",
}  # fmt: skip


def take(receiver, **more):
    return receiver.take(json.dumps({**EVENT, **more}).encode())


@pytest.mark.parametrize(("more", "answer"), [
    ({}, (200, True)),
    ({"event_type": "LIBRARY_PUBLISH"}, (200, True)),
    ({"event_type": "PING"}, (200, False)),
    ({"event_type": "FROM_THE_FUTURE"}, (200, False)),
    ({"file_key": "another"}, (200, False)),
    ({"passcode": "guess"}, (403, False)),
    ({"passcode": None}, (403, False)),
    ({"webhook_id": 22}, (200, True)),
], ids=str)  # fmt: skip
def test_an_event_is_answered_by_what_it_is(more, answer):
    assert take(Receiver("open sesame", "abc"), **more) == answer


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_what_is_no_event_is_refused(body):
    assert Receiver("p", "abc").take(body) == (400, False)


def test_an_event_that_figma_repeats_is_one_event():
    receiver = Receiver("open sesame", "abc")
    assert [take(receiver)[1], take(receiver)[1], take(receiver, timestamp="later")[1]] == [True, False, True]


@pytest.mark.slow
def test_the_events_of_a_publish_are_one_pull_and_the_answer_comes_at_once():
    pulls, ready = [], threading.Event()
    address = []

    def listening(at):
        address.append(at)
        ready.set()

    def work():
        pulls.append(time.monotonic())

    more = {"ready": listening, "settle": 0.3}
    threading.Thread(target=serve, args=("127.0.0.1", 0, "open sesame", "abc", work), kwargs=more, daemon=True).start()
    assert ready.wait(5)
    host = address[0].removeprefix("http://")
    start = time.monotonic()
    for number in range(3):
        connection = http.client.HTTPConnection(host, timeout=5)
        connection.request("POST", "/", json.dumps({**EVENT, "timestamp": str(number)}))
        assert connection.getresponse().status == 200
        connection.close()
    assert time.monotonic() - start < 0.3
    for _ in range(100):
        if pulls:
            break
        time.sleep(0.05)
    time.sleep(0.5)
    assert len(pulls) == 1
