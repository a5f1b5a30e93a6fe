"""``contrast``: text must be readable on what it stands on. Source: WCAG 2.2, success criterion 1.4.3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...contrast import contrast_ratio
from ...diagnostics import Related
from ...naming import words
from ...resolve.answers import ResolvedToken
from ..patterns import pattern
from ..registry import Finding, Options, lint_rule
from ..subject import Subject

_FRONT = ("foreground", "fg", "text", "label", "content", "icon", "ink")
_BACK = ("background", "bg", "surface", "fill", "container")


class Pair(NamedTuple):
    """A foreground on a background, and the ratio they need."""

    front: str
    back: str
    least: float


@lint_rule(code="DSS704", level="warn", options={"min": 4.5, "pairs": [], "guess": True})
def contrast(subject: Subject, options: Options) -> Iterator[Finding]:
    """Pairs of colours whose ratio is below ``min``, in every context.

    ``pairs`` declares them, ``["text.*", "surface.page"]`` or ``["text.*", "surface.page", 3]``; the last one that
    names two tokens holds. With ``guess``, names tell more: ``on-x`` beside ``x``, and ``text`` or ``foreground``
    beside ``background`` or ``surface`` in one group.
    """
    colors = {path: token for path, token in subject.resolved.items() if token.type == "color"}
    least = float(options["min"])
    guessed = _guessed(colors, least) if options["guess"] else ()
    found = {pair[:2]: pair for pair in (*guessed, *_declared(options["pairs"], colors, least))}
    for pair in found.values():
        yield from _too_low(pair, subject)


def _declared(pairs: list[Any], colors: Mapping[str, ResolvedToken], least: float) -> Iterator[Pair]:
    for entry in pairs:
        front, back, *rest = entry
        ratio = float(rest[0]) if rest else least
        fronts = [path for path in colors if pattern(str(front)).fullmatch(path)]
        backs = [path for path in colors if pattern(str(back)).fullmatch(path)]
        yield from (Pair(one, other, ratio) for one in fronts for other in backs if one != other)


def _guessed(colors: Mapping[str, ResolvedToken], least: float) -> Iterator[Pair]:
    groups: dict[str, list[str]] = {}
    for path in colors:
        groups.setdefault(path.rpartition(".")[0], []).append(path)
    for paths in groups.values():
        by_name = {" ".join(words(path.rpartition(".")[2])).lower(): path for path in paths}
        for name, path in by_name.items():
            if name.startswith("on ") and (back := by_name.get(name[3:])) is not None:
                yield Pair(path, back, least)
            if name in _FRONT:
                yield from (Pair(path, by_name[back], least) for back in _BACK if back in by_name)


def _too_low(pair: Pair, subject: Subject) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for context in subject.contexts:
        front, back = context.tokens.get(pair.front), context.tokens.get(pair.back)
        if front is None or back is None:
            continue
        values = (id(front.value), id(back.value))
        ratio = contrast_ratio(front.value, back.value)
        if ratio is None or ratio >= pair.least or values in told:
            continue
        told.add(values)
        where = f" with {context.label}" if context.label else ""
        shown = int(ratio * 100) / 100  # cut: 4.499 is not 4.5
        yield Finding(
            front.token, f"{pair.front} on {pair.back} has a contrast of {shown:g}{where}; it needs {pair.least:g}",
            "make one of them lighter or darker", ("$value",),
            (Related("the background", pair.back, back.token.source.file, at=back.token.at("$value")),),
        )  # fmt: skip
