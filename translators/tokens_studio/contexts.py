"""Themes of Tokens Studio as an outline: themes of one group are the contexts of a modifier, sets their sources.

A set holds where it is enabled in some theme of a choice; in the order of ``tokenSetOrder`` later sets win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as Names
from typing import Any

from ..outline import Outline, contexts_of, outline, references, sources_of, stages

Json = Any
Groups = Mapping[str, Mapping[str, Sequence[str]]]


def groups_of(themes: Sequence[Json], order: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Group -> theme -> its sets, in order."""
    groups: dict[str, dict[str, list[str]]] = {}
    for theme in themes:
        if isinstance(theme, dict):
            chosen = theme.get("selectedTokenSets")
            chosen = chosen if isinstance(chosen, dict) else {}
            names = [name for name in order if chosen.get(name) in ("enabled", "source")]
            group = groups.setdefault(str(theme.get("group") or "theme"), {})
            group[_free(str(theme.get("name") or "theme"), group)] = names
    return groups


def _free(name: str, taken: Mapping[str, object]) -> str:
    """*name*, with a number where another theme of its group has it."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name} {number}", number + 1
    return found


def outline_of(themes: Sequence[Json], order: Sequence[str], paths: Mapping[str, Names[str]]) -> Outline:
    """The outline of token sets and themes.

    Args:
        themes: ``$themes``.
        order: Every set, later ones win.
        paths: Set -> the paths of its tokens: they tell whether a place in the order matters.
    """
    groups = groups_of(themes, order)
    if not groups:
        return outline({name: [name] for name in order}, {}, [("sets", name) for name in order])
    always = {name for contexts in groups.values() for name in order if all(name in c for c in contexts.values())}
    chosen = {name for contexts in groups.values() for names in contexts.values() for name in names}
    varying = chosen - always
    rank = {name: place for place, name in enumerate(order)}
    modifiers = {group: contexts for group, contexts in groups.items() if len(contexts) > 1}
    own = {g: {n for names in c.values() for n in names if n in varying} for g, c in modifiers.items()}
    placed = sorted(modifiers, key=lambda group: min((rank[name] for name in own[group]), default=len(rank)))
    late, inside = _later(order, always, placed, own, paths, rank)
    members = {
        group: {
            "contexts": {
                context: references(_in_order([n for n in names if n in varying] + inside.get(group, []), rank))
                for context, names in contexts.items()
            },
            "default": next(iter(contexts)),
        }
        for group, contexts in modifiers.items()
    }
    within = {name for names in inside.values() for name in names}
    early = [name for name in order if name in always and name not in late and name not in within]
    stages = [("sets", n) for n in early] + [("modifiers", g) for g in placed] + [("sets", n) for n in late]
    return outline({name: [name] for name in order}, members, stages or [("sets", name) for name in order])


def _in_order(names: Sequence[str], rank: Mapping[str, int]) -> list[str]:
    return sorted(set(names), key=rank.__getitem__)


def _later(
    order: Sequence[str], always: Names[str], groups: Sequence[str], own: Mapping[str, Names[str]],
    paths: Mapping[str, Names[str]], rank: Mapping[str, int],
) -> tuple[list[str], dict[str, list[str]]]:  # fmt: skip
    """Sets that hold always but win over a set of some context: those after all modifiers, and those amid one's."""
    late: list[str] = []
    inside: dict[str, list[str]] = {}
    for name in order:
        if name not in always:
            continue
        rivals = {g: [other for other in own[g] if paths[other] & paths[name]] for g in groups}
        before = [group for group in groups if any(rank[other] < rank[name] for other in rivals[group])]
        after = [group for group in groups if any(rank[other] > rank[name] for other in rivals[group])]
        if before and after:
            inside.setdefault(before[-1], []).append(name)
        elif before:
            late.append(name)
    return late, inside


def themes_of(made: Outline, names: Mapping[str, str]) -> list[Json]:
    """The themes that an outline needs; *names* gives the set of each source."""
    base = {names[n]: "enabled" for kind, s in stages(made) if kind == "sets"
            for n in sources_of(made["sets"][s]["sources"])}  # fmt: skip
    return [
        {
            "id": f"{modifier}/{context}", "name": context, "group": modifier,
            "selectedTokenSets": {**base, **{names[name]: "enabled" for name in sources}},
        }
        for modifier, contexts in contexts_of(made).items()
        for context, sources in contexts.items()
    ]  # fmt: skip
