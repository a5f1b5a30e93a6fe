"""Reads the cases of ``fixtures/dtcg`` (their form: the README there)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "dtcg"


@dataclass
class Case:
    """One case."""

    file: str
    line: int
    title: str
    text: str = ""
    span: tuple[int, int] | None = None
    """Line and column of the marked place."""

    end: tuple[int, int] | None = None
    files: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    expected: Any = None

    @property
    def rule(self) -> str | None:
        word = self.title.split()[0]
        return None if word == "-" else word

    @property
    def id(self) -> str:
        return f"{self.file}:{self.line}:{self.title[:50]}"

    @property
    def document(self) -> Any:
        return json.loads(self.text)


def read_cases(name: str) -> list[Case]:
    """The cases of a file; fails on one that is malformed rather than skip it."""
    cases: list[Case] = []
    lines: list[str] = []
    for number, line in enumerate((FOLDER / name).read_text("utf-8").split("\n"), 1):
        if line.startswith("# "):
            _finish(cases, lines)
            cases.append(Case(name.removesuffix(".txt"), number, line[2:].strip()))
        elif line.startswith("+ "):
            file, _, text = line[2:].partition(" ")
            cases[-1].files[file] = text
        elif line.startswith("@ "):
            modifier, _, context = line[2:].partition("=")
            cases[-1].inputs[modifier] = context
        elif line.startswith("=> "):
            cases[-1].expected = json.loads(line[3:])
        elif line:
            lines.append(line)
    _finish(cases, lines)
    return cases


def _finish(cases: list[Case], lines: list[str]) -> None:
    if cases:
        case = cases[-1]
        assert lines, case.id
        marked = "\n".join(lines)
        found = re.findall("[«»]", marked)
        assert found in ([], ["«", "»"]), case.id
        case.text = re.sub("[«»]", "", marked)
        if found:
            case.span = _place(marked, marked.index("«"))
            case.end = _place(marked.replace("«", ""), marked.index("»") - 1)
    lines.clear()


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
