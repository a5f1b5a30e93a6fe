"""``tokens-studio``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dss_tokens.patterns import among

from ...tokens_studio.preprocessing import Options, preprocess
from ..preprocessor import preprocessors


@preprocessors.register("tokens-studio")
def tokens_studio(tree: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """Types, shadow offsets and font styles of Tokens Studio.

    What is given to sd-transforms when it is registered stands under ``tokensStudio`` here:
    ``excludeParentKeys`` and ``alwaysAddFontStyle``; and ``sets``, patterns of the sets that count, where they are
    the root's members: ``["!dark/**"]`` leaves those of a folder out.
    """
    given = options.get("tokensStudio")
    given = given if isinstance(given, Mapping) else {}
    if isinstance(sets := given.get("sets"), list):
        counts = among([str(pattern) for pattern in sets], "/")
        tree = {name: part for name, part in tree.items() if name[:1] == "$" or counts(name)}
    return preprocess(
        tree,
        Options(
            exclude_parent_keys=bool(given.get("excludeParentKeys")),
            always_add_font_style=bool(given.get("alwaysAddFontStyle")),
        ),
    )
