"""Styles and their nodes -> one DTCG document, a set of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dss_tokens.diagnostics import Diagnostic, Severity

from ..reader import Pulled
from ..values.names import numbered, segments
from ..variables.layout import EMPTY_SET, RESOLVER
from ..variables.tokens import VENDOR, put
from .bindings import Binder, Bound
from .effects import shadows
from .grids import grids
from .listing import Style, visible
from .paints import fill
from .text import typography

Json = dict[str, Any]
Path = tuple[str, ...]

FILE = "styles.tokens.json"
GROUP = "styles"
"""The set's name; also the group that styles stand in where their names clash with variables."""


@dataclass(frozen=True, slots=True)
class StylesRead:
    """What the styles of a file became."""

    tokens: dict[Path, Json]
    """Path -> token, in the order of the styles."""

    diagnostics: list[Diagnostic]


def read_styles(
    styles: list[Style],
    nodes: Mapping[str, Json],
    bound: Mapping[str, Bound] | None = None,
    *,
    profile: str = "srgb",
) -> StylesRead:
    """The tokens of *styles*.

    Args:
        styles: What is listed.
        nodes: Node id -> node; the values stand there.
        bound: What variables became, for references (:func:`figma.styles.bindings_in`).
        profile: The document's colour profile.
    """
    reader = _Reader(bound or {}, profile)
    for style in styles:
        node = nodes.get(style.node)
        if node is None:
            reader.say("DSS470", "warning", style, f"its node {style.node} is gone: skipped")
        else:
            reader.add(style, node)
    return StylesRead(_rooted(reader.tokens), reader.diagnostics)


class _Reader:
    def __init__(self, bound: Mapping[str, Bound], profile: str) -> None:
        self.bound, self.profile = bound, profile
        self.tokens: dict[Path, Json] = {}
        self.diagnostics: list[Diagnostic] = []

    def add(self, style: Style, node: Json) -> None:
        binder = Binder(self.bound)
        kinds = {"TEXT": self._text, "FILL": self._fill, "EFFECT": self._effect, "GRID": self._grid}
        read = kinds.get(style.type)
        if read is None:
            self.say("DSS471", "warning", style, f"styles of the type {style.type} have no token: skipped")
            return
        read(style, node, binder)
        if binder.unkept:
            fields = ", ".join(f"{field} ({identity})" for field, identity in binder.unkept.items())
            self.say("DSS472", "info", style, f"written as literals although bound to variables: {fields}")

    def _text(self, style: Style, node: Json, binder: Binder) -> None:
        found = typography(node, binder)
        if found is None:
            self.say("DSS471", "warning", style, "a text style without a font: skipped")
            return
        value, extension = found
        self._token(style, "typography", value, extension, binder)

    def _fill(self, style: Style, node: Json, binder: Binder) -> None:
        paints = visible(node, "fills")
        top = fill(paints[-1], binder, self.profile) if paints else None  # the last one lies on top
        if top is None:
            what = f"a fill of the type {paints[-1].get('type')}" if paints else "a fill without a visible paint"
            self.say("DSS471", "warning", style, f"{what} has no token: skipped")
            return
        extension = top.extension
        if len(paints) > 1:
            extension = extension | {"layers": paints}
            self.say("DSS473", "warning", style, f"{len(paints)} paints lie on each other: the top one is the token")
        self._token(style, top.type, top.value, extension, binder)

    def _effect(self, style: Style, node: Json, binder: Binder) -> None:
        found, others = shadows(node, binder, self.profile)
        names = ", ".join(str(effect.get("type")) for effect in others)
        if not found:
            what = f"its effects ({names}) are no shadows" if names else "it has no visible shadow"
            self.say("DSS471", "warning", style, f"{what}: skipped")
            return
        if names:
            self.say("DSS473", "warning", style, f"{names}: not part of the shadow, kept in the extension")
        value: Any = found[0] if len(found) == 1 else found
        self._token(style, "shadow", value, {"effects": others} if others else {}, binder)

    def _grid(self, style: Style, node: Json, binder: Binder) -> None:
        parts = grids(node, binder)
        if not parts:
            self.say("DSS471", "warning", style, "a grid without a visible part: skipped")
        for below, type_, value in parts:
            self._token(style, type_, value, {}, binder, below)

    def _token(self, style: Style, type_: str, value: Any, extension: Json, binder: Binder, below: Path = ()) -> None:
        path = (*segments(style.name), *below)
        number = 1
        while path in self.tokens:
            number += 1
            path = (*path[:-1], f"{path[-1].removesuffix(f'-{number - 1}')}-{number}")
        origin: Json = {"style": {"key": style.key, "id": style.node, "name": style.name, "type": style.type}}
        if binder.unkept:
            origin["boundVariables"] = dict(binder.unkept)
        token: Json = {"$type": type_, "$value": value}
        if style.description:
            token["$description"] = style.description
        token["$extensions"] = {VENDOR: origin | extension}
        self.tokens[path] = token

    def say(self, code: str, severity: Severity, style: Style, message: str) -> None:
        name = f'style "{style.name}" ({style.node})'
        path = ".".join(segments(style.name))
        self.diagnostics.append(Diagnostic(code=code, severity=severity, message=f"{name}: {message}", path=path))


