"""``dss translate`` a second time: skipped where it would make the same, and only there."""

import json
import os
import sys
from pathlib import Path

import pytest

from dss.cli import translate
from dss.service import unchanged

CONFIG = """
[project]
sources = ["tokens/*.json"]
[platform.web]
format = "css/variables"
out = "out/tokens.css"
[platform.list]
template = "list.j2"
out = "out/list.txt"
"""
TEMPLATE = "{% for token in tokens %}{{ token.name }}\n{% endfor %}"


def tokens(**values):
    return json.dumps({name: {"$type": "number", "$value": value} for name, value in values.items()})


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DSS_BASE_PATH", raising=False)
    monkeypatch.setattr(unchanged, "WORTH_BYTES", 1)
    monkeypatch.delitem(sys.modules, "dss.service.plugins", raising=False)
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens" / "a.json").write_text(tokens(n=1))
    (tmp_path / "dss.toml").write_text(CONFIG)
    (tmp_path / "list.j2").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def built(project, dss, monkeypatch):
    """Whether a run built anything, and how it ended."""
    times = []
    build = translate._Build.__call__
    monkeypatch.setattr(translate._Build, "__call__", lambda self, changed: (times.append(1), build(self, changed))[1])

    def run(*options):
        times.clear()
        ended = dss("translate", *options)
        return bool(times), ended

    return run


def places(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*") if path.is_file()}


def test_nothing_changed_nothing_touched(project, built):
    assert built()[0]
    before = places(project)
    again, ended = built("--json")
    assert not again
    assert ended.json == {
        "files": [{"path": "out/tokens.css", "changed": False}, {"path": "out/list.txt", "changed": False}],
        "diagnostics": [],
    }
    again, ended = built()
    assert (again, ended.status, ended.err) == (False, 0, "out/tokens.css: unchanged\nout/list.txt: unchanged\n")
    assert not built("--check")[0]
    assert places(project) == before


def _note(project):
    return next((project / ".dss" / "cache").glob("*.json"))


def _edit_note(project, change):
    note = json.loads(_note(project).read_text())
    change(note)
    _note(project).write_text(json.dumps(note))


CHANGES = {
    "a source": lambda p: (p / "tokens" / "a.json").write_text(tokens(n=2)),
    "a source of the same size and time": lambda p: _same_time(p / "tokens" / "a.json", tokens(n=2)),
    "one more source": lambda p: (p / "tokens" / "b.json").write_text(tokens(m=1)),
    "the configuration": lambda p: (p / "dss.toml").write_text(CONFIG.replace("tokens.css", "other.css")),
    "a template": lambda p: (p / "list.j2").write_text(TEMPLATE + "end"),
    "an output was edited": lambda p: (p / "out" / "tokens.css").write_text("x"),
    "an output is gone": lambda p: (p / "out" / "list.txt").unlink(),
    "the note is no JSON": lambda p: _note(p).write_text("{"),
    "the note is too deep": lambda p: _note(p).write_text("[" * 100_000),
    "the note is a list": lambda p: _note(p).write_text("[]"),
    "the note lacks something": lambda p: _edit_note(p, lambda note: note.pop("made")),
    "the note holds nonsense": lambda p: _edit_note(p, lambda note: note.update(diagnostics=[{"at": 1}])),
    "the note is of other options": lambda p: _edit_note(p, lambda note: note.update(key="[]")),
    "the note is of another dss": lambda p: _edit_note(p, lambda note: note["program"].__setitem__(2, 0)),
    "the note is gone": lambda p: _note(p).unlink(),
}


def _same_time(path, text):
    at = path.stat()
    path.write_text(text)
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert path.stat().st_size == at.st_size


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_builds(project, built, change):
    built()
    CHANGES[change](project)
    again, ended = built()
    assert (again, ended.status) == (True, 0), ended.err
    assert not built()[0]  # and that build is noted


def test_a_source_that_goes_is_missed(project, built):
    (project / "tokens" / "b.json").write_text(tokens(m=1))
    built()
    (project / "tokens" / "b.json").unlink()
    assert built()[0]
    assert "--m" not in (project / "out" / "tokens.css").read_text()


@pytest.mark.parametrize(
    "options", [("--to", "css"), ("--prefix", "x"), ("--strict",), ("-o", "elsewhere"), ("tokens/a.json",)]
)
def test_other_options_are_another_build(project, built, options):
    built()
    assert built(*options)[0]
    assert not built(*options)[0]


def test_a_named_configuration_counts_for_more_than_a_found_one(project, built):
    (project / "dss.toml").write_text(CONFIG.replace("sources", "sourcess"))
    named = ("tokens", "--to", "css", "--config", "dss.toml")
    assert [built(*named)[1].status, built("tokens", "--to", "css")[1].status] == [1, 0]
    assert [built("tokens", "--to", "css")[0], built(*named)[1].status] == [False, 1]


def test_another_folder_is_another_build(project, built, monkeypatch):
    built("tokens", "--to", "css")
    other = project / "tokens"
    monkeypatch.chdir(other)
    assert built("a.json", "--to", "css")[0]
    assert (other / "build" / "tokens.css").exists()


def test_a_configuration_that_comes_is_seen(project, built):
    (project / "dss.toml").unlink()
    built()
    (project / "dss.toml").write_text(CONFIG)
    assert built()[0]


def test_warnings_are_said_again(project, built):
    (project / "tokens" / "b.json").write_text(tokens(n=3))
    first = built()[1].err
    again, ended = built()
    assert not again
    assert "DSS219" in ended.err
    assert ended.err == first.replace("written", "unchanged")
    documents = [built(option)[1].json["diagnostics"] for option in ("--json", "--json")]
    assert documents[0] == documents[1]
    assert documents[0][0]["related"][0]["line"] == 1


def test_a_resolver_document_with_its_files(project, built):
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": "tokens/a.json"}]}},
        "resolutionOrder": [{"$ref": "#/sets/base"}],
    }
    (project / "r.json").write_text(json.dumps(document))
    options = ("--resolver", "r.json", "--to", "css")
    assert [built(*options)[0], built(*options)[0]] == [True, False]
    (project / "tokens" / "a.json").write_text(tokens(n=5))
    assert built(*options)[0]
    assert "--n: 5" in (project / "build" / "tokens.css").read_text()


