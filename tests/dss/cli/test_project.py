"""``dss project``: the states of a folder and the way back; projects of the store."""

import json

import pytest

CONFIG = '[project]\nname = "acme"\nid = "0f2a7c1e-0000-4000-8000-000000000001"\nsources = ["tokens/**/*.json"]\n'
ONE = '{\n  "a": { "$type": "number", "$value": 1 },\n  "b": { "$type": "number", "$value": 2 }\n}\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tokens").mkdir()
    (tmp_path / "dss.toml").write_text(CONFIG)
    (tmp_path / "tokens/base.json").write_text(ONE)
    return tmp_path


def numbers(dss):
    return [state["number"] for state in dss("project", "history", "--json").json["states"]]


def test_a_folder_s_states_are_those_that_were_exchanged(dss, project):
    assert dss("project", "history").out == "nothing is recorded yet\n"
    dss("export", "-o", "one.dss")
    (project / "tokens/base.json").write_text(ONE.replace("1", "10"))
    dss("export", "-o", "two.dss")
    states = dss("project", "history", "--json").json["states"]
    assert [(s["number"], s["tokens"], s["sets"], s["present"]) for s in states] == [(2, 2, 1, True), (1, 2, 1, False)]
    assert dss("project", "history").out.splitlines()[1].startswith("*2  ")


def test_a_revert_brings_text_back_and_can_be_reverted(dss, project):
    dss("export", "-o", "one.dss")
    base, more = project / "tokens/base.json", project / "tokens/sub/more.json"
    changed = ONE.replace('"$value": 1', '"$value": 10').replace(
        "}\n}", '},\n  "c": { "$type": "number", "$value": 3 }\n}'
    )
    base.write_text(changed)
    more.parent.mkdir()
    more.write_text('{"m": {"$type": "number", "$value": 4}}')
    outcome = dss("project", "revert", "1", "--dry-run")
    assert outcome.out == "the project would come back to 1\n  tokens/base.json\n  tokens/sub/more.json\n"
    assert base.read_text() == changed
    assert dss("project", "revert", "1").status == 0
    assert base.read_text() == ONE and not more.exists()
    # What was not exchanged before is recorded, too; the files are in the first state again.
    assert numbers(dss) == [2, 1]
    assert [s["number"] for s in dss("project", "history", "--json").json["states"] if s["present"]] == [1]
    assert dss("project", "revert").status == 0
    assert base.read_text() == changed and json.loads(more.read_text())["m"]["$value"] == 4
    assert (
        dss("project", "revert", "1").status == 0 and dss("project", "revert", "1").out == "the files say so already\n"
    )


def test_an_import_is_undone(dss, project, tmp_path):
    dss("export", "-o", "one.dss")
    (project / "tokens/base.json").write_text(ONE.replace("1", "10"))
    dss("export", "-o", "two.dss")
    other = tmp_path / "other"
    (other / "tokens").mkdir(parents=True)
    (other / "dss.toml").write_text(CONFIG)
    import os

    os.chdir(other)
    dss("import", project / "one.dss")
    before = (other / "tokens/base.json").read_text()
    dss("import", project / "two.dss")
    assert json.loads((other / "tokens/base.json").read_text())["a"]["$value"] == 10
    assert dss("project", "revert").status == 0
    assert json.loads((other / "tokens/base.json").read_text()) == json.loads(before)


@pytest.mark.parametrize("state", ["99", "sha256:ffff", "x"])
def test_an_unknown_state_is_refused(dss, project, state):
    dss("export", "-o", "one.dss")
    outcome = dss("project", "revert", state)
    assert outcome.status == 1 and "DSS504" in outcome.err
    assert (project / "tokens/base.json").read_text() == ONE


def test_without_history_there_is_no_way_back(dss, project):
    assert "DSS504" in dss("project", "revert").err


def test_a_renamed_token_gets_its_old_name_back(dss, project):
    dss("export", "-o", "one.dss")
    dss("mv", "a", "z")
    assert (project / "dss.lock").read_text()
    dss("project", "revert", "1")
    assert (project / "tokens/base.json").read_text() == ONE
    assert (project / "dss.lock").read_text() == ""


def test_show_tells_what_is_here(dss, project):
    document = dss("project", "show", "--json").json
    assert (document["name"], document["tokens"], document["files"], document["state"]) == ("acme", 2, 1, None)
    dss("export", "-o", "one.dss")
    assert dss("project", "show", "--json").json["number"] == 1
    assert "name:   acme" in dss("project", "show").out


def test_projects_of_the_store(dss, project, monkeypatch):
    monkeypatch.setenv("DSS_STORE", "sqlite:///elsewhere/store.db")
    assert "no projects" in dss("project", "list").out
    assert dss("project", "create", "mine", "--folder", ".").status == 0
    assert (project / "elsewhere/store.db").is_file()
    assert dss("project", "create", "mine").status == 1
    (known,) = dss("project", "list", "--json").json["projects"]
    assert (known["name"], known["revision"], known["id"]) == ("mine", 1, "0f2a7c1e-0000-4000-8000-000000000001")
    assert dss("project", "show", "mine", "--json").json["sets"] == 1
    assert "revision 1" not in dss("project", "history", "mine").out
    assert [r["operation"] for r in dss("project", "history", "mine", "--json").json["revisions"]] == ["create"]
    assert "DSS504" in dss("project", "revert", "7", "--project", "mine").err
    assert dss("project", "revert", "1", "--project", "mine", "--json").json["revision"] == 1
    assert dss("project", "delete", "mine", "--yes").status == 0
    assert "DSS501" in dss("project", "show", "mine").err
    assert (project / "tokens/base.json").read_text() == ONE


def test_a_deletion_is_asked_for(project, monkeypatch):
    from click.testing import CliRunner

    from dss.cli import project_create, project_delete

    runner = CliRunner()
    assert runner.invoke(project_create.command, ["x"]).exit_code == 0
    assert runner.invoke(project_delete.command, ["x"], input="n\n").exit_code == 1
    assert runner.invoke(project_delete.command, ["x"], input="y\n").exit_code == 0


def test_what_is_clear_is_merged_and_conflicts_are_left(dss, project, monkeypatch):
    dss("export", "-o", "one.dss")
    other = project / "other"
    (other / "tokens").mkdir(parents=True)
    (other / "dss.toml").write_text(CONFIG)
    (project / "tokens/base.json").write_text(ONE.replace("1", "10").replace("2", "20"))
    dss("export", "-o", "two.dss")
    monkeypatch.chdir(other)
    assert dss("import", "../one.dss").status == 0
    (other / "tokens/base.json").write_text(ONE.replace("1", "11"))
    planned = dss("merge", "../two.dss", "--dry-run")
    assert planned.status == 5
    assert "! $value of a was changed on both sides: 11 locally, 10 remotely; left to decide" in planned.out
    assert dss("merge", "../two.dss", "--dry-run", "--json").status == 5
    done = dss("merge", "../two.dss", "--partial")
    assert done.status == 5
    assert "1 conflict is left to decide; all else was merged" in done.err
    tokens = json.loads((other / "tokens/base.json").read_text())
    assert (tokens["a"]["$value"], tokens["b"]["$value"]) == (11, 20)
