"""``dss translate --watch``: what editors do, what goes wrong, what is written."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from dss import files
from dss.dependencies import recording
from dss.service.watching import changed

pytestmark = pytest.mark.slow
PATIENCE = 20


def tokens(value):
    return json.dumps({"n": {"$type": "number", "$value": value}})


class Watch:
    """A running watch, and what it has said."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.log = folder / "log.txt"
        command = [sys.executable, "-m", "dss", "translate", "--watch", *arguments]
        environment = {**os.environ, "CI": "true", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        self.turns = 0
        self.turn()

    def turn(self):
        """Waits until it has built once more and waits again."""
        self.turns += 1
        until(lambda: self.text().count("waiting for changes") >= self.turns, self)

    def text(self):
        return self.log.read_text()

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def until(holds, watch):
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, watch.text()
        assert watch.process.poll() is None, watch.text()
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path):
    running = []

    def run(*arguments):
        running.append(Watch(tmp_path, *arguments))
        return running[-1]

    yield run
    for watch in running:
        if watch.process.poll() is None:
            watch.process.kill()
            watch.process.wait()


@pytest.fixture
def project(tmp_path):
    (tmp_path / "tokens").mkdir()
    (tmp_path / "tokens" / "a.json").write_text(tokens(1))
    (tmp_path / "dss.toml").write_text(
        '[project]\nsources = ["tokens"]\n[platform.css]\nformat = "css"\nout = "out/tokens.css"\n'
        '[platform.own]\ntemplate = "own.j2"\nout = "out/own.txt"\n'
    )
    (tmp_path / "own.j2").write_text("{{ tokens[0].css }}\n")
    return tmp_path


def test_a_change_is_built_and_only_files_that_differ_are_written(project, start):
    watch = start()
    out = project / "out" / "tokens.css"
    assert "--n: 1;" in out.read_text()
    (project / "tokens" / "a.json").write_text(tokens(2))
    watch.turn()
    assert "--n: 2;" in out.read_text()
    assert (project / "out" / "own.txt").read_text() == "2\n"
    before = out.stat().st_mtime_ns
    (project / "own.j2").write_text("<{{ tokens[0].css }}>\n")
    watch.turn()
    assert (project / "out" / "own.txt").read_text() == "<2>\n"
    assert out.stat().st_mtime_ns == before
    assert watch.text().count("out/tokens.css: written") == 2
    assert watch.end() == 130


def test_editors_that_rename_new_files_and_files_that_go(project, start):
    watch = start()
    out = project / "out" / "tokens.css"
    (project / "tokens" / ".a.json.swp").write_text(tokens(3))
    (project / "tokens" / ".a.json.swp").rename(project / "tokens" / "a.json")
    watch.turn()
    assert "--n: 3;" in out.read_text()
    (project / "tokens" / "deep").mkdir()
    (project / "tokens" / "deep" / "b.json").write_text(tokens(4).replace('"n"', '"m"'))
    watch.turn()
    assert "--m: 4;" in out.read_text()
    (project / "tokens" / "deep" / "b.json").unlink()
    watch.turn()
    assert "--m" not in out.read_text()
    assert watch.end() == 130


def test_faults_are_reported_and_the_watch_goes_on(project, start):
    watch = start()
    out = project / "out" / "tokens.css"
    (project / "tokens" / "a.json").write_text("{")
    watch.turn()
    assert "tokens/a.json:1" in watch.text() and "nothing was written" in watch.text()
    assert "--n: 1;" in out.read_text()
    (project / "tokens" / "a.json").write_text(tokens(5))
    watch.turn()
    assert "--n: 5;" in out.read_text()
    (project / "own.j2").write_text("{{ gone }}\n")
    watch.turn()
    assert "own.j2:1" in watch.text()
    config = (project / "dss.toml").read_text()
    (project / "dss.toml").write_text(config.replace("own.j2", "other.j2"))
    watch.turn()
    assert "other.j2: there is no such file" in watch.text()
    (project / "other.j2").write_text("other {{ tokens[0].css }}\n")
    watch.turn()
    assert (project / "out" / "own.txt").read_text() == "other 5\n"
    assert "Traceback" not in watch.text()
    assert watch.end() == 130


def test_a_style_dictionary_configuration_is_watched_too(tmp_path, start):
    (tmp_path / "t.json").write_text('{"n": {"value": "1", "type": "number"}}')
    (tmp_path / "sd.json").write_text(
        json.dumps({"source": ["*.tokens.json", "t.json"], "platforms": {"css": {
            "transformGroup": "css", "files": [{"destination": "v.css", "format": "css/variables"}]}}})
    )  # fmt: skip
    watch = start("--config", "sd.json")
    assert "--n: 1;" in (tmp_path / "v.css").read_text()
    (tmp_path / "more.tokens.json").write_text('{"m": {"value": "2", "type": "number"}}')
    watch.turn()
    assert "--m: 2;" in (tmp_path / "v.css").read_text()
    assert watch.end() == 130


@pytest.mark.parametrize("other", ["--check", "--json"])
def test_a_watch_has_no_end_to_report(dss, other):
    ended = dss("translate", "--watch", other)
    assert ended.status == 2
    assert f"--watch and {other} exclude each other" in ended.err + ended.out


def test_what_counts_as_a_change(tmp_path):
    one = tmp_path / "a.json"
    one.write_text("1")
    with recording() as record:
        files.read(one)
        files.find_sources([str(tmp_path)], tmp_path)
    out = tmp_path / "out.json"
    out.write_text("{}")
    new = tmp_path / "new.yaml"
    new.write_text("a: 1")
    note = tmp_path / "note.txt"
    note.write_text("x")
    assert changed(record, {one, out, note}, {out}) == set()  # only looked at, our own, no tokens
    assert changed(record, {new}, {out}) == {new}
    one.write_text("2")
    assert changed(record, {one}, {out}) == {one}
    one.unlink()
    assert changed(record, {one}, {out}) == {one}
