"""Resolver documents: sets, modifiers, contexts and their order. Source: DTCG Resolver 2025.10.

A document is read once into stages whose token sources are parsed; :meth:`Resolver.flatten` then picks the
sources of one permutation. Files are handed in: the model opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, Related, Severity
from ..model import Json, Parsed, Source, TokenSet
from ..source import Location
from ..types import described
from .flatten import flatten
from .permutations import Inputs
from .references import Malformed, Pointer, array_index, pointer_parts

VERSION = "2025.10"
_ROOT_KEYS = (
    "version",
    "resolutionOrder",
    "sets",
    "modifiers",
    "name",
    "description",
    "$schema",
    "$defs",
    "$extensions",
)
_SET_KEYS = ("sources", "description", "$extensions", "name", "type")
_MODIFIER_KEYS = ("contexts", "default", "description", "$extensions", "name", "type")

Fetch = Callable[[str], "Fetched | Diagnostic"]
"""Opens a file that a reference names, relative to the resolver document."""

Parse = Callable[[Json, Source], Parsed]


class Fetched(NamedTuple):
    """A decoded file."""

    value: Json
    file: str
    """As shown to people."""

    diagnostics: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class Set:
    """A named list of token sources; later ones win."""

    name: str
    sources: tuple[TokenSet, ...]
    files: tuple[str, ...] = ()
    extensions: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Modifier:
    """A choice of one context among several."""

    name: str
    contexts: Mapping[str, tuple[TokenSet, ...]]
    default: str | None
    description: str | None = None
    extensions: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Resolver:
    """A resolver document, read."""

    file: str
    order: tuple[Set | Modifier, ...]
    modifiers: Mapping[str, Modifier]
    """Those in the order, and those only declared: an input for them is accepted."""

    @property
    def used(self) -> dict[str, Modifier]:
        """The modifiers that take part, in order."""
        return {stage.name: stage for stage in self.order if isinstance(stage, Modifier)}

    def defaults(self) -> dict[str, str]:
        """The default inputs; a modifier without a default is left out."""
        return {name: modifier.default for name, modifier in self.used.items() if modifier.default is not None}

    def inputs(self, given: Inputs) -> tuple[dict[str, str], list[Diagnostic]]:
        """*given* in the document's spelling with defaults filled in; every fault of it."""
        found: list[Diagnostic] = []
        chosen = self.defaults()
        for name, context in given.items():
            modifier = _matching(name, self.modifiers)
            if modifier is None:
                found.append(
                    self._fault("DSS234", f"there is no modifier {name}", "RES-INPUT", _listed(self.modifiers))
                )
                continue
            contexts = self.modifiers[modifier].contexts
            spelled = _matching(context, contexts)
            if spelled is None:
                found.append(
                    self._fault(
                        "DSS234", f"the modifier {modifier} has no context {context}", "RES-INPUT", _listed(contexts)
                    )
                )
            else:
                chosen[modifier] = spelled
        for name, modifier_ in self.used.items():
            if name not in chosen and not any(d.message.startswith(f"the modifier {name} ") for d in found):
                hint = f"--input {name}={next(iter(modifier_.contexts), '…')}"
                found.append(
                    self._fault("DSS234", f"the modifier {name} needs an input: it has no default", "RES-INPUT", hint)
                )
        return chosen, found

    def _fault(self, code: str, message: str, rule: str, hint: str) -> Diagnostic:
        return Diagnostic(code=code, message=message, rule=rule, hint=hint, file=self.file)

    def sources(self, inputs: Inputs) -> Iterator[TokenSet]:
        """The token documents of one permutation, in order."""
        for stage in self.order:
            if isinstance(stage, Set):
                yield from stage.sources
            elif (context := inputs.get(stage.name)) is not None:
                yield from stage.contexts[context]

    def flatten(self, inputs: Inputs) -> Parsed:
        """One permutation's tokens as one document; *inputs* complete, as :meth:`inputs` gives them."""
        return flatten(self.sources(inputs), report_replaced=False)


def _matching(name: str, known: Mapping[str, Any]) -> str | None:
    """*name* as spelled in *known*, without regard to case where that is unambiguous."""
    if name in known:
        return name
    close = [other for other in known if other.casefold() == name.casefold()]
    return close[0] if len(close) == 1 else None


def _listed(known: Mapping[str, Any]) -> str:
    return "known: " + (", ".join(known) or "none")


