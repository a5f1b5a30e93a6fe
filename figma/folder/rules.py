"""All that is known about a token folder, for whoever brings its sides together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..variables.raw import RESOLVED_TYPES, Notation
from .adoption import adopted_resolver, adopted_tokens
from .identities import Seat, identities
from .keeping import with_own
from .modes import modes_of_files, renamed, renamings, settled_names, spaces_in
from .rebinding import rebound
from .spaces import origin_of
from .spelling import respelled


@dataclass(frozen=True, slots=True)
class FolderRules:
    """The functions of this package, with the project's decisions."""

    color_profile: str = "srgb"
    rem: float = 16.0
    """What 1 rem is in px."""

    spaces_in = staticmethod(spaces_in)
    modes_of_files = staticmethod(modes_of_files)
    settled_names = staticmethod(settled_names)
    renamings = staticmethod(renamings)
    renamed = staticmethod(renamed)
    identities = staticmethod(identities)
    adopted_tokens = staticmethod(adopted_tokens)
    adopted_resolver = staticmethod(adopted_resolver)
    with_own = staticmethod(with_own)
    rebound = staticmethod(rebound)

    def holds(self, type_: str | None, token: Mapping[str, Any]) -> bool:
        """Whether a variable of the file can hold a token: not a style, not another library's variable, no composite.

        Args:
            type_: Its DTCG type, ``None`` where only its references know.
            token: The token.
        """
        origin = origin_of(dict(token))
        return "style" not in origin and "library" not in origin and (type_ is None or type_ in RESOLVED_TYPES)

    def respelled(
        self, other: Mapping[str, Any], seats: Mapping[Seat, str], local: Mapping[str, Any],
        own_seats: Mapping[Seat, str],
    ) -> dict[str, Any]:  # fmt: skip
        """See :func:`figma.folder.spelling.respelled`."""
        return respelled(other, seats, local, own_seats, Notation(self.color_profile, self.rem))
