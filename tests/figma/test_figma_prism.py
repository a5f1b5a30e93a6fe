"""Client and fake against Figma's own description of its API: every request and answer is checked by Prism.

Needs Node, ``@stoplight/prism-cli`` and ``@figma/rest-api-spec`` (``make test`` installs them below ``tests/tools``).
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from figma.client import FigmaClient
from figma.errors import FigmaAccessError, FigmaError, FigmaRateLimitError, FigmaRequestError
from figma.fake import FakeFigma, FakeFile
from figma.patience import Patience
from figma.push import plan_push, real_ids_in, requests_of
from figma.reader import read
from figma.styles import listed_styles, nodes_in, read_styles

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MODULES = Path(os.environ.get("DSS_TEST_NODE_MODULES", ROOT / "tests" / "tools" / "node_modules"))
PRISM = MODULES / ".bin" / "prism"
SPECIFICATION = MODULES / "@figma" / "rest-api-spec" / "openapi" / "openapi.yaml"
WAIT = 90

PATHS = [
    "/v1/files/{file_key}/variables/local",
    "/v1/files/{file_key}/variables/published",
    "/v1/files/{file_key}/variables",
    "/v1/files/{file_key}/meta",
    "/v1/files/{file_key}/nodes",
    "/v1/files/{file_key}/styles",
    "/v1/files/{file_key}/components",
    "/v1/files/{file_key}/component_sets",
    "/v1/files/{file_key}/versions",
    "/v1/files/{file_key}",
    "/v1/me",
]


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paths that we use, from the official file.

    Two changes: "exactly one of RGB and RGBA" can never hold, since every RGBA colour is an RGB colour as well; and the
    node tree, whose recursion takes Prism 20 s an answer, is any object.
    """
    if shutil.which("node") is None or not PRISM.exists() or not SPECIFICATION.exists():
        pytest.skip("needs node, @stoplight/prism-cli and @figma/rest-api-spec below tests/tools")
    document = yaml.load(SPECIFICATION.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    document["paths"] = {path: document["paths"][path] for path in PATHS}
    for schema in ("Node", "DocumentNode", "CanvasNode", "SubcanvasNode"):
        if schema in document["components"]["schemas"]:
            document["components"]["schemas"][schema] = {"type": "object"}
    file = tmp_path_factory.mktemp("prism") / "figma.json"
    file.write_text(json.dumps(relaxed(document), default=str), "utf-8")
    return file


def relaxed(value: Any) -> Any:
    """*value* with ``oneOf`` as ``anyOf`` where RGB and RGBA stand side by side, at any depth."""
    if isinstance(value, list):
        return [relaxed(part) for part in value]
    if not isinstance(value, dict):
        return value
    colors = {"#/components/schemas/RGB", "#/components/schemas/RGBA"}
    choices = value.get("oneOf")
    if isinstance(choices, list):
        named = {part.get("$ref") for part in choices}
        inside = json.dumps(choices, default=str)
        if colors <= named or all(color in inside for color in colors):
            value = {"anyOf" if key == "oneOf" else key: part for key, part in value.items()}
    return {key: relaxed(part) for key, part in value.items()}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def prism(*arguments: str, log: Path) -> Iterator[str]:
    """Run Prism until the block ends; its address."""
    port = free_port()
    command = ["node", str(PRISM.resolve()), *arguments, "-h", "127.0.0.1", "-p", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            ready(process, address, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"prism ended: {log.read_text('utf-8')[-2000:]}")
        try:
            httpx.get(f"{address}/v1/me", timeout=WAIT)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"prism was not ready after {WAIT} s: {log.read_text('utf-8')[-2000:]}")


@contextmanager
def served(service: FakeFigma) -> Iterator[str]:
    """The fake behind HTTP; its address."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            found = service.handle(self.command, self.path, dict(self.headers), self.rfile.read(length))
            self.send_response(found.status)
            for name, value in {**found.headers, "Content-Length": str(len(found.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found.body)

        do_GET = do_POST = answer  # noqa: N815 - the names are http.server's

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def client(address: str) -> FigmaClient:
    patience = Patience(retries=0, read_timeout=WAIT)
    return FigmaClient("figd_x", base_url=address, patience=patience)


@pytest.fixture
def service() -> FakeFigma:
    payload = json.loads((ROOT / "dss" / "demo" / "figma-local-variables.json").read_text("utf-8"))
    fake = FakeFigma({"KEY": FakeFile(payload)})
    person = {"id": "1", "handle": "Ada", "img_url": ""}
    style = {"key": "k", "file_key": "KEY", "node_id": "1:1", "style_type": "FILL", "name": "brand", "description": ""}
    style |= {"created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "user": person}
    style |= {"sort_position": "!", "thumbnail_url": ""}
    node = {"id": "1:1", "fills": [{"type": "SOLID", "color": {"r": 1, "g": 0, "b": 0, "a": 1}}]}
    entry = {"document": node, "components": {}, "componentSets": {}, "schemaVersion": 0, "styles": {}}
    head = {"name": "KEY", "role": "editor", "lastModified": "2026-01-01T00:00:00Z", "editorType": "figma"}
    fake.documents = {
        "KEY/styles": {"status": 200, "error": False, "meta": {"styles": [style]}},
        "KEY/nodes": {**head, "thumbnailUrl": "", "version": "1", "nodes": {"1:1": entry}},
    }
    return fake


def test_what_we_read_and_post_keeps_to_figmas_own_description(
    description: Path, service: FakeFigma, tmp_path: Path
) -> None:
    log = tmp_path / "prism.log"
    proxy = ("proxy", "--errors", str(description))
    with served(service) as fake, prism(*proxy, fake, log=log) as address, client(address) as figma:
        pull_push_pull(figma)
        service.publish("KEY")
        assert len(figma.published_variables("KEY")["meta"]["variables"]) > 100
        assert figma.file_meta("KEY")["file"]["version"] == "2"
        assert figma.me()["handle"] == "Ada"
        styles = listed_styles(figma.file_styles("KEY"))
        assert listed_styles(figma.file("KEY"))[0].name == "brand"
        tokens = read_styles(styles, nodes_in(figma.nodes("KEY", ["1:1"]))).tokens
        assert tokens[("brand",)]["$value"]["hex"] == "#ff0000"
        assert figma.file_components("KEY")["meta"]["components"] == []
        assert figma.file_component_sets("KEY")["meta"]["component_sets"] == []
        refusals(figma, service)


def pull_push_pull(figma: FigmaClient) -> None:
    """Every kind of entry that a push can hold."""
    fresh = figma.local_variables("KEY")
    base = read(fresh).files
    files = json.loads(json.dumps(base))
    layout = files["layout.tokens.json"]
    layout["space"]["8"]["$value"]["value"] = 9
    layout["space"]["9"] = {"$type": "dimension", "$value": {"value": 10, "unit": "px"}, "$description": "New."}
    layout["space"]["sixteen"] = layout["space"].pop("16")
    text = json.dumps(files).replace("{space.16}", "{space.sixteen}")
    files = json.loads(text)
    color = {"colorSpace": "srgb", "components": [0, 0.5, 1], "alpha": 0.5}
    files["theme.dark.tokens.json"]["text"]["link"]["$value"] = color
    files["primitives.tokens.json"]["color"]["tide"]["500"]["$extensions"]["com.figma"]["scopes"] = ["ALL_FILLS"]
    document = files["tokens.resolver.json"]
    document["modifiers"]["Density"]["contexts"]["Touch"] = []
    document["sets"]["Extra"] = {"sources": [{"$ref": "extra.json"}]}
    document["resolutionOrder"].append({"$ref": "#/sets/Extra"})
    files["extra.json"] = {"on": {"$type": "boolean", "$value": True}, "word": {"$type": "string", "$value": "Ahoi"}}
    plan = plan_push(files, fresh, base)
    assert [found for found in plan.diagnostics if found.severity == "error"] == []
    made: dict[str, str] = {}
    for body in requests_of(plan):
        assert len(body) == 4
        made |= figma.post_variables("KEY", real_ids_in(body, made))
    assert made
    fresh = figma.local_variables("KEY")
    assert plan_push(files, fresh, base).is_empty
    assert read(fresh).files["extra.tokens.json"]["word"]["$value"] == "Ahoi"


def refusals(figma: FigmaClient, service: FakeFigma) -> None:
    with pytest.raises(FigmaRequestError, match="Invalid variable name"):
        figma.post_variables("KEY", {"variables": [{"action": "UPDATE", "id": "VariableID:1:1", "name": "a.b"}]})
    service.limit_next(400)
    with pytest.raises(FigmaRateLimitError) as limited:
        figma.local_variables("KEY")
    assert limited.value.wait == 400
    service.enterprise = False
    with pytest.raises(FigmaAccessError) as refused:
        figma.local_variables("KEY")
    assert refused.value.code == "DSS402"


def test_the_client_reads_whatever_the_description_allows(description: Path, tmp_path: Path) -> None:
    calls: list[Callable[[FigmaClient], Any]] = [
        lambda figma: figma.local_variables("KEY"),
        lambda figma: figma.published_variables("KEY"),
        lambda figma: figma.file_meta("KEY"),
        lambda figma: figma.file_styles("KEY"),
        lambda figma: figma.file_components("KEY"),
        lambda figma: figma.versions("KEY"),
        lambda figma: figma.me(),
    ]
    with prism("mock", "--dynamic", str(description), log=tmp_path / "mock.log") as address, client(address) as figma:
        for call in calls:
            for _ in range(3):
                assert isinstance(call(figma), dict)
        for _ in range(10):
            document = figma.local_variables("KEY")
            pulled = read(document)  # random data of the right shape must never break the reader
            assert "tokens.resolver.json" in pulled.files


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_the_client_understands_every_error_of_the_description(mock: str, status: int) -> None:
    with client(mock) as figma:
        figma._http.headers["Prefer"] = f"code={status}"
        with pytest.raises(FigmaError) as failed:
            figma.local_variables("KEY")
    assert failed.value.status == status


@pytest.fixture(scope="module")
def mock(description: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prism("mock", str(description), log=tmp_path_factory.mktemp("mock") / "mock.log") as address:
        yield address
