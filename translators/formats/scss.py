"""SCSS variables. Aliases stay variables, so that a consumer overrides the target once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from dss_tokens.output import OutputFile
from dss_tokens.resolve.evaluation import ResolvedToken

from ..composite_parts import has_parts, part_texts, shorthand
from ..css_text import GENERATED, sass
from ..css_values import Reference, Writers, comment, extra_parts, text_of
from ..effects import Effects
from ..ordering import defined_first
from ..registry import formats
from ..rendering import Rendering, referring, stands_for


@formats.register("scss/variables", "scss")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``scss/variables``: the default contexts; each variable is defined before it is used."""
    lines = _Sheet(rendering).lines()
    yield OutputFile(rendering.platform.out, "\n".join([f"// {GENERATED}", "", *lines, ""]))


class _Sheet:
    """How the tokens of one file are written."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.names = _identifiers(rendering.names)
        self.tokens = rendering.tokens
        names = self.names
        self.texts = {path: f"${names[path]}" for path in self.tokens}
        self.kept = referring(self.tokens, self.texts)
        self.simple = sass_writers(rendering.platform.effects)
        self.references = rendering.platform.references

    def lines(self) -> list[str]:
        """All variables with their comments, ready to print."""
        tokens, names, keep, rendering = self.tokens, self.names, self.references, self.rendering
        known, plain = rendering.literals.texts.get, rendering.shape is None
        lines: list[str] = []
        add = lines.append
        for path in defined_first(tokens, rendering.permutations.base.uses):
            token = tokens[path]
            _, kind, value, written, alias, deprecated, authored = token
            if (deprecated or "$description" in authored[2]) and (note := comment(token)):
                add(f"// {note}")
            if plain and kind != "typography":
                # What nearly every token needs, without a call: as declarations() would do it.
                if alias is not None and keep:
                    target = tokens.get(alias)
                    if target is not None and target[2] is value and target[1] == kind:
                        add(f"${names[path]}: ${names[alias]};")
                        continue
                elif (written is value or not keep) and type(value) is not str:
                    add(f"${names[path]}: {known(id(value)) or self.literal(token)};")
                    continue
            lines += self.declarations(token)
        return lines

    def declarations(self, token: ResolvedToken) -> list[str]:
        """The variables of one token."""
        path, kind, value, written, alias, _, _ = token
        simple, keep, parts = self.simple, self.references, None
        if self.rendering.shape is not None:
            effects = self.rendering.effects(token)
            simple, parts = sass_writers(effects), effects.parts
            keep = keep if effects.references is None else effects.references
        reference = self.kept if keep else None
        target = self.tokens.get(alias) if keep and alias is not None else None
        if parts in ("only", "both") and has_parts(token):
            return self.in_parts(token, target, reference, simple, both=parts == "both")
        if target is not None and stands_for(target, kind, value):
            text = self.texts[target.path]
        elif reference is None or written is value:
            text = self.literal(token)
        else:
            text = text_of(kind, value, written, _undivided(reference) if kind == "typography" else reference, simple)
        lines = [f"${self.names[path]}: {text};"]
        if kind == "typography":
            for suffix, part in extra_parts(token, reference, simple):
                self.rendering.claim(f"{self.rendering.names[path]}-{suffix}", token)
                known = f"${self.names[target.path]}-{suffix}" if target is not None else part
                lines.append(f"${self.names[path]}-{suffix}: {known};")
        return lines

    def literal(self, token: ResolvedToken) -> str:
        """The value without references."""
        text = self.rendering.text(token)
        return sass(text) if type(token.value) is str else text

    def in_parts(
        self, token: ResolvedToken, target: ResolvedToken | None, reference: Reference | None, simple: Writers,
        *, both: bool,
    ) -> list[str]:  # fmt: skip
        """A composite as its parts, an alias as references to the target's parts."""
        lines = []
        for name, text in part_texts(token, self.tokens, reference, simple).items():
            own = self.rendering.claim(self.rendering.part_name(token, name), token)
            if target is not None and has_parts(target):
                text = f"${_identifier(self.rendering.part_name(target, name))}"
            lines.append(f"${_identifier(own)}: {text if text.strip() else 'null'};")
        if both:
            text = shorthand(token, self._refer(token), simple) if reference is not None else self.literal(token)
            lines.append(f"${self.names[token.path]}: {text};")
        return lines

    def _refer(self, token: ResolvedToken) -> Callable[[str], str]:
        def refer(part: str) -> str:
            text = f"${_identifier(self.rendering.part_name(token, part))}"
            return f"#{{{text}}}" if part in ("fontSize", "lineHeight") else text

        return refer


@cache
def sass_writers(effects: Effects) -> Writers:
    """What writes simple values; one kept as written stays so, whatever Sass would make of it."""
    plain = effects.writers()
    return plain.but(**{kind: _kept(write) for kind, write in plain.items()})


def _kept(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: sass(write(value)) if type(value) is str else write(value)


def _undivided(reference: Reference) -> Reference:
    """In a font shorthand Sass would divide a size by the line height; interpolated, it does not."""

    def inside(path: str, kind: str, value: Any) -> str | None:
        text = reference(path, kind, value)
        return f"#{{{text}}}" if text is not None and kind in ("dimension", "number") else text

    return inside


def _identifier(name: str) -> str:
    """A Sass identifier: none begins with a digit."""
    return f"_{name}" if name[:1].isdigit() else name


def _identifiers(names: Mapping[str, str]) -> Mapping[str, str]:
    if not any(name[:1].isdigit() for name in names.values()):
        return names
    return {path: _identifier(name) for path, name in names.items()}
