"""``dss verify``, ``inspect``, ``upgrade``, ``keys``: statuses, one JSON document, and nothing written by a check."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive_forge import DOCUMENTS, package, theme_member, version_1
from zip_forge import Forged, build

from dss.export_import.package import write_archive
from dss.export_import.verify import verify

Run = Callable[..., Any]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_archive(package(DOCUMENTS, theme_member()), tmp_path / "a.dss")
    return tmp_path / "a.dss"


def test_a_sound_archive_is_verified_and_inspected(archive: Path, dss: Run) -> None:
    before = sorted(archive.parent.iterdir())
    found = dss("verify", "a.dss")
    assert (found.status, found.err) == (0, "")
    assert "intact; not signed" in found.out
    shown = dss("inspect", "a.dss", "--json").json
    assert shown["ok"]
    assert shown["counts"]["tokens"] == 5
    assert {row["name"]: row["tokens"] for row in shown["sets"]} == {"base.json": 4, "themes/dark.json": 1}
    assert "themes/dark.json" in dss("inspect", "a.dss").out
    assert sorted(archive.parent.iterdir()) == before


def test_a_refusal_is_status_4_and_one_document(archive: Path, dss: Run) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 255
    archive.write_bytes(content)
    found = dss("verify", "a.dss", "--json")
    assert found.status == 4
    assert found.json["ok"] is False
    assert found.json["diagnostics"][0]["code"].startswith("DSS6")
    assert dss("inspect", "a.dss").status == 4
    assert dss("upgrade", "a.dss", "-o", "b.dss").status == 4
    assert not Path("b.dss").exists()


def test_what_cannot_be_opened_is_status_1(archive: Path, dss: Run) -> None:
    found = dss("verify", "missing.dss", "--json")
    assert (found.status, found.json["ok"], found.json["diagnostics"][0]["code"]) == (1, False, "DSS682")
    assert dss("verify", "a.dss", "--trust", "missing.pub").status == 1
    assert dss("verify", "a.dss", "--limit", "nonsense=1").status == 1
    assert dss("verify", "a.dss", "--limit", "tokens").status == 2


def test_any_sound_zip_passes_the_check_of_structure(archive: Path, dss: Run) -> None:
    Path("plain.zip").write_bytes(
        build([Forged(b"docs/", mode=0o40755, method=0), Forged(b"docs/Read Me.txt", b"hello")])
    )
    assert dss("verify", "plain.zip", "--structure-only").status == 0
    assert dss("verify", "plain.zip").status == 4
    assert dss("verify", "a.dss", "--structure-only", "--json").json["members"] == 4


def test_limits_come_from_the_command_line_and_the_project(archive: Path, dss: Run) -> None:
    assert dss("verify", "a.dss", "--limit", "tokens=2").status == 4
    Path("dss.toml").write_text("[limits]\ntokens = 2\n", "utf-8")
    found = dss("verify", "a.dss", "--json")
    assert found.json["diagnostics"][0]["code"] == "DSS643"
    assert dss("verify", "a.dss", "--limit", "tokens=100").status == 0


def test_signing_from_key_to_pinned_key(archive: Path, dss: Run) -> None:
    pytest.importorskip("cryptography")
    made = dss("keys", "new", "team.key", "--comment", "Team")
    assert made.status == 0
    assert made.out == Path("team.key.pub").read_text("utf-8")
    assert dss("keys", "new", "team.key").status == 1
    assert dss("upgrade", "a.dss", "-o", "signed.dss", "--sign", "team.key").status == 0
    assert "signed by the trusted key" in dss("verify", "signed.dss", "--trust", "team.key.pub").out
    assert dss("verify", "a.dss", "--trust", "team.key.pub", "--require-signature").status == 4
    Path("dss.toml").write_text('[archives]\ntrusted_keys = ["team.key.pub"]\nrequire_signature = true\n', "utf-8")
    assert dss("verify", "signed.dss", "--json").json["signature"]["trusted"]
    assert dss("verify", "a.dss").status == 4


def test_an_encrypted_archive_needs_its_identity(archive: Path, dss: Run) -> None:
    pytest.importorskip("pyrage")
    from dss.export_import.encryption import encrypt

    recipient = dss("keys", "identity", "me.txt").out.strip()
    encrypt(archive, Path("a.dss.age"), [recipient])
    assert dss("verify", "a.dss.age", "--json").json["diagnostics"][0]["code"] == "DSS655"
    assert dss("verify", "a.dss.age", "--identity", "me.txt").status == 0


def test_an_old_archive_becomes_a_new_file(tmp_path: Path, dss: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [{"id": "6f1d2c3a-0000-4000-8000-000000000001", "name": "a.b", "type": "number", "value": 1}]
    Path("old.dss").write_bytes(version_1({"tokens": rows}))
    before = Path("old.dss").read_bytes()
    assert dss("upgrade", "old.dss", "-o", "new.dss", "--json").json["tokens"] == 1
    assert Path("old.dss").read_bytes() == before
    old, new = verify(Path("old.dss")).content, verify(Path("new.dss")).content
    assert old is not None
    assert new is not None
    assert (old.manifest.source_version, new.manifest.source_version) == (1, 2)
    assert old.manifest.snapshot == new.manifest.snapshot
    assert dss("upgrade", "old.dss", "-o", "new.dss").status == 1
    again = Path("new.dss").read_bytes()
    assert dss("upgrade", "new.dss", "-o", "again.dss").status == 0
    assert Path("again.dss").read_bytes() == again, "the present version is copied bit for bit"


def test_the_text_of_an_archive_cannot_act_in_the_terminal(tmp_path: Path, dss: Run) -> None:
    path = tmp_path / "a.dss"
    path.write_bytes(build([Forged(b"a\x1b]0;owned\x07", b"")]))
    found = dss("verify", path)
    assert "\x1b" not in found.err + found.out
    assert "\\x1b]0;owned" in found.err
    shown = dss("verify", path, "--json")
    assert "\x1b" not in shown.out
    assert json.loads(shown.out)
