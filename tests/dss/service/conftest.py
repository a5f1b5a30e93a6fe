"""A project with a Figma of its own, without a network: ``figma_world(root, payload)``."""

import json
from contextlib import nullcontext
from copy import deepcopy
from urllib.parse import quote

import pytest

from dss import wiring
from dss.project import Project
from dss_tokens.merge import strategies
from figma.client import FigmaClient
from figma.fake import FakeFigma, FakeFile

KEY = "abcdefghij"


class Transport:
    """Hands requests of the real client to the fake."""

    def __init__(self, fake):
        self.fake = fake

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        pass

    def close(self):
        pass

    def handle_request(self, request):
        import httpx

        target = request.url.raw_path.decode()
        answer = self.fake.handle(request.method, target, dict(request.headers), request.read())
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)


class World:
    """A token folder and a Figma file."""

    def __init__(self, root, payload, **more):
        self.fake = FakeFigma({KEY: FakeFile(deepcopy(payload))})
        self.root = root
        self.project = wiring.figma_project(Project(root), root / "tokens", key=KEY, **more)
        self.client = FigmaClient("figd_secret", transport=Transport(self.fake), sleep=lambda seconds: None)
        self.project.connect = lambda: nullcontext(self.client)

    @property
    def folder(self):
        return self.root / "tokens"

    def pull(self, strategy="manual", **more):
        decide = strategies.get(strategy) if isinstance(strategy, str) else strategy
        plan = self.project.plan_pull(strategy=decide, **more)
        if plan is not None and not plan.conflicts:
            self.project.apply(plan)
        return plan

    def push(self, **more):
        """Posts what differs; gives the bodies."""
        plan = self.project.plan_push(self.client, delete=False, **{"overwrite": False, **more})
        assert plan.conflicts == []
        bodies = self.project.adapter.push.requests_of(plan)
        if bodies:
            self.project.push(self.client, plan)
        return bodies

    def figma(self, **body):
        """Somebody edits in Figma."""
        self.client.post_variables(quote(KEY), body)

    def files(self):
        return {path.name: path.read_bytes() for path in sorted(self.folder.iterdir())}

    def document(self, name):
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def edit(self, name, change):
        document = self.document(name)
        change(document)
        (self.folder / name).write_text(json.dumps(document, indent=2), encoding="utf-8")


@pytest.fixture(scope="session")
def figma_world():
    return World
