"""Signatures, keys and encryption: "intact" and "signed by" are two statements, and no secret is ever shown."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from archive_forge import DOCUMENTS, package
from zip_forge import Forged, build

from dss.export_import.descriptor import Memory
from dss.export_import.encryption import (
    SUFFIX,
    Unlock,
    encrypt,
    encrypt_with_passphrase,
    is_encrypted,
    write_identity,
)
from dss.export_import.faults import ArchiveError
from dss.export_import.limits import DEFAULTS
from dss.export_import.package import write_archive
from dss.export_import.reader import Archive
from dss.export_import.report import Report
from dss.export_import.trust import (
    PublicKey,
    SecretKey,
    Trust,
    generate_key,
    read_public_key,
    read_secret_key,
    trusted,
    write_key_pair,
)
from dss.export_import.verify import verify
from dss_tokens.errors import InputError

pytest.importorskip("cryptography")
KEY = SecretKey(bytes(range(32)), "Team A")
OTHER = SecretKey(bytes(range(1, 33)))


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    path = tmp_path / "signed.dss"
    write_archive(package(), path, signer=KEY)
    return path


def symbols(report: Report) -> list[str | None]:
    return [found.rule for found in report.diagnostics]


def test_a_signature_by_a_trusted_key_is_said_to_be_one(signed: Path) -> None:
    report = verify(signed, trust=Trust((OTHER.public, KEY.public), required=True))
    assert report.ok
    assert report.to_json()["signature"] == {"trusted": True, "key": KEY.public.id, "claimed_key": KEY.public.id}
    assert report.signed_by is not None
    assert report.signed_by.sentence() == f"signed by the trusted key {KEY.public.id} ('Team A')"


def test_a_signature_by_an_unknown_key_proves_nothing(signed: Path) -> None:
    report = verify(signed, trust=Trust((OTHER.public,)))
    assert report.ok
    assert report.intact
    assert report.to_json()["signature"] == {"trusted": False, "key": None, "claimed_key": KEY.public.id}
    assert report.signed_by is not None
    assert "nothing is proven" in report.signed_by.sentence()


@pytest.mark.parametrize(
    ("trust", "is_signed", "symbol"),
    [
        (Trust((KEY.public,), required=True), False, "SIGNATURE_MISSING"),
        (Trust((OTHER.public,), required=True), True, "KEY_UNKNOWN"),
        (Trust((), required=True), True, "KEY_UNKNOWN"),
    ],
)
def test_what_is_required_must_be_there(trust: Trust, is_signed: bool, symbol: str, tmp_path: Path) -> None:
    path = tmp_path / "a.dss"
    write_archive(package(), path, signer=KEY if is_signed else None)
    report = verify(path, trust=trust)
    assert symbols(report) == [symbol]
    assert report.diagnostics[0].code == "DSS653"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    return build([Forged(name.encode(), data) for name, data in parts.items()])


def test_a_signature_belongs_to_one_manifest(signed: Path, tmp_path: Path) -> None:
    """The manifest of another archive, or an edited one, under the old signature."""
    write_archive(package(project_name="Evil"), tmp_path / "b.dss")
    old, new = members(signed), members(tmp_path / "b.dss")
    path = tmp_path / "c.dss"
    path.write_bytes(packed({"manifest.json": new["manifest.json"], "manifest.sig": old["manifest.sig"], **new}))
    assert symbols(verify(path, trust=Trust((KEY.public,)))) == ["SIGNATURE_INVALID"]


def test_another_key_cannot_sign_in_the_name_of_a_trusted_one(tmp_path: Path) -> None:
    write_archive(package(), tmp_path / "a.dss", signer=OTHER)
    parts = members(tmp_path / "a.dss")
    lie = json.loads(parts["manifest.sig"])
    lie["key"] = KEY.public.id
    path = tmp_path / "b.dss"
    path.write_bytes(packed({**parts, "manifest.sig": json.dumps(lie, separators=(",", ":")).encode()}))
    assert symbols(verify(path, trust=Trust((KEY.public,)))) == ["SIGNATURE_INVALID"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"algorithm":"none","key":"' + b"0" * 32 + b'","signature":""}',
        b"[" * 4000,
        b" " * 4097,
    ],
)
def test_a_malformed_signature_is_refused_even_where_none_is_required(
    content: bytes, signed: Path, tmp_path: Path
) -> None:
    path = tmp_path / "b.dss"
    path.write_bytes(packed({**members(signed), "manifest.sig": content}))
    assert symbols(verify(path)) == ["SIGNATURE_INVALID"]


def test_every_bit_of_the_signature_member_counts(signed: Path, tmp_path: Path) -> None:
    parts = members(signed)
    path = tmp_path / "b.dss"
    for position in range(0, len(parts["manifest.sig"]), 3):
        changed = bytearray(parts["manifest.sig"])
        changed[position] ^= 1
        path.write_bytes(packed({**parts, "manifest.sig": bytes(changed)}))
        report = verify(path, trust=Trust((KEY.public,), required=True))
        assert symbols(report)[0] in ("SIGNATURE_INVALID", "KEY_UNKNOWN"), position


def test_equal_content_signed_twice_is_equal(signed: Path, tmp_path: Path) -> None:
    write_archive(package(), tmp_path / "again.dss", signer=KEY)
    assert (tmp_path / "again.dss").read_bytes() == signed.read_bytes()


def test_keys_survive_their_files(tmp_path: Path) -> None:
    key = generate_key("Ann")
    public = write_key_pair(key, tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert read_secret_key(tmp_path / "key") == key
    assert read_public_key(public.read_text()) == key.public
    assert trusted([str(public), key.public.to_text().strip()]).keys == (key.public, key.public)
    with pytest.raises(InputError, match="DSS656"):
        write_key_pair(generate_key(), tmp_path / "key")
    assert read_secret_key(tmp_path / "key") == key


def test_a_secret_key_is_never_shown(tmp_path: Path) -> None:
    text = KEY.to_text()
    secret = text.split()[1]
    assert secret not in repr(KEY)
    assert secret not in repr(Unlock(passphrase=secret))
    path = tmp_path / "key"
    path.write_text(text.replace("dss-secret", "dss-sacred"), "utf-8")
    path.chmod(0o600)
    with pytest.raises(InputError) as caught:
        read_secret_key(path)
    assert secret not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "x", "dss-public-key-ed25519", "dss-public-key-ed25519 !", "dss-public-key-ed25519 AAAA"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="DSS656"):
        read_public_key(text)


def test_a_secret_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    write_key_pair(KEY, tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(InputError, match="others may read"):
        read_secret_key(tmp_path / "key")
    with pytest.raises(InputError, match="DSS656"):
        read_secret_key(tmp_path / "missing")


def test_the_id_of_a_key_tells_keys_apart() -> None:
    assert KEY.public.id != OTHER.public.id
    assert len(PublicKey(bytes(32)).id) == 32


@pytest.fixture
def encrypted(signed: Path, tmp_path: Path) -> Path:
    pytest.importorskip("pyrage")
    recipient = write_identity(tmp_path / "identity")
    target = tmp_path / f"signed.dss{SUFFIX}"
    encrypt(signed, target, [recipient])
    return target


def test_an_encrypted_archive_opens_for_its_recipient_only(encrypted: Path, tmp_path: Path) -> None:
    write_identity(tmp_path / "other")
    assert is_encrypted(Memory(encrypted.read_bytes()))
    assert b"Acme" not in encrypted.read_bytes()
    assert verify(encrypted, unlock=Unlock((tmp_path / "identity",))).ok
    assert verify(encrypted, unlock=Unlock((tmp_path / "other", tmp_path / "identity"))).ok
    for unlock in (Unlock(), Unlock((tmp_path / "other",))):
        report = verify(encrypted, unlock=unlock)
        assert symbols(report) == ["DECRYPT_FAILED"]
        assert not report.intact


def test_decrypting_leaves_no_file_behind(encrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with Archive.open(encrypted, unlock=Unlock((tmp_path / "identity",))) as archive:
        archive.check_bytes()
        assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_damaged_or_cut_encrypted_archive_is_refused(part: float, encrypted: Path, tmp_path: Path) -> None:
    unlock = Unlock((tmp_path / "identity",))
    content = encrypted.read_bytes()
    at = int(len(content) * part)
    for damaged in (content[:at], content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]):
        encrypted.write_bytes(damaged)
        assert not verify(encrypted, unlock=unlock).ok


def test_more_than_an_archive_may_have_is_not_decrypted(encrypted: Path, tmp_path: Path) -> None:
    limits = DEFAULTS.changed({"file_size": 1000})
    report = verify(encrypted, limits, unlock=Unlock((tmp_path / "identity",)))
    assert symbols(report) == ["LIMIT_FILE_SIZE"]


@pytest.mark.slow
def test_a_passphrase_opens_what_it_closed(signed: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyrage")
    target = tmp_path / "a.dss.age"
    encrypt_with_passphrase(signed, target, "correct horse")
    assert verify(target, unlock=Unlock(passphrase="correct horse")).ok
    assert symbols(verify(target, unlock=Unlock(passphrase="wrong"))) == ["DECRYPT_FAILED"]


def test_recipients_may_stand_in_a_file(signed: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyrage")
    ours = [write_identity(tmp_path / name) for name in ("a", "b")]
    (tmp_path / "team").write_text("# the team\n" + "\n".join(ours) + "\n", "utf-8")
    target = tmp_path / "a.dss.age"
    encrypt(signed, target, [str(tmp_path / "team")])
    for name in ("a", "b"):
        assert verify(target, unlock=Unlock((tmp_path / name,))).ok
    with pytest.raises(InputError, match="DSS656"):
        encrypt(signed, target, ["age1nonsense"])
    with pytest.raises(InputError, match="DSS656"):
        encrypt(signed, target, [str(tmp_path / "nobody")])


def test_an_identity_that_others_may_read_is_refused(encrypted: Path, tmp_path: Path) -> None:
    (tmp_path / "identity").chmod(0o644)
    with pytest.raises(InputError, match="others may read"):
        verify(encrypted, unlock=Unlock((tmp_path / "identity",)))


def test_an_error_names_no_member_of_the_documents(signed: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        Archive.open(signed, trust=Trust((OTHER.public,), required=True))
    assert not any(name in str(caught.value) for name in DOCUMENTS)
