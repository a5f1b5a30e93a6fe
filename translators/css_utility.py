"""Utility classes: a class for each token and use of it, ``.bg-…``, ``.text-…``, ``.p-…``. The names are Terrazzo's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dss_tokens.naming import kebab_name
from dss_tokens.patterns import among
from dss_tokens.resolve.answers import ResolvedToken

from .composite_parts import has_parts
from .css_sheet import Sheet
from .css_text import identifier

Rule = tuple[str, list[str]]
"""Selector and declarations."""

_SIDES = ("top", "right", "bottom", "left")
_BORDER_PARTS = {"border": "", "color": "-color", "dimension": "-width", "strokeStyle": "-style"}
_FONT = {"fontFamily": "font-family", "dimension": "font-size", "fontWeight": "font-weight", "number": "line-height"}
_SPACE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    short: {
        f"{short}a": (name,),
        f"{short}x": (f"{name}-inline", f"{name}-left", f"{name}-right"),
        f"{short}y": (f"{name}-block", f"{name}-bottom", f"{name}-top"),
        f"{short}t": (f"{name}-top",), f"{short}r": (f"{name}-right",), f"{short}b": (f"{name}-bottom",),
        f"{short}l": (f"{name}-left",), f"{short}bs": (f"{name}-block-start",), f"{short}be": (f"{name}-block-end",),
        f"{short}is": (f"{name}-inline-start",), f"{short}ie": (f"{name}-inline-end",),
    }
    for short, name in (("m", "margin"), ("p", "padding"))
}  # fmt: skip

GROUPS = ("bg", "border", "font", "layout", "shadow", "text")
"""The groups of classes."""


def rules(utility: Mapping[str, Sequence[str]], sheet: Sheet) -> Iterator[Rule]:
    """The rules of all groups; *utility* says which paths each is for."""
    for group in GROUPS:
        if group not in utility:
            continue
        wanted = among(tuple(utility[group]), ".")
        tokens = [token for token in sheet.rendering.tokens.values() if wanted(token.path.removesuffix(".$root"))]
        for prefix, uses in _uses(group):
            for token in tokens:
                lines = _declarations(group, uses, token, sheet)
                if lines:
                    yield f".{identifier(_class_name(prefix, token.path))}", lines


def _uses(group: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The prefixes of a group's classes with the properties they set."""
    if group == "border":
        yield "border", ("border",)
        yield from ((f"border-{side}", (f"border-{side}",)) for side in _SIDES)
    elif group == "layout":
        yield "gap", ("gap",)
        yield "gap-col", ("column-gap",)
        yield "gap-row", ("row-gap",)
        for uses in _SPACE.values():
            yield from uses.items()
    else:
        yield group, (group,)


def _declarations(group: str, uses: tuple[str, ...], token: ResolvedToken, sheet: Sheet) -> list[str]:
    value = f"var(--{sheet.shown[token.path]})"
    kind = token.type
    if group == "bg":
        return {
            "color": [f"background-color: {value};"], "gradient": [f"background-image: linear-gradient({value});"],
        }.get(kind, [])  # fmt: skip
    if group == "text":
        return {
            "color": [f"color: {value};"],
            "gradient": [f"background: -webkit-linear-gradient({value});", "-webkit-background-clip: text;",
                         "-webkit-text-fill-color: transparent;"],
        }.get(kind, [])  # fmt: skip
    if group == "border":
        return [f"{uses[0]}{_BORDER_PARTS[kind]}: {value};"] if kind in _BORDER_PARTS else []
    if group == "shadow":
        return [f"box-shadow: {value};"] if kind == "shadow" else []
    if group == "layout":
        return [f"{use}: {value};" for use in uses] if kind == "dimension" else []
    return _font(token, value, sheet)


def _font(token: ResolvedToken, value: str, sheet: Sheet) -> list[str]:
    if token.type in _FONT:
        return [f"{_FONT[token.type]}: {value};"]
    if token.type != "typography":
        return []
    if sheet.rendering.effects(token).parts in ("only", "both") and has_parts(token):
        return [f"{kebab_name(part)}: var(--{sheet.part_name(token, part)});" for part in token.value]
    lines = [f"font: {value};"]
    if type(token.value) is dict and "letterSpacing" in token.value:
        lines.append(f"letter-spacing: var(--{sheet.names[token.path]}-letter-spacing);")
    return lines


def _class_name(prefix: str, path: str) -> str:
    """``bg-color-brand``; a path that begins with the group's name does not repeat it."""
    name = kebab_name(path)
    group = prefix.partition("-")[0]
    return f"{prefix}-{name.removeprefix(f'{group}-')}" if name != group else prefix
