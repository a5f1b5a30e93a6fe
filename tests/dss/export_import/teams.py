"""Projects that exchange archives: edited as people edit them, with renames, always in a state that hangs together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dss.export_import import DSSProjectService
from dss.project import find_project
from dss.service.moving import known_project_id, plan_move
from dss.wiring import reader
from dss_tokens.errors import InputError

CONFIG = '[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n'
SETS = ["one.json", "two.json", "modes/dark.json"]
BASE = {
    "one.json": {
        "top": {"$type": "number", "$value": 7},
        "a": {"$type": "number", "x": {"$value": 0}, "y": {"$value": "{b.c.y}"}, "z": {"$value": 3}},
        "b": {"c": {"x": {"$type": "number", "$value": 1}, "y": {"$type": "number", "$value": "{b.c.x}"}}},
    },
    "two.json": {
        "b": {"x": {"$type": "number", "$value": 0, "$description": "b"}, "z": {"$value": "{a.x}"}},
        "a": {"x": {"$type": "number", "$value": 4}},
    },
    "modes/dark.json": {"a": {"x": {"$type": "number", "$value": 5}}, "b": {"c": {"y": {"$value": "{a.x}"}}}},
}


class Team:
    clock = 1_790_000_000_000

    def __init__(self, root: Path) -> None:
        self.root = root
        self.service = DSSProjectService(now=lambda: Team.clock)

    def export(self) -> Path:
        Team.clock += 5
        path = self.root / f"{Team.clock}.dss"
        done = self.service.export_project(self.root, path)
        assert done.success, done.error
        return path

    def documents(self) -> dict[str, Any]:
        folder = self.root / "tokens"
        return {
            file.relative_to(folder).as_posix(): json.loads(file.read_text("utf-8")) for file in folder.rglob("*.json")
        }

    def edit(self, changes: list[Any]) -> None:
        for kind, name, path, value in changes:
            Team.clock += 3
            if kind == "move":
                self.move(path, value)
                continue
            file = self.root / "tokens" / name
            document = json.loads(file.read_text("utf-8")) if file.exists() else {}
            _change(document, kind, path.split(".") if path else [], value)
            if kind == "drop":
                file.unlink(missing_ok=True)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(document), "utf-8")
        self.close()

    def move(self, old: str, new: str) -> None:
        project = find_project(self.root)
        try:
            plan = plan_move(project, old, new, project_id=known_project_id(project), reader=reader())
        except InputError:  # nothing there, or taken
            return
        for file, content in plan.contents.items():
            file.write_bytes(content)

    def close(self) -> None:
        """Aliases that lead nowhere or in a circle become literals: what does not hang together is not exported."""
        files = sorted((self.root / "tokens").rglob("*.json"))
        documents = {file: json.loads(file.read_text("utf-8")) for file in files}
        edges: dict[str, set[str]] = {}
        tokens = [found for document in documents.values() for found in tokens_in(document, "")]
        for path, node in tokens:
            edges.setdefault(path, set())
            if isinstance(node["$value"], str):
                edges[path].add(node["$value"][1:-1])
        for path, node in tokens:
            target = node["$value"][1:-1] if isinstance(node["$value"], str) else None
            if target is not None and (target not in edges or _reaches(edges, target, path)):
                edges[path].discard(target)
                node["$value"] = 9
        for file, document in documents.items():
            file.write_text(json.dumps(document), "utf-8")


def tokens_in(node: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, inner in node.items():
        if isinstance(inner, dict) and name[:1] != "$":
            below = f"{path}.{name}" if path else name
            if "$value" in inner:
                yield below, inner
            else:
                yield from tokens_in(inner, below)


def _reaches(edges: dict[str, set[str]], start: str, wanted: str) -> bool:
    seen, waiting = set[str](), [start]
    while waiting:
        path = waiting.pop()
        if path == wanted:
            return True
        if path not in seen:
            seen.add(path)
            waiting += edges.get(path, ())
    return False


def _change(document: dict[str, Any], kind: str, names: list[str], value: Any) -> None:
    if not names:
        return
    *groups, last = names
    node = document
    for name in groups:
        node = node.setdefault(name, {})
        if "$value" in node:
            return
    known = node.get(last)
    if kind == "value" and (known is None or "$value" in known):
        node[last] = {**(known or {"$type": "number"}), "$value": value}
    elif known is None:
        return
    elif kind == "description":
        known["$description"] = value
    elif kind in ("delete", "drop group"):
        del node[last]
    elif kind == "first":
        rest = {name: node.pop(name) for name in list(node) if name != last}
        node.update(rest)
    elif kind == "type" and "$value" not in known:
        known["$type"] = value
