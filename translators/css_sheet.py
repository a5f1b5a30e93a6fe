"""How tokens are declared as CSS custom properties; shared by the formats of CSS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation

from .composite_parts import has_parts, part_texts, shorthand
from .css_text import comment_text, identifier
from .css_values import Reference, Writers, comment, extra_parts, literal, text_of
from .effects import Effects
from .group_notes import GroupNotes, noted
from .literals import Literals
from .referring import referring, stands_for
from .rendering import Rendering
from .rows import END, LENGTH, LENGTH_END, NOTE, NOTE_END, OWN, REFERENCE, Rows, spelled

_MARKS = {
    OWN: "--", REFERENCE: "var(--", END: ")", LENGTH: "var(--", LENGTH_END: ")", NOTE: "/* ", NOTE_END: " */\n",
}  # fmt: skip

Declare = Callable[[ResolvedToken], str]
"""All declarations of a token, a line each."""


class Sheet:
    """What all blocks of a stylesheet share: names, and how a token is declared in a permutation."""

    def __init__(self, rendering: Rendering, change: Callable[[Writers], Writers] | None = None) -> None:
        """*change* gives other writers for those of the platform."""
        self.rendering = rendering
        self.change = change
        self.names = identifiers(rendering.names)
        self.keep = bool(rendering.platform.references)
        self.is_plain = rendering.shape is None and change is None
        known = rendering.known_names
        self.shown = self.names if known is rendering.names else identifiers(known)
        """Path -> name of each token that may be referred to."""

        self.known: dict[int, Declare] = {}

    def default_text(self) -> str:
        """The declarations of the default permutation, a line each."""
        base = self.rendering.permutations.base
        tokens = base.tokens.values()
        if self.is_plain:
            lines = self._lines(self.rendering.rows(self.names), self.declarer(base))
        else:
            lines = [_noted(self.declarer(base), token) for token in tokens]
        notes = GroupNotes(self.rendering.permutations._replace(others=()), lambda text: f"/* {comment_text(text)} */")
        return spelled("\n".join(noted(lines, tokens, notes)), _MARKS)

    def text(self, tokens: Iterable[ResolvedToken], permutation: Permutation) -> str:
        """Declarations with their comments, a line each."""
        declare = self.declarer(permutation)
        if not self.is_plain:
            return "\n".join([_noted(declare, token) for token in tokens])
        return spelled("\n".join(self._lines(self.rendering.rows(self.names, tokens, permutation), declare)), _MARKS)

    def _lines(self, rows: Rows, declare: Declare) -> list[str]:
        lines = rows.lines.copy()
        for place in rows.own:
            lines[place] = _noted(declare, rows.tokens[place])
        return cast("list[str]", lines)

    def beyond(self, other: Sheet, tokens: Iterable[ResolvedToken], permutation: Permutation) -> list[str]:
        """The declarations that differ from those of another sheet."""
        mine, theirs = self.declarer(permutation), other.declarer(permutation)
        return [line for token in tokens if (line := mine(token)) != theirs(token)]

    def declaration(self, token: ResolvedToken, permutation: Permutation) -> str:
        """All declarations of one token, a line each."""
        return self.declarer(permutation)(token)

    def declarer(self, permutation: Permutation) -> Declare:
        """What writes the declarations of *permutation*'s tokens."""
        found = self.known.get(id(permutation.tokens))
        if found is None:
            tokens = self.rendering.every(permutation)
            make = self._plain if self.rendering.shape is None else self._ruled
            found = self.known[id(permutation.tokens)] = make(tokens)
        return found

    def _plain(self, tokens: Mapping[str, ResolvedToken]) -> Declare:
        """Without rules: the same for every token."""
        names = self.names
        write = self.rendering.literal if self.change is None else Literals(self.writers(None)).text
        shown = self.shown if self.keep else {}
        reference = referring(tokens, shown, ("var(--", ")")) if self.keep else None
        simple = self.writers(None)

        def declare(token: ResolvedToken) -> str:
            path, kind, value, written, alias, *_ = token
            if alias is not None and alias in shown and stands_for(tokens[alias], kind, value):
                text = f"var(--{shown[alias]})"
            elif reference is None or written is value:
                text = write(kind, value)
            else:
                text = text_of(kind, value, written, reference, simple)
            line = f"--{names[path]}: {text};"
            return self._with_extras(line, token, reference, simple) if kind == "typography" else line

        return declare

    def _ruled(self, tokens: Mapping[str, ResolvedToken]) -> Declare:
        """Each token as the rules of the platform want it."""
        names, shown = self.names, self.shown
        kept = {
            False: None,
            True: referring(tokens, {path: shown[path] for path in names if path in shown}, ("var(--", ")")),
            "all": referring(tokens, shown, ("var(--", ")")),
        }
        usual = self.rendering.platform.references

        def declare(token: ResolvedToken) -> str:
            path, kind, value, written, alias, *_ = token
            effects = self.rendering.effects(token)
            simple = self.writers(effects)
            reference = kept[usual if effects.references is None else effects.references]
            if effects.parts in ("only", "both") and has_parts(token):
                return self._in_parts(token, tokens, reference, simple, both=effects.parts == "both")
            target = reference(alias, kind, value) if reference is not None and alias is not None else None
            if target is not None:
                text = target
            elif reference is None or written is value:
                text = self.rendering.text(token) if self.change is None else literal(kind, value, simple)
            else:
                text = text_of(kind, value, written, reference, simple)
            line = f"--{names[path]}: {text};"
            return self._with_extras(line, token, reference, simple) if kind == "typography" else line

        return declare

    def _in_parts(
        self, token: ResolvedToken, tokens: Mapping[str, ResolvedToken], reference: Reference | None, simple: Writers,
        *, both: bool,
    ) -> str:  # fmt: skip
        """A composite as its parts, an alias as references to the target's parts."""
        lines = []
        target = tokens.get(token.alias) if token.alias in self.shown and token.alias is not None else None
        for name, text in part_texts(token, tokens, reference, simple).items():
            if target is not None and reference is not None and has_parts(target):
                text = f"var(--{self.part_name(target, name)})"
            own = self.rendering.claim(self.rendering.part_name(token, name), token)
            lines.append(f"--{identifier(own)}: {text};")
        if both:
            refer = lambda name: f"var(--{self.part_name(token, name)})"  # noqa: E731
            text = shorthand(token, refer, simple) if reference is not None else literal(*token[1:3], simple)
            lines.append(f"--{self.names[token.path]}: {text};")
        return "\n".join(lines)

    def writers(self, effects: Effects | None) -> Writers:
        """What writes simple values, for the whole platform or for what rules say of a token."""
        simple = self.rendering.simple if effects is None else effects.writers()
        return simple if self.change is None else self.change(simple)

    def part_name(self, token: ResolvedToken, part: str) -> str:
        """The name of a composite's part."""
        return identifier(self.rendering.part_name(token, part))

    def _with_extras(self, line: str, token: ResolvedToken, reference: Reference | None, simple: Writers) -> str:
        """*line* with further ones for what the shorthand cannot hold."""
        target = self.names.get(token.alias) if token.alias is not None and reference is not None else None
        lines = [line]
        for suffix, part in extra_parts(token, reference, simple):
            self.rendering.claim(f"{self.rendering.names[token.path]}-{suffix}", token)
            lines.append(f"--{self.names[token.path]}-{suffix}: {f'var(--{target}-{suffix})' if target else part};")
        return "\n".join(lines)


def _noted(declare: Declare, token: ResolvedToken) -> str:
    note = comment(token)
    return f"/* {note} */\n{declare(token)}" if note else declare(token)


def identifiers(names: Mapping[str, str]) -> Mapping[str, str]:
    """The names as CSS writes them."""
    if all(map(str.isascii, names.values())):
        return names
    return {path: identifier(name) for path, name in names.items()}
