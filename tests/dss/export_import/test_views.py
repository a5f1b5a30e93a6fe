"""A merge that looks only at what is not alike gives what one that looks at everything gives."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dss.export_import import DSSProjectService, merging
from dss.project import find_project
from dss.service.moving import known_project_id, plan_move
from dss.wiring import reader

CONFIG = '[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n'
SETS = ["one.json", "two.json", "modes/dark.json"]
GROUPS = ["a", "b", "b.c", "value"]
PATHS = [f"{group}.{name}" for group in GROUPS for name in ("x", "y", "z")] + ["top"]
VALUES = [0, 1, 2, "{a.x}", "{b.c.y}", "{top}", "{b.z}"]

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

_set = st.sampled_from(SETS)
_path = st.sampled_from(PATHS)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("value"), _set, _path, st.sampled_from(VALUES)),
        st.tuples(st.just("value"), _set, _path, st.sampled_from(VALUES)),
        st.tuples(st.just("description"), _set, _path, st.sampled_from(["one", "two"])),
        st.tuples(st.just("delete"), _set, _path, st.none()),
        st.tuples(st.just("first"), _set, _path, st.none()),
        st.tuples(st.just("move"), _set, _path, st.sampled_from([*PATHS, "a.new", "b.c.new"])),
        st.tuples(st.just("move"), _set, st.sampled_from(GROUPS), st.sampled_from(["d", "b.d", "a.inner"])),
        st.tuples(st.just("type"), _set, st.sampled_from(GROUPS), st.sampled_from(["number", "string"])),
        st.tuples(st.just("drop"), _set, st.none(), st.none()),
        st.tuples(st.just("drop group"), _set, st.sampled_from(GROUPS), st.none()),
    ),
    max_size=6,
)


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

    def edit(self, changes: list[Any]) -> None:
        for kind, name, path, value in changes:
            Team.clock += 3
            if kind == "move":
                self._move(path, value)
                continue
            file = self.root / "tokens" / name
            document = json.loads(file.read_text("utf-8")) if file.exists() else {}
            _change(document, kind, path.split(".") if path else [], value)
            if kind == "drop":
                file.unlink(missing_ok=True)
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(document), "utf-8")
        self._close()

    def _move(self, old: str, new: str) -> None:
        project = find_project(self.root)
        try:
            plan = plan_move(project, old, new, project_id=known_project_id(project), reader=reader())
        except Exception:  # noqa: BLE001 -- nothing there, or taken
            return
        for file, content in plan.contents.items():
            file.write_bytes(content)

    def _close(self) -> None:
        """Aliases that lead nowhere or in a circle become literals: what does not hang together is not exported."""
        files = sorted((self.root / "tokens").rglob("*.json"))
        documents = {file: json.loads(file.read_text("utf-8")) for file in files}
        edges: dict[str, set[str]] = {}
        tokens = [found for document in documents.values() for found in _tokens(document, "")]
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


def _tokens(node: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, inner in node.items():
        if isinstance(inner, dict) and name[:1] != "$":
            below = f"{path}.{name}" if path else name
            if "$value" in inner:
                yield below, inner
            else:
                yield from _tokens(inner, below)


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


@contextmanager
def teams() -> Iterator[tuple[Team, Team]]:
    root = Path(tempfile.mkdtemp())
    try:
        found = []
        for name in ("one", "other"):
            (root / name / "tokens" / "modes").mkdir(parents=True)
            (root / name / "dss.toml").write_text(CONFIG, "utf-8")
            found.append(Team(root / name))
        for name, document in BASE.items():
            (found[0].root / "tokens" / name).write_text(json.dumps(document), "utf-8")
        done = found[1].service.import_project(found[0].export(), project=found[1].root)
        assert done.success, done.error
        yield found[0], found[1]
    finally:
        shutil.rmtree(root)


def outcome(team: Team, archive: Path, strategy: str, *, whole: bool) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "plan_merge", partial(merging.plan_merge, whole=whole))
        done = team.service.merge_project(team.root, archive, strategy, dry_run=True)
    plan = done.plan
    if plan is None:
        return {"error": done.error}
    return {
        "error": done.error,
        "entries": [entry for entry in plan.manifest.entries if entry.kind != "history"],
        "snapshot": plan.manifest.snapshot,
        "stamp": plan.manifest.stamp,
        "counts": plan.counts,
        "changes": [change.to_json() for change in plan.changes],
        "conflicts": [conflict.to_json() for conflict in plan.conflicts],
        "files": sorted((change.path, change.kind) for change in plan.files),
        "marks": plan.marks,
        "lock": plan.lock_text,
    }


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(edits, edits, edits, st.sampled_from(["manual", "keep_local", "keep_newest"]))
def test_looking_at_the_differences_gives_what_looking_at_everything_gives(
    before: list[Any], ours: list[Any], theirs: list[Any], strategy: str
) -> None:
    with teams() as (one, other):
        one.edit(before)
        done = other.service.merge_project(other.root, one.export(), "keep_remote")
        assert done.success, done.error
        one.edit(ours)
        other.edit(theirs)
        archive = other.export()
        assert outcome(one, archive, strategy, whole=False) == outcome(one, archive, strategy, whole=True)
