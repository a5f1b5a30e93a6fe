"""SCSS variables. Aliases stay variables, so that a consumer overrides the target once."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..css_values import comment_text, extra_parts, text_of
from ..registry import formats
from ..rendering import Rendering
from ..templating import render


@formats.register("scss/variables", "scss")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``scss/variables``: the default contexts; each variable is defined before it is used."""
    names = {path: _identifier(name) for path, name in rendering.names.items()}
    tokens = rendering.tokens
    keep = rendering.platform.references
    lines: dict[str, str] = {}
    uses: dict[str, list[str]] = {}
    used: list[str] = []

    def reference(path: str) -> str | None:
        if path not in tokens:
            return None
        used.append(path)
        return f"${names[path]}"

    def inside(path: str) -> str | None:
        """Interpolated: in a font shorthand a variable before ``/`` would be divided."""
        found = reference(path)
        return f"#{{{found}}}" if found else None

    for path, token in tokens.items():
        name = names[path]
        known = (inside if token.type == "typography" else reference) if keep else None
        text = reference(token.alias) if keep and token.alias is not None else None
        text = text or text_of(token.type, token.value, token.written, known)
        line = f"${name}: {text};"
        for suffix, part in extra_parts(token, known):
            target = names.get(token.alias) if token.alias is not None and keep else None
            line += f"\n${name}-{suffix}: {f'${target}-{suffix}' if target else part};"
        deprecated = token.deprecated
        if "$description" in token.token.node or deprecated:
            mark = f" @deprecated {deprecated if isinstance(deprecated, str) else ''}".rstrip() if deprecated else ""
            line = f"// {comment_text((token.token.description or '') + mark)}\n{line}"
        lines[path] = line
        if used:
            uses[path] = used.copy()
            used.clear()
    ordered = [lines[path] for path in defined_first(list(lines), uses)]
    yield OutputFile(rendering.platform.out, render("scss/variables.scss.j2", lines=ordered))


def _identifier(name: str) -> str:
    """A Sass identifier: none begins with a digit."""
    return f"_{name}" if name[:1].isdigit() else name


def defined_first(paths: list[str], uses: dict[str, list[str]]) -> list[str]:
    """*paths* such that each comes after those it uses, otherwise in the order given."""
    ordered: dict[str, None] = {}
    for first in paths:
        if first in ordered:
            continue
        stack = [first]
        while stack:
            path = stack[-1]
            waiting = [used for used in uses.get(path, ()) if used not in ordered]
            if waiting:
                stack.extend(reversed(waiting))
            else:
                ordered[path] = None
                stack.pop()
    return list(ordered)
