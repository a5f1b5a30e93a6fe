"""``--format sarif`` and ``--format github``."""

import json
from pathlib import Path

import pytest

from dss.cli.reports import github, sarif
from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.source import Span

PLACE = Span(3, 5, 3, 9)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            Diagnostic(code="DSS202", message="gone", file="a/b.json", span=PLACE),
            "::error file=a/b.json,line=3,endLine=3,col=5,endColumn=9,title=DSS202::gone",
        ),
        (
            Diagnostic(code="DSS202", message="50%\n::error::x", hint="look", severity="warning"),
            "::warning title=DSS202::50%25%0A::error::x%0Ahelp: look",
        ),
        (
            Diagnostic(code="DSS202", message="m", file="a,b:c.json", span=Span(1, 1, 2, 1), severity="info"),
            "::notice file=a%2Cb%3Ac.json,line=1,endLine=2,title=DSS202::m",
        ),
        (Diagnostic(code="DSS202", message="a\x1b\rb"), "::error title=DSS202::a\\x1b\\x0db"),
    ],
)
def test_github_annotations_are_escaped_lines(found, expected):
    assert github(found) == expected
    assert "\n" not in github(found)


def test_sarif_holds_codes_places_and_related_places():
    related = Related("first here", file="c d.json", span=Span(1, 1, 1, 2))
    found = Diagnostic(
        code="DSS901", message="m", hint="h", file="a b.json", span=PLACE, path="color.red", related=(related,)
    )
    (run,) = sarif([found, Diagnostic(code="DSS000", message="x", severity="info")])["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["DSS000", "DSS901"]
    first, second = run["results"]
    assert first["ruleIndex"] == 1
    assert first["level"] == "error"
    assert first["message"]["text"] == "m (h)"
    (location,) = first["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "color.red"}]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b.json"},
        "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
    }
    (other,) = first["relatedLocations"]
    assert other["message"]["text"] == "first here"
    assert second == {"ruleId": "DSS000", "ruleIndex": 0, "level": "note", "message": {"text": "x"}}


@pytest.fixture
def faulty(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("t.json").write_text('{\n  "a": {"$type": "color", "$value": "{b}"}\n}\n')


def test_validate_prints_annotations_and_fails(dss, faulty):
    done = dss("validate", "t.json", "--format", "github")
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith("::error file=t.json,line=2,")
    assert "title=DSS202::" in done.out


def test_validate_prints_sarif_and_fails(dss, faulty):
    done = dss("validate", "t.json", "--format", "sarif")
    assert (done.status, done.err) == (1, "")
    (result,) = json.loads(done.out)["runs"][0]["results"]
    assert result["ruleId"] == "DSS202"


def test_validate_without_faults_is_an_empty_report(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("t.json").write_text('{"a": {"$type": "number", "$value": 1}}')
    assert dss("validate", "t.json", "--format", "github").out == ""
    assert json.loads(dss("validate", "t.json", "--format", "sarif").out)["runs"][0]["results"] == []
