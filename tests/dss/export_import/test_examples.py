"""The examples of the archive API do what they print; the API runs as its specification writes it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dss.export_import import examples
from dss.project import find_project

SAYS = {
    "export_a_project": ["3 tokens, ", "the same bytes again: True"],
    "export_a_part": ["tagged 'layout': 1 of 3 tokens", "DSS683: ", "as a merge: done"],
    "import_a_project": ["'added': 3", "acme: 3 tokens taken in", "again: unchanged = True"],
    "import_a_large_project": ["success=False error=None requires_background_job=True", "success = True"],
    "merge_two_teams": ["conflict: both_modified at opacity.disabled: 0.5 here, 0.3 there", "after keep_local: 0.5"],
    "judge_names": ["unsafe: ['../../etc/passwd', 'tokens/A.jsonl', 'con.json']"],
    "check_limits": ["accepted\n", "DSS643: 10,001 tokens, limit 10,000"],
    "compare_times": ["remote wins; the remote time is 1 day ahead"],
    "stream_json": ["sum of the ids: 499500"],
    "check_integrity": ["as exported: (True, None)", "one bit flipped: False DSS"],
    "lock_the_store": ["the second writer: DSS680: "],
}


@pytest.mark.parametrize("name", examples.EXAMPLES)
def test_an_example_does_what_it_prints(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    examples.EXAMPLES[name](tmp_path)
    printed = capsys.readouterr().out
    for text in SAYS[name]:
        assert text in printed


def test_every_example_says_what_it_shows() -> None:
    assert set(SAYS) == set(examples.EXAMPLES)
    assert all(example.__doc__ for example in examples.EXAMPLES.values())


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dss.export_import.examples"]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=120)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("== ") == len(examples.EXAMPLES)
    assert not list(tmp_path.iterdir())


def test_examples_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert examples.main(["judge_names"]) == 0
    assert capsys.readouterr().out.startswith("== judge_names: ")
    assert examples.main(["nothing"]) == 2
    assert "there is no example 'nothing'" in capsys.readouterr().err


def test_the_names_that_users_wrote_down_run_as_written(
    team_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The block of Python in section 4 of the contract, line by line, with the files that it speaks of."""
    contract = team_data.parent / "contract.md"
    if not contract.is_file():
        pytest.skip("the contract is not beside the team's data")
    section = re.search(r"^## 4\..*?^```python\n(.*?)^```", contract.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert section is not None
    source = examples.make_project(tmp_path / "source", examples.TOKENS)
    service = examples.DSSProjectService(root=source)
    home = examples.make_project(tmp_path / "home")
    for name in ("import.dss", "updates.dss"):
        assert service.export_project(source, home / name).success
        examples.write_tokens(source, examples.with_value("opacity.disabled", 0.3))
    monkeypatch.chdir(home)
    with zipfile.ZipFile("import.dss") as archive:
        names: dict[str, Any] = {
            "Path": Path, "datetime": datetime, "archive": archive, "n": 10_000, "my_project": find_project(source),
            "local_project": home,
        }  # fmt: skip
        exec(compile(section[1], str(contract), "exec"), names)
    assert names["result"].success, names["result"].error
    assert names["analysis"].success
    assert (names["safe"], names["unsafe"]) == (True, [])
    assert (names["ok"], names["error"]) == (True, None)
    assert names["winner"] == "remote"
    assert names["warning"]
    assert Path("export.dss").is_file()
    assert json.loads(Path("tokens/base.json").read_text("utf-8"))["opacity"]["disabled"]["$value"] == 0.3
