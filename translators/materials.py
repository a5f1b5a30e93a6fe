"""The material of a conversion: which dialect a file is of, and what goes with expressions that contexts change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dss_tokens.dtcg.legacy import is_first_draft
from dss_tokens.resolve.answers import ResolvedToken

from .conversion import ConvertedSource, Material, dialects
from .extending import marked_as_computed
from .figma_modes import collection_of, mode_of
from .outline import Outline, fit, listing, of_resolver, ours
from .packing import unpacked

__all__ = (
    "ConvertedSource", "Material", "Varying", "collection_of", "dialect_of", "dialects", "fit", "listing",
    "mode_of", "of_resolver", "unpacked", "with_varying",
)  # fmt: skip

Json = Any


class Varying(NamedTuple):
    """Tokens of an expression that comes to something else in a context."""

    modifier: str
    context: str
    tokens: Sequence[ResolvedToken]


def dialect_of(document: Json, assembly: Json = None) -> str:
    """The dialect of a decoded file; *assembly* is the resolver document that it was made a part of."""
    kept = ours(assembly, "tokens-studio") if isinstance(assembly, dict) else None
    if isinstance(kept, dict) and kept.get("form") == "folder":
        return "tokens-studio"
    for name in ("tokens-studio", "figma"):
        if dialects.get(name).recognises(document):
            return name
    return "style-dictionary" if isinstance(document, dict) and is_first_draft(document) else "dtcg"


def with_varying(material: Material, varying: Sequence[Varying]) -> Material:
    """The material with a source for each context in which tokens choose or compute another value themselves.

    No dialect but Tokens Studio has expressions; there the sources are left out again.
    """
    if not any(found.tokens for found in varying):
        return material
    modifiers = dict(material.outline["modifiers"])
    sources = list(material.sources)
    taken = {source.name for source in sources}
    is_computed = any(source.dialect == "tokens-studio" and source.computed for source in sources)
    for found in (found for found in varying if found.tokens):
        wanted = f"{fit(found.modifier)}/{fit(found.context)}"
        name = _free(f"computed/{wanted}" if is_computed else wanted, taken)
        tokens = list(map(marked_as_computed, found.tokens)) if is_computed else found.tokens
        sources.append(ConvertedSource(name, tokens, {}))
        modifiers[found.modifier] = _with_source(modifiers[found.modifier], found.context, name)
    outline: Outline = {**material.outline, "modifiers": modifiers}
    return Material(sources, outline)


def _with_source(modifier: Mapping[str, Json], context: str, name: str) -> dict[str, Json]:
    contexts = modifier["contexts"]
    return {**modifier, "contexts": {**contexts, context: [*contexts[context], {"$ref": name}]}}


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found
