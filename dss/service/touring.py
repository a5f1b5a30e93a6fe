"""What ``dss demo`` does: the shipped Figma answer -> tokens -> stylesheets, in a folder of its own."""

from __future__ import annotations

from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from dss_tokens.resolve.permutations import Permutations

DEMO = "figma-local-variables.json"

CONFIG = """\
[project]
name = "harbour"
resolver = "tokens/tokens.resolver.json"

[figma]
out = "tokens"

[platform.css]
format = "css/variables"
out = "build/tokens.css"

[platform.scss]
format = "scss/variables"
out = "build/_tokens.scss"

[platform.json]
format = "json/nested"
out = "build/tokens.json"

[storybook]
out = "storybook"
"""


def demo_payload() -> bytes:
    """The shipped answer of ``GET /v1/files/:key/variables/local``: the design system of an invented product."""
    return (resources("dss") / "demo" / DEMO).read_bytes()


def sample_colors(permutations: Permutations, most: int = 8) -> list[tuple[str, dict[str, Any]]]:
    """The first semantic colours, as ``(context, path -> color value)``: what a person should see change."""
    base = permutations.base.tokens
    paths = [path for path, token in base.items() if token.type == "color" and token.alias is not None][:most]
    rows = [("default", {path: base[path].value for path in paths})]
    for other in permutations.others:
        if len(other.inputs) == 1 and any(path in other.differing for path in paths):
            (choice,) = other.inputs.items()
            rows.append(("=".join(choice), {path: other.tokens[path].value for path in paths}))
    return rows


def demo_files(folder: Path, payload: bytes) -> dict[Path, bytes]:
    """The project file and the payload, to be looked at."""
    return {folder / "dss.toml": CONFIG.encode(), folder / DEMO: payload}
