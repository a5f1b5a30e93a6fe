"""What is wrong with the form of a Style Dictionary configuration: every fault at once, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dss_tokens.diagnostics import Diagnostic, Severity
from dss_tokens.source import Location

from .config_shapes import ANY, CONFIG, HOMES, Shape
from .javascript import is_function, way_of
from .spelling import misspelt

Json = Any


def faults_of(data: Json, file: str) -> Iterator[Diagnostic]:
    """Errors: values of the wrong kind, JavaScript, misspelt keys. Warnings: keys that nothing is known to read."""
    yield from _Checker(file).value(data, CONFIG, ())


class _Checker:
    def __init__(self, file: str) -> None:
        self.file = file

    def fault(
        self, at: Location, message: str, hint: str | None = None, *, code: str = "DSS352", severity: Severity = "error"
    ) -> Diagnostic:
        path = ".".join(map(str, at))
        message = f"{path}: {message}" if path else message
        return Diagnostic(code=code, severity=severity, message=message, hint=hint, path=path, file=self.file, at=at)

    def value(self, value: Json, shape: Shape, at: Location) -> Iterator[Diagnostic]:
        if value is None and shape.is_optional:
            return
        if isinstance(value, str) and not shape.is_verbatim and is_function(value):
            yield self.fault(at, "dss runs no JavaScript", _way(at), code="DSS351")
        elif not shape.fits(value):
            yield self.unfit(shape, at)
        elif isinstance(value, str) and shape.names and value not in shape.names:
            yield self.fault(at, f"there is no {value}", _meant(value, shape.names))
        elif isinstance(value, str) and shape.renamed and value in shape.renamed:
            message = f"{value} is called {shape.renamed[value]} since version 4"
            yield self.fault(at, message, code="DSS350", severity="warning")
        elif isinstance(value, Mapping) and shape.keys is not None:
            for key, inner in value.items():
                yield from self.member(key, inner, shape.keys, value, at)
        elif not shape.is_verbatim:
            yield from self.items(value, shape.each or ANY, at)

    def unfit(self, shape: Shape, at: Location) -> Diagnostic:
        if shape.way is not None:
            return self.fault(at, "only JavaScript functions could stand here", shape.way, code="DSS351")
        return self.fault(at, f"it has to be {shape.expected}")

    def items(self, value: Json, shape: Shape, at: Location) -> Iterator[Diagnostic]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from self.value(inner, shape, (*at, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from self.value(inner, shape, (*at, index))

    def member(
        self, key: str, value: Json, known: Mapping[str, Shape], beside: Mapping[str, Json], at: Location
    ) -> Iterator[Diagnostic]:
        at = (*at, key)
        if key in known:
            yield from self.value(value, known[key], at)
        elif key[:1] in "$_/":  # a schema, a comment
            return
        elif key not in HOMES and (near := misspelt(key, [name for name in known if name not in beside])):
            way = known[near].way
            hint = f"did you mean {near}?" + (f" But {way}" if way else "")
            yield self.fault(at, "there is no such key", hint, code="DSS351" if way else "DSS356")
        else:
            hint = f"it belongs to {HOMES[key]}" if key in HOMES else _meant(key, tuple(known))
            message = "nothing reads this key" + ("" if key in HOMES else "; is it one of your own?")
            yield self.fault(at, message, hint, code="DSS356", severity="warning")
            yield from self.value(value, ANY, at)


def _way(at: Location) -> str:
    return way_of(next((key for key in reversed(at) if isinstance(key, str)), ""))


def _meant(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else "known: " + ", ".join(known)
