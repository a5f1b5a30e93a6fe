"""What is wrong with a ``dss.toml``: key path, line, the nearest known key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Span

from .tables import Config


def syntax(text: str, file: str) -> Diagnostic:
    """The message of the TOML parser, at its place."""
    match = re.search(r" \(at line (\d+), column (\d+)\)", text)
    span = None
    if match:
        line, column = int(match.group(1)), int(match.group(2))
        span = Span(line, column, line, column + 1)
        text = text.replace(match.group(), "")
    return Diagnostic(code="DSS301", message=f"not TOML: {text[:1].lower()}{text[1:]}", file=file, span=span)


def faults(details: Iterable[Any], text: str, file: str) -> list[Diagnostic]:
    """What pydantic found: one fault for each key, though each of its types was tried."""
    found: dict[str | None, Diagnostic] = {}
    for one in (_fault(detail, text, file) for detail in details):
        if first := found.get(one.path):
            said = one.message.removeprefix(f"{one.path}: input should be ")
            one = replace(first, message=f"{first.message} or {said}", hint=first.hint or one.hint)
        found[one.path] = one
    return list(found.values())


def _fault(detail: Any, text: str, file: str) -> Diagnostic:
    keys = tuple(str(part) for part in detail["loc"] if part not in ("bool", "str") and "[" not in str(part))
    path = ".".join(keys)
    hint: str | None
    if detail["type"] == "extra_forbidden":
        known = _known(keys[:-1])
        close = get_close_matches(keys[-1], known, 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else "known: " + ", ".join(known)
        message, code = f"unknown key {path}", "DSS302"
    else:
        said = detail["msg"].removeprefix("Value error, ").replace("a valid tuple", "an array")
        message, code, hint = f"{path}: {said[:1].lower()}{said[1:]}", "DSS303", _meant(detail)
    return Diagnostic(code=code, message=message, hint=hint, path=path, file=file, span=place(keys, text))


def _meant(detail: Any) -> str | None:
    """The nearest of the texts that a key may hold."""
    known = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
    given = detail["input"]
    close = get_close_matches(given.lower(), known, 1, 0.5) if isinstance(given, str) else []
    return f"did you mean {close[0]}?" if close else None


def _known(keys: tuple[str, ...]) -> list[str]:
    """The keys of the table at *keys*."""
    kind: Any = Config
    waiting = list(keys)
    while waiting:
        kind = _inner(kind, waiting.pop(0))
        while kind is not None and get_origin(kind) in (dict, tuple) and waiting:
            waiting.pop(0)  # the name of a table, or its place in an array
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [field.alias or name for name, field in kind.model_fields.items()]
    return []


def _inner(kind: Any, key: str) -> Any:
    """What the key of a table holds."""
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)) or key not in kind.model_fields:
        return None
    return kind.model_fields[key].annotation


def place(keys: tuple[str, ...], text: str) -> Span | None:
    """Where a key stands, or the table that has to hold it.

    The parser of the standard library gives no positions, so the text is searched.
    """
    for end in range(len(keys), 0, -1):
        if span := _place(keys[:end], text):
            return span
    return None


def _place(keys: tuple[str, ...], text: str) -> Span | None:
    table = ".".join(keys[:-1])
    here = ""
    counted: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            here = re.sub(r'["\' ]', "", stripped.strip("[] "))
            if stripped.startswith("[["):
                counted[here] = counted.get(here, -1) + 1
                here = f"{here}.{counted[here]}"
            if here == ".".join(keys):
                return Span(number, 1, number, len(line) + 1)
        match = re.match(r'\s*(["\']?)([\w.-]+)\1\s*=', line)
        full = f"{here}.{match.group(2)}" if match and here else match.group(2) if match else ""
        if match and full == (f"{table}.{keys[-1]}" if table else keys[-1]):
            return Span(number, match.start(2) + 1, number, match.end(2) + 1)
    return None
