"""``android/*``."""

from __future__ import annotations

from collections.abc import Iterator

from ..action import Copy, actions
from ..config import PlatformConfig
from ..dictionary import Dictionary
from ..ecmascript.values import text
from ..paths import joined


@actions.register("android/copyImages")
def copy_images(dictionary: Dictionary, platform: PlatformConfig) -> Iterator[Copy]:
    """Each token whose ``type`` is ``asset`` into the drawable folder of its attribute ``state``."""
    base = joined(platform.build_path, "android/main/res/drawable")
    for token in dictionary.tokens:
        value = token[dictionary.value_key]
        if token.get("type") != "asset" or not isinstance(value, str):
            continue
        state = token["attributes"].get("state")
        folder = base if state is None else f"{base}-{text(state)}"
        name = "_".join(token["path"][2:4])
        yield Copy(value, joined(folder, f"{name}.png"))
