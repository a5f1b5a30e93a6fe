"""Files: found in a stable order, read within bounds, written all or none."""

import errno
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from dss import files
from dss_tokens.errors import InputError

ROOT = Path(__file__).parent.parent.parent


def listing(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


@pytest.fixture
def tree(tmp_path):
    for name in ("b.json", "a.json", "sub/c.yaml", "sub/d.txt", "sub/e.tokens", ".hidden/f.json", "node_modules/g.json",
                 "sub/.h.json", "Z.json5", "i.jsonc", "j.yml", "k.tokens.json"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    return tmp_path


def names(found, root):
    return [path.relative_to(root).as_posix() for path in found]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param(
            ["."], ["Z.json5", "a.json", "b.json", "i.jsonc", "j.yml", "k.tokens.json", "sub/c.yaml", "sub/e.tokens"],
            id="folder-by-path",
        ),
        pytest.param(["b.json", "a.json"], ["b.json", "a.json"], id="files-as-given"),
        pytest.param(["*.json"], ["a.json", "b.json", "k.tokens.json"], id="glob-by-path"),
        pytest.param(["b.json", "*.json"], ["b.json", "a.json", "k.tokens.json"], id="each-once"),
        pytest.param(["**/*.yaml"], ["sub/c.yaml"], id="glob-across-folders"),
        pytest.param(["{b,a}.json"], ["a.json", "b.json"], id="alternatives"),
        pytest.param(["sub/d.txt"], ["sub/d.txt"], id="a-named-file-of-any-suffix"),
    ],
)  # fmt: skip
def test_sources_are_found_in_a_stable_order(tree, sources, expected):
    assert names(files.find_sources(sources, tree), tree) == expected


@pytest.mark.parametrize(
    "source", ["nope.json", "*.nope", "nope/", "a\0b", "a\0*", "{x,y}.json", "[", "sub/nope/*.json"]
)
def test_a_source_that_names_nothing_is_refused(tree, source):
    with pytest.raises(InputError) as caught:
        files.find_sources(["a.json", source], tree)
    assert [d.code for d in caught.value.diagnostics] == ["DSS113"]


def test_every_source_that_names_nothing_is_listed(tree):
    with pytest.raises(InputError) as caught:
        files.find_sources(["x", "a.json", "y"], tree)
    assert len(caught.value.diagnostics) == 2


def test_a_folder_without_token_files_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        files.find_sources(["."], tmp_path)
    assert (caught.value.code, "*.yaml" in caught.value.diagnostics[0].hint) == ("DSS113", True)


def test_a_file_is_read_up_to_its_limit(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert files.read(tmp_path / "a", most=5) == b"12345"
    with pytest.raises(InputError) as caught:
        files.read(tmp_path / "a", most=4)
    assert caught.value.code == "DSS114"


def test_what_cannot_be_read_says_why(tmp_path):
    for path, reason in ((tmp_path / "no", "no such file"), (tmp_path, "directory"), (tmp_path / "a\0b", "name")):
        with pytest.raises(InputError) as caught:
            files.read(path)
        assert caught.value.code == "DSS108"
        assert reason in caught.value.diagnostics[0].message


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "p")
    with pytest.raises(InputError) as caught:
        files.read(tmp_path / "p")
    assert caught.value.code == "DSS108"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a/b/../../../x", "a\0b", "..", "../a/../.."])
@pytest.mark.parametrize("relative", [False, True])
def test_an_output_outside_its_folder_is_refused(tmp_path, monkeypatch, name, relative):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        files.contained(Path() if relative else tmp_path, name)
    assert caught.value.code == "DSS115"


@pytest.mark.parametrize("name", ["x", "a/b.css", "a/../x", "..x/y", "./x"])
def test_an_output_inside_its_folder_is_taken(tmp_path, name):
    assert files.contained(tmp_path, name).is_relative_to(tmp_path)


def test_only_what_differs_is_written(tmp_path):
    (tmp_path / "same").write_bytes(b"1")
    before = (tmp_path / "same").stat()
    written = files.write({tmp_path / "same": b"1", tmp_path / "new/deep/file": b"2"})
    assert written == [tmp_path / "new/deep/file"]
    assert (tmp_path / "same").stat().st_ino == before.st_ino
    assert listing(tmp_path) == {"same": b"1", "new": None, "new/deep": None, "new/deep/file": b"2"}


