"""What a request may say about one entry. Source: Figma REST API 0.43, "Update variables"."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from hashlib import sha1
from typing import Any

Json = dict[str, Any]

SCOPES = {
    "COLOR": ("ALL_FILLS", "FRAME_FILL", "SHAPE_FILL", "TEXT_FILL", "STROKE_COLOR", "EFFECT_COLOR"),
    "FLOAT": (
        *("TEXT_CONTENT", "CORNER_RADIUS", "WIDTH_HEIGHT", "GAP", "STROKE_FLOAT", "EFFECT_FLOAT", "OPACITY"),
        *("COLOR_OPACITY", "FONT_STYLE", "FONT_WEIGHT", "FONT_SIZE", "LINE_HEIGHT", "LETTER_SPACING"),
        *("PARAGRAPH_SPACING", "PARAGRAPH_INDENT", "FONT_VARIATIONS"),
    ),
    "STRING": ("TEXT_CONTENT", "FONT_FAMILY", "FONT_STYLE"),
    "BOOLEAN": (),
}
_FILLS = ("FRAME_FILL", "SHAPE_FILL", "TEXT_FILL")
DEFAULTS: dict[str, Any] = {"COLOR": {"r": 1, "g": 1, "b": 1, "a": 1}, "FLOAT": 0, "STRING": "", "BOOLEAN": False}


class PostRefusedError(Exception):
    """A request breaks a rule; the text is what the 400 says."""


def by_action(entry: Json, actions: Mapping[str, Callable[[Json], None]]) -> None:
    """Call what the entry's ``action`` asks for."""
    action = str(entry.get("action"))
    if action not in actions:
        raise PostRefusedError(f"Invalid action: {action}")
    actions[action](entry)


def name_in(entry: Json, what: str) -> str:
    """The entry's name. Raises :class:`PostRefusedError` without one."""
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise PostRefusedError(f"{what} name is required")
    return name


def key_of(identity: str) -> str:
    """A key of 40 hex digits for *identity*."""
    return sha1(identity.encode(), usedforsecurity=False).hexdigest()


def has_mode(collection: Json, identity: str) -> bool:
    """Whether *collection* has the mode."""
    return any(mode["modeId"] == identity for mode in collection["modes"])


def mode_of(collection: Json, identity: str) -> Json:
    """The mode of *collection*."""
    for mode in collection["modes"]:
        if mode["modeId"] == identity:
            found: Json = mode
            return found
    raise PostRefusedError(f"Mode not found: {identity}")


def check_detail(variable: Json, field: str, value: Any) -> None:
    """Refuse a detail of a wrong kind, and scopes that do not go together."""
    fits = {
        "description": isinstance(value, str),
        "hiddenFromPublishing": isinstance(value, bool),
        "scopes": isinstance(value, list) and all(isinstance(scope, str) for scope in value),
        "codeSyntax": isinstance(value, dict) and value.keys() <= {"WEB", "ANDROID", "iOS"},
    }[field]
    if not fits:
        raise PostRefusedError(f"Invalid {field}: {variable['name']}")
    if field != "scopes":
        return
    allowed = {"ALL_SCOPES", *SCOPES[variable["resolvedType"]]}
    if not set(value) <= allowed or ("ALL_SCOPES" in value and len(value) > 1):
        raise PostRefusedError(f"Invalid scopes for {variable['name']}: {', '.join(value)}")
    if "ALL_FILLS" in value and set(value) & set(_FILLS):
        raise PostRefusedError(f"ALL_FILLS excludes other fills: {variable['name']}")


def stored(variable: Json, value: Any) -> Any:
    """*value* as it is stored: numbers as float32."""
    kind = variable["resolvedType"]
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "FLOAT" and number:
        return _single(value)
    if kind == "BOOLEAN" and isinstance(value, bool):
        return value
    if kind == "STRING" and isinstance(value, str):
        return value
    if kind == "COLOR" and isinstance(value, dict) and {"r", "g", "b"} <= value.keys() <= {"r", "g", "b", "a"}:
        channels = {"a": 1, **value}
        if all(isinstance(c, (int, float)) and not isinstance(c, bool) and 0 <= c <= 1 for c in channels.values()):
            return {channel: _single(channels[channel]) for channel in "rgba"}
    raise PostRefusedError(f"Invalid value for {variable['name']}")


def _single(number: float) -> int | float:
    wide = struct.unpack("<f", struct.pack("<f", number))[0]
    return int(wide) if wide.is_integer() else float(wide)
