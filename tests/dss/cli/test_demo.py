"""``dss demo``: the whole tour, in a folder of its own."""

import json


def listing(folder):
    """The files but those of ``.dss``, which holds state and may be deleted (contract, section 1)."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: data for name, data in found.items() if not name.startswith(".dss/")}


def test_the_tour_ends_in_stylesheets_of_every_mode(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = dss("demo", "tour")
    assert done.status == 0, done.err
    found = listing(tmp_path / "tour")
    assert {
        "dss.toml",
        "tokens/tokens.resolver.json",
        "build/tokens.css",
        "build/_tokens.scss",
        "build/tokens.json",
    } <= set(found)
    assert len(found["build/tokens.css"].splitlines()) > 300
    assert b"[data-" in found["build/tokens.css"]
    json.loads(found["build/tokens.json"])
    assert "tour/build/tokens.css" in done.out + done.err
    assert "\x1b[" not in done.out, "no colours where there is no terminal"


def test_a_second_tour_writes_the_same(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dss("demo", "one")
    dss("demo", "two")
    before = listing(tmp_path / "one")
    assert listing(tmp_path / "two") == before
    assert dss("demo", "one").status == 0
    assert listing(tmp_path / "one") == before


def test_what_the_tour_wrote_is_valid_to_the_letter(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dss("demo", "tour")
    done = dss("validate", "--resolver", "tour/tokens/tokens.resolver.json", "--json")
    assert done.status == 0
    assert dss("translate", "--config", "tour/dss.toml", "--check").status == 0


def test_a_file_in_the_way_is_refused(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tour").write_bytes(b"mine")
    done = dss("demo", "tour")
    assert done.status == 2
    assert listing(tmp_path) == {"tour": b"mine"}
