"""JSON as dss writes it: two spaces, UTF-8, keys in their order, a final line break."""

from __future__ import annotations

from typing import Any


def json_bytes(document: Any) -> bytes:
    """*document* as text. orjson writes indented text ten times as quickly as the standard library."""
    import orjson

    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
