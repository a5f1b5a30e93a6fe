"""Every rule over its cases: fixtures/lint/<rule>/<case>/ holds tokens.json, a dss.toml and want.txt."""

from pathlib import Path

import pytest

from dss_tokens.lint import lint_rules

FOLDER = Path(__file__).parent.parent / "fixtures" / "lint"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/tokens.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_findings_are_those_wanted(case, dss, golden, monkeypatch):
    monkeypatch.chdir(case)
    monkeypatch.setenv("DSS_BASE_PATH", str(case))
    config = (case / "dss.toml").read_text() if (case / "dss.toml").exists() else ""
    outcome = dss("lint", *([] if "resolver" in config else ["tokens.json"]), "--rule", case.parent.name, "--json")
    lines = [
        f"{d['severity']} {d['code']} {d['file']}:{d['line']}:{d['column']} {d['message']}\n"
        + (f"  help: {d['hint']}\n" if d["hint"] else "")
        + "".join(f"  note: {r['message']} {r['file']}:{r['line']}:{r['column']}\n" for r in d["related"])
        for d in outcome.json["diagnostics"]
    ]
    golden(case / "want.txt", "".join(lines))
    assert outcome.status == int(any(line.startswith("error") for line in lines))
    assert lines, "a case shows at least one finding"


def test_every_rule_has_a_case_and_a_module_of_its_name():
    names = lint_rules.names()
    assert set(names) <= {case.parent.name for case in CASES}
    assert names == [name for name in lint_rules.modules() if name in names]


def test_codes_are_unique_and_explained():
    from dss_tokens.codes.lint import CODES

    codes = [lint_rules.get(name).code for name in lint_rules.names()]
    assert len(set(codes)) == len(codes) and set(codes) <= set(CODES)
    assert all(f"`{name}`" in CODES[lint_rules.get(name).code].text for name in lint_rules.names())


def test_rules_say_what_they_do():
    assert all((lint_rules.get(name).__doc__ or "").strip() for name in lint_rules.names())
