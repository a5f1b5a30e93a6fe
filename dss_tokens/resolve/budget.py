"""How much a document may resolve to: a few lines of references to references can stand for gigabytes.

Only what references put in place is counted: everything else stands in the file and is bounded by it.
"""

from __future__ import annotations

from ..limits import MAX_VALUE_DEPTH, MIN_RESOLVED_NODES, RESOLVED_NODES_PER_TOKEN
from ..model import Json

FIXED_NODES = {
    "color": 8, "dimension": 3, "duration": 3, "number": 1, "fontWeight": 1, "cubicBezier": 5, "transition": 12,
}  # fmt: skip
"""Types whose values have at most so many nodes, whatever they say."""


class TooMuchError(Exception):
    """Resolving goes beyond a limit; carries the diagnostic's code and message."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


class Budget:
    """Counts the nodes (objects, arrays and scalars) that references put in place."""

    def __init__(self, tokens: int) -> None:
        self.most = max(MIN_RESOLVED_NODES, RESOLVED_NODES_PER_TOKEN * tokens)
        self.left = self.most
        self._measured: dict[int, tuple[Json, int, int]] = {}

    def spend(self, value: Json) -> None:
        """Counts *value* as put in place once more.

        Raises:
            TooMuchError: Too many nodes by now, or the value nests too deeply.
        """
        self.left -= self.nodes(value)
        if self.left < 0:
            raise TooMuchError("DSS224", f"the values of the document resolve to more than {self.most:,} nodes")

    def nodes(self, value: Json) -> int:
        """The nodes of *value*, shared parts counted each time. Measured once per object.

        Raises:
            TooMuchError: It nests too deeply.
        """
        return self._measure(value)[0]

    def _measure(self, value: Json) -> tuple[int, int]:
        kind = type(value)
        if kind is not dict and kind is not list:
            return 1, 0
        known = self._measured.get(id(value))
        if known is not None:
            return known[1:]
        nodes, depth = 1, 0
        # As deep as a value was written: what references put into it was measured when they were followed.
        for part in value.values() if kind is dict else value:
            inner, below = self._measure(part)
            nodes += inner
            depth = max(depth, below)
        if depth >= MAX_VALUE_DEPTH:
            raise TooMuchError("DSS106", f"its value resolves to more than {MAX_VALUE_DEPTH} nested values")
        self._measured[id(value)] = value, nodes, depth + 1  # the value itself, so that its id stays its own
        return nodes, depth + 1
