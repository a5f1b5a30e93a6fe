"""Results as a Markdown table and as a picture (SVG): growth on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from rows import Goal

Results = dict[str, dict[str, dict[str, dict[str, float]]]]
"""Row -> contender -> size -> figures, as in ``results.json``."""


def exponent(before: tuple[int, float], after: tuple[int, float]) -> float:
    """How a figure grows with the size: 1 is linear, 2 quadratic."""
    return math.log(after[1] / before[1]) / math.log(after[0] / before[0])


def table(results: Results, goals: Mapping[str, Mapping[int, Goal]] | None = None, ours: str = "dss") -> str:
    """One line per row, size and contender. *growth* is the exponent of cpu time since the size before."""
    lines = [
        "| work | tokens | | cpu s | wall s | peak MiB | growth | cpu times ours | goal |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for row, contenders in results.items():
        sizes = sorted({int(size) for figures in contenders.values() for size in figures})
        for size in sizes:
            goal = (goals or {}).get(row, {}).get(size)
            lines += _lines(row, size, contenders, ours, goal)
    return "\n".join(lines) + "\n"


Contenders = dict[str, dict[str, dict[str, float]]]


def _lines(row: str, size: int, contenders: Contenders, ours: str, goal: Goal | None) -> Iterator[str]:
    base = contenders.get(ours, {}).get(str(size))
    for name, sizes in contenders.items():
        figures = sizes.get(str(size))
        if figures is None:
            continue
        work = f"| {row} | {f'{size:,}' if size else ''} | {name} |"
        if "beyond" in figures:
            yield f"{work} | more than {figures['beyond']:.0f} | | | | |"
            continue
        smaller = [int(other) for other in sizes if int(other) < size]
        growth = ""
        if smaller:
            last = max(smaller)
            growth = f"{exponent((last, sizes[str(last)]['cpu']), (size, figures['cpu'])):.2f}"
        times = f"{figures['cpu'] / base['cpu']:.1f}" if base and name != ours else ""
        reached = "; ".join(_reached(goal, str(size), contenders, ours)) if goal is not None and name == ours else ""
        measured = f"{figures['cpu']:.3f} | {figures['wall']:.3f} | {figures['memory']:.0f}"
        yield f"{work} {measured} | {growth} | {times} | {reached} |"


def _reached(goal: Goal, size: str, contenders: Contenders, ours: str) -> Iterator[str]:
    """Each part of a goal, and whether it is reached."""
    figures = contenders[ours][size]
    for name, form in (("cpu", "cpu ≤ {:g} s"), ("wall", "wall ≤ {:g} s"), ("memory", "≤ {:g} MiB")):
        most = getattr(goal, name)
        if most is not None:
            yield _told(form.format(most), figures[name] <= most)
    if goal.other is not None:
        other, least = goal.other
        theirs = contenders.get(other, {}).get(size, {})
        if "cpu" in theirs:
            what = f"≥ {least:g} times" if least >= 1 else f"≤ {1 / least:g} times {other}"
            yield _told(what, theirs["cpu"] >= least * figures["cpu"])


def _told(what: str, is_reached: bool) -> str:
    return what if is_reached else f"**missed:** {what}"


PANEL, HEIGHT, MARGIN, GAP = 330, 260, 52, 78
COLOURS = ("#0b7285", "#e8590c", "#862e9c", "#2b8a3e", "#c2255c")

STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #343a40 }
  .title { font-weight: 600 }
  .grid { stroke: #ced4da; stroke-width: 1 }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
    text { fill: #dee2e6 }
    .grid { stroke: #495057 }
  }
"""


def picture(contenders: dict[str, dict[str, dict[str, float]]]) -> str:
    """Processor time and memory over the number of tokens, both axes logarithmic."""
    width = 2 * PANEL + 2 * MARGIN + GAP
    height = HEIGHT + 2 * MARGIN + 20 * len(contenders)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-label="Processor time and peak memory over the number of tokens">',
        f"<style>{STYLE}</style>",
        *_panel(MARGIN, "processor time, seconds", "cpu", contenders),
        *_panel(MARGIN + PANEL + GAP, "peak memory, MiB", "memory", contenders),
        *_legend(list(contenders)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _panel(left: int, title: str, figure: str, contenders: dict[str, Any]) -> Iterator[str]:
    points = {
        name: [(int(size), figures[figure]) for size, figures in sizes.items() if figure in figures]
        for name, sizes in contenders.items()
    }
    every = [point for line in points.values() for point in line]
    x_low, x_high = _decades([size for size, _ in every])
    y_low, y_high = _decades([value for _, value in every])

    def place(size: float, value: float) -> tuple[float, float]:
        x = (math.log10(size) - x_low) / (x_high - x_low)
        y = (math.log10(value) - y_low) / (y_high - y_low)
        return round(left + x * PANEL, 1), round(MARGIN + (1 - y) * HEIGHT, 1)

    yield f'<text class="title" x="{left}" y="{MARGIN - 16}">{title}</text>'
    for power in range(x_low, x_high + 1):
        x, _ = place(10**power, 10**y_low)
        yield f'<line class="grid" x1="{x}" y1="{MARGIN}" x2="{x}" y2="{MARGIN + HEIGHT}"/>'
        yield f'<text x="{x}" y="{MARGIN + HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>'
    for power in range(y_low, y_high + 1):
        _, y = place(10**x_low, 10**power)
        yield f'<line class="grid" x1="{left}" y1="{y}" x2="{left + PANEL}" y2="{y}"/>'
        yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{10**power:g}</text>'
    for colour, line in zip(COLOURS, points.values(), strict=False):
        places = [place(size, value) for size, value in sorted(line)]
        path = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline class="line" stroke="{colour}" points="{path}"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>' for x, y in places)


def _decades(values: list[float]) -> tuple[int, int]:
    """The powers of ten around *values*, at least one decade."""
    low = math.floor(math.log10(min(values)))
    return low, max(low + 1, math.ceil(math.log10(max(values))))


def _legend(names: list[str]) -> Iterator[str]:
    for index, (colour, name) in enumerate(zip(COLOURS, names, strict=False)):
        y = MARGIN + HEIGHT + 44 + 20 * index
        yield f'<rect x="{MARGIN}" y="{y - 9}" width="22" height="4" fill="{colour}"/>'
        yield f'<text x="{MARGIN + 32}" y="{y}">{name}</text>'
