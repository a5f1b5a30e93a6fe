"""``typescript/*``: declarations, laid out as Prettier lays them out."""

from __future__ import annotations

from typing import Any

from ..dictionary import is_token
from ..ecmascript.literals import is_binding, property_key
from ..ecmascript.types import NoTypeError, type_of
from ..format import Output, formats
from ..rendering import value_text
from .javascript import comment_of, constant, file_with, invalid


@formats.register("typescript/es6-declarations")
def es6_declarations(output: Output) -> str:
    """The type of each constant of ``javascript/es6`` (option ``outputStringLiterals``)."""
    literal = output.flag("outputStringLiterals")
    formatting = {"commentPosition": "above", "commentStyle": "long", "indentation": "", **output.formatting}
    lines = []
    for token in output.dictionary.tokens:
        left = f"export const {constant(output, token, reserved='enum')}: "
        above, beside = comment_of(output, token, formatting)
        after = 2 + len(beside) if beside.startswith("/*") else 1
        try:
            written = type_of(output.value(token), literal=literal).written(0, len(left), after)
        except NoTypeError as error:
            hint = "leave the token out by a filter"
            raise invalid(output, f"no type for the value: {error}", hint, token["key"][1:-1]) from error
        lines += [*above, f"{left}{written};{beside and ' '}{beside}"]
    return file_with(output, "".join(f"{line}\n" for line in lines), "\n")


@formats.register("typescript/module-declarations")
def module_declarations(output: Output) -> str:
    """The type of ``javascript/module`` (option ``moduleName``)."""
    name = output.options.get("moduleName")
    name = "tokens" if name is None else value_text(name)
    if not is_binding(name, reserved="enum"):
        raise invalid(output, f"{name} is no name of a constant", "choose another option moduleName")
    dtcg = output.dictionary.uses_dtcg
    dollar = "$" if dtcg else ""
    members = "".join(
        f"  {member};\n"
        for member in (
            f"{dollar}value?: any",
            f"{dollar}type?: string",
            "$description?: string" if dtcg else "comment?: string",
            "name?: string",
            "themeable?: boolean",
            "attributes?: Record<string, unknown>",
            "[key: string]: any",
        )
    )
    tree = _tree(output.dictionary.tree, output.dictionary.value_key, 0)
    return file_with(
        output,
        f"export default {name};\n\ndeclare interface DesignToken {{\n{members}}}\n\ndeclare const {name}: {tree};\n",
    )


def _tree(node: dict[str, Any], value_key: str, indent: int) -> str:
    if is_token(node, value_key):
        return "DesignToken"
    margin = " " * (indent + 2)
    members = "".join(
        f"{margin}{property_key(key, typescript=True)}: {_tree(below, value_key, indent + 2)};\n"
        for key, below in node.items()
        if isinstance(below, dict)
    )
    return f"{{\n{members}{' ' * indent}}}" if members else "{}"
