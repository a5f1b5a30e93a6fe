"""A decoded DTCG document -> a flat :class:`TokenSet`, with all faults at once.

Source: DTCG Format 2025.10, "Design token", "Groups", "Character restrictions". Values are not looked at here:
what a value means depends on types that other documents may give.
"""

from __future__ import annotations

from collections.abc import Iterator
from marshal import dumps
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, Related, Severity
from ..limits import MAX_GROUP_DEPTH, MAX_PATHS
from ..model import (
    GROUP_PROPERTIES,
    ROOT,
    TOKEN_PROPERTIES,
    Group,
    Json,
    Parsed,
    Source,
    Token,
    TokenSet,
    joined,
    names,
)
from ..naming_rules import equal_after_nfc, name_fault
from ..source import Location
from ..types import LEGACY_TYPES, TYPES, described
from .legacy import is_first_draft, upgrade_first_draft


def parse_again(before: Parsed, document: Json, source: Source, *, strict: bool = False) -> Parsed:
    """As :func:`parse`; tokens that read as they did *before* are the same objects, so that others are easily found."""
    parsed = parse(document, source, strict=strict)
    known = before.tokens.tokens
    tokens = {path: _kept(known.get(path), token) for path, token in parsed.tokens.tokens.items()}
    return Parsed(parsed.tokens._replace(tokens=tokens), parsed.diagnostics)


def _kept(old: Token | None, new: Token) -> Token:
    if old is None or old[3:] != new[3:]:
        return new
    # Bytes, not values: the order of members counts, and so does whether a number was written as 1 or 1.0.
    return old if dumps(dict(old.node), 2) == dumps(dict(new.node), 2) else new


def parse(document: Json, source: Source, *, strict: bool = False) -> Parsed:
    """The tokens and groups of a decoded document.

    Args:
        document: Decoded JSON; kept, not copied.
        source: Named in diagnostics and tokens.
        strict: Older forms and what the contract tolerates are errors instead of warnings.
    """
    reader = _Reader(source, strict)
    if not isinstance(document, dict):
        reader.report("DSS112", f"a token file holds an object, not {described(document)}", "FILE-1", ())
        return Parsed(TokenSet({}, {}), reader.diagnostics)
    if is_first_draft(document):
        reader.report(
            "DSS220", 'tokens written with "value" and "type", without $', "LEG-1", (), severity=reader.tolerated,
            hint="dss convert --to dtcg writes the present form",
        )  # fmt: skip
        document = upgrade_first_draft(document)
    reader.read(document)
    return Parsed(TokenSet(reader.tokens, reader.groups, reader.may_point), reader.diagnostics)


class _Kind(NamedTuple):
    """What a property may hold."""

    rule: str
    kinds: tuple[type, ...]
    wanted: str


_KINDS = {
    "$description": _Kind("TOK-4", (str,), "not text"),
    "$deprecated": _Kind("TOK-5", (bool, str), "neither true, false nor text"),
    "$extensions": _Kind("TOK-6", (dict,), "not an object"),
}


def _holds_token(value: Any) -> bool:
    """Whether what stands under a name that begins with ``$`` was meant as a token or as a group of some."""
    waiting = [value]
    for part in waiting:  # grows while it is read
        if isinstance(part, dict):
            if "$value" in part:
                return True
            waiting.extend(part.values())
    return False


_new = tuple.__new__  # half the time of a named tuple's own constructor


_PLAIN: set[str] = set()
"""Names seen to be legal and of lower-case ASCII: a look-up instead of a call for each member."""

_UNMISTAKABLE = set(GROUP_PROPERTIES)
"""Names that no other is similar to: the plain ones and the properties."""

_NO_ORIGINS: dict[str, Source] = {}
_OpenGroup = tuple[str, dict[str, Any], Iterator[tuple[str, Any]], dict[str, Any]]


