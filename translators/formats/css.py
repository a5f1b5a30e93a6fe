"""CSS custom properties: the defaults in ``:root``, then a block per context with what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from dss_tokens.output import OutputFile
from dss_tokens.resolve.evaluation import ResolvedToken
from dss_tokens.resolve.permutations import Permutation

from ..css_text import identifier, sheet_text
from ..css_values import comment, extra_parts, text_of
from ..registry import formats
from ..rendering import Rendering, referring, stands_for


@formats.register("css/variables", "css")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``css/variables``: aliases stay ``var(--…)`` unless the platform wants literals."""
    platform = rendering.platform
    sheet = _Sheet(rendering)
    blocks: list[tuple[str, str | None, list[str]]] = []
    if lines := sheet.lines(rendering.tokens.values(), rendering.permutations.base):
        blocks.append((platform.root_selector, None, lines))
    if rendering.permutations.others:
        for block in rendering.blocks(sheet.declaration):
            if lines := sheet.lines(block.tokens, block.permutation):
                blocks.append((block.selector, block.media, lines))
    yield OutputFile(platform.out, sheet_text(blocks))


class _Sheet:
    """What all blocks of a stylesheet share: names, and how a token is declared in a permutation."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.names = _identifiers(rendering.names)
        self.keep = rendering.platform.references
        self.texts = {path: f"var(--{name})" for path, name in self.names.items()} if self.keep else {}
        self.known: dict[int, Callable[[ResolvedToken], str]] = {}

    def lines(self, tokens: Iterable[ResolvedToken], permutation: Permutation) -> list[str]:
        """Declarations with their comments, ready to print."""
        declare = self.declarer(permutation)
        lines: list[str] = []
        for token in tokens:
            if (token.deprecated or "$description" in token.token.node) and (note := comment(token)):
                lines.append(f"/* {note} */")
            if token.type == "typography":
                lines += declare(token).split("\n")
            else:
                lines.append(declare(token))
        return lines

    def declaration(self, token: ResolvedToken, permutation: Permutation) -> str:
        """All declarations of one token, a line each."""
        return self.declarer(permutation)(token)

    def declarer(self, permutation: Permutation) -> Callable[[ResolvedToken], str]:
        """What writes the declarations of *permutation*'s tokens."""
        found = self.known.get(id(permutation.tokens))
        if found is None:
            found = self.known[id(permutation.tokens)] = self._declarer(permutation.tokens)
        return found

    def _declarer(self, tokens: Mapping[str, ResolvedToken]) -> Callable[[ResolvedToken], str]:
        names, texts, literal = self.names, self.texts, self.rendering.literal
        reference = referring(tokens, texts) if self.keep else None

        def declare(token: ResolvedToken) -> str:
            path, kind, value, written, alias, _, _ = token
            if alias is not None and alias in texts and stands_for(tokens[alias], kind, value):
                text = texts[alias]
            elif reference is None or written is value:
                text = literal(kind, value)
            else:
                text = text_of(kind, value, written, reference)
            line = f"--{names[path]}: {text};"
            return self.with_extras(line, token, tokens) if kind == "typography" else line

        return declare

    def with_extras(self, line: str, token: ResolvedToken, tokens: Mapping[str, ResolvedToken]) -> str:
        """*line* with further ones for what the shorthand cannot hold."""
        reference = referring(tokens, self.texts) if self.keep else None
        target = self.names.get(token.alias) if token.alias is not None and self.keep else None
        lines = [line]
        for suffix, part in extra_parts(token, reference):
            self.rendering.claim(f"{self.rendering.names[token.path]}-{suffix}", token)
            lines.append(f"--{self.names[token.path]}-{suffix}: {f'var(--{target}-{suffix})' if target else part};")
        return "\n".join(lines)


def _identifiers(names: Mapping[str, str]) -> Mapping[str, str]:
    """The names as CSS writes them."""
    if all(map(str.isascii, names.values())):
        return names
    return {path: identifier(name) for path, name in names.items()}
