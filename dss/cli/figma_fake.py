"""``dss figma fake``."""

from __future__ import annotations

from pathlib import Path

import click

from .output import note


@click.command("fake")
@click.argument("payloads", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=int, default=8765, show_default=True, help="The port; 0 takes a free one.")
@click.option("--starter", is_flag=True, help="Answer as a plan without the variables API does.")
def command(payloads: tuple[Path, ...], host: str, port: int, starter: bool) -> None:
    """Serve a Figma of our own, for tests and demos: the variables endpoints over PAYLOADs, with state.

    Each PAYLOAD is an answer of GET variables/local; its file key is the file's stem. Without one the demo's is served
    as the key "harbourHarbour".

    \b
    Example:
      dss figma fake --port 8765 &
      FIGMA_TOKEN=any dss figma pull harbourHarbour --base-url http://127.0.0.1:8765
    """
    import gc
    import json

    from .. import files, wiring
    from ..server.fake_figma import serve
    from ..service.touring import demo_payload

    gc.enable()
    found = {path.stem: json.loads(files.read(path)) for path in payloads}
    fake = wiring.fake_figma(found or {"harbourHarbour": json.loads(demo_payload())})
    fake.enterprise = not starter
    serve(fake, host, port, lambda address: note(f"serving {', '.join(fake.files)} at {address}"))
