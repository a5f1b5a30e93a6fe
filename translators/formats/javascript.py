"""JavaScript modules: a constant per token, one frozen object of all, and what each context changes."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..code_text import comment_line, doc_lines, javascript_string
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import identifiers
from ..javascript_values import changed_by_context, literal
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {}


@formats.register("javascript/tokens", "javascript")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``javascript/tokens``: an ECMAScript module; numbers as numbers, text styles as objects, all else as CSS text."""
    shown = rendering.tokens
    groups = GroupNotes(rendering.permutations, lambda text: comment_line(text, "/*"))
    names, found = identifiers(rendering.names, shown, "camel", "javascript", ("tokens", "contexts"))
    rendering.diagnostics += found
    constants = [
        {
            "comment": [*groups.before(token), *doc_lines(token, "/**")],
            "name": names[path],
            "key": javascript_string(rendering.names[path]),
            "value": literal(rendering, token),
        }
        for path, token in shown.items()
    ]
    yield OutputFile(
        rendering.platform.out,
        render("javascript/tokens.js.j2", constants=constants, contexts=changed_by_context(rendering)),
    )