def read_resolver(document: Json, file: str, *, fetch: Fetch, parse: Parse) -> tuple[Resolver | None, list[Diagnostic]]:
    """Reads a resolver document with all its sources.

    Args:
        document: Decoded JSON.
        file: As shown to people.
        fetch: Opens the files it names.
        parse: Reads a token document.

    Returns:
        The resolver, ``None`` when there is nothing to go on with; all faults.
    """
    reader = _Reader(document, file, fetch, parse)
    return reader.read(), reader.diagnostics


class _Reader:
    def __init__(self, document: Json, file: str, fetch: Fetch, parse: Parse) -> None:
        self.document = document
        self.file = file
        self.fetch = fetch
        self.parse = parse
        self.diagnostics: list[Diagnostic] = []
        self.parsed: dict[tuple[str, Location], TokenSet] = {}
        self.fetched: dict[str, Fetched | None] = {}

    def report(
        self,
        code: str,
        message: str,
        rule: str,
        at: Location,
        hint: str | None = None,
        severity: Severity = "error",
        related: tuple[Related, ...] = (),
    ) -> None:
        found = Diagnostic(
            code=code, message=message, rule=rule, hint=hint, file=self.file, at=at, severity=severity, related=related
        )
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def read(self) -> Resolver | None:
        document = self.document
        if not isinstance(document, dict):
            self.report("DSS112", f"a resolver document is an object, not {described(document)}", "FILE-1", ())
            return None
        if document.get("version") != VERSION:
            what = (
                "has no version" if "version" not in document else f"has the version {described(document['version'])}"
            )
            self.report(
                "DSS230", f"the resolver document {what}", "RES-VERSION", ("version",), f'write "version": "{VERSION}"'
            )
        for key in document:
            if key not in _ROOT_KEYS:
                self.report(
                    "DSS230",
                    f'a resolver document has no "{key}"',
                    "RES-META",
                    (key,),
                    "one of " + ", ".join(_ROOT_KEYS),
                )
        for key in ("name", "description", "$schema"):
            if key in document and not isinstance(document[key], str):
                self.report("DSS230", f"{key} is text, not {described(document[key])}", "RES-META", (key,))
        self.check_pointers(document)
        declared = self.declared()
        order = self.order()
        modifiers = {**declared, **{stage.name: stage for stage in order if isinstance(stage, Modifier)}}
        return Resolver(self.file, tuple(order), modifiers)

    def check_pointers(self, document: Json) -> None:
        """No pointer leads into the order, used or not (Resolver, "Reference Objects")."""
        stack: list[tuple[Json, Location]] = [(document, ())]
        while stack:
            value, at = stack.pop()
            if isinstance(value, dict):
                target = value.get("$ref")
                if isinstance(target, str) and (target + "/").startswith("#/resolutionOrder/"):
                    self.report("DSS232", "a pointer into resolutionOrder", "RES-REFORDER", (*at, "$ref"))
                stack.extend((part, (*at, key)) for key, part in value.items() if key != "$value")
            elif isinstance(value, list):
                stack.extend((part, (*at, place)) for place, part in enumerate(value))

    def declared(self) -> dict[str, Modifier]:
        """Reads all root sets and modifiers, so that faults of unused ones show, too."""
        modifiers: dict[str, Modifier] = {}
        for kind in ("sets", "modifiers"):
            members = self.document.get(kind, {})
            if not isinstance(members, dict):
                self.report("DSS231", f"{kind} is an object, not {described(members)}", "RES-SET", (kind,))
                continue
            for name, member in members.items():
                at = (kind, name)
                if kind == "sets":
                    self.set(name, member, at, (at,))
                elif (modifier := self.modifier(name, member, at, (at,))) is not None:
                    modifiers[name] = modifier
        return modifiers

    def order(self) -> list[Set | Modifier]:
        order = self.document.get("resolutionOrder")
        if not isinstance(order, list) or not order:
            what = "is missing" if order is None else "is empty" if order == [] else f"is {described(order)}"
            self.report(
                "DSS230",
                f"resolutionOrder {what}: it is an array of sets and modifiers",
                "RES-ORDER",
                ("resolutionOrder",),
            )
            return []
        stages: list[Set | Modifier] = []
        inline: set[str] = set()
        for place, item in enumerate(order):
            at: Location = ("resolutionOrder", place)
            stage = (
                self.referenced_stage(item, at)
                if isinstance(item, dict) and "$ref" in item
                else self.inline(item, at, inline)
            )
            if stage is not None:
                stages.append(stage)
        return stages

    def inline(self, item: Json, at: Location, names: set[str]) -> Set | Modifier | None:
        if not isinstance(item, dict):
            self.report("DSS231", f"an item of resolutionOrder is an object, not {described(item)}", "RES-ORDER", at)
            return None
        name, kind = item.get("name"), item.get("type")
        if not isinstance(name, str):
            self.report("DSS231", "an inline item needs a name", "RES-INLINE", at)
        elif name in names:
            self.report("DSS231", f"two inline items are called {name}", "RES-INLINEDUP", at)
        if kind not in ("set", "modifier"):
            self.report(
                "DSS231", f'the type of an inline item is "set" or "modifier", not {described(kind)}', "RES-INLINE", at
            )
        if not isinstance(name, str) or kind not in ("set", "modifier"):
            return None
        names.add(name)
        return self.set(name, item, at, (at,)) if kind == "set" else self.modifier(name, item, at, (at,))

    def referenced_stage(self, item: dict[str, Json], at: Location) -> Set | Modifier | None:
        target = self.follow(item, at)
        if target is None:
            return None
        pointer, value, place = target
        if len(pointer) == 2 and pointer[0] == "modifiers":
            return self.modifier(pointer[1], value, place, (pointer,))
        if len(pointer) == 2 and pointer[0] == "sets":
            return self.set(pointer[1], value, place, (pointer,))
        if isinstance(value, dict) and isinstance(value.get("sources"), list):
            return self.set(str(pointer[-1]), value, place, (pointer,))
        if isinstance(value, dict) and isinstance(value.get("contexts"), dict):
            return self.modifier(str(pointer[-1]), value, place, (pointer,))
        self.report("DSS232", f"{item['$ref']} is neither a set nor a modifier", "RES-REF", (*at, "$ref"))
        return None

    def follow(self, reference: dict[str, Json], at: Location) -> tuple[Pointer, Json, Location] | None:
        """The target of a reference within this document, keys beside ``$ref`` put over it shallowly."""
        parts = pointer_parts(reference["$ref"])
        if isinstance(parts, Malformed):
            rule = "RES-PTR" if parts.rule == "PTR-3" else "RES-REF"
            self.report("DSS232", parts.message, rule, (*at, "$ref"), parts.hint)
            return None
        if parts[0] == "resolutionOrder":
            return None  # reported for the whole document
        value: Json = self.document
        for part in parts:
            if isinstance(value, dict) and part in value:
                value = value[part]
            elif isinstance(value, list) and (index := array_index(part, len(value))) is not None:
                value = value[index]
            else:
                self.report("DSS232", f"{reference['$ref']} leads nowhere", "RES-REF", (*at, "$ref"))
                return None
        beside = {key: part for key, part in reference.items() if key != "$ref"}
        if beside and isinstance(value, dict):
            return parts, {**value, **beside}, at
        return parts, value, tuple(parts)

    def set(self, name: str, value: Json, at: Location, active: tuple[Location, ...]) -> Set | None:
        if not isinstance(value, dict) or "sources" not in value:
            self.report("DSS231", f"the set {name} has no sources", "RES-SET", at)
            return None
        self.check_keys(value, _SET_KEYS, f"the set {name}", at)
        sources = self.sources(value["sources"], (*at, "sources"), active)
        return Set(name, tuple(sources), (), value.get("$extensions"))

    def check_keys(self, value: dict[str, Json], known: tuple[str, ...], what: str, at: Location) -> None:
        for key in value:
            if key not in known and key != "$ref":
                self.report(
                    "DSS231", f'{what} has the unknown member "{key}"', "RES-META", (*at, key), severity="warning"
                )
        extensions = value.get("$extensions", {})
        if not isinstance(extensions, dict):
            self.report("DSS231", f"$extensions of {what} is {described(extensions)}, not an object", "RES-META", at)

    def modifier(self, name: str, value: Json, at: Location, active: tuple[Location, ...]) -> Modifier | None:
        if not isinstance(value, dict) or not isinstance(value.get("contexts"), dict):
            self.report("DSS231", f"the modifier {name} has no contexts", "RES-MOD", at)
            return None
        self.check_keys(value, _MODIFIER_KEYS, f"the modifier {name}", at)
        contexts = value["contexts"]
        if len(contexts) < 2:
            rule, what = ("RES-MOD1", "only one context") if contexts else ("RES-MOD0", "no contexts")
            hint = "a set does the same" if contexts else None
            self.report("DSS231", f"the modifier {name} has {what}", rule, (*at, "contexts"), hint)
        default = value.get("default")
        if default is not None and default not in contexts:
            self.report(
                "DSS231",
                f"the default {described(default)} of the modifier {name} is none of its contexts",
                "RES-DEFAULT",
                (*at, "default"),
                _listed(contexts),
            )
            default = None
        read = {
            context: tuple(self.sources(sources, (*at, "contexts", context), active))
            for context, sources in contexts.items()
        }
        return Modifier(name, read, default, value.get("description"), value.get("$extensions"))

    def sources(self, value: Json, at: Location, active: tuple[Location, ...]) -> Iterator[TokenSet]:
        """The token documents of a list of sources; references to sets are spliced in."""
        if not isinstance(value, list):
            self.report("DSS231", f"sources are an array, not {described(value)}", "RES-SET", at)
            return
        for place, source in enumerate(value):
            here = (*at, place)
            if not isinstance(source, dict):
                self.report("DSS231", f"a source is an object, not {described(source)}", "RES-SET", here)
            elif "$ref" in source:
                yield from self.referenced_sources(source, here, active)
            else:
                yield self.tokens(source, self.file, here)

    def referenced_sources(
        self, source: dict[str, Json], at: Location, active: tuple[Location, ...]
    ) -> Iterator[TokenSet]:
        reference = source["$ref"]
        if isinstance(reference, str) and not reference.startswith("#"):
            if (document := self.file_tokens(reference, (*at, "$ref"))) is not None:
                yield document
            return
        parts = pointer_parts(reference)
        if not isinstance(parts, Malformed) and parts[0] == "modifiers":
            self.report("DSS233", "only resolutionOrder may refer to a modifier", "RES-REFMOD", (*at, "$ref"))
            return
        target = self.follow(source, at)
        if target is None:
            return
        pointer, value, place = target
        if pointer in active or at[: len(pointer)] == pointer:
            loop = " -> ".join("/".join(map(str, key)) for key in (*active, pointer))
            self.report("DSS203", f"circular reference: {loop}", "RES-CIRC", (*at, "$ref"))
        elif isinstance(value, dict) and "sources" in value:
            yield from self.sources(value["sources"], (*place, "sources"), (*active, pointer))
        elif isinstance(value, list):
            yield from self.sources(value, place, (*active, pointer))
        elif isinstance(value, dict):
            yield self.tokens(value, self.file, place)
        else:
            self.report("DSS232", f"{reference} is no source of tokens", "RES-REF", (*at, "$ref"))

    def file_tokens(self, reference: str, at: Location) -> TokenSet | None:
        """The tokens of ``path.json`` or ``path.json#/part``."""
        path, _, fragment = reference.partition("#")
        if "://" in path:
            self.report(
                "DSS235",
                f"{reference[:80]} is a URL; dss opens files only",
                "RES-FILE",
                at,
                "save it beside the resolver",
            )
            return None
        fetched = self.opened(path, at)
        if fetched is None:
            return None
        if not fragment:
            return self.tokens(fetched.value, fetched.file, ())
        parts = pointer_parts("#" + fragment)
        value: Json = fetched.value
        for part in () if isinstance(parts, Malformed) else parts:
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(parts, Malformed) or not isinstance(value, dict):
            self.report("DSS232", f"{reference[:80]} leads nowhere", "RES-REF", at)
            return None
        return self.tokens(value, fetched.file, parts)

    def opened(self, path: str, at: Location) -> Fetched | None:
        if path not in self.fetched:
            answer = self.fetch(path)
            if isinstance(answer, Diagnostic):
                self.fetched[path] = None
                self.report(answer.code, answer.message, "RES-FILE", at, answer.hint)
            else:
                self.diagnostics += answer.diagnostics
                self.fetched[path] = answer if answer.value is not None else None
        return self.fetched[path]

    def tokens(self, value: Json, file: str, at: Location) -> TokenSet:
        """A token document, parsed once however often it is used, so that its tokens keep their identity."""
        known = self.parsed.get((file, at))
        if known is None:
            parsed = self.parse(value, Source(file, at))
            self.diagnostics += parsed.diagnostics
            known = self.parsed[file, at] = parsed.tokens
        return known
