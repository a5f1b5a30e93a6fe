from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means."""

    title: str
    """One line, without a full stop."""

    text: str
    """Why it is a fault and what to do."""

    example: str = ""
    """A shortest input that shows it, as it would stand in a file."""
