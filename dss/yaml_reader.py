"""YAML token files: the JSON data in them by the core schema of YAML 1.2, positions, and nothing that could blow up.

Anchors, aliases, merge keys and tags are refused: a token file needs none, and a few lines of nested aliases
expand to gigabytes. The document is built from the parser's events, because composing one nests as deep in C as the
text does. Source: YAML 1.2.2, section 10.3 ("Core Schema").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from dss_tokens.diagnostics import Diagnostic, Related, Severity
from dss_tokens.json_reader import ReadJson
from dss_tokens.json_scanner import MOST_OPEN, number_fault
from dss_tokens.limits import MAX_NUMBER_TEXT, MAX_STRING, MAX_VALUE_DEPTH
from dss_tokens.source import Lines, Location, Span

_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOM = b"\xef\xbb\xbf"


def read_yaml(data: bytes, *, file: str, strict: bool = False) -> ReadJson:
    """Reads one YAML document as JSON data, reporting every fault with its place."""
    found: list[Diagnostic] = []
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        found.append(
            Diagnostic(code="DSS109", message="a byte order mark", severity="error" if strict else "warning",
                       rule="FILE-1", file=file, span=Span(1, 1, 1, 1), hint="save the file without one")
        )  # fmt: skip
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        place = Lines(before).span(len(before), len(before) + 1)
        found.append(
            Diagnostic(code="DSS101", message="the file is not UTF-8", rule="FILE-1", file=file, span=place,
                       hint="save it as UTF-8")
        )  # fmt: skip
        return ReadJson(None, found, True)
    builder = _Builder(text, file, strict)
    value = builder.build()
    return ReadJson(None if builder.is_bad else value, found + builder.found, True)


def yaml_spans(text: str, locations: Sequence[Location]) -> list[Span | None]:
    """The spans of *locations*, like :func:`dss_tokens.json_positions.spans`."""
    builder = _Builder(text, "", strict=False)
    builder.build()
    return [builder.lines.nearest(builder.extents, location) for location in locations]


class _StopError(Exception):
    """Reading cannot go on."""


class _Frame:
    """An open mapping or sequence."""

    __slots__ = ("first", "inside", "is_mapping", "items", "key", "location", "members", "needs_key")

    def __init__(self, is_mapping: bool, location: Location, inside: int) -> None:
        self.is_mapping = is_mapping
        self.location = location
        self.inside = inside
        self.members: dict[str, Any] = {}
        self.items: list[Any] = []
        self.first: dict[str, tuple[int, int]] = {}
        self.key = ""
        self.needs_key = is_mapping

    @property
    def value(self) -> Any:
        return self.members if self.is_mapping else self.items

    def child(self) -> Location:
        return (*self.location, self.key if self.is_mapping else len(self.items))


class _Builder:
    """Events -> the value; ``extents`` holds where each location stands."""

    def __init__(self, text: str, file: str, strict: bool) -> None:
        self.text = text
        self.file = file
        self.tolerated: Severity = "error" if strict else "warning"
        self.found: list[Diagnostic] = []
        self.is_bad = False
        self.lines = Lines(text)
        self.extents: dict[Location, tuple[int, int]] = {(): (0, 1)}
        self.stack: list[_Frame] = []
        self.value: Any = None
        self.documents = 0

    def fault(self, code: str, message: str, start: int, end: int, hint: str | None = None) -> None:
        self.is_bad = True
        self.found.append(
            Diagnostic(code=code, message=message, rule="FILE-1", hint=hint, file=self.file,
                       span=self.lines.span(start, end))
        )  # fmt: skip

    def stop(self, code: str, message: str, event: Any, hint: str | None = None) -> _StopError:
        start = event.start_mark.index
        self.fault(code, message, start, start + 1, hint)
        return _StopError()

    def build(self) -> Any:
        """The document's value; ``None`` where nothing can be used, which the faults explain."""
        try:
            for event in yaml.parse(self.text, Loader=_Loader):
                self.take(event)
        except _StopError:
            return None
        except yaml.YAMLError as error:
            start = self.place_of(error)
            message = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
            self.fault("DSS102", str(message), start, start + 1)
            return None
        return self.value

    def place_of(self, error: yaml.YAMLError) -> int:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is not None:
            return int(mark.index)
        offset = getattr(error, "position", None)  # in bytes
        return 0 if offset is None else len(self.text.encode()[:offset].decode(errors="ignore"))

    def take(self, event: Any) -> None:
        """One event of the parser."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self.stop("DSS102", "a second document", event, "a token file is one document")
        elif isinstance(event, yaml.AliasEvent):
            raise self.stop("DSS116", "YAML aliases (*name) are refused", event,
                            "write the value out, or use a token reference")  # fmt: skip
        elif isinstance(event, yaml.NodeEvent):
            self.check_plain(event)
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            else:
                self.open(event, isinstance(event, yaml.MappingStartEvent))
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self.stack.pop()
            self.put(frame.value)

    def check_plain(self, event: Any) -> None:
        if event.anchor is not None:
            self.fault("DSS116", f"the YAML anchor &{event.anchor} is refused", event.start_mark.index,
                       event.start_mark.index + 1, "write values out, or use token references")  # fmt: skip
        if event.tag is not None:
            self.fault("DSS116", f"the YAML tag {event.tag} is refused", event.start_mark.index,
                       event.start_mark.index + 1, "leave it out; quotes make a text")  # fmt: skip

    def open(self, event: Any, is_mapping: bool) -> None:
        parent = self.stack[-1] if self.stack else None
        inside = 0
        location: Location = ()
        if parent is not None:
            if parent.needs_key:
                raise self.stop("DSS102", "a key is text", event)
            inside = parent.inside + 1 if parent.inside or parent.key[:1] == "$" else 0
            location = parent.child()
            start = event.start_mark.index
            self.extents.setdefault(location, (start, start + 1))
        if inside > MAX_VALUE_DEPTH or len(self.stack) - inside > MOST_OPEN:
            message = "nested too deeply: at most 64 values inside a $ member and 128 groups"
            raise self.stop("DSS106", message, event)
        self.stack.append(_Frame(is_mapping, location, inside))

    def scalar(self, event: Any) -> None:
        text: str = event.value
        extent = event.start_mark.index, event.end_mark.index
        if len(text) > MAX_STRING // 4 and len(text.encode()) > MAX_STRING:
            self.fault("DSS107", "a string above 256 KiB", *extent)
            text = text[:16]
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.needs_key:
            self.key(frame, text, event, extent)
            return
        if extent[0] < extent[1]:  # else nothing is written after the key
            self.extents[frame.child() if frame is not None else ()] = extent
        self.put(text if event.style else self.plain(text, extent))

    def key(self, frame: _Frame, text: str, event: Any, extent: tuple[int, int]) -> None:
        if text == "<<" and not event.style:
            raise self.stop("DSS116", "YAML merge keys (<<) are refused", event, "use $extends")
        if text in frame.first:
            first = frame.first[text]
            self.found.append(
                Diagnostic(
                    code="DSS110", message=f'the key "{text}" occurs twice; the last one wins',
                    severity=self.tolerated, rule="FILE-1", file=self.file, span=self.lines.span(*extent),
                    hint="remove one of the two",
                    related=(Related("first written here", file=self.file, span=self.lines.span(*first)),),
                )
            )  # fmt: skip
        frame.first.setdefault(text, extent)
        frame.key = text
        frame.needs_key = False
        self.extents[frame.child()] = extent

    def put(self, value: Any) -> None:
        """Puts a complete value into what it stands in."""
        if not self.stack:
            self.value = value
            return
        frame = self.stack[-1]
        if frame.is_mapping:
            frame.members[frame.key] = value
            frame.needs_key = True
        else:
            frame.items.append(value)

    def plain(self, text: str, extent: tuple[int, int]) -> Any:
        """A plain scalar by the core schema: no dates, no ``yes``, no base 60."""
        if text in _WORDS:
            return _WORDS[text]
        if _NOT_FINITE.fullmatch(text):
            self.fault("DSS103", f"{text} is not a number of JSON", *extent)
            return 0
        if not (_INTEGER.fullmatch(text) or _BASED.fullmatch(text) or _FLOAT.fullmatch(text)):
            return text
        value: int | float
        if len(text) > MAX_NUMBER_TEXT:
            value = 0
        elif _BASED.fullmatch(text):
            value = int(text, 0)
        else:
            value = int(text) if _INTEGER.fullmatch(text) else float(text)
        if (what := number_fault(text, value)) is not None:
            self.fault("DSS104", what, *extent)
            return 0
        return value
