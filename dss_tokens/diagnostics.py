"""Diagnostics: what is wrong, where, by which rule, and what to do about it. Data, never prose alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from .source import Location, Span

Severity = Literal["error", "warning", "info"]


class Related(NamedTuple):
    """A second place that belongs to a diagnostic, e.g. where a name was used first."""

    message: str
    path: str | None = None
    file: str | None = None
    span: Span | None = None
    at: Location | None = None
    """Where in *file*, when the span has not been looked up yet."""

    def to_json(self) -> dict[str, Any]:
        """The shape of the contract, section 2."""
        return {
            "message": self.message,
            "path": self.path,
            "file": self.file,
            "line": self.span.line if self.span else None,
            "column": self.span.column if self.span else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding about an input."""

    code: str
    """Stable, e.g. ``DSS202``; explained in :mod:`dss_tokens.codes`."""

    message: str
    severity: Severity = "error"
    rule: str | None = None
    """The rule of the DTCG digest that is broken, e.g. ``REF-5``."""

    hint: str | None = None
    path: str | None = None
    """The token or group, names joined with ``.``."""

    file: str | None = None
    span: Span | None = None
    at: Location | None = None
    """Where in *file*, as keys: positions are looked up only when a fault is shown."""

    related: tuple[Related, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of the contract, section 2."""
        span = self.span
        return {
            "code": self.code,
            "severity": self.severity,
            "rule": self.rule,
            "message": self.message,
            "hint": self.hint,
            "path": self.path,
            "file": self.file,
            "line": span.line if span else None,
            "column": span.column if span else None,
            "end_line": span.end_line if span else None,
            "end_column": span.end_column if span else None,
            "related": [related.to_json() for related in self.related],
        }


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of *diagnostics* is an error."""
    return any(found.severity == "error" for found in diagnostics)


def located(
    diagnostics: Sequence[Diagnostic],
    spans: Callable[[str, Sequence[Location]], Sequence[Span | None]],
) -> list[Diagnostic]:
    """*diagnostics* with the spans of their locations filled in, each file's in the order of its lines.

    Args:
        diagnostics: In any order; files keep the order in which they occur first.
        spans: Gives the spans of several locations of one file at once, so that a file is scanned once.
    """
    wanted: dict[str, list[Location]] = {}
    for found in diagnostics:
        places: tuple[Diagnostic | Related, ...] = (found, *found.related)
        for place in places:
            if place.file is not None and place.span is None and place.at is not None:
                wanted.setdefault(place.file, []).append(place.at)
    known = {(file, at): span for file, ats in wanted.items() for at, span in zip(ats, spans(file, ats), strict=True)}

    def span_of(place: Diagnostic | Related) -> Span | None:
        if place.span is not None or place.file is None or place.at is None:
            return place.span
        return known[place.file, place.at]

    placed = [
        replace(
            found,
            span=span_of(found),
            related=tuple(related._replace(span=span_of(related)) for related in found.related),
        )
        if found.at is not None or found.related
        else found
        for found in diagnostics
    ]
    files = {file: place for place, file in enumerate(dict.fromkeys(found.file for found in placed))}
    return sorted(placed, key=lambda d: (files[d.file], (d.span.line, d.span.column) if d.span else (0, 0)))
