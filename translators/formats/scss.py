"""SCSS variables. Aliases stay variables, so that a consumer overrides the target once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dss_tokens.output import OutputFile

from ..css_text import GENERATED, sass
from ..css_values import PLAIN, Reference, Writers, comment, extra_parts, text_of
from ..ordering import defined_first
from ..registry import formats
from ..rendering import Rendering, referring, stands_for


def _plain(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: sass(write(value)) if type(value) is str else write(value)


SASS: Writers = {kind: _plain(write) for kind, write in PLAIN.items()}
"""Like :data:`.css_values.PLAIN`; a value kept as written stays so, whatever Sass would make of it."""


@formats.register("scss/variables", "scss")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``scss/variables``: the default contexts; each variable is defined before it is used."""
    tokens = rendering.tokens
    names = _identifiers(rendering.names)
    keep = rendering.platform.references
    order = defined_first(tokens, rendering.permutations.base.uses) if keep else tokens
    literal = rendering.literal
    texts = {path: f"${names[path]}" for path in tokens} if keep else {}
    reference = referring(tokens, texts) if keep else None
    inside = _undivided(reference) if reference is not None else None
    lines: list[str] = []
    for path in order:
        token = tokens[path]
        _, kind, value, written, alias, deprecated, authored = token
        if (deprecated or "$description" in authored.node) and (note := comment(token)):
            lines.append(f"// {note}")
        if alias is not None and alias in texts and stands_for(tokens[alias], kind, value):
            text = texts[alias]
        elif reference is None or written is value:
            text = literal(kind, value)
            if type(value) is str:
                text = sass(text)
        else:
            text = text_of(kind, value, written, inside if kind == "typography" else reference, SASS)
        lines.append(f"${names[path]}: {text};")
        if kind == "typography":
            for suffix, part in extra_parts(token, reference, SASS):
                rendering.claim(f"{rendering.names[path]}-{suffix}", token)
                target = names.get(alias) if alias is not None and keep else None
                lines.append(f"${names[path]}-{suffix}: {f'${target}-{suffix}' if target else part};")
    yield OutputFile(rendering.platform.out, f"// {GENERATED}\n\n" + "".join(f"{line}\n" for line in lines))


def _undivided(reference: Reference) -> Reference:
    """In a font shorthand Sass would divide a size by the line height; interpolated, it does not."""

    def inside(path: str, kind: str, value: Any) -> str | None:
        text = reference(path, kind, value)
        return f"#{{{text}}}" if text is not None and kind in ("dimension", "number") else text

    return inside


def _identifiers(names: Mapping[str, str]) -> Mapping[str, str]:
    """Sass identifiers: none begins with a digit."""
    if not any(name[:1].isdigit() for name in names.values()):
        return names
    return {path: f"_{name}" if name[:1].isdigit() else name for path, name in names.items()}
