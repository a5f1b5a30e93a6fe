"""SCSS variables. Aliases stay variables, so that a consumer overrides the target once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dss_tokens.output import OutputFile
from dss_tokens.resolve.evaluation import ResolvedToken

from ..css_values import Reference, comment, extra_parts, text_of
from ..registry import formats
from ..rendering import Rendering
from ..templating import render


@formats.register("scss/variables", "scss")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``scss/variables``: the default contexts; each variable is defined before it is used."""
    tokens = rendering.tokens
    names = _identifiers(rendering.names)
    keep = rendering.platform.references
    order = defined_first(tokens, rendering.permutations.base.uses) if keep else tokens
    simple = rendering.literal
    lines: list[str] = []

    def reference(path: str) -> str | None:
        return f"${names[path]}" if path in tokens else None

    def inside(path: str) -> str | None:
        """Interpolated: in a font shorthand a variable before ``/`` would be divided."""
        return f"#{{${names[path]}}}" if path in tokens else None

    for path in order:
        token = tokens[path]
        _, kind, value, written, alias, deprecated, authored = token
        if deprecated or "$description" in authored.node:
            lines.append(f"// {comment(token)}")
        if keep and alias is not None and alias in tokens:
            lines.append(f"${names[path]}: ${names[alias]};")
        elif not keep or written is value:
            lines.append(f"${names[path]}: {simple(kind, value)};")
        else:
            known = inside if kind == "typography" else reference
            lines.append(f"${names[path]}: {text_of(kind, value, written, known)};")
        if kind == "typography":
            lines += _extras(token, names, inside if keep else None)
    yield OutputFile(rendering.platform.out, render("scss/variables.scss.j2", lines=lines))


def _extras(token: ResolvedToken, names: Mapping[str, str], known: Reference | None) -> list[str]:
    """Variables for what the shorthand cannot hold."""
    target = names.get(token.alias) if token.alias is not None and known is not None else None
    return [
        f"${names[token.path]}-{suffix}: {f'${target}-{suffix}' if target else part};"
        for suffix, part in extra_parts(token, known)
    ]


def _identifiers(names: Mapping[str, str]) -> Mapping[str, str]:
    """Sass identifiers: none begins with a digit."""
    if not any(name[:1].isdigit() for name in names.values()):
        return names
    return {path: f"_{name}" if name[:1].isdigit() else name for path, name in names.items()}


def defined_first(paths: Iterable[str], uses: Mapping[str, tuple[str, ...]]) -> list[str]:
    """*paths* such that each comes after those it uses, otherwise in the order given."""
    known = dict.fromkeys(paths)
    ordered: dict[str, None] = {}
    for first in known:
        if first in ordered:
            continue
        for used in uses.get(first, ()):
            if used not in ordered and used in known:
                break
        else:  # nothing to wait for: nearly always
            ordered[first] = None
            continue
        stack = [first]
        while stack:
            path = stack[-1]
            waiting = [used for used in uses.get(path, ()) if used not in ordered and used in known]
            if waiting:
                stack += reversed(waiting)
            else:
                ordered[path] = None
                stack.pop()
    return list(ordered)
