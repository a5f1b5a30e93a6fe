"""An Xcode asset catalogue: a colour set for each colour, with a dark appearance where a dark context has another.

Source: Apple, "Asset Catalog Format Reference", "Named Color Type".
"""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from typing import Any

from dss_tokens.output import OutputFile

from ..format_options import Known
from ..identifiers import identifiers
from ..measures import Rgba, decimal, rgba
from ..modes import dark
from ..registry import formats
from ..rendering import Rendering

OPTIONS: Known = {"dark": str}

_INFO = {"author": "dss", "version": 1}
_SPACES = {"srgb": "srgb", "display-p3": "display-p3"}


@formats.register("xcassets/colors", "xcassets")
def colors(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``xcassets/colors``: a folder; the option ``dark`` names the context of the dark appearance."""
    folder = rendering.platform.out.rstrip("/")
    shown = {path: token for path, token in rendering.tokens.items() if token.type == "color"}
    names, found = identifiers(rendering.names, shown, "camel", "swift")
    rendering.diagnostics += found
    yield OutputFile(f"{folder}/Contents.json", _text({"info": _INFO}))
    other = dark(rendering.permutations, rendering.platform)
    for path, token in shown.items():
        value = rgba(token.value, wide=True)
        if value is None:
            continue
        entries = [_entry(value)]
        if other is not None and path in other.differing and path in other.tokens:
            night = rgba(other.tokens[path].value, wide=True)
            if night is not None and night != value:
                appearances = [{"appearance": "luminosity", "value": "dark"}]
                entries.append({"appearances": appearances, **_entry(night)})
        yield OutputFile(f"{folder}/{names[path]}.colorset/Contents.json", _text({"colors": entries, "info": _INFO}))


def _entry(value: Rgba) -> dict[str, Any]:
    components = {
        "alpha": decimal(value.alpha), "blue": decimal(value.blue),
        "green": decimal(value.green), "red": decimal(value.red),
    }  # fmt: skip
    return {"color": {"color-space": _SPACES[value.space], "components": components}, "idiom": "universal"}


def _text(document: dict[str, Any]) -> str:
    return dumps(document, indent=2, ensure_ascii=False) + "\n"
