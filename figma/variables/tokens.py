"""Variables -> DTCG tokens, each with what Figma needs to know it again."""

from __future__ import annotations

from typing import Any

from ..options import PullOptions
from ..records import Collection, Raw, Variable, alias_target
from ..summary import CollectionSummary
from ..values.colors import to_dtcg
from ..values.weights import parse_weight
from . import findings as told
from .braces import guarded
from .chains import Chains, Dead
from .findings import Findings, named
from .kinds import Kinds
from .paths import Paths
from .references import References
from .scopes import COLOR, Kind, fits, to_value

Json = dict[str, Any]

VENDOR = "com.figma"
"""The key of our data under ``$extensions``."""


class Tokens:
    """Makes the tokens of one pull. The objects it gives share parts: dump them, do not change them."""

    __slots__ = ("_chains", "_findings", "_kinds", "_options", "_owners", "_paths", "_references", "_variables")

    def __init__(
        self,
        chains: Chains,
        kinds: Kinds,
        paths: Paths,
        references: References,
        findings: Findings,
        variables: dict[str, Variable],
        options: PullOptions,
    ) -> None:
        self._chains, self._kinds, self._paths = chains, kinds, paths
        self._references, self._findings, self._options = references, findings, options
        self._variables = variables
        self._owners: dict[str, Json] = {}

    def write(self, variable: Variable, files: dict[str, Json], row: CollectionSummary) -> None:
        """Put *variable* into the documents of its modes; *files* is mode id -> document."""
        path = self._paths.of[variable.id]
        kind = self._kinds[variable.id]
        base = self.identity(variable, kind)
        plain = {VENDOR: base}
        default = variable.collection.default
        is_plain, profile = kind is COLOR and variable.id in self._kinds.whole, self._options.color_profile
        for mode in variable.collection.modes:
            value = variable.values.get(mode.id)
            if is_plain and type(value) is dict and "r" in value and "type" not in value:  # most often: a literal
                row.values += 1
                put(files[mode.id], path, _assembled(kind, to_dtcg(value, profile), variable, plain))
                continue
            token = self._token(variable, mode.id, mode.name, kind, base, plain, row)
            if token is None and mode.id != default:
                token = self._fallback(variable, mode.id, mode.name, kind, base)
            if token is None:
                self._dropped(variable, mode.id, mode.name)
                continue
            row.values += 1
            put(files[mode.id], path, token)

    def overridden(self, variable: Variable, mode: str, document: Json, row: CollectionSummary) -> None:
        """Put an extended collection's own value of *variable* into *document*."""
        kind = self._kinds[variable.id]
        base = self.identity(variable, kind)
        name = self._chains.mode_name(variable, mode)
        token = self._token(variable, mode, name, kind, base, {VENDOR: base}, row)
        if token is None:
            literal = self._chains.literal(variable, mode)
            self._findings.note(told.OVERRIDE_DROPPED, variable, name, beside=reason(literal))
            return
        row.values += 1
        put(document, self._paths.of[variable.id], token)

    def changes_with(self, variable: Variable, mode: str, parent: str, origin: str) -> bool:
        """Whether the token that an extended *mode* inherits from *parent* is a literal that no longer holds.

        That is so when it stands for an alias that no reference could express, and leads to something overridden.
        *origin* is the mode where the value was authored.
        """
        value = self._chains.authored(variable, mode)
        if type(value) is not dict or "r" in value:
            return False
        target = self._chains.target(value)
        if target is not None and self._references.possible(variable, origin, target):
            return False
        now = self._chains.literal(variable, mode)
        return type(now) is not Dead and now != self._chains.literal(variable, parent)

    def identity(self, variable: Variable, kind: Kind) -> Json:
        """``$extensions["com.figma"]`` without what differs by mode."""
        entry: Json = {}
        if variable.figma_id:
            entry["id"] = variable.figma_id
        if variable.key:
            entry["key"] = variable.key
        entry["collection"] = self._owner(variable.collection)
        entry["name"] = variable.name
        entry["resolvedType"] = variable.type
        if variable.scopes is not None:
            entry["scopes"] = list(variable.scopes)
        if variable.code_syntax is not None:
            entry["codeSyntax"] = variable.code_syntax
        entry["hiddenFromPublishing"] = variable.hidden
        if kind.scale != 1:
            entry["scale"] = kind.scale
        if variable.collection.library is not None:
            entry["library"] = variable.collection.library
        return {**entry, **variable.marks} if variable.marks else entry

    def _owner(self, collection: Collection) -> Json:
        if collection.id not in self._owners:
            identity = {"id": collection.figma_id} if collection.figma_id else {}
            self._owners[collection.id] = identity | {"name": collection.name}
        return self._owners[collection.id]

    def _token(
        self,
        variable: Variable,
        mode: str,
        mode_name: str,
        kind: Kind,
        base: Json,
        plain: Json,
        row: CollectionSummary,
    ) -> Json | None:
        """The token of *variable* in *mode*; ``None`` when its own value leads to no literal."""
        value = self._chains.authored(variable, mode)
        identity = alias_target(value)
        target = None if identity is None else self._variables.get(identity)
        if target is not None and self._references.possible(variable, mode, target):
            row.references += 1
            return _assembled(kind, "{" + ".".join(self._paths.of[target.id]) + "}", variable, plain)
        literal = self._chains.literal(variable, mode)
        if type(literal) is Dead or not fits(kind, (literal,)):
            return None
        extensions = plain
        if target is not None:
            self._inlined(variable, mode, mode_name, target)
            row.inlined += 1
            extensions = {VENDOR: {**base, "aliasOf": self.alias_of(target)}}
        written = to_value(kind, literal, self._options.color_profile)
        if type(literal) is str or (type(value) is dict and "color" in value):
            extra, written = self._remembered(variable, mode_name, kind, value, literal, written)
            if extra:
                extensions = {VENDOR: {**extensions[VENDOR], **extra}}
        return _assembled(kind, written, variable, extensions)

    def _remembered(
        self, variable: Variable, mode_name: str, kind: Kind, value: Raw, literal: Raw, written: Any
    ) -> tuple[Json, Any]:
        """What a token cannot say about its literal, and the token's value."""
        if type(literal) is dict:
            self._findings.note(told.COMPOSED, variable, mode_name)
            return {"value": value}, written
        if type(literal) is not str:
            return {}, written
        if kind.type == "fontWeight":
            parsed = parse_weight(literal)
            style = {"fontStyle": parsed[1]} if parsed and parsed[1] else {}
            return {"value": literal, **style}, written
        safe = guarded(written)
        if safe != written:
            self._findings.note(told.BRACES, variable, mode_name)
        return ({} if safe == literal else {"value": literal}), safe

    def _fallback(self, variable: Variable, mode: str, mode_name: str, kind: Kind, base: Json) -> Json | None:
        """The token with the default mode's literal, where *mode* has none."""
        literal = self._chains.literal(variable, variable.collection.default)
        if type(literal) is Dead or not fits(kind, (literal,)):
            return None
        why = self._chains.literal(variable, mode)
        extension = base
        identity = alias_target(self._chains.authored(variable, mode))
        if identity is not None:
            target = self._variables.get(identity)
            extension = {**base, "aliasOf": self.alias_of(target) if target else {"id": identity}}
        finding = told.NO_VALUE
        if type(why) is Dead and why.reason in ("missing", "cycle"):
            finding = told.MISSING if why.reason == "missing" else told.CYCLE
        self._findings.note(finding, variable, mode_name, beside=reason(why))
        written = guarded(to_value(kind, literal, self._options.color_profile))
        return _assembled(kind, written, variable, {VENDOR: extension})

    def _dropped(self, variable: Variable, mode: str, mode_name: str) -> None:
        why = reason(self._chains.literal(variable, mode))
        self._findings.note(told.DROPPED, variable, mode_name, beside=why)

    def _inlined(self, variable: Variable, mode: str, mode_name: str, target: Variable) -> None:
        """Tell why an alias to a known variable became a literal."""
        if target.id not in self._paths.of:
            self._findings.note(told.INLINED, variable, mode_name, beside=self._elsewhere(variable, mode, target))
        elif self._kinds[variable.id] != self._kinds[target.id]:
            self._findings.note(told.TYPES_DIFFER, variable, mode_name, beside=named(target))
        else:
            self._findings.note(told.MODES_DIFFER, variable, mode_name, beside=named(target))

    def _elsewhere(self, variable: Variable, mode: str, target: Variable) -> str:
        why = "another library" if target.remote else "deleted" if target.deleted else "not written"
        if len(target.collection.modes) > 1:
            read = self._chains.mode_in(variable, mode, target)
            why += f', its mode "{target.collection.name_of.get(read, read)}"'
        return f'"{target.collection.name}: {target.name}", {why}'

    def alias_of(self, target: Variable) -> Json:
        """How a literal remembers the variable it stands for."""
        entry: Json = {"id": target.figma_id} if target.figma_id else {}
        if target.key:
            entry["key"] = target.key
        return entry | {"name": target.name, "collection": target.collection.name}


def _assembled(kind: Kind, value: Any, variable: Variable, extensions: Json) -> Json:
    token: Json = {"$type": kind.type, "$value": value}
    if variable.description:
        token["$description"] = variable.description
    token["$extensions"] = extensions
    return token


def reason(literal: object) -> str:
    """Why *literal* cannot be written, for a message."""
    if type(literal) is not Dead:
        return "its value does not fit its type"
    return {
        "missing": f"{literal.at} is not in the answer",
        "cycle": "a circle of aliases",
        "no value": f"{literal.at} has no value",
        "malformed": f"the value of {literal.at} does not fit its type",
    }[literal.reason]


def put(document: Json, path: tuple[str, ...], token: Json) -> None:
    """Set *token* at *path* in *document*."""
    group = document
    for name in path[:-1]:
        below = group.get(name)
        if below is None:
            below = group[name] = {}
        group = below
    group[path[-1]] = token
