"""``css/*``."""

from __future__ import annotations

from typing import Any

from dss_tokens.diagnostics import Diagnostic

from ..ecmascript.values import text, truthy
from ..file_header import file_header
from ..format import FormatError, Output, formats
from ..rendering import value_text
from ..variables import formatted_variables


@formats.register("css/variables")
def variables(output: Output) -> str:
    """Custom properties in a rule, or in rules nested in one another (option ``selector``)."""
    selector = output.options.get("selector")
    selectors = selector if isinstance(selector, list) else [selector if truthy(selector) else ":root"]
    step = output.formatting.get("indentation")
    indentation = text(step) if truthy(step) else "  "
    content = formatted_variables(
        output,
        "css",
        formatting={**output.formatting, "indentation": indentation * len(selectors)},
        fallbacks=output.flag("outputReferenceFallbacks"),
    )
    for depth, name in reversed(list(enumerate(selectors))):
        outer = indentation * depth
        content = f"{outer}{value_text(name)} {{\n{content}\n{outer}}}"
    return file_header(output) + content + "\n"


_SOURCES = (
    ("eot", "?#iefix", "embedded-opentype"),
    ("otf", "", "otf"),
    ("ttf", "", "truetype"),
    ("svg", None, "svg"),
    ("woff", "", "woff"),
    ("woff2", "", "woff2"),
)


@formats.register("css/fonts.css")
def fonts(output: Output) -> str:
    """A ``@font-face`` rule for each token group below ``asset.font``."""
    fonts = output.dictionary.tree.get("asset", {}).get("font", {})
    return ",".join(_font_face(output, *entry) for entry in fonts.items())


def _font_face(output: Output, group: str, font: dict[str, Any]) -> str:
    if not isinstance(font.get("name"), dict):
        path = f"asset.font.{group}"
        message = f"{output.destination}: the font {path} has no name"
        raise FormatError(Diagnostic(code="DSS369", message=message, hint=f"add a token {path}.name", path=path))

    def member(name: str) -> str:
        token = font.get(name)
        value = token.get("value", token.get("$value")) if isinstance(token, dict) else None
        return "" if value is None else value_text(value)

    sources = []
    for kind, suffix, label in _SOURCES:
        if not (file := member(kind)):
            continue
        if suffix is None:
            suffix = "#" + member("name").replace(" ", "%20")
        before = f"url('../{file}');\n\tsrc: " if kind == "eot" else ""
        sources.append(f"{before}url('../{file}{suffix}') format('{label}')")
    style, weight = member("style"), member("weight")
    joined = ",\n\t\t".join(sources)
    return (
        f'@font-face {{\n  font-family: "{member("name")}";\n  src: {joined};\n'
        + (f"  font-style: {style};\n" if style else "")
        + (f"  font-weight: {weight};\n" if weight else "")
        + "}"
    )
