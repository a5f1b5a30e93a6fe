"""Following aliases to their literals, as Figma does: same mode name in the target's collection, else its default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

from ..records import Collection, Payload, Raw, Variable, alias_target
from ..values.colors import is_color
from ..values.numbers import is_number

Reason = Literal["missing", "cycle", "no value", "malformed"]

_DEEPEST: Final = 64
"""Composed colours inside composed colours; Figma makes one level."""


class Dead(NamedTuple):
    """Why there is no literal."""

    reason: Reason
    at: str
    """The id of the variable where the chain ends."""


_TYPED: dict[str, Callable[[Raw], bool]] = {
    "COLOR": is_color,
    "FLOAT": is_number,
    "STRING": lambda value: type(value) is str,
    "BOOLEAN": lambda value: type(value) is bool or (type(value) is int and value in (0, 1)),
}


class Chains:
    """The literals of all variables in all modes; each chain is walked once."""

    __slots__ = ("_depth", "_extended", "_memo", "_pending", "_variables")

    def __init__(self, payload: Payload) -> None:
        self._variables = payload.variables
        self._memo: dict[tuple[str, str], Any] = {}
        self._pending: set[tuple[str, str]] = set()
        self._depth = 0
        self._extended: dict[str, tuple[Collection, str | None]] = {
            mode.id: (collection, mode.parent)
            for collection in payload.collections.values()
            if collection.parent
            for mode in collection.modes
        }

    def authored(self, variable: Variable, mode: str) -> Raw | None:
        """What stands in the file for *variable* in *mode*; an extended mode inherits what it does not override."""
        value = variable.values.get(mode)
        if value is not None:
            return value
        for _ in range(len(self._extended)):
            if mode not in self._extended:
                return variable.values.get(mode)
            collection, parent = self._extended[mode]
            value = collection.overrides.get(variable.id, {}).get(mode)
            if value is not None or parent is None:
                return value
            mode = parent
        return variable.values.get(mode)

    def mode_in(self, variable: Variable, mode: str, target: Variable) -> str:
        """The mode in which an alias of *variable* in *mode* reads *target*."""
        theirs = target.collection
        if theirs is variable.collection:
            return mode
        return theirs.like(self.mode_name(variable, mode))

    def mode_name(self, variable: Variable, mode: str) -> str:
        """What the editor calls *mode*."""
        extended = self._extended.get(mode)
        collection = extended[0] if extended else variable.collection
        return collection.name_of.get(mode, mode)

    def target(self, value: Raw) -> Variable | None:
        """The variable that *value* aliases, when the source holds it."""
        identity = alias_target(value)
        return None if identity is None else self._variables.get(identity)

    def literal(self, variable: Variable, mode: str) -> Any:
        """The literal of *variable* in *mode*, of its type; a :class:`Dead` when there is none. Colours composed."""
        own = variable.values.get(mode)
        if type(own) is dict and "r" in own and variable.type == "COLOR" and "type" not in own and is_color(own):
            return own  # most often: nothing to follow, and nothing to remember
        key = (variable.id, mode)
        if key in self._memo:
            return self._memo[key]
        walked: list[tuple[str, str]] = []
        while True:
            if key in self._memo:
                result = self._memo[key]
                break
            if key in self._pending:
                result = Dead("cycle", variable.id)
                break
            self._pending.add(key)
            walked.append(key)
            value = self.authored(variable, mode)
            identity = alias_target(value)
            if identity is None:
                result = self._ending(variable, mode, value)
                break
            target = self._variables.get(identity)
            if target is None:
                result = Dead("missing", identity)
                break
            mode = self.mode_in(variable, mode, target)
            variable = target
            key = (variable.id, mode)
        for key in walked:
            self._memo[key] = result
        self._pending.difference_update(walked)
        return result

    def _ending(self, variable: Variable, mode: str, value: Raw) -> Any:
        if value is None:
            return Dead("no value", variable.id)
        if type(value) is dict and "r" not in value and "color" in value:
            return self._composed(variable, mode, value)
        typed = _TYPED.get(variable.type)
        if typed is not None and not typed(value):
            return Dead("malformed", variable.id)
        return value

    def _composed(self, variable: Variable, mode: str, value: Raw) -> Any:
        """``{"color": …, "opacity": …}`` as a literal colour; opacity counts in hundredths."""
        self._depth += 1
        color = self.part(variable, mode, value["color"]) if self._depth < _DEEPEST else Dead("cycle", variable.id)
        opacity = self.part(variable, mode, value.get("opacity", 100))
        self._depth -= 1
        if isinstance(color, Dead) or isinstance(opacity, Dead):
            return color if isinstance(color, Dead) else opacity
        if not is_color(color) or not is_number(opacity):
            return Dead("malformed", variable.id)
        # Somebody who typed 0.4 into a percent field means 40 %: the same reading as for opacity variables.
        alpha = opacity if 0 < opacity < 1 else opacity / 100
        return {**color, "a": min(max(alpha, 0), 1)}

    def part(self, variable: Variable, mode: str, value: Raw) -> Any:
        """A part of a composed colour: the literal, or what its alias leads to."""
        identity = alias_target(value)
        if identity is None:
            return value
        target = self._variables.get(identity)
        if target is None:
            return Dead("missing", identity)
        return self.literal(target, self.mode_in(variable, mode, target))
