"""CSS custom properties: the defaults in ``:root``, then a block per context with what differs."""

from __future__ import annotations

from collections.abc import Iterator

from dss_tokens.output import OutputFile

from ..css_sheet import Sheet
from ..css_text import sheet_text
from ..registry import formats
from ..rendering import Rendering

_Block = tuple[str, str | None, str]


@formats.register("css/variables", "css")
def variables(rendering: Rendering, /) -> Iterator[OutputFile]:
    """``css/variables``: aliases stay ``var(--…)`` unless the platform wants literals."""
    if rendering.platform.options:
        blocks = list(_with_options(rendering))
    else:
        blocks = list(_plain(rendering))
    yield OutputFile(rendering.platform.out, sheet_text(blocks))


def _plain(rendering: Rendering) -> Iterator[_Block]:
    sheet = Sheet(rendering)
    if text := sheet.default_text():
        yield rendering.platform.root_selector, None, text
    if rendering.permutations.others:
        for block in rendering.blocks(sheet.declaration):
            if text := sheet.text(block.tokens, block.permutation):
                yield block.selector, block.media, text


def _with_options(rendering: Rendering) -> Iterator[_Block]:
    from ..css_blocks import merging, sections
    from ..css_gamut import within
    from ..css_options import options_of
    from ..css_property import definitions
    from ..css_utility import rules
    from ..selectors import both

    options = options_of(rendering.platform)
    narrow, *wide = options.gamut or (None,)
    plain = Sheet(rendering, None if narrow is None else within(narrow))
    if options.property:
        yield from ((name, None, "\n".join(lines)) for name, lines in definitions(plain, options.light_dark))
    sheet, permutations = merging(plain, options)
    wider = [(gamut, merging(Sheet(rendering, within(gamut)), options)[0]) for gamut in wide if gamut is not None]
    for section in sections(rendering, sheet, permutations, options):
        own = [f"{name}: {value};" for name, value in section.declarations.items()]
        if texts := [*own, *filter(None, [sheet.text(section.tokens, section.permutation)])]:
            yield section.selector, section.media, "\n".join(texts)
        before = sheet
        for gamut, other in wider:
            before, lines = other, other.beyond(before, section.tokens, section.permutation)
            if lines:
                queries = [f"(color-gamut: {gamut})", *([section.media] if section.media is not None else [])]
                yield section.selector, f"@media {both(queries)}", "\n".join(lines)
    yield from ((selector, None, "\n".join(lines)) for selector, lines in rules(options.utility, plain))
