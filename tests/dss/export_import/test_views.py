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
from teams import BASE, CONFIG, SETS, Team

from dss.export_import import merging
from dss.export_import.package import Package, RecordMember, write_archive
from dss.export_import.reader import Archive

GROUPS = ["a", "b", "b.c", "value"]
PATHS = [f"{group}.{name}" for group in GROUPS for name in ("x", "y", "z")] + ["top"]
VALUES = [0, 1, 2, "{a.x}", "{b.c.y}", "{top}", "{b.z}"]

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


def test_one_path_of_two_sets_left_by_each_side_in_another() -> None:
    with teams() as (one, other):
        one.edit([("delete", "one.json", "b.c.y", None)])
        other.edit([("drop", "modes/dark.json", None, None)])
        archive = other.export()
        for strategy in ("manual", "keep_local", "keep_newest"):
            found = outcome(one, archive, strategy, whole=False)
            assert found == outcome(one, archive, strategy, whole=True)
            assert [conflict["kind"] for conflict in found["conflicts"]] == ["alias_target_deleted"]


def test_files_that_all_went_are_missed_also_when_the_lock_changed() -> None:
    with teams() as (one, _):
        one.move("a.x", "a.new")
        for file in (one.root / "tokens").rglob("*.json"):
            file.unlink()
        with Archive.open(one.export()) as archive:
            assert archive.manifest.counts.tokens == 0


def test_fields_in_another_order_are_the_same_records(tmp_path: Path) -> None:
    """Other programs write archives, too: nothing may depend on where in a line a field stands."""
    with teams() as (one, other):
        with Archive.open(one.export()) as archive:
            manifest = archive.manifest
            members = [
                RecordMember(entry.name, entry.kind, [dict(reversed(r.items())) for r in archive.records(entry)])
                for entry in manifest.entries
            ]
        foreign = tmp_path / "foreign.dss"
        package = Package(
            project_id=manifest.project_id, project_name=manifest.project_name, parents=manifest.parents,
            sequence=manifest.sequence, members=members,
        )  # fmt: skip
        assert write_archive(package, foreign).content.manifest.snapshot == manifest.snapshot
        for way in ("replace", "merge"):
            root = tmp_path / way
            (root / "tokens").mkdir(parents=True)
            (root / "dss.toml").write_text(CONFIG, "utf-8")
            team = Team(root)
            done = team.service.import_project(foreign, way, project=root)  # type: ignore[arg-type]
            assert done.success, done.error
            assert team.documents() == one.documents()
            team.edit([("description", "one.json", "top", "new"), ("delete", "two.json", "b.x", None)])
            other.edit([("value", "one.json", "a.z", 8)])
            merged = other.service.merge_project(other.root, team.export(), "manual")
            assert merged.success, merged.error
            assert not merged.conflicts
            again = team.service.merge_project(team.root, other.export(), "manual")
            assert again.success, again.error
            assert team.documents() == other.documents()
            assert team.documents()["one.json"]["a"]["z"]["$value"] == 8
            assert "x" not in team.documents()["two.json"]["b"]
