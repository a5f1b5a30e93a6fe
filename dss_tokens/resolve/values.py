"""The long way to a value: references inside, pointers, older forms, and saying what is wrong.

Each ``*_steps`` function is a generator: it yields what it needs (a token's path, or a location as a pointer) and is
sent the answer; :class:`.evaluation.Evaluation` drives it. So a chain of any length needs no recursion.
"""

from __future__ import annotations

from typing import Any, cast

from ..diagnostics import Diagnostic, Severity
from ..model import Json, Token
from ..source import Location
from ..types import (
    LINE_CAPS,
    TYPES,
    CompositeType,
    Kept,
    Part,
    SimpleType,
    TokenType,
    described,
)
from .answers import Answer, PointedAt, ResolvedToken, Steps, Unresolved
from .budget import TooMuchError
from .embedded import CSS_WIDE_KEYWORDS
from .evaluation import Evaluation
from .references import (
    Malformed,
    brace_target,
    is_brace_reference,
    is_pointer,
    looks_combined,
    path_of,
    percent_decoded,
    pointer_parts,
)

_GUESSED = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
_ASSUMED_SHADOW = ("offsetX", "offsetY", "blur", "spread")
_DASH = Part("dimension", rule="SS-2", reference_rule="SS-3")
_ZERO = {"dimension": {"value": 0, "unit": "px"}, "duration": {"value": 0, "unit": "ms"}}


class FailedError(Exception):
    """The value cannot be resolved; the reason was reported."""


