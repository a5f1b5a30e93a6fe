"""Every rule of DTCG 2025.10, case by case: ``fixtures/dtcg``."""

import json
import re

import pytest
from dtcg_cases import read_cases

REFUSALS = read_cases("refusals.txt")
MEANINGS = read_cases("meanings.txt")
LEGACY = read_cases("legacy.txt")
RESOLVER_REFUSALS = read_cases("resolver-refusals.txt")
RESOLVER_MEANINGS = read_cases("resolver-meanings.txt")

RULES = """
FILE-1 FILE-4 NAME-1 NAME-2 NAME-3 TOK-1 TOK-2 TOK-3 TOK-4 TOK-5 TOK-6 TOK-7 TYPE-1 TYPE-2 TYPE-3 TYPE-4 TYPE-5 TYPE-6
TYPE-7 GRP-1 GRP-2 GRP-3 GRP-4 GRP-5 GRP-6 EXT-1 EXT-2 EXT-3 EXT-4 EXT-5 EXT-6 EXT-7 EXT-8 EXT-9 EXT-10
REF-1 REF-2 REF-3 REF-4 REF-5 REF-6 REF-7 PTR-1 PTR-2 PTR-3 PTR-4 PTR-5 PTR-6 PTR-7 PTR-8
DIM-1 DIM-2 DIM-3 DUR-1 NUM-1 FF-1 FF-2 FW-1 FW-2 CB-1 CB-2 COL-1 COL-2 COL-3 COL-4 COL-5 COL-6 COL-7 CMP-1 CMP-2 CMP-3
CMP-4 SS-1 SS-2 SS-3 BOR-1 TRA-1 SHA-1 SHA-2 SHA-3 SHA-4 GRA-1 GRA-2 TYP-1 TYP-2
RES-VERSION RES-ORDER RES-SET RES-MOD RES-MOD0 RES-MOD1 RES-DEFAULT RES-INPUT RES-INLINE RES-INLINEDUP RES-SAMENAME
RES-REF RES-PTR RES-FILE RES-REFMOD RES-REFORDER RES-CIRC RES-EXTENDREF RES-ALIAS RES-PRESERVE RES-DEFS RES-META LEG-1
""".split()  # noqa: SIM905
"""Those a document can show. FILE-2 and FILE-3 are about media types and names of files, RES-INPUTSTR about callers."""


def by_id(case):
    return case.id


@pytest.fixture
def answer(dss, tmp_path, monkeypatch):
    """Runs ``dss resolve --json`` on a case, strictly unless told otherwise."""

    def run(case, *options, resolver=False):
        monkeypatch.chdir(tmp_path)
        for file, text in case.files.items():
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(text, "utf-8")
        (tmp_path / "case.json").write_text(case.text, "utf-8")
        inputs = [word for name, context in case.inputs.items() for word in ("--input", f"{name}={context}")]
        source = ["--resolver", "case.json"] if resolver else ["case.json"]
        return dss("resolve", *source, *inputs, *options, "--json")

    return run


def errors_of(done):
    return [found for found in done.json["diagnostics"] if found["severity"] == "error"]


def assert_refused(done, case):
    _, code, path, *_ = case.title.split(" ", 2)
    errors = errors_of(done)
    assert done.status == 1
    assert [(e["rule"], e["code"], e["path"] or "-") for e in errors] == [(case.rule, code, path)], errors
    error = errors[0]
    place = (error["line"], error["column"]) if error["line"] else None
    assert place == case.span, error
    assert (error["file"], bool(error["message"])) == ("case.json", True)


@pytest.mark.parametrize("case", REFUSALS, ids=by_id)
def test_what_breaks_a_rule_is_reported_once_and_where_it_was_written(case, answer):
    assert_refused(answer(case, "--strict"), case)


@pytest.mark.parametrize("case", RESOLVER_REFUSALS, ids=by_id)
def test_what_breaks_a_rule_of_resolver_documents_is_reported_once_and_where_it_was_written(case, answer):
    assert_refused(answer(case, "--strict", resolver=True), case)


def assert_means(done, case):
    assert errors_of(done) == []
    assert done.status == 0
    tokens = done.json["tokens"]
    for path, wanted in case.expected.items():
        if wanted is None:
            assert path not in tokens
        else:
            assert {key: tokens[path][key] for key in wanted} == wanted, path


@pytest.mark.parametrize("case", MEANINGS, ids=by_id)
def test_what_a_rule_allows_means_what_the_rule_says(case, answer):
    assert_means(answer(case, "--strict"), case)
    assert_means(answer(case), case)


@pytest.mark.parametrize("case", RESOLVER_MEANINGS, ids=by_id)
def test_what_a_resolver_document_may_say_means_what_the_rule_says(case, answer):
    assert_means(answer(case, "--strict", resolver=True), case)


@pytest.mark.parametrize("case", LEGACY, ids=by_id)
def test_an_older_form_is_read_with_a_warning_and_refused_by_strict(case, answer):
    lenient = answer(case)
    assert_means(lenient, case)
    warnings = [w for w in lenient.json["diagnostics"] if w["severity"] == "warning" and w["rule"] == case.rule]
    places = [(w["line"], w["column"]) for w in warnings]
    assert case.span in places
    strict = answer(case, "--strict")
    assert strict.status == 1
    assert case.span in [(e["line"], e["column"]) for e in errors_of(strict)]


def test_every_rule_has_a_case():
    shown = {case.rule for case in (*REFUSALS, *MEANINGS, *LEGACY, *RESOLVER_REFUSALS, *RESOLVER_MEANINGS)}
    # Others speak for these: REF-2 of GRP-4, TYPE-1 of TYPE-6, the rules of each type of TYPE-7.
    assert set(RULES) - shown == {"GRP-4", "TYPE-6", "TYPE-7"}


def test_the_list_of_rules_is_that_of_the_digest(team_data):
    digest = team_data.parent / "reference" / "dtcg.md"
    if not digest.is_file():
        pytest.skip("the digest is not here")
    table = digest.read_text("utf-8").rpartition("## 10. Rules")[2]
    rules = set(re.findall(r"^\| ([A-Z]+-[A-Z0-9]+) \|", table, re.M))
    assert rules - set(RULES) == {"FILE-2", "FILE-3", "RES-INPUTSTR"}


@pytest.mark.parametrize("case", [*REFUSALS, *RESOLVER_REFUSALS], ids=by_id)
def test_a_refused_document_writes_nothing(case, answer, dss, tmp_path):
    resolver = case in RESOLVER_REFUSALS
    answer(case, "--strict", resolver=resolver)
    before = sorted(tmp_path.rglob("*"))
    inputs = [word for name, context in case.inputs.items() for word in ("--input", f"{name}={context}")]
    source = ["--resolver", "case.json"] if resolver else ["case.json"]
    done = dss("translate", *source, *inputs, "--strict", "--to", "css", "--json")
    assert done.status == 1
    assert json.loads(done.out)["files"] == []
    assert sorted(tmp_path.rglob("*")) == before
