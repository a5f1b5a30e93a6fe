"""Values laid out as Prettier 3 does it: 80 columns, two spaces, trailing commas.

Prettier builds a document of groups that stay on one line if they fit. JSON data needs few of its rules,
so they are applied directly: what stands on one line is measured, everything else is broken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .literals import property_key, scalar, width

WIDTH = 80
_SHORT_KEY = 5
"""Values of keys narrower than this stay on the key's line: a break would gain too little."""


class Layout:
    """Lays values out.

    Args:
        expanded: Whether objects were written over several lines in the source: then they stay so.
    """

    def __init__(self, *, expanded: bool) -> None:
        self.expanded = expanded

    def statement(self, left: str, value: Any, after: int = 0) -> str:
        """``left = value;``. *after*: how many columns follow the semicolon."""
        return self._assignment(left, " =", value, 0, 1 + after) + ";"

    def member(self, name: str, value: Any, indent: int) -> str:
        """A member of a broken object, without its comma."""
        return self._assignment(property_key(name), ":", value, indent, 1)

    def value(self, value: Any, indent: int, column: int, after: int) -> str:
        """*value* that begins in *column*; *after* columns must fit behind it on its last line."""
        if not (isinstance(value, dict | list) and value):
            return scalar(value)
        flat = self.flat(value)
        if flat is not None and column + width(flat) + after <= WIDTH:
            return flat
        if isinstance(value, dict):
            return self._object(value, indent)
        return self._numbers(value, indent) if _all_numbers(value) else self._list(value, indent)

    def flat(self, value: Any) -> str | None:
        """*value* on one line, or ``None`` where it must be broken."""
        if not (isinstance(value, dict | list) and value):
            return scalar(value)
        if isinstance(value, list):
            return None if _is_matrix(value) else _joined("[{}]", map(self.flat, value))
        if self.expanded:
            return None
        return _joined("{{ {} }}", (self._flat_member(key, item) for key, item in value.items()))

    def _flat_member(self, key: str, item: Any) -> str | None:
        written = self.flat(item)
        return None if written is None else f"{property_key(key)}: {written}"

    def _object(self, value: dict[str, Any], indent: int) -> str:
        margin = "\n" + " " * (indent + 2)
        members = "".join(f"{margin}{self.member(key, item, indent + 2)}," for key, item in value.items())
        return f"{{{members}\n{' ' * indent}}}"

    def _list(self, value: list[Any], indent: int) -> str:
        margin = "\n" + " " * (indent + 2)
        items = "".join(f"{margin}{self.value(item, indent + 2, indent + 2, 1)}," for item in value)
        return f"[{items}\n{' ' * indent}]"

    def _numbers(self, value: list[Any], indent: int) -> str:
        """Numbers, as many on a line as fit."""
        margin = "\n" + " " * (indent + 2)
        lines, column = [""], indent + 2
        for item in value:
            written = scalar(item) + ","
            if lines[-1] and column + 1 + len(written) <= WIDTH:
                lines[-1] += " " + written
                column += 1 + len(written)
            elif lines[-1]:
                lines.append(written)
                column = indent + 2 + len(written)
            else:
                lines[-1] = written
                column += len(written)
        return f"[{margin}{margin.join(lines)}\n{' ' * indent}]"

    def _assignment(self, left: str, operator: str, value: Any, indent: int, after: int) -> str:
        """``left: value`` or ``left = value``, broken behind the operator where that is Prettier's way."""
        column = indent + width(left) + len(operator) + 1
        key_is_short = operator == ":" and width(left) < _SHORT_KEY
        if not (isinstance(value, dict | list) and value):
            written = scalar(value)
            stays = key_is_short or written[0] in "0123456789tf" or column + width(written) + after <= WIDTH
        else:
            stays = key_is_short or column + 1 <= WIDTH
            if stays:
                return f"{left}{operator} {self.value(value, indent, column, after)}"
            written = self.value(value, indent + 2, indent + 2, after)
        return f"{left}{operator} {written}" if stays else f"{left}{operator}\n{' ' * (indent + 2)}{written}"


def _joined(frame: str, items: Iterable[str | None]) -> str | None:
    """*items* with commas in *frame*, ``None`` if one of them is."""
    found = []
    for item in items:
        if item is None:
            return None
        found.append(item)
    return frame.format(", ".join(found))


def _all_numbers(value: list[Any]) -> bool:
    return all(isinstance(item, int | float) and not isinstance(item, bool) for item in value)


def _is_matrix(value: list[Any]) -> bool:
    """Whether all items are objects, or all are lists, of more than one member: then each gets a line."""
    if len(value) < 2:
        return False
    kind = type(value[0])
    return kind in (dict, list) and all(type(item) is kind and len(item) > 1 for item in value)
