"""The options of the CSS formats: ``[platform.x.options]``, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from dss_tokens.errors import InputError

from .css_gamut import GAMUTS
from .css_text import is_harmless
from .css_utility import GROUPS
from .format_options import option_fault
from .matching import EVERY, Match, matches_in
from .platform import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOption:
    """One block of ``blocks``: where it stands, for which contexts, with which tokens."""

    selector: str | None = None
    media: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    filter: Match = EVERY
    declarations: Mapping[str, str] = field(default_factory=dict)
    """Further declarations, e.g. ``color-scheme``."""

    all: bool = False
    """Every token, not only those that differ from the defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two contexts of a modifier whose values become one."""

    modifier: str
    low: str
    """``light``, or the context of the narrow screen."""

    high: str
    low_width: float = 0
    """In px: where the fluid values begin and end to grow."""

    high_width: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CssOptions:
    """What the CSS formats understand."""

    blocks: Sequence[BlockOption] | None = None
    declarations: Mapping[str, str] = field(default_factory=dict)
    gamut: Sequence[str] = ()
    """Of :data:`.css_gamut.GAMUTS`, from narrow to wide; the first is the fallback."""

    property: bool = False
    utility: Mapping[str, Sequence[str]] = field(default_factory=dict)
    light_dark: Pair | None = None
    fluid: Pair | None = None
    nested: bool = False


def options_of(platform: Platform) -> CssOptions:
    """The options of a platform.

    Raises:
        InputError: One is unknown, or does not fit.
    """
    options = CssOptions(**{key: _read(key, value, platform) for key, value in platform.options.items()})
    for key in ("declarations", "light_dark", "fluid", "nested"):
        if options.blocks is not None and getattr(options, key):
            raise _fault(f"options.{key} has no effect beside blocks, which say everything", platform, key)
    return options


def _fault(message: str, platform: Platform, key: str, hint: str | None = None) -> InputError:
    return InputError(option_fault(platform, key, message, hint))


class _UnfitError(ValueError):
    """What was expected instead."""


def _read(key: str, value: Any, platform: Platform) -> Any:
    reader = _READERS.get(key)
    if reader is None:
        raise _fault(f"{platform.format} has no option {key}", platform, key, _meant(key, _READERS))
    try:
        return reader(value)
    except _UnfitError as error:
        raise _fault(f"platform.{platform.name}.options.{key}: {error}", platform, key) from error


def _meant(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), 1)
    return f"did you mean {near[0]}?" if near else "known: " + ", ".join(known)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _UnfitError("true or false is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _UnfitError("a text is expected")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise _UnfitError("an array of texts is expected")
    return tuple(value)


def _table(value: Any, what: str = "a table is expected") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _UnfitError(what)
    return value


def _declarations(value: Any) -> dict[str, str]:
    for name, text in _table(value).items():
        if not isinstance(text, str) or not is_harmless(text) or not name.replace("-", "").isalnum():
            raise _UnfitError(f"{name} is no declaration: a property's name and its value are expected")
    return dict(value)


def _gamut(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return tuple(GAMUTS) if value else ()
    chosen = _texts(value)
    for name in chosen:
        if name not in GAMUTS:
            raise _UnfitError(f"there is no gamut {name}; {_meant(name, GAMUTS)}")
    return tuple(name for name in GAMUTS if name in chosen)


def _utility(value: Any) -> dict[str, tuple[str, ...]]:
    for name in _table(value):
        if name not in GROUPS:
            raise _UnfitError(f"{name} is no group of classes; {_meant(name, GROUPS)}")
    return {name: _texts(patterns) for name, patterns in value.items()}


def _inputs(value: Any) -> dict[str, str]:
    if not all(isinstance(context, str) for context in _table(value).values()):
        raise _UnfitError("contexts are texts")
    return dict(value)


def _filter(value: Any) -> Match:
    if not isinstance(value, dict):
        return Match(path=_texts(value))
    for name in value:
        if name not in _FILTER:
            raise _UnfitError(f"a filter has no {name}; {_meant(name, _FILTER)}")
    return matches_in({name: _FILTER[name](part) for name, part in value.items()})


_FILTER: Mapping[str, Callable[[Any], Any]] = {
    "path": _texts, "type": _texts, "file": _texts, "member": _table, "alias": _flag, "deprecated": _flag,
}  # fmt: skip
_BLOCK: Mapping[str, Callable[[Any], Any]] = {
    "selector": _text, "media": _text, "inputs": _inputs, "filter": _filter, "declarations": _declarations,
    "all": _flag,
}  # fmt: skip


def _blocks(value: Any) -> tuple[BlockOption, ...]:
    if not isinstance(value, (list, tuple)):
        raise _UnfitError("an array of tables is expected")
    blocks = []
    for place, item in enumerate(value):
        for key in _table(item, f"block {place} is no table"):
            if key not in _BLOCK:
                raise _UnfitError(f"block {place} has no {key}; {_meant(key, _BLOCK)}")
        blocks.append(BlockOption(**{key: _BLOCK[key](part) for key, part in item.items()}))
    return tuple(blocks)


def _light_dark(value: Any) -> Pair:
    if isinstance(value, str):
        return Pair(modifier=value, low="light", high="dark")
    table = _table(value, "a modifier's name is expected, or a table with modifier, light and dark")
    if table.keys() != {"modifier", "light", "dark"}:
        raise _UnfitError("modifier, light and dark are expected")
    return Pair(modifier=_text(table["modifier"]), low=_text(table["light"]), high=_text(table["dark"]))


def _fluid(value: Any) -> Pair:
    table = _table(value)
    if table.keys() != {"modifier", "from", "to"} or not all(isinstance(table[k], dict) for k in ("from", "to")):
        raise _UnfitError('expected: modifier, from = { context = "small", width = "320px" } and to, likewise')
    ends = [(_text(table[end].get("context")), _width(table[end].get("width"))) for end in ("from", "to")]
    (low, low_width), (high, high_width) = ends
    if low_width >= high_width:
        raise _UnfitError("the width of to has to be above that of from")
    return Pair(modifier=_text(table["modifier"]), low=low, high=high, low_width=low_width, high_width=high_width)


def _width(value: Any) -> float:
    from dss_tokens.types.numeric import split_quantity

    parts = split_quantity(value) if isinstance(value, str) else None
    if parts is None or parts[1] not in ("px", "rem", "em"):
        raise _UnfitError('a width is a length, e.g. "20rem" or "320px"')
    return float(parts[0]) * (1 if parts[1] == "px" else 16)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "blocks": _blocks, "declarations": _declarations, "gamut": _gamut, "property": _flag, "utility": _utility,
    "light_dark": _light_dark, "fluid": _fluid, "nested": _flag,
}  # fmt: skip
