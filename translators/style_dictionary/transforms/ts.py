"""``ts/*``: what sd-transforms adds for Tokens Studio. All work on resolved values, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...tokens_studio import values
from ...tokens_studio.arithmetic import FRACTION_DIGITS, is_hex
from ...tokens_studio.colors import modified
from ..color.css import ColorSyntaxError
from ..references import uses_references
from ..transform import Setting, Token, TransformError, attribute_transform, value_transform


def _type(token: Token) -> Any:
    found = token.get("$type")
    return token.get("type") if found is None else found


@attribute_transform("ts/descriptionToComment")
def description_to_comment(token: Token, setting: Setting) -> dict[str, Any]:
    """``description`` as ``comment``. Like the original, it copies the whole token into the attributes."""
    description = token.get("description")
    if not isinstance(description, str) or not description:
        return {}
    token["comment"] = description.replace("\r\n", "\n").replace("\r", "\n")
    before = _behind(token.get("original"), "key") or "original"
    copy: dict[str, Any] = {}
    for name, value in token.items():
        if name == before:
            copy["key"] = token["key"]
        if name != "key":
            copy[name] = value
    return copy


def _behind(members: Any, name: str) -> str | None:
    """The member that follows *name*: members are printed in the order in which the original made them."""
    names = list(members) if isinstance(members, dict) else []
    position = names.index(name) + 1 if name in names else len(names)
    return names[position] if position < len(names) else None


@value_transform("ts/resolveMath", types=None, transitive=True)
def resolve_math(value: Any, token: Token, setting: Setting) -> Any:
    """Math in the value (the platform's ``mathFractionDigits`` decimal places, else 4)."""
    if isinstance(value, str) and is_hex(value):
        return value
    digits = setting.platform.get("mathFractionDigits")
    changed = values.math(value, _type(token), digits if isinstance(digits, int) else FRACTION_DIGITS)
    return _copied(value, changed, token, setting) if isinstance(value, (dict, list)) else changed


def _copied(value: Any, changed: Any, token: Token, setting: Setting) -> Any:
    """*changed*, which a copy of the token among its attributes gets, too: the original changes one value of both."""
    if token["attributes"].get(setting.value_key) is value:
        token["attributes"][setting.value_key] = changed
    return changed


def _register(
    name: str, types: tuple[str, ...], change: Callable[[Any, Any], Any], text: str,
    *, changes: tuple[type, ...] = (),
) -> None:  # fmt: skip
    """*changes* are the kinds of values that the original changes where they stand, so also in copies of the token."""

    def apply(value: Any, token: Token, setting: Setting) -> Any:
        changed = change(value, _type(token))
        return _copied(value, changed, token, setting) if isinstance(value, changes) else changed

    apply.__doc__ = text
    value_transform(name, types=types, transitive=True)(apply)


def _in_typography(member: str, change: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda value, type_: values.in_typography(value, type_, member, change)


_register(
    "ts/size/px",
    ("fontSize", "dimension", "typography", "border", "shadow"),
    values.px,
    "``px`` behind bare numbers.",
    changes=(dict, list),
)
_register("ts/opacity", ("opacity",), lambda value, _: values.opacity(value), "0.5 for ``50%``.")
_register(
    "ts/size/lineheight",
    ("lineHeight", "typography"),
    _in_typography("lineHeight", values.line_height),
    "1.5 for ``150%``.",
)
_register(
    "ts/typography/fontWeight",
    ("fontWeight", "typography"),
    _in_typography("fontWeight", values.font_weight),
    "Numbers for names of weights.",
)
_register(
    "ts/shadow/innerShadow",
    ("shadow",),
    lambda value, _: values.inner_shadow(value),
    "``inset`` for inner shadows.",
    changes=(dict,),
)
_register(
    "ts/color/css/hexrgba",
    ("color", "shadow", "border"),
    values.hex_alpha,
    "``rgba(#fff, 0.5)`` written out.",
    changes=(dict, list),
)
_register(
    "ts/typography/compose/shorthand",
    ("typography",),
    lambda value, _: values.compose_text_style(value),
    "``TextStyle(…)``.",
)


@value_transform("ts/size/css/letterspacing", types=None, transitive=True)
def letter_spacing(value: Any, token: Token, setting: Setting) -> Any:
    """``0.05em`` for ``5%``: letter spacing, also where its type was changed to dimension, and in typography."""
    extension = _extension(token)
    if _type(token) not in ("letterSpacing", "typography") and extension.get("originalType") != "letterSpacing":
        return value
    return values.in_typography(value, _type(token), "letterSpacing", values.letter_spacing)


@value_transform("ts/color/modifiers", types=("color",), transitive=True)
def color_modifiers(value: Any, token: Token, setting: Setting) -> Any:
    """The colour lightened, darkened, mixed or made transparent as its extension says.

    ``tokensStudio["ts/color/modifiers"].format`` is the format of all of them.
    """
    modifier = _extension(token).get("modify")
    if not isinstance(value, str) or not isinstance(modifier, dict) or uses_references(modifier):
        return value
    if form := _format_of_all(setting):
        modifier = {**modifier, "format": form}
        studio = {**_extension(token), "modify": modifier}
        token["$extensions"] = {**token["$extensions"], "studio.tokens": studio}
    try:
        return modified(value, modifier)
    except ColorSyntaxError as error:
        raise TransformError(str(error)) from error


def _format_of_all(setting: Setting) -> Any:
    given = setting.platform.get("tokensStudio")
    options = given.get("ts/color/modifiers") if isinstance(given, Mapping) else None
    return options.get("format") if isinstance(options, Mapping) else None


def _extension(token: Token) -> dict[str, Any]:
    extensions = token.get("$extensions")
    found = extensions.get("studio.tokens") if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}
