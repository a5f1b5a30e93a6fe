"""Stylus variables, each defined before it is used."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..css_values import comment, extra_parts
from ..format_options import Known
from ..identifiers import ascii_kebab
from ..ordering import defined_first
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {}


@formats.register("stylus/variables", "stylus")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``stylus/variables``: the default contexts; values Stylus would compute with are unquoted strings."""
    yield OutputFile(rendering.platform.out, render("css/variables.styl.j2", lines=list(_lines(rendering))))


def _lines(rendering: Rendering) -> Iterator[str]:
    names = {path: ascii_kebab(name) for path, name in rendering.names.items()}
    tokens = rendering.tokens
    for path in defined_first(tokens, rendering.permutations.base.uses):
        token = tokens[path]
        if text := comment(token):
            yield f"// {text}"
        if rendering.platform.references and token.alias in names and tokens[token.alias].value == token.value:
            yield f"${names[path]} = ${names[token.alias]}"
        else:
            yield f"${names[path]} = {_kept(rendering.literal(token.type, token.value))}"
        for suffix, part in extra_parts(token, None):
            yield f"${rendering.claim(f'{names[path]}-{suffix}', token)} = {_kept(part)}"


def _kept(text: str) -> str:
    """CSS that Stylus would compute with, as an unquoted string. Its strings know no escapes: ``'`` is CSS's own."""
    if any(character in text for character in "/(\"'{"):
        return "unquote('" + text.replace("'", "\\27 ") + "')"
    return text
