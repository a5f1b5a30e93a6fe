"""One archive of each format version, kept for ever, and a second reader written from docs/archives/format.md alone."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from archive_forge import DOCUMENTS, RESOLVER

from dss.export_import.content import Sink, check_content
from dss.export_import.reader import Archive
from dss.export_import.token_sets import TokenSetContent
from dss.export_import.trust import PublicKey, Trust
from dss.export_import.verify import verify

FROZEN = Path(__file__).parents[3] / "fixtures" / "archives"
KEY = PublicKey(base64.b64decode("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="))


class Documents(Sink):
    def __init__(self) -> None:
        self.found: dict[str, Any] = {}

    def record(self, entry: object, record: Any) -> None:
        if record["kind"] == "theme":
            self.found[record["name"]] = record["data"]

    def token_set(self, content: TokenSetContent) -> None:
        self.found[content.name] = content.document()


def documents(name: str) -> dict[str, Any]:
    sink = Documents()
    with Archive.open(FROZEN / name) as archive:
        archive.check_bytes()
        check_content(archive, sink)
    return sink.found


def test_version_2_is_read_as_it_was_meant() -> None:
    assert documents("version-2.dss") == {**DOCUMENTS, "tokens.resolver.json": RESOLVER}
    report = verify(FROZEN / "version-2.dss")
    assert report.content is not None
    assert report.content.tombstones == 1
    assert report.content.manifest.source_version == 2


def test_version_2_is_signed() -> None:
    pytest.importorskip("cryptography")
    assert verify(FROZEN / "version-2.dss", trust=Trust((KEY,), required=True)).ok


def test_version_1_is_read_as_it_was_meant() -> None:
    found = documents("version-1.dss")
    assert found["tokens.json"]["space"] == {"s": {"$type": "dimension", "$value": {"value": 0.5, "unit": "rem"}}}
    assert sorted(found) == ["themes.resolver.json", "themes/1.json", "themes/2.json", "tokens.json"]
    report = verify(FROZEN / "version-1.dss")
    assert report.content is not None
    assert report.content.manifest.source_version == 1


def test_the_page_on_the_format_is_enough_for_another_reader() -> None:
    rfc8785 = pytest.importorskip("rfc8785")
    with zipfile.ZipFile(FROZEN / "version-2.dss") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    raw = members["manifest.json"]
    manifest = json.loads(raw)
    assert rfc8785.dumps(manifest) == raw
    keys, assets = [], []
    for entry in manifest["entries"]:
        content = members[entry["name"]]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["size"], entry["sha256"])
        for record in map(json.loads, content.decode().split("\n")[:-1]):
            meaning = {k: v for k, v in record.items() if k not in ("rev", "hlc", "history", "stamps", "order")}
            assert record["rev"] == hashlib.sha256(rfc8785.dumps(meaning)).hexdigest()[:32]
            assert record["hlc"] <= manifest["created"]["hlc"]
            if "deleted" not in record and record["kind"] != "state":
                order = record.get("order", 0).to_bytes(8, "big")
                keys.append(bytes.fromhex(record["id"].replace("-", "") + record["rev"]) + order)
    for asset in manifest["assets"]:
        content = members["assets/" + asset["sha256"]]
        assert hashlib.sha256(content).hexdigest() == asset["sha256"]
        assets.append(f"asset {asset['sha256']} {asset['path']}\n".encode())
    state = b"dss-state-v1\n" + len(keys).to_bytes(8, "big") + b"".join(sorted(keys) + sorted(assets))
    assert manifest["snapshot"] == "sha256:" + hashlib.sha256(state).hexdigest()
    project = uuid.UUID(manifest["project"]["id"])
    assert f"tokens/{uuid.uuid5(project, chr(0).join(('set', 'base.json')))}.jsonl" in members
    base = json.loads("[" + members[manifest["entries"][0]["name"]].decode().replace("\n", ",")[:-1] + "]")
    assert {record["name"]: record["kind"] for record in base}


def test_the_page_on_the_format_is_enough_to_check_a_signature() -> None:
    ed25519 = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    with zipfile.ZipFile(FROZEN / "version-2.dss") as archive:
        manifest, signature = archive.read("manifest.json"), json.loads(archive.read("manifest.sig"))
    assert signature["key"] == hashlib.sha256(KEY.raw).hexdigest()[:32]
    message = b"dss-manifest-v1\n" + hashlib.sha256(manifest).digest()
    ed25519.Ed25519PublicKey.from_public_bytes(KEY.raw).verify(base64.b64decode(signature["signature"]), message)
