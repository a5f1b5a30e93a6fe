"""``copy_assets``."""

from __future__ import annotations

from collections.abc import Iterator

from ..action import Copy, actions
from ..config import PlatformConfig
from ..dictionary import Dictionary
from ..paths import joined


@actions.register("copy_assets")
def copy_assets(dictionary: Dictionary, platform: PlatformConfig) -> Iterator[Copy]:
    """The folder ``assets`` into the platform's build path."""
    yield Copy("assets", joined(platform.build_path, "assets"))
