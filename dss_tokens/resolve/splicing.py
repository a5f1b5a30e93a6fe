"""The token documents that a set or a context of a resolver document consists of.

Sources are inline documents, files, and references to other sets, whose sources are spliced in. Source: DTCG
Resolver 2025.10, "Reference Objects".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..diagnostics import Diagnostic, Related, Severity
from ..limits import MAX_SPLICED
from ..model import Json, Source, TokenSet
from ..source import Location
from ..types import described
from .documents import Fetch, Fetched, Parse
from .references import Malformed, Pointer, array_index, percent_decoded, pointer_parts


class Target(NamedTuple):
    """A part of a resolver document, with the keys beside a reference to it put over its own, shallowly."""

    value: Json
    location: Location
    beside: Mapping[str, Json] = {}
    at: Location = ()
    """Where the reference stands, and with it the keys beside it."""

    def where(self, key: str) -> Location:
        """Where a member stands."""
        return (*(self.at if key in self.beside else self.location), key)


def walk(document: Json, parts: Pointer) -> tuple[Json, Location] | None:
    """The value at a pointer, and its location with indices as numbers; ``None`` where it leads nowhere.

    Where the pointer as written leads nowhere it is read as a URI fragment, too.
    """
    for attempt in (parts, percent_decoded(parts)):
        if attempt is not None and (found := _walk(document, attempt)) is not None:
            return found
    return None


def _walk(document: Json, parts: Pointer) -> tuple[Json, Location] | None:
    value = document
    location: list[str | int] = []
    for part in parts:
        if isinstance(value, dict) and part in value:
            value = value[part]
            location.append(part)
        elif isinstance(value, list) and (index := array_index(part, len(value))) is not None:
            value = value[index]
            location.append(index)
        else:
            return None
    return value, tuple(location)


class Faults:
    """Collects what is wrong with a resolver document, each fault once: a set may be read for several stages."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []
        self._known: set[tuple[str, Location, str]] = set()

    def report(
        self, code: str, message: str, rule: str | None, at: Location, hint: str | None = None,
        severity: Severity = "error", related: tuple[Related, ...] = (),
    ) -> None:  # fmt: skip
        """Adds a diagnostic about the location *at*."""
        if (code, at, message) not in self._known:
            self._known.add((code, at, message))
            self.diagnostics.append(
                Diagnostic(code=code, message=message, rule=rule, hint=hint, file=self.file, at=at, severity=severity,
                           related=related)
            )  # fmt: skip


class _Open(NamedTuple):
    """A list of sources that is being read."""

    location: Location
    items: Iterator[tuple[dict[str, Json], Location]]
    start: int
    """How many documents there were before it."""

    is_plain: bool
    """Whether it stands there as it is, not changed by keys beside a reference."""


