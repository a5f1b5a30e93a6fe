"""Extending groups: ``$extends``, and ``$ref`` on a group. Source: DTCG Format 2025.10, "Extending Groups"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from ..diagnostics import Diagnostic, Related
from ..limits import INHERITED_PER_TOKEN, MAX_GROUP_DEPTH, MIN_INHERITED, PATH_UNIT
from ..model import Group, Parsed, Token, TokenSet, ancestors, joined, names
from .ordering import components, ring
from .references import Malformed, Pointer, brace_target, is_brace_reference, percent_decoded, pointer_parts

_EXTENDING = ("$extends", "$ref")
_ROUNDS = 8
"""How often a ``$ref`` may turn out to name a group that exists only once others are extended."""


def expand(tokens: TokenSet) -> Parsed:
    """*tokens* with every extended group filled in; the same object where nothing is extended."""
    pointing = [t for t in tokens.tokens.values() if "$value" not in t[2]] if tokens.may_point else []
    if not pointing and not any(group[1] and _reference(group) is not None for group in tokens.groups.values()):
        return Parsed(tokens, [])
    known_groups: dict[str, None] = {}
    for _ in range(_ROUNDS):
        expansion = _Expansion(TokenSet(dict(tokens.tokens), dict(tokens.groups)))
        expansion.sort_out(pointing, known_groups)
        expansion.run()
        late = [token.path for token in pointing if expansion.names_group(token) and token.path not in known_groups]
        if not late:
            break
        known_groups |= dict.fromkeys(late)
    return Parsed(expansion.tokens, expansion.diagnostics)


def _reference(group: Group) -> Any:
    for key in _EXTENDING:
        if key in group.properties:
            return group.properties[key]
    return None


class _TooMuchError(Exception):
    """Groups extend each other so often, or so deep, that expanding them would not end in reasonable time."""

    def __init__(self, code: str, message: str) -> None:
        self.fault = code, message
        super().__init__(message)


class _Expansion:
    def __init__(self, tokens: TokenSet) -> None:
        self.tokens = tokens
        self.diagnostics: list[Diagnostic] = []
        self.targets: dict[str, str] = {}
        self.left = max(MIN_INHERITED, INHERITED_PER_TOKEN * len(tokens.tokens))

    def report(
        self, code: str, message: str, rule: str | None, group: Group, *, related: tuple[Related, ...] = (),
        hint: str | None = None,
    ) -> None:  # fmt: skip
        key = "$extends" if "$extends" in group.properties else "$ref"
        source = group.source_of(key)
        self.diagnostics.append(
            Diagnostic(code=code, message=message, rule=rule, path=group.path, file=source.file, at=group.at(key),
                       related=related, hint=hint)
        )  # fmt: skip

    # -- tokens that turn out to be groups

    def sort_out(self, pointing: list[Token], known_groups: Iterable[str]) -> None:
        """An object with only ``$ref`` is a group where its target is one, else an alias token."""
        waiting: dict[str, list[Token]] = {}
        for token in pointing:
            if (path := self.pointed_path(token)) is not None:
                waiting.setdefault(path, []).append(token)
        ready = [self.tokens.tokens[path] for path in known_groups]
        ready += [t for path, ts in waiting.items() if self.is_group(path) for t in ts]
        for token in ready:  # grows while it is read
            if token.path in self.tokens.tokens:
                del self.tokens.tokens[token.path]
                self.tokens.groups[token.path] = Group(token.path, token.node, token.source)
                ready += waiting.get(token.path, ())

    def pointed_path(self, token: Token) -> str | None:
        parts = pointer_parts(token.node["$ref"])
        return None if isinstance(parts, Malformed) else self.path_of(parts)

    def path_of(self, parts: Pointer) -> str:
        """A pointer as a path; read as a URI fragment where only that names something."""
        path = ".".join(parts)
        if not self.exists(path) and (decoded := percent_decoded(parts)) is not None:
            other = ".".join(decoded)
            return other if self.exists(other) else path
        return path

    def exists(self, path: str) -> bool:
        return path in self.tokens.groups or path in self.tokens.tokens

    def is_group(self, path: str) -> bool:
        return path in self.tokens.groups and path not in self.tokens.tokens

    def names_group(self, token: Token) -> bool:
        """Whether an alias token's target is a group after all."""
        if token.path not in self.tokens.tokens:
            return False
        path = self.pointed_path(token)
        return path is not None and self.is_group(path)

    # -- targets

    def run(self) -> None:
        """Fills in all extended groups."""
        for group in list(self.tokens.groups.values()):
            if _reference(group) is not None and (target := self.target(group)) is not None:
                self.targets[group.path] = target
        self.extending = sorted(self.targets)
        self.refuse_rings()
        self.extending = sorted(self.targets)
        self.children: dict[str, tuple[list[str], list[str]]] = {}
        for path, token in self.tokens.tokens.items():
            self.kids(token.parent)[0].append(path)
        for path in self.tokens.groups:
            if path:
                self.kids(path.rpartition(".")[0])[1].append(path)
        for path in self.order():
            try:
                self.take(path)
            except _TooMuchError as error:
                code, message = error.fault
                self.report(code, message, None, self.tokens.groups[path],
                            hint="let fewer groups extend groups that extend others")  # fmt: skip
                return

    def kids(self, group: str) -> tuple[list[str], list[str]]:
        return self.children.setdefault(group, ([], []))

    def target(self, group: Group) -> str | None:
        """The path of the group that *group* extends; ``None`` after reporting what is wrong."""
        shown = group.path or "the root"
        if all(key in group.properties for key in _EXTENDING):
            self.report("DSS223", f"{shown} has both $extends and $ref", "EXT-7", group)
        path = self.target_path(_reference(group))
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

    def target_path(self, written: Any) -> str | Malformed:
        if is_brace_reference(written):
            return brace_target(written)
        if isinstance(written, str) and written.startswith("#/"):
            parts = pointer_parts(written)
            return parts if isinstance(parts, Malformed) else self.path_of(parts)
        return Malformed("EXT-7", "$extends is one string, {group.path} or #/group/path")

    # -- the order: what is extended must be complete before it is taken

    def inside(self, path: str) -> Iterator[str]:
        """The extending groups below a group."""
        prefix = f"{path}." if path else ""
        for place in range(bisect_left(self.extending, prefix), len(self.extending)):
            if not self.extending[place].startswith(prefix):
                return
            yield self.extending[place]

    def needed(self, path: str) -> Iterator[str]:
        """What *path* takes in: the group it extends and those in it, where they extend others.

        All that is in a group is one step on the way, written with a final dot, so that it is listed once only.
        """
        if path.endswith("."):
            yield from (other for other in self.inside(path[:-1]) if other in self.targets)
            return
        target = self.targets[path]
        if target in self.targets:
            yield target
        yield f"{target}."
        if target not in self.tokens.groups:  # it may be inherited itself
            yield from (enclosing for enclosing in ancestors(target) if enclosing in self.targets)

    def needed_among(self, members: frozenset[str], path: str) -> Iterator[str]:
        """Those of *members* that *path* takes in."""
        return (other for other in self.needed(path) if other in members)

    def wanted(self, path: str) -> Iterator[str]:
        """:meth:`needed`, and what changes the result where it comes first.

        A target's enclosing groups may add to it; groups in *path* that extend others keep what they inherit.
        """
        yield from self.needed(path)
        if not path.endswith("."):
            yield from (enclosing for enclosing in ancestors(self.targets[path]) if enclosing in self.targets)
            yield f"{path}."

    def order(self) -> Iterator[str]:
        """The extending groups, each after what it takes in, whatever their order in the files."""
        for members in components(self.extending, self.wanted):
            if len(members) == 1:
                yield from (path for path in members if path in self.targets)
                continue
            for inner in components(sorted(members), partial(self.needed_among, frozenset(members))):
                yield from (path for path in inner if path in self.targets)

    def refuse_rings(self) -> None:
        """Reports groups that extend each other, and leaves them as they are."""
        place = {path: number for number, path in enumerate(self.targets)}
        for found in [found for found in components(list(self.targets), self.needed) if len(found) > 1]:
            members = sorted((path for path in found if path in place), key=place.__getitem__)
            loop = [path for path in ring([members[0], *found], self.needed) if path in place]
            groups = [self.tokens.groups[path] for path in dict.fromkeys([*loop, *members])]
            shown = [path or "the root" for path in loop[:20]]
            shown.append(f"… {len(loop) - 20} more" if len(loop) > 20 else shown[0])
            self.report(
                "DSS222", "groups extend each other: " + " -> ".join(shown), "EXT-5", groups[0],
                related=tuple(Related("part of the loop", g.path, g.source.file, at=g.at()) for g in groups[1:101]),
                hint="let one of them stand on its own",
            )  # fmt: skip
            for path in members:
                del self.targets[path]

    # -- taking

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

    def count(self, path: str) -> None:
        """One more inherited token or group; long paths weigh more."""
        self.left -= 1 + len(path) // PATH_UNIT
        if self.left < 0:
            raise _TooMuchError("DSS224", "the groups that extend others come to too many tokens")

    def join_properties(self, base: str, local: str) -> None:
        inherited = self.tokens.groups[base]
        own = self.tokens.groups.get(local)
        properties = {k: v for k, v in inherited.properties.items() if k not in _EXTENDING and k != "$schema"}
        if own is None:
            self.count(local)
            if local.count(".") >= MAX_GROUP_DEPTH:
                raise _TooMuchError("DSS106", f"extending nests more than {MAX_GROUP_DEPTH} groups")
            self.tokens.groups[local] = Group(local, properties, inherited.source)
            self.kids(local.rpartition(".")[0])[1].append(local)
        elif properties:
            self.tokens.groups[local] = own._replace(properties={**properties, **own.properties})

    def inherit(self, inherited: str, base: str, local: str, target: str, path: str) -> None:
        token = self.tokens.tokens[inherited]
        place = joined(local, token.name)
        if place in self.tokens.tokens or place in self.tokens.groups:
            return
        self.count(place)
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
