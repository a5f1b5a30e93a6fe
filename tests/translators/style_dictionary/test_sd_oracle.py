"""The team's oracle: configurations beside what Style Dictionary 5.5.5 wrote for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dss_tokens.errors import DssError

_DEFECT = re.compile(r"\[object Object\]|\bNaN\b|\bundefined\b")
"""What the peer prints where it should print a value: such lines are no goal."""


def _cases(data: Path) -> list[Path]:
    return sorted(path for path in (data / "style-dictionary").iterdir() if (path / "case.json").exists())


def test_every_file_is_what_the_peer_wrote(team_data, build_folder):
    different = []
    count = 0
    for case in _cases(team_data):
        if json.loads((case / "case.json").read_text("utf-8"))["exit_code"]:
            continue
        expected = case / "expected"
        want = {p.relative_to(expected).as_posix(): p for p in expected.rglob("*") if p.is_file() and p.name[0] != "."}
        got = {file.path.removeprefix("build/"): file.text for file in build_folder(case).files}
        count += len(want)
        assert got.keys() == want.keys(), case.name
        for name, path in want.items():
            if _differs(path.read_bytes().decode(), got[name]):
                different.append(f"{case.name}/{name}")
    assert not different
    assert count > 250


def _differs(want: str, got: str) -> bool:
    wanted, given = want.split("\n"), got.split("\n")
    if len(wanted) != len(given):
        return True
    return any(a != b and not _DEFECT.search(a) for a, b in zip(wanted, given, strict=True))


def test_what_the_peer_refuses_is_refused(team_data, build_folder):
    refused = []
    for case in _cases(team_data):
        facts = json.loads((case / "case.json").read_text("utf-8"))
        if facts["exit_code"]:
            with pytest.raises(DssError) as raised:
                build_folder(case)
            assert raised.value.exit_status == 1
            assert all(found.message for found in raised.value.diagnostics)
            refused.append(case.name)
    assert len(refused) > 8


def test_no_output_holds_the_peers_defects(team_data, build_folder):
    for case in _cases(team_data):
        if json.loads((case / "case.json").read_text("utf-8"))["exit_code"] == 0:
            for file in build_folder(case).files:
                assert not _DEFECT.search(file.text), (case.name, file.path)
