"""Made-up design systems of any size, always the same for the same numbers.

    python benchmarks/corpus.py 10000 FOLDER [--contexts 8] [--faults 100]

Shaped like real ones: a third are literals (colour ramps, spacing, type, motion), half are aliases in chains up
to three long (semantic -> component), the rest composites whose parts are mostly references. A third carry a
description. ``tokens/*.json`` hold DTCG 2025.10; with ``--contexts`` there is a ``tokens.resolver.json`` with one
modifier ``theme`` whose contexts each re-point a tenth of the semantic aliases. With ``--faults`` that many tokens,
evenly spread, refer to a token that does not exist.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = Any
Path_ = tuple[str, ...]

FILE_SIZE = 2000
"""Tokens of one file."""

HUES = ("red", "amber", "lime", "green", "teal", "sky", "blue", "violet", "pink", "grey")
STEPS = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900")
ROLES = ("surface", "text", "icon", "border", "accent", "overlay")
STATES = ("rest", "hover", "pressed", "focus", "disabled")
WIDGETS = ("button", "input", "card", "dialog", "menu", "tab", "badge", "toast", "table", "chip")
NOTES = ("Primary surfaces only.", "Pairs with the text of the same role.", "Interactive states; see guidelines.")
FONTS = (["Inter", "Helvetica Neue", "sans-serif"], ["Source Serif", "Georgia", "serif"], ["Fira Code", "monospace"])
CURVES = ([0.2, 0, 0, 1], [0.4, 0, 1, 1], [0, 0, 0.2, 1])


class Chance:
    """A stream of random numbers, the same on every version of Python: only ``random()`` is promised to be."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, pool: Any) -> Any:
        """One of *pool*."""
        return pool[int(self.random.random() * len(pool))]

    def below(self, number: int) -> int:
        """An integer from 0 to *number* - 1."""
        return int(self.random.random() * number)


