"""Themes of Tokens Studio (``$themes``) and the token sets they choose (``$metadata.tokenSetOrder``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

Tree = dict[str, Any]


class ThemeError(InputError):
    """Themes that cannot be combined."""


def permutations(themes: Sequence[Mapping[str, Any]], *, separator: str = "-") -> dict[str, list[str]]:
    """For each choice of one theme per group, its name and the token sets it uses.

    Without groups, or with one group only, each theme is a choice. Names are joined with *separator*. Sets of
    status ``source`` come before those that are ``enabled``, within each theme; ``disabled`` ones are left out.

    Raises:
        ThemeError: Some themes have a group and others have none.
    """
    if not any(theme.get("group") for theme in themes):
        return {str(theme.get("name")): _chosen(theme) for theme in themes}
    groups: dict[str, list[Mapping[str, Any]]] = {}
    lost = []
    for theme in themes:
        if theme.get("group"):
            groups.setdefault(str(theme["group"]), []).append(theme)
        else:
            lost.append(
                Diagnostic(
                    code="DSS370",
                    message=f"the theme {theme.get('name')} has no group, but others have one",
                    hint="give every theme a group, or none",
                    path=f"$themes.{theme.get('name')}",
                )
            )
    if lost:
        raise ThemeError(*lost)
    if len(groups) == 1:
        return {str(theme.get("name")): _chosen(theme) for theme in themes}
    found = {}
    for choice in product(*groups.values()):
        name = separator.join(str(theme.get("name")) for theme in choice)
        found[name] = list(dict.fromkeys(chosen for theme in choice for chosen in _chosen(theme)))
    return found


def _chosen(theme: Mapping[str, Any]) -> list[str]:
    statuses = theme.get("selectedTokenSets") or {}
    chosen = [name for name, status in statuses.items() if status != "disabled"]
    # Only "source" before "enabled": other statuses keep their place.
    if all(statuses[name] in ("source", "enabled") for name in chosen):
        chosen.sort(key=lambda name: statuses[name] != "source")
    return chosen


def sets_of(data: Mapping[str, Any]) -> dict[str, Tree]:
    """The token sets of a single-file export: every key but ``$themes``, ``$metadata`` and the like."""
    return {name: tree for name, tree in data.items() if not name.startswith("$") and isinstance(tree, dict)}


def ordered_sets(names: Iterable[str], token_set_order: Sequence[str] | None) -> list[str]:
    """*names* in the order of ``$metadata.tokenSetOrder``; those it does not list come last, as they are."""
    if not token_set_order:
        return list(names)
    rank = {name: index for index, name in enumerate(token_set_order)}
    return sorted(names, key=lambda name: rank.get(name, len(rank)))


def selected_tokens(sets: Mapping[str, Tree], names: Iterable[str]) -> list[tuple[str, Tree]]:
    """The chosen sets that exist, with their names; later ones override earlier ones."""
    return [(name, sets[name]) for name in names if name in sets]
