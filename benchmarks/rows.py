"""What is measured: one entry per row of the table. A new row is one more entry."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / "peers"
NODE = str(PEERS / "node_modules" / ".bin" / "node")
TERRAZZO = str(PEERS / "node_modules" / "@terrazzo" / "cli" / "bin" / "cli.js")
DSS = (sys.executable, "-m", "dss")
TRANSLATE = (*DSS, "translate", "{data}/tokens", "--to", "css", "--to", "scss", "--to", "json")


STYLE_DICTIONARY = "Style Dictionary 5.5.5"


@dataclass(frozen=True)
class Contender:
    """A command line; ``{data}`` is the corpus' folder and ``{out}`` an empty one, in the environment, too."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None
    """Where it runs, by default the corpus' folder. Terrazzo finds its plug-ins from its own alone."""

    formats: str = ""
    """What it writes, where that differs from the row."""

    status: int = 0
    """The exit status of a run that did its work."""

    keeps: bool = False
    """Whether a run finds what the one before wrote, instead of an empty folder, and is to touch none of it."""

    proof: Callable[[bytes, int], bool] = lambda output, size: True
    """Whether what a run printed shows that it did its work at that size."""

    tells: bool = False
    """Whether it is a program that measures and prints figures as JSON, instead of being measured as a whole."""


@dataclass(frozen=True)
class Goal:
    """What dss is to reach."""

    cpu: float | None = None
    wall: float | None = None
    memory: float | None = None
    """MiB."""

    other: tuple[str, float] | None = None
    """A contender, and how many times the cpu time of dss it is to need at least."""


@dataclass(frozen=True)
class Row:
    """One piece of work, done by each contender at each size."""

    name: str
    contenders: dict[str, Contender]
    sizes: tuple[int, ...]
    corpus: tuple[str, ...] = ("corpus.py",)
    """The program beside this file that makes the data, with its options; ``{percent}``: a hundredth of the size."""

    goals: dict[int, Goal] = field(default_factory=dict)
    """By size."""


def tells_every_fault(output: bytes, size: int) -> bool:
    """Whether one token of 100 is named for what is missing, with line and column."""
    found = json.loads(output)["diagnostics"]
    told = {fault["path"] for fault in found if fault["code"] == "DSS202" and fault["line"] and fault["column"]}
    return len(told) >= size // 100


RESOLVED = (*DSS, "translate", "--resolver", "{data}/tokens.resolver.json", "--to", "css", "-o", "{out}")
STUDIO = {
    "dss": Contender((*DSS, "translate", "--config", "{data}/config.json", "-o", "{out}")),
    "sd-transforms 2.0.3": Contender((NODE, str(PEERS / "sd-transforms.mjs"), "{data}", "{out}")),
}

ROWS = (
    Row(
        "css + scss + json",
        {
            "dss": Contender((*TRANSLATE, "-o", "{out}")),
            STYLE_DICTIONARY: Contender(
                (NODE, str(PEERS / "style-dictionary.mjs"), "{data}/tokens", "{out}", "css", "scss", "json")
            ),
            "Terrazzo 2.7.1": Contender(
                (NODE, TERRAZZO, "build", "--quiet", "-c", str(PEERS / "terrazzo.config.mjs")),
                {"BENCH_TOKENS": "{data}/tokens", "BENCH_OUTPUT": "{out}", "BENCH_FORMATS": "css,json"},
                PEERS,
                formats="css + json",
            ),
        },
        sizes=(100, 1_000, 10_000, 100_000),
        goals={
            1_000: Goal(cpu=0.1),
            10_000: Goal(cpu=0.14, memory=80, other=(STYLE_DICTIONARY, 15)),
            100_000: Goal(cpu=0.9, memory=300, other=(STYLE_DICTIONARY, 25)),
        },
    ),
    Row(
        "one CSS file, 1 + 8 contexts",
        {"dss": Contender(RESOLVED), "dss, one context": Contender((*RESOLVED, "--input", "theme=default"))},
        sizes=(10_000, 100_000),
        corpus=("corpus.py", "--contexts", "8"),
        goals={10_000: Goal(other=("dss, one context", 0.5))},
    ),
    Row(
        "Tokens Studio: math and modifiers",
        STUDIO,
        sizes=(5_000, 10_000, 100_000),
        corpus=("studio_corpus.py",),
        goals={10_000: Goal(cpu=0.5)},
    ),
    Row(
        "--watch, one token changed",
        {"dss": Contender((sys.executable, str(HERE / "watching.py"), "{data}", "{out}"), tells=True)},
        sizes=(10_000, 100_000),
        goals={10_000: Goal(wall=0.06)},
    ),
    Row(
        "css + scss + json again, nothing changed",
        {"dss": Contender((*TRANSLATE, "-o", "{out}"), keeps=True)},
        sizes=(10_000, 100_000),
        goals={10_000: Goal(cpu=0.07)},
    ),
    Row(
        "validate, one token of 100 is wrong",
        {"dss": Contender((*DSS, "validate", "{data}/tokens", "--json"), status=1, proof=tells_every_fault)},
        sizes=(10_000, 100_000),
        corpus=("corpus.py", "--faults", "{percent}"),
        goals={100_000: Goal(cpu=2)},
    ),
    Row(
        "figma pull --from-file, 10 modes",
        {"dss": Contender((*DSS, "figma", "pull", "--from-file", "{data}/variables.json", "-o", "{out}"))},
        sizes=(500, 5_000, 50_000),
        corpus=("figma_corpus.py", "--modes", "10"),
        goals={5_000: Goal(cpu=1, memory=250)},
    ),
    Row("dss --help", {"dss": Contender((*DSS, "--help"))}, sizes=(0,), goals={0: Goal(cpu=0.06)}),
    Row(
        "shell completion",
        {"dss": Contender(DSS, {"_DSS_COMPLETE": "bash_complete", "COMP_WORDS": "dss tr", "COMP_CWORD": "1"})},
        sizes=(0,),
        goals={0: Goal(cpu=0.06)},
    ),
)
