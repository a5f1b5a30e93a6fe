"""Less variables. Less evaluates lazily, so that order does not matter and aliases stay variables."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..code_text import doc_lines
from ..css_values import extra_parts
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import ascii_kebab, class_name
from ..modes import Mode, modes, said_by
from ..referring import stands_for
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {}


@formats.register("less/variables", "less")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``less/variables``: a context is a mixin of what it changes: ``.theme-dark()``, ``.theme-dark[@surface-page]``.

    Values that Less would compute stay as written (``~"…"``).
    """
    base, *others = modes(rendering.permutations)
    names = {path: ascii_kebab(name) for path, name in rendering.names.items()}
    groups = GroupNotes(rendering.permutations, "// {}".format)
    lines, *changed = (
        [line for token in said_by(mode) for line in (*groups.before(token), *_lines(rendering, names, token, mode))]
        for mode in (base, *others)
    )
    contexts = [(class_name(mode.name), own) for mode, own in zip(others, changed, strict=True)]
    yield OutputFile(rendering.platform.out, render("css/variables.less.j2", lines=lines, contexts=contexts))


def _lines(rendering: Rendering, names: dict[str, str], token: ResolvedToken, mode: Mode) -> Iterator[str]:
    """The variables of one token."""
    tokens, path, alias = mode.permutation.tokens, token.path, token.alias
    yield from doc_lines(token, "//")
    if rendering.platform.references and alias in names and stands_for(tokens[alias], token.type, token.value):
        yield f"@{names[path]}: @{names[alias]};"
    else:
        yield f"@{names[path]}: {_kept(rendering.text(token))};"
    for suffix, part in extra_parts(token, None, rendering.simple):
        yield f"@{rendering.claim(f'{names[path]}-{suffix}', token)}: {_kept(part)};"


def _kept(text: str) -> str:
    """CSS that Less would take for arithmetic or does not know, as an escaped string; nothing is interpolated."""
    text = text.replace("@{", "\\40 {").replace("${", "\\24 {")
    if "/" in text or "(" in text:
        return "~'" + text.replace("'", "\\27 ") + "'"
    return text
