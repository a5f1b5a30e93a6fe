"""What a configuration says in JavaScript, and how dss does the same: dss runs no programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Lines

WAY = "a format becomes a Jinja template, anything else a Python plug-in: docs/plugins.md"
WAYS: Mapping[str, str] = {
    "action": "run the action after dss, or as a plug-in: docs/plugins.md",
    "expand": "list the types: expand.include, expand.exclude",
    "fileHeader": "set formatting.header and formatting.footer, or write the file with a Jinja template:"
    " docs/plugins.md",
    "filter": "write the filter as an object, or in dss.toml: docs/configuration.md",
    "format": "write a Jinja template and name it in dss.toml (template = …), or a plug-in (entry point dss.formats):"
    " docs/plugins.md",
    "outputReferences": "name a rule: outputReferencesFilter, outputReferencesTransformed",
    "parser": "dss reads JSON, JSON5, JSONC and YAML; another form takes a plug-in (entry point dss.dialects):"
    " docs/plugins.md",
    "preprocessor": "change the tokens before dss, or as a plug-in (entry point dss.dialects): docs/plugins.md",
    "sort": 'write "sort": "name"',
    "transform": "a rule of dss.toml, or a plug-in (entry point dss.transforms): docs/plugins.md",
    "transformGroup": "list its names under hooks.transformGroups",
}
"""Kind of function -> how dss does it."""

_KINDS: Mapping[str, str] = {
    **{kind.lower(): kind for kind in WAYS},
    **{f"{kind.lower()}s": kind for kind in WAYS},
    "include": "expand",
    "exclude": "expand",
    "matcher": "filter",
    "transformer": "transform",
    "formatter": "format",
    "parse": "parser",
    "do": "action",
    "undo": "action",
}
"""Key in small letters, of any version -> kind."""

_FUNCTION = r"(?:async\s+)?(?:function\b\s*\*?\s*[\w$]*\s*\(|\([^()]*\)\s*=>|[A-Za-z_$][\w$]*\s*=>|new\s+Function\b)"
_IS_FUNCTION = re.compile(rf"\s*{_FUNCTION}").match
_IN_PROGRAM = re.compile(
    rf"\bregister(?P<kind>[A-Z]\w*)\s*\(|(?<![\w$])(?P<key>[\w$]+)[\"']?\s*:\s*{_FUNCTION}|\b(?P<hooks>hooks)\s*:"
)
_BEFORE = re.compile(r"([\w$/.-]+)[\"']?\s*:\s*(?:!!js/\S*\s*)?$")
_TAG = re.compile(r"!!js/\w+|tag:yaml.org,2002:js/")
_MOST = 20
"""So many functions of one program are named."""


def is_function(text: str) -> bool:
    """Whether *text* is the source of a JavaScript function."""
    return _IS_FUNCTION(text) is not None


def way_of(key: object) -> str:
    """How dss does what a function under *key* does."""
    return WAYS.get(_KINDS.get(str(key).lower(), ""), WAY)


def functions_of_program(text: str, file: str) -> Iterator[Diagnostic]:
    """A fault for each function of a configuration that is a program, at its key."""
    lines = Lines(text)
    for count, found in enumerate(_IN_PROGRAM.finditer(text)):
        if count == _MOST:
            return
        group = found.lastgroup or "key"
        name = "hooks" if group == "hooks" else found[group]
        yield Diagnostic(
            code="DSS351",
            message=f"{'register' if group == 'kind' else ''}{name}: dss runs no JavaScript",
            hint=way_of(name),
            file=file,
            span=lines.span(found.start(), found.end(group)),
        )


def function_at(fault: Diagnostic, text: str) -> Diagnostic:
    """*fault* of the syntax of *text*, told as what it is where a JavaScript function or a tag for one stands there."""
    if fault.span is None:
        return fault
    line = text.split("\n")[fault.span.line - 1]
    before, after = line[: fault.span.column - 1], line[fault.span.column - 1 :]
    if not (_TAG.search(fault.message) or is_function(after)):
        return fault
    key = _BEFORE.search(before)
    name = key[1] if key else "this"
    message = f"{name} holds a JavaScript function; dss runs none"
    return Diagnostic(
        code="DSS351", message=message, hint=way_of(name), path=key and key[1], file=fault.file, span=fault.span
    )