def _rooted(tokens: dict[Path, Json]) -> dict[Path, Json]:
    """A style that is also a group becomes that group's ``$root``."""
    groups = {path[:length] for path in tokens for length in range(1, len(path))}
    return {(*path, "$root") if path in groups else path: token for path, token in tokens.items()}


def with_styles(pulled: Pulled, styles: StylesRead) -> Pulled:
    """*pulled* with the set ``styles``, last in the resolution order; nothing where there are none.

    Below the group ``styles`` where a name would clash with a variable's.
    """
    if not styles.tokens:
        return replace(pulled, diagnostics=[*pulled.diagnostics, *styles.diagnostics])
    document: Json = {}
    head = (GROUP,) if _clashes(styles.tokens, pulled.files) else ()
    for path, token in styles.tokens.items():
        put(document, head + path, token)
    resolver = dict(pulled.files[RESOLVER])
    sets = dict(resolver.get("sets", {}))
    name = numbered(GROUP, {known.casefold() for known in sets})
    sets[name] = {"sources": [{"$ref": FILE}], "$extensions": {VENDOR: {"styles": True}}}
    order = [*resolver["resolutionOrder"], {"$ref": f"#/sets/{name}"}]
    if sets.get("figma") == EMPTY_SET:
        del sets["figma"]
        order.remove({"$ref": "#/sets/figma"})
    modifiers = {"modifiers": resolver["modifiers"]} if "modifiers" in resolver else {}
    plain = {key: value for key, value in resolver.items() if key not in ("sets", "modifiers", "resolutionOrder")}
    files = {file: content for file, content in pulled.files.items() if file != RESOLVER}
    files |= {FILE: document, RESOLVER: {**plain, "sets": sets, **modifiers, "resolutionOrder": order}}
    return Pulled(files, [*pulled.diagnostics, *styles.diagnostics], pulled.summary)


def _clashes(tokens: Mapping[Path, Json], files: Mapping[str, Json]) -> bool:
    theirs: set[Path] = set()
    groups: set[Path] = set()
    for file, document in files.items():
        if file != RESOLVER:
            _walk(document, (), theirs, groups)
    ours = set(tokens)
    our_groups = {path[:length] for path in ours for length in range(1, len(path))}
    return bool(ours & theirs or ours & groups or our_groups & theirs)


def _walk(group: Mapping[str, Any], path: Path, tokens: set[Path], groups: set[Path]) -> None:
    for name, below in group.items():
        if isinstance(below, dict) and (not name.startswith("$") or name == "$root"):
            if "$value" in below:
                tokens.add((*path, name))
            else:
                groups.add((*path, name))
                _walk(below, (*path, name), tokens, groups)
