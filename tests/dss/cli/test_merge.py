"""``dss merge`` on plain files and folders: what is written, what is printed, what is left alone."""

import json

import pytest

BASE = """\
{
  "color": {
    "$type": "color",
    "red": { "$value": "#ff0000" },
    "blue": { "$value": "#0000ff" }
  }
}
"""


@pytest.fixture
def three(tmp_path, monkeypatch):
    """Writes the three versions and gives the options that name them."""
    monkeypatch.chdir(tmp_path)

    def make(ours=BASE, theirs=BASE, base=BASE):
        for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
            (tmp_path / f"{name}.json").write_text(text)
        return ["merge", "--base", "base.json", "--ours", "ours.json", "--theirs", "theirs.json"]

    return make


def test_the_result_goes_where_told_and_differs_only_where_something_changed(dss, three, tmp_path):
    ours, theirs = BASE.replace("#ff0000", "#ee0000"), BASE.replace("#0000ff", "#0000ee")
    outcome = dss(*three(ours, theirs), "-o", "out.json")
    assert outcome.status == 0 and outcome.out == "1 changed\n"
    assert (tmp_path / "out.json").read_text() == ours.replace("#0000ff", "#0000ee")
    assert (tmp_path / "ours.json").read_text() == ours


def test_without_output_ours_is_written(dss, three, tmp_path):
    assert dss(*three(theirs=BASE.replace("red", "rouge"))).status == 0
    assert '"rouge": { "$value": "#ff0000" }' in (tmp_path / "ours.json").read_text()


def test_a_dash_prints(dss, three, tmp_path):
    theirs = BASE.replace("#0000ff", "#0000ee")
    outcome = dss(*three(theirs=theirs), "-o", "-")
    assert outcome.out == theirs
    assert (tmp_path / "ours.json").read_text() == BASE and not (tmp_path / "-").exists()


def test_a_conflict_is_listed_and_nothing_is_written(dss, three, tmp_path):
    ours, theirs = BASE.replace("#ff0000", "#ee0000"), BASE.replace("#ff0000", "#dd0000")
    outcome = dss(*three(ours, theirs), "-o", "out.json")
    assert outcome.status == 5 and outcome.out == ""
    assert "ours.json:4" in outcome.err and "#ee0000" in outcome.err and "#dd0000" in outcome.err
    assert not (tmp_path / "out.json").exists() and (tmp_path / "ours.json").read_text() == ours


@pytest.mark.parametrize(("strategy", "value"), [("keep_local", "#ee0000"), ("keep_remote", "#dd0000")])
def test_a_strategy_decides(dss, three, tmp_path, strategy, value):
    ours, theirs = BASE.replace("#ff0000", "#ee0000"), BASE.replace("#ff0000", "#dd0000")
    assert dss(*three(ours, theirs), "-s", strategy).status == 0
    assert json.loads((tmp_path / "ours.json").read_text())["color"]["red"] == {"$value": value}


def test_decisions_are_listed_filled_in_and_given_back(dss, three, tmp_path):
    ours, theirs = BASE.replace("#ff0000", "#ee0000"), BASE.replace("#ff0000", "#dd0000")
    outcome = dss(*three(ours, theirs), "--json")
    assert outcome.status == 5
    document = outcome.json
    assert document["merged"] is False and document["files"] == []
    (conflict,) = document["conflicts"]
    assert (conflict["kind"], conflict["local"], conflict["remote"]) == ("both_modified", "#ee0000", "#dd0000")
    conflict |= {"choose": "value", "value": "#cc0000"}
    (tmp_path / "decisions.json").write_text(json.dumps(document))
    assert dss(*three(ours, theirs), "--decisions", "decisions.json").status == 0
    assert "#cc0000" in (tmp_path / "ours.json").read_text()
    stale = dss(*three(BASE.replace("#ff0000", "#aa0000"), theirs), "--decisions", "decisions.json")
    assert stale.status == 1 and "DSS683" in stale.err
    assert "#aa0000" in (tmp_path / "ours.json").read_text()


def test_partial_writes_what_is_clear(dss, three, tmp_path):
    ours = BASE.replace("#ff0000", "#ee0000")
    theirs = BASE.replace("#ff0000", "#dd0000").replace("#0000ff", "#0000ee")
    assert dss(*three(ours, theirs), "--partial").status == 5
    assert (tmp_path / "ours.json").read_text() == ours.replace("#0000ff", "#0000ee")


def test_a_rename_by_hand_is_seen_and_said_and_can_be_refused(dss, three, tmp_path):
    ours, theirs = BASE.replace('"red"', '"danger"'), BASE.replace("#ff0000", "#dd0000")
    outcome = dss(*three(ours, theirs), "-o", "out.json")
    assert outcome.status == 0 and "DSS696" in outcome.err
    assert '"danger": { "$value": "#dd0000" }' in (tmp_path / "out.json").read_text()
    assert dss(*three(ours, theirs), "--no-renames").status == 5


