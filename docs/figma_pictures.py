"""Makes the pictures of figma/sync.md: what the commands print at a terminal, as SVG.

python docs/figma_pictures.py
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from typing import Any

from dss.service.touring import demo_payload

FOLDER = Path(__file__).parent / "images"
COLUMNS = 100


def main() -> None:
    """Plays a conflict in a temporary folder and writes the pictures."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "dss.toml").write_text('[project]\nname = "harbour"\nsources = ["tokens/**/*.json"]\n')
        (place / "monday.json").write_bytes(demo_payload())
        told("dss figma pull --from-file monday.json", place)
        edit_here(place)
        edit_in_figma(place)
        for picture, command, answers in (
            ("figma-diff", "dss figma diff --from-file tuesday.json", ""),
            ("figma-conflict", "dss figma pull --from-file tuesday.json --no-interactive", ""),
            ("figma-interview", "dss figma pull --from-file tuesday.json", "rl"),
        ):
            (FOLDER / f"{picture}.svg").write_text(drawn(command, told(command, place, answers)), encoding="utf-8")


def edit_here(place: Path) -> None:
    """A person darkens a colour, changes a space and a radius."""
    primitives, layout = (place / "tokens" / f"{name}.tokens.json" for name in ("primitives", "layout"))
    change(primitives, "color.coral.500", {"colorSpace": "srgb", "components": [0.8, 0.2, 0.2], "alpha": 1})
    change(layout, "space.8", {"value": 10, "unit": "px"})
    change(layout, "radius.md", {"value": 6, "unit": "px"})


def change(path: Path, token: str, value: Any) -> None:
    """Writes a token's value."""
    document = node = json.loads(path.read_text("utf-8"))
    for name in token.split("."):
        node = node[name]
    node["$value"] = value
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def edit_in_figma(place: Path) -> None:
    """A designer changes the same colour and the same space, and renames another colour."""
    answer = json.loads((place / "monday.json").read_text("utf-8"))
    named = {found["name"]: found for found in answer["meta"]["variables"].values()}
    for name, value in (("color/coral/500", {"r": 1, "g": 0.5, "b": 0.25, "a": 1}), ("space/8", 12)):
        named[name]["valuesByMode"] = dict.fromkeys(named[name]["valuesByMode"], value)
    named["color/coral/950"]["name"] = "color/coral/darkest"
    (place / "tuesday.json").write_text(json.dumps(answer), encoding="utf-8")


def told(command: str, place: Path, answers: str = "") -> str:
    """What a command prints at a terminal; each of *answers* is typed when it asks."""
    main_end, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}
    for name in ("NO_COLOR", "CI"):
        environment.pop(name, None)
    words = [sys.executable, "-m", *command.split()]
    run = subprocess.Popen(words, cwd=place, env=environment, stdin=other, stdout=other, stderr=other)
    os.close(other)
    text, left = b"", list(answers)
    while True:
        try:
            select.select([main_end], [], [])
            chunk = os.read(main_end, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            break
        text += chunk
        if left and text.rstrip().endswith(b":") and b"]" in text.rsplit(b"\n", 1)[-1]:
            os.write(main_end, f"{left.pop(0)}\n".encode())
    run.wait()
    os.close(main_end)
    return text.decode().replace("\r\n", "\n")


def drawn(command: str, text: str) -> str:
    """An SVG of a terminal with *command* and what it printed; it loads nothing from elsewhere."""
    import io

    from rich.console import Console
    from rich.text import Text

    text = re.sub(r"[^\n]*\r(?!\n)|\x1b\[[0-9;]*[A-HJKfhl]|\x1b\[\?[0-9]+[hl]", "", text)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"$ {command}"), highlight=False)
    console.print(Text.from_ansi(text.rstrip("\n")), highlight=False)
    svg = console.export_svg(title="", unique_id="dss")
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.replace("Fira Code, monospace", "monospace").splitlines()) + "\n"


if __name__ == "__main__":
    main()
