"""``android/*``: resource files."""

from __future__ import annotations

from collections.abc import Mapping

from dss_tokens.diagnostics import Diagnostic

from ..ecmascript.values import truthy
from ..file_header import file_header
from ..format import FormatError, Output, formats
from ..references import uses_references
from ..rendering import value_text
from ..transform import Token

_TYPES: Mapping[str, str] = {
    "dimension": "dimen",
    "fontSize": "dimen",
    "color": "color",
    "string": "string",
    "content": "string",
    "time": "integer",
    "number": "integer",
}


def _of_type(output: Output, type_: str, element: str) -> str:
    tokens = [token for token in output.dictionary.tokens if output.type(token) == type_]
    content = "\n".join("  " + _element(token, element, output.text(token)) for token in tokens)
    return _document(output, f"\n{content}\n")


def _document(output: Output, content: str) -> str:
    header = file_header(output, "xml")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n\n{header}\n<resources>{content}</resources>'


def _element(token: Token, element: str, value: str) -> str:
    comment = token.get("comment")
    note = f"<!-- {value_text(comment)} -->" if truthy(comment) else ""
    return f'<{element} name="{token["name"]}">{value}</{element}>{note}'


@formats.register("android/colors")
def colors(output: Output) -> str:
    """Colours only."""
    return _of_type(output, "color", "color")


@formats.register("android/dimens")
def dimens(output: Output) -> str:
    """Dimensions only."""
    return _of_type(output, "dimension", "dimen")


@formats.register("android/fontDimens")
def font_dimens(output: Output) -> str:
    """Font sizes only."""
    return _of_type(output, "fontSize", "dimen")


@formats.register("android/integers")
def integers(output: Output) -> str:
    """Times only."""
    return _of_type(output, "time", "integer")


@formats.register("android/strings")
def strings(output: Output) -> str:
    """Contents only."""
    return _of_type(output, "content", "string")


@formats.register("android/resources")
def resources(output: Output) -> str:
    """All tokens, each as the resource of its type (options ``resourceType``, ``resourceMap``)."""
    forced = output.file_options.get("resourceType")
    own = output.file_options.get("resourceMap")
    types = own if isinstance(own, Mapping) else _TYPES
    references = truthy(output.file_options.get("outputReferences"))

    def written(token: Token) -> str:
        type_ = output.type(token)
        element = forced if truthy(forced) else types.get(type_ if isinstance(type_, str) else "") or "string"
        value = output.text(token)
        if references and uses_references(output.original(token)):
            value = f"@{value_text(element)}/{_first_target(output, token)['name']}"
        return _element(token, value_text(element), value)

    content = "\n  ".join(map(written, output.dictionary.tokens))
    return _document(output, f"\n  {content}\n")


def _first_target(output: Output, token: Token) -> Token:
    by_key = output.dictionary.by_key
    for target in output.referenced(token):
        if target["key"] in by_key:
            return target
    raise FormatError(
        Diagnostic(
            code="DSS365",
            message=f"{token['key'][1:-1]} refers to a token that the filter of {output.destination} leaves out",
            hint="let the filter keep the tokens that are referred to, or do without outputReferences",
            path=token["key"][1:-1],
        )
    )
