"""YAML token files: the JSON schema of YAML 1.2, positions, and nothing that could run or blow up.

Anchors, aliases, merge keys and tags are refused: a token file needs none, and a few lines of nested aliases
expand to gigabytes. Source: YAML 1.2.2, section 10.3 ("Core Schema").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from dss_tokens.diagnostics import Diagnostic, Related
from dss_tokens.json_reader import ReadJson
from dss_tokens.json_scanner import number_fault
from dss_tokens.limits import MAX_GROUP_DEPTH, MAX_VALUE_DEPTH
from dss_tokens.source import Location, Span

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


class _FaultError(Exception):
    def __init__(self, code: str, message: str, node: Any, hint: str | None = None) -> None:
        self.found = (code, message, hint)
        self.span = _span(node)


def _span(node: Any) -> Span:
    start, end = node.start_mark, node.end_mark
    last = end if end.line == start.line else start
    return Span(start.line + 1, start.column + 1, last.line + 1, last.column + 1)


def read_yaml(data: bytes, *, file: str, strict: bool = False) -> ReadJson:
    """Reads one YAML document as JSON data, reporting the first fault with its place."""
    found: list[Diagnostic] = []
    try:
        text = data.decode("utf-8-sig")
        if depth := _flow_depth(text):
            raise _FaultError("DSS106", "nested too deeply", depth)
        node = yaml.compose(text, Loader=_Loader)
        value = None if node is None else _Builder(file, strict, found).build(node)
    except UnicodeDecodeError:
        found.append(Diagnostic(code="DSS101", message="the file is not UTF-8", file=file, span=Span(1, 1, 1, 1)))
        return ReadJson(None, found, True)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark else Span(1, 1, 1, 1)
        message = str(getattr(error, "problem", None) or "not YAML")
        found.append(Diagnostic(code="DSS102", message=message, rule="FILE-1", file=file, span=place))
        return ReadJson(None, found, True)
    except RecursionError:
        found.append(Diagnostic(code="DSS106", message="nested too deeply", file=file, span=Span(1, 1, 1, 1)))
        return ReadJson(None, found, True)
    except _FaultError as fault:
        code, message, hint = fault.found
        found.append(Diagnostic(code=code, message=message, hint=hint, rule="FILE-1", file=file, span=fault.span))
        return ReadJson(None, found, True)
    return ReadJson(value, found, True)


class _Mark:
    """A place in the shape of a YAML node, for a fault found before parsing."""

    class _At:
        line = 0
        column = 0

    start_mark = end_mark = _At()


def _flow_depth(text: str) -> _Mark | None:
    """A mark when brackets nest so deeply that the C parser, which recurses, could overflow its stack."""
    depth = 0
    for character in re.findall(r"[][{}]", text):
        depth += 1 if character in "[{" else -1
        if depth > 1000:
            return _Mark()
    return None


class _Builder:
    def __init__(self, file: str, strict: bool, found: list[Diagnostic]) -> None:
        self.file = file
        self.strict = strict
        self.found = found
        self.seen: set[int] = set()

    def build(self, node: Any, depth: int = 0, inside: int = 0) -> Any:
        if inside > MAX_VALUE_DEPTH or depth - inside > MAX_GROUP_DEPTH:
            message = "nested too deeply: at most 64 values inside a $ member and 128 groups"
            raise _FaultError("DSS106", message, node)
        if id(node) in self.seen:
            raise _FaultError(
                "DSS116", "YAML aliases (*name) are refused", node, "write the value out, or use a token reference"
            )
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            self.untagged(node, "map")
            return self.mapping(node, depth, inside)
        if isinstance(node, yaml.SequenceNode):
            self.untagged(node, "seq")
            return [self.build(item, depth + 1, inside + 1 if inside else 0) for item in node.value]
        return self.scalar(node)

    def untagged(self, node: Any, kind: str) -> None:
        if node.tag != f"tag:yaml.org,2002:{kind}":
            raise _FaultError("DSS116", f"the YAML tag {node.tag} is refused", node)

    def mapping(self, node: Any, depth: int, inside: int) -> dict[str, Any]:
        members: dict[str, Any] = {}
        places: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _FaultError("DSS102", "a key is text", key)
            name = key.value
            if name == "<<" and not key.style:
                raise _FaultError("DSS116", "YAML merge keys (<<) are refused", key, "use $extends")
            if name in members:
                self.duplicate(name, key, places[name])
            places[name] = key
            inner = inside + 1 if inside or name[:1] == "$" else 0
            members[name] = self.build(value, depth + 1, inner)
        return members

    def duplicate(self, name: str, key: Any, first: Any) -> None:
        self.found.append(
            Diagnostic(
                code="DSS110",
                message=f'the key "{name}" occurs twice; the last one wins',
                severity="error" if self.strict else "warning",
                rule="FILE-1",
                file=self.file,
                span=_span(key),
                related=(Related("first written here", file=self.file, span=_span(first)),),
            )
        )

    def scalar(self, node: Any) -> Any:
        text: str = node.value
        if node.style:  # quoted or a block
            return text
        if not node.tag.startswith("tag:yaml.org,2002:"):
            raise _FaultError("DSS116", f"the YAML tag {node.tag} is refused", node)
        return self.plain(text, node)

    def plain(self, text: str, node: Any) -> Any:
        """A plain scalar by the core schema: no dates, no ``yes``, no base 60."""
        if text in _WORDS:
            return _WORDS[text]
        if _NOT_FINITE.fullmatch(text):
            raise _FaultError("DSS103", f"{text} is not a number of JSON", node)
        if not (_INTEGER.fullmatch(text) or _BASED.fullmatch(text) or _FLOAT.fullmatch(text)):
            return text
        value: int | float
        if len(text) > 64:
            value = 0
        elif _BASED.fullmatch(text):
            value = int(text, 0)
        else:
            value = int(text) if _INTEGER.fullmatch(text) else float(text)
        if (what := number_fault(text, value)) is not None:
            raise _FaultError("DSS104", what, node)
        return value


def yaml_spans(text: str, locations: Sequence[Location]) -> list[Span | None]:
    """The spans of *locations*, like :func:`dss_tokens.json_positions.spans`."""
    root = yaml.compose(text, Loader=_Loader)
    return [_locate(root, location) for location in locations]


def _locate(node: Any, location: Location) -> Span | None:
    found = None if node is None else _span(node)
    for key in location:
        inner = place = None
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if name.value == str(key):
                    inner, place = value, value if isinstance(value, yaml.ScalarNode) else name
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            inner = place = node.value[key]
        if inner is None:
            return found
        node, found = inner, _span(place)
    return found