def test_two_clean_halves_that_make_a_broken_whole_are_refused(dss, three, tmp_path):
    ours = BASE.replace(
        '"blue": { "$value": "#0000ff" }', '"blue": { "$value": "#0000ff" },\n    "a": { "$value": "{color.A}" }'
    )
    theirs = BASE.replace('"blue"', '"Á": { "$value": "#111111" },\n    "blue"')
    ours = ours.replace('"a": { "$value": "{color.A}" }', '"A\u0301": { "$value": "#222222" }')
    outcome = dss(*three(ours, theirs))
    assert outcome.status == 5 and "DSS691" in outcome.err
    assert (tmp_path / "ours.json").read_text() == ours


def test_without_a_base_nothing_is_deleted_and_differences_are_conflicts(dss, three, tmp_path):
    ours = BASE.replace('    "red": { "$value": "#ff0000" },\n', "")
    three(ours, BASE.replace("#0000ff", "#0000ee"))
    outcome = dss("merge", "--ours", "ours.json", "--theirs", "theirs.json", "-s", "keep_remote")
    assert outcome.status == 0 and "DSS693" in outcome.err
    assert json.loads((tmp_path / "ours.json").read_text()) == json.loads((tmp_path / "theirs.json").read_text())
    three(ours, BASE.replace("#0000ff", "#0000ee"))
    assert dss("merge", "--ours", "ours.json", "--theirs", "theirs.json").status == 5


def test_dry_run_lists_and_writes_nothing(dss, three, tmp_path):
    outcome = dss(*three(theirs=BASE.replace("#0000ff", "#0000ee")), "--dry-run")
    assert outcome.status == 0 and outcome.out == "~ color.blue  $value\n"
    assert (tmp_path / "ours.json").read_text() == BASE


def test_folders_are_merged_file_by_file(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    token = {"$type": "number", "$value": 1}
    sides = {
        "base": {"a.json": {"x": token}, "gone.json": {"y": {**token, "$value": 2}}},
        "ours": {"a.json": {"x": token, "z": token}, "gone.json": {"y": {**token, "$value": 2}}},
        "theirs": {"a.json": {"x": {**token, "$value": 9}}, "sub/new.json": {"n": {**token, "$value": 5}}},
    }
    for side, documents in sides.items():
        for name, document in documents.items():
            path = tmp_path / side / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(document, indent=4))
    outcome = dss("merge", "--base", "base", "--ours", "ours", "--theirs", "theirs", "--json")
    assert outcome.status == 0
    found = {
        p.relative_to(tmp_path / "ours").as_posix(): json.loads(p.read_text())
        for p in (tmp_path / "ours").rglob("*.json")
    }
    assert found == {"a.json": {"x": {**token, "$value": 9}, "z": token}, "sub/new.json": {"n": {**token, "$value": 5}}}
    assert (tmp_path / "ours/sub/new.json").read_bytes() == (tmp_path / "theirs/sub/new.json").read_bytes()
    assert not (tmp_path / "ours/.dss").exists()


def test_newest_goes_by_the_files_times(dss, three, tmp_path):
    import os

    words = three(BASE.replace("#ff0000", "#ee0000"), BASE.replace("#ff0000", "#dd0000"))
    os.utime(tmp_path / "ours.json", (2_000_000_000, 2_000_000_000))
    os.utime(tmp_path / "theirs.json", (1_000_000_000, 1_000_000_000))
    assert dss(*words, "-s", "keep_newest").status == 0
    assert "#ee0000" in (tmp_path / "ours.json").read_text()


def test_yaml_is_merged_too(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    base = "a:\n  $type: number\n  $value: 1\nb:\n  $type: number\n  $value: 2\n"
    (tmp_path / "base.yaml").write_text(base)
    (tmp_path / "ours.yaml").write_text(base.replace("1", "10") + "# mine\n")
    (tmp_path / "theirs.yaml").write_text(base.replace("2", "20"))
    outcome = dss("merge", "--base", "base.yaml", "--ours", "ours.yaml", "--theirs", "theirs.yaml")
    assert outcome.status == 0 and "DSS697" in outcome.err
    assert (tmp_path / "ours.yaml").read_text() == base.replace("1", "10").replace("2", "20")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--strategy", "newest"], 2),
        (["--interactive"], 2),
        (["--theirs", "."], 2),
        (["--theirs", "broken.json"], 1),
        (["--decisions", "base.json"], 1),
    ],
)
def test_wrong_calls_change_nothing(dss, three, tmp_path, words, status):
    call = three()
    (tmp_path / "broken.json").write_text("{")
    assert dss(*call, *words).status == status
    assert (tmp_path / "ours.json").read_text() == BASE


def test_a_person_is_asked(three, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from dss.cli import merge

    words = three(BASE.replace("#ff0000", "#ee0000"), BASE.replace("#ff0000", "#dd0000"))[1:]
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    outcome = CliRunner().invoke(merge.command, [*words, "-i"], input="x\nr\n")
    assert outcome.exit_code == 0, outcome.output
    assert "changed on both sides" in outcome.output and "#dd0000" in (tmp_path / "ours.json").read_text()
    outcome = CliRunner().invoke(merge.command, [*words, "-i"], input="")
    assert outcome.exit_code == 0  # nothing is left to ask
