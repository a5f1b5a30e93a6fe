"""Export, import and merge of whole projects, as the first specification calls them."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive_forge import DOCUMENTS, STAMP, forged_set, lines, package, records_of, theme_member, version_1

from dss import Project
from dss.export_import import DSSProjectService, ExportSummary, ImportSummary, MergeSummary
from dss.export_import.alerts import alerts
from dss.export_import.identity_lock import IdentityLock, Seat, read_lock
from dss.export_import.limits import Limits
from dss.export_import.locking import ActiveJob, DatabaseLockingStrategy
from dss.export_import.manifest import Query
from dss.export_import.metrics import Registry
from dss.export_import.package import write_archive
from dss.export_import.records import sealed
from dss.export_import.verify import verify
from dss.project import find_project

CONFIG = '[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n'
DAY = 24 * 60 * 60 * 1000


def color(red: float) -> dict[str, Any]:
    return {"$value": {"colorSpace": "srgb", "components": [red, 0, 0]}}


BASE: dict[str, Any] = {"color": {"$type": "color", "a": color(0), "b": color(1), "alias": {"$value": "{color.a}"}}}


class Team:
    """A project folder with its own clock."""

    def __init__(self, root: Path, documents: dict[str, Any] | None = None, config: str = CONFIG) -> None:
        self.root = root
        (root / "tokens").mkdir(parents=True)
        (root / "dss.toml").write_text(config, "utf-8")
        self.now = int(time.time() * 1000)
        self.registry = Registry()
        self.service = DSSProjectService(now=lambda: self.now, listener=self.registry.count)
        for name, document in (documents or {}).items():
            self.write(name, document)

    def write(self, name: str, document: Any) -> None:
        path = self.root / "tokens" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document), "utf-8")

    def read(self, name: str = "base.json") -> Any:
        return json.loads((self.root / "tokens" / name).read_text("utf-8"))

    def edit(self, path: str, value: Any, name: str = "base.json") -> None:
        """Put *value* at *path*; ``None`` takes it away."""
        self.now += 1000
        document = node = self.read(name)
        *groups, last = path.split(".")
        for group in groups:
            node = node.setdefault(group, {})
        if value is None:
            del node[last]
        else:
            node[last] = value
        self.write(name, document)

    def export(self, name: str = "out.dss", **options: Any) -> Path:
        done = self.service.export_project(self.root, self.root / name, **options)
        assert done.success, done.error
        return self.root / name

    def take(self, archive: Path, **options: Any) -> ImportSummary:
        return self.service.import_project(archive, project=self.root, **options)

    def merge(self, archive: Path, strategy: str = "manual", **options: Any) -> MergeSummary:
        return self.service.merge_project(self.root, archive, strategy, **options)

    def files(self) -> dict[str, bytes]:
        kept = (path for path in self.root.rglob("*") if path.is_file() and ".dss" not in path.parts)
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in kept if path.suffix != ".dss"}


@pytest.fixture
def team(tmp_path: Path) -> Callable[..., Team]:
    return lambda name, documents=None, config=CONFIG: Team(tmp_path / name, documents, config)


@pytest.fixture
def two(team: Callable[..., Team]) -> tuple[Team, Team]:
    """Two teams that hold the same tokens."""
    a, b = team("a", {"base.json": BASE}), team("b")
    assert b.take(a.export()).success
    return a, b


def test_the_snippet_of_the_specification_runs(
    team: Callable[..., Team], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a, b = team("a", {"base.json": BASE}), team("b")
    monkeypatch.chdir(b.root)
    from dss.export_import import DSSProjectService
    from dss.export_import.service import DSSProjectService as SameService

    assert SameService is DSSProjectService
    service = DSSProjectService(busy_timeout_ms=5000)
    my_project = find_project(a.root)
    assert isinstance(my_project, Project)
    result = service.export_project(my_project, Path("export.dss"))
    assert result.success, result.error
    assert isinstance(result, ExportSummary)
    assert result.archive_path == Path("export.dss")
    assert result.file_size_bytes == Path("export.dss").stat().st_size
    assert (result.item_counts["tokens"], result.item_counts["components"]) == (3, 0)
    assert result.duration_seconds > 0
    imported = service.import_project(Path("export.dss"))
    assert (imported.project_name, imported.requires_background_job, imported.error) == ("acme", False, None)
    assert imported.duration_seconds > 0
    assert b.read() == BASE
    local_project = b.root
    analysis = service.analyze_merge(local_project, Path("export.dss"))
    assert analysis.success
    merged = service.merge_project(local_project, Path("export.dss"), conflict_strategy="keep_local")
    assert merged.success, merged.error
    assert isinstance(merged, MergeSummary)
    assert DSSProjectService(root=b.root).import_project(Path("export.dss"), "merge").success
    by_name = DSSProjectService(root=b.root).export_project("acme", Path("again.dss"))
    assert by_name.success, by_name.error


def test_export_and_import_lose_nothing_and_give_equal_bytes(team: Callable[..., Team]) -> None:
    documents = {
        "base.json": {"$description": "all", **BASE, "空": {"é": {"$type": "number", "$value": 1.0}}},
        "brand/dark.json": {"color": {"$type": "color", "a": color(0.5)}},
        "tokens.resolver.json": {
            "version": "2025.10",
            "sets": {"base": {"sources": [{"$ref": "base.json"}]}},
            "modifiers": {
                "theme": {"contexts": {"light": [], "dark": [{"$ref": "brand/dark.json"}]}, "default": "light"}
            },
            "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
        },
    }
    a, b = team("a", documents), team("b")
    first = a.export("1.dss")
    assert verify(first).ok
    done = b.take(first)
    assert done.success, done.error
    assert {name: json.dumps(b.read(name)) for name in documents} == {n: json.dumps(d) for n, d in documents.items()}
    a.now += DAY
    assert first.read_bytes() == a.export("2.dss").read_bytes() == b.export("3.dss").read_bytes()
    copy = shutil.copytree(a.root, a.root.parent / "elsewhere")
    again = DSSProjectService().export_project(copy, copy / "4.dss")
    assert again.success
    assert (copy / "4.dss").read_bytes() == first.read_bytes()


def test_an_unchanged_file_spelled_differently_is_the_same_state(two: tuple[Team, Team]) -> None:
    a, _ = two
    before = a.export("1.dss").read_bytes()
    (a.root / "tokens" / "base.json").write_text(json.dumps(BASE, indent=7), "utf-8")
    assert a.export("2.dss").read_bytes() == before


def test_other_spellings_of_files_come_back_as_json(team: Callable[..., Team]) -> None:
    a, b = team("a", config='[project]\nname = "x"\nsources = ["tokens"]\n'), team("b")
    (a.root / "tokens" / "a.yaml").write_text("x:\n  $type: number\n  $value: 3\n", "utf-8")
    (a.root / "tokens" / "b.json5").write_text("{y: {$type: 'number', $value: 4}} // c", "utf-8")
    assert b.take(a.export()).success
    assert b.read("a.json") == {"x": {"$type": "number", "$value": 3}}
    assert b.read("b.json") == {"y": {"$type": "number", "$value": 4}}


def test_a_value_without_a_name_is_refused_and_a_group_may_be_called_value(team: Callable[..., Team]) -> None:
    a, b = team("a", {"base.json": {"$type": "color", **color(0)}}), team("b")
    refused = a.service.export_project(a.root, a.root / "out.dss")
    assert not refused.success and "DSS211" in str(refused.error)
    a.write("base.json", {"value": {}})
    assert b.take(a.export()).success
    assert b.read() == {"value": {}}


def test_importing_the_same_archive_again_changes_nothing_and_says_so(two: tuple[Team, Team]) -> None:
    a, b = two
    before = b.files()
    again = b.take(a.root / "out.dss")
    assert again.success
    assert again.unchanged
    assert b.files() == before


def test_replace_makes_the_project_what_the_archive_is(two: tuple[Team, Team]) -> None:
    a, b = two
    b.write("mine.json", {"x": {"$type": "number", "$value": 1}})
    b.edit("color.b", color(0.7))
    a.edit("color.new", color(0.2))
    done = b.take(a.export())
    assert done.success, done.error
    assert done.plan is not None
    assert done.plan.counts == {"added": 1, "removed": 1, "changed": 1, "moved": 0}
    assert b.files().keys() == {"dss.toml", "tokens/base.json"}
    assert b.read() == a.read()
    report = verify(b.export("after.dss"))
    assert report.ok
    assert report.content is not None
    assert report.content.tombstones == 2, "the token and its set"


def test_a_dry_run_changes_nothing_and_shows_what_would_happen(two: tuple[Team, Team]) -> None:
    a, b = two
    a.edit("color.b", color(0.7))
    archive = a.export()
    before, head = b.files(), b.export("x.dss").read_bytes()
    done = b.take(archive, dry_run=True)
    assert done.success
    assert done.plan is not None
    assert "~ color.b (base.json): $value" in done.plan.to_text()
    assert "**changed** `color.b`" in done.plan.to_text(markdown=True)
    assert done.to_json()["changes"][0]["path"] == "color.b"
    assert done.to_json()["files"] == [{"path": "tokens/base.json", "change": "changed"}]
    assert (b.files(), b.export("y.dss").read_bytes()) == (before, head)
    assert b.take(archive).plan.to_json() == done.plan.to_json()  # type: ignore[union-attr]


def refused(done: ImportSummary, code: str, status: int) -> None:
    assert not done.success
    assert done.error is not None
    assert done.error.startswith(code + ":")
    assert done.exit_status == status
    assert set(done.item_counts.values()) == {0}


def test_what_does_not_fit_is_refused_and_nothing_changes(two: tuple[Team, Team], team: Callable[..., Team]) -> None:
    a, b = two
    before = b.files()
    stranger = team("stranger", {"base.json": BASE})
    refused(b.take(stranger.export()), "DSS683", 4)
    refused(b.merge(stranger.export()), "DSS683", 4)
    refused(b.take(a.export("part.dss", query=Query(folders=("color.a",)))), "DSS683", 4)
    broken = a.root / "broken.dss"
    broken.write_bytes(a.export().read_bytes()[:-1])
    refused(b.take(broken), "DSS610", 4)
    refused(b.take(a.root / "missing.dss"), "DSS682", 1)
    refused(b.take(a.export(), strategy="overwrite"), "DSS664", 1)
    refused(b.merge(a.export(), "guess"), "DSS694", 1)
    assert b.files() == before
    assert b.take(stranger.export(), as_new=True).success


def test_an_older_state_is_refused_by_replace_and_warned_about_by_merge(two: tuple[Team, Team]) -> None:
    a, b = two
    old = shutil.copy(a.root / "out.dss", a.root / "old.dss")
    a.edit("color.b", color(0.7))
    assert b.take(a.export()).success
    refused(b.take(old), "DSS654", 4)
    merged = b.merge(old)
    assert merged.success
    assert [found.rule for found in merged.diagnostics] == ["ROLLBACK"]
    assert b.read()["color"]["b"] == color(0.7)
    counts = b.registry.snapshot(0).counts
    assert counts["dss_replay_attempts_total", ()] == 1


def test_large_archives_ask_for_a_job_and_change_nothing(two: tuple[Team, Team]) -> None:
    a, b = two
    a.edit("color.b", color(0.7))
    archive, before = a.export(), b.files()
    service = DSSProjectService(limits=Limits(background_records=2))
    for done in (
        service.import_project(archive, project=b.root),
        service.import_project(archive, "merge", project=b.root),
        service.merge_project(b.root, archive),
    ):
        assert (done.success, done.error, done.requires_background_job) == (False, None, True)
    assert b.files() == before
    done = service.import_project(archive, project=b.root, background=True)
    assert (done.success, done.requires_background_job) == (True, False)


def test_a_job_at_work_on_the_project_is_respected(two: tuple[Team, Team]) -> None:
    a, b = two
    project = verify(a.root / "out.dss").to_json()["project"]["id"]
    connection = sqlite3.connect(b.root / ".dss" / "store.db")
    connection.execute("CREATE TABLE jobs (project TEXT, owner TEXT, purpose TEXT, started REAL, heartbeat REAL)")
    connection.execute("INSERT INTO jobs VALUES (?, 'w1', 'import', 0, ?)", (project, b.now / 1000))
    connection.commit()
    connection.close()
    done = b.take(a.root / "out.dss")
    refused(done, "DSS681", 1)
    assert "'import' by 'w1' since 1970-01-01 00:00:00 UTC" in str(done.error)
    b.now += 60_000
    assert b.take(a.root / "out.dss").success


@pytest.mark.parametrize("strategy", ["replace", "merge"])
def test_a_job_that_begins_between_plan_and_apply_is_respected(
    strategy: str, two: tuple[Team, Team], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    a.edit("color.b", color(0.7))
    archive, before = a.export(), b.files()
    asked = iter([None, ActiveJob("w1", "import", 0.0)])
    monkeypatch.setattr(DatabaseLockingStrategy, "active_job", staticmethod(lambda *_: next(asked)))
    refused(b.take(archive, strategy=strategy), "DSS681", 1)
    assert b.files() == before
    monkeypatch.undo()
    assert b.take(archive, strategy=strategy).success


def test_no_file_that_is_not_the_projects_is_replaced(two: tuple[Team, Team], tmp_path: Path) -> None:
    a, b = two
    a.write("extra.json", {"x": {"$type": "number", "$value": 1}})
    archive = a.export()
    (b.root / "dss.toml").write_text(CONFIG.replace("tokens/**/*.json", "tokens/base.json"), "utf-8")
    (b.root / "tokens" / "extra.json").write_text("mine", "utf-8")
    before = b.files()
    refused(b.take(archive), "DSS683", 4)
    (b.root / "tokens" / "extra.json").unlink()
    (b.root / "tokens" / "extra.json").symlink_to(tmp_path / "outside.json")
    refused(b.take(archive), "DSS600", 4)
    assert not (tmp_path / "outside.json").exists()
    (b.root / "tokens" / "extra.json").unlink()
    assert b.files() == {name: content for name, content in before.items() if name != "tokens/extra.json"}
    assert b.take(archive).success


def test_a_token_folder_that_leads_out_of_the_project_is_not_followed(
    team: Callable[..., Team], tmp_path: Path
) -> None:
    a, b = team("a", {"deep/x.json": {"x": {"$type": "number", "$value": 1}}}), team("b")
    (tmp_path / "outside").mkdir()
    (b.root / "tokens" / "deep").symlink_to(tmp_path / "outside")
    refused(b.take(a.export()), "DSS600", 4)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize(
    ("ahead", "outcome"), [(DAY + 60_000, "refused"), (DAY - 60_000, "warned"), (3_599_000, "fine")]
)
def test_stamps_from_the_future(ahead: int, outcome: str, team: Callable[..., Team]) -> None:
    a, b = team("a", {"base.json": BASE}), team("b")
    a.now += ahead
    archive = a.export()
    done = b.take(archive)
    if outcome == "refused":
        refused(done, "DSS692", 4)
        done = b.take(archive, accept_skew=True)
    assert done.success
    assert bool(done.diagnostics) == (outcome != "fine")
    b.edit("color.b", color(0.3))
    stamps = [record["hlc"] for record in records_in(b.export("x.dss")) if record.get("name") == "b"]
    assert stamps[0] > max(record["hlc"] for record in records_in(archive)), "later edits have later stamps"


def test_three_clocks_that_are_ahead_are_an_alarm(team: Callable[..., Team]) -> None:
    here = team("here")
    others: dict[int, Team] = {}
    alarmed = []
    for number in (1, 1, 2, 3):
        other = others.get(number) or others.setdefault(number, team(f"other {number}", {"base.json": BASE}))
        other.now += 2 * 60 * 60 * 1000
        other.edit("color.a", color(0.5))
        here.service.analyze_merge(here.root, other.export(), as_new=True)
        found = alerts([here.registry.snapshot(0.0)])
        alarmed.append(any(alert.rule.metric == "dss_clock_skewed_nodes_total" for alert in found))
    assert alarmed == [False, False, False, True]


def records_in(archive: Path) -> list[dict[str, Any]]:
    import zipfile

    with zipfile.ZipFile(archive) as members:
        names = [name for name in members.namelist() if name.endswith(".jsonl")]
        return [json.loads(line) for name in names for line in members.read(name).decode().split("\n")[:-1]]


def test_a_clock_that_goes_back_gives_no_earlier_stamp(two: tuple[Team, Team]) -> None:
    a, _ = two
    newest = max(record["hlc"] for record in records_in(a.root / "out.dss"))
    a.now -= 3 * DAY
    a.edit("color.b", color(0.3))
    assert max(record["hlc"] for record in records_in(a.export())) > newest


def test_version_1_is_imported(team: Callable[..., Team]) -> None:
    b = team("b")
    rows = [{"id": "6f1d2c3a-0000-4000-8000-000000000001", "name": "color.a", "type": "color", "value": "#ff0000"}]
    themes = [{"id": "6f1d2c3a-0000-4000-8000-000000000002", "name": "dark",
               "overrides": [{"name": "color.a", "type": "color", "value": "#000000"}]}]  # fmt: skip
    old = b.root / "old.dss"
    old.write_bytes(version_1({"tokens": rows, "themes": themes}))
    done = b.take(old)
    assert done.success, done.error
    assert b.read("tokens.json")["color"]["a"]["$value"]["hex"] == "#ff0000"
    assert b.files().keys() >= {"tokens/themes/1.json", "tokens/themes.resolver.json"}
    assert b.take(old).unchanged
    assert (b.root / "dss.lock").exists(), "its ids are not those of the places"
    assert b.registry.snapshot(0).counts["dss_migrations_performed_total", ()] == 2


def test_assets_go_along(two: tuple[Team, Team]) -> None:
    a, b = two
    fonts = a.root / "fonts"
    fonts.mkdir()
    (fonts / "Inter.woff2").write_bytes(b"wOF2" + bytes(50))
    archive = a.export(assets=fonts)
    done = b.take(archive)
    assert done.success
    assert done.item_counts["assets"] == 1
    assert b.export("back.dss").read_bytes() == archive.read_bytes()
    merged = a.merge(b.root / "back.dss")
    assert merged.success
    assert verify(a.export()).to_json()["counts"]["assets"] == 1


def test_what_is_clear_may_be_merged_before_conflicts_are_decided(two: tuple[Team, Team]) -> None:
    a, b = two
    a.edit("color.a", color(0.2))
    a.edit("color.new", color(0.7))
    b.edit("color.a", color(0.3))
    b.edit("color.b", None)
    a.edit("color.b", color(0.9))
    archive = a.export()
    done = b.merge(archive, partial=True)
    assert not done.success
    assert done.exit_status == 5
    left = {(conflict.kind, conflict.path) for conflict in done.conflicts if conflict.answer is None}
    assert left == {("both_modified", "color.a"), ("delete_modify", "color.b")}
    assert b.read()["color"]["a"] == color(0.3)
    assert b.read()["color"]["new"] == color(0.7)
    assert "b" not in b.read()["color"], "what is open stays as it is here"
    again = b.merge(archive)
    assert {(conflict.kind, conflict.path) for conflict in again.conflicts} == left, "what is open comes up again"
    assert b.merge(archive, "keep_remote").success
    assert b.read() == a.read()
    assert b.merge(archive).unchanged


def test_a_dry_run_shows_conflicts_and_leaves_with_their_status(two: tuple[Team, Team]) -> None:
    a, b = two
    a.edit("color.a", color(0.2))
    archive = a.export()
    b.edit("color.a", color(0.3))
    b.export()
    done = b.merge(archive, dry_run=True)
    assert done.success
    assert not done.unchanged
    assert done.exit_status == 5
    assert done.plan is not None
    assert "  ! $value of color.a was changed on both sides" in done.plan.to_text()
    assert "- **conflict** $value of color.a" in done.plan.to_text(markdown=True)
    decided = b.merge(archive, "keep_local", dry_run=True)
    assert decided.exit_status == 0
    assert decided.plan is not None
    assert decided.plan.to_text().count("decided: local") == 1


def test_a_part_of_a_project_is_merged_without_deleting_the_rest(two: tuple[Team, Team]) -> None:
    a, b = two
    a.edit("color.a", color(0.4))
    a.edit("color.new", color(0.9))
    part = a.export("part.dss", query=Query(folders=("color/a", "color/new")))
    report = verify(part).to_json()
    assert report["scope"] == {"complete": False, "query": {"folders": ["color/a", "color/new"]}}
    assert report["counts"]["tokens"] == 2
    done = b.merge(part)
    assert done.success, done.error
    assert done.base is not None  # also of a state that nobody has but its maker
    assert b.read()["color"].keys() == {"$type", "a", "b", "alias", "new"}
    assert b.read()["color"]["a"] == color(0.4)
    bare = a.export("bare.dss", query=Query(folders=("color/alias",)), closure=False)
    assert verify(bare).to_json()["scope"]["external"] == ["color.a"]
    assert verify(a.export("closed.dss", query=Query(folders=("color/alias",)))).to_json()["counts"]["tokens"] == 2
    nothing = a.service.export_project(a.root, a.root / "none.dss", query=Query(tags=("nobody",)))
    assert not nothing.success
    assert not (a.root / "none.dss").exists()


def test_a_part_that_refers_to_what_is_not_here_is_refused(two: tuple[Team, Team]) -> None:
    a, b = two
    a.edit("color.alias", {"$value": "{color.b}"})
    bare = a.export("bare.dss", query=Query(folders=("color/alias",)), closure=False)
    b.edit("color.b", None)
    before = b.files()
    done = b.merge(bare)
    assert not done.success
    assert str(done.error).startswith("DSS691")
    assert b.files() == before
    assert b.merge(a.export("closed.dss", query=Query(folders=("color/alias",))), "keep_remote").success


def test_tokens_with_errors_are_not_exported(team: Callable[..., Team]) -> None:
    a = team("a", {"base.json": {"a": {"$value": "{missing}"}}})
    done = a.service.export_project(a.root, a.root / "a.dss")
    assert not done.success
    assert done.error is not None
    assert "'a' refers to 'missing'" in done.error
    assert not (a.root / "a.dss").exists()
    (a.root / "tokens" / "base.json").write_text("{", "utf-8")
    assert not a.service.export_project(a.root, a.root / "a.dss").success


def test_signed_and_encrypted_archives_pass_between_teams(two: tuple[Team, Team], tmp_path: Path) -> None:
    pytest.importorskip("pyrage")
    pytest.importorskip("cryptography")
    from dss.export_import.encryption import Unlock, write_identity
    from dss.export_import.trust import SecretKey, Trust

    a, b = two
    key = SecretKey(bytes(range(32)))
    recipient = write_identity(tmp_path / "identity")
    a.edit("color.b", color(0.7))
    archive = a.export("secret.dss.age", sign=key, recipients=[recipient])
    assert b"acme" not in archive.read_bytes()
    assert [path.name for path in a.root.iterdir() if path.suffix == ".dss" and path.is_file()] == ["out.dss"]
    refused(b.take(archive), "DSS655", 4)
    service = DSSProjectService(
        trust=Trust((key.public,), required=True), unlock=Unlock((tmp_path / "identity",))
    )  # fmt: skip
    assert service.import_project(archive, project=b.root).success
    refused(service.import_project(a.root / "out.dss", project=b.root), "DSS653", 4)


def test_operations_are_counted(two: tuple[Team, Team]) -> None:
    a, b = two
    broken = a.root / "broken.dss"
    broken.write_bytes(b"nonsense")
    b.take(broken)
    counts = b.registry.snapshot(0).counts
    assert counts["dss_operations_total", ("import", "done", "")] == 1
    assert counts["dss_operations_total", ("import", "refused", "DSS610")] == 1
    assert counts["dss_archive_rejected_total", ("DSS610",)] == 1
    assert counts["dss_entities_total", ("import", "tokens", "added")] == 3


def test_the_lock_survives_its_file() -> None:
    lock = IdentityLock({Seat("token", "a b.json", "x.y z"): "6f1d2c3a-0000-4000-8000-000000000001"})
    assert read_lock(lock.to_text()) == lock
    assert IdentityLock().to_text() == ""


def test_a_token_remembered_under_another_name_keeps_its_identity(two: tuple[Team, Team]) -> None:
    """A rename here and a new value there meet in one token."""
    a, b = two
    identity = next(r["id"] for r in records_in(a.root / "out.dss") if r.get("name") == "b")
    document = b.read()
    document["color"]["renamed"] = document["color"].pop("b")
    b.write("base.json", document)
    (b.root / "dss.lock").write_text(f"{identity}\ttoken\tbase.json\tcolor.renamed\n", "utf-8")
    a.edit("color.b", color(0.7))
    done = b.merge(a.export())
    assert done.success, done.error
    assert b.read()["color"]["renamed"] == color(0.7)
    assert "b" not in b.read()["color"]
    back = a.merge(b.export())
    assert back.success, back.error
    assert a.read() == b.read()
    assert (a.root / "dss.lock").read_text("utf-8").endswith(f"{identity}\ttoken\tbase.json\tcolor.renamed\n")
    assert a.export("1.dss").read_bytes() == b.export("2.dss").read_bytes()


def test_records_of_hostile_names_never_become_paths(team: Callable[..., Team]) -> None:
    b = team("b")
    for name in ("../evil.json", "/tmp/evil.json", ".git/config.json", "evil.py", "a/../../evil.json"):
        hostile = b.root / "hostile.dss"
        hostile.write_bytes(forged_set(lines(records_of(name, {"a": {"$value": 1}}, STAMP))))
        refused(b.take(hostile), "DSS665", 4)
    assert b.files().keys() == {"dss.toml"}


def with_nodes(document: dict[str, Any], nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a set, some with members that no token file has."""
    found = []
    for record in records_of("t.json", document, STAMP):
        node = nodes.get(record["kind"]) or nodes.get(record["name"], record["node"])
        bare = {key: value for key, value in record.items() if key not in ("rev", "hlc")}
        found.append(sealed({**bare, "node": node}, STAMP))
    return found


