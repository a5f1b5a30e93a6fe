"""``required_children``: groups of one kind hold the same tokens."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import ancestors
from ..patterns import pattern
from ..registry import Finding, Options, lint_rule
from ..subject import Subject


@lint_rule(code="DSS710", level="off", options={"groups": {}})
def required_children(subject: Subject, options: Options) -> Iterator[Finding]:
    """Groups that lack a child: ``groups`` maps a path to the names that must be in each group there."""
    first: dict[str, str] = {}
    children: dict[str, set[str]] = {}
    for path in subject.resolved:
        below = path.rpartition(".")[2]
        for group in ancestors(path):
            first.setdefault(group, path)
            children.setdefault(group, set()).add(below)
            below = group.rpartition(".")[2]
    for glob, names in options["groups"].items():
        for group in first:
            if not group or not pattern(glob).fullmatch(group):
                continue
            missing = [name for name in names if name not in children[group]]
            if missing:
                token = subject.resolved[first[group]].token
                yield Finding(token, f"{group} has no {', '.join(missing)}")
