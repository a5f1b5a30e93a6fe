"""Diagnostics in the forms of others: SARIF 2.1.0 for code scanning, workflow commands for GitHub's annotations.

Sources: OASIS SARIF 2.1.0; GitHub, "Workflow commands for GitHub Actions", "Setting an error message".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

import click

from dss_tokens.diagnostics import Diagnostic, Related, Severity, has_errors
from dss_tokens.source import Span

from ..version import VERSION
from .output import emit_json, emit_text, located
from .rendering import escaped

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def report(diagnostics: Sequence[Diagnostic], style: str) -> None:
    """Print *diagnostics* to stdout and, when there is an error, leave with status 1.

    Args:
        style: ``sarif`` or ``github``.
    """
    found = located(diagnostics)
    _PRINTERS[style](found)
    if has_errors(found):
        click.get_current_context().exit(1)


def _print_sarif(found: Sequence[Diagnostic]) -> None:
    emit_json(sarif(found))


def _print_github(found: Sequence[Diagnostic]) -> None:
    if found:
        emit_text("\n".join(map(github, found)))


_PRINTERS: dict[str, Callable[[Sequence[Diagnostic]], None]] = {"sarif": _print_sarif, "github": _print_github}


def sarif(found: Sequence[Diagnostic]) -> dict[str, Any]:
    """A SARIF log of one run; rules are the codes that occur, with their explanations."""
    from dss_tokens.codes import explanations

    known = explanations()
    codes = sorted({diagnostic.code for diagnostic in found})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": known[code].title if code in known else code},
            **({"fullDescription": {"text": known[code].text}} if code in known else {}),
        }
        for code in codes
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "dss", "version": VERSION, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in found],
            }
        ],
    }


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    text = found.message if found.hint is None else f"{found.message} ({found.hint})"
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": text},
    }
    location = _location(found)
    if found.path is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": found.path}]
    if location:
        result["locations"] = [location]
    if related := [_location(place) | {"message": {"text": place.message}} for place in found.related]:
        result["relatedLocations"] = related
    return result


def _location(place: Diagnostic | Related) -> dict[str, Any]:
    if place.file is None:
        return {}
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.span is not None:
        physical["region"] = _region(place.span)
    return {"physicalLocation": physical}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def github(found: Diagnostic) -> str:
    """One workflow command; GitHub shows it beside the line."""
    properties: dict[str, object] = {}
    if found.file is not None:
        properties["file"] = found.file
    if found.span is not None:
        properties |= {"line": found.span.line, "endLine": found.span.end_line}
        if found.span.line == found.span.end_line:  # GitHub takes columns for a single line only
            properties |= {"col": found.span.column, "endColumn": found.span.end_column}
    properties["title"] = found.code
    words = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = found.message if found.hint is None else f"{found.message}\nhelp: {found.hint}"
    return f"::{_COMMANDS[found.severity]} {words}::{_data(text)}"


def _data(text: str) -> str:
    lines = [escaped(line) for line in text.split("\n")]
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