class Splicer:
    """Reads lists of sources. Each document is parsed once however often it is used: its tokens keep their identity."""

    def __init__(self, document: Json, faults: Faults, fetch: Fetch, parse: Parse, *, strict: bool) -> None:
        self.document = document
        self.tolerated: Severity = "error" if strict else "warning"
        self.faults = faults
        self.fetch = fetch
        self.parse = parse
        self.parsed: dict[tuple[str, Location, tuple[str, ...]], TokenSet] = {}
        self.fetched: dict[str, Fetched | None] = {}
        self.complete: dict[Location, list[TokenSet]] = {}
        """What sets consist of, once all is spliced in."""

        self.spliced = 0

    # -- references within the document

    def follow(self, reference: Mapping[str, Json], at: Location) -> Target | None:
        """The target of a reference; ``None`` after reporting what is wrong with it."""
        written = reference["$ref"]
        parts = pointer_parts(written)
        if isinstance(parts, Malformed):
            rule = "RES-PTR" if parts.rule == "PTR-3" else "RES-REF"
            self.faults.report("DSS232", parts.message, rule, (*at, "$ref"), parts.hint)
            return None
        if parts[0] == "resolutionOrder":
            return None  # reported for the whole document
        found = walk(self.document, parts)
        if found is None:
            self.faults.report("DSS232", f"{written[:80]} leads nowhere", "RES-REF", (*at, "$ref"))
            return None
        beside = {key: part for key, part in reference.items() if key != "$ref"}
        value, location = found
        if not beside or not isinstance(value, dict):
            return Target(value, location)
        return Target({**value, **beside}, location, beside, at)

    # -- sources

    def sources(self, value: Json, at: Location, owner: Location) -> list[TokenSet]:
        """The token documents of a list of sources, references to sets spliced in.

        Args:
            value: The list as authored.
            at: Where it stands.
            owner: The set or modifier it belongs to, which none of its references may lead back to.
        """
        found: list[TokenSet] = []
        stack = [_Open(owner, self.items(value, at), 0, at == (*owner, "sources"))]
        while stack:
            item = next(stack[-1].items, None)
            if item is None:
                ended = stack.pop()
                if ended.is_plain:
                    self.complete[ended.location] = found[ended.start :]
                continue
            source, here = item
            if "$ref" not in source:
                found.append(self.tokens(source, self.faults.file, here))
            elif isinstance(source["$ref"], str) and not source["$ref"].startswith("#"):
                found += self.file_tokens(source, here)
            elif (target := self.spliced_target(source, here, stack)) is not None:
                self.splice(target, source["$ref"], found, stack)
        return found

    def splice(self, target: Target, reference: str, found: list[TokenSet], stack: list[_Open]) -> None:
        """Adds what a reference leads to: known documents to *found*, or a list to be read next to *stack*."""
        value, location = target.value, target.location
        if isinstance(value, dict) and "sources" in value:
            items = self.items(value["sources"], target.where("sources"))
        elif isinstance(value, list):
            items = self.items(value, location)
        elif isinstance(value, dict) and "$ref" in value:
            items = iter([(value, location)])
        else:
            found += self.inline_target(target, reference)
            return
        known = None if target.beside else self.complete.get(location)
        if known is None:
            stack.append(_Open(location, items, len(found), not target.beside))
        elif self.is_bounded(len(known)):
            found += known

    def is_bounded(self, more: int) -> bool:
        """Counts documents that are spliced in; ``False`` after reporting that they are too many."""
        self.spliced += more
        if self.spliced > MAX_SPLICED:
            self.faults.report("DSS224", f"more than {MAX_SPLICED:,} sources are spliced in", None, ())
        return self.spliced <= MAX_SPLICED

    def items(self, value: Json, at: Location) -> Iterator[tuple[dict[str, Json], Location]]:
        """The sources of a list that are objects, with their places."""
        if not isinstance(value, list):
            self.faults.report("DSS231", f"sources are an array, not {described(value)}", "RES-SET", at)
            return
        for place, source in enumerate(value):
            if isinstance(source, dict):
                yield source, (*at, place)
            else:
                self.faults.report("DSS231", f"a source is an object, not {described(source)}", "RES-SET", (*at, place))

    def spliced_target(self, source: dict[str, Json], at: Location, stack: list[_Open]) -> Target | None:
        """What a source refers to within the document; ``None`` after reporting a fault."""
        if not self.is_bounded(1):
            return None
        parts = pointer_parts(source["$ref"])
        if not isinstance(parts, Malformed) and parts[0] == "modifiers":
            self.faults.report("DSS233", "only resolutionOrder may refer to a modifier", "RES-REFMOD", (*at, "$ref"))
            return None
        target = self.follow(source, at)
        if target is None:
            return None
        active = [open_list.location for open_list in stack]
        if target.location in active or at[: len(target.location)] == target.location:
            start = active.index(target.location) if target.location in active else 0
            loop = ["/".join(map(str, place)) for place in (*active[start:], target.location)]
            loop[10:-1] = [f"… {len(loop) - 11} more"] if len(loop) > 11 else loop[10:-1]
            self.faults.report("DSS203", f"circular reference: {' -> '.join(loop)}", "RES-CIRC", (*at, "$ref"),
                               "let one of them have its own sources")  # fmt: skip
            return None
        return target

    def inline_target(self, target: Target, reference: str) -> Iterator[TokenSet]:
        """An inline document that a source refers to; keys beside the reference replace whole members."""
        if not isinstance(target.value, dict):
            self.faults.report("DSS232", f"{reference[:80]} is no source of tokens", "RES-REF", target.location)
            return
        own = {key: part for key, part in target.value.items() if key not in target.beside}
        yield self.tokens(own, self.faults.file, target.location, tuple(target.beside))
        if target.beside:
            yield self.tokens(target.beside, self.faults.file, target.at)

    def bare_name(self, fragment: str, document: Json, here: Location) -> Pointer | Malformed:
        """The pointer that a fragment without a slash means, where it is a member's name."""
        parts = pointer_parts("#/" + fragment)
        if not isinstance(parts, Malformed) and walk(document, parts) is not None:
            self.faults.report("DSS232", f"#{fragment} is no JSON Pointer", "RES-REF", here, f"write #/{fragment}",
                               self.tolerated)  # fmt: skip
        return parts

    def file_tokens(self, source: dict[str, Json], at: Location) -> Iterator[TokenSet]:
        """The tokens of ``path.json`` or ``path.json#/part``; keys beside the reference replace whole members."""
        reference: str = source["$ref"]
        path, _, fragment = reference.partition("#")
        here = (*at, "$ref")
        if "://" in path:
            self.faults.report("DSS235", f"{reference[:80]} is a URL; dss opens files only", "RES-FILE", here,
                               "save it beside the resolver")  # fmt: skip
            return
        fetched = self.opened(path, here)
        if fetched is None:
            return
        value: Json = fetched.value
        location: Location = ()
        if fragment:
            parts = pointer_parts("#" + fragment)
            if isinstance(parts, Malformed) and fragment[0] != "/":
                parts = self.bare_name(fragment, fetched.value, here)
            place = None if isinstance(parts, Malformed) else walk(fetched.value, parts)
            if place is None or not isinstance(place[0], dict):
                self.faults.report("DSS232", f"{reference[:80]} leads nowhere", "RES-REF", here)
                return
            value, location = place
        beside = {key: part for key, part in source.items() if key != "$ref"}
        if beside and isinstance(value, dict):
            value = {key: part for key, part in value.items() if key not in beside}
        yield self.tokens(value, fetched.file, location, tuple(beside))
        if beside:
            yield self.tokens(beside, self.faults.file, at)

    def opened(self, path: str, at: Location) -> Fetched | None:
        """A file, opened once; ``None`` where it cannot be used, which is reported."""
        if path not in self.fetched:
            answer = self.fetch(path)
            if isinstance(answer, Diagnostic):
                self.fetched[path] = None
                self.faults.report(answer.code, answer.message, "RES-FILE", at, answer.hint)
            else:
                self.faults.diagnostics += answer.diagnostics
                bad = answer.value is None and any(found.severity == "error" for found in answer.diagnostics)
                self.fetched[path] = None if bad else answer
        return self.fetched[path]

    def tokens(self, value: Json, file: str, at: Location, without: tuple[str, ...] = ()) -> TokenSet:
        """A token document, parsed once; *without* are keys that were taken out of it."""
        known = self.parsed.get((file, at, without))
        if known is None:
            parsed = self.parse(value, Source(file, at))
            self.faults.diagnostics += parsed.diagnostics
            known = self.parsed[file, at, without] = parsed.tokens
        return known
