"""Extending groups: ``$extends``, and ``$ref`` on a group. Source: DTCG Format 2025.10, "Extending Groups"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..diagnostics import Diagnostic, Related
from ..model import Group, Parsed, Token, TokenSet, ancestors, joined, names
from .references import Malformed, brace_target, is_brace_reference, pointer_parts

_EXTENDING = ("$extends", "$ref")


def expand(tokens: TokenSet) -> Parsed:
    """*tokens* with every extended group filled in; the same object where nothing is extended."""
    extending = {path: group for path, group in tokens.groups.items() if _reference(group) is not None}
    pointing = [t for t in tokens.tokens.values() if "$ref" in t.node and "$value" not in t.node]
    if not extending and not pointing:
        return Parsed(tokens, [])
    expansion = _Expansion(TokenSet(dict(tokens.tokens), dict(tokens.groups)))
    expansion.sort_out(pointing)
    expansion.run()
    return Parsed(expansion.tokens, expansion.diagnostics)


def _reference(group: Group) -> Any:
    for key in _EXTENDING:
        if key in group.properties:
            return group.properties[key]
    return None


class _Expansion:
    def __init__(self, tokens: TokenSet) -> None:
        self.tokens = tokens
        self.diagnostics: list[Diagnostic] = []
        self.targets: dict[str, str] = {}
        self.finished: set[str] = set()

    def report(self, code: str, message: str, rule: str, group: Group, related: tuple[Related, ...] = ()) -> None:
        key = "$extends" if "$extends" in group.properties else "$ref"
        self.diagnostics.append(
            Diagnostic(code=code, message=message, rule=rule, path=group.path, file=group.source.file,
                       at=group.at(key), related=related)
        )  # fmt: skip

    def sort_out(self, pointing: list[Token]) -> None:
        """An object with only ``$ref`` is a group where its target is one, else an alias token."""
        waiting = pointing
        while waiting:
            undecided = []
            for token in waiting:
                target = pointer_parts(token.node["$ref"])
                path = None if isinstance(target, Malformed) else ".".join(target)
                if path in self.tokens.groups and path not in self.tokens.tokens:
                    del self.tokens.tokens[token.path]
                    self.tokens.groups[token.path] = Group(token.path, token.node, token.source)
                else:
                    undecided.append(token)
            if len(undecided) == len(waiting):
                return
            waiting = undecided

    def run(self) -> None:
        for group in list(self.tokens.groups.values()):
            if _reference(group) is not None and (target := self.target(group)) is not None:
                self.targets[group.path] = target
        self.children: dict[str, tuple[list[str], list[str]]] = {}
        for path, token in self.tokens.tokens.items():
            self.kids(token.parent)[0].append(path)
        for path in self.tokens.groups:
            if path:
                self.kids(path.rpartition(".")[0])[1].append(path)
        for path in list(self.targets):
            self.visit(path)

    def kids(self, group: str) -> tuple[list[str], list[str]]:
        return self.children.setdefault(group, ([], []))

    def target(self, group: Group) -> str | None:
        """The path of the group that *group* extends; ``None`` after reporting what is wrong."""
        shown = group.path or "the root"
        if len([key for key in _EXTENDING if key in group.properties]) > 1:
            self.report("DSS223", f"{shown} has both $extends and $ref", "EXT-7", group)
        written = _reference(group)
        if is_brace_reference(written):
            path = brace_target(written)
        elif isinstance(written, str) and written.startswith("#/"):
            parts = pointer_parts(written)
            path = parts if isinstance(parts, Malformed) else ".".join(parts)
        else:
            path = Malformed("EXT-7", "$extends is one string, {group.path} or #/group/path")
        if isinstance(path, Malformed):
            self.report("DSS223", f"{shown}: {path.message}", "EXT-7", group)
            return None
        if path in self.tokens.tokens or path.endswith(".$root") or ".$value" in path:
            is_pointer = "$ref" in group.properties and "$extends" not in group.properties
            if is_pointer:
                self.report("DSS213", f"{shown} refers to the token {path} and has children", "TOK-2", group)
            else:
                self.report("DSS223", f"{shown} extends {path}, which is a token", "EXT-3", group)
            return None
        if path == group.path or path in ancestors(group.path):
            self.report("DSS222", f"{shown} extends itself or an enclosing group: {shown} -> {path}", "EXT-5", group)
            return None
        return path

    def needed(self, path: str) -> Iterator[str]:
        """The extending groups that must be complete before *path* takes its target's content."""
        target = self.targets[path]
        inside = target + "."
        for other in self.targets:
            if other == target or other.startswith(inside):
                yield other
        if target not in self.tokens.groups:  # it may be inherited itself
            yield from (enclosing for enclosing in ancestors(target) if enclosing in self.targets)

    def visit(self, first: str) -> None:
        """Expands *first* after what it needs; depth first, without recursion."""
        stack = [(first, self.needed(first))]
        active = {first: None}  # ordered
        while stack:
            path, waiting = stack[-1]
            if path in self.finished:
                stack.pop()
                active.pop(path, None)
                continue
            for other in waiting:
                if other in active:
                    self.circular(list(active), other)
                elif other not in self.finished:
                    stack.append((other, self.needed(other)))
                    active[other] = None
                    break
            else:
                if path not in self.finished:
                    self.finished.add(path)
                    self.take(path)
                stack.pop()
                active.pop(path, None)

    def circular(self, chain: list[str], start: str) -> None:
        loop = chain[chain.index(start) :]
        self.finished.update(loop)
        groups = [self.tokens.groups[path] for path in loop]
        related = tuple(Related("part of the loop", g.path, g.source.file, at=g.at()) for g in groups[1:])
        self.report(
            "DSS222",
            "groups extend each other: " + " -> ".join([*loop, loop[0]]),
            "EXT-5",
            groups[0],
            related,
        )

    def take(self, path: str) -> None:
        """Puts the target's tokens, groups and properties below the local ones."""
        target = self.targets[path]
        group = self.tokens.groups[path]
        if target not in self.tokens.groups:
            code, what = ("DSS223", "a token") if target in self.tokens.tokens else ("DSS221", "no group of that name")
            self.report(code, f"{path or 'the root'} extends {target}: {what}", "EXT-4", group)
            return
        waiting = [(target, path)]
        while waiting:
            base, local = waiting.pop()
            self.join_properties(base, local)
            tokens, groups = self.children.get(base, ([], []))
            for inherited in list(tokens):
                self.inherit(inherited, base, local, target, path)
            for inner in list(groups):
                place = joined(local, names(inner)[-1])
                if place not in self.tokens.tokens:
                    waiting.append((inner, place))

    def join_properties(self, base: str, local: str) -> None:
        inherited = self.tokens.groups[base]
        own = self.tokens.groups.get(local)
        properties = {k: v for k, v in inherited.properties.items() if k not in _EXTENDING and k != "$schema"}
        if own is None:
            self.tokens.groups[local] = Group(local, properties, inherited.source)
            self.kids(local.rpartition(".")[0])[1].append(local)
        elif properties:
            self.tokens.groups[local] = own._replace(properties={**properties, **own.properties})

    def inherit(self, inherited: str, base: str, local: str, target: str, path: str) -> None:
        token = self.tokens.tokens[inherited]
        place = joined(local, token.name)
        if place in self.tokens.tokens or place in self.tokens.groups:
            return
        forced = token.forced_type
        if "$type" not in token.node and self.type_within(local, path) is None:
            forced = forced or self.type_outside(base, target)
        location = token.location if token.location is not None else names(inherited)
        self.tokens.tokens[place] = Token(place, local, token.node, token.source, location, forced)
        self.kids(local)[0].append(place)

    def type_within(self, group: str, limit: str) -> str | None:
        """The ``$type`` that *group* gets from itself or a group up to and including *limit*."""
        while True:
            kind: str | None = self.tokens.groups[group].properties.get("$type")
            if kind is not None or group == limit:
                return kind
            group = group.rpartition(".")[0]

    def type_outside(self, base: str, target: str) -> str | None:
        """The ``$type`` in force in *base* when it comes from outside the extended group *target*."""
        if self.type_within(base, target) is not None or not target:
            return None
        return self.tokens.group_type(target.rpartition(".")[0])
