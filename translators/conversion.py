"""What ``dss convert`` hands to a dialect: canonical tokens by source, and how contexts choose among the sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.output import OutputFile
from dss_tokens.registry import Registry
from dss_tokens.resolve.answers import ResolvedToken

Json = Any


class ConvertedSource(NamedTuple):
    """One token document."""

    name: str
    """A relative path without its suffix, e.g. ``theme/dark``."""

    tokens: Sequence[ResolvedToken]
    groups: Mapping[str, Mapping[str, Json]]
    """Path -> the group's own properties."""


class Material(NamedTuple):
    """A whole token set."""

    sources: Sequence[ConvertedSource]
    base: Sequence[str]
    """Names of the sources that always hold."""

    modifiers: Mapping[str, Mapping[str, Sequence[str]]]
    """Modifier -> context -> names of its sources."""

    defaults: Mapping[str, str]


class Conversion(NamedTuple):
    """What a dialect writes, and what it could not hold."""

    files: Sequence[OutputFile]
    diagnostics: Sequence[Diagnostic]


class Dialect(Protocol):
    """One tool's token files."""

    def recognises(self, document: Json) -> bool:
        """Whether a decoded file is of this dialect and not DTCG."""

    def read(self, document: Json) -> Json:
        """The file as a DTCG token document, or as a resolver document."""

    def write(self, material: Material) -> Conversion:
        """Canonical tokens as files of this dialect."""


dialects: Registry[Dialect] = Registry("dialect", "translators.dialects", code="DSS320")
"""Every dialect by name."""


def nested(source: ConvertedSource, token: Callable[[ResolvedToken], dict[str, Json] | None]) -> dict[str, Json]:
    """A source's tokens as a nested document; *token* gives each one's object, ``None`` leaves it out."""
    root: dict[str, Json] = {}
    for found in source.tokens:
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


def with_original(node: dict[str, Json], key: str, extensions: str, original: Json) -> dict[str, Json]:
    """*node* with the value it had in DTCG beside the one written, so that reading it back loses nothing.

    It counts only while the written value is not edited.
    """
    kept = dict(node.get(extensions) or {})
    kept["dss"] = {**kept.get("dss", {}), "was": {"value": original, "as": node[key]}}
    return {**node, extensions: kept}


def not_held(token: ResolvedToken, dialect: str, what: str, *, kept: bool) -> Diagnostic:
    """A warning about what the target has no form for."""
    return Diagnostic(
        code="DSS321",
        severity="warning",
        message=f"{token.path}: {dialect} has no form for {what}" + ("; kept in $extensions" if kept else "; left out"),
        path=token.path,
        file=token.token.source.file,
        at=token.token.at(),
    )


def text_of(document: Json) -> str:
    """A document as JSON text."""
    from json import dumps

    return dumps(document, indent=2, ensure_ascii=False) + "\n"