def test_a_written_file_keeps_its_mode(tmp_path):
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "a").chmod(0o640)
    files.write({tmp_path / "a": b"2"})
    assert ((tmp_path / "a").stat().st_mode & 0o777, (tmp_path / "a").read_bytes()) == (0o640, b"2")


@pytest.mark.parametrize("name", ["é" * 120, "💡" * 60, "x" * 250])
def test_names_as_long_as_the_system_allows_are_written(tmp_path, name):
    files.write({tmp_path / name: b"1"})
    assert listing(tmp_path) == {name: b"1"}


def failing_replace(monkeypatch, count, error):
    """Makes the renaming of the file number *count* fail, as a full or broken disk would."""
    real = Path.replace
    calls = []

    def replace(self, target):
        if self.name.endswith(".tmp") and not Path(target).name.endswith(".tmp"):
            calls.append(target)
            if len(calls) == count:
                raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("error", [OSError(errno.EIO, "broken"), KeyboardInterrupt()], ids=["broken", "interrupted"])
def test_a_failure_in_the_middle_leaves_what_was_there(tmp_path, monkeypatch, count, error):
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")
    before = listing(tmp_path)
    failing_replace(monkeypatch, count, error)
    with pytest.raises(type(error)):
        files.write({tmp_path / "a": b"new a", tmp_path / "new/c": b"new c", tmp_path / "b": b"new b"})
    assert listing(tmp_path) == before


def test_a_failure_while_staging_leaves_what_was_there(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    before = listing(tmp_path)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        files.write({tmp_path / "a": b"new", tmp_path / "x/y": b"new"})
    assert listing(tmp_path) == before


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_folder_in_the_way_leaves_what_was_there(tmp_path, order):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    before = listing(tmp_path)
    with pytest.raises(OSError):
        files.write({tmp_path / name: b"new" for name in order})
    assert listing(tmp_path) == before


def test_a_file_in_the_way_of_a_folder_leaves_what_was_there(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"old")
    before = listing(tmp_path)
    with pytest.raises(OSError):
        files.write({tmp_path / "a": b"new", tmp_path / "b/c": b"new"})
    assert listing(tmp_path) == before


def test_without_hard_links_it_is_all_or_none_as_well(tmp_path, monkeypatch):
    def refuse(*arguments, **options):
        raise OSError(errno.EPERM, "not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"old")
    before = listing(tmp_path)
    failing_replace(monkeypatch, 2, OSError(errno.EIO, "broken"))
    with pytest.raises(OSError):
        files.write({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert listing(tmp_path) == before


KILLED = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[3])
    from dss import files
    real, left = Path.replace, int(sys.argv[2])
    def replace(self, target):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(self, target)
    Path.replace = replace
    root = Path(sys.argv[1])
    files.write({root / name: b"new " + name.encode() for name in "abc"})
"""


@pytest.mark.parametrize("renamed", [0, 1, 2])
def test_a_kill_leaves_whole_files_and_at_most_temporary_ones(tmp_path, renamed):
    for name in "abc":
        (tmp_path / name).write_bytes(b"old " + name.encode())
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), tmp_path, str(renamed), ROOT], check=False, capture_output=True
    )
    assert ended.returncode == -signal.SIGKILL
    found = listing(tmp_path)
    for number, name in enumerate("abc"):
        assert found.pop(name) == (b"new " if number < renamed else b"old ") + name.encode()
    assert all(name.startswith(".") and name.endswith(".tmp") for name in found)
    assert files.find_sources(["a"], tmp_path) == [tmp_path / "a"]


@pytest.mark.slow
def test_whenever_a_translation_is_killed_its_files_are_whole(tmp_path):
    """Killed at many moments, for real: each file is the old one or the new one."""
    (tmp_path / "t.json").write_text('{"a": {"$type": "number", "$value": 1}}')
    command = [sys.executable, "-m", "dss", "translate", "t.json", "--to", "css", "--to", "scss", "--to", "json"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    old = listing(tmp_path / "build")
    (tmp_path / "t.json").write_text('{"a": {"$type": "number", "$value": 2}}')
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    new = listing(tmp_path / "build")
    for step in range(12):
        for name, data in old.items():
            (tmp_path / "build" / name).write_bytes(data)
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.08 + 0.01 * step)
        process.kill()
        process.wait()
        for name, data in listing(tmp_path / "build").items():
            assert name.startswith(".") or data in (old[name], new[name])
