"""Speed as what hardly depends on load: how many functions a run calls, and how its time grows, in one run.

A bound is half as much again as what was counted when it was set. Whoever makes dss do more work for each token raises
it with a reason; whoever makes work grow faster than the number of tokens finds out here. Calls are exact, but what
grows inside of one call of C does not show in them: therefore the times, too, as a ratio of two sizes.
"""

import functools
import gc
import json
import shutil
import sys
import time
from pathlib import Path

import pytest

from dss.cli.main import run
from dss.cli.translate import _Build

ROOT = Path(__file__).parent.parent
SMALL, BIG = 1000, 16_000
FORMATS = ("css", "scss", "json")

CALLS = {"translate": 62, "contexts": 110, "validate": 74, "studio": 520, "figma": 94}
"""For each token."""

GROWTH = 1.1
"""Calls for a token of a big set, by those for a token of a small set."""

GROWTH_OF_TIME = 1.5
"""The same of processor time, of which a small set has more for the start."""

CONTEXTS, WATCH, UNCHANGED = 3.3, 0.78, 0.04
"""Of the calls for one context, for the first build, for a build."""


@pytest.fixture(autouse=True)
def benchmarks_are_importable(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    yield
    for name in ("corpus", "figma_corpus", "studio_corpus", "rows"):
        sys.modules.pop(name, None)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DSS_BASE_PATH", raising=False)


@pytest.fixture(autouse=True)
def without_collections():
    """As in the command itself."""
    gc.disable()
    yield
    gc.enable()


def forget():
    """Empties the caches of our functions: a new process finds none."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("dss", "dss_tokens", "translators", "figma"):
            for found in list(vars(module).values()):
                if isinstance(found, functools._lru_cache_wrapper):
                    found.cache_clear()


def calls(work):
    """How many functions *work* calls, those of C included."""
    forget()
    count = 0

    def seen(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def cpu(work):
    forget()
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def into_an_empty_folder(folder, *words, status=0):
    """A command whose every run writes all of its output."""

    def command():
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        assert run([*map(str, words), "-o", str(out)]) == status

    return command


def in_formats(folder):
    return into_an_empty_folder(
        folder, "translate", folder / "tokens", *(word for name in FORMATS for word in ("--to", name))
    )


def translating(folder, size):
    from corpus import write

    write(folder, size)
    return in_formats(folder)


def with_contexts(folder, size):
    from corpus import write

    write(folder, size, contexts=8)
    return into_an_empty_folder(folder, "translate", "--resolver", folder / "tokens.resolver.json", "--to", "css")


def validating(folder, size):
    from corpus import write

    write(folder, size, faults=size // 100)
    return lambda: run(["validate", str(folder / "tokens"), "--json"])


def tokens_studio(folder, size):
    from studio_corpus import write

    write(folder, size)
    return into_an_empty_folder(folder, "translate", "--config", folder / "config.json")


def pulling(folder, size):
    from figma_corpus import answer

    folder.mkdir()
    (folder / "variables.json").write_text(json.dumps(answer(size // 10, 10)))
    return into_an_empty_folder(folder, "figma", "pull", "--from-file", folder / "variables.json")


WORK = {
    "translate": translating, "contexts": with_contexts, "validate": validating, "studio": tokens_studio,
    "figma": pulling,
}  # fmt: skip


@pytest.mark.parametrize("name", WORK)
def test_work_grows_with_the_tokens(name, tmp_path, capsys):
    small, big = (WORK[name](tmp_path / str(size), size) for size in (SMALL, BIG))
    small()  # imports
    times = [(cpu(small), cpu(big)) for _ in range(3)]
    of_small, of_big = calls(small), calls(big)
    assert of_big / BIG < CALLS[name]
    assert of_big / of_small < GROWTH * BIG / SMALL
    shortest = [min(found) for found in zip(*times, strict=True)]
    assert shortest[1] / shortest[0] < GROWTH_OF_TIME * BIG / SMALL


def test_contexts_cost_no_more_than_the_default(tmp_path):
    every = with_contexts(tmp_path / "c", BIG)
    every()
    one = into_an_empty_folder(
        tmp_path / "one", "translate", "--resolver", tmp_path / "c" / "tokens.resolver.json", "--to", "css",
        "--input", "theme=default",
    )  # fmt: skip
    assert calls(every) / calls(one) < CONTEXTS


def test_every_fault_is_told_with_its_place(tmp_path, capsys):
    from rows import tells_every_fault

    work = validating(tmp_path / "v", BIG)
    capsys.readouterr()
    assert work() == 1
    assert tells_every_fault(capsys.readouterr().out.encode(), BIG)


def test_a_watch_makes_again_what_a_change_touches(tmp_path):
    folder = tmp_path / "c"
    translating(folder, BIG)()
    file = (folder / "tokens" / "color-000.json").absolute()
    build = _Build(
        (str(folder / "tokens"),), FORMATS, tmp_path / "out", None, None, {}, None, None, (), False, None, True
    )
    first = calls(lambda: build(None))
    file.write_text(file.read_text().replace("0.1", "0.2", 1))
    again = calls(lambda: build({file}))
    assert again / first < WATCH


def test_a_run_that_changes_nothing_does_next_to_nothing(tmp_path, monkeypatch):
    monkeypatch.delitem(sys.modules, "dss.service.plugins", raising=False)
    translating(tmp_path / "c", BIG)
    command = ["translate", str(tmp_path / "c" / "tokens"), "--to", "css", "-o", str(tmp_path / "out")]
    first = calls(lambda: run(command))
    again = calls(lambda: run(command))
    assert again / first < UNCHANGED