class Reading:
    """The evaluation of one token: collects what it uses, reports in its name."""

    def __init__(self, evaluation: Evaluation, token: Token) -> None:
        self.evaluation = evaluation
        self.token = token
        self.uses: list[str] = []
        self.bad = False
        self.tolerated: Severity = "error" if evaluation.strict else "warning"

    def report(
        self, code: str, message: str, rule: str | None, keys: Location = (), *, hint: str | None = None,
        severity: Severity = "error",
    ) -> None:  # fmt: skip
        """Adds a diagnostic about the token."""
        token = self.token
        first = "$value" if "$value" in token.node else "$ref"
        self.evaluation.add(
            Diagnostic(
                code=code,
                message=f"{token.path}: {message}",
                severity=severity,
                rule=rule,
                hint=hint,
                path=token.path,
                file=token.source.file,
                at=token.at(first, *keys),
            )
        )
        self.bad |= severity == "error"

    def malformed(self, fault: Malformed, keys: Location) -> FailedError:
        """Reports a text that is no reference."""
        self.report("DSS206", fault.message, fault.rule, keys, hint=fault.hint)
        return FailedError()

    def unresolved(self, answer: Unresolved, keys: Location, *, pointer: bool = False) -> FailedError:
        """Reports a reference without an answer, unless that was done elsewhere."""
        if answer.message:
            rule = answer.rule if not pointer or answer.rule.startswith("PTR") else "PTR-5"
            meant_itself = answer.hint == f"did you mean {{{self.token.path}}}?"
            self.report(answer.code, answer.message, rule, keys, hint=None if meant_itself else answer.hint)
        self.bad = True
        return FailedError()

    def older_form(self, what: str, keys: Location, hint: str | None = None) -> None:
        """Reports an older form: a warning, an error when strict."""
        self.report("DSS220", what, "LEG-1", keys, severity=self.tolerated, hint=hint)

    # -- references

    def follow(self, text: str, keys: Location) -> Steps:
        """The token that ``{a.b}`` names."""
        path = brace_target(text)
        if isinstance(path, Malformed):
            raise self.malformed(path, keys)
        self.uses.append(path)
        answer: Answer = yield path
        if isinstance(answer, Unresolved) and answer.message and not self.evaluation.strict:
            answer = yield from self.follow_older(path, answer, keys)
        if isinstance(answer, Unresolved):
            raise self.unresolved(answer, keys)
        self.spend(cast(ResolvedToken, answer).value, keys)
        return answer

    def spend(self, value: Json, keys: Location) -> None:
        """Counts a value that a reference puts in place.

        Raises:
            TooMuchError: After reporting it.
        """
        try:
            self.evaluation.budget.spend(value)
        except TooMuchError as error:
            self.report(error.code, error.message, None, keys)
            raise

    def follow_older(self, path: str, answer: Unresolved, keys: Location) -> Steps:
        """``{a.b.value}`` and a group with a base token, as older tools wrote them."""
        tokens = self.evaluation.tokens.tokens
        shorter = path.removesuffix(".value")
        for other in (shorter, f"{path}.$root", f"{shorter}.$root"):
            if other != path and other in tokens:
                self.older_form(f"{{{path}}} names no token; read as {{{other}}}", keys, f"write {{{other}}}")
                self.uses.append(other)
                found = yield other
                return found
        return answer

    def pointed(self, reference: Any, keys: Location) -> Steps:
        """What a pointer object's ``$ref`` leads to, as :class:`PointedAt`."""
        parts = pointer_parts(reference)
        if isinstance(parts, Malformed):
            raise self.malformed(parts, keys)
        answer: Answer = yield parts
        self.uses.append(path_of(parts))  # also where it leads nowhere: another context may mend it
        if isinstance(answer, Unresolved) and answer.message and (decoded := percent_decoded(parts)) is not None:
            again: Answer = yield decoded
            answer = answer if isinstance(again, Unresolved) else again
        if isinstance(answer, Unresolved):
            raise self.unresolved(answer, keys, pointer=True)
        found = cast(PointedAt, answer)
        self.uses.extend(found.touched)
        self.spend(found.value, keys)
        return found

    def pointer_object(self, value: dict[str, Any], keys: Location) -> Steps:
        """What ``{"$ref": …}`` inside a value leads to."""
        if len(value) > 1:
            self.report("DSS206", "a pointer object has the one member $ref", "PTR-6", keys)
            raise FailedError
        return (yield from self.pointed(value["$ref"], (*keys, "$ref")))

    # -- values by type

    def typed(self, kind: TokenType, value: Json, keys: Location, part: Part | None = None) -> Steps:
        """*value* as ``(resolved, written)`` of type *kind*, which may be a reference; *part*: it is in a composite."""
        if is_brace_reference(value):
            target: ResolvedToken = yield from self.follow(value, keys)
            return (yield from self.fitting(kind, target, value, keys, part)), value
        if is_pointer(value):
            found: PointedAt = yield from self.pointer_object(value, keys)
            if found.whole is not None:
                return (yield from self.fitting(kind, found.whole, value, keys)), value
            return self.pointed_literal(kind, found.value, keys), value
        if isinstance(kind, SimpleType):
            return (yield from self.simple(kind, value, keys, part))
        return (yield from self.composite(kind, value, keys))

    def fitting(
        self, kind: TokenType, target: ResolvedToken, value: Json, keys: Location, part: Part | None = None
    ) -> Steps:
        """The target's value where a value of type *kind* is needed."""
        yield from ()
        if target.type == kind.name:
            return target.value
        rule = "PTR-8" if isinstance(value, dict) else part.reference_rule if part is not None else "REF-7"
        message = f"a {kind.name} is needed, {target.path} is a {target.type}"
        if not self.evaluation.strict and isinstance(kind, SimpleType):
            usable = target.value if kind.fits(target.value) else kind.upgrade(target.value)
            if usable is not None:
                self.report("DSS204", message, rule, keys, severity="warning")
                return usable.value if isinstance(usable, Kept) else usable
        self.report("DSS204", message, rule, keys)
        raise FailedError

    def pointed_literal(self, kind: TokenType, value: Json, keys: Location) -> Json:
        """A value found by a pointer into a value: it must fit the place."""
        if isinstance(kind, SimpleType):
            if not kind.fits(value):
                self.report("DSS204", f"what the pointer finds ({described(value)}) is no {kind.name}", "PTR-8", keys)
                raise FailedError
            return value
        probe = self.evaluation.quick_composite(kind, value, [])
        if probe is None:
            self.report("DSS204", f"what the pointer finds ({described(value)}) is no {kind.name}", "PTR-8", keys)
            raise FailedError
        return probe

    def simple(self, kind: SimpleType, value: Json, keys: Location, part: Part | None = None) -> Steps:
        """A value of a simple type as ``(resolved, written)``."""
        before = value
        value = yield from self.without_pointers(value, keys, kind.name)
        if kind.fits(value):
            self.check_braces(kind, value, keys)
            return value, before
        changed = value is not before
        if not changed and not self.evaluation.strict and not (isinstance(value, str) and looks_combined(value)):
            upgraded = kind.upgrade(value)
            if upgraded is None and isinstance(value, str) and value in CSS_WIDE_KEYWORDS:
                upgraded = Kept(value, "a keyword of CSS has no form in DTCG")
            if isinstance(upgraded, Kept):
                self.older_form(f"{described(value)} is kept as written: {upgraded.reason}", keys)
                return upgraded.value, upgraded.value
            if upgraded is not None and kind.fits(upgraded):
                self.older_form(
                    f"an older form of a {kind.name}: {described(value)}",
                    keys,
                    "dss convert --to dtcg writes the present form",
                )
                return upgraded, upgraded
        if isinstance(value, str) and looks_combined(value):
            self.report("DSS206", f'"{value[:60]}" is no reference: a reference is the whole string', "REF-1", keys,
                        hint="there is no arithmetic and no interpolation; spell the value out")  # fmt: skip
            raise FailedError
        for fault in kind.faults(value):
            rule = part.rule if part is not None and type(value) not in kind.kinds else fault.rule
            self.report("DSS208" if not changed else "DSS204", fault.message, rule if not changed else "PTR-8",
                        (*keys, *fault.keys), hint=fault.hint)  # fmt: skip
        raise FailedError

    def check_braces(self, kind: SimpleType, value: Json, keys: Location) -> None:
        """Warns of braces in a font name that are no reference."""
        if kind.name != "fontFamily":
            return
        for name in (value,) if isinstance(value, str) else value:
            if looks_combined(name):
                self.report("DSS206", f'the braces in "{name[:60]}" are not read as a reference', "REF-1", keys,
                            severity="warning")  # fmt: skip

    def without_pointers(self, value: Json, keys: Location, kind: str) -> Steps:
        """*value* with pointer objects replaced at any depth; the same object where there is none."""
        if isinstance(value, dict):
            if "$ref" in value:
                found: PointedAt = yield from self.pointer_object(value, keys)
                return found.value
            items: Any = value.items()
        elif isinstance(value, list):
            items = enumerate(value)
        elif keys and is_brace_reference(value):
            self.older_form(f"{value[:60]} stands inside a {kind}, where only pointers may", keys)
            if self.evaluation.strict:
                raise FailedError
            target: ResolvedToken = yield from self.follow(value, keys)
            return target.value
        else:
            return value
        changed: dict[Any, Json] = {}
        for key, part in items:
            if type(part) is dict or type(part) is list or (type(part) is str and part[:1] == "{"):
                new = yield from self.without_pointers(part, (*keys, key), kind)
                if new is not part:
                    changed[key] = new
        if not changed:
            return value
        if isinstance(value, dict):
            return {key: changed.get(key, part) for key, part in value.items()}
        return [changed.get(key, part) for key, part in enumerate(value)]

    def composite(self, kind: CompositeType, value: Json, keys: Location) -> Steps:
        """A value of a composite type as ``(resolved, written)``."""
        if isinstance(value, str) and value in kind.words:
            return value, value
        if isinstance(value, list) and kind.is_list:
            return (yield from self.composite_list(kind, value, keys))
        upgraded = None if self.evaluation.strict else kind.upgrade(value)
        if isinstance(upgraded, Kept):
            self.older_form(f"{described(value)} is kept as written: {upgraded.reason}", keys)
            return upgraded.value, upgraded.value
        if upgraded is not None:
            where = (*keys, *_changed_member(value, upgraded))
            self.older_form(f"an older form of a {kind.name}", where, "dss convert --to dtcg writes the present form")
            value = upgraded
        if not isinstance(value, dict) or (kind.is_list and not kind.single_allowed):
            self.not_composite(kind, value, keys)
            raise FailedError
        return (yield from self.parts(kind, value, keys))

    def not_composite(self, kind: CompositeType, value: Json, keys: Location) -> None:
        """Reports a value that is no object of parts."""
        if kind.words and isinstance(value, str):
            self.report(
                "DSS208",
                f"{described(value)} is no stroke style",
                "SS-1",
                keys,
                hint="one of " + ", ".join(sorted(kind.words)),
            )
        elif isinstance(value, str) and looks_combined(value):
            self.report("DSS206", f'"{value[:60]}" is no reference: a reference is the whole string', "REF-1", keys)
        else:
            form = "an array of objects" if kind.is_list else "an object"
            form += " or one object" if kind.single_allowed else ""
            self.report(
                "DSS208",
                f"a {kind.name} is {form} with {', '.join(kind.parts)}, not {described(value)}",
                kind.rule,
                keys,
            )

    def composite_list(self, kind: CompositeType, value: list[Json], keys: Location) -> Steps:
        """A list of shadows or stops; an item may refer to a token that holds exactly one."""
        if not value:
            self.report(
                "DSS208",
                f"an empty array is no {kind.name}",
                "SHA-4" if kind.name == "shadow" else kind.rule,
                keys,
            )
            raise FailedError
        resolved, written = [], []
        for place, item in enumerate(value):
            here = (*keys, place)
            if is_brace_reference(item) or is_pointer(item):
                new = yield from self.list_reference(kind, item, here)
                old = item
            elif isinstance(item, dict):
                upgraded = None if self.evaluation.strict else kind.upgrade(item)
                if isinstance(upgraded, dict):
                    self.older_form(f"an older form of a {kind.name}", here)
                    item = upgraded
                new, old = yield from self.parts(kind, item, here)
            else:
                self.not_composite(kind, item, here)
                raise FailedError
            resolved.append(new)
            written.append(old)
        return resolved, written

    def list_reference(self, kind: CompositeType, item: Json, keys: Location) -> Steps:
        """The one shadow or stop that an item of a list refers to."""
        rule = "SHA-3" if kind.name == "shadow" else "CMP-3"
        if isinstance(item, str):
            target: ResolvedToken | None = yield from self.follow(item, keys)
            found = target.value if target is not None else None
        else:
            pointed: PointedAt = yield from self.pointer_object(item, keys)
            target, found = pointed.whole, pointed.value
        if target is not None and target.type != kind.name:
            self.report("DSS204", f"a {kind.name} is needed, {target.path} is a {target.type}", rule, keys)
            raise FailedError
        if isinstance(found, list):
            if len(found) != 1:
                self.report("DSS204", f"the reference stands for one {kind.name} and finds {len(found)}", rule, keys,
                            hint="name the tokens one by one")  # fmt: skip
                raise FailedError
            found = found[0]
        if target is None and self.evaluation.quick_object(kind, found if isinstance(found, dict) else {}, []) is None:
            self.report("DSS204", f"what the pointer finds is no {kind.name}", "PTR-8", keys)
            raise FailedError
        return found

    def parts(self, kind: CompositeType, value: dict[str, Json], keys: Location) -> Steps:
        """The parts of an object, each of its own type; all faults of all parts are reported."""
        resolved: dict[str, Json] = {}
        written: dict[str, Json] = {}
        failed = False
        for name, inner in value.items():
            part = kind.parts.get(name)
            if part is None:
                self.report("DSS209", f'a {kind.name} has no "{name}"', "CMP-2", (*keys, name), severity=self.tolerated,
                            hint="one of " + ", ".join(kind.parts))  # fmt: skip
                if not self.evaluation.strict and is_brace_reference(inner):
                    inner = (yield from self.follow(inner, (*keys, name))).value
                resolved[name] = written[name] = inner
                continue
            try:
                resolved[name], written[name] = yield from self.part(part, inner, (*keys, name))
            except FailedError:
                failed = True
        for name, part in kind.parts.items():
            if part.required and name not in value:
                failed |= not self.assumed(kind, name, part, resolved, written, keys)
        if failed:
            raise FailedError
        return resolved, (value if written == value else written)

    def assumed(
        self,
        kind: CompositeType,
        name: str,
        part: Part,
        resolved: dict[str, Json],
        written: dict[str, Json],
        keys: Location,
    ) -> bool:
        """Whether a missing part can do without: tools leave out zeros and whole parts of typography."""
        rule = "SS-2" if kind.name == "strokeStyle" else kind.rule
        is_zero = name in _ASSUMED_SHADOW or name == "delay"
        if self.evaluation.strict or not (is_zero or kind.name == "typography"):
            self.report("DSS209", f'the {kind.name} has no "{name}"', rule, keys)
            return False
        self.report("DSS209", f'the {kind.name} has no "{name}"', rule, keys, severity="warning",
                    hint="0 is assumed" if is_zero else None)  # fmt: skip
        if is_zero:
            resolved[name] = written[name] = _ZERO[part.type]
        return True

    def part(self, part: Part, value: Json, keys: Location) -> Steps:
        """A part of a composite as ``(resolved, written)``."""
        kind = TYPES.get(part.type)
        if kind is not None:
            return (yield from self.typed(kind, value, keys, part))
        before = value
        if is_pointer(value):
            value = (yield from self.pointer_object(value, keys)).value
        if part.type == "dashArray":
            return (yield from self.dashes(value, before, keys))
        if part.type == "boolean" and isinstance(value, bool):
            return value, before
        if part.type == "lineCap" and isinstance(value, str) and value in LINE_CAPS:
            return value, before
        if part.type == "boolean":
            if value in ("true", "false") and not self.evaluation.strict:
                return value == "true", value == "true"
            self.report("DSS208", f"inset is true or false, not {described(value)}", "SHA-2", keys)
        else:
            self.report(
                "DSS208",
                f"{described(value)} is no lineCap",
                "SS-2",
                keys,
                hint="one of " + ", ".join(sorted(LINE_CAPS)),
            )
        raise FailedError

    def dashes(self, value: Json, before: Json, keys: Location) -> Steps:
        """The dash lengths of a stroke style."""
        if not isinstance(value, list) or not value:
            self.report("DSS208", f"dashArray is an array of dimensions, not {described(value)}", "SS-2", keys)
            raise FailedError
        dimension = TYPES["dimension"]
        resolved, written = [], []
        for place, item in enumerate(value):
            new, old = yield from self.typed(dimension, item, (*keys, place), _DASH)
            resolved.append(new)
            written.append(old)
        return resolved, before if is_pointer(before) else written


def _changed_member(before: Json, after: Json) -> Location:
    """The one member in which two objects of the same members differ; empty where that cannot be said."""
    if not isinstance(before, dict) or not isinstance(after, dict) or before.keys() != after.keys():
        return ()
    changed = [key for key in before if before[key] is not after[key]]
    return (changed[0],) if len(changed) == 1 else ()
