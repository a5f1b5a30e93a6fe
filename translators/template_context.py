"""What a template of the user's own is given. The page ``docs/plugins.md`` lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dss_tokens.model import ROOT
from dss_tokens.resolve.permutations import Permutation

from .css_sheet import Sheet
from .css_text import GENERATED, comment_text
from .ordering import defined_first
from .rendering import Rendering


class TemplateToken(NamedTuple):
    """A token as templates see it. Texts are safe in CSS; ``value`` is not escaped for any language."""

    path: str
    """Names from the root down, joined with ``.``; a group's base token has the path of its group."""

    name: str
    """By the rules of the platform."""

    type: str
    css: str
    """The value as CSS, references kept where the platform keeps them."""

    literal: str
    """The value as CSS, without references."""

    value: Any
    """The resolved value in DTCG form."""

    alias: str | None
    """The path of the token it names, when it is an alias."""

    group: str
    """The path of its group."""

    description: str
    """For a comment on one line, with the mark of a deprecated token left out."""

    deprecated: bool | str
    extensions: Mapping[str, Any]


class TemplateBlock(NamedTuple):
    """The tokens that one choice of contexts changes."""

    selector: str
    media: str | None
    """A whole prelude, ``@media (…)``."""

    inputs: Mapping[str, str]
    """Modifier -> context."""

    tokens: list[TemplateToken]


def context(rendering: Rendering) -> dict[str, Any]:
    """The names that a template may use."""
    sheet = Sheet(rendering)
    platform = rendering.platform
    base = rendering.permutations.base
    tokens = list(_tokens(rendering, sheet, base.tokens.values(), base))
    ordered = {token.path: token for token in tokens}
    order = defined_first([token.path for token in base.tokens.values()], base.uses)
    return {
        "tokens": tokens,
        "ordered": [ordered[_shown(path)] for path in order],
        "tree": _tree(tokens),
        "root": platform.root_selector,
        "blocks": [
            TemplateBlock(
                block.selector, block.media, block.permutation.inputs,
                list(_tokens(rendering, sheet, block.tokens, block.permutation)),
            )
            for block in (rendering.blocks(sheet.declaration) if rendering.permutations.others else ())
        ],
        "platform": {"name": platform.name, "prefix": platform.prefix, "out": platform.out},
        "options": platform.options,
        "generated": GENERATED,
    }  # fmt: skip


def _shown(path: str) -> str:
    return path.removesuffix(f".{ROOT}")


def _tokens(rendering: Rendering, sheet: Sheet, tokens: Any, permutation: Permutation) -> Iterator[TemplateToken]:
    for token in tokens:
        yield TemplateToken(
            path=_shown(token.path), name=rendering.names[token.path], type=token.type,
            css=_value_of(sheet.declaration(token, permutation)), literal=rendering.text(token), value=token.value,
            alias=None if token.alias is None else _shown(token.alias), group=token.token.parent,
            description=comment_text(token.description or ""), deprecated=token.deprecated or False,
            extensions=token.token.extensions,
        )  # fmt: skip


def _value_of(declaration: str) -> str:
    """The value of the last of the declarations of a token: those of its parts may stand before it."""
    lines = declaration.split("\n")
    main = lines[0] if len(lines) < 2 or "-letter-spacing:" in lines[-1] else lines[-1]
    return main.partition(": ")[2].removesuffix(";")


def _tree(tokens: list[TemplateToken]) -> dict[str, Any]:
    """Tokens by the names of their paths, groups as mappings; a group's base token is its member ``$root``."""
    root: dict[str, Any] = {}
    for token in tokens:
        node = root
        names = token.path.split(".")
        for name in names[:-1]:
            inner = node.get(name)
            if not isinstance(inner, dict):
                inner = node[name] = {} if inner is None else {ROOT: inner}
            node = inner
        known = node.get(names[-1])
        if isinstance(known, dict):
            known[ROOT] = token
        else:
            node[names[-1]] = token
    return root
