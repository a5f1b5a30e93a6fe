"""The blocks of a stylesheet: made from the contexts, or as the option ``blocks`` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.resolve.permutations import Permutation, Permutations

from .cascade import blocks
from .css_merging import MergedSheet, fluid, light_dark
from .css_options import BlockOption, CssOptions, Pair
from .css_sheet import Sheet
from .rendering import Rendering
from .selectors import places_of


class Section(NamedTuple):
    """A block with its tokens."""

    selector: str
    media: str | None
    permutation: Permutation
    tokens: Sequence[ResolvedToken]
    declarations: Mapping[str, str]
    """Others than of tokens."""


def merging(sheet: Sheet, options: CssOptions) -> tuple[Sheet, Permutations]:
    """A sheet that merges the contexts that *options* want in one value, and the permutations that are left."""
    permutations = sheet.rendering.permutations
    for pair, merge in ((options.fluid, fluid), (options.light_dark, light_dark)):
        if pair is not None:
            sheet = merged = MergedSheet(sheet, permutations, pair, merge(pair))
            permutations = merged.reduced()
    return sheet, permutations


def sections(rendering: Rendering, sheet: Sheet, permutations: Permutations, options: CssOptions) -> Iterator[Section]:
    """The blocks in order, the defaults first."""
    if options.blocks is not None:
        for block in options.blocks:
            yield from _listed(rendering, block)
        return
    scheme = {"color-scheme": "light dark"} if options.light_dark is not None else {}
    base = permutations.base
    root = rendering.platform.root_selector
    yield Section(root, None, base, list(base.tokens.values()), {**scheme, **options.declarations})
    if options.light_dark is not None:
        yield from _schemes(rendering, options.light_dark)
    if permutations.others:
        nested = rendering.permutation if options.nested else None
        for made in blocks(permutations, rendering.platform, sheet.declaration, nested):
            yield Section(made.selector, made.media, made.permutation, made.tokens, {})


def _schemes(rendering: Rendering, pair: Pair) -> Iterator[Section]:
    """The colour scheme that each context of a ``light-dark()`` sets."""
    for context, scheme in ((pair.low, "light"), (pair.high, "dark")):
        for place in places_of({pair.modifier: context}, rendering.platform):
            if place.on_element:
                yield Section(place.selector, place.media, rendering.permutations.base, [], {"color-scheme": scheme})


def _listed(rendering: Rendering, block: BlockOption) -> Iterator[Section]:
    permutation = rendering.permutation(block.inputs)
    if permutation is None:
        return
    test = block.filter.test()
    whole = block.all or not permutation.inputs
    tokens = [
        token
        for path, token in permutation.tokens.items()
        if (whole or path in permutation.differing) and (test is None or test(token))
    ]
    media = None if block.media is None else f"@media {block.media.removeprefix('@media').strip()}"
    yield Section(block.selector or rendering.platform.root_selector, media, permutation, tokens, block.declarations)
