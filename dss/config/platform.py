"""``[platform.<name>]``: which tokens an output takes, what they are called, how their values are written."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from .table import Names, OneOrMore, Table


class MatchTable(Table):
    """Which tokens: those for which everything that is given holds."""

    path: OneOrMore = ()
    """Patterns over paths: ``*`` within a name, ``**`` any names, ``{a,b}`` alternatives; ``!`` first excludes."""

    type: OneOrMore = ()
    file: OneOrMore = ()
    """Patterns over the file a token stands in, as ``sources`` name it."""

    member: dict[str, Any] = {}
    """A member of the token, e.g. ``"$extensions.acme.public"`` -> what it has to be."""

    alias: bool | None = None
    deprecated: bool | None = None


def _known_type(name: str) -> str:
    from difflib import get_close_matches

    from dss_tokens.types import TYPES

    if name not in TYPES:
        near = get_close_matches(name, TYPES, 1)
        raise ValueError(f"there is no type {name}; " + (f"did you mean {near[0]}?" if near else ", ".join(TYPES)))
    return name


_UNITS = (
    "px", "rem", "em", "%", "pt", "pc", "in", "cm", "mm", "q", "dp", "sp", "dip", "ch", "ex", "cap", "ic", "lh", "rlh",
    "vw", "vh", "vi", "vb", "vmin", "vmax", "svw", "svh", "lvw", "lvh", "dvw", "dvh", "cqw", "cqh", "cqi", "cqb", "fr",
    "ms", "s", "deg", "rad", "grad", "turn", "dpi", "dpcm", "dppx", "x", "hz", "khz", "none",
)  # fmt: skip


def _known_unit(name: str) -> str:
    from difflib import get_close_matches

    if name.lower() not in _UNITS:
        near = get_close_matches(name.lower(), _UNITS, 1, 0.5)
        raise ValueError(f"there is no unit {name}" + (f"; did you mean {near[0]}?" if near else ""))
    return name


_COLOR_ALIASES = {"as authored": "authored", "as-authored": "authored", "color()": "color"}


def _color_form(name: Any) -> Any:
    return _COLOR_ALIASES.get(name, name) if isinstance(name, str) else name


class EffectTable(Table):
    """How tokens are written."""

    prefix: str | None = None
    references: bool | Literal["all"] | None = None
    """Keep aliases as references where the language has them; ``all``: also those to tokens of other files."""

    unit: Annotated[str, AfterValidator(_known_unit)] | None = None
    """The unit of lengths or durations; bare numbers get it, too; ``none`` takes it away."""

    base: float | None = Field(None, gt=0)
    """What 1 rem is, in px."""

    digits: int | None = Field(None, ge=0, le=12)
    """The most decimals of a number."""

    zero: Literal["unit", "bare", "omit"] | None = None
    """A length of 0 with its unit, without, or left out where CSS can do without."""

    slash: str | None = None
    """Between font size and line height in a ``font`` shorthand."""

    color: Annotated[
        Literal[
            "authored",
            "short",
            "hex",
            "rgb",
            "rgba",
            "hsl",
            "hsla",
            "hwb",
            "lab",
            "lch",
            "oklab",
            "oklch",
            "color",
            "display-p3",
        ]
        | None,
        BeforeValidator(_color_form),
    ] = None
    """The form of colours; ``as authored`` and ``color()`` are other names of the first and the last but one."""

    parts: Literal["shorthand", "only", "both"] | None = None
    """Whether a composite is one value, its parts under names of their own, or both."""

    as_type: Annotated[str, AfterValidator(_known_type)] | None = Field(None, alias="as")
    """Read the value as one of this type."""


class RuleTable(MatchTable, EffectTable):
    """``[[platform.<name>.rules]]``: how the tokens that match are written; a later rule wins."""


class NamesTable(Table):
    """``[platform.<name>.names]``: from a path to a name."""

    case: Literal["kebab", "keep", "snake", "camel", "pascal", "constant"] | None = None
    separator: str | None = None
    """Between the names of a path, for the cases that have one."""

    drop: OneOrMore = ()
    """Patterns of names that are left out of a path."""

    replace: dict[str, str] = {}
    """Text in a name -> what stands for it."""

    rename: dict[str, str] = {}
    """Pattern of paths -> the path that is spelled instead; wildcards are filled in turn."""

    parts: str | None = None
    """Between the name of a composite and that of its part."""


def _patterns(value: Any) -> Any:
    return {"path": value} if isinstance(value, (str, list, tuple)) else value


class PlatformTable(EffectTable):
    """``[platform.<name>]``: one output."""

    format: str | None = None
    """A registered format's name; may be left out beside ``template``."""

    template: str | None = None
    """A Jinja template of the user's own, relative to dss.toml."""

    out: str
    """The file (or, for formats of several files, the folder) to write, relative to dss.toml."""

    selector: dict[str, str] | str | None = None
    """``:root`` for the defaults, or ``modifier=context`` -> a selector."""

    media: dict[str, str] = {}
    """``modifier=context`` -> a media query instead of a selector."""

    inputs: dict[str, str] = {}
    """Contexts chosen for this output alone."""

    filter: Annotated[MatchTable, BeforeValidator(_patterns)] = MatchTable()
    """Which tokens are written; patterns over paths alone may stand without a table."""

    names: NamesTable = NamesTable()
    sort: Literal["source", "name", "path"] = "source"
    rules: Annotated[tuple[RuleTable, ...], Field(strict=False)] = ()
    transforms: Names = ()
    """Transforms of plug-ins, in order, before the rules."""

    options: dict[str, Any] = {}
    """What the format itself understands."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.format is None and self.template is None:
            raise ValueError("it needs a format or a template")
        if self.template is not None and self.format not in (None, "template"):
            raise ValueError("it has a format and a template; leave one out")
        return self
