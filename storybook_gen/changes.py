"""What changed between two versions, for the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .handover import Change, Changes, StoryToken

Inputs = Sequence[Mapping[str, str]]
"""The contexts of each permutation, the default first."""


def compare(
    since: str, before: Sequence[StoryToken], after: Sequence[StoryToken], old_inputs: Inputs, inputs: Inputs
) -> Changes:
    """Every difference, in the order of the tokens; removals and renames first.

    Args:
        since: What the older version is called.
        before: Its tokens.
        after: The present tokens.
        old_inputs: The permutations of the older version.
        inputs: Those of the present one; contexts are compared by name.
    """
    old = {token.path: token for token in before}
    new = {token.path: token for token in after}
    removed = [token for path, token in old.items() if path not in new]
    added = [token for path, token in new.items() if path not in old]
    renamed = _renamed(removed, added)
    places = {tuple(sorted(choice.items())): number for number, choice in enumerate(old_inputs)}
    shared = [
        (places[key], number, " + ".join(choice.values()))
        for number, choice in enumerate(inputs)
        if choice and (key := tuple(sorted(choice.items()))) in places
    ]
    found = [
        Change("removed", token.path, before=token.value, type=token.type, breaking=True)
        for token in removed
        if token.path not in renamed
    ]
    found += [
        Change(
            "renamed", path, before=old[was].value, after=new[path].value, type=new[path].type, was=was, breaking=True
        )
        for was, path in renamed.items()
    ]
    taken = set(renamed.values())
    for path, token in new.items():
        if path in old:
            found += _differences(old[path], token, shared)
        elif path not in taken:
            found.append(Change("added", path, after=token.value, type=token.type))
    return Changes(since, tuple(found))


def _renamed(removed: Sequence[StoryToken], added: Sequence[StoryToken]) -> dict[str, str]:
    """Old path -> new path: the same variable of Figma, or the only pair of one type, value and last name."""
    found: dict[str, str] = {}
    by_key = {key: token for token in added if (key := _figma_key(token))}
    for token in removed:
        key = _figma_key(token)
        if key and key in by_key:
            found[token.path] = by_key[key].path
    taken = set(found.values())
    likely: dict[tuple[str, str | None, str], list[StoryToken]] = {}
    for token in added:
        if token.path not in taken:
            likely.setdefault(_likeness(token), []).append(token)
    sources: dict[tuple[str, str | None, str], int] = {}
    for token in removed:
        if token.path not in found:
            sources[_likeness(token)] = sources.get(_likeness(token), 0) + 1
    for token in removed:
        same = likely.get(_likeness(token), ())
        if token.path not in found and len(same) == 1 and sources[_likeness(token)] == 1:
            found[token.path] = same[0].path
    return found


def _figma_key(token: StoryToken) -> str | None:
    key = token.figma.get("key") if token.figma else None
    return key if isinstance(key, str) and key else None


def _likeness(token: StoryToken) -> tuple[str, str | None, str]:
    return token.type, token.value, token.path.rpartition(".")[2].lower()


def _differences(old: StoryToken, new: StoryToken, shared: Sequence[tuple[int, int, str]]) -> list[Change]:
    """*shared*: number of a permutation in the older and in the present version, and its name."""
    found = []
    if old.type != new.type:
        found.append(Change("type", new.path, old.value, new.value, new.type, old.type, breaking=True))
    elif old.value != new.value:
        found.append(Change("value", new.path, old.value, new.value, new.type))
    for was, now, name in shared:
        # Where a context merely follows the default, the change of the default says it all.
        if was in old.values or now in new.values:
            one, other = old.values.get(was, old.value), new.values.get(now, new.value)
            if one != other:
                found.append(Change("value", new.path, one, other, new.type, context=name))
    if new.deprecated and not old.deprecated:
        mark = new.deprecated if isinstance(new.deprecated, str) else None
        found.append(Change("deprecated", new.path, old.value, new.value, new.type, mark))
    return found