@pytest.mark.parametrize(
    "reference", ["../../secret.json", "{outside}/secret.json", "../../../../../etc/passwd", "n/\0"]
)
@pytest.mark.parametrize("strategy", ["replace", "merge"])
def test_a_resolver_document_of_an_archive_names_no_file_outside_the_project(
    reference: str, strategy: str, team: Callable[..., Team], tmp_path: Path
) -> None:
    (tmp_path / "secret.json").write_text('{"password": {"$type": "number", "$value": 1}}', "utf-8")
    sources = {"b": {"sources": [{"$ref": reference.format(outside=tmp_path) + "#/password"}]}}
    document = {"version": "2025.10", "sets": sources, "resolutionOrder": [{"$ref": "#/sets/b"}]}
    b = team("b")
    write_archive(package(DOCUMENTS, theme_member("t.resolver.json", document)), b.root / "hostile.dss")
    refused(b.take(b.root / "hostile.dss", strategy=strategy), "DSS600", 4)
    nodes = {"set": {"version": "2025.10", "resolutionOrder": document["resolutionOrder"]}, "b": sources["b"]}
    (b.root / "set.dss").write_bytes(forged_set(lines(with_nodes({"sets": {"b": {}}}, nodes))))
    refused(b.take(b.root / "set.dss", strategy=strategy), "DSS664", 4)
    assert b.files().keys() == {"dss.toml"}


