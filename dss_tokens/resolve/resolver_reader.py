"""Reading a resolver document: its sets and modifiers, their order, and every fault of it at once.

Source: DTCG Resolver 2025.10.
"""

from __future__ import annotations

from ..diagnostics import Diagnostic
from ..model import Json
from ..source import Location
from ..types import described
from .documents import VERSION, Fetch, Modifier, Parse, Resolver, Set, listed
from .splicing import Faults, Splicer, Target

_ROOT_KEYS = (
    "version", "resolutionOrder", "sets", "modifiers", "name", "description", "$schema", "$defs", "$extensions",
)  # fmt: skip
_SET_KEYS = ("sources", "description", "$extensions", "name", "type")
_MODIFIER_KEYS = ("contexts", "default", "description", "$extensions", "name", "type")


def read_resolver(
    document: Json, file: str, *, fetch: Fetch, parse: Parse, strict: bool = False
) -> tuple[Resolver | None, list[Diagnostic]]:
    """Reads a resolver document with all its sources.

    Args:
        document: Decoded JSON.
        file: Named in diagnostics.
        fetch: Opens the files it names.
        parse: Reads a token document.
        strict: What is tolerated otherwise is an error instead of a warning.

    Returns:
        The resolver, ``None`` when there is nothing to go on with; all faults.
    """
    reader = _Reader(document, file, fetch, parse, strict)
    return reader.read(), reader.faults.diagnostics


