"""Makes the pictures of storybook.md: the demo's Storybook, built and opened in Chromium.

python docs/storybook_pictures.py        (needs npm and Chromium)
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from dss.service.storybook_build import BUILT, server

FOLDER = Path(__file__).parent / "images"
BROWSER = Path(__file__).parents[1] / "tests" / "storybook_gen" / "browser"
PAGES = {
    "storybook-overview": ("dss-overview--overview", {}),
    "storybook-roles": ("dss-roles--roles", {}),
    "storybook-contrast": ("dss-contrast--contrast", {"theme": "dark"}),
}
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Builds in a temporary folder and writes the pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        run([sys.executable, "-m", "dss", "demo", "demo"], place)
        run(
            [
                sys.executable,
                "-m",
                "dss",
                "storybook",
                "-c",
                "demo/dss.toml",
                "-o",
                "out",
                "--title",
                "Harbour",
                "--build",
            ],
            place,
        )
        for file in ("package.json", "package-lock.json"):
            shutil.copy(BROWSER / file, place)
        run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], place)
        with server(place / "out" / BUILT, 0) as running:
            threading.Thread(target=running.serve_forever, daemon=True).start()
            pages = [
                {"id": page, "globals": globals_, "screenshot": str(FOLDER / f"{picture}.png"), **SIZE}
                for picture, (page, globals_) in PAGES.items()
            ]
            base = f"http://127.0.0.1:{running.server_address[1]}"
            plan = {"base": base, "executable": chromium, "modules": str(place), "pages": pages}
            run(["node", str(BROWSER / "visit.mjs")], place, text=json.dumps(plan))
            running.shutdown()


def run(command: list[str], folder: Path, text: str | None = None) -> None:
    """Runs *command*; its failure ends everything."""
    environment = {**os.environ, "CI": "true"}
    subprocess.run(command, cwd=folder, env=environment, input=text, text=True, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