def test_a_file_that_was_missing_comes(project, built):
    (project / "list.j2").write_text('{% include "part.j2" ignore missing %}')
    built()
    (project / "part.j2").write_text("part")
    built()
    assert (project / "out" / "list.txt").read_text() == "part"


def test_errors_are_found_again(project, built):
    (project / "tokens" / "a.json").write_text(json.dumps({"n": {"$type": "number", "$value": "{none}"}}))
    assert [built()[1].status, built()[1].status] == [1, 1]
    assert not (project / ".dss").exists()


def test_what_plug_ins_make_is_made_again(project, built):
    (project / "plugin.py").write_text("")
    (project / "dss.toml").write_text('plugins = ["plugin.py"]\n' + CONFIG)
    assert [built()[0], built()[0]] == [True, True]


def test_a_check_writes_nothing(project, built):
    assert built("--check")[1].status == 1
    assert not (project / ".dss").exists()


def test_small_sets_leave_nothing_behind(project, built, monkeypatch):
    monkeypatch.setattr(unchanged, "WORTH_BYTES", 65_536)
    assert [built()[0], built()[0]] == [True, True]
    assert not (project / ".dss").exists()


def test_a_folder_that_cannot_be_written_is_no_fault(project, built):
    (project / ".dss").write_text("a file")
    assert [built()[1].status, built()[1].status] == [0, 0]


def test_notes_are_few_and_not_for_git(project, built):
    for number in range(unchanged.MOST_NOTES + 4):
        built("--prefix", f"p{number}")
    folder = project / ".dss" / "cache"
    assert len(list(folder.glob("*.json"))) == unchanged.MOST_NOTES
    assert (folder / ".gitignore").read_text() == "*\n"
    assert not built("--prefix", f"p{number}")[0]


def test_a_pipe_in_a_note_is_not_waited_for(project, built):
    """A note may come with a repository of a stranger."""
    built()
    os.mkfifo(project / "pipe")
    _edit_note(project, lambda note: note["read"].update({str(Path("pipe")): [0, 0, 1]}))
    assert built()[0]
