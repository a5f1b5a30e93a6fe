"""Aliases, values and types of one permutation. Source: DTCG Format 2025.10, "Aliases / References", "Types".

Most tokens are literals, aliases of tokens already known, or composites made of both: those take the quick paths
below. Everything else (forward references, pointers, older forms, faults) is evaluated by the generators of
:mod:`.values`, driven here without recursion, each token and each location once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from typing import Any

from ..diagnostics import Diagnostic, Related
from ..model import Json, Token, TokenSet
from ..types import TYPES, CompositeType, SimpleType
from .answers import REPORTED, Answer, Request, ResolvedToken, Steps, Unresolved
from .budget import FIXED_NODES, Budget, TooMuchError
from .references import Pointer, text_of

MOST_SUGGESTIONS = 50
"""Missing tokens for which a similar one is looked for: a suggestion takes milliseconds."""

_LONGEST_QUICK_CHAIN = 32

_MIN_LOCATIONS, _LOCATIONS_PER_TOKEN = 100_000, 32
"""Pointers that are followed: a few in a ring can lead into ever other places, more than there is time for."""

_new = tuple.__new__  # half the time of a named tuple's own constructor

_MOST_FIXED = max(FIXED_NODES.values())

Check = Callable[[Json], bool]


def _is_plain_family(value: Json) -> bool:
    return TYPES["fontFamily"].fits(value) and not has_braces(value)  # type: ignore[union-attr]


def _is_one_of(words: frozenset[str]) -> Check:
    return lambda value: type(value) is str and value in words


_CHECKS: dict[str, Check] = {
    **{name: kind.fits for name, kind in TYPES.items() if isinstance(kind, SimpleType)},
    "fontFamily": _is_plain_family,
}
"""Simple type -> whether a value is a literal without anything like a reference; families alone hold free text."""

_LITERALS = {name: (name, fits) for name, fits in _CHECKS.items()}
"""The same with one and the same text for a type, however many files name it: it stays in the processor's cache."""

_PART_LITERALS: dict[str, Check] = {
    **{name: _is_one_of(kind.words) for name, kind in TYPES.items() if isinstance(kind, CompositeType)},
    **_CHECKS,
    "boolean": lambda value: type(value) is bool,
}
"""The same for parts of composites."""

_Parts = Sequence[tuple[str, str, Check, bool]]
_PARTS: dict[str, _Parts] = {
    name: [
        (part_name, part.type, _PART_LITERALS.get(part.type, lambda value: False), part.required)
        for part_name, part in kind.parts.items()
    ]
    for name, kind in TYPES.items()
    if isinstance(kind, CompositeType)
}
"""Composite -> name, type, check of literals and whether it is needed, of each part."""


