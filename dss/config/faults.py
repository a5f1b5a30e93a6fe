"""What is wrong with a ``dss.toml``: key path, line, the nearest known key."""

from __future__ import annotations

import re

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.source import Span

from .table import Keys, Wrong


def syntax(text: str, file: str) -> Diagnostic:
    """The message of the TOML parser, at its place."""
    match = re.search(r" \(at line (\d+), column (\d+)\)", text)
    span = None
    if match:
        line, column = int(match.group(1)), int(match.group(2))
        span = Span(line, column, line, column + 1)
        text = text.replace(match.group(), "")
    return Diagnostic(code="DSS301", message=f"not TOML: {text[:1].lower()}{text[1:]}", file=file, span=span)


def fault(wrong: Wrong, text: str, file: str) -> Diagnostic:
    """A fault of a value, at its place."""
    path = ".".join(wrong.keys)
    code, message = ("DSS302", wrong.message) if wrong.is_unknown else ("DSS303", f"{path}: {wrong.message}")
    return Diagnostic(code=code, message=message, hint=wrong.hint, path=path, file=file, span=place(wrong.keys, text))


def place(keys: Keys, text: str) -> Span | None:
    """Where a key stands, or the table that has to hold it.

    The parser of the standard library gives no positions, so the text is searched.
    """
    for end in range(len(keys), 0, -1):
        if span := _place(keys[:end], text):
            return span
    return None


def _place(keys: Keys, text: str) -> Span | None:
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
