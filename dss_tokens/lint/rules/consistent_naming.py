"""``consistent_naming``: one way to write names, not several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...model import ROOT, names
from ...naming import words
from ..registry import Finding, Options, lint_rule
from ..subject import Subject

STYLES = {
    "kebab": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    "snake": re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*"),
    "camel": re.compile(r"[a-z0-9]+(?:[A-Z0-9][a-z0-9]*)*"),
    "pascal": re.compile(r"(?:[A-Z0-9][a-z0-9]*)+"),
    "constant": re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*"),
    "lower": re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*"),
    "title": re.compile(r"[A-Z0-9][A-Za-z0-9]*(?: [A-Z0-9&][A-Za-z0-9]*)*"),
}
"""Case -> what a name looks like in it."""


@lint_rule(code="DSS703", level="warn", options={"case": "auto", "pattern": ""})
def consistent_naming(subject: Subject, options: Options) -> Iterator[Finding]:
    """Names that are not in ``case``, by default the one that most names have; or do not match ``pattern``."""
    found = {name for path in subject.resolved for name in names(path) if _has_case(name)}
    case, shape = _shape(found, options)
    if shape is None:
        return
    told: set[str] = set()
    for path, token in subject.resolved.items():
        parts = names(path)
        for place, name in enumerate(parts):
            if name not in found or shape.fullmatch(name):
                continue
            group = ".".join(parts[: place + 1])
            if group in told:
                continue
            told.add(group)
            better = _written(name, case)
            what = f"in {case} case" if case else f"as {shape.pattern}"
            hint = f"dss mv {group} {'.'.join([*parts[:place], better])}" if better and better != name else None
            yield Finding(token.token, f'the name "{name}" is not written {what}', hint)


def _has_case(name: str) -> bool:
    """Whether a name can be in a case at all: it has Latin letters and no others."""
    return name != ROOT and name.isascii() and any(map(str.isalpha, name))


def _shape(found: set[str], options: Options) -> tuple[str, re.Pattern[str] | None]:
    """The case asked for, or the one that most names have."""
    if options["pattern"]:
        return "", re.compile(options["pattern"])
    case = str(options["case"])
    if case != "auto":
        return case, STYLES.get(case)
    # Plain words fit several cases: only names of several words tell them apart, where there are any.
    telling = Counter(style for name in found if len(words(name)) > 1 for style in _styles(name))
    votes = telling or Counter(style for name in found for style in _styles(name))
    if not votes:
        return "", None
    order = list(STYLES)
    case = max(votes, key=lambda style: (votes[style], -order.index(style)))
    return case, STYLES[case]


def _styles(name: str) -> list[str]:
    return [style for style, shape in STYLES.items() if shape.fullmatch(name)]


def _written(name: str, case: str) -> str:
    """*name* in a case; empty where there is no such case."""
    parts = [word.lower() for word in words(name)]
    joined = {
        "kebab": "-".join(parts), "snake": "_".join(parts), "constant": "_".join(parts).upper(),
        "lower": " ".join(parts),
        "pascal": "".join(word.capitalize() for word in parts), "title": " ".join(word.capitalize() for word in parts),
        "camel": parts[0] + "".join(word.capitalize() for word in parts[1:]),
    }  # fmt: skip
    return joined.get(case, "")
