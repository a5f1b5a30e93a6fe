"""What ``dss convert`` hands to a dialect: canonical tokens by source, and how contexts choose among the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.json_equality import same
from dss_tokens.output import OutputFile
from dss_tokens.registry import Registry
from dss_tokens.resolve.answers import ResolvedToken

from .extending import marked_as_inherited, noted_group
from .keeping import DOLLAR, Names, authored_back, is_converted, with_authored
from .outline import Outline, base_of, contexts_of, ours, without_ours

Json = Any
Fresh = Callable[[ResolvedToken, list[Diagnostic]], dict[str, Json] | None]
"""A token's object in a dialect, ``None`` where it has no form; faults are added to the list."""


class ConvertedSource(NamedTuple):
    """One token document."""

    name: str
    """A relative path without its suffix, e.g. ``theme/dark``."""

    tokens: Sequence[ResolvedToken]
    groups: Mapping[str, Mapping[str, Json]]
    """Path -> the group's own properties."""

    dialect: str = "dtcg"
    """What it was read from."""

    originals: Mapping[str, Mapping[str, Json]] = {}
    """Path -> the token as its dialect writes it, or what a group says; where that is another than DTCG."""

    computed: frozenset[str] = frozenset()
    """Paths of tokens whose value the dialect writes as an expression."""

    inherited: Sequence[ResolvedToken] = ()
    """The tokens that groups have of those they extend: only DTCG can leave them out."""


