"""Stylus variables, each defined before it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dss_tokens.output import OutputFile

from ..code_text import doc_lines
from ..css_values import extra_parts
from ..format_options import Known
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
    contexts = [(class_name(mode.name), list(_changes(rendering, names, mode))) for mode in others]
    lines = list(_lines(rendering, names, base, lambda path, name: f"${name}"))
    yield OutputFile(rendering.platform.out, render("css/variables.styl.j2", lines=lines, contexts=contexts))


def _changes(rendering: Rendering, names: dict[str, str], mode: Mode) -> Iterator[str]:
    """The members of a context's hash; what it does not change stands outside."""
    differing = mode.permutation.differing
    return _lines(
        rendering, names, mode,
        lambda path, name: f"${class_name(mode.name)}['{name}']" if path in differing else f"${name}",
    )  # fmt: skip


def _lines(
    rendering: Rendering, names: dict[str, str], mode: Mode, variable: Callable[[str, str], str]
) -> Iterator[str]:
    tokens = mode.permutation.tokens
    for path in defined_first((token.path for token in said_by(mode)), mode.permutation.uses):
        token = tokens[path]
        alias = token.alias
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
