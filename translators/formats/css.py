"""CSS custom properties: the defaults in ``:root``, then a block per context with what differs."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..css_sheet import Sheet
from ..css_text import sheet_text
from ..registry import formats
from ..rendering import Rendering


@formats.register("css/variables", "css")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``css/variables``: aliases stay ``var(--…)`` unless the platform wants literals."""
    platform = rendering.platform
    sheet = Sheet(rendering)
    blocks: list[tuple[str, str | None, list[str]]] = []
    if lines := sheet.default_lines():
        blocks.append((platform.root_selector, None, lines))
    if rendering.permutations.others:
        for block in rendering.blocks(sheet.declaration):
            if lines := sheet.lines(block.tokens, block.permutation):
                blocks.append((block.selector, block.media, lines))
    yield OutputFile(platform.out, sheet_text(blocks))