def test_every_error_text_begins_with_its_code(team: Callable[..., Team], tmp_path: Path) -> None:
    service = DSSProjectService()
    for done in (
        service.export_project(tmp_path / "nowhere", tmp_path / "a.dss"),
        service.export_project("no such name", tmp_path / "a.dss"),
        service.import_project(tmp_path, project=team("x").root),
        service.analyze_merge(team("y").root, tmp_path / "missing.dss"),
    ):
        assert not done.success
        assert re.match(r"DSS\d{3}: ", str(done.error))


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///other.db", "other.db"),
        ("postgresql://server/dss", ".dss/store.db"),
        ("sqlite:///:memory:", ".dss/store.db"),
        (None, ".dss/store.db"),
    ],
)
def test_states_are_kept_with_the_folder(url: str | None, file: str, team: Callable[..., Team]) -> None:
    a = team("a", {"base.json": BASE})
    done = DSSProjectService(store=url).export_project(a.root, a.root / "a.dss")
    assert done.success, done.error
    assert (a.root / file).exists()


DEEP: dict[str, Any] = {"a": {"b": {"c": {"$type": "number", "$value": 1}}}}
NESTED: dict[str, Any] = {"a": {"$type": "cubicBezier", "$value": [0, 0, 1, 1], "$extensions": {"x": [{}]}}}
LONG: dict[str, Any] = {"a": {"$type": "number", "$value": 1, "$description": "x" * 300}}
RING: dict[str, Any] = {"a": {"$type": "number", "$value": "{b}"}, "b": {"$type": "number", "$value": "{a}"}}
FAN: dict[str, Any] = {"a": {"$type": "number", "$value": 1}, "b": {"$type": "cubicBezier", "$value": ["{a}"] * 4}}


