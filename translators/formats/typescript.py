"""TypeScript: every value as its literal type, unions of the names, one per token type."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..code_text import comment_line, doc_lines, javascript_string
from ..format_options import Known
from ..group_notes import GroupNotes
from ..identifiers import cased
from ..javascript_values import changed_by_context, literal
from ..registry import formats
from ..rendering import Rendering
from ..templating import render

OPTIONS: Known = {}


@formats.register("typescript/tokens", "typescript")
def tokens(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``typescript/tokens``: ``tokens``, ``variables`` and ``contexts`` as constants, names as union types."""
    shown = rendering.tokens
    groups = GroupNotes(rendering.permutations, lambda text: comment_line(text, "/*"))
    members = [
        {
            "comment": [*groups.before(token), *doc_lines(token, "/**")],
            "key": javascript_string(rendering.names[path]),
            "value": literal(rendering, token),
            "variable": javascript_string(f"var(--{rendering.names[path]})"),
        }
        for path, token in shown.items()
    ]
    kinds: dict[str, list[str]] = {}
    for path, token in shown.items():
        kinds.setdefault(cased(token.type, "pascal"), []).append(javascript_string(rendering.names[path]))
    text = render("typescript/tokens.ts.j2", members=members, kinds=kinds, contexts=changed_by_context(rendering))
    yield OutputFile(rendering.platform.out, text)
