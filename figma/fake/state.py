"""One file's variables, changed only by what ``POST /v1/files/:key/variables`` allows.

Source: Figma REST API 0.43, "Update variables". Validation comes first on a copy, so a request is applied whole or
not at all.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from .checks import Json
from .draft import MOST_MODES, Draft


class FakeFile:
    """The variables and collections of one file, in the shape of GET variables/local."""

    def __init__(self, payload: Mapping[str, Any] | None = None, *, most_modes: int = MOST_MODES) -> None:
        """
        Args:
            payload: An answer of variables/local to begin with; it is copied.
            most_modes: What the plan allows.
        """
        meta = copy.deepcopy(dict((payload or {}).get("meta", payload or {})))
        self.variables: dict[str, Json] = meta.get("variables", {})
        self.collections: dict[str, Json] = meta.get("variableCollections", {})
        self.most_modes = most_modes
        self.version = 1
        self._number = 100

    def local(self) -> Json:
        """The answer of GET variables/local."""
        meta = {"variables": self.variables, "variableCollections": self.collections}
        return {"status": 200, "error": False, "meta": copy.deepcopy(meta)}

    def post(self, body: object) -> dict[str, str]:
        """Apply one request body: temporary id -> real id.

        Raises:
            PostRefusedError: A rule is broken; nothing was changed.
        """
        draft = Draft(copy.deepcopy(self.variables), copy.deepcopy(self.collections), self.most_modes, self._number)
        draft.apply(body)
        self.variables, self.collections, self._number = draft.variables, draft.collections, draft.number
        self.version += 1
        return draft.real
