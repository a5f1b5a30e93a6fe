"""Builds a generated Storybook with npm, and serves it to this machine alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError, RemoteError

from .. import files

BUILT = "storybook-static"
STAMP = ".dss-lock"
"""In node_modules: the digest of the lock that was installed, so that a second build needs no network."""

MOST_LINES = 30
QUIET = {"STORYBOOK_DISABLE_TELEMETRY": "1", "CI": "1", "NO_UPDATE_NOTIFIER": "1", "DO_NOT_TRACK": "1"}
_OURS = ("FIGMA_TOKEN", "DSS_API_TOKEN")
"""Secrets that packages from a registry have no business with."""


class ToolMissingError(InputError):
    """Node or npm is not installed."""


class BuildFailedError(InputError):
    """Storybook refused to build."""


def build(folder: Path, step: Callable[[str], None]) -> Path:
    """Installs the pinned packages where they are not there yet, and builds; gives the folder with the pages.

    Raises:
        ToolMissingError: Node or npm is not installed.
        RemoteError: npm could not install.
        BuildFailedError: Storybook could not build.
    """
    npm = _npm()
    modules = folder / "node_modules"
    lock = folder / "package-lock.json"
    wanted = hashlib.sha256(files.read(lock)).hexdigest()
    if _installed(modules) != wanted:
        step("installing Storybook with npm: once, takes a minute")
        install = _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
        if install.returncode:
            hint = "the files are generated; run the command again once npm works"
            raise RemoteError(_failure("DSS552", "npm could not install the packages", install, hint))
        files.write({modules / STAMP: wanted.encode()})
    step("building Storybook")
    ended = _run([npm, "run", "--silent", "build"], folder)
    if ended.returncode or not (folder / BUILT / "index.html").is_file():
        raise BuildFailedError(_failure("DSS553", "Storybook could not be built", ended, "it needs Node 20 or newer"))
    return folder / BUILT


def _npm() -> str:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        message = "--build needs Node 20.19 or newer with npm, and they are not installed"
        hint = "install them, or build elsewhere: npm ci && npm run build"
        raise ToolMissingError(Diagnostic(code="DSS551", message=message, hint=hint))
    return npm


def _installed(modules: Path) -> str | None:
    try:
        return (modules / STAMP).read_text(encoding="utf-8")
    except OSError:
        return None


def _environment() -> Mapping[str, str]:
    return {**{name: value for name, value in os.environ.items() if name not in _OURS}, **QUIET}


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=dict(_environment()), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def _failure(code: str, message: str, ended: subprocess.CompletedProcess[str], hint: str | None) -> Diagnostic:
    lines = [line.rstrip() for line in ended.stdout.splitlines() if line.strip()]
    said = " | ".join(lines[-MOST_LINES:])
    return Diagnostic(
        code=code, message=f"{message} (status {ended.returncode}): {said}" if said else message, hint=hint
    )


class _Pages(SimpleHTTPRequestHandler):
    """Files only, none listed, nothing logged."""

    protocol_version = "HTTP/1.1"  # one connection for the many small files of a page
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".json": "application/json"}  # noqa: RUF012

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Refuses."""
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a progress line is not the place."""


def server(pages: Path, port: int) -> ThreadingHTTPServer:
    """A server of *pages* on the loopback interface, not yet running. Port 0 takes any free one.

    Raises:
        InputError: There is nothing to serve, or the port is taken.
    """
    if not (pages / "index.html").is_file():
        message = f"there is no built Storybook in {files.shown(pages)}"
        raise InputError(Diagnostic(code="DSS554", message=message, hint="build it with --build"))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Pages, directory=str(pages)))
    except OSError as error:
        message = f"port {port} cannot be used: {(error.strerror or str(error)).lower()}"
        raise InputError(Diagnostic(code="DSS559", message=message, hint="choose one with --port")) from error
