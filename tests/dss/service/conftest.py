"""A project with a Figma of its own, without a network (``figma_world``); a PostgreSQL (``postgres``)."""

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import nullcontext
from copy import deepcopy
from pathlib import Path
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


@pytest.fixture(scope="session")
def postgres():
    """URL of a running server with an empty database; its tests are skipped where there is none."""
    if url := os.environ.get("DSS_TEST_POSTGRES"):
        yield url
        return
    pytest.importorskip("psycopg")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(programs[-1]) if programs else shutil.which("initdb")
    if found is None:
        pytest.skip("PostgreSQL is not installed, and DSS_TEST_POSTGRES names none")
    is_root = os.geteuid() == 0
    if is_root and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no runuser")
    as_user = ["runuser", "-u", "postgres", "--"] if is_root else []
    # A short path: the name of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="dss-pg-"))
    try:
        folder.chmod(0o700)
        if is_root:
            shutil.chown(folder, "postgres")
        control = [*as_user, str(Path(found).with_name("pg_ctl")), "-D", str(folder / "data"), "-w"]
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run(
            [*as_user, found, "-D", folder / "data", "-A", "trust", "-U", "dss", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        log = ["-l", str(folder / "log"), "-o", options]
        subprocess.run([*control, *log, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield f"postgresql://dss@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
