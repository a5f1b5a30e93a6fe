"""CSS custom properties: the defaults in ``:root``, then a block per context with what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dss_tokens.output import OutputFile
from dss_tokens.resolve.evaluation import ResolvedToken

from ..css_values import Reference, comment_text, extra_parts, text_of
from ..registry import formats
from ..rendering import Rendering
from ..templating import render


@formats.register("css/variables", "css")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``css/variables``: aliases stay ``var(--…)`` unless the platform wants literals."""
    platform = rendering.platform
    blocks = [
        {"selector": platform.root_selector, "media": None, "lines": _lines(rendering, rendering.tokens.values())}
    ]
    blocks += [
        {"selector": block.selector, "media": block.media, "lines": lines}
        for block in rendering.blocks()
        if (lines := _lines(rendering, block.tokens))
    ]
    yield OutputFile(platform.out, render("css/variables.css.j2", blocks=blocks))


def _lines(rendering: Rendering, tokens: Iterable[ResolvedToken]) -> list[str]:
    """Declarations with their comments, ready to print."""
    names = rendering.names
    reference: Reference | None = None
    if rendering.platform.references:
        references = {path: f"var(--{name})" for path, name in names.items()}
        reference = references.get
    lines = []
    for token in tokens:
        name = names[token.path]
        node = token.token.node
        if "$description" in node or token.deprecated:
            lines.append(f"/* {_comment(token)} */")
        alias = token.alias
        text = reference(alias) if reference is not None and alias is not None else None
        lines.append(f"--{name}: {text or text_of(token.type, token.value, token.written, reference)};")
        if token.type == "typography":
            for suffix, part in extra_parts(token, reference):
                target = names.get(alias) if alias is not None and reference is not None else None
                lines.append(f"--{name}-{suffix}: {f'var(--{target}-{suffix})' if target else part};")
    return lines


def _comment(token: ResolvedToken) -> str:
    deprecated = token.deprecated
    parts = [token.token.description or ""]
    if deprecated:
        parts.append(f"@deprecated {deprecated if isinstance(deprecated, str) else ''}".rstrip())
    return comment_text(" ".join(filter(None, parts)))
