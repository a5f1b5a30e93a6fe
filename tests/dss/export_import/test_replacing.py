"""Replacing a project by an archive: what goes is remembered as deleted, and nothing hostile sticks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from archive_forge import PROJECT, STAMP, package, theme_member
from teams import Team

from dss.export_import.content import Sink, check_content
from dss.export_import.manifest import Entry
from dss.export_import.package import RecordMember, write_archive
from dss.export_import.reader import Archive
from dss.export_import.records import Record, sealed

NUMBER = {"$type": "number", "$value": 1}
BUTTON = {"id": "0" * 8 + PROJECT[8:], "kind": "component", "name": "Button", "data": {}}
RESOLVER = {"version": "2025.10", "sets": {"base": {"sources": [{"$ref": "base.json"}]}}, "resolutionOrder": []}


class Graves(Sink):
    """The names of what an archive says was deleted."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def record(self, entry: Entry, record: Record) -> None:
        if "deleted" in record:
            self.names.append(record["name"])


def graves_of(path: Path) -> list[str]:
    found = Graves()
    with Archive.open(path) as archive:
        check_content(archive, found)
    return sorted(found.names)


def project(root: Path, documents: Mapping[str, Any]) -> Team:
    (root / "tokens").mkdir(parents=True)
    text = f'[project]\nname = "acme"\nid = "{PROJECT}"\nsources = ["tokens/**/*.json"]\n'
    (root / "dss.toml").write_text(text, "utf-8")
    for name, document in documents.items():
        (root / "tokens" / name).write_text(json.dumps(document), "utf-8")
    return Team(root)


def archive(path: Path, documents: Mapping[str, Any], *more: RecordMember, **fields: Any) -> Path:
    write_archive(package(documents, *more, **fields), path)
    return path


def take(team: Team, path: Path) -> None:
    done = team.service.import_project(path, project=team.root)
    assert done.success, done.error


@pytest.fixture
def deleted(tmp_path: Path) -> Team:
    """A project that deleted ``gone``, then became an archive that knows nothing of it."""
    team = project(tmp_path / "ours", {"base.json": {"kept": NUMBER, "gone": NUMBER}})
    team.export()
    team.edit([("delete", "base.json", "gone", None)])
    assert graves_of(team.export()) == ["gone"]
    take(team, archive(tmp_path / "other.dss", {"base.json": {"kept": {**NUMBER, "$value": 2}}}, sequence=9))
    return team


def test_what_was_deleted_stays_so_when_an_archive_knows_nothing_of_it(deleted: Team, tmp_path: Path) -> None:
    assert graves_of(deleted.export()) == ["gone"]
    stranger = project(tmp_path / "theirs", {"base.json": {"kept": {**NUMBER, "$value": 2}, "gone": NUMBER}})
    merged = deleted.service.merge_project(deleted.root, stranger.export(), "manual")
    assert merged.success, merged.error
    assert list(deleted.documents()["base.json"]) == ["kept"]


def test_the_same_archive_again_changes_nothing(deleted: Team, tmp_path: Path) -> None:
    again = deleted.service.import_project(tmp_path / "other.dss", project=deleted.root)
    assert (again.success, again.unchanged) == (True, True)


def test_an_archive_that_has_it_brings_it_back(deleted: Team, tmp_path: Path) -> None:
    take(deleted, archive(tmp_path / "with.dss", {"base.json": {"kept": NUMBER, "gone": NUMBER}}, sequence=20))
    assert set(deleted.documents()["base.json"]) == {"kept", "gone"}
    assert graves_of(deleted.export()) == []


def test_components_and_themes_that_go_leave_tombstones(tmp_path: Path) -> None:
    team = project(tmp_path / "ours", {})
    documents = {"base.json": {"kept": NUMBER}}
    parts = RecordMember(f"components/{PROJECT}.jsonl", "components", [sealed(dict(BUTTON), STAMP)])
    take(team, archive(tmp_path / "1.dss", documents, parts, theme_member(document=RESOLVER)))
    take(team, archive(tmp_path / "2.dss", documents, sequence=9))
    assert sorted(team.documents()) == ["base.json"]
    out = team.export()
    assert graves_of(out) == ["Button", "tokens.resolver.json"]
    with Archive.open(out) as found:
        assert (found.manifest.counts.components, found.manifest.counts.themes) == (0, 0)
        assert [entry.kind for entry in found.manifest.entries][:3] == ["tokens", "components", "themes"]


def test_a_sequence_number_at_its_limit_does_not_stop_a_project(tmp_path: Path) -> None:
    team = project(tmp_path / "ours", {})
    take(team, archive(tmp_path / "hostile.dss", {"base.json": {"kept": NUMBER}}, sequence=2**53 - 1))
    team.edit([("value", "base.json", "kept", 5)])
    with Archive.open(team.export()) as found:
        assert found.manifest.sequence == 2**53 - 1


def test_a_plan_shows_what_others_wrote_on_one_line_and_without_markup(tmp_path: Path) -> None:
    team = project(tmp_path / "ours", {"base.json": {"a`<b>": {**NUMBER, "$extensions": {"x\ny": 1, "`<i>": 1}}}})
    team.export()
    changed = {"base.json": {"a`<b>": {**NUMBER, "$extensions": {"x\ny": 2, "`<i>": 2}}}}
    evil = "Acme\n\n[free](http://evil)\n<script>\u2028"
    path = archive(tmp_path / "evil.dss", changed, project_name=evil, sequence=9)
    plan = team.service.import_project(path, project=team.root, dry_run=True).plan
    assert plan is not None
    assert plan.to_text().splitlines() == [
        "Acme [free](http://evil) <script>: 1 changed",
        "  ~ a`<b> (base.json): $extensions.x y, $extensions.`<i>",
        "  tokens/base.json: changed",
    ]
    assert plan.to_text(markdown=True).split("\n") == [
        r"## Import of Acme \[free\](http://evil) \<script\>", "", "1 changed", "",
        "- **changed** ``a`<b>`` (base.json): `$extensions.x y`, ``$extensions.`<i>``",
        "- tokens/base.json: changed", "",
    ]  # fmt: skip


def test_a_stamp_at_the_end_of_time_is_refused_even_where_skew_is_accepted(tmp_path: Path) -> None:
    team = project(tmp_path / "ours", {})
    last = "9999999999999-ffff-ffffffffffffffff"
    parts = RecordMember(f"components/{PROJECT}.jsonl", "components", [sealed(dict(BUTTON), last)])
    path = archive(tmp_path / "late.dss", {"base.json": {"kept": NUMBER}}, parts)
    done = team.service.import_project(path, project=team.root, accept_skew=True)
    assert (done.exit_status, done.diagnostics[0].rule) == (4, "CLOCK_OVERFLOW")


def test_who_comes_back_in_a_set_of_an_old_name_has_no_tombstone_left(tmp_path: Path) -> None:
    team = project(tmp_path / "ours", {"dark.json": {"a": {"x": NUMBER}, "b": {"y": {**NUMBER, "$value": 2}}}})
    first = team.export()
    (team.root / "tokens" / "dark.json").rename(team.root / "tokens" / "night.json")
    team.export()
    team.move("a.x", "b.x")
    assert graves_of(team.export()) == ["a"]
    assert team.service.merge_project(team.root, first, "keep_local").success  # dss.lock forgets who is gone
    team.edit([("value", "dark.json", "a.x", 3)])
    out = team.export()
    assert graves_of(out) == []
    other = project(tmp_path / "theirs", {})
    take(other, out)
    assert other.documents() == team.documents()
    assert other.export().read_bytes() == out.read_bytes()
