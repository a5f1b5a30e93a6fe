"""Font weights written as text, the way style names write them."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES = {
    "thin": 100, "hairline": 100,
    "extralight": 200, "ultralight": 200,
    "light": 300,
    "regular": 400, "normal": 400, "book": 400, "roman": 400,
    "medium": 500,
    "semibold": 600, "demibold": 600,
    "bold": 700,
    "extrabold": 800, "ultrabold": 800,
    "black": 900, "heavy": 900,
    "extrablack": 950, "ultrablack": 950,
}  # fmt: skip

_STYLE = re.compile(r"(.*?)(italic|oblique)$")


@lru_cache(maxsize=1024)
def parse_weight(text: str) -> tuple[int | float, str | None] | None:
    """Weight 1…1000 and ``italic`` or ``oblique`` of a style name such as ``Semi Bold Italic``; ``None``: not one.

    Case, spaces and hyphens do not count; ``Italic`` alone is 400.
    """
    plain = re.sub(r"[\s_-]+", "", text.casefold())
    style = None
    if match := _STYLE.fullmatch(plain):
        plain, style = match[1] or "regular", match[2]
    if plain in _NAMES:
        return _NAMES[plain], style
    if re.fullmatch(r"[0-9]{1,4}", plain) and 1 <= int(plain) <= 1000:
        return int(plain), style
    return None