class Corpus(Chance):
    """Tokens of *size*, drawn from one stream of random numbers."""

    def __init__(self, size: int, seed: int = 2025) -> None:
        super().__init__(seed)
        self.size = size
        self.tokens: list[tuple[str, Path_, Json]] = []  # file stem, path, token
        self.pools: dict[str, list[Path_]] = {}
        self.semantic: list[tuple[Path_, str]] = []
        for stem, kind, path, value in self._literals(size * 35 // 100):
            self._add(stem, kind, path, value)
        self._aliases("semantic", size * 30 // 100, depth=2)
        self._aliases("component", size * 20 // 100, depth=1)
        self._composites(size - len(self.tokens))

    def reference(self, kind: str) -> str:
        """A reference to some token of type *kind*."""
        return "{" + ".".join(self.pick(self.pools[kind])) + "}"

    def _add(self, stem: str, kind: str, path: Path_, value: Json) -> None:
        token = {"$type": kind, "$value": value}
        if self.below(3) == 0:
            token["$description"] = self.pick(NOTES)
        self.tokens.append((stem, path, token))
        self.pools.setdefault(kind, []).append(path)

    def _literals(self, count: int) -> Iterator[tuple[str, str, Path_, Json]]:
        others = ("dimension", "number", "duration", "fontFamily", "fontWeight", "cubicBezier")
        for index in range(count):
            if index >= len(others) and index % 4:  # three quarters are colours
                ramp, step = divmod(index, len(STEPS))
                series, hue = divmod(ramp, len(HUES))
                yield "color", "color", ("color", f"{HUES[hue]}-{series}", STEPS[step]), self._color()
            else:
                kind = others[index % len(others) if index < len(others) else self.below(len(others))]
                yield "base", kind, (kind.lower(), f"scale-{index // 200}", f"n{index}"), self._value(kind)

    def _color(self) -> Json:
        rgb = [self.below(256) for _ in range(3)]
        return {
            "colorSpace": "srgb",
            "components": [round(channel / 255, 4) for channel in rgb],
            "hex": "#{:02x}{:02x}{:02x}".format(*rgb),
        }

    def _value(self, kind: str) -> Json:
        if kind == "dimension":
            return {"value": self.below(64) / 4, "unit": self.pick(("px", "rem"))}
        if kind == "duration":
            return {"value": 50 * (1 + self.below(12)), "unit": "ms"}
        if kind == "number":
            return 1 + self.below(8) / 8
        if kind == "fontWeight":
            return 100 * (1 + self.below(9))
        return self.pick(FONTS if kind == "fontFamily" else CURVES)

    def _aliases(self, group: str, count: int, *, depth: int) -> None:
        """*count* aliases in *depth* tiers of equal size; each tier points at what was there before it."""
        for tier in range(depth):
            added = []
            for index in range(count * tier // depth, count * (tier + 1) // depth):
                kind = "dimension" if index % 5 == 4 else "color"
                number, state = divmod(index, len(STATES))
                number, role = divmod(number, len(ROLES))
                set_, widget = divmod(number, len(WIDGETS))
                path = (group, f"{WIDGETS[widget]}-{set_}", ROLES[role], STATES[state])
                added.append((kind, path, self.reference(kind)))
            for kind, path, value in added:
                self._add(group, kind, path, value)
                if group == "semantic":
                    self.semantic.append((path, kind))

    def _composites(self, count: int) -> None:
        makers = (self._typography, self._shadow, self._border, self._transition)
        for index in range(count):
            kind = ("typography", "shadow", "border", "transition")[index % 4]
            path = (kind, WIDGETS[index // 4 % len(WIDGETS)], f"v{index // 4 // len(WIDGETS)}")
            self._add("composite", kind, path, makers[index % 4]())

    def _typography(self) -> Json:
        return {
            "fontFamily": self.reference("fontFamily"),
            "fontSize": self.reference("dimension"),
            "fontWeight": self.reference("fontWeight"),
            "letterSpacing": {"value": 0, "unit": "px"},
            "lineHeight": self.reference("number"),
        }

    def _shadow(self) -> Json:
        offset, blur = 1 + self.below(16), self.below(48)
        return {
            "color": self.reference("color"),
            "offsetX": {"value": 0, "unit": "px"},
            "offsetY": {"value": offset, "unit": "px"},
            "blur": {"value": blur, "unit": "px"},
            "spread": {"value": 0, "unit": "px"},
        }

    def _border(self) -> Json:
        return {"color": self.reference("color"), "width": self.reference("dimension"), "style": "solid"}

    def _transition(self) -> Json:
        return {
            "duration": self.reference("duration"),
            "delay": {"value": 0, "unit": "ms"},
            "timingFunction": self.reference("cubicBezier"),
        }

    def break_tokens(self, count: int) -> None:
        """Make *count* tokens, evenly spread, refer to nothing."""
        for number in range(count):
            _, _, token = self.tokens[number * self.size // count]
            token["$value"] = f"{{missing.n{number}}}"

    def files(self) -> dict[str, Json]:
        """File name -> DTCG document."""
        found: dict[str, Json] = {}
        counts: dict[str, int] = {}
        for stem, path, token in self.tokens:
            number = counts[stem] = counts.get(stem, -1) + 1
            _place(found.setdefault(f"{stem}-{number // FILE_SIZE:03}.json", {}), path, token)
        return found

    def context(self) -> Json:
        """A document that points a tenth of the semantic aliases elsewhere."""
        document: Json = {}
        literal = {"color": "color", "dimension": "dimension"}
        for path, kind in self.semantic:
            if self.below(10) == 0:
                targets = [target for target in self.pools[kind][:50] if target[0] == literal[kind]]
                value = "{" + ".".join(self.pick(targets)) + "}"
                _place(document, path, {"$type": kind, "$value": value})
        return document


def _place(tree: Json, path: Path_, token: Json) -> None:
    for name in path[:-1]:
        tree = tree.setdefault(name, {})
    tree[path[-1]] = token


def write(folder: Path, size: int, contexts: int = 0, faults: int = 0) -> None:
    """Write a corpus of *size* tokens below *folder*, unless it is there already."""
    if (folder / "done").exists():
        return
    corpus = Corpus(size)
    corpus.break_tokens(faults)
    files = corpus.files()
    for name, document in files.items():
        write_json(folder / "tokens" / name, document)
    if contexts:
        names = [f"theme-{number}" for number in range(1, contexts + 1)]
        for name in names:
            write_json(folder / "themes" / f"{name}.json", corpus.context())
        write_json(folder / "tokens.resolver.json", _resolver(list(files), names))
    (folder / "done").touch()


def _resolver(files: list[str], contexts: list[str]) -> Json:
    themes: Json = {"default": []} | {name: [{"$ref": f"themes/{name}.json"}] for name in contexts}
    return {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": f"tokens/{name}"} for name in files]}},
        "modifiers": {"theme": {"contexts": themes, "default": "default"}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
    }


def write_json(file: Path, document: Json) -> None:
    """Write *document*, indented."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="how many tokens")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--contexts", type=int, default=0)
    parser.add_argument("--faults", type=int, default=0)
    options = parser.parse_args()
    write(options.folder, options.size, options.contexts, options.faults)
