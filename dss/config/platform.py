"""``[platform.<name>]``: which tokens an output takes, what they are called, how their values are written."""

from __future__ import annotations

from typing import Any, Literal

from .table import (
    Keys,
    Table,
    Wrong,
    anything,
    array_of,
    checked,
    choice,
    flag,
    near,
    one_or_more,
    optional,
    positive,
    required,
    table,
    table_of,
    text,
    texts,
    whole,
)


class MatchTable(Table):
    """Which tokens: those for which everything that is given holds."""

    path: tuple[str, ...] = optional(one_or_more, ())
    """Patterns over paths: ``*`` within a name, ``**`` any names, ``{a,b}`` alternatives; ``!`` first excludes."""

    type: tuple[str, ...] = optional(one_or_more, ())
    file: tuple[str, ...] = optional(one_or_more, ())
    """Patterns over the file a token stands in, as ``sources`` name it."""

    member: dict[str, Any] = optional(table_of(anything), {})
    """A member of the token, e.g. ``"$extensions.acme.public"`` -> what it has to be."""

    alias: bool | None = optional(flag)
    deprecated: bool | None = optional(flag)


def _unknown_type(name: str) -> str | None:
    from dss_tokens.types import TYPES

    return None if name in TYPES else f"there is no type {name}; {near(name, TYPES, 0.6) or ', '.join(TYPES)}"


_UNITS = (
    "px", "rem", "em", "%", "pt", "pc", "in", "cm", "mm", "q", "dp", "sp", "dip", "ch", "ex", "cap", "ic", "lh", "rlh",
    "vw", "vh", "vi", "vb", "vmin", "vmax", "svw", "svh", "lvw", "lvh", "dvw", "dvh", "cqw", "cqh", "cqi", "cqb", "fr",
    "ms", "s", "deg", "rad", "grad", "turn", "dpi", "dpcm", "dppx", "x", "hz", "khz", "none",
)  # fmt: skip


def _unknown_unit(name: str) -> str | None:
    if name.lower() in _UNITS:
        return None
    hint = near(name.lower(), _UNITS)
    return f"there is no unit {name}" + (f"; {hint}" if hint else "")


_COLOR_ALIASES = {"as authored": "authored", "as-authored": "authored", "color()": "color"}
_color_form = choice(
    "authored", "short", "hex", "rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color",
    "display-p3",
)  # fmt: skip


def _color(value: Any, at: Keys, found: list[Wrong]) -> Any:
    return _color_form(_COLOR_ALIASES.get(value, value) if isinstance(value, str) else value, at, found)


class EffectTable(Table):
    """How tokens are written."""

    prefix: str | None = optional(text)
    references: bool | Literal["all"] | None = optional(choice("all", or_flag=True))
    """Keep aliases as references where the language has them; ``all``: also those to tokens of other files."""

    unit: str | None = optional(checked(text, _unknown_unit))
    """The unit of lengths or durations; bare numbers get it, too; ``none`` takes it away."""

    base: float | None = optional(positive)
    """What 1 rem is, in px."""

    digits: int | None = optional(whole(0, 12))
    """The most decimals of a number."""

    zero: str | None = optional(choice("unit", "bare", "omit"))
    """A length of 0 with its unit, without, or left out where CSS can do without."""

    slash: str | None = optional(text)
    """Between font size and line height in a ``font`` shorthand."""

    color: str | None = optional(_color)
    """The form of colours; ``as authored`` and ``color()`` are other names of the first and the last but one."""

    parts: str | None = optional(choice("shorthand", "only", "both"))
    """Whether a composite is one value, its parts under names of their own, or both."""

    as_type: str | None = optional(checked(text, _unknown_type), key="as")
    """Read the value as one of this type."""


class RuleTable(MatchTable, EffectTable):
    """``[[platform.<name>.rules]]``: how the tokens that match are written; a later rule wins."""


class NamesTable(Table):
    """``[platform.<name>.names]``: from a path to a name."""

    case: str | None = optional(choice("kebab", "keep", "snake", "camel", "pascal", "constant"))
    separator: str | None = optional(text)
    """Between the names of a path, for the cases that have one."""

    drop: tuple[str, ...] = optional(one_or_more, ())
    """Patterns of names that are left out of a path."""

    replace: dict[str, str] = optional(table_of(text), {})
    """Text in a name -> what stands for it."""

    rename: dict[str, str] = optional(table_of(text), {})
    """Pattern of paths -> the path that is spelled instead; wildcards are filled in turn."""

    parts: str | None = optional(text)
    """Between the name of a composite and that of its part."""


def _matching(value: Any, at: Keys, found: list[Wrong]) -> MatchTable:
    if isinstance(value, str | list):
        return MatchTable(path=one_or_more(value, at, found))
    return MatchTable.read(value, at, found)


def _selector(value: Any, at: Keys, found: list[Wrong]) -> Any:
    if isinstance(value, dict):
        return table_of(text)(value, at, found)
    if not isinstance(value, str):
        found.append(Wrong(at, "input should be a valid string or a table"))
    return value


class PlatformTable(EffectTable):
    """``[platform.<name>]``: one output."""

    format: str | None = optional(text)
    """A registered format's name; may be left out beside ``template``."""

    template: str | None = optional(text)
    """A Jinja template of the user's own, relative to dss.toml."""

    out: str = required(text)
    """The file (or, for formats of several files, the folder) to write, relative to dss.toml."""

    selector: dict[str, str] | str | None = optional(_selector)
    """``:root`` for the defaults, or ``modifier=context`` -> a selector."""

    media: dict[str, str] = optional(table_of(text), {})
    """``modifier=context`` -> a media query instead of a selector."""

    inputs: dict[str, str] = optional(table_of(text), {})
    """Contexts chosen for this output alone."""

    filter: MatchTable = optional(_matching, MatchTable())
    """Which tokens are written; patterns over paths alone may stand without a table."""

    names: NamesTable = optional(NamesTable.read, NamesTable())
    sort: str = optional(choice("source", "name", "path"), "source")
    rules: tuple[RuleTable, ...] = optional(array_of(RuleTable.read), ())
    transforms: tuple[str, ...] = optional(texts, ())
    """Transforms of plug-ins, in order, before the rules."""

    options: dict[str, Any] = optional(table, {})
    """What the format itself understands."""

    def fault(self) -> str | None:
        """It is told what to write, once."""
        if self.format is None and self.template is None:
            return "it needs a format or a template"
        if self.template is not None and self.format not in (None, "template"):
            return "it has a format and a template; leave one out"
        return None
