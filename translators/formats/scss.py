"""SCSS variables. Aliases stay variables, so that a consumer overrides the target once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, cast

from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken

from ..composite_parts import has_parts, part_texts, shorthand
from ..css_text import GENERATED, sass
from ..css_values import Reference, Writers, comment, extra_parts, text_of
from ..effects import Effects
from ..format_options import Known
from ..group_notes import GroupNotes, noted
from ..ordering import places_defined_first
from ..referring import referring, stands_for
from ..registry import formats
from ..rendering import Rendering
from ..rows import END, LENGTH, LENGTH_END, NOTE, NOTE_END, OWN, REFERENCE, spelled

OPTIONS: Known = {}

_MARKS = {OWN: "$", REFERENCE: "$", END: "", LENGTH: "#{$", LENGTH_END: "}", NOTE: "// ", NOTE_END: "\n"}


@formats.register("scss/variables", "scss")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``scss/variables``: the default contexts; each variable is defined before it is used."""
    text = spelled("\n".join(_Sheet(rendering).lines()), _MARKS)
    yield OutputFile(rendering.platform.out, f"// {GENERATED}\n\n{text}\n" if text else f"// {GENERATED}\n\n")


class _Sheet:
    """How the tokens of one file are written."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.names = _identifiers(rendering.names)
        self.tokens = rendering.tokens
        self.kept = referring(self.tokens, self.names, ("$", ""))
        self.simple = sass_writers(rendering.platform.effects)
        self.references = rendering.platform.references

    def lines(self) -> list[str]:
        """All variables with their comments, each after those it uses."""
        lines = self._plain_lines() if self.rendering.shape is None else self._ruled_lines()
        lines = noted(
            lines, self.tokens.values(), GroupNotes(self.rendering.permutations._replace(others=()), "// {}".format)
        )
        base = self.rendering.permutations.base
        as_written = self.rendering.shape is None and self.rendering.platform.sort == "source"
        order = places_defined_first(self.tokens, base.uses, base.late if as_written else None)
        return lines if order is None else list(map(lines.__getitem__, order))

    def _plain_lines(self) -> list[str]:
        rows = self.rendering.rows(self.names)
        lines = rows.lines.copy()
        for place in rows.own:
            lines[place] = self.noted(rows.tokens[place])
        return cast("list[str]", lines)

    def _ruled_lines(self) -> list[str]:
        return [self.noted(token) for token in self.tokens.values()]

    def noted(self, token: ResolvedToken) -> str:
        """The variables of one token after its comment."""
        note = comment(token)
        return "\n".join([*([f"// {note}"] if note else []), *self.declarations(token)])

    def declarations(self, token: ResolvedToken) -> list[str]:
        """The variables of one token."""
        path, kind, value, written, alias, *_ = token
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
            text = f"${self.names[target.path]}"
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
    if not any(map(str.isdigit, set(map(itemgetter(slice(1)), names.values())))):
        return names
    return {path: _identifier(name) for path, name in names.items()}
