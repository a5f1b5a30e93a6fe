"""Stylus variables, each defined before it is used."""

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
from ..ordering import defined_first
from ..referring import stands_for
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {}


@formats.register("stylus/variables", "stylus")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``stylus/variables``: a context is a hash of what it changes: ``$theme-dark['surface-page']``.

    Values that Stylus would compute are unquoted strings.
    """
    base, *others = modes(rendering.permutations)
    names = {path: ascii_kebab(name) for path, name in rendering.names.items()}
    groups = GroupNotes(rendering.permutations, "// {}".format)
    lines, *changed = (
        [line for token in _ordered(mode) for line in (*groups.before(token), *_lines(rendering, names, token, mode))]
        for mode in (base, *others)
    )
    contexts = [(class_name(mode.name), own) for mode, own in zip(others, changed, strict=True)]
    yield OutputFile(rendering.platform.out, render("css/variables.styl.j2", lines=lines, contexts=contexts))


def _ordered(mode: Mode) -> Iterator[ResolvedToken]:
    """What a mode has a word on, each after those it refers to."""
    tokens = mode.permutation.tokens
    return map(tokens.__getitem__, defined_first((token.path for token in said_by(mode)), mode.permutation.uses))


def _lines(rendering: Rendering, names: dict[str, str], token: ResolvedToken, mode: Mode) -> Iterator[str]:
    """The variables of one token, members of a context's hash; what a context does not change stands outside."""
    tokens, path, alias = mode.permutation.tokens, token.path, token.alias

    def variable(path: str, name: str) -> str:
        inside = path in mode.permutation.differing and mode.permutation.inputs
        return f"${class_name(mode.name)}['{name}']" if inside else f"${name}"

    yield from doc_lines(token, "//")
    if rendering.platform.references and alias in names and stands_for(tokens[alias], token.type, token.value):
        yield f"{variable(path, names[path])} = {variable(alias, names[alias])}"
    else:
        yield f"{variable(path, names[path])} = {_kept(rendering.text(token))}"
    for suffix, part in extra_parts(token, None, rendering.simple):
        yield f"{variable(path, rendering.claim(f'{names[path]}-{suffix}', token))} = {_kept(part)}"


def _kept(text: str) -> str:
    """CSS that Stylus would compute with, as an unquoted string. Its strings know no escapes: ``'`` is CSS's own."""
    if any(character in text for character in "/(\"'{"):
        return "unquote('" + text.replace("'", "\\27 ") + "')"
    return text
