"""``dss explain``, ``dss completion``, ``dss doctor``."""

import subprocess
import sys

import pytest

from dss_tokens.codes import RANGES, explanations

FIRST_DIGITS = dict(zip(RANGES, "12345679", strict=True))


@pytest.mark.parametrize("code", explanations())
def test_every_code_is_explained(dss, code):
    done = dss("explain", code)
    entry = explanations()[code]
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"{code}: {entry.title}\n\n")
    assert all(line.strip() in done.out for line in entry.example.splitlines())


@pytest.mark.parametrize(("code", "entry"), explanations().items(), ids=explanations())
def test_explanations_are_written_alike(code, entry):
    assert len(code) == 6 and code.startswith("DSS") and code[3:].isdigit()
    assert entry.title and not entry.title.endswith(".") and "\n" not in entry.title
    assert entry.text.endswith("."), "a whole sentence"


@pytest.mark.parametrize("name", RANGES)
def test_each_range_holds_its_own_codes(name):
    from importlib import import_module

    codes = import_module(f"dss_tokens.codes.{name}").CODES
    assert all(code[3] == FIRST_DIGITS[name] for code in codes)


@pytest.mark.parametrize("spelling", ["DSS901", "dss901", "901"])
def test_a_code_may_be_spelled_shorter(dss, spelling):
    assert dss("explain", spelling).out.startswith("DSS901: ")


@pytest.mark.parametrize(("miss", "near"), [("DSS900", "DSS901"), ("9012", "DSS999"), ("dss992", "DSS991")])
def test_a_miss_names_the_nearest_code(dss, miss, near):
    done = dss("explain", miss)
    assert done.status == 2
    assert f"did you mean {near}?" in done.err


def test_a_miss_without_a_number_still_answers(dss):
    assert dss("explain", "Ω").status == 2


def test_json_has_the_same_parts(dss):
    entry = explanations()["DSS901"]
    assert dss("explain", "DSS901", "--json").json == {
        "code": "DSS901",
        "title": entry.title,
        "text": entry.text,
        "example": entry.example,
        "diagnostics": [],
    }


def test_without_a_code_all_are_listed(dss):
    lines = dss("explain").out.splitlines()
    assert [line.split()[0] for line in lines] == list(explanations())
    assert [entry["code"] for entry in dss("explain", "--json").json["codes"]] == list(explanations())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_that_calls_back(dss, shell):
    done = dss("completion", shell)
    assert done.status == 0
    assert f"_DSS_COMPLETE={shell}_complete" in done.out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tran", "plain,translate"),
        ("explain DSS90", "plain,DSS901\nplain,DSS902\nplain,DSS903"),
        ("completion ", "plain,bash\nplain,zsh\nplain,fish"),
        ("explain --js", "plain,--json"),
    ],
)
def test_words_are_completed(line, expected):
    words = f"dss {line}"
    environment = {
        "_DSS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    ended = subprocess.run([sys.executable, "-m", "dss"], env=environment, capture_output=True, encoding="utf-8")
    assert ended.stdout.strip() == expected


def test_doctor_shows_versions_and_no_secrets(dss, monkeypatch):
    monkeypatch.setenv("FIGMA_TOKEN", "figd_secret")
    done = dss("doctor")
    assert done.status == 0, done.err
    assert "figd_secret" not in done.out + done.err
    document = dss("doctor", "--json").json
    assert document["variables"]["FIGMA_TOKEN"] is True
    assert document["diagnostics"] == []
    assert {"click", "pydantic", "jinja2"} <= set(document["packages"])


def test_doctor_reports_a_stranger(dss, monkeypatch, tmp_path):
    (tmp_path / "figma.py").write_text("raise SystemExit('a stranger ran')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "figma", raising=False)
    done = dss("doctor", "--json")
    assert done.status == 1
    (found,) = done.json["diagnostics"]
    assert found["code"] == "DSS901"
    assert str(tmp_path / "figma.py") in found["message"]


def test_doctor_reports_a_missing_dependency(dss, monkeypatch):
    from importlib import metadata

    monkeypatch.setattr(
        metadata, "requires", lambda name: ["click>=8.2", "nowhere-to-be-found (>1)", "x; extra == 'cloud'"]
    )
    done = dss("doctor", "--json")
    assert done.status == 1
    assert [found["code"] for found in done.json["diagnostics"]] == ["DSS902"]
    assert done.json["extras"] == {"cloud": "missing: x"}
