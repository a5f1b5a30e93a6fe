"""``javascript/*``, laid out as Prettier lays it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.diagnostics import Diagnostic

from ..comments import with_comment
from ..ecmascript.layout import WIDTH, Layout
from ..ecmascript.literals import is_binding, string_literal, width
from ..ecmascript.module import NotACommentError, comments, with_header
from ..ecmascript.values import ordered, truthy
from ..file_header import file_header
from ..format import FormatError, Output, formats
from ..rendering import value_text
from ..transform import Token
from ..tree import meta_stripped, values_only


def file_with(output: Output, body: str, extra: str = "") -> str:
    """*body* below the file header. *extra* follows the header: a line break leaves an empty line."""
    try:
        return with_header(file_header(output) + extra, body)
    except NotACommentError as error:
        raise invalid(output, f"the file header is no comment: {error}", "mend formatting.header and footer") from error


def invalid(output: Output, message: str, hint: str, path: str | None = None) -> FormatError:
    """What to raise for a file that would be no valid JavaScript."""
    return FormatError(Diagnostic(code="DSS368", message=f"{output.destination}: {message}", hint=hint, path=path))


def constant(output: Output, token: Token, *, reserved: str) -> str:
    """The name of the token's constant. Raises :class:`FormatError` for what cannot be one."""
    name = str(token["name"]).strip()
    if is_binding(name, reserved=reserved):
        return name
    message = f"{token['name'] or '(nothing)'} is no name of a constant"
    raise invalid(output, message, "use a transform like name/pascal, or a prefix", token["key"][1:-1])


def _name(output: Output) -> str:
    name = output.file_options.get("name")
    return value_text(name) if truthy(name) else "_styleDictionary"


@formats.register("javascript/module")
def module(output: Output) -> str:
    """A CommonJS module of all tokens."""
    tree = Layout(expanded=True).value(output.dictionary.tree, 0, 0, 1)
    return file_with(output, f"module.exports = {tree};\n")


@formats.register("javascript/module-flat")
def module_flat(output: Output) -> str:
    """A CommonJS module of names and values."""
    layout = Layout(expanded=False)
    members = "".join(
        f"  {layout.member(token['name'], output.value(token), 2)},\n" for token in output.dictionary.tokens
    )
    return file_with(output, f"module.exports = {{\n{members}}};\n" if members else "module.exports = {};\n")


@formats.register("javascript/object")
def object_(output: Output) -> str:
    """A global variable that holds all tokens (option ``name``)."""
    name = _name(output)
    if not is_binding(name):
        raise invalid(output, f"{name} is no name of a variable", "choose another option name")
    return file_with(output, Layout(expanded=True).statement(f"var {name}", output.dictionary.tree) + "\n")


@formats.register("javascript/umd")
def umd(output: Output) -> str:
    """A universal module of all tokens (option ``name``)."""
    name = _name(output)
    if any(sign in name for sign in '"\\\n\r'):
        raise invalid(output, f"{name} is no name of a module", "choose another option name")
    name = string_literal(name)
    tree = Layout(expanded=True).value(output.dictionary.tree, 2, 9, 1)
    return file_with(
        output,
        "(function (root, factory) {\n"
        '  if (typeof module === "object" && module.exports) {\n    module.exports = factory();\n'
        f'  }} else if (typeof exports === "object") {{\n{_member_call("exports", name)}'
        '  } else if (typeof define === "function" && define.amd) {\n    define([], factory);\n'
        f"  }} else {{\n{_member_call('root', name)}  }}\n"
        f"}})(this, function () {{\n  return {tree};\n}});\n",
    )


def _member_call(target: str, name: str) -> str:
    left = f"    {target}[{name}] ="
    if width(left) + len(" factory();") <= WIDTH:
        return f"{left} factory();\n"
    if width(left) <= WIDTH:
        return f"{left}\n      factory();\n"
    return f"    {target}[\n      {name}\n    ] = factory();\n"


@formats.register("javascript/es6")
def es6(output: Output) -> str:
    """A constant for each token."""
    layout = Layout(expanded=False)
    formatting = {"commentStyle": "short", "indentation": "", **output.formatting}
    lines = []
    for token in output.dictionary.tokens:
        name = f"export const {constant(output, token, reserved='let')}"
        above, beside = comment_of(output, token, formatting)
        # A // comment does not count as part of the line, a /** */ does.
        after = 1 + width(beside) if beside.startswith("/*") else 0
        lines += [*above, layout.statement(name, output.value(token), after) + (beside and " ") + beside]
    return file_with(output, "".join(f"{line}\n" for line in lines), "\n")


def comment_of(output: Output, token: Token, formatting: Mapping[str, Any]) -> tuple[list[str], str]:
    """The token's comment: what stands above its line, and what beside it."""
    comment = token.get("$description" if output.dictionary.uses_dtcg else "comment")
    if not truthy(comment):
        return [], ""
    written = with_comment("", comment, formatting)
    found = comments(written)
    return (found, "") if written.endswith("\n") else ([], "".join(found))


@formats.register("javascript/esm")
def esm(output: Output) -> str:
    """A module whose default is all tokens, or values only (options ``flat``, ``minify``, ``stripMeta``)."""
    tree: Any
    if output.flag("flat"):
        tree = ordered({token["name"]: output.value(token) for token in output.dictionary.tokens})
    else:
        tree = meta_stripped(output)
        if output.flag("minify"):
            tree = values_only(tree, output.dictionary.value_key)
    return file_with(output, f"export default {Layout(expanded=True).value(tree, 0, 15, 1)};\n")