@pytest.mark.parametrize(
    ("document", "limits", "code"),
    [
        (BASE, {"max_tokens": 2}, "DSS643"),
        (BASE, {"max_name_length": 4}, "DSS644"),
        (BASE, {"max_name_length": 5}, None),
        (DEEP, {"max_group_depth": 2}, "DSS662"),
        (DEEP, {"max_group_depth": 3}, None),
        (NESTED, {"max_value_depth": 2}, "DSS662"),
        (NESTED, {"max_value_depth": 4}, None),
        (LONG, {"max_string_size": 299}, "DSS644"),
        (LONG, {"max_string_size": 300}, None),
        (LONG, {"max_line_length": 300}, "DSS644"),
        ({"a": {"$type": "number", "$value": "{b}"}}, {}, "DSS665"),
        (RING, {}, "DSS665"),
        (FAN, {"min_resolved_nodes": 3, "max_resolved_factor": 1}, "DSS645"),
        (FAN, {"min_resolved_nodes": 9}, None),
    ],
)
def test_what_readers_would_refuse_is_not_exported(
    team: Callable[..., Team], document: dict[str, Any], limits: dict[str, int], code: str | None
) -> None:
    """Found while it is written, in a new set and in one that was kept while another one changed."""
    new, kept = (team(name, {"base.json": document, "other.json": {}}) for name in "ab")
    kept.edit("z", {"$type": "number", "$value": 1}, "other.json")
    kept.export("part.dss", query=Query(sets=("other.json",)), closure=False)
    kept.edit("z", {"$type": "number", "$value": 2}, "other.json")
    for one in (new, kept):
        service = DSSProjectService(limits=Limits(**limits), now=lambda: kept.now)
        found = service.export_project(one.root, one.root / "out.dss")
        assert (found.error[:6] if found.error else None) == code
        assert (one.root / "out.dss").exists() == (code is None)
