"""Speed as what never depends on load: how many functions a run calls, for how many tokens.

A bound is half as much again as what was counted when it was set. Whoever makes dss do more work for each token raises
it with a reason; whoever makes work grow faster than the number of tokens finds out here.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest

from dss.cli.translate import _Build

ROOT = Path(__file__).parent.parent
SMALL, BIG = 500, 4000
FORMATS = ("css", "scss", "json")

TRANSLATE, VALIDATE, STUDIO = 85, 140, 640
"""Calls for each token."""

CONTEXTS, WATCH, UNCHANGED = 4.5, 0.9, 0.1
"""Of the calls for one context, for the first build, for a build."""


@pytest.fixture(autouse=True)
def benchmarks_are_importable(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    yield
    for name in ("corpus", "figma_corpus", "studio_corpus"):
        sys.modules.pop(name, None)


def calls(run):
    """How many functions *run* calls, those of C included."""
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def corpus(folder, size, **more):
    from corpus import write

    write(folder, size, **more)
    return folder


def translate(folder, *options):
    from dss.cli.main import run

    def translated():
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        assert run(["translate", *map(str, options), "-o", str(out)]) == 0

    return translated


def growth(small, big):
    """Calls for a big set by those for a small one, as many times as it has more tokens."""
    small()  # imports, caches
    return calls(big) / calls(small) / (BIG / SMALL)


def in_formats(folder):
    return translate(folder, folder / "tokens", *(word for name in FORMATS for word in ("--to", name)))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DSS_BASE_PATH", raising=False)


def test_translating_calls_few_functions_and_grows_with_the_tokens(tmp_path):
    small, big = (in_formats(corpus(tmp_path / str(size), size)) for size in (SMALL, BIG))
    assert growth(small, big) < 1.1
    assert calls(big) / BIG < TRANSLATE


def test_contexts_cost_no_more_than_the_default(tmp_path):
    folder = corpus(tmp_path / "c", BIG, contexts=8)
    options = ("--resolver", folder / "tokens.resolver.json", "--to", "css")
    translate(folder, *options)()
    one = calls(translate(folder, *options, "--input", "theme=default"))
    assert calls(translate(folder, *options)) / one < CONTEXTS


def test_faults_are_told_in_linear_time(tmp_path, capsys):
    from dss.cli.main import run

    folders = [corpus(tmp_path / str(size), size, faults=size // 100) for size in (SMALL, BIG)]
    small, big = ((lambda f=folder: run(["validate", str(f / "tokens"), "--json"])) for folder in folders)
    assert growth(small, big) < 1.3
    capsys.readouterr()
    assert calls(big) / BIG < VALIDATE
    assert len({d["path"] for d in json.loads(capsys.readouterr().out)["diagnostics"]}) >= BIG // 100


def test_tokens_studio_is_linear(tmp_path):
    from studio_corpus import write

    runs = []
    for size in (SMALL, BIG):
        folder = tmp_path / str(size)
        write(folder, size)
        runs.append(translate(folder, "--config", folder / "config.json"))
    assert growth(*runs) < 1.6  # chains are longer, too
    assert calls(runs[1]) / BIG < STUDIO


def test_a_watch_makes_again_what_a_change_touches(tmp_path):
    folder = corpus(tmp_path / "c", BIG)
    file = (folder / "tokens" / "color-000.json").absolute()
    build = _Build(
        (str(folder / "tokens"),), ("css",), tmp_path / "out", None, None, {}, None, None, (), False, None, True
    )
    in_formats(folder)()
    first = calls(lambda: build(None))
    file.write_text(file.read_text().replace("0.1", "0.2", 1))
    assert calls(lambda: build({file})) / first < WATCH


def test_a_run_that_changes_nothing_does_next_to_nothing(tmp_path, monkeypatch):
    from dss.cli.main import run

    monkeypatch.delitem(sys.modules, "dss.service.plugins", raising=False)
    folder = corpus(tmp_path / "c", BIG)
    command = ["translate", str(folder / "tokens"), "--to", "css", "-o", str(tmp_path / "out")]
    first = calls(lambda: run(command))
    assert calls(lambda: run(command)) / first < UNCHANGED
