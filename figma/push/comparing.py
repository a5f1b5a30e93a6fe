"""Whether two sides of a push say the same."""

from __future__ import annotations

from ..variables.raw import Written, same_raw
from .decisions import Json
from .sides import Sides
from .table import Cell, Table
from .targets import Alias, Foreign, referred


def same(
    sides: Sides,
    one: Cell,
    ours: Table,
    other: Cell,
    others: Table,
    mode: str,
    written: Written | None,
    resolved: str,
) -> bool:
    """Whether two cells say the same to Figma; *written* is what *one* is there, where known."""
    if one.value == other.value and not isinstance(referred(one.value, ours), (Alias, Foreign)):
        return True
    left, right = referred(one.value, ours), referred(other.value, others)
    if isinstance(left, (Alias, Foreign)) or isinstance(right, (Alias, Foreign)):
        return left == right
    if written is None:
        written = sides.literal(one, mode, ours, resolved)
    theirs = sides.literal(other, mode, others, resolved)
    return written.value is not None and theirs.value is not None and same_raw(written.value, theirs.value)


def details(cell: Cell) -> Json:
    """What a variable says beside its values."""
    origin = cell.origin
    description = cell.token.get("$description")
    deprecated = cell.token.get("$deprecated")
    text = description if isinstance(description, str) else ""
    if deprecated and not text.startswith("Deprecated"):
        reason = f": {deprecated}" if isinstance(deprecated, str) else ""
        text = f"Deprecated{reason}. {text}".rstrip()
    return {
        "description": text,
        "scopes": origin.get("scopes"),
        "codeSyntax": origin.get("codeSyntax"),
        "hiddenFromPublishing": origin.get("hiddenFromPublishing"),
    }
