"""Tokens renamed by hand, between two exchanges: they stay who they are, unless somebody says otherwise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from teams import CONFIG, Team

from dss.export_import.reader import Archive
from dss.service.project_states import apply_revert, named_state, open_states, plan_revert
from dss.wiring import reader

NUMBER = {"$type": "number"}
ONE = {
    "a": {"x": {**NUMBER, "$value": 1}, "y": {**NUMBER, "$value": "{a.x}"}},
    "b": {"$type": "number", "p": {"$value": 5}, "q": {"$value": 6}},
}
TWO = {"c": {**NUMBER, "$value": 7}}
Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Team, Team]:
    found = []
    for name in ("one", "other"):
        (tmp_path / name / "tokens").mkdir(parents=True)
        (tmp_path / name / "dss.toml").write_text(CONFIG, "utf-8")
        found.append(Team(tmp_path / name))
    for name, document in (("one.json", ONE), ("two.json", TWO)):
        (found[0].root / "tokens" / name).write_text(json.dumps(document), "utf-8")
    done = found[1].service.import_project(found[0].export(), project=found[1].root)
    assert done.success, done.error
    return found[0], found[1]


def edited(team: Team, edit: Edit) -> None:
    documents = team.documents()
    edit(documents)
    folder = team.root / "tokens"
    shutil.rmtree(folder)
    for name, document in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(document), "utf-8")
    Team.clock += 10


def ids(team: Team, *, guess_renames: bool = True) -> dict[tuple[str, str], str]:
    """Set and path of every live token to its id, by what an export says."""
    Team.clock += 10
    path = team.root / f"{Team.clock}.dss"
    done = team.service.export_project(team.root, path, guess_renames=guess_renames)
    assert done.success, done.error
    found = {}
    with Archive.open(path) as archive:
        for entry in archive.manifest.entries:
            if entry.kind == "tokens":
                records = {record["id"]: record for record in archive.records(entry)}
                for record in records.values():
                    if record["kind"] == "token" and "deleted" not in record:
                        found[_place(record, records)] = record["id"]
    return found


def _place(record: dict[str, Any], records: dict[str, Any]) -> tuple[str, str]:
    names = []
    while "parent" in record:
        names.append(record["name"])
        record = records[record["parent"]]
    return record["name"], ".".join(reversed(names))


def rename(documents: dict[str, Any]) -> None:
    documents["one.json"]["a"]["z"] = documents["one.json"]["a"].pop("x")
    documents["one.json"]["a"]["y"]["$value"] = "{a.z}"


def rename_with_users(documents: dict[str, Any]) -> None:
    rename(documents)
    documents["one.json"]["a"]["w"] = documents["one.json"]["a"].pop("y")


def rename_group(documents: dict[str, Any]) -> None:
    documents["one.json"]["d"] = documents["one.json"].pop("b")


def rename_set(documents: dict[str, Any]) -> None:
    documents["sub/three.json"] = documents.pop("one.json")


def move_to_set(documents: dict[str, Any]) -> None:
    documents["two.json"]["b"] = {"q": {**NUMBER, **documents["one.json"]["b"].pop("q")}}


@pytest.mark.parametrize(
    ("edit", "moves"),
    [
        (rename, {("one.json", "a.x"): ("one.json", "a.z")}),
        (rename_with_users, {("one.json", "a.x"): ("one.json", "a.z"), ("one.json", "a.y"): ("one.json", "a.w")}),
        (rename_group, {("one.json", f"b.{name}"): ("one.json", f"d.{name}") for name in "pq"}),
        (
            rename_set,
            {("one.json", path): ("sub/three.json", path) for path in ("a.x", "a.y", "b.p", "b.q")},
        ),
    ],
)
def test_who_was_renamed_by_hand_stays_who_it_is(
    edit: Edit, moves: dict[tuple[str, str], tuple[str, str]], two: tuple[Team, Team]
) -> None:
    one, other = two
    before = ids(one)
    edited(one, edit)
    after = ids(one)
    assert {old: after[new] for old, new in moves.items()} == {old: before[old] for old in moves}
    assert "dss.lock" in {path.name for path in one.root.iterdir()}
    assert ids(one) == after, "it is remembered, not guessed again"
    done = other.service.merge_project(other.root, one.export(), "manual")
    assert done.success, done.error
    assert {change.kind for change in done.plan.changes} <= {"moved", "changed"}
    assert other.documents() == one.documents()
    assert ids(other) == after


def test_a_guess_is_told_and_can_be_declined(two: tuple[Team, Team]) -> None:
    one, _ = two
    before = ids(one)
    edited(one, rename)
    path = one.root / "x.dss"
    copy = one.root.with_name("copy")
    shutil.copytree(one.root, copy)
    done = one.service.export_project(one.root, path)
    assert [(found.code, found.severity, found.path) for found in done.diagnostics] == [("DSS696", "info", "a.z")]
    declined = Team(copy)
    assert ids(declined, guess_renames=False)["one.json", "a.z"] not in before.values()
    assert not (copy / "dss.lock").exists()


def test_values_of_the_other_team_find_who_was_renamed_here(two: tuple[Team, Team]) -> None:
    one, other = two
    other.edit([("value", "one.json", "a.x", 8)])
    edited(one, rename)
    done = one.service.merge_project(one.root, other.export(), "manual")
    assert done.success, done.error
    assert [found.code for found in done.diagnostics] == ["DSS696"]
    assert one.documents()["one.json"]["a"] == {"y": {**NUMBER, "$value": "{a.z}"}, "z": {**NUMBER, "$value": 8}}
    assert other.service.merge_project(other.root, one.export(), "manual").success
    assert other.documents() == one.documents()


def test_what_a_merge_decided_is_no_guess_later(two: tuple[Team, Team]) -> None:
    """The other team renamed it in the same way: nothing moves, but the lock has to know."""
    one, other = two
    for team in two:
        edited(team, rename)
    after = ids(other)
    done = one.service.merge_project(one.root, other.export(), "manual")
    assert done.success, done.error
    edited(one, lambda documents: documents["one.json"]["a"]["z"].update({"$value": 9}))
    assert ids(one) == after


def test_a_rename_and_back_leaves_no_trace(two: tuple[Team, Team]) -> None:
    one, _ = two
    before = ids(one)

    def back(documents: dict[str, Any]) -> None:
        documents["one.json"]["a"]["x"] = documents["one.json"]["a"].pop("z")
        documents["one.json"]["a"]["y"]["$value"] = "{a.x}"

    edited(one, rename)
    ids(one)
    edited(one, back)
    assert ids(one) == before
    assert not (one.root / "dss.lock").exists()


def test_into_another_set_nobody_takes_the_identity_along(two: tuple[Team, Team]) -> None:
    """The record of who left stays in its member; there, and back again, each id lives once."""
    one, other = two
    before = ids(one)
    edited(one, move_to_set)
    after = ids(one)
    assert after["two.json", "b.q"] not in before.values()
    assert not (one.root / "dss.lock").exists()
    assert other.service.merge_project(other.root, one.export(), "manual").success
    assert other.documents() == one.documents()

    def back(documents: dict[str, Any]) -> None:
        documents["one.json"]["b"]["q"] = documents["two.json"]["b"].pop("q")

    edited(one, back)
    assert ids(one)["one.json", "b.q"] == before["one.json", "b.q"]


def test_a_plan_writes_no_lock(two: tuple[Team, Team]) -> None:
    one, other = two
    archive = other.export()
    edited(one, rename)
    assert one.service.analyze_merge(one.root, archive).success
    assert one.service.import_project(archive, project=one.root, dry_run=True).success
    assert not (one.root / "dss.lock").exists()


def test_an_earlier_state_is_come_back_to_by_those_who_were_in_it(two: tuple[Team, Team]) -> None:
    one, _ = two
    before = ids(one)
    edited(one, rename)
    with open_states(one.service._project(one.root), reader()) as session:
        apply_revert(session, plan_revert(session, named_state(session, "1")))
    assert ids(one) == before


def test_what_dss_mv_says_is_no_guess(two: tuple[Team, Team]) -> None:
    one, _ = two
    before = ids(one)
    one.move("b.p", "b.r")
    after = ids(one)
    assert after["one.json", "b.r"] == before["one.json", "b.p"]
    edited(one, lambda documents: documents["one.json"]["b"].update({"p": {"$value": 5}}))
    assert ids(one)["one.json", "b.r"] == before["one.json", "b.p"]
