"""``sketch/*``."""

from __future__ import annotations

from ..ecmascript.json import pretty
from ..ecmascript.values import ordered
from ..format import Output, formats


@formats.register("sketch/palette/v2")
def palette_v2(output: Output) -> str:
    """Colours with names, for version 2 of the plug-in; meant for the transform ``color/sketch``."""
    colors = []
    for token in output.dictionary.tokens:
        value = output.value(token)
        parts = value if isinstance(value, dict) else {}
        if isinstance(value, str | list):  # spread like an object: by index
            parts = {str(index): item for index, item in enumerate(value)}
        colors.append(ordered({"name": token["name"], **parts}))
    return pretty({"compatibleVersion": "2.0", "pluginVersion": "2.2", "colors": colors}) + "\n"
