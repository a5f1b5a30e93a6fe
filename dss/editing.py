"""A changed document as the bytes of its file: what did not change keeps its layout and, outside YAML, its comments."""

from __future__ import annotations

from typing import Any

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.json_editing import edited

from .json_text import json_bytes

Json = Any

YAML_SUFFIXES = (".yaml", ".yml")
_BOM = b"\xef\xbb\xbf"


def rewritten(data: bytes, suffix: str, old: Json, new: Json) -> bytes:
    """*data*, which *old* was read from, with *new* in it.

    Args:
        data: The file as it is.
        suffix: Of the file, e.g. ``.json``.
        old: Its decoded content.
        new: What it shall hold; parts that are the very objects of *old* are not looked into.
    """
    if new is old:
        return data
    if suffix.lower() in YAML_SUFFIXES:
        return yaml_bytes(new)
    mark = _BOM if data.startswith(_BOM) else b""
    text = data[len(mark) :].decode()
    try:
        return mark + edited(text, old, new).encode()
    except (ValueError, IndexError, RecursionError):  # a spelling that only the reader knows
        return json_bytes(new)


def written(suffix: str, document: Json) -> bytes:
    """A new file."""
    return yaml_bytes(document) if suffix.lower() in YAML_SUFFIXES else json_bytes(document)


def yaml_bytes(document: Json) -> bytes:
    """A document as YAML, in its order."""
    import yaml

    text: str = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
    return text.encode()


def comments_lost(data: bytes, suffix: str, file: str) -> Diagnostic | None:
    """A warning where rewriting a file drops its comments: YAML is written anew as a whole."""
    if suffix.lower() not in YAML_SUFFIXES or b"#" not in data:
        return None
    if not any(line.lstrip().startswith(b"#") or b" #" in line for line in data.splitlines()):
        return None
    return Diagnostic(
        code="DSS697", severity="warning", message=f"{file} is written anew: comments in YAML are not kept", file=file
    )
