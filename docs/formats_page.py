"""The page of all output formats, made from their registries."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

from translators.pipeline import default_file
from translators.registry import formats
from translators.style_dictionary.format import formats as borrowed

INTRODUCTION = """\
# Formats

What `--to` and `format =` in `dss.toml` take: the full name, or the short one. Every format writes descriptions and
`$deprecated` in its language's own way, and nothing that a token holds can end a string, a comment or a rule.

Every part of every type is written: composites as objects of the language or as types that come with the file. What a
language cannot hold (a colour beyond sRGB, a pattern of dashes, a font weight of 450) is told with the names of the
tokens (`DSS322`); a part that is no number where one is needed is told, too.

Contexts (modes): CSS has a block for each in one file; code formats have an object, an enum or a constant for each,
with what differs; Less has a mixin (`.theme-dark()`), Stylus a hash (`$theme-dark['surface-page']`). Asset catalogues
and Android resources have a dark variant for the context called *dark* (or the one that the option
`dark = "theme=dark"` names); other contexts are namespaces of the catalogue, and resource folders of their own
(`android-theme-sepia`, for a product flavour). SCSS, JSON and `dtcg/resolved` hold one choice of contexts and name
those they leave out; `--input` chooses other ones.

Options stand in `[platform.x] options`, e.g. `options = { package = "com.example.tokens" }`. Lengths in code are
numbers of pixels (points, dp): `base_font_size` says what 1 rem is, 16 by default. Those of CSS have
[a page of their own](css.md); what is not here, [a template or a plug-in](plugins.md) adds.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_ours(), *_borrowed()])


def _ours() -> Iterator[str]:
    names = formats.names()
    full = [name for name in names if "/" in name]
    yield "| format | short | writes | |\n| --- | --- | --- | --- |"
    for name in full:
        entry = formats.get(name)
        short = [other for other in names if other != name and formats.get(other) is entry]
        text = cleandoc(entry.__doc__ or "").split("\n\n")[0].replace("\n", " ").replace("``", "`").replace("|", "\\|")
        text = text.removeprefix(f"`{name}`: ")
        yield f"| `{name}` | {', '.join(f'`{other}`' for other in short)} | `{default_file(name)}` | {text} |"
    yield ""


def _borrowed() -> Iterator[str]:
    names = [name for name in borrowed.names() if formats.find(name) is None]
    yield "## Formats of Style Dictionary\n"
    yield "These work without a configuration, too; the transform group is chosen by the language"
    yield '(`options = { transformGroup = "…" }` names another):\n'
    yield ", ".join(f"`{name}`" for name in names) + ".\n"
