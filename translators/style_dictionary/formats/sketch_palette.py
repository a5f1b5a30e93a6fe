"""``sketchPalette``."""

from __future__ import annotations

from ..ecmascript.json import pretty
from ..format import Output, formats


@formats.register("sketchPalette")
def palette(output: Output) -> str:
    """Colours without names, for version 1 of the plug-in. Tokens count by ``type``, never by ``$type``."""
    colors = [output.value(token) for token in output.dictionary.tokens if token.get("type") == "color"]
    return pretty({"compatibleVersion": "1.0", "pluginVersion": "1.1", "colors": colors}) + "\n"