class Material(NamedTuple):
    """A whole token set."""

    sources: Sequence[ConvertedSource]
    outline: Outline
    """A resolver document that names the sources, and whatever else is known about sets and contexts."""

    @property
    def names(self) -> Sequence[str]:
        """Every source's."""
        return [source.name for source in self.sources]

    @property
    def base(self) -> Sequence[str]:
        """Names of the sources that always hold."""
        return base_of(self.outline)

    @property
    def modifiers(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Modifier -> context -> names of its sources."""
        return contexts_of(self.outline)

    @property
    def defaults(self) -> Mapping[str, str]:
        """Modifier -> its default context."""
        members = self.outline["modifiers"]
        return {name: members[name]["default"] for name in self.modifiers if "default" in members[name]}


class Conversion(NamedTuple):
    """What a dialect writes, and what it could not hold."""

    files: Sequence[OutputFile]
    diagnostics: Sequence[Diagnostic]


class Dialect(Protocol):
    """One tool's token files.

    Built-in dialects have more: ``fresh(token, diagnostics)`` writes one token, ``original(document, place, path)``
    finds one in a file that was read, ``assembled(documents)`` reads files that make sense together only, and
    ``beyond(original)`` says what of a token no other dialect has a place for.
    """

    def recognises(self, document: Json) -> bool:
        """Whether a decoded file is of this dialect and not DTCG."""

    def read(self, document: Json) -> Json:
        """The file as a DTCG token document, or as a resolver document."""

    def write(self, material: Material) -> Conversion:
        """Canonical tokens as files of this dialect."""


dialects: Registry[Dialect] = Registry("dialect", "translators.dialects", code="DSS320")
"""Every dialect by name."""

SHOWN = {"dtcg": "DTCG", "style-dictionary": "Style Dictionary", "tokens-studio": "Tokens Studio", "figma": "Figma"}
"""Dialects as people call them."""


class Writer:
    """Writes tokens of every origin in one dialect, and says what is kept beside them."""

    def __init__(self, dialect: str, names: Names, fresh: Fresh) -> None:
        """Args:
        dialect: Its name.
        names: What it calls the members of a token.
        fresh: Writes a token that has no history.
        """
        self.dialect = dialect
        self.names = names
        self.fresh = fresh
        self.lacking: Callable[[ResolvedToken], str] = lambda token: f"a {token.type}"
        """What a token without a form is."""

        self.diagnostics: list[Diagnostic] = []
        self.left_out: list[ResolvedToken] = []
        """Tokens without a form."""

    def document(self, source: ConvertedSource) -> dict[str, Json]:
        """A source's tokens as a nested document, with what groups say."""
        spelled: list[ResolvedToken] = []
        source = source if self.dialect == "dtcg" else written_out(source)
        root = nested(source.tokens, lambda token: self.token(source, token, spelled))
        for path, properties in source.groups.items():
            group = root
            for name in path.split(".") if path else ():
                group = group.setdefault(name, {})
            rest = dict(group)
            group.clear()
            group.update({**self.group(source, path, properties), **rest})
        if spelled:
            self.diagnostics.append(_spelled_otherwise(source, spelled, self.dialect))
        return root

    def group(self, source: ConvertedSource, path: str, properties: Mapping[str, Json]) -> Mapping[str, Json]:
        """What a group says of itself."""
        if source.dialect == self.dialect and path in source.originals:
            return source.originals[path]
        found = {key: part for key, part in properties.items() if key != "$schema"}
        if self.names.description[:1] == "$":
            return found
        members = ours(found, "members") if isinstance(ours(found, "members"), dict) else {}
        plain = {"$description": self.names.description, "$type": self.names.type}
        return {plain.get(key, key): part for key, part in {**without_ours(found, "members"), **members}.items()}

    def token(
        self, source: ConvertedSource, token: ResolvedToken, spelled: list[ResolvedToken]
    ) -> dict[str, Json] | None:
        """One token's object; those kept as their own dialect spells them are added to *spelled*."""
        original = source.originals.get(token.path)
        back = authored_back(token, self.dialect, lambda token: self.fresh(token, self.diagnostics))
        if back is not None:
            return back
        if original is not None and source.dialect == self.dialect:
            return dict(original)
        node = self.fresh(token, self.diagnostics)
        if node is None:
            self.left_out.append(token)
            return None
        if original is None or is_converted(original) or _writes(source.dialect, token, original):
            return node
        beyond = getattr(dialects.get(source.dialect), "beyond", lambda original: None)(original)
        if beyond is not None:
            self.diagnostics.append(not_held(token, SHOWN.get(self.dialect, self.dialect), beyond, kept=True))
        if token.path in source.computed:
            self.diagnostics.append(_computed(token, self.dialect, original))
        elif beyond is None:
            spelled.append(token)
        return with_authored(node, self.names, token, source.dialect, original)

    def kept(self, source: ConvertedSource) -> dict[str, Json]:
        """The tokens without a form as DTCG, by path; each is told."""
        writer = Writer("dtcg", DOLLAR, lambda token, found: node_of(token))
        nodes = {
            token.path: {**(writer.token(source, token, []) or {}), "$type": token.type} for token in self.left_out
        }
        shown = SHOWN.get(self.dialect, self.dialect)
        self.diagnostics += [not_held(t, shown, self.lacking(t), kept=True) for t in self.left_out]
        return nodes


def _writes(dialect: str, token: ResolvedToken, original: Mapping[str, Json]) -> bool:
    """Whether a dialect would write the token just as it was."""
    fresh = getattr(dialects.get(dialect), "fresh", None)
    return fresh is not None and same(fresh(token, []), original)


def written_out(source: ConvertedSource) -> ConvertedSource:
    """A source without extended groups: what they inherit stands in them, and is told from their own tokens."""
    if not source.inherited and not any("$extends" in found for found in source.groups.values()):
        return source
    groups = {path: noted_group(properties) for path, properties in source.groups.items()}
    inherited = [marked_as_inherited(token) for token in source.inherited]
    return source._replace(tokens=[*source.tokens, *inherited], groups=groups, inherited=())


def nested(
    tokens: Iterable[ResolvedToken], token: Callable[[ResolvedToken], dict[str, Json] | None]
) -> dict[str, Json]:
    """Tokens as a nested document; *token* gives each one's object, ``None`` leaves it out."""
    root: dict[str, Json] = {}
    for found in tokens:
        node = token(found)
        if node is None:
            continue
        group = root
        for name in found.token.parent.split(".") if found.token.parent else ():
            group = group.setdefault(name, {})
        group[found.token.name] = node
    return root


def node_of(token: ResolvedToken) -> dict[str, Json]:
    """A token's object: as authored where that is present DTCG, with its type where groups may not give it."""
    node = token.token.node
    authored = token.token.value
    if token.written == authored and ("$type" in node or token.token.forced_type is None):
        return dict(node) if node.get("$type", token.type) == token.type else {**node, "$type": token.type}
    found = {key: part for key, part in node.items() if key not in ("$value", "$type", "$ref")}
    return {"$type": token.type, "$value": token.written, **found}


def not_held(token: ResolvedToken, dialect: str, what: str, *, kept: bool) -> Diagnostic:
    """A warning about what the target has no form for."""
    return _about(
        token, "DSS321", f"{dialect} has no form for {what}" + ("; kept in $extensions" if kept else "; left out")
    )


def _computed(token: ResolvedToken, dialect: str, original: Mapping[str, Json]) -> Diagnostic:
    from json import dumps

    written = original.get("$value", original.get("value"))
    text = written if isinstance(written, str) else dumps(written, ensure_ascii=False)
    came = token.written if isinstance(token.written, str) else dumps(token.written, ensure_ascii=False)
    return _about(
        token, "DSS321",
        f"{SHOWN.get(dialect, dialect)} has no arithmetic: {text[:80]} is written as {came[:80]}; kept in $extensions",
    )  # fmt: skip


def _about(token: ResolvedToken, code: str, message: str) -> Diagnostic:
    return Diagnostic(
        code=code, severity="warning", message=f"{token.path}: {message}", path=token.path,
        file=token.token.source.file, at=token.token.at(),
    )  # fmt: skip


def _spelled_otherwise(source: ConvertedSource, tokens: Sequence[ResolvedToken], dialect: str) -> Diagnostic:
    first = tokens[0]
    more = f" and {len(tokens) - 1} more" if len(tokens) > 1 else ""
    own, target = SHOWN.get(source.dialect, source.dialect), SHOWN.get(dialect, dialect)
    return Diagnostic(
        code="DSS323", severity="info", file=first.token.source.file, at=first.token.at(), path=first.path,
        message=f"{first.path}{more}: {target} writes it otherwise than {own}; the original is kept in $extensions",
    )  # fmt: skip


def resolver_file(outline: Outline) -> OutputFile:
    """A resolver document beside token files."""
    return OutputFile("tokens.resolver.json", text_of({key: part for key, part in outline.items() if part != {}}))


def text_of(document: Json) -> str:
    """A document as JSON text."""
    from json import dumps

    return dumps(document, indent=2, ensure_ascii=False) + "\n"
