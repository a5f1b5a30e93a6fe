"""One method, one request: what is sent, what each answer means, how long it waits, and that the token stays secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from figma.client import GOVERNMENT_API, MOST_REQUEST_BYTES, FigmaClient
from figma.errors import (
    FigmaAccessError,
    FigmaAnswerError,
    FigmaError,
    FigmaNotFoundError,
    FigmaRateLimitError,
    FigmaRequestError,
    FigmaServerError,
    FigmaSourceError,
)
from figma.keys import FileAddress, parse_address
from figma.patience import Patience, Wait, human

TOKEN = "figd_" + "Sup3rSecret" * 3
API = "https://api.figma.com"
LOCAL = f"{API}/v1/files/KEY/variables/local"
POST = f"{API}/v1/files/KEY/variables"
EMPTY = {"status": 200, "error": False, "meta": {"variables": {}, "variableCollections": {}}}


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.told: list[Wait] = []

    def client(self, **options: Any) -> FigmaClient:
        settings: dict[str, Any] = {"sleep": self.slept.append, "random": lambda: 0.5, "on_wait": self.told.append}
        return FigmaClient(options.pop("token", TOKEN), **(settings | options))


@pytest.fixture
def clock() -> Clock:
    return Clock()


# --- what is sent --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "address"),
    [
        (lambda c: c.local_variables("KEY"), "/v1/files/KEY/variables/local"),
        (lambda c: c.published_variables("KEY"), "/v1/files/KEY/variables/published"),
        (lambda c: c.file("KEY"), "/v1/files/KEY?depth=1"),
        (lambda c: c.file("KEY", depth=None, ids=["1:2", "3:4"]), "/v1/files/KEY?ids=1%3A2%2C3%3A4"),
        (lambda c: c.nodes("KEY", ["1:2"]), "/v1/files/KEY/nodes?ids=1%3A2"),
        (lambda c: c.file_meta("KEY"), "/v1/files/KEY/meta"),
        (lambda c: c.versions("KEY"), "/v1/files/KEY/versions?page_size=50"),
        (lambda c: c.file_styles("KEY"), "/v1/files/KEY/styles"),
        (lambda c: c.file_components("KEY"), "/v1/files/KEY/components"),
        (lambda c: c.file_component_sets("KEY"), "/v1/files/KEY/component_sets"),
        (lambda c: c.style("a/../b"), "/v1/styles/a%2F..%2Fb"),
        (lambda c: c.me(), "/v1/me"),
    ],
)
def test_one_method_is_one_request(clock: Clock, call: Callable[[FigmaClient], Any], address: str) -> None:
    with respx.mock as router, clock.client() as client:
        route = router.get(url__startswith=API).respond(json={"ok": True})
        assert call(client) == {"ok": True}
    (sent,) = [call.request for call in route.calls]
    assert sent.url.raw_path.decode() == address
    assert sent.headers["x-figma-token"] == TOKEN
    assert "authorization" not in sent.headers


@pytest.mark.parametrize("token", ["Bearer abc", "bearer abc", "  Bearer abc \n"])
def test_oauth_tokens_travel_as_bearer(clock: Clock, token: str) -> None:
    with respx.mock as router, clock.client(token=token) as client:
        route = router.get(LOCAL).respond(json=EMPTY)
        client.local_variables("KEY")
    (sent,) = [call.request for call in route.calls]
    assert sent.headers["authorization"] == "Bearer abc"
    assert "x-figma-token" not in sent.headers


def test_the_connection_is_used_again_and_the_government_has_its_own_host(clock: Clock) -> None:
    with respx.mock as router, clock.client(base_url=GOVERNMENT_API + "/") as client:
        route = router.get("https://api.figma-gov.com/v1/me").respond(json={})
        client.me()
        client.me()
    assert route.call_count == 2


def test_a_push_is_one_post_and_gives_the_real_ids(clock: Clock) -> None:
    body = {"variableModeValues": [{"variableId": "V:1", "modeId": "1:0", "value": "ü"}]}
    with respx.mock as router, clock.client() as client:
        route = router.post(POST).respond(
            json={"status": 200, "error": False, "meta": {"tempIdToRealId": {"tmp:1": "V:9"}}}
        )
        assert client.post_variables("KEY", body) == {"tmp:1": "V:9"}
    (sent,) = [call.request for call in route.calls]
    assert json.loads(sent.content) == body
    assert sent.headers["content-type"] == "application/json"


def test_what_figma_would_refuse_is_not_sent(clock: Clock) -> None:
    with respx.mock as router, clock.client() as client:
        with pytest.raises(FigmaRequestError) as refused:
            client.post_variables("KEY", {"variables": [{"description": "x" * MOST_REQUEST_BYTES}]})
        assert refused.value.code == "DSS410"
        with pytest.raises(ValueError, match="101 node ids"):
            client.nodes("KEY", ["1:1"] * 101)
    assert not router.calls


@pytest.mark.parametrize(
    "address", ["http://api.figma.com", "ftp://x", "api.figma.com", "http://localhost.evil.example"]
)
def test_the_token_never_travels_in_the_clear(address: str) -> None:
    with pytest.raises(FigmaRequestError) as refused:
        FigmaClient(TOKEN, base_url=address)
    assert refused.value.code == "DSS417"


@pytest.mark.parametrize("address", ["http://127.0.0.1:4010", "http://localhost:4010", "http://[::1]:4010"])
def test_tests_may_use_loopback(address: str) -> None:
    FigmaClient(TOKEN, base_url=address).close()


@pytest.mark.parametrize("token", ["", "  ", "figd_ü", "figd_a\nX-Evil: 1"])
def test_without_a_usable_token_nothing_is_sent(token: str) -> None:
    with pytest.raises(FigmaAccessError) as refused:
        FigmaClient(token)
    assert refused.value.code == "DSS401"
    assert "FIGMA_TOKEN" in (refused.value.diagnostics[0].hint or "")


# --- what answers mean ---------------------------------------------------------------------------------------------


def variables_shape(status: int, text: str) -> httpx.Response:
    return httpx.Response(status, json={"status": status, "error": True, "message": text})


def files_shape(status: int, text: str) -> httpx.Response:
    return httpx.Response(status, json={"status": status, "err": text})


ANSWERS = [
    (
        variables_shape(400, "Duplicate variable name: a/b"),
        FigmaRequestError,
        "DSS409",
        "Duplicate variable name: a/b",
        "depth",
    ),
    (variables_shape(401, "Unauthorized"), FigmaAccessError, "DSS401", "Unauthorized", "FIGMA_TOKEN"),
    (variables_shape(403, "Limited by Figma plan"), FigmaAccessError, "DSS402", "plan", "pull KEY --from-file"),
    (variables_shape(403, "INCORRECT ACCOUNT TYPE"), FigmaAccessError, "DSS402", "plan", "plugin"),
    (
        variables_shape(403, "Invalid scope(s): file_content:read. This endpoint requires file_variables:read"),
        FigmaAccessError,
        "DSS403",
        "lacks a scope",
        "file_variables:read",
    ),
    (variables_shape(403, "Insufficient file permissions"), FigmaAccessError, "DSS405", "owner may not", "edit access"),
    (
        variables_shape(403, "API only available for design files"),
        FigmaAccessError,
        "DSS406",
        "no design file",
        "FigJam",
    ),
    (files_shape(403, "Invalid token"), FigmaAccessError, "DSS407", "expired", "FIGMA_TOKEN"),
    (files_shape(403, "Token expired"), FigmaAccessError, "DSS407", "Token expired", "FIGMA_TOKEN"),
    (variables_shape(403, "Something new"), FigmaAccessError, "DSS408", "Something new", "file_variables:read"),
    (files_shape(404, "Not found"), FigmaNotFoundError, "DSS404", "token may not see it", "file key"),
    (variables_shape(413, "Request too large"), FigmaRequestError, "DSS410", "too large", "4 MB"),
    (httpx.Response(403), FigmaAccessError, "DSS408", "forbids it", "an expired token"),
    (httpx.Response(403, html="<html><title>Forbidden"), FigmaAccessError, "DSS408", "forbids it", "the plan"),
    (
        httpx.Response(422, json={"type": "https://stoplight.io/prism/errors#VALIDATION", "title": "Invalid"}),
        FigmaRequestError,
        "DSS415",
        "422",
        "base URL",
    ),
    (variables_shape(418, "teapot"), FigmaRequestError, "DSS415", "teapot", "base URL"),
    (
        httpx.Response(302, headers={"location": "https://evil.example"}),
        FigmaRequestError,
        "DSS415",
        "redirect",
        "base URL",
    ),
    (variables_shape(500, "Internal server error"), FigmaServerError, "DSS412", "500", "try again later"),
    (httpx.Response(502, html="<html>502 Bad Gateway"), FigmaServerError, "DSS412", "502", "status.figma.com"),
    (httpx.Response(503), FigmaServerError, "DSS412", "503", "try again later"),
    (httpx.Response(504, text="upstream"), FigmaServerError, "DSS412", "upstream", "try again later"),
    (httpx.Response(200, html="<html>Log in to the wifi"), FigmaAnswerError, "DSS414", "no JSON object", "base URL"),
    (httpx.Response(200, json=[1]), FigmaAnswerError, "DSS414", "no JSON object", "base URL"),
    (httpx.Response(200, text="[" * 100_000), FigmaAnswerError, "DSS414", "no JSON object", "base URL"),
    (httpx.Response(200, content=b""), FigmaAnswerError, "DSS414", "no JSON object", "base URL"),
]


@pytest.mark.parametrize(("answer", "kind", "code", "says", "remedy"), ANSWERS)
def test_every_answer_has_its_own_message_and_remedy(
    clock: Clock, answer: httpx.Response, kind: type[FigmaError], code: str, says: str, remedy: str
) -> None:
    with respx.mock as router, clock.client() as client:
        router.get(LOCAL).mock(return_value=answer)
        with pytest.raises(kind) as failed:
            client.local_variables("KEY")
    (found,) = failed.value.diagnostics
    assert (found.code, failed.value.exit_status) == (code, 3)
    assert "GET /v1/files/KEY/variables/local" in found.message
    assert says in found.message
    assert remedy in (found.hint or "")
    assert "token is wrong" not in found.message or code == "DSS407"


def test_the_recorded_error_answers_are_all_understood(clock: Clock, team_data: Path) -> None:
    files = sorted((team_data / "figma" / "handmade" / "errors").glob("*.json"))
    assert files
    for file in files:
        recorded = json.loads(file.read_text("utf-8"))
        body = recorded["body"]
        content = body if isinstance(body, str) else json.dumps(body)
        answer = httpx.Response(recorded["status"], headers=recorded["headers"], text=content)
        with respx.mock as router, clock.client(patience=Patience(retries=0)) as client:
            router.get(LOCAL).mock(return_value=answer)
            with pytest.raises(FigmaError) as failed:
                client.local_variables("KEY")
        assert failed.value.status == recorded["status"], file.name
        assert failed.value.diagnostics[0].code != "DSS415", file.name


def test_a_large_answer_is_cut_off_and_a_damaged_one_told(clock: Clock) -> None:
    with respx.mock as router, clock.client(most_bytes=1000) as client:
        router.get(LOCAL).respond(content=b"x" * 1001)
        with pytest.raises(FigmaAnswerError, match="larger than 1000 bytes"):
            client.local_variables("KEY")
    stream = httpx.ByteStream(b"no gzip")
    damaged = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=stream)
    transport = httpx.MockTransport(lambda _: damaged)
    with clock.client(transport=transport) as client, pytest.raises(FigmaAnswerError, match="damaged"):
        client.local_variables("KEY")


def test_an_answer_that_drips_forever_is_given_up(clock: Clock) -> None:
    ticks = iter(range(0, 100_000, 100))

    def drip(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Drip())

    class Drip(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            while True:
                yield b" "

    transport = httpx.MockTransport(drip)
    options = {
        "transport": transport,
        "clock": lambda: next(ticks),
        "most_bytes": 1000,
        "patience": Patience(retries=0),
    }
    with clock.client(**options) as client, pytest.raises(FigmaServerError, match="no answer in time"):
        client.local_variables("KEY")


# --- how long it waits ---------------------------------------------------------------------------------------------


def limited(wait: str | None, **headers: str) -> httpx.Response:
    sent = {"X-Figma-Plan-Tier": "enterprise", "X-Figma-Rate-Limit-Type": "high"} | headers
    if wait is not None:
        sent["Retry-After"] = wait
    return httpx.Response(429, headers=sent, json={"status": 429, "err": "Rate limit exceeded"})


def test_a_short_limit_is_waited_for_as_asked(clock: Clock) -> None:
    with respx.mock as router, clock.client() as client:
        router.get(LOCAL).mock(side_effect=[limited("17"), limited("2"), httpx.Response(200, json=EMPTY)])
        assert client.local_variables("KEY") == EMPTY
    assert clock.slept == [17.5, 2.5], "never less than asked"
    assert [(wait.attempt, wait.reason) for wait in clock.told] == [
        (2, "Figma asks to wait"),
        (3, "Figma asks to wait"),
    ]


def test_a_limit_without_a_time_backs_off(clock: Clock) -> None:
    with respx.mock as router, clock.client() as client:
        router.get(LOCAL).mock(
            side_effect=[limited(None), limited("soon"), limited("-5"), httpx.Response(200, json=EMPTY)]
        )
        client.local_variables("KEY")
    assert clock.slept == [0.75, 1.5, 3.0]


def test_a_long_limit_is_told_instead_of_waited_for(clock: Clock) -> None:
    with respx.mock as router, clock.client() as client:
        answer = limited("396749", **{"X-Figma-Plan-Tier": "pro", "X-Figma-Rate-Limit-Type": "low"})
        route = router.get(LOCAL).mock(return_value=answer)
        with pytest.raises(FigmaRateLimitError) as failed:
            client.local_variables("KEY")
    assert (route.call_count, clock.slept) == (1, [])
    assert (failed.value.wait, failed.value.plan_tier, failed.value.limit_type) == (396749, "pro", "low")
    message = failed.value.diagnostics[0].message
    assert "4.6 days" in message
    assert "plan is pro" in message
    assert "View or Collab seat" in message


def test_attempts_and_waits_have_an_end(clock: Clock) -> None:
    with respx.mock as router, clock.client(patience=Patience(retries=3)) as client:
        route = router.get(LOCAL).mock(return_value=limited("1"))
        with pytest.raises(FigmaRateLimitError):
            client.local_variables("KEY")
        assert route.call_count == 4
    clock = Clock()
    with respx.mock as router, clock.client(patience=Patience(retries=99, budget=600)) as client:
        router.get(LOCAL).mock(return_value=limited("250"))
        with pytest.raises(FigmaRateLimitError):
            client.local_variables("KEY")
        with pytest.raises(FigmaRateLimitError):
            client.local_variables("KEY")
    assert sum(clock.slept) <= 600, "one budget for all requests of a pull"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_reads_are_repeated_when_figma_fails(clock: Clock, status: int) -> None:
    with respx.mock as router, clock.client() as client:
        router.get(LOCAL).mock(side_effect=[httpx.Response(status), httpx.Response(200, json=EMPTY)])
        assert client.local_variables("KEY") == EMPTY
    assert clock.slept == [0.75]


@pytest.mark.parametrize("fault", [httpx.ReadTimeout, httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError])
def test_reads_are_repeated_when_the_network_fails(clock: Clock, fault: type[httpx.TransportError]) -> None:
    with respx.mock as router, clock.client() as client:
        router.get(LOCAL).mock(side_effect=[fault("x"), httpx.Response(200, json=EMPTY)])
        assert client.local_variables("KEY") == EMPTY
        router.get(LOCAL).mock(side_effect=fault("x"))
        with pytest.raises(FigmaServerError) as failed:
            client.local_variables("KEY")
    assert failed.value.diagnostics[0].code == "DSS413"


def test_a_write_that_may_have_arrived_is_not_repeated(clock: Clock) -> None:
    with respx.mock as router, clock.client() as client:
        for answer in (httpx.Response(500), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x")):
            route = router.post(POST).mock(side_effect=[answer])
            before = route.call_count
            with pytest.raises(FigmaServerError) as failed:
                client.post_variables("KEY", {})
            assert route.call_count == before + 1
            assert "may have been applied" in (failed.value.diagnostics[0].hint or "")
    assert clock.slept == []


def test_a_write_that_cannot_have_arrived_is_repeated(clock: Clock) -> None:
    done = httpx.Response(200, json={"meta": {}})
    with respx.mock as router, clock.client() as client:
        router.post(POST).mock(side_effect=[limited("3"), httpx.ConnectError("x"), done])
        assert client.post_variables("KEY", {}) == {}
    assert len(clock.slept) == 2


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 s"), (17, "17 s"), (89, "89 s"), (300, "5 min"), (7300, "2 hours"), (396749, "4.6 days")],
)
def test_waits_are_told_in_human_units(seconds: float, text: str) -> None:
    assert human(seconds) == text


# --- the secret ----------------------------------------------------------------------------------------------------


def test_the_token_appears_nowhere(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = variables_shape(403, f"Invalid token {TOKEN}")
    shown: list[str] = []
    with respx.mock as router, clock.client() as client:
        shown += [
            repr(client),
            str(client),
            repr(vars(client)),
            repr(client._http.headers),
            repr(client._http.__dict__),
        ]
        for answer in (echo, httpx.ConnectError(f"bad header {TOKEN}"), httpx.Response(200, text=TOKEN)):
            router.get(LOCAL).mock(side_effect=[answer] * 5)
            with pytest.raises(FigmaError) as failed:
                client.local_variables("KEY")
            error = failed.value
            shown += [repr(error), str(error), repr(error.diagnostics), repr(error.__cause__), repr(vars(error))]
    shown += [record.getMessage() for record in caplog.records]
    assert not [text for text in shown if TOKEN in text]


# --- keys ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("AbCdEf0123456789abcdEF", FileAddress("AbCdEf0123456789abcdEF")),
        (" https://www.figma.com/design/AbCdEf0123/My-File?node-id=1-2&t=x ", FileAddress("AbCdEf0123", node="1:2")),
        ("https://www.figma.com/file/AbCdEf0123/Old", FileAddress("AbCdEf0123")),
        ("figma.com/design/AbCdEf0123", FileAddress("AbCdEf0123")),
        ("https://www.figma-gov.com/design/AbCdEf0123/x", FileAddress("AbCdEf0123")),
        (
            "https://www.figma.com/design/AbCdEf0123/branch/ZyXwVu9876/Name",
            FileAddress("ZyXwVu9876", main_key="AbCdEf0123"),
        ),
    ],
)
def test_keys_are_found_in_addresses(text: str, address: FileAddress) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text", ["", "a b", "https://evil.example/design/AbCdEf0123", "https://www.figma.com/files/recent"]
)
def test_what_names_no_file_is_refused(text: str) -> None:
    with pytest.raises(FigmaSourceError) as refused:
        parse_address(text)
    assert refused.value.code == "DSS416"
