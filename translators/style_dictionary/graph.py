"""The order in which tokens can be resolved, and every reference that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.source import Location

from .references import KEPT, keeps_references, references, uses_references
from .targets import Target, Targets
from .tokens import TokenMap

_SHOWN = 20
"""How many tokens of a circle a message names."""


class Graph(NamedTuple):
    """What refers to what."""

    order: list[str]
    """Keys of tokens, targets first; without those that cannot be resolved."""

    aliases: frozenset[str]
    """Tokens whose value holds a reference."""

    annotated: tuple[str, ...]
    """Tokens with a reference outside their value, e.g. in a comment."""

    modified: frozenset[str]
    """Tokens whose ``modify`` extension (Tokens Studio) holds a reference: a transform needs it resolved."""

    partial: frozenset[str]
    """Tokens that refer to a part of a token or to a group: no variable stands for what they refer to."""

    targets: Targets
    faults: tuple[Diagnostic, ...]
    """One per broken or circular reference."""


def graph_of(tokens: TokenMap) -> Graph:
    """The references among *tokens*."""
    return _Walk(tokens).run()


class _Walk:
    def __init__(self, tokens: TokenMap) -> None:
        self.tokens = tokens
        self.targets = Targets(tokens)
        self.needs: dict[str, tuple[str, ...]] = {}
        self.stuck: set[str] = set()
        self.aliases: set[str] = set()
        self.modified: set[str] = set()
        self.partial: set[str] = set()
        self.faults: list[Diagnostic] = []
        self.hints = Hints(tokens)

    def run(self) -> Graph:
        value_key = self.tokens.value_key
        annotated = []
        for key, token in self.tokens.tokens.items():
            for name, value in token.items():
                if isinstance(value, str) and "{" not in value:
                    continue  # nearly always
                if name in KEPT or not uses_references(value):
                    continue
                if name == value_key:
                    self.aliases.add(key)
                    self.needs[key] = (*self.needed(key, value), *self.needs.get(key, ()))
                else:
                    annotated.append(key)
                    self.check(key, (name,), value)
                    self.note_modifier(key, name, value)
        order = list(self.ordered())
        unique = tuple(dict.fromkeys(annotated))
        return Graph(
            order,
            frozenset(self.aliases),
            unique,
            frozenset(self.modified),
            frozenset(self.partial),
            self.targets,
            tuple(self.faults),
        )

    def needed(self, key: str, value: Any) -> tuple[str, ...]:
        """The tokens the value of *key* refers to; faults are noted."""
        if isinstance(value, str) and value in self.tokens.tokens:
            return (value,)
        found = [target for target in self.check(key, (self.tokens.value_key,), value) if target is not None]
        complete = len(found) == sum(1 for _ in references(value))
        if not complete or keeps_references(value):
            self.stuck.add(key)
        if any(target.inside or target.group is not None for target in found):
            self.partial.add(key)
        return tuple(needed for target in found for needed in target.keys)

    def note_modifier(self, key: str, name: str, value: Any) -> None:
        """A colour modifier that holds references needs their targets, as the value does."""
        extension = value.get("studio.tokens") if name == "$extensions" and isinstance(value, dict) else None
        modify = extension.get("modify") if isinstance(extension, dict) else None
        targets = [self.targets.get(reference) for reference, _ in references(modify)]
        if targets and None not in targets:
            self.modified.add(key)
            needed = (one for target in targets if target is not None for one in target.keys)
            self.needs[key] = (*self.needs.get(key, ()), *needed)

    def check(self, key: str, at: Location, value: Any) -> list[Target | None]:
        """The target of each reference in *value*; a fault for each that is broken."""
        found = []
        for reference, inner in references(value):
            target = self.targets.get(reference)
            found.append(target)
            if target is None:
                self.broken(key, reference, (*at, *inner))
        return found

    def broken(self, key: str, reference: str, at: Location) -> None:
        self.faults.append(
            Diagnostic(
                code="DSS202",
                message=f"{key[1:-1]} refers to {reference}, which does not exist",
                hint=self.hints.hint(reference[1:-1].strip(), key[1:-1]),
                path=key[1:-1],
                file=self.tokens.file(key),
                at=(*self.tokens.location(key), *at),
            )
        )

    def ordered(self) -> Iterator[str]:
        """Keys, targets first (depth first, without recursion: chains may be long)."""
        stack: list[tuple[str, Iterator[str]]] = []
        depth: dict[str, int] = {}
        done: set[str] = set()

        def enter(key: str) -> None:
            depth[key] = len(stack)
            stack.append((key, iter(self.needs.get(key, ()))))

        for root in self.tokens.tokens:
            if root not in done:
                enter(root)
            while stack:
                key, rest = stack[-1]
                needed = next((one for one in rest if one not in done), None)
                if needed is None:
                    stack.pop()
                    done.add(key)
                    if self.stuck and any(one in self.stuck for one in self.needs.get(key, ())):
                        self.stuck.add(key)
                    if key not in self.stuck:
                        yield key
                elif needed in depth:
                    self.stuck.add(needed)  # the others of the circle follow on the way back
                    self.circular([entry for entry, _ in stack[depth[needed] :]])
                else:
                    enter(needed)

    def circular(self, chain: list[str]) -> None:
        names = [key[1:-1] for key in chain]
        shown = names if len(names) <= _SHOWN else [*names[: _SHOWN - 1], "…", names[-1]]
        first, *others = chain[:_SHOWN]
        self.faults.append(
            Diagnostic(
                code="DSS203",
                message="circular reference: " + " -> ".join([*shown, names[0]]),
                hint="give one token of the chain a value of its own",
                path=names[0],
                file=self.tokens.file(first),
                at=(*self.tokens.location(first), self.tokens.value_key),
                related=tuple(
                    Related(
                        "by way of",
                        path=key[1:-1],
                        file=self.tokens.file(key),
                        at=(*self.tokens.location(key), self.tokens.value_key),
                    )
                    for key in others
                ),
            )
        )


class Hints:
    """What a broken reference may have meant."""

    def __init__(self, tokens: TokenMap) -> None:
        self.names = [key[1:-1] for key in tokens.tokens]
        self._groups: set[str] | None = None
        self._left = 20
        """Looking for the nearest name is slow: only the first faults get it."""

    def hint(self, name: str, own: str) -> str | None:
        """Advice on the reference of the token *own* to *name*, if there is any."""
        from difflib import get_close_matches

        if name in self.groups():
            return f"{name} is a group; a reference names a token"
        if self._left == 0:
            return None
        self._left -= 1
        last = name.rpartition(".")[2]
        alike = [known for known in self.names if known.endswith(last)] if len(self.names) > 1000 else self.names
        near = [known for known in alike if known.endswith(f".{name}")] or get_close_matches(name, alike, 2, 0.6)
        other = next((known for known in near if known != own), None)
        return f"did you mean {{{other}}}?" if other else None

    def groups(self) -> set[str]:
        """The paths of all groups."""
        if self._groups is None:
            self._groups = set()
            for name in self.names:
                while "." in name:
                    name = name.rpartition(".")[0]
                    self._groups.add(name)
        return self._groups
