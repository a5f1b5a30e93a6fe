"""What is measured: one entry per row of the table. A new row is one more entry."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
NODE = str(PEERS / "node_modules" / ".bin" / "node")
TERRAZZO = str(PEERS / "node_modules" / "@terrazzo" / "cli" / "bin" / "cli.js")
DSS = (sys.executable, "-m", "dss")
TRANSLATE = (*DSS, "translate", "{data}/tokens", "--to", "css", "--to", "scss", "--to", "json")


@dataclass(frozen=True)
class Contender:
    """A command line; ``{data}`` is the corpus' folder and ``{out}`` an empty one, in the environment, too."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = PEERS
    """Where it runs: Terrazzo finds its plug-ins from there alone."""

    formats: str = ""
    """What it writes, where that differs from the row."""

    status: int = 0
    """The exit status of a run that did its work."""

    keeps: bool = False
    """Whether a run finds what the one before wrote, instead of an empty folder."""


@dataclass(frozen=True)
class Row:
    """One piece of work, done by each contender at each size."""

    name: str
    contenders: dict[str, Contender]
    sizes: tuple[int, ...]
    corpus: tuple[str, ...] = ("corpus.py",)
    """The program beside this file that makes the data, with its options; ``{percent}``: a hundredth of the size."""


ROWS = (
    Row(
        "css + scss + json",
        {
            "dss": Contender((*TRANSLATE, "-o", "{out}")),
            "Style Dictionary 5.5.5": Contender(
                (NODE, str(PEERS / "style-dictionary.mjs"), "{data}/tokens", "{out}", "css", "scss", "json")
            ),
            "Terrazzo 2.7.1": Contender(
                (NODE, TERRAZZO, "build", "--quiet", "-c", str(PEERS / "terrazzo.config.mjs")),
                {"BENCH_TOKENS": "{data}/tokens", "BENCH_OUTPUT": "{out}", "BENCH_FORMATS": "css,json"},
                formats="css + json",
            ),
        },
        sizes=(100, 1_000, 10_000, 100_000),
    ),
    Row(
        "one CSS file, 1 + 8 contexts",
        {
            "dss": Contender(
                (*DSS, "translate", "--resolver", "{data}/tokens.resolver.json", "--to", "css", "-o", "{out}")
            )
        },
        sizes=(10_000,),
        corpus=("corpus.py", "--contexts", "8"),
    ),
    Row(
        "css + scss + json again, nothing changed",
        {"dss": Contender((*TRANSLATE, "-o", "{out}"), keeps=True)},
        sizes=(10_000,),
    ),
    Row(
        "validate, one token of 100 is wrong",
        {"dss": Contender((*DSS, "validate", "{data}/tokens", "--json"), status=1)},
        sizes=(10_000, 100_000),
        corpus=("corpus.py", "--faults", "{percent}"),
    ),
    Row(
        "figma pull --from-file, 10 modes",
        {"dss": Contender((*DSS, "figma", "pull", "--from-file", "{data}/variables.json", "-o", "{out}"))},
        sizes=(500, 5_000),
        corpus=("figma_corpus.py", "--modes", "10"),
    ),
    Row("dss --help", {"dss": Contender((*DSS, "--help"))}, sizes=(0,)),
)
