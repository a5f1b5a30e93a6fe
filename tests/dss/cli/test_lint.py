"""``dss lint``: configuration, formats, fixes, statuses. The rules themselves: tests/test_lint_rules.py."""

import json

import pytest

TOKENS = """\
{
  "old": { "$type": "number", "$value": 1, "$deprecated": "Use {new}" },
  "new": { "$type": "number", "$value": 1 },
  "user": { "$type": "number", "$value": "{old}" }, // stays
  "red": { "$type": "color", "$value": { "colorSpace": "srgb", "components": [1, 0, 0], "hex": "#00ff00" } }
}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tokens").mkdir()

    def make(lint="", tokens=TOKENS):
        (tmp_path / "dss.toml").write_text(f'[project]\nsources = ["tokens/**/*"]\n{lint}')
        path = tmp_path / "tokens/base.jsonc"
        path.write_text(tokens)
        return path

    return make


def codes(outcome):
    return [found["code"] for found in outcome.json["diagnostics"]]


def test_warnings_leave_the_status_alone_unless_counted(dss, project):
    project()
    outcome = dss("lint")
    assert outcome.status == 0 and "warning[DSS705]" in outcome.err and outcome.err.endswith("4 tokens: no errors\n")
    assert dss("lint", "--max-warnings", "1").status == 1
    assert dss("lint", "--max-warnings", "2").status == 0


def test_levels_are_configured(dss, project):
    project('[lint]\ndeprecated_use = "error"\ncolor_hex = "off"\n')
    outcome = dss("lint", "--json")
    assert outcome.status == 1 and codes(outcome) == ["DSS705"]
    assert outcome.json["diagnostics"][0]["severity"] == "error"


@pytest.mark.parametrize(
    "lint",
    [
        '[lint]\nignore = ["user", "red"]\n',
        '[lint.deprecated_use]\nignore = ["us*"]\n[lint.color_hex]\nignore = ["**"]\n',
    ],
)
def test_paths_are_ignored(dss, project, lint):
    project(lint)
    assert codes(dss("lint", "--json")) == []


def test_a_token_is_exempt_when_it_says_so(dss, project):
    said = '"$extensions": { "dss": { "lint": { "ignore": ["deprecated_use"] } } }, "$value": "{old}"'
    project(tokens=TOKENS.replace('"$value": "{old}"', said))
    assert codes(dss("lint", "--json")) == ["DSS702"]


def test_fix_mends_in_place_and_prints_what_is_left(dss, project):
    path = project()
    outcome = dss("lint", "--fix")
    assert outcome.status == 0 and "2 fixed" in outcome.err
    assert path.read_text() == TOKENS.replace('"{old}"', '"{new}"').replace("#00ff00", "#ff0000")
    assert codes(dss("lint", "--json")) == []


def test_faults_of_the_tokens_are_listed_too(dss, project):
    project(tokens='{"a": {"$type": "number", "$value": "{none}"}}')
    outcome = dss("lint", "--json")
    assert outcome.status == 1 and codes(outcome) == ["DSS202"]


@pytest.mark.parametrize(
    ("lint", "code", "hint"),
    [
        ('[lint]\nconstrast = "warn"\n', "DSS790", "did you mean contrast?"),
        ('[lint]\ncontrast = "loud"\n', "DSS791", None),
        ("[lint]\ncontrast = 3\n", "DSS791", None),
        ("[lint.alias_depth]\nmaximum = 3\n", "DSS791", "did you mean max?"),
        ('[lint.alias_depth]\nmax = "3"\n', "DSS791", None),
        ('[lint.contrast]\nguess = "no"\n', "DSS791", None),
        ('[lint]\nignore = "x"\n', "DSS791", None),
    ],
)
def test_wrong_settings_are_refused(dss, project, lint, code, hint):
    project(lint)
    outcome = dss("lint", "--json")
    (found,) = outcome.json["diagnostics"]
    assert outcome.status == 1 and found["code"] == code and found["file"] == "dss.toml"
    assert hint is None or found["hint"] == hint


def test_one_rule_alone(dss, project):
    project()
    assert codes(dss("lint", "--rule", "color_hex", "--json")) == ["DSS702"]
    assert codes(dss("lint", "--rule", "duplicate_values", "--json")) == []
    assert dss("lint", "--rule", "nothing").status == 1


def test_other_tools_can_read_it(dss, project):
    project()
    sarif = dss("lint", "--format", "sarif").json
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["DSS705", "DSS702"]
    lines = dss("lint", "--format", "github").out.splitlines()
    assert len(lines) == 2 and all(line.startswith("::warning file=tokens/base.jsonc,line=") for line in lines)


def test_rules_are_listed(dss, project):
    project()
    assert "alias_depth           DSS701  warn   max = 4" in dss("lint", "--list").out


def test_findings_stand_in_the_order_of_the_files(dss, project):
    path = project()
    (path.parent / "z.json").write_text(json.dumps({"z": {"$type": "number", "$value": "{old}"}}))
    found = dss("lint", "--json").json["diagnostics"]
    assert [(d["path"], d["line"]) for d in found] == [("user", 4), ("red", 5), ("z", 1)]


PLUGIN = """
from dss.plugins import Answer, Finding, lint_rule, merge_strategy


@lint_rule("acme_prefix", options={"prefix": "acme"})
def acme_prefix(subject, options):
    for token in subject.authored():
        if not token.path.startswith(options["prefix"]):
            yield Finding(token.token, f"{token.path} lacks {options['prefix']}")


@merge_strategy("acme")
def acme(conflict):
    return Answer("value", 42)
"""


def test_plug_ins_add_rules_and_strategies(project, dss_process, tmp_path):
    project()
    (tmp_path / "acme.py").write_text(PLUGIN)
    config = (tmp_path / "dss.toml").read_text()
    (tmp_path / "dss.toml").write_text('plugins = ["acme.py"]\n' + config + '[lint.acme_prefix]\nprefix = "u"\n')
    outcome = dss_process("lint", "--rule", "acme_prefix", "--json", cwd=tmp_path)
    assert [d["path"] for d in outcome.json["diagnostics"]] == ["old", "new", "red"]
    assert {d["code"] for d in outcome.json["diagnostics"]} == {"DSS799"}
    for name, value in (("base", 1), ("ours", 2), ("theirs", 3)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"a": {"$type": "number", "$value": value}}))
    words = ["merge", "--base", "base.json", "--ours", "ours.json", "--theirs", "theirs.json", "-s", "acme"]
    assert dss_process(*words, cwd=tmp_path).status == 0
    assert json.loads((tmp_path / "ours.json").read_text())["a"]["$value"] == 42
