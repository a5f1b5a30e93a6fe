"""``scss/*``."""

from __future__ import annotations

from typing import Any

from ..comments import with_comment
from ..dictionary import is_token
from ..ecmascript.values import text
from ..file_header import file_header
from ..format import Output, formats
from ..icons import icons_with_prefix
from ..rendering import value_text
from ..variables import formatted_variables


@formats.register("scss/variables")
def variables(output: Output) -> str:
    """Variables; ``!default`` where the token or the option ``themeable`` says so."""
    content = formatted_variables(output, "sass", themeable=output.flag("themeable"))
    return f"{file_header(output, 'short')}{content}\n"


@formats.register("scss/map-flat")
def map_flat(output: Output) -> str:
    """One map from names to values (option ``mapName``)."""
    given = output.formatting
    formatting = {
        **given,
        "indentation": _or(given.get("indentation"), "  "),
        "commentStyle": _or(given.get("commentStyle"), "short"),
        "commentPosition": _or(given.get("commentPosition"), "above"),
    }
    indentation = text(formatting["indentation"])
    last = len(output.dictionary.tokens) - 1
    lines = [
        with_comment(
            f"{indentation}'{token['name']}': {output.text(token)}{',' if at < last else ''}",
            token.get("comment"),
            formatting,
        )
        for at, token in enumerate(output.dictionary.tokens)
    ]
    header = file_header(output, "long")
    content = "\n".join(lines)
    return f"\n{header}${output.option('mapName', 'tokens')}: (\n{content}\n);"


@formats.register("scss/map-deep")
def map_deep(output: Output) -> str:
    """Variables, and a map of maps that refers to them (option ``mapName``)."""
    content = formatted_variables(output, "sass", themeable=output.flag("themeable", default=True))
    step = text(_or(output.formatting.get("indentation"), "  "))
    tree = _map(output.dictionary.tree, output.dictionary.value_key, step, 0)
    name = output.option("mapName", "tokens")
    return f"\n{file_header(output, 'long')}{content}\n\n${name}: {tree};\n"


def _map(node: Any, value_key: str, step: str, depth: int) -> str:
    if node is None:
        return "''"
    if not isinstance(node, dict):
        return f"'{value_text(node)}'"
    if is_token(node, value_key) and "name" in node:  # at the root, a group may be called value
        return f"${node['name']}"
    entries = ",\n".join(
        f"{step * (depth + 1)}'{name}': {_map(below, value_key, step, depth + 1)}" for name, below in node.items()
    )
    return f"(\n{entries}\n{step * depth})"


def _or(value: Any, default: str) -> Any:
    return default if value is None else value


@formats.register("scss/icons")
def icons(output: Output) -> str:
    """Variables and a class for each icon of an icon font."""
    return file_header(output, "short") + icons_with_prefix(output, "$")
