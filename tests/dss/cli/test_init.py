"""``dss init``: a project that works, and nothing that exists is touched."""

import pytest


def listing(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_it_writes_translates_strictly(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert dss("init", "acme").status == 0
    monkeypatch.chdir(tmp_path / "acme")
    assert dss("validate", "--strict").status == 0
    done = dss("translate", "--strict", "--json")
    assert (done.status, len(done.json["files"])) == (0, 3)
    css = (tmp_path / "acme/build/tokens.css").read_text("utf-8")
    assert '[data-theme="dark"]' in css
    assert dss("translate", "--check").status == 0


@pytest.mark.parametrize("name", ["dss.toml", "tokens/base.tokens.json"])
def test_nothing_that_exists_is_overwritten(dss, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    done = dss("init")
    assert (done.status, "DSS117" in done.err) == (1, True)
    assert listing(tmp_path) == {name: b"mine"}


def test_a_second_run_is_refused_and_names_every_file(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dss("init")
    before = listing(tmp_path)
    done = dss("init")
    assert (done.status, done.err.count("error[DSS117]")) == (1, len(before))
    assert listing(tmp_path) == before


@pytest.mark.parametrize("name", ['quo"te', "back\\slash", "é漢💡", "a b", "{name}", "line\nbreak"])
def test_odd_names_of_folders_make_a_sound_project(dss, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert dss("init", name).status == 0
    monkeypatch.chdir(tmp_path / name)
    assert dss("translate", "--json").status == 0


def test_a_file_in_the_way_is_refused(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_bytes(b"mine")
    assert dss("init", "x").status == 2
    (tmp_path / "tokens").write_bytes(b"mine")
    done = dss("init")
    assert done.status == 1
    assert listing(tmp_path) == {"x": b"mine", "tokens": b"mine"}
