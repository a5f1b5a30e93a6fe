"""Lists of variables, one line for each token: what most formats are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from dss_tokens.diagnostics import Diagnostic

from .comments import with_comment
from .ecmascript.values import replaced_once, text
from .format import FormatError, Output
from .order import by_name, by_reference
from .reference_rules import keeps_references
from .references import uses_references
from .rendering import holds_mapping, value_text
from .transform import Token

Language = Literal["css", "sass", "less", "stylus"]

_DEFAULTS: Mapping[str, Any] = {
    "prefix": "",
    "commentStyle": "long",
    "commentPosition": "inline",
    "indentation": "",
    "separator": " =",
    "suffix": ";",
}
_LANGUAGES: Mapping[Language | None, Mapping[str, Any]] = {
    "css": {"prefix": "--", "indentation": "  ", "separator": ":"},
    "sass": {"prefix": "$", "commentStyle": "short", "separator": ":"},
    "less": {"prefix": "@", "commentStyle": "short", "separator": ":"},
    "stylus": {"prefix": "$", "commentStyle": "short", "separator": "="},
    None: {},
}
_PLAIN_PATH = re.compile(r"[\w\- ]+(?:\.[\w\- ]+)*").fullmatch


class Lines(NamedTuple):
    """How the lines of a list look."""

    output: Output
    language: Language | None = None
    """The language of the variables; ``None``: plain assignments."""

    formatting: Mapping[str, Any] | None = None
    """The option ``formatting``, perhaps changed by the format."""

    references: bool = False
    """Whether aliases are written as the variable they refer to."""

    fallbacks: bool = False
    """Whether such a variable carries its value as a fallback (CSS only)."""

    themeable: bool = False
    """Whether variables are ``!default`` (Sass only), where the token does not say."""

    def settings(self) -> Mapping[str, Any]:
        """All of ``formatting``, defaults filled in."""
        return {**_DEFAULTS, **_LANGUAGES[self.language], **(self.formatting or {})}

    def written(self, tokens: list[Token]) -> list[str]:
        """One line for each token."""
        settings = self.settings()
        before = text(settings["indentation"]) + text(settings["prefix"])
        separator = text(settings["separator"]) + " "
        suffix = text(settings["suffix"])
        sass = self.language == "sass"
        lines = []
        for token in tokens:
            value = self.value(token, text(settings["prefix"]))
            line = f"{before}{token['name']}{separator}{value}"
            if sass and self.is_themeable(token):
                line += " !default"
            line += suffix
            comment = token.get("$description")
            if comment is None:
                comment = token.get("comment")
            lines.append(with_comment(line, comment, settings) if comment else line)
        return lines

    def is_themeable(self, token: Token) -> bool:
        """Whether the token's variable is a default: its own word counts more than the option."""
        own = token.get("themeable")
        return own if isinstance(own, bool) else self.themeable

    def value(self, token: Token, prefix: str) -> str:
        """The token's value, or the variables it refers to."""
        output = self.output
        original = output.original(token)
        is_object = self.language is None and holds_mapping(output.value(token))
        refers = isinstance(original, str) or not is_object  # a text in quotes cannot hold a variable
        if self.references and refers and self.can_refer(token, original):
            return self.with_references(token, original, prefix)
        if is_object:
            return '"' + output.text(token).replace("\\", "\\\\").replace('"', '\\"') + '"'
        return output.text(token)

    def can_refer(self, token: Token, original: Any) -> bool:
        """Whether the token's references can be written as variables."""
        if not uses_references(original) or token["key"] in self.output.dictionary.partial:
            return False
        return keeps_references(self.output, token)

    def with_references(self, token: Token, original: Any, prefix: str) -> str:
        """The value with variables put back in the place of what they stand for.

        In text the reference itself is replaced; in the text made from a composite value the first
        occurrence of what it resolved to.
        """
        output = self.output
        targets = output.referenced(token)
        written = value_text(original) if isinstance(original, str) else output.text(token)
        for target in targets:
            value = output.text(target)
            variable = f"{prefix}{target['name']}"
            if self.language == "css":
                variable = f"var({variable}, {value})" if self.fallbacks else f"var({variable})"
            if isinstance(original, str):
                written = _put_back(written, target["path"], variable)
            else:
                written = replaced_once(written, value, variable.replace("$", "$$"))
        return written


def _put_back(written: str, path: list[str], variable: str) -> str:
    """*written* with each reference to *path* replaced.

    The original makes a regular expression of the path without escaping it: a name like ``$root`` is never
    found, and the reference stays as it is written.
    """
    plain = ".".join(path)
    if _PLAIN_PATH(plain):
        for suffix in ("", ".value", ".$value"):
            written = written.replace(f"{{{plain}{suffix}}}", variable)
        return written
    try:
        pattern = re.compile(r"\{" + r"\.".join(path) + r"(\.\$?value)?\}")
    except re.error as error:
        message = f"the option outputReferences cannot be used with the token {plain}: {error}"
        fault = Diagnostic(code="DSS355", message=message, path=plain, hint="rename the token")
        raise FormatError(fault) from error
    return pattern.sub(lambda _: variable, written)


def formatted_variables(
    output: Output,
    language: Language,
    *,
    formatting: Mapping[str, Any] | None = None,
    references: bool | None = None,
    fallbacks: bool = False,
    themeable: bool = False,
) -> str:
    """All tokens, one line each, in the order the options ask for; targets first where aliases are kept."""
    references = output.flag("outputReferences") if references is None else references
    formatting = output.formatting if formatting is None else formatting
    lines = Lines(output, language, formatting, references, fallbacks, themeable)
    tokens = sorted_tokens(output, references)
    separator = text(formatting.get("lineSeparator", "\n"))
    return separator.join(filter(None, lines.written(tokens)))


def sorted_tokens(output: Output, references: bool) -> list[Token]:
    """The tokens in the order of the option ``sort``.

    Raises:
        FormatError: The option is neither ``name`` nor a list of it.
    """
    sort = output.options.get("sort") or []
    keys = sort if isinstance(sort, list) else [sort]
    if any(key != "name" for key in keys):
        message = f"the option sort is {value_text(sort)}, but tokens can be sorted by name only"
        hint = 'write "sort": "name", or leave it out'
        raise FormatError(Diagnostic(code="DSS355", message=message, hint=hint, path=f"{output.destination}: sort"))
    if references:
        return by_reference(output, names_too=bool(keys))
    return by_name(output.dictionary.tokens) if keys else output.dictionary.tokens
