"""A composite taken apart: each part under a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import TYPES, CompositeType

from .css_values import Reference, Writers, part_text, target_of, text_of

Json = Any


def has_parts(token: ResolvedToken) -> bool:
    """Whether a token can be taken apart: a composite of one object."""
    return (
        type(token.value) is dict and isinstance(TYPES.get(token.type), CompositeType) and token.type != "strokeStyle"
    )


def part_texts(
    token: ResolvedToken, tokens: Mapping[str, ResolvedToken], reference: Reference | None, simple: Writers
) -> dict[str, str]:
    """Part -> its text, in the order written; parts outside of DTCG as what they look like."""
    composite = TYPES[token.type]
    assert isinstance(composite, CompositeType)
    known = composite.parts
    texts = {}
    for name, value in token.value.items():
        written = token.written.get(name, value) if type(token.written) is dict else value
        kind = known[name].type if name in known else _looks_like(value)
        if name not in known and (path := target_of(written)) in tokens and path is not None:
            kind = tokens[path].type
        if name == "inset":
            texts[name] = "inset" if value else " "
        else:
            texts[name] = part_text(kind, value, written, reference, simple)
    return texts


def shorthand(token: ResolvedToken, refer: Callable[[str], str], simple: Writers) -> str:
    """The one text of a composite made of references to its parts."""
    written = {name: f"{{{name}}}" for name in token.value if name != "inset"}
    return text_of(token.type, token.value, written, lambda name, kind, value: refer(name), simple)


def _looks_like(value: Json) -> str:
    if type(value) is dict:
        return "color" if "colorSpace" in value else "dimension" if "unit" in value else "object"
    if type(value) is list:
        return "fontFamily" if all(type(item) is str for item in value) else "array"
    return "string" if type(value) is str else "number"
