"""What ``dss init`` writes: a small project that shows groups, aliases, a composite and two themes."""

from __future__ import annotations

import re
from typing import Any

from ..json_text import json_bytes

_CONFIG = """\
# The project of dss: https://www.designtokens.org describes the token files.
[project]
name = "{name}"
resolver = "tokens/tokens.resolver.json"

[platform.css]
format = "css/variables"
out = "build/tokens.css"

[platform.scss]
format = "scss/variables"
out = "build/_tokens.scss"

[platform.json]
format = "json/nested"
out = "build/tokens.json"
"""


def _color(digits: str, components: list[float]) -> dict[str, Any]:
    return {"$value": {"colorSpace": "srgb", "components": components, "hex": digits}}


def _px(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "px"}


_BASE: dict[str, Any] = {
    "color": {
        "$type": "color",
        "ink": _color("#14213d", [0.0784, 0.1294, 0.2392]),
        "paper": _color("#fdfcf8", [0.9922, 0.9882, 0.9725]),
        "sea": {
            "500": _color("#0b6e99", [0.0431, 0.4314, 0.6]),
            "300": _color("#6fb7d6", [0.4353, 0.7176, 0.8392]),
        },
    },
    "space": {"$type": "dimension", "sm": {"$value": _px(8)}, "md": {"$value": _px(16)}, "lg": {"$value": _px(32)}},
    "font": {
        "body": {"$type": "fontFamily", "$value": ["Inter", "system-ui", "sans-serif"]},
        "text": {
            "$type": "typography",
            "$description": "Running text.",
            "$value": {
                "fontFamily": "{font.body}",
                "fontSize": {"value": 1, "unit": "rem"},
                "fontWeight": 400,
                "letterSpacing": _px(0),
                "lineHeight": 1.5,
            },
        },
    },
}

_LIGHT: dict[str, Any] = {
    "surface": {"$type": "color", "$value": "{color.paper}"},
    "text": {"$type": "color", "$value": "{color.ink}"},
    "accent": {"$type": "color", "$value": "{color.sea.500}", "$description": "Links and primary actions."},
}

_DARK: dict[str, Any] = {
    "surface": {"$type": "color", "$value": "{color.ink}"},
    "text": {"$type": "color", "$value": "{color.paper}"},
    "accent": {"$type": "color", "$value": "{color.sea.300}", "$description": "Links and primary actions."},
}

_RESOLVER: dict[str, Any] = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{"$ref": "base.tokens.json"}]}},
    "modifiers": {
        "theme": {
            "contexts": {"light": [{"$ref": "light.tokens.json"}], "dark": [{"$ref": "dark.tokens.json"}]},
            "default": "light",
        }
    },
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
}


def starter_files(name: str) -> dict[str, bytes]:
    """Relative path -> content of a new project called *name*."""
    legal = re.sub(r"[^\w .-]", "-", name) or "tokens"
    return {
        "dss.toml": _CONFIG.format(name=legal).encode(),
        "tokens/base.tokens.json": json_bytes(_BASE),
        "tokens/light.tokens.json": json_bytes(_LIGHT),
        "tokens/dark.tokens.json": json_bytes(_DARK),
        "tokens/tokens.resolver.json": json_bytes(_RESOLVER),
    }
