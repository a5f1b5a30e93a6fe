"""A made-up design system as the plug-in Tokens Studio keeps it, always the same for the same number.

    python benchmarks/studio_corpus.py 10000 FOLDER

A fifth are colours, a fifth lengths; the rest refers to them: colours by modifiers (lighten, darken, mix, alpha) and
lengths by arithmetic, each upon one of the five of its kind before it, so that chains grow with the set: of 10,000
tokens, the longest has about a thousand. ``config.json`` is a configuration for Style Dictionary with sd-transforms,
which dss reads as it is.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from corpus import Chance, write_json

Json = Any
FILE_SIZE = 2000
"""Tokens of one file."""

NEAR = 5
"""How far back a token refers at most, among those of its kind."""

OPERATIONS = ("* 1.5", "/ 2", "+ 4", "- 1", "* 1.25")
"""A chain of them, however long, stays near 50."""

MODIFIERS = ("lighten", "darken", "mix", "alpha")
SPACES = ("srgb", "lch", "hsl")


class StudioCorpus(Chance):
    """Tokens of *size*, drawn from one stream of random numbers."""

    def __init__(self, size: int, seed: int = 2025) -> None:
        super().__init__(seed)
        self.tokens: list[tuple[tuple[str, ...], Json]] = []
        self.paths: dict[str, list[str]] = {"color": [], "dimension": []}
        for index in range(size):
            kind = ("color", "dimension")[index % 2]
            is_literal = index < size * 2 // 5
            make = {"color": self._color, "dimension": self._length}[kind]
            path = (kind, f"set-{index // 20}", f"n{index}")
            self.tokens.append((path, {"$type": kind, **(make() if is_literal else self._derived(kind))}))
            self.paths[kind].append(".".join(path))

    def _color(self) -> Json:
        return {"$value": f"#{self.below(1 << 24):06x}"}

    def _length(self) -> Json:
        return {"$value": f"{1 + self.below(64)}px"}

    def _derived(self, kind: str) -> Json:
        reference = "{" + self.pick(self.paths[kind][-NEAR:]) + "}"
        if kind == "dimension":
            return {"$value": f"{reference} {self.pick(OPERATIONS)}"}
        modifier = {"type": self.pick(MODIFIERS), "value": f"0.{1 + self.below(8)}", "space": self.pick(SPACES)}
        if modifier["type"] == "mix":
            modifier["color"] = f"#{self.below(1 << 24):06x}"
        return {"$value": reference, "$extensions": {"studio.tokens": {"modify": modifier}}}

    def files(self) -> dict[str, Json]:
        """File name -> token document."""
        found: dict[str, Json] = {}
        for number, (path, token) in enumerate(self.tokens):
            tree = found.setdefault(f"set-{number // FILE_SIZE:03}.json", {})
            for name in path[:-1]:
                tree = tree.setdefault(name, {})
            tree[path[-1]] = token
        return found


CONFIG = {
    "source": ["tokens/*.json"],
    "preprocessors": ["tokens-studio"],
    "log": {"verbosity": "silent", "warnings": "disabled"},
    "platforms": {
        "css": {
            "transformGroup": "tokens-studio",
            "transforms": ["name/kebab"],
            "buildPath": "css/",
            "files": [{"destination": "tokens.css", "format": "css/variables"}],
        }
    },
}


def write(folder: Path, size: int) -> None:
    """Write a corpus of *size* tokens below *folder*, unless it is there already."""
    if (folder / "done").exists():
        return
    for name, document in StudioCorpus(size).files().items():
        write_json(folder / "tokens" / name, document)
    write_json(folder / "config.json", CONFIG)
    (folder / "done").touch()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="how many tokens")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write(options.folder, options.size)
