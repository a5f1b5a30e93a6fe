"""The benchmark measures what it says: its corpora, its table, its picture, the published figures."""

import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def benchmarks_are_importable(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    yield
    for name in ("corpus", "figma_corpus", "studio_corpus", "measure", "report", "rows", "run", "watching"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("size", [100, 101, 1000, 5000])
def test_a_corpus_has_its_size_and_is_always_the_same(size):
    from corpus import Corpus

    first, second = Corpus(size), Corpus(size)
    assert first.files() == second.files()
    assert len({path for _, path, _ in first.tokens}) == size
    assert {token["$type"] for _, _, token in first.tokens} >= {"color", "dimension", "shadow", "typography"}


def test_every_reference_of_a_corpus_leads_to_an_earlier_token():
    from corpus import Corpus

    seen = set()
    for _, path, token in Corpus(1000).tokens:
        value = token["$value"]
        parts = value.values() if isinstance(value, dict) else [value]
        for part in parts:
            if isinstance(part, str) and part.startswith("{"):
                assert part[1:-1] in seen
        seen.add(".".join(path))


def test_contexts_change_some_of_the_semantic_tokens(tmp_path):
    from corpus import write

    write(tmp_path, 1000, contexts=2)
    document = json.loads((tmp_path / "tokens.resolver.json").read_text())
    assert list(document["modifiers"]["theme"]["contexts"]) == ["default", "theme-1", "theme-2"]
    for source in document["sets"]["base"]["sources"]:
        assert (tmp_path / source["$ref"]).exists()
    assert json.loads((tmp_path / "themes" / "theme-1.json").read_text())["semantic"]


def test_faults_are_as_many_as_asked_for(tmp_path, dss):
    from corpus import write

    write(tmp_path, 1000, faults=10)
    found = dss("validate", tmp_path / "tokens", "--json").json["diagnostics"]
    missing = [diagnostic for diagnostic in found if "missing.n" in diagnostic["message"]]
    assert len({diagnostic["path"] for diagnostic in missing}) >= 10
    assert {diagnostic["code"] for diagnostic in missing} == {"DSS202"}


def test_a_tokens_studio_corpus_is_always_the_same_and_translates(tmp_path, dss):
    from studio_corpus import StudioCorpus, write

    assert StudioCorpus(300).files() == StudioCorpus(300).files()
    write(tmp_path, 300)
    done = dss("translate", "--config", tmp_path / "config.json", "-o", tmp_path / "out", "--json")
    assert (done.status, done.json["diagnostics"]) == (0, [])
    lines = (tmp_path / "out" / "css" / "tokens.css").read_text().splitlines()
    values = [line for line in lines if line.startswith("  --")]
    assert len(values) == 300
    assert not any(sign in line for line in values for sign in ("{", "*", "+"))


def test_the_figma_answer_is_one_that_pull_reads(tmp_path, dss):
    from figma_corpus import answer

    file = tmp_path / "variables.json"
    file.write_text(json.dumps(answer(200, 3)))
    done = dss("figma", "pull", "--from-file", file, "-o", tmp_path / "tokens", "--json")
    assert done.status == 0, done.err
    assert sum(collection["variables"] for collection in done.json["summary"]["collections"]) == 200


@pytest.mark.slow
def test_every_row_runs_with_ours(tmp_path):
    from measure import measure
    from rows import ROWS

    for row in ROWS:
        size = 200 if row.sizes != (0,) else 0
        found = measure(row, size, tmp_path, rounds=1, limit=100, without=set(row.contenders) - {"dss"})
        assert found["dss"]["wall"] > 0, row.name  # cpu time has ticks: a small share of it may be 0


def test_processes_are_measured_from_outside(tmp_path):
    from measure import run

    sample = run((sys.executable, "-c", "x = bytearray(40_000_000)\nfor _ in range(2_000_000): pass"), {}, tmp_path)
    assert 0 < sample.cpu < 30
    assert sample.wall > 0
    assert sample.memory > 40


def test_a_program_may_tell_its_own_figures(tmp_path):
    from measure import Sample, run

    program = 'print(\'{"wall": 1, "cpu": 2, "memory": 3}\')'
    assert run((sys.executable, "-c", program), {}, tmp_path, tells=True) == Sample(1, 2, 3)


def test_a_contender_that_fails_is_no_result(tmp_path):
    from measure import run

    with pytest.raises(RuntimeError, match="left with 3: no luck"):
        run((sys.executable, "-c", "import sys; sys.stderr.write('no luck'); sys.exit(3)"), {}, tmp_path)


def figures(cpu, memory):
    return {"cpu": cpu, "wall": cpu, "memory": memory, "runs": 1}


def test_a_contender_beyond_the_limit_drops_out(tmp_path):
    from measure import measure
    from rows import Contender, Row

    slow = Contender((sys.executable, "-c", "while True: pass"), folder=tmp_path)
    quick = Contender((sys.executable, "-c", "pass"), folder=tmp_path)
    row = Row("work", {"slow": slow, "quick": quick}, sizes=(0,))
    without = set()
    found = measure(row, 0, tmp_path, rounds=2, limit=1, without=without)
    assert (without, found["slow"], found["quick"]["runs"]) == ({"slow"}, {"beyond": 1}, 2)


RESULTS = {
    "css": {
        "dss": {"100": figures(0.1, 20), "1000": figures(0.2, 30)},
        "other": {"100": figures(1.0, 90), "1000": figures(10.0, 900)},
        "slow": {"100": figures(1.0, 90), "1000": {"beyond": 60.0}},
    }
}


def test_the_table_tells_growth_and_ratio():
    from report import table

    lines = table(RESULTS).splitlines()
    assert lines[-1] == "| css | 1,000 | slow | | more than 60 | | | | |"
    assert lines[-2] == "| css | 1,000 | other | 10.000 | 10.000 | 900 | 1.00 | 50.0 |  |"
    assert "| css | 1,000 | dss | 0.200 | 0.200 | 30 | 0.30 |  |  |" in lines


def test_the_table_tells_which_goals_are_reached():
    from report import table
    from rows import Goal

    goals = {"css": {100: Goal(cpu=0.1, memory=10), 1000: Goal(other=("other", 60)), 5: Goal(cpu=0)}}
    lines = table(RESULTS, goals).splitlines()
    assert lines[2].endswith("| cpu ≤ 0.1 s; **missed:** ≤ 10 MiB |")
    assert lines[5].endswith("| **missed:** ≥ 60 times |")
    assert table(RESULTS, {"css": {1000: Goal(other=("other", 50))}}).splitlines()[5].endswith("| ≥ 50 times |")
    halved = {"css": {1000: Goal(other=("other", 0.5))}}
    assert table(RESULTS, halved).splitlines()[5].endswith("| ≤ 2 times other |")


def test_the_picture_holds_every_point_inside_its_frame():
    from report import picture

    root = ET.fromstring(picture(RESULTS["css"]))
    circles = root.findall(f"{SVG}circle")
    assert len(circles) == 2 * 5  # two panels
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(0 < float(c.get("cx")) < width and 0 < float(c.get("cy")) < height for c in circles)
    names = [text.text for text in root.findall(f"{SVG}text")]
    assert {"dss", "other"} <= set(names)


def test_the_page_shows_the_published_figures():
    import run

    made = json.loads(run.PUBLISHED.read_text())
    page = run.PAGE.read_text()
    assert page.partition(run.START)[2].partition(run.END)[0] == run.figures(made)
    assert run.PICTURE.read_text() == run.picture(run.growing(made["results"]))


def test_peers_are_pinned_and_the_lock_names_no_registry():
    wanted = json.loads((ROOT / "benchmarks/peers/package.json").read_text())["dependencies"]
    lock = json.loads((ROOT / "benchmarks/peers/package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert not any("resolved" in package for package in lock.values())
