"""Which aliases can be DTCG references.

In Figma an alias is followed per mode: the mode of the same name in the target's collection, else its default. In a
resolver document a reference sees whatever context is chosen for the target. A reference is written only where both
agree: in the context of its own modifier, all other modifiers at their defaults, it gives Figma's value; and in no
permutation does it dangle or run in a circle. Everything else is written as a literal that remembers its alias.
"""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Mapping

from ..records import Variable, alias_target
from .chains import Chains, Dead
from .kinds import Kinds
from .units import Unit


class References:
    """Decides for each alias. See the module."""

    __slots__ = ("_chains", "_entangled", "_extended", "_gaps", "_kinds", "_units", "_written")

    def __init__(
        self,
        chains: Chains,
        kinds: Kinds,
        units: Mapping[str, Unit],
        written: Mapping[str, Variable],
        gaps: Mapping[str, Container[str]],
        entangled: Container[str],
        extended: Container[str] = (),
    ) -> None:
        """
        Args:
            chains: The literals.
            kinds: The kinds of all variables.
            units: Collection id -> unit.
            written: The variables that are written, by id.
            gaps: Variable id -> modes in which it has no value and is not written.
            entangled: Variables that some circle could go through.
            extended: Collections that others extend: their overrides are contexts of their own.
        """
        self._chains, self._kinds, self._units = chains, kinds, units
        self._written, self._gaps, self._entangled = written, gaps, entangled
        self._extended = {id(units[identity]) for identity in units if identity in extended}

    def possible(self, variable: Variable, mode: str, target: Variable) -> bool:
        """Whether *variable* in *mode* may refer to *target*."""
        if target.id not in self._written or self._kinds[variable.id] != self._kinds[target.id]:
            return False
        ours, theirs = variable.collection, target.collection
        unit = self._units[ours.id]
        gaps = self._gaps.get(target.id)
        expected = self._chains.literal(variable, mode)
        if type(expected) is Dead and expected.reason == "cycle":
            return False
        if unit is self._units[theirs.id]:
            read = self._chains.mode_in(variable, mode, target)
            return gaps is None or (read in theirs.name_of and read not in gaps)
        if gaps is not None:
            return False
        if variable.id in self._entangled and target.id in self._entangled:
            return False
        there = self._chains.mode_in(variable, mode, target)
        if there != theirs.default and self._chains.literal(target, theirs.default) != expected:
            return False
        if mode == ours.default and id(unit) not in self._extended:
            return True
        return self._stays_away(variable, mode, target, unit, expected)

    def _stays_away(self, variable: Variable, mode: str, target: Variable, unit: Unit, expected: object) -> bool:
        """Whether the chain from *target* gives *expected* although *unit* is not at its default.

        That is so when it never comes back into *unit*, or meets the same value there.
        """
        seen: set[str] = set()
        while target.id not in seen:
            seen.add(target.id)
            identity = alias_target(self._chains.authored(target, target.collection.default))
            if identity is None or (following := self._written.get(identity)) is None:
                return True
            target = following
            if self._units[target.collection.id] is unit:
                if id(unit) in self._extended:
                    return False  # some extension may override it
                return bool(self._chains.literal(target, self._chains.mode_in(variable, mode, target)) == expected)
        return False
