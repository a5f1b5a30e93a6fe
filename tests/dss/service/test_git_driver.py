"""The merge driver in a real repository: merges by meaning, marks what people must decide."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from dss.service.conflict_markers import marked

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

BASE = {
    "color": {"$type": "color", "red": {"$value": "#ff0000"}, "blue": {"$value": "#0000ff"}},
    "link": {"$type": "color", "$value": "{color.blue}"},
}


class Repository:
    def __init__(self, folder):
        self.folder = folder
        command = folder.parent / "bin"
        command.mkdir()
        (command / "dss").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dss "$@"\n')
        (command / "dss").chmod(0o755)
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true"}
        people = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        self.environment = {**os.environ, **settings, **people, "PATH": f"{command}:{os.environ['PATH']}"}
        self.git("init", "-q", "-b", "main")
        self.dss("merge-driver", "--install")
        self.write(BASE)
        self.commit("base")

    def run(self, *words):
        return subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    def git(self, *words):
        ended = self.run("git", *words)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def dss(self, *words):
        ended = self.run("dss", *words)
        assert ended.returncode == 0, ended.stderr

    def write(self, document):
        (self.folder / "tokens").mkdir(exist_ok=True)
        text = document if isinstance(document, str) else json.dumps(document, indent=2) + "\n"
        (self.folder / "tokens/base.json").write_text(text)

    def read(self):
        return (self.folder / "tokens/base.json").read_text()

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branches(self, ours, theirs):
        """Two branches from one base; the first one is checked out."""
        self.git("checkout", "-q", "-b", "theirs")
        self.write(theirs)
        self.commit("theirs")
        self.git("checkout", "-q", "main")
        self.write(ours)
        self.commit("ours")


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    return Repository(folder)


def changed(**tokens):
    return {**BASE, "color": {**BASE["color"], **tokens}}


def test_installing_writes_configuration_and_attributes_once(repository):
    repository.dss("merge-driver", "--install")
    assert repository.git("config", "merge.dss.driver").startswith("dss merge-driver %O %A %B")
    assert (repository.folder / ".gitattributes").read_text() == "tokens/** merge=dss\n"


def test_neighbouring_lines_and_renames_are_no_conflict(repository):
    ours = {
        "color": {"$type": "color", "danger": {"$value": "#ff0000"}, "blue": {"$value": "#0000ff"}},
        "link": BASE["link"],
    }
    repository.branches(ours, changed(red={"$value": "#ee0000"}, blue={"$value": "#0000ee"}))
    repository.git("merge", "-q", "theirs")
    document = json.loads(repository.read())
    assert document["color"] == {"$type": "color", "danger": {"$value": "#ee0000"}, "blue": {"$value": "#0000ee"}}


def test_a_conflict_is_marked_and_the_rest_is_merged(repository):
    repository.branches(
        changed(red={"$value": "#ee0000"}), changed(red={"$value": "#dd0000"}, blue={"$value": "#0000ee"})
    )
    ended = repository.run("git", "merge", "-q", "theirs")
    assert ended.returncode == 1
    text = repository.read()
    assert (
        text
        == json.dumps(changed(red={"$value": "X"}, blue={"$value": "#0000ee"}), indent=2).replace(
            '      "$value": "X"\n',
            '<<<<<<< ours\n      "$value": "#ee0000"\n=======\n      "$value": "#dd0000"\n>>>>>>> theirs\n',
        )
        + "\n"
    )
    assert "UU tokens/base.json" in repository.git("status", "--short")


def test_a_deletion_against_a_change_is_marked(repository):
    without = {"color": {key: value for key, value in BASE["color"].items() if key != "red"}, "link": BASE["link"]}
    repository.branches(without, changed(red={"$value": "#dd0000"}))
    assert repository.run("git", "merge", "-q", "theirs").returncode == 1
    text = repository.read()
    theirs = text.replace("<<<<<<< ours\n", "").replace("=======\n", "").replace(">>>>>>> theirs\n", "")
    assert json.loads(theirs)["color"]["red"] == {"$value": "#dd0000"}
    kept = text[: text.index("<<<<<<<")] + text[text.index(">>>>>>> theirs\n") + len(">>>>>>> theirs\n") :]
    assert json.loads(kept) == without


def test_rebase_and_cherry_pick_use_it_too(repository):
    repository.branches(changed(red={"$value": "#ee0000"}), changed(blue={"$value": "#0000ee"}))
    repository.git("checkout", "-q", "theirs")
    repository.git("rebase", "-q", "main")
    both = changed(red={"$value": "#ee0000"}, blue={"$value": "#0000ee"})
    assert json.loads(repository.read()) == both


def test_both_added_the_file(repository):
    repository.git("checkout", "-q", "--orphan", "empty")
    repository.git("rm", "-rfq", "--cached", "tokens")
    (repository.folder / "tokens/base.json").unlink()
    repository.git("commit", "-q", "-m", "empty", "--allow-empty")
    repository.git("branch", "-f", "main", "empty")
    repository.git("checkout", "-q", "main")
    repository.branches({"a": {"$type": "number", "$value": 1}}, {"b": {"$type": "number", "$value": 2}})
    repository.git("merge", "-q", "theirs")
    assert set(json.loads(repository.read())) == {"a", "b"}


def test_what_is_no_json_is_merged_by_lines(repository):
    repository.branches("{ broken\n", json.dumps(BASE, indent=2) + "\n\n")
    ended = repository.run("git", "merge", "-q", "theirs")
    assert ended.returncode == 1
    assert "<<<<<<< ours" in repository.read() and "{ broken" in repository.read()


@pytest.mark.parametrize(
    ("local", "remote", "want"),
    [
        ("a\nb\n", "a\nb\n", "a\nb\n"),
        ("a\nx\nb\nc\n", "a\ny\nb\nc\n", "a\n<<<<<<< L\nx\n=======\ny\n>>>>>>> R\nb\nc\n"),
        ("a\nb\n", "a\nx\nb\n", "a\n<<<<<<< L\n=======\nx\n>>>>>>> R\nb\n"),
        ("x", "y", "<<<<<<< L\nx\n=======\ny\n>>>>>>> R\n"),
        ("", "y\n", "<<<<<<< L\n=======\ny\n>>>>>>> R\n"),
    ],
)
def test_marks(local, remote, want):
    assert marked(local, remote, labels=("L", "R")) == want