class _Reader:
    def __init__(self, source: Source, strict: bool) -> None:
        self.source = source
        self.strict = strict
        self.tolerated: Severity = "error" if strict else "warning"
        self.tokens: dict[str, Token] = {}
        self.groups: dict[str, Group] = {}
        self.diagnostics: list[Diagnostic] = []
        self.may_point = False
        self.characters = 0

    def report(
        self, code: str, message: str, rule: str | None, at: Location, *, severity: Severity = "error",
        path: str | None = None, hint: str | None = None, related: tuple[Related, ...] = (),
    ) -> None:  # fmt: skip
        self.diagnostics.append(
            Diagnostic(
                code=code,
                message=message,
                severity=severity,
                rule=rule,
                hint=hint,
                path=path,
                file=self.source.file,
                at=(*self.source.prefix, *at),
                related=related,
            )
        )

    def read(self, document: dict[str, Any]) -> None:
        """Walks the groups depth first, in the order written; a stack instead of recursion."""
        tokens, source = self.tokens, self.source
        stack = [self.open("", document)]
        while stack:
            group, members, items, properties = stack[-1]
            prefix = f"{group}." if group else ""
            for name, child in items:
                if type(child) is dict and (name in _PLAIN or self.is_legal(name)):  # nearly all
                    path = prefix + name
                    if "$value" in child:
                        # A token has few members beside its value: known types and descriptions are right at once.
                        if (others := len(child) - 1) and others != (
                            ("$type" in child and type(kind := child["$type"]) is str and kind in TYPES)
                            + ("$description" in child and type(child["$description"]) is str)
                        ):
                            self.check_token(path, child)
                        tokens[path] = _new(Token, (path, group, child, source, None, None))
                        continue
                    if "$ref" not in child:
                        if self.is_bounded(len(stack), path, child):
                            stack.append(self.open(path, child))
                            break
                        continue
                if name[:1] == "$" and name != ROOT:
                    properties[name] = child
                elif (inner := self.member(len(stack), group, prefix + name, name, child)) is not None:
                    stack.append(self.open(prefix + name, inner))
                    break
            else:
                stack.pop()
                if properties:
                    self.check_group(group, properties)
                if not members.keys() <= _UNMISTAKABLE:
                    self.check_similar_names(group, members)

    def is_legal(self, name: str) -> bool:
        """Whether a name is legal; one that need not be looked at again is remembered."""
        if name_fault(name) is not None:
            return False
        if name.isascii() and name == name.lower():
            _PLAIN.add(name)
            _UNMISTAKABLE.add(name)
        return True

    def is_bounded(self, depth: int, path: str, members: dict[str, Any]) -> bool:
        """Whether a group can be read: not nested too deeply, and the paths of its members fit into memory."""
        self.characters += len(path) * len(members)
        if depth <= MAX_GROUP_DEPTH and self.characters <= MAX_PATHS:
            return True
        at = names(path)[:2]
        if depth > MAX_GROUP_DEPTH:
            self.report("DSS106", f"more than {MAX_GROUP_DEPTH} nested groups", None, at, path=path)
        else:
            self.report("DSS224", f"the paths of all tokens come to more than {MAX_PATHS:,} characters", None, at,
                        path=path, hint="use shorter names, or fewer groups in each other")  # fmt: skip
        return False

    def open(self, path: str, members: dict[str, Any]) -> _OpenGroup:
        """A group whose members are to be read; its properties are filled in meanwhile."""
        properties: dict[str, Any] = {}
        self.groups[path] = _new(Group, (path, properties, self.source, _NO_ORIGINS, members))
        return path, members, iter(members.items()), properties

    def member(self, depth: int, group: str, path: str, name: str, child: Any) -> dict[str, Any] | None:
        """A member that is not simply a token; gives its members when it is a group to go on with."""
        if name_fault(name) is not None and name != ROOT:
            self.bad_name(name, group)
            if not isinstance(child, dict) or "." in name or not name:
                return None
        if type(child) is not dict:
            self.report("DSS214", f"{path} is {described(child)}, neither a token nor a group", "GRP-1",
                        names(path), path=path)  # fmt: skip
            return None
        if "$value" in child:
            self.check_token(path, child)
            self.tokens[path] = Token(path, group, child, self.source)
            return None
        if name == ROOT and "$ref" not in child:
            self.report("DSS215", f"{path} has no value: $root is a token", "GRP-3", names(path), path=path)
            return None
        if "$ref" in child and not any(isinstance(part, dict) and key[:1] != "$" for key, part in child.items()):
            # an alias token, or the extension of a group: told apart when groups are extended
            self.check_token(path, child)
            self.tokens[path] = Token(path, group, child, self.source)
            self.may_point = True
            return None
        return child if self.is_bounded(depth, path, child) else None

    def bad_name(self, name: str, group: str) -> None:
        fault = name_fault(name)
        assert fault is not None
        rule, what = fault
        where = joined(group, name)
        self.report("DSS210", f"{what}, in {group}" if group else what, rule, (*names(group), name), path=where)

    def check_token(self, path: str, node: dict[str, Any]) -> None:
        """The members of a token beside ``$value``."""
        for key, part in node.items():
            if key == "$value":
                continue
            at = (*names(path), key)
            if key not in TOKEN_PROPERTIES:
                self.unknown_member(path, key, part, at)
            elif key == "$ref" and "$value" in node:
                self.report("DSS212", f"{path} has both $value and $ref", "TOK-3", at, path=path)
            else:
                self.check_property(path, key, part, at)

    def unknown_member(self, path: str, key: str, part: Any, at: Location) -> None:
        if key == "$extends":
            self.report("DSS223", f"{path} is a token; $extends stands on groups only", "EXT-3", at, path=path)
        elif key[:1] != "$" or key == ROOT:
            if isinstance(part, dict):
                self.report(
                    "DSS213", f"{path} has a $value and the child {key}: a token and a group at once", "TOK-2", at,
                    path=path, hint=f"move the token to {path}.$root",
                )  # fmt: skip
            else:
                self.report("DSS211", f'{path} has the unknown member "{key}"', "TOK-7", at, path=path,
                            severity=self.tolerated, hint="keep tool data in $extensions")  # fmt: skip
        else:
            self.report("DSS211", f"{path} has the unknown property {key}", "TOK-7", at, path=path,
                        severity=self.tolerated, hint="keep tool data in $extensions")  # fmt: skip

    def check_property(self, path: str, key: str, part: Any, at: Location, *, is_group: bool = False) -> None:
        """A property that tokens and groups share."""
        shown = path or "the root"
        if key == "$type":
            if not (type(part) is str and part in TYPES):
                self.unknown_type(shown, path, part, at)
        elif key in _KINDS and not isinstance(part, _KINDS[key].kinds):
            rule, _, wanted = _KINDS[key]
            self.report("DSS216", f"{key} of {shown} is {described(part)}, {wanted}", "GRP-6" if is_group else rule, at,
                        path=path)  # fmt: skip

    def unknown_type(self, shown: str, path: str, kind: Any, at: Location) -> None:
        if not isinstance(kind, str):
            self.report("DSS207", f"$type of {shown} is {described(kind)}, not text", "TYPE-2", at, path=path)
            return
        close = next((known for known in TYPES if known.lower() == kind.lower()), None) or LEGACY_TYPES.get(kind)
        self.report(
            "DSS207", f'the $type "{kind}" of {shown} is none of DTCG\'s types', "TYPE-2", at, path=path,
            severity=self.tolerated, hint=f"write {close}" if close else "one of " + ", ".join(TYPES),
        )  # fmt: skip

    def check_group(self, path: str, properties: dict[str, Any]) -> None:
        for key, part in properties.items():
            at = (*names(path), key)
            if key == "$schema" and not path:
                continue
            if key != "$extensions" and _holds_token(part):
                self.bad_name(key, path)
            elif key not in GROUP_PROPERTIES or key == "$schema":
                self.report("DSS211", f"{path or 'the root'} has the unknown property {key}", "TOK-7", at, path=path,
                            severity=self.tolerated, hint="keep tool data in $extensions")  # fmt: skip
            else:
                self.check_property(path, key, part, at, is_group=True)

    def check_similar_names(self, group: str, members: dict[str, Any]) -> None:
        """Names equal after NFC are an error, names that differ in case only a warning (contract, section 3)."""
        if len(members) < 2:
            return
        if len({name.lower() for name in members}) != len(members):
            first: dict[str, str] = {}
            for name in members:
                other = first.setdefault(name.lower(), name)
                if other != name:
                    self.similar("DSS217", "differ in case only", group, other, name, "warning")
        if not all(map(str.isascii, members)):
            for one, other in equal_after_nfc(list(members)):
                self.similar("DSS218", "are the same after Unicode normalisation", group, one, other, "error")

    def similar(self, code: str, what: str, group: str, one: str, other: str, severity: Severity) -> None:
        path = joined(group, other)
        related = Related(
            "the other name",
            joined(group, one),
            self.source.file,
            at=(*self.source.prefix, *names(group), one),
        )
        self.report(code, f"the names {one} and {other} {what}", None, (*names(group), other), path=path,
                    severity=severity, related=(related,))  # fmt: skip
