"""Teams that exchange archives: nothing is lost, nobody's clean change is conflicted, all end in one state."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dss.export_import import DSSProjectService
from dss.export_import.verify import verify

CONFIG = '[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n'
START = 1_790_000_000_000
LAWS = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

PATHS = ["a.x", "a.y", "b.x", "b.c.z", "c.x"]
edits = st.lists(
    st.tuples(
        st.sampled_from(["one.json", "two.json"]),
        st.sampled_from(PATHS),
        st.one_of(st.none(), st.integers(0, 5), st.sampled_from(["{a.x}", "{b.x}"])),
        st.sampled_from(["$value", "$description"]),
    ),
    max_size=4,
)
BASE = {
    "one.json": {"a": {"x": {"$type": "number", "$value": 0}, "y": {"$type": "number", "$value": 0}}},
    "two.json": {"b": {"x": {"$type": "number", "$value": 0}, "c": {"z": {"$type": "number", "$value": 0}}}},
}


class Replica:
    clock = START

    def __init__(self, root: Path) -> None:
        self.root = root
        self.service = DSSProjectService(now=lambda: Replica.clock)

    def documents(self) -> dict[str, Any]:
        files = sorted((self.root / "tokens").rglob("*.json"))
        return {file.name: json.loads(file.read_text("utf-8")) for file in files}

    def edit(self, changes: list[tuple[str, str, Any, str]]) -> None:
        documents = self.documents()
        for name, path, value, member in changes:
            Replica.clock += 7
            _put(documents.setdefault(name, {}), path.split("."), value, member)
        _close(documents)
        for name, document in documents.items():
            (self.root / "tokens" / name).write_text(json.dumps(document), "utf-8")

    def export(self) -> Path:
        Replica.clock += 1
        path = self.root / f"{Replica.clock}.dss"
        done = self.service.export_project(self.root, path)
        assert done.success, done.error
        return path

    def merge(self, other: Replica, strategy: str = "keep_newest") -> Any:
        Replica.clock += 1
        done = self.service.merge_project(self.root, other.export(), strategy)
        assert done.success, done.error
        return done

    def state(self) -> str:
        return str(verify(self.export()).to_json()["snapshot"])


def _put(document: dict[str, Any], names: list[str], value: Any, member: str) -> None:
    *groups, last = names
    node = document
    for name in groups:
        node = node.setdefault(name, {})
    if value is None:
        node.pop(last, None)
    elif member == "$description":
        if last in node:
            node[last]["$description"] = str(value)
    else:
        node[last] = {**node.get(last, {}), "$type": "number", "$value": value}


def _close(documents: dict[str, Any]) -> None:
    """Aliases that lead nowhere or in a circle become literals: what does not hang together is not exported."""
    defined = {f"{g}.{n}" for doc in documents.values() for g, inner in doc.items() for n in inner}
    for document in documents.values():
        for path in ("a.x", "a.y", "b.x", "b.c.z", "c.x"):
            *groups, last = path.split(".")
            node: Any = document
            for name in groups:
                node = node.get(name, {})
            if last in node and isinstance(node[last].get("$value"), str):
                target = node[last]["$value"][1:-1]
                if target not in defined or path in ("a.x", "b.x"):
                    node[last]["$value"] = 9


@contextmanager
def replicas(count: int) -> Iterator[list[Replica]]:
    """Teams that hold the same tokens."""
    root = Path(tempfile.mkdtemp())
    try:
        found = []
        for number in range(count):
            folder = root / str(number)
            (folder / "tokens").mkdir(parents=True)
            (folder / "dss.toml").write_text(CONFIG, "utf-8")
            found.append(Replica(folder))
        for name, document in BASE.items():
            (found[0].root / "tokens" / name).write_text(json.dumps(document), "utf-8")
        archive = found[0].export()
        for other in found[1:]:
            assert other.service.import_project(archive, project=other.root).success
        yield found
    finally:
        shutil.rmtree(root)


@LAWS
@given(edits)
def test_a_one_sided_edit_is_taken_whole(changes: list[Any]) -> None:
    with replicas(2) as (one, other):
        one.edit(changes)
        done = other.merge(one, "manual")
        assert not done.conflicts
        assert other.documents() == one.documents()
        assert other.state() == one.state()
        assert one.merge(other, "manual").unchanged


@LAWS
@given(edits, edits)
def test_two_teams_that_merge_each_other_end_in_one_state(ours: list[Any], theirs: list[Any]) -> None:
    with replicas(2) as (one, other):
        one.edit(ours)
        other.edit(theirs)
        archive = other.export()
        one.merge(other)
        again = one.service.merge_project(one.root, archive, "keep_newest")
        assert again.success
        assert again.unchanged, "merging the same archive twice is merging it once"
        other.merge(one)
        assert one.documents() == other.documents()
        assert one.state() == other.state()


@LAWS
@given(edits, edits)
def test_conflicts_are_those_of_both_and_only_those(ours: list[Any], theirs: list[Any]) -> None:
    with replicas(2) as (one, other):
        one.edit(ours)
        other.edit(theirs)
        before = (one.documents(), other.documents())
        here = one.service.analyze_merge(one.root, other.export())
        there = other.service.analyze_merge(other.root, one.export())
        assert here.success
        assert there.success
        assert {(c.path, c.field) for c in here.conflicts} == {(c.path, c.field) for c in there.conflicts}
        touched = [{path for _, path, _, _ in changes} for changes in (ours, theirs)]
        if not touched[0] & touched[1] and not any(isinstance(v, str) or v is None for _, _, v, _ in ours + theirs):
            assert not here.conflicts
        assert (one.documents(), other.documents()) == before, "an analysis writes nothing"


@settings(LAWS, max_examples=6)
@given(edits, edits, edits, st.permutations([(0, 1), (1, 2), (2, 0)]))
def test_three_teams_converge_in_any_order(
    first: list[Any], second: list[Any], third: list[Any], order: list[tuple[int, int]]
) -> None:
    with replicas(3) as teams:
        for team, changes in zip(teams, (first, second, third), strict=True):
            team.edit(changes)
        for _ in range(4):
            for target, source in order:
                teams[target].merge(teams[source])
        documents = [team.documents() for team in teams]
        assert documents[0] == documents[1] == documents[2]


@LAWS
@given(edits)
def test_replace_and_back_is_where_it_was(changes: list[Any]) -> None:
    with replicas(2) as (one, other):
        other.edit(changes)
        mine, theirs = one.documents(), other.documents()
        done = one.service.import_project(other.export(), project=one.root)
        assert done.success, done.error
        assert one.documents() == theirs
        assert verify(one.export()).ok
        if mine == theirs:
            assert done.unchanged