class Evaluation:
    """Resolves a token set, all of it or what an earlier evaluation of a similar set left out.

    After :meth:`run`, ``done`` holds every token that could be resolved, in the order of the set, and ``uses`` what
    each one refers to.
    """

    def __init__(self, tokens: TokenSet, *, strict: bool = False, done: dict[str, ResolvedToken] | None = None) -> None:
        self.tokens = tokens
        self.strict = strict
        self.done: dict[str, ResolvedToken] = {} if done is None else done
        self.failed: set[str] = set()
        self.uses: dict[str, tuple[str, ...]] = {}
        self.late: Set[str] | None = None
        """Tokens that may stand before something they refer to; all others were resolved in the order written."""

        self.adapted: set[str] = set()
        """Tokens that took the long way: only they may hold a reference that is not to a whole token of just the type
        that is needed there."""

        self._users: dict[str, list[str]] | None = None
        self.has_places = False
        """Whether ``done`` holds every path in the order of the set, those not resolved yet with ``None``."""

        self.diagnostics: list[Diagnostic] = []
        self.locations: dict[Pointer, Answer] = {}
        self.kinds: dict[str, str | None] = {}
        self.marks: dict[str, Any] = {}
        self.budget = Budget(len(tokens.tokens))
        self.borrowed: list[ResolvedToken] = []
        """Tokens whose values the quick paths put in place, each time: weighed at the end alone."""

        self.heavy: list[ResolvedToken] = []
        """Those of them whose type says nothing of their size."""

        self.suggestions = MOST_SUGGESTIONS
        self._reported: set[tuple[object, ...]] = set()
        self.has_marks = any(group[1] and "$deprecated" in group[1] for group in tokens.groups.values())

    def kind(self, group: str) -> str | None:
        """The ``$type`` in force in a group."""
        kinds, path, inside = self.kinds, group, []
        while path not in kinds:
            known = self.tokens.groups.get(path)
            if not path or (known is not None and "$type" in known.properties):
                kinds[path] = self.tokens.group_type(path)
                break
            inside.append(path)
            path = path.rpartition(".")[0]
        for inner in inside:
            kinds[inner] = kinds[path]
        return kinds[group]

    def deprecated(self, token: Token) -> bool | str | None:
        """The mark in force for *token*."""
        own = token.node.get("$deprecated")
        if own is not None or not self.has_marks:
            return own
        if token.parent not in self.marks:
            self.marks[token.parent] = self.tokens.deprecated(token._replace(node={}))
        return self.marks[token.parent]  # type: ignore[no-any-return]

    def run(self, paths: Iterable[str] | None = None) -> None:
        """Resolves the tokens at *paths*, all by default: literals, then aliases, then composites."""
        tokens = self.tokens.tokens
        if paths is None:
            places: dict[str, Any] = dict.fromkeys(tokens)  # every token has its place: nothing to sort at the end
            self.done = places
            self.has_places = True
        done = self.done
        aliases, others = self.simple_tokens(tokens.values() if paths is None else [tokens[path] for path in paths])
        if paths is None:
            self.late = dict.fromkeys([token[0] for late in (aliases, others) for token in late]).keys()
        if aliases:
            aliases, _ = self.simple_tokens(aliases)  # those written before their targets
        try:
            for token in aliases:
                if done.get(token[0]) is None and not self.quick_alias(token) and token[0] not in self.failed:
                    self.evaluate(token[0])
            for token in others:
                if done.get(token[0]) is None and not self.quick(token) and token[0] not in self.failed:
                    self.evaluate(token[0])
            self.weigh()
        except TooMuchError:  # reported; what is left is small, whatever is done with it
            self.done = {path: done[path] for path in tokens if done.get(path) is not None and not self.uses.get(path)}
            return
        if self.failed or not self.has_places:
            self.done = {path: done[path] for path in tokens if done.get(path) is not None}

    def users(self) -> dict[str, list[str]]:
        """What refers to each token, directly; for when all is resolved."""
        if self._users is None:
            users: dict[str, list[str]] = {}
            for path, uses in self.uses.items():
                for used in uses:
                    users.setdefault(used, []).append(path)
            self._users = users
        return self._users

    def borrow(self, *targets: ResolvedToken) -> None:
        """Notes that the values of *targets* are put in place once more."""
        self.borrowed += targets
        self.heavy += [target for target in targets if target[1] not in FIXED_NODES]

    def weigh(self) -> None:
        """Counts what the quick paths put in place.

        Raises:
            TooMuchError: It is too much.
        """
        nodes = self.budget.nodes
        most = _MOST_FIXED * (len(self.borrowed) - len(self.heavy)) + sum([nodes(target[2]) for target in self.heavy])
        if most <= self.budget.left:
            return
        if sum([nodes(target[2]) for target in self.borrowed]) > self.budget.left:
            heaviest = max(self.borrowed, key=lambda target: nodes(target[2]))
            message = f"the values of the document resolve to more than {self.budget.most:,} nodes"
            token = heaviest.token
            self.add(
                Diagnostic(code="DSS224", message=f"{message}, mostly through references to {token.path}",
                           path=token.path, file=token.source.file, at=token.at("$value"),
                           hint="let fewer tokens refer to it")
            )  # fmt: skip
            raise TooMuchError("DSS224", message)

    def add(self, found: Diagnostic) -> None:
        """Adds a diagnostic, once: a value may be looked at by its token and through pointers."""
        key = (found.code, found.file, found.at, found.message)
        if key not in self._reported:
            self._reported.add(key)
            self.diagnostics.append(found)

    def simple_tokens(self, tokens: Iterable[Token]) -> tuple[list[Token], list[Token]]:
        """Resolves literals of simple types and aliases of what is known by then; gives the aliases and others left.

        Every token passes here: no calls and look-ups but what its form needs.
        """
        done, uses, has_marks, simple_type = self.done, self.uses, self.has_marks, _LITERALS.get
        borrow = self.borrowed.append
        aliases: list[Token] = []
        later: list[Token] = []
        group: str | None = None
        group_type: tuple[str, Check] | None = None
        for token in tokens:
            path, parent, node, _, _, forced = token
            value = node.get("$value")
            own = node.get("$type") if len(node) > 1 else None
            is_bare = len(node) == 1 if own is None else len(node) == 2  # neither mark nor description
            if type(value) is str and value[:1] == "{":
                target = done.get(value[1:-1])
                if target is None or value[-1] != "}":
                    aliases.append(token)
                    continue
                alias, kind, found, _, _, _, _, _ = target
                if own is not None and own != kind:
                    aliases.append(token)
                    continue
                borrow(target)
                if kind not in FIXED_NODES:
                    self.heavy.append(target)
                uses[path] = (alias,)
                mark = self.deprecated(token) if has_marks else None if is_bare else node.get("$deprecated")
                said = None if is_bare else node.get("$description")
                done[path] = _new(ResolvedToken, (path, kind, found, value, alias, mark, token, said))
                continue
            if parent is not group:  # tokens of one group mostly stand together
                group = parent
                group_kind = self.kind(parent)
                group_type = simple_type(group_kind) if group_kind is not None else None
            own = own or forced
            known = group_type if own is None else simple_type(own) if type(own) is str else None
            if known is None or not known[1](value):
                later.append(token)
                continue
            kind = known[0]
            mark = self.deprecated(token) if has_marks else None if is_bare else node.get("$deprecated")
            said = None if is_bare else node.get("$description")
            done[path] = _new(ResolvedToken, (path, kind, value, value, None, mark, token, said))
        return aliases, later

    def quick_alias(self, token: Token) -> bool:
        """Resolves an alias, and the aliases between it and the first known token; ``False`` when it needs more."""
        done, tokens = self.done, self.tokens.tokens
        chain = []
        while True:
            value = token[2].get("$value")
            if type(value) is not str or value[:1] != "{" or value[-1] != "}":
                if not self.quick(token):
                    return False
                target = done[token[0]]
                break
            chain.append(token)
            found = done.get(value[1:-1])
            if found is not None:
                target = found
                break
            following = tokens.get(value[1:-1])
            if following is None or len(chain) > _LONGEST_QUICK_CHAIN:  # a fault, or perhaps a loop
                return False
            token = following
        for token in reversed(chain):
            path, _, node, _, _, _ = token
            if node.get("$type", target[1]) != target[1]:
                return False
            self.uses[path] = (target[0],)
            self.borrow(target)
            mark = self.deprecated(token)
            said = node.get("$description")
            target = _new(ResolvedToken, (path, target[1], target[2], node["$value"], target[0], mark, token, said))
            done[path] = target
        return True

    def quick(self, token: Token) -> bool:
        """Resolves a composite whose parts are literals or aliases of known tokens; ``False`` when it needs more."""
        path, parent, node, _, _, forced = token
        value = node.get("$value")
        own = node.get("$type") or forced or self.kind(parent)
        composite = TYPES.get(own) if type(own) is str else None
        if not isinstance(composite, CompositeType):
            return False
        borrowed: list[ResolvedToken] = []
        found = self.quick_composite(composite, value, borrowed)
        if found is None:
            return False
        if borrowed:
            self.uses[path] = tuple([target[0] for target in borrowed])
            self.borrow(*borrowed)
        mark, said = self.deprecated(token), node.get("$description")
        self.done[path] = _new(ResolvedToken, (path, composite.name, found, value, None, mark, token, said))
        return True

    def quick_composite(self, composite: CompositeType, value: Json, borrowed: list[ResolvedToken]) -> Json | None:
        """A composite with its references replaced, itself where it has none; ``None`` to take the long way.

        Args:
            composite: Its type.
            value: As authored.
            borrowed: Takes the tokens whose values are put in place.
        """
        if type(value) is dict:
            if not composite.is_list or composite.single_allowed:
                return self.quick_object(composite, value, borrowed)
            return None
        if type(value) is list:
            if not composite.is_list or not value:
                return None
            items = []
            same = True
            for item in value:
                if type(item) is not dict or (found := self.quick_object(composite, item, borrowed)) is None:
                    return None
                same = same and found is item
                items.append(found)
            return value if same else items
        return value if type(value) is str and value in composite.words else None

    def quick_object(
        self, composite: CompositeType, value: dict[str, Json], borrowed: list[ResolvedToken]
    ) -> dict[str, Json] | None:
        """One object of a composite's parts, as :meth:`quick_composite`."""
        done = self.done
        changed: dict[str, Json] | None = None
        left = len(value)
        for name, kind, fits, required in _PARTS[composite.name]:
            inner = value.get(name)
            if inner is None:
                if required:
                    return None
                continue
            left -= 1
            if type(inner) is str and inner[:1] == "{":
                target = done.get(inner[1:-1])
                if target is None or target[1] != kind or inner[-1] != "}":
                    return None
                borrowed.append(target)
                if changed is None:
                    changed = value.copy()
                changed[name] = target[2]
            elif not fits(inner):
                return None
        if left:
            return None
        return value if changed is None else changed

    def evaluate(self, path: str) -> None:
        """Drives the generators until the token at *path* is resolved or has failed."""
        from .locations import pointer_steps
        from .tokens import token_steps

        def start(request: Request) -> Steps:
            if isinstance(request, str):
                return token_steps(self, self.tokens.tokens[request])
            return pointer_steps(self, request)

        most = _MIN_LOCATIONS + _LOCATIONS_PER_TOKEN * len(self.tokens.tokens)
        stack: list[tuple[Request, Steps]] = [(path, start(path))]
        active: dict[Request, None] = {path: None}
        answer: Answer | None = None
        while stack:
            key, steps = stack[-1]
            try:
                request = next(steps) if answer is None else steps.send(answer)
            except StopIteration as end:
                stack.pop()
                del active[key]
                answer = end.value if end.value is not None else REPORTED
                self.remember(key, answer)
                continue
            answer = self.known(request)
            if answer is None and request in active:
                self.circular(list(active), request)
                answer = REPORTED
            elif answer is None and len(self.locations) + len(stack) > most:
                answer = endless(request)
            elif answer is None:
                stack.append((request, start(request)))
                active[request] = None

    def known(self, request: Request) -> Answer | None:
        """The answer to a request, where it is known by now."""
        if isinstance(request, tuple):
            return self.locations.get(request)
        found = self.done.get(request)
        if found is not None:
            return found
        if request in self.failed:
            return REPORTED
        return None if request in self.tokens.tokens else self.missing(request)

    def remember(self, key: Request, answer: Answer) -> None:
        """Keeps an answer for later requests."""
        if isinstance(key, tuple):
            self.locations[key] = answer
        elif isinstance(answer, ResolvedToken):
            self.done[key] = answer
            self.adapted.add(key)
        else:
            self.failed.add(key)

    def missing(self, path: str) -> Unresolved:
        """What to say of a reference to *path*, which is no token."""
        from .suggestions import nearest

        if path in self.tokens.groups:
            root = f"{path}.$root"
            hint = (
                f"name the group's base token: {{{root}}}" if root in self.tokens.tokens else "name one of its tokens"
            )
            return Unresolved(f"{path} is a group, not a token", "REF-2", "DSS205", hint)
        parent = path.rpartition(".")[0]
        while parent and parent not in self.tokens.tokens:
            parent = parent.rpartition(".")[0]
        if parent:
            return Unresolved(
                f"{path} reaches inside the token {parent}; braces name whole tokens", "REF-3", "DSS202",
                f'use a pointer: {{"$ref": "#/{parent.replace(".", "/")}/$value/…"}}',
            )  # fmt: skip
        self.suggestions -= 1
        close = nearest(path, self.tokens) if self.suggestions >= 0 else None
        return Unresolved(
            f"there is no token {path}", "REF-4", "DSS202", f"did you mean {{{close}}}?" if close else None
        )

    def circular(self, chain: list[Request], start: Request) -> None:
        """Reports a loop once, naming every token in it."""
        loop = chain[chain.index(start) :]
        shown = [text_of(key) if isinstance(key, tuple) else key for key in loop]
        members = dict.fromkeys(key if isinstance(key, str) else self.token_at(key) for key in loop)
        tokens = [self.tokens.tokens[path] for path in members if path in self.tokens.tokens]
        rule = "REF-5" if all(isinstance(key, str) for key in loop) else "PTR-7"
        text = " -> ".join([*shown[:20], f"… {len(shown) - 20} more"] if len(shown) > 20 else [*shown, shown[0]])
        first = tokens[0]
        self.add(
            Diagnostic(
                code="DSS203",
                message=f"circular reference: {text}",
                rule=rule,
                path=first.path,
                file=first.source.file,
                at=first.at("$value"),
                hint="give one token of the loop a literal value",
                related=tuple(
                    Related("part of the loop", t.path, t.source.file, at=t.at("$value")) for t in tokens[1:101]
                ),
            )
        )
        self.failed.update(key for key in loop if isinstance(key, str))

    def token_at(self, pointer: Pointer) -> str:
        """The path of the token that a pointer leads into."""
        path = ""
        for part in pointer:
            path = f"{path}.{part}" if path else part
            if path in self.tokens.tokens:
                break
        return path


def endless(request: Request) -> Unresolved:
    """What to say of a reference into something that it is itself a part of: it leads ever deeper."""
    rule, shown = ("REF-5", request) if isinstance(request, str) else ("PTR-7", text_of(request))
    message = f"it leads back to itself without end: {shown[:60]}…"
    return Unresolved(message, rule, "DSS203", "give one token of the loop a literal value")


def has_braces(value: Json) -> bool:
    """Whether a value of a simple type holds something like a reference: its own text, or a name in its list."""
    if type(value) is str:
        return "{" in value or "}" in value
    if type(value) is list:
        return any(type(part) is str and ("{" in part or "}" in part) for part in value)
    return False
