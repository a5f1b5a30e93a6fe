"""CSS custom properties: the defaults in ``:root``, then a block per context with what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dss_tokens.output import OutputFile
from dss_tokens.resolve.evaluation import ResolvedToken

from ..css_values import Reference, comment, extra_parts, text_of
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
    names, literal = rendering.names, rendering.literal
    keep = rendering.platform.references
    lines = []

    def reference(path: str) -> str | None:
        name = names.get(path)
        return f"var(--{name})" if name is not None else None

    for token in tokens:
        path, kind, value, written, alias, deprecated, authored = token
        if deprecated or "$description" in authored.node:
            lines.append(f"/* {comment(token)} */")
        if keep and alias is not None and alias in names:
            lines.append(f"--{names[path]}: var(--{names[alias]});")
        elif not keep or written is value:
            lines.append(f"--{names[path]}: {literal(kind, value)};")
        else:
            lines.append(f"--{names[path]}: {text_of(kind, value, written, reference)};")
        if kind == "typography":
            lines += _extras(token, names, reference if keep else None)
    return lines


def _extras(token: ResolvedToken, names: Mapping[str, str], reference: Reference | None) -> list[str]:
    """Declarations for what the shorthand cannot hold."""
    target = names.get(token.alias) if token.alias is not None and reference is not None else None
    return [
        f"--{names[token.path]}-{suffix}: {f'var(--{target}-{suffix})' if target else part};"
        for suffix, part in extra_parts(token, reference)
    ]
