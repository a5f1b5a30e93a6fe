"""What the application uses of this package."""

from __future__ import annotations

from .changes import changes_of
from .generate import Generated, generate
from .handover import Change, Changes, Component, Modifier, Stories, StoryToken
from .project import FOLDER, FRAMEWORKS

__all__ = (
    "FOLDER", "FRAMEWORKS", "Change", "Changes", "Component", "Generated", "Modifier", "Stories", "StoryToken",
    "changes_of", "generate",
)  # fmt: skip
