"""Every merge strategy over its cases: fixtures/merge/<strategy>/<case>/ holds base, ours, theirs and what comes of it.

``want.json`` is the merged document, ``want.txt`` the conflicts with their decisions. Ours was changed at 12:00, theirs
an hour later.
"""

import json
from pathlib import Path

import pytest

from dss_tokens.merge import Side, merge, strategies
from dss_tokens.merge.clock import Stamp

FOLDER = Path(__file__).parent.parent / "fixtures" / "merge"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/base.json"))
NOON = 43_200_000


def side(file, ms=None):
    stamp = None if ms is None else Stamp(ms, 0, 0)
    return Side(documents={"tokens.json": json.loads(file.read_text())}, stamp=stamp)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_result_is_that_wanted(case, golden):
    sides = [side(case / "base.json"), side(case / "ours.json", NOON), side(case / "theirs.json", NOON + 3_600_000)]
    merged = merge(*sides, strategy=strategies.get(case.parent.name))
    golden(case / "want.json", json.dumps(merged.documents["tokens.json"], indent=2, ensure_ascii=False) + "\n")
    lines = []
    for conflict in merged.conflicts:
        choice = conflict.answer.choose if conflict.answer else "open"
        lines.append(f"{conflict.kind} {conflict.path} {conflict.field or '-'}: {choice}\n")
    golden(case / "want.txt", "".join(lines))


def test_every_strategy_has_a_case():
    assert set(strategies.names()) == {case.parent.name for case in CASES}
