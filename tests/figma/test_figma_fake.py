"""The fake behaves like the service, so client, reader and push meet over it as they meet over the network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from figma.client import FigmaClient
from figma.errors import FigmaAccessError, FigmaError, FigmaNotFoundError, FigmaRateLimitError, FigmaRequestError
from figma.fake import FakeFigma, FakeFile
from figma.fake.service import refused
from figma.push import plan_push, real_ids_in, requests_of
from figma.reader import read, read_files
from figma.styles import listed_styles, nodes_in, read_styles

ROOT = Path(__file__).parents[2]


@pytest.fixture
def service() -> FakeFigma:
    payload = json.loads((ROOT / "dss" / "demo" / "figma-local-variables.json").read_text("utf-8"))
    return FakeFigma({"KEY": FakeFile(payload)})


def client(service: FakeFigma, token: str = "figd_x", slept: list[float] | None = None) -> FigmaClient:
    def handle(request: httpx.Request) -> httpx.Response:
        answer = service.handle(request.method, request.url.raw_path.decode(), dict(request.headers), request.content)
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)

    waits = slept if slept is not None else []
    return FigmaClient(token, transport=httpx.MockTransport(handle), sleep=waits.append, random=lambda: 0.0)


def test_pull_edit_push_pull(service: FakeFigma) -> None:
    with client(service) as figma:
        fresh = figma.local_variables("KEY")
        base = read(fresh).files
        files = json.loads(json.dumps(base))
        files["layout.tokens.json"]["space"]["8"]["$value"]["value"] = 9
        files["layout.tokens.json"]["space"]["9"] = {"$type": "dimension", "$value": {"value": 10, "unit": "px"}}
        made: dict[str, str] = {}
        for body in requests_of(plan_push(files, fresh, base)):
            made |= figma.post_variables("KEY", real_ids_in(body, made))
        fresh = figma.local_variables("KEY")
        assert plan_push(files, fresh, base).is_empty
        again = read(fresh).files["layout.tokens.json"]["space"]
        assert (again["8"]["$value"]["value"], again["9"]["$value"]["value"]) == (9, 10)
        assert again["9"]["$extensions"]["com.figma"]["id"] in made.values()


def test_a_change_moves_the_version_that_the_cheap_request_tells(service: FakeFigma) -> None:
    with client(service) as figma:
        before = figma.file_meta("KEY")["file"]["version"]
        assert figma.file_meta("KEY")["file"]["version"] == before
        figma.post_variables("KEY", {"variables": [{"action": "UPDATE", "id": "VariableID:1:1", "description": "x"}]})
        assert figma.file_meta("KEY")["file"]["version"] != before


def test_publishing_lists_what_is_public_and_says_what_changed_since(service: FakeFigma) -> None:
    with client(service) as figma:
        assert figma.published_variables("KEY")["meta"]["variables"] == {}
        service.publish("KEY")
        nought = next(i for i, v in service.files["KEY"].variables.items() if v["name"] == "space/0")
        rename = {"action": "UPDATE", "id": nought, "name": "space/nought"}
        figma.post_variables("KEY", {"variables": [rename]})
        published, local = figma.published_variables("KEY"), figma.local_variables("KEY")
    assert not any("color/" in entry["name"] for entry in published["meta"]["variables"].values()), "hidden ones"
    told = [found for found in read_files({"p": published, "l": local}).diagnostics if found.code == "DSS442"]
    assert ['"space/nought"' in found.message for found in told] == [True]


def test_tokens_scopes_plans_and_seats(service: FakeFigma) -> None:
    service.tokens = {"figd_read": frozenset({"file_variables:read"}), "figd_all": frozenset({"file_variables:write"})}
    with client(service, "figd_read") as figma:
        figma.local_variables("KEY")
        for ask, code in (
            (lambda: figma.post_variables("KEY", {}), "DSS403"),
            (lambda: figma.me(), "DSS403"),
            (lambda: figma.local_variables("OTHER"), "DSS404"),
        ):
            with pytest.raises(FigmaError) as failed:
                ask()
            assert failed.value.code == code
        service.enterprise = False
        with pytest.raises(FigmaAccessError) as failed:
            figma.local_variables("KEY")
        assert failed.value.code == "DSS402"
    service.enterprise, service.editor = True, False
    with client(service, "figd_all") as figma, pytest.raises(FigmaAccessError) as failed:
        figma.post_variables("KEY", {})
    assert failed.value.code == "DSS405"
    with client(service, "figd_unknown") as figma, pytest.raises(FigmaAccessError) as failed:
        figma.local_variables("KEY")
    assert failed.value.code == "DSS407"


def test_failures_on_command(service: FakeFigma) -> None:
    slept: list[float] = []
    with client(service, slept=slept) as figma:
        service.limit_next(7, times=2)
        service.fail_next(refused(502, "Bad gateway"))
        figma.local_variables("KEY")
        assert slept == [7, 7, 2], "as asked twice, then the third backoff of 4 s, halved without jitter"
        service.limit_next(396749)
        with pytest.raises(FigmaRateLimitError):
            figma.local_variables("KEY")
    assert service.requests.count(("GET", "/v1/files/KEY/variables/local")) == 5


def test_a_refused_push_changes_nothing_and_says_why(service: FakeFigma) -> None:
    before = service.files["KEY"].local()
    with client(service) as figma, pytest.raises(FigmaRequestError) as failed:
        figma.post_variables("KEY", {"variables": [{"action": "UPDATE", "id": "VariableID:1:1", "name": "a.b"}]})
    assert failed.value.code == "DSS409"
    assert "Invalid variable name: a.b" in failed.value.diagnostics[0].message
    assert service.files["KEY"].local() == before


def test_styles_come_from_nodes(service: FakeFigma) -> None:
    style = {"key": "k", "node_id": "1:1", "style_type": "FILL", "name": "brand"}
    fills = [{"type": "SOLID", "color": {"r": 1, "g": 0, "b": 0, "a": 1}}]
    service.documents = {
        "KEY/styles": {"meta": {"styles": [style]}},
        "KEY/nodes": {"nodes": {"1:1": {"document": {"id": "1:1", "fills": fills}}}},
    }
    with client(service) as figma:
        listed = listed_styles(figma.file_styles("KEY"))
        assert listed_styles(figma.file("KEY")) == listed
        nodes = nodes_in(figma.nodes("KEY", [entry.node for entry in listed] + ["9:9"]))
        assert figma.file_components("KEY")["meta"]["components"] == []
    assert read_styles(listed, nodes).tokens[("brand",)]["$value"]["hex"] == "#ff0000"


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status"),
    [
        ("GET", "/v1/nothing", {"X-Figma-Token": "x"}, b"", 404),
        ("GET", "/v1/files/KEY/variables/local", {}, b"", 401),
        ("GET", "/v1/files/KEY/variables/local", {"authorization": "Bearer x"}, b"", 200),
        ("POST", "/v1/files/KEY/variables", {"x-figma-token": "x"}, b"{", 400),
        ("POST", "/v1/files/KEY/variables", {"x-figma-token": "x"}, b"[]", 400),
        ("POST", "/v1/files/KEY/variables", {"x-figma-token": "x"}, b" " * (4 * 1024 * 1024 + 1), 413),
        ("GET", "/v1/me", {"x-figma-token": "x"}, b"", 200),
    ],
)
def test_plain_http(service: FakeFigma, method: str, target: str, headers: Any, body: bytes, status: int) -> None:
    assert service.handle(method, target, headers, body).status == status


def test_an_unknown_file_is_told_in_the_shape_of_its_endpoint(service: FakeFigma) -> None:
    with client(service) as figma:
        for ask in (figma.local_variables, figma.file, figma.file_styles):
            with pytest.raises(FigmaNotFoundError):
                ask("NOPE")
