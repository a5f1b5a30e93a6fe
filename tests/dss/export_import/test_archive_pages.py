"""The pages on archives are complete: a writer made from the format's page alone, and every code, limit and metric."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import uuid
import zlib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from dss.export_import import DSSProjectService
from dss.export_import.alerts import ALERTS
from dss.export_import.examples import make_project
from dss.export_import.faults import CODES
from dss.export_import.limits import Limits
from dss.export_import.metrics import METRICS
from dss.export_import.verify import verify

PAGES = Path(__file__).parents[3] / "docs" / "archives"
PROJECT = uuid.UUID("6f1d2c3a-0000-4000-8000-0000000000aa")
STAMP = "1790000000000-0000-0123456789abcdef"


class Writer:
    """Archives as the page says, with nothing of dss in it: the standard library and RFC 8785."""

    def __init__(self) -> None:
        rfc8785 = pytest.importorskip("rfc8785")
        self.canonical = rfc8785.dumps
        self.state: list[bytes] = []

    def record(self, kind: str, seed: str, **content: Any) -> dict[str, Any]:
        record = {"id": str(uuid.uuid5(PROJECT, seed)), "kind": kind, **content}
        meaning = {key: value for key, value in record.items() if key != "order"}
        record |= {"rev": hashlib.sha256(self.canonical(meaning)).hexdigest()[:32], "hlc": STAMP}
        order = record.get("order", 0).to_bytes(8, "big")
        self.state.append(uuid.UUID(record["id"]).bytes + bytes.fromhex(record["rev"]) + order)
        return record

    def archive(self, records: dict[str, tuple[str, list[dict[str, Any]]]], tokens: int) -> bytes:
        members, entries = [], []
        for name, (kind, rows) in records.items():
            content = "".join(json.dumps(row) + "\n" for row in sorted(rows, key=lambda row: row["id"])).encode()
            members.append((name, content))
            digest = hashlib.sha256(content).hexdigest()
            entries.append({"name": name, "kind": kind, "size": len(content), "sha256": digest, "records": len(rows)})
        state = b"dss-state-v1\n" + len(self.state).to_bytes(8, "big") + b"".join(sorted(self.state))
        manifest = {
            "format": "dss", "format_version": 2, "min_reader": 2, "project": {"id": str(PROJECT), "name": "Other"},
            "snapshot": "sha256:" + hashlib.sha256(state).hexdigest(), "parents": [], "sequence": 1,
            "scope": {"complete": True}, "created": {"hlc": STAMP, "tool": "another program"},
            "counts": {"tokens": tokens, "components": 0, "themes": 1, "assets": 0}, "entries": entries, "assets": [],
        }  # fmt: skip
        return packed([("manifest.json", self.canonical(manifest)), *members])


def packed(members: list[tuple[str, bytes]]) -> bytes:
    """The container of the page: its numbers, from its text."""
    out, directory = b"", b""
    for name, content in members:
        stream = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = stream.compress(content) + stream.flush()
        shared = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(content), len(data), len(content), len(name), 0
        )
        directory += b"PK\1\2" + struct.pack("<H", 0x0314) + shared
        directory += struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(out)) + name.encode()
        out += b"PK\3\4" + shared + name.encode() + data
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return out + directory + b"PK\5\6" + end


def test_the_page_on_the_format_is_enough_for_another_writer(tmp_path: Path) -> None:
    writer = Writer()
    name = "base.json"
    a_set = writer.record("set", f"set\0{name}", name=name, node={"$description": "by hand"})
    space = writer.record(
        "group", f"group\0{name}\0space", name="space", parent=a_set["id"], order=1, node={"$type": "dimension"}
    )
    root = writer.record(
        "token", f"token\0{name}\0space.$root", name="$root", parent=space["id"], order=1,
        node={"$value": {"value": 16.0, "unit": "px"}},
    )  # fmt: skip
    alias = writer.record(
        "token", f"token\0{name}\0space.é", name="é", parent=space["id"], order=2, node={"$value": "{space.$root}"}
    )
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": name}]}},
        "resolutionOrder": [{"$ref": "#/sets/base"}],
    }
    theme = writer.record("theme", "theme\0tokens.resolver.json", name="tokens.resolver.json", data=document)
    members = {
        f"tokens/{a_set['id']}.jsonl": ("tokens", [a_set, space, root, alias]),
        "themes.jsonl": ("themes", [theme]),
    }
    (tmp_path / "other.dss").write_bytes(writer.archive(members, 2))
    report = verify(tmp_path / "other.dss")
    assert [found.message for found in report.diagnostics] == []
    project = make_project(tmp_path / "home")
    done = DSSProjectService(root=project).import_project(tmp_path / "other.dss")
    assert done.success, done.error
    assert json.loads((project / "tokens" / name).read_text("utf-8")) == {
        "$description": "by hand",
        "space": {
            "$type": "dimension",
            "$root": {"$value": {"value": 16.0, "unit": "px"}},
            "é": {"$value": "{space.$root}"},
        },
    }
    assert report.content is not None
    again = DSSProjectService(root=project).export_project(project, tmp_path / "again.dss")
    assert again.snapshot == report.content.manifest.snapshot


def named(page: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (PAGES / page).read_text("utf-8")))


def test_the_page_for_operators_names_every_code_and_no_other() -> None:
    assert named("operators.md", r"DSS6\d\d") == set(CODES.values())


def test_the_page_for_operators_names_every_limit() -> None:
    limits = {field.name.removeprefix("max_") for field in fields(Limits)}
    assert limits <= named("operators.md", r"`([a-z_]+)`")


def test_the_page_for_operators_names_every_metric() -> None:
    shown = named("operators.md", r"`(dss_[a-z_]+)`")
    assert shown == set(METRICS)
    assert {rule.metric for rule in ALERTS} <= shown


def test_the_page_on_the_format_has_the_numbers_of_the_code() -> None:
    text = (PAGES / "format.md").read_text("utf-8")
    for number in ("4,000,000", "1,000,000", "262,144", "65,557", "0o100644", "0x0314", "512 bytes", "200 bytes"):
        assert number in text
