"""Less variables. Less evaluates lazily, so that order does not matter and aliases stay variables."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..css_values import comment, extra_parts
from ..format_options import Known
from ..identifiers import ascii_kebab
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {}


@formats.register("less/variables", "less")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``less/variables``: the default contexts; values Less would compute with stay as written (``~"…"``)."""
    yield OutputFile(rendering.platform.out, render("css/variables.less.j2", lines=list(_lines(rendering))))


def _lines(rendering: Rendering) -> Iterator[str]:
    names = {path: ascii_kebab(name) for path, name in rendering.names.items()}
    tokens = rendering.tokens
    for path, token in tokens.items():
        if text := comment(token):
            yield f"// {text}"
        if rendering.platform.references and token.alias in names and tokens[token.alias].value == token.value:
            yield f"@{names[path]}: @{names[token.alias]};"
        else:
            yield f"@{names[path]}: {_kept(rendering.literal(token.type, token.value))};"
        for suffix, part in extra_parts(token, None):
            yield f"@{rendering.claim(f'{names[path]}-{suffix}', token)}: {_kept(part)};"


def _kept(text: str) -> str:
    """CSS that Less would take for arithmetic or does not know, as an escaped string; nothing is interpolated."""
    text = text.replace("@{", "\\40 {").replace("${", "\\24 {")
    if "/" in text or "(" in text:
        return "~'" + text.replace("'", "\\27 ") + "'"
    return text
