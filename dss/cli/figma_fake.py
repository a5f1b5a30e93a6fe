"""``dss figma fake``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import click

from .options import json_option
from .output import emit_json, note


class Refusals(NamedTuple):
    """``--fail``: which status, for how many requests, after how many seconds to come again."""

    status: int
    times: int
    seconds: int


def _refusals(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> list[Refusals]:
    found = []
    for value in values:
        parts = value.split(":")
        if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise click.BadParameter(f"'{value}' is not STATUS[:TIMES[:SECONDS]]", ctx=context, param=parameter)
        status, times, seconds = (*map(int, parts), *(0, 1, 1)[len(parts) :])
        if not 400 <= status <= 599:
            raise click.BadParameter(f"{status} is no status of an error", ctx=context, param=parameter)
        found.append(Refusals(status, times, seconds))
    return found


@click.command("fake")
@click.argument("payloads", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8765, show_default=True, help="The port; 0 takes a free one.")
@click.option("--starter", is_flag=True, help="Answer as a plan without the variables API does.")
@click.option("--viewer", is_flag=True, help="Answer as somebody who may not edit the file.")
@click.option("--modes", type=click.IntRange(1, 40), default=40, show_default=True, help="Modes that the plan allows.")
@click.option("--scope", "scopes", multiple=True, metavar="SCOPE", help="A scope of the token; without any it has all.")
@click.option("--fail", "refusals", multiple=True, metavar="STATUS[:TIMES[:SECONDS]]", callback=_refusals,
              help="Refuse the next requests, e.g. 500:2, or 429:3:60: come again after 60 s; repeatable.")  # fmt: skip
@json_option
def command(
    payloads: tuple[Path, ...], host: str, port: int, starter: bool, viewer: bool, modes: int,
    scopes: tuple[str, ...], refusals: list[Refusals], as_json: bool,
) -> None:  # fmt: skip
    """Serve a Figma of our own, for tests and demos: it keeps what is posted and has the rules of the real one.

    Each PAYLOAD is an answer of GET variables/local; its file key is the file's stem. KEY.styles.json, KEY.nodes.json,
    KEY.components.json and KEY.component_sets.json are what those endpoints answer. Without a PAYLOAD the demo's file
    is served as the key "harbourHarbour".

    \b
    Example:
      dss figma fake --port 8765 --fail 429:2:3 &
      FIGMA_TOKEN=any dss figma pull harbourHarbour --base-url http://127.0.0.1:8765
    """
    import gc
    import sys

    from .. import wiring
    from ..server.fake_figma import serve

    gc.enable()
    files, documents = _payloads(payloads)
    fake = wiring.fake_figma(files, most_modes=modes)
    fake.documents, fake.enterprise, fake.editor = documents, not starter, not viewer
    if scopes:
        fake.any_token_scopes = frozenset(scopes)
    for refusal in refusals:
        fake.refuse_next(refusal.status, refusal.times, refusal.seconds)

    def ready(address: str) -> None:
        if as_json:
            emit_json({"url": address, "files": list(fake.files), "diagnostics": []})
            sys.stdout.flush()
        note(f"serving {', '.join(fake.files)} at {address}")

    serve(fake, host, port, ready)


_ENDPOINTS = ("styles", "nodes", "components", "component_sets")


def _payloads(paths: tuple[Path, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """File key -> variables, and what other endpoints answer."""
    import json

    from dss_tokens.diagnostics import Diagnostic
    from dss_tokens.errors import InputError

    from .. import files
    from ..service.touring import demo_payload

    found: dict[str, Any] = {}
    documents: dict[str, Any] = {}
    for path in paths:
        try:
            document = json.loads(files.read(path))
        except ValueError as error:
            message = f"not JSON: {error}"
            raise InputError(Diagnostic(code="DSS101", message=message, file=files.shown(path))) from error
        key, dot, endpoint = path.stem.rpartition(".")
        if dot and endpoint in _ENDPOINTS:
            documents[f"{key}/{endpoint}"] = document
        else:
            found[path.stem] = document
    if not found:
        found = {name.partition("/")[0]: {"meta": {}} for name in documents}
    if not found:
        found = {"harbourHarbour": json.loads(demo_payload())}
    return found, documents
