"""A complete Storybook around the stories: pinned packages, configuration, nothing that asks the network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dss_tokens.output import OutputFile

from .pages import TITLE_ORDER
from .templating import render, shipped

FOLDER = "dss-tokens"
"""Our own folder inside a Storybook."""

FRAMEWORKS = {
    "html-vite": "@storybook/html-vite",
    "web-components-vite": "@storybook/web-components-vite",
    "react-vite": "@storybook/react-vite",
}
"""Name -> package. The stories return DOM nodes; only React needs another way to mount them."""


def _order(parts: Sequence[Any]) -> list[Any]:
    return [list(part) if isinstance(part, tuple) else part for part in parts]


def project_files(framework: str) -> list[OutputFile]:
    """The files around :data:`FOLDER`. Equal for every project but for the framework."""
    return [
        OutputFile("package.json", shipped(f"frameworks/{framework}/package.json")),
        OutputFile("package-lock.json", shipped(f"frameworks/{framework}/package-lock.json")),
        OutputFile(".gitignore", "node_modules/\nstorybook-static/\n"),
        OutputFile(".storybook/main.js", render("main.js.j2", framework=FRAMEWORKS[framework], folder=FOLDER)),
        OutputFile(".storybook/preview.js", render("project_preview.js.j2", folder=FOLDER, order=_order(TITLE_ORDER))),
        OutputFile(".storybook/manager.js", render("manager.js.j2", folder=FOLDER)),
    ]


def lock_of(framework: str) -> dict[str, Any]:
    """The pinned packages of a framework."""
    found: dict[str, Any] = json.loads(shipped(f"frameworks/{framework}/package-lock.json"))
    return found