class _Reader:
    def __init__(self, document: Json, file: str, fetch: Fetch, parse: Parse, strict: bool) -> None:
        self.document = document
        self.faults = Faults(file)
        self.report = self.faults.report
        self.splicer = Splicer(document, self.faults, fetch, parse, strict=strict)
        self.sets: dict[str, Set] = {}

    def read(self) -> Resolver | None:
        document = self.document
        if not isinstance(document, dict):
            self.report("DSS112", f"a resolver document is an object, not {described(document)}", "FILE-1", ())
            return None
        self.check_root(document)
        self.check_pointers(document)
        declared = self.declared()
        order = self.order()
        self.check_names([stage for stage in order if isinstance(stage, Modifier)])
        modifiers = {**declared, **{stage.name: stage for stage in order if isinstance(stage, Modifier)}}
        return Resolver(self.faults.file, tuple(order), modifiers, self.sets)

    def check_root(self, document: dict[str, Json]) -> None:
        if document.get("version") != VERSION:
            known = "version" in document
            what = f"has the version {described(document['version'])}" if known else "has no version"
            self.report("DSS230", f"the resolver document {what}", "RES-VERSION", ("version",),
                        f'write "version": "{VERSION}"')  # fmt: skip
        for key in document:
            if key not in _ROOT_KEYS:
                self.report("DSS230", f'a resolver document has no "{key}"', "RES-META", (key,),
                            "one of " + ", ".join(_ROOT_KEYS))  # fmt: skip
        for key in ("name", "description", "$schema"):
            if key in document and not isinstance(document[key], str):
                self.report("DSS230", f"{key} is text, not {described(document[key])}", "RES-META", (key,))

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

    def check_names(self, modifiers: list[Modifier]) -> None:
        """One input chooses for all modifiers of a name: they need the same contexts."""
        first: dict[str, Modifier] = {}
        for modifier in modifiers:
            other = first.setdefault(modifier.name, modifier)
            if other.contexts.keys() != modifier.contexts.keys():
                self.report("DSS231", f"two modifiers called {modifier.name} have different contexts", "RES-INLINEDUP",
                            ("resolutionOrder",), "rename one of them")  # fmt: skip

    def declared(self) -> dict[str, Modifier]:
        """Reads all root sets and modifiers, so that faults of unused ones show, too."""
        modifiers: dict[str, Modifier] = {}
        for kind, rule in (("sets", "RES-SET"), ("modifiers", "RES-MOD")):
            members = self.document.get(kind, {})
            if not isinstance(members, dict):
                self.report("DSS231", f"{kind} is an object, not {described(members)}", rule, (kind,))
                continue
            for name, member in members.items():
                part = Target(member, (kind, name))
                if kind == "sets":
                    if (read := self.set(name, part)) is not None:
                        self.sets[name] = read
                elif (modifier := self.modifier(name, part)) is not None:
                    modifiers[name] = modifier
        return modifiers

    def order(self) -> list[Set | Modifier]:
        order = self.document.get("resolutionOrder")
        if not isinstance(order, list) or not order:
            what = "is missing" if order is None else "is empty" if order == [] else f"is {described(order)}"
            self.report("DSS230", f"resolutionOrder {what}: it is an array of sets and modifiers", "RES-ORDER",
                        ("resolutionOrder",))  # fmt: skip
            return []
        stages: list[Set | Modifier] = []
        inline: set[str] = set()
        for place, item in enumerate(order):
            at: Location = ("resolutionOrder", place)
            is_reference = isinstance(item, dict) and "$ref" in item
            stage = self.referenced_stage(item, at) if is_reference else self.inline(item, at, inline)
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
            self.report("DSS231", f"two inline items are called {name}", "RES-INLINEDUP", (*at, "name"))
        if kind not in ("set", "modifier"):
            self.report(
                "DSS231", f'the type of an inline item is "set" or "modifier", not {described(kind)}', "RES-INLINE", at
            )
        if not isinstance(name, str) or kind not in ("set", "modifier"):
            return None
        names.add(name)
        part = Target(item, at)
        return self.set(name, part) if kind == "set" else self.modifier(name, part)

    def referenced_stage(self, item: dict[str, Json], at: Location) -> Set | Modifier | None:
        target = self.splicer.follow(item, at)
        if target is None:
            return None
        value, location = target.value, target.location
        name = str(location[-1])
        is_declared = len(location) == 2
        if (is_declared and location[0] == "modifiers") or _has(value, "contexts", dict):
            return self.modifier(name, target)
        if (is_declared and location[0] == "sets") or _has(value, "sources", list):
            return self.set(name, target)
        self.report("DSS232", f"{item['$ref'][:80]} is neither a set nor a modifier", "RES-REF", (*at, "$ref"))
        return None

    def set(self, name: str, part: Target) -> Set | None:
        value = part.value
        if not isinstance(value, dict) or "sources" not in value:
            self.report("DSS231", f"the set {name} has no sources", "RES-SET", part.location)
            return None
        self.check_keys(value, _SET_KEYS, f"the set {name}", part)
        sources = self.splicer.sources(value["sources"], part.where("sources"), part.location)
        return Set(name, tuple(sources), (), value.get("$extensions"))

    def check_keys(self, value: dict[str, Json], known: tuple[str, ...], what: str, part: Target) -> None:
        for key in value:
            if key not in known and key != "$ref":
                self.report("DSS231", f'{what} has the unknown member "{key}"', "RES-META", part.where(key),
                            severity="warning")  # fmt: skip
        extensions = value.get("$extensions", {})
        if not isinstance(extensions, dict):
            self.report("DSS231", f"$extensions of {what} is {described(extensions)}, not an object", "RES-META",
                        part.where("$extensions"))  # fmt: skip
        description = value.get("description", "")
        if not isinstance(description, str):
            self.report("DSS231", f"the description of {what} is {described(description)}, not text", "RES-META",
                        part.where("description"))  # fmt: skip

    def modifier(self, name: str, part: Target) -> Modifier | None:
        value = part.value
        if not isinstance(value, dict) or not isinstance(value.get("contexts"), dict):
            self.report("DSS231", f"the modifier {name} has no contexts", "RES-MOD", part.location)
            return None
        self.check_keys(value, _MODIFIER_KEYS, f"the modifier {name}", part)
        contexts = value["contexts"]
        at = part.where("contexts")
        if len(contexts) < 2:
            rule, what = ("RES-MOD1", "only one context") if contexts else ("RES-MOD0", "no contexts")
            self.report("DSS231", f"the modifier {name} has {what}", rule, at,
                        "a set does the same" if contexts else None)  # fmt: skip
        default = value.get("default")
        if "default" in value and not (isinstance(default, str) and default in contexts):
            self.report(
                "DSS231", f"the default {described(default)} of the modifier {name} is none of its contexts",
                "RES-DEFAULT", part.where("default"), listed(contexts),
            )  # fmt: skip
            default = None
        read = {
            context: tuple(self.splicer.sources(sources, (*at, context), part.location))
            for context, sources in contexts.items()
        }
        return Modifier(name, read, default, value.get("description"), value.get("$extensions"))


def _has(value: Json, key: str, kind: type) -> bool:
    return isinstance(value, dict) and isinstance(value.get(key), kind)
