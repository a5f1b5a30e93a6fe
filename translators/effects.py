"""How tokens are written: the rules of a platform, and what they make of a token's value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from dss_tokens.regex import lazy
from dss_tokens.resolve.answers import ResolvedToken
from dss_tokens.types import TYPES, CompositeType, Kept, SimpleType
from dss_tokens.types.numeric import split_quantity

from .css_colors import DIGITS
from .css_values import Writers, writers
from .matching import Match, Test

Json = Any


_BARE_HEX = lazy(r"[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8}")


class Effects(NamedTuple):
    """What rules say of a token; ``None`` where they say nothing."""

    prefix: str | None = None
    references: bool | str | None = None
    unit: str | None = None
    """``px``, ``rem``, ``ms``, ``s`` convert; another unit is put to bare numbers; ``none`` takes the unit away."""

    base: float | None = None
    """What 1 rem is, in px; 16 by default."""

    digits: int | None = None
    zero: str | None = None
    slash: str | None = None
    color: str | None = None
    parts: str | None = None
    """``only`` the parts of a composite under names of their own, or ``both`` them and the ``shorthand``."""

    as_type: str | None = None
    """The type that the value is read as."""

    def over(self, other: Effects) -> Effects:
        """These, and where they say nothing *other*."""
        return other._replace(**{key: value for key, value in self._asdict().items() if value is not None})

    @property
    def changes_values(self) -> bool:
        """Whether a value becomes another one, not only another text."""
        return self.unit is not None or self.as_type is not None

    def writers(self) -> Writers:
        """What writes simple values as these effects want them."""
        digits = DIGITS if self.digits is None else self.digits
        return writers(self.color or "authored", digits, self.zero or "unit", self.slash or "/")


NONE = Effects()


class Rule(NamedTuple):
    """Effects for the tokens that match."""

    match: Match
    effects: Effects


def effects_of(rules: Sequence[Rule], whole: Effects) -> Callable[[ResolvedToken], Effects]:
    """What decides on the effects for a token: *whole* for all, then the rules in order; a later one wins."""
    tests: list[tuple[Test | None, Effects]] = [(rule.match.test(), rule.effects) for rule in rules]
    merged: dict[tuple[int, ...], Effects] = {}

    def find(token: ResolvedToken) -> Effects:
        fitting = tuple(place for place, (test, _) in enumerate(tests) if test is None or test(token))
        known = merged.get(fitting)
        if known is None:
            known = whole
            for place in fitting:
                known = tests[place][1].over(known)
            merged[fitting] = known
        return known

    return find


def changed(kind: str, value: Json, effects: Effects) -> tuple[str, Json]:
    """A value's type and the value itself as *effects* want them."""
    if effects.as_type is not None:
        kind, value = _as_type(effects.as_type, value)
    if effects.unit is not None:
        kind, value = _with_unit(kind, value, effects.unit, effects.base or 16)
    return kind, value


def _as_type(kind: str, value: Json) -> tuple[str, Json]:
    known = TYPES.get(kind)
    if isinstance(known, SimpleType):
        return kind, _read(known, value)
    if isinstance(known, CompositeType):
        return kind, [_object(known, item) for item in value] if type(value) is list else _object(known, value)
    return kind, value


def _read(kind: SimpleType, value: Json) -> Json:
    """A value as one of *kind*, as older forms write it; as it stands where it is none."""
    if kind.fits(value):
        return value
    upgraded = kind.upgrade(value)
    if upgraded is None and kind.name == "color" and isinstance(value, str) and _BARE_HEX.fullmatch(value):
        upgraded = kind.upgrade(f"#{value}")
    return upgraded.value if isinstance(upgraded, Kept) else value if upgraded is None else upgraded


def _object(kind: CompositeType, value: Json) -> Json:
    """A composite's object with its parts by their names and types; a part that may be 0 is so where it is missing."""
    upgraded = kind.upgrade(value)
    value = upgraded if type(upgraded) is dict else value
    if type(value) is not dict:
        return value
    found = dict(value)
    for name, part in kind.parts.items():
        of = TYPES.get(part.type)
        if isinstance(of, SimpleType) and (name in found or part.type in _ZERO):
            found[name] = _read(of, found.get(name, _ZERO.get(part.type)))
    return found


_ZERO = {"dimension": {"value": 0, "unit": "px"}, "duration": {"value": 0, "unit": "ms"}}
_LENGTHS = ("px", "rem")
_TIMES = ("ms", "s")


def _with_unit(kind: str, value: Json, unit: str, base: float) -> tuple[str, Json]:
    composite = TYPES.get(kind)
    if isinstance(composite, CompositeType):
        if unit not in _LENGTHS and unit not in _TIMES:
            return kind, value
        return kind, _in_parts(composite, value, unit, base)
    if isinstance(value, str) and (parts := split_quantity(value)) is not None:
        value = {"value": parts[0], "unit": parts[1]} if parts[1] else parts[0]
    if type(value) is int or type(value) is float:
        return _from_number(value, unit, base)
    if type(value) is dict and value.keys() == {"value", "unit"}:
        return _from_quantity(value, unit, base)
    return kind, value


def _from_number(value: float, unit: str, base: float) -> tuple[str, Json]:
    """A bare number counts px, or ms, or is a share of one."""
    if unit == "none":
        return "number", value
    if unit == "rem":
        return "dimension", {"value": _short(value / base), "unit": unit}
    if unit == "%":
        return "dimension", {"value": _short(round(value * 100, 10)), "unit": unit}
    if unit == "s":
        return "duration", {"value": _short(value / 1000), "unit": unit}
    return "duration" if unit == "ms" else "dimension", {"value": value, "unit": unit}


def _from_quantity(value: dict[str, Json], unit: str, base: float) -> tuple[str, Json]:
    amount, own = value["value"], value["unit"]
    if unit == "none":
        return "number", amount
    factor = {
        ("px", "rem"): 1 / base, ("rem", "px"): base, ("ms", "s"): 0.001, ("s", "ms"): 1000, ("%", "em"): 0.01,
    }.get((own, unit))  # fmt: skip
    if factor is not None:
        value = {"value": _short(round(amount * factor, 10)), "unit": unit}
    return ("duration" if value["unit"] in _TIMES else "dimension"), value


def _short(number: float) -> float:
    return int(number) if number == int(number) else number


def _in_parts(composite: CompositeType, value: Json, unit: str, base: float) -> Json:
    """The lengths, or the times, among the parts of a composite in *unit*."""
    if type(value) is list:
        return [_in_parts(composite, item, unit, base) for item in value]
    if type(value) is not dict:
        return value
    of = "dimension" if unit in _LENGTHS else "duration"
    done = dict(value)
    for name, part in composite.parts.items():
        if part.type == of and name in done:
            done[name] = _with_unit(of, done[name], unit, base)[1]
    return done


def effects_in(table: Mapping[str, Any]) -> Effects:
    """The effects among the keys of a table."""
    return Effects(**{key: value for key, value in table.items() if key in Effects._fields})
