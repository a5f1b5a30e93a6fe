"""Tailwind CSS 4: ``@theme`` variables in Tailwind's namespaces, so that utilities are made for the tokens.

Source: Tailwind CSS 4 documentation, "Theme variables".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dss_tokens.naming import collisions
from dss_tokens.output import OutputFile
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation

from ..code_text import comment_line, doc_lines
from ..css_values import extra_parts, text_of
from ..format_options import Known
from ..group_notes import GroupNotes
from ..referring import referring, stands_for
from ..registry import formats
from ..rendering import Rendering, all_tokens
from ..templating import render

OPTIONS: Known = {}

_BY_TYPE = {
    "color": "color",
    "fontFamily": "font",
    "fontWeight": "font-weight",
    "cubicBezier": "ease",
    "shadow": "shadow",
    "typography": "text",
}
_BY_WORDS = (
    ("radius", ("radius", "radii", "corner", "rounded")),
    ("breakpoint", ("breakpoint", "breakpoints", "screen")),
    ("container", ("container",)),
    ("tracking", ("tracking", "letter")),
    ("leading", ("leading", "line-height")),
    ("blur", ("blur",)),
    ("text", ("font-size", "text", "fontsize")),
)
_DIMENSION_DEFAULT = "spacing"
_SYNONYMS = {
    "color": ("color", "colors", "colour"),
    "font": ("font", "font-family", "family", "typography"),
    "font-weight": ("font-weight", "weight", "font"),
    "text": ("text", "font-size", "typography", "font", "type", "size"),
    "tracking": ("letter-spacing", "tracking", "typography"),
    "leading": ("line-height", "leading", "typography"),
    "spacing": ("spacing", "space"),
    "radius": ("radius", "border-radius", "corner", "radii"),
    "shadow": ("shadow", "shadows", "elevation"),
    "ease": ("ease", "easing", "motion"),
    "breakpoint": ("breakpoint", "breakpoints"),
    "container": ("container",),
    "blur": ("blur",),
}


@formats.register("tailwind/theme", "tailwind")
def theme(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``tailwind/theme``: to be imported after ``tailwindcss``; contexts override the variables in the base layer."""
    tokens, known = rendering.tokens, all_tokens(rendering.permutations)
    spaces = {path: _namespace(token, rendering.names[path]) for path, token in known.items()}
    names = {path: _name(spaces[path], rendering.names[path]) for path in known}
    rendering.diagnostics += collisions(names, lambda path: known[path].token)
    themed = [token for path, token in tokens.items() if spaces[path]]
    others = [token for path, token in tokens.items() if not spaces[path]]
    sheet = _Sheet(rendering, names)
    base = rendering.permutations.base
    lines = {"theme": list(sheet.lines(themed, base)), "others": list(sheet.lines(others, base))}
    blocks = [
        {"selector": block.selector, "media": block.media, "lines": list(sheet.lines(block.tokens, block.permutation))}
        for block in rendering.blocks(sheet.declaration)
    ]
    yield OutputFile(rendering.platform.out, render("css/tailwind.css.j2", blocks=blocks, **lines))


def _namespace(token: ResolvedToken, name: str) -> str:
    """Tailwind's namespace for a token; empty where it has none."""
    if token.type in _BY_TYPE:
        return _BY_TYPE[token.type]
    for space, words in _BY_WORDS:
        fits = token.type == "dimension" or (token.type == "number" and space == "leading")
        if fits and any(f"-{word}-" in f"-{name}-" for word in words):
            return space
    return _DIMENSION_DEFAULT if token.type == "dimension" else ""


def _name(space: str, name: str) -> str:
    """``color-brand-500`` for the token ``color.brand.500``, without saying the namespace twice."""
    if not space:
        return name
    rest = name
    for word in _SYNONYMS[space]:
        if rest == word:
            return f"{space}-base"
        if rest.startswith(f"{word}-"):
            rest = rest[len(word) + 1 :]
            break
    return f"{space}-{rest}"


class _Sheet:
    """How a token is declared in a permutation."""

    def __init__(self, rendering: Rendering, names: Mapping[str, str]) -> None:
        self.rendering = rendering
        self.names = names
        self.groups = GroupNotes(rendering.permutations, lambda text: comment_line(text, "/*"))
        self.known = names if rendering.platform.references else {}

    def lines(self, tokens: Iterable[ResolvedToken], permutation: Permutation) -> Iterator[str]:
        """Declarations with their comments."""
        for token in tokens:
            if token.path in self.names:
                yield from (*self.groups.before(token), *doc_lines(token, "/*"))
                yield from self.declaration(token, permutation).split("\n")

    def declaration(self, token: ResolvedToken, permutation: Permutation) -> str:
        """All declarations of one token, a line each."""
        name = self.names.get(token.path, "")
        if token.type == "typography" and isinstance(token.value, dict):
            return "\n".join(_text_parts(self.rendering, token, name))
        alias = token.alias
        if alias is not None and alias in self.known and stands_for(permutation.tokens[alias], token.type, token.value):
            value = f"var(--{self.known[alias]})"
        else:
            reference = referring(permutation.tokens, self.known, ("var(--", ")")) if self.known else None
            value = text_of(token.type, token.value, token.written, reference, self.rendering.simple)
        return f"--{name}: {value};"


def _text_parts(rendering: Rendering, token: ResolvedToken, name: str) -> Iterator[str]:
    """A typography token as ``--text-x`` with the defaults that Tailwind's ``text-x`` utility sets.

    It does not set the family and the style, which are variables of their own.
    """
    value = token.value
    parts = (
        ("fontSize", "dimension", ""),
        ("lineHeight", "number", "--line-height"),
        ("fontWeight", "fontWeight", "--font-weight"),
        ("fontFamily", "fontFamily", "--font-family"),
        ("fontStyle", "string", "--font-style"),
    )
    for part, kind, suffix in parts:
        if part in value:
            yield f"--{name}{suffix}: {rendering.literal(kind, value[part])};"
    for _, text in extra_parts(token, None, rendering.simple):
        yield f"--{name}--letter-spacing: {text};"
