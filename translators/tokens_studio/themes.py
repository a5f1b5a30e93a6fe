"""Themes of Tokens Studio (``$themes``) and the token sets they choose (``$metadata.tokenSetOrder``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

Tree = dict[str, Any]


class ThemeError(InputError):
    """Themes that cannot be combined."""


class Permutation(NamedTuple):
    """One theme of each group, used together."""

    name: str
    themes: Mapping[str, str]
    """Group to the name of its theme; empty where themes have no groups."""

    statuses: Mapping[str, str]
    """The token sets in use, to ``enabled`` or ``source``: one that is only referred to."""


def permuted(
    themes: Sequence[Mapping[str, Any]], *, separator: str = "-", choose: Mapping[str, Collection[str]] | None = None
) -> list[Permutation]:
    """Every choice of one theme per group.

    Without groups, or with one group only, each theme is a choice. Names are joined with *separator*. Sets of
    status ``source`` come before those that are ``enabled``, within each theme; ``disabled`` ones are left out.

    Args:
        themes: The entries of ``$themes``.
        separator: What stands between the names of themes.
        choose: Group to the names of themes that count; other groups count whole.

    Raises:
        ThemeError: Some themes have a group and others have none.
    """
    grouped = any(theme.get("group") for theme in themes)
    lost = [_without_group(theme) for theme in themes if grouped and not theme.get("group")]
    if lost:
        raise ThemeError(*lost)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for theme in themes:
        group = str(theme.get("group") or "")
        if not choose or group not in choose or theme.get("name") in choose[group]:
            groups.setdefault(group, []).append(theme)
    return [_permutation(choice, separator) for choice in product(*groups.values()) if choice]


def permutations(themes: Sequence[Mapping[str, Any]], *, separator: str = "-") -> dict[str, list[str]]:
    """The name of each permutation and the token sets it uses, in order. See :func:`permuted`."""
    return {found.name: list(found.statuses) for found in permuted(themes, separator=separator)}


def _without_group(theme: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        code="DSS370",
        message=f"the theme {theme.get('name')} has no group, but others have one",
        hint="give every theme a group, or none",
        path=f"$themes.{theme.get('name')}",
    )


def _permutation(choice: Sequence[Mapping[str, Any]], separator: str) -> Permutation:
    statuses: dict[str, str] = {}
    for theme in choice:
        for name, status in _chosen(theme):
            statuses[name] = "source" if status == "source" == statuses.get(name, status) else "enabled"
    named = {str(theme["group"]): str(theme.get("name")) for theme in choice if theme.get("group")}
    return Permutation(separator.join(str(theme.get("name")) for theme in choice), named, statuses)


def _chosen(theme: Mapping[str, Any]) -> list[tuple[str, str]]:
    statuses = theme.get("selectedTokenSets") or {}
    chosen = [(name, status) for name, status in statuses.items() if status != "disabled"]
    # Only "source" before "enabled": other statuses keep their place.
    if all(status in ("source", "enabled") for _, status in chosen):
        chosen.sort(key=lambda item: item[1] != "source")
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
