"""``size/*``: dimensions and font sizes. All but ``size/rem`` and ``size/pxToRem`` drop the unit that is written."""

from __future__ import annotations

from typing import Any

from ..dimension import dimension
from ..ecmascript.numbers import number, number_text, to_fixed
from ..ecmascript.values import text
from ..transform import Setting, Token, TransformError, value_transform

_DIMENSION = ("dimension",)
_FONT_SIZE = ("fontSize",)
_BOTH = ("dimension", "fontSize")


def _number(value: Any, token: Token, unit: str) -> float:
    found = dimension(value).number()
    if found != found:
        raise TransformError(f"'{token['name']}: {text(value)}' is not a number, it cannot become '{unit}'")
    return found


def _fixed(value: Any, token: Token, unit: str, factor: float = 1) -> str:
    return to_fixed(_number(value, token, unit) * factor, 2)


@value_transform("size/sp", types=_FONT_SIZE)
def sp(value: Any, token: Token, setting: Setting) -> str:
    """``10.00sp``, not scaled."""
    return _fixed(value, token, "sp") + "sp"


@value_transform("size/dp", types=_DIMENSION)
def dp(value: Any, token: Token, setting: Setting) -> str:
    """``10.00dp``, not scaled."""
    return _fixed(value, token, "dp") + "dp"


@value_transform("size/object", types=_BOTH)
def object_(value: Any, token: Token, setting: Setting) -> dict[str, Any]:
    """What was written, the number, a hundredth of it, and it times the base font size."""
    found = _number(value, token, "object")
    return {
        "original": value,
        "number": number(found),
        "decimal": number(found / 100),
        "scale": number(found * setting.base_font_px),
    }


@value_transform("size/remToSp", types=_FONT_SIZE)
def rem_to_sp(value: Any, token: Token, setting: Setting) -> str:
    """``16.00sp`` for 1 rem."""
    return _fixed(value, token, "sp", setting.base_font_px) + "sp"


@value_transform("size/remToDp", types=_DIMENSION)
def rem_to_dp(value: Any, token: Token, setting: Setting) -> str:
    """``16.00dp`` for 1 rem."""
    return _fixed(value, token, "dp", setting.base_font_px) + "dp"


@value_transform("size/px", types=_BOTH)
def px(value: Any, token: Token, setting: Setting) -> str:
    """``10px``, not scaled."""
    return number_text(_number(value, token, "px")) + "px"


@value_transform("size/rem", types=_BOTH)
def rem(value: Any, token: Token, setting: Setting) -> Any:
    """``10rem`` for a bare number, a unit that is written stays; a bare 0 stays as it is."""
    found = _number(value, token, "rem")
    written = dimension(value)
    if written.unit is not None:
        return text(written.value) + written.unit
    return written.value if found == 0 else number_text(found) + "rem"


@value_transform("size/remToFloat", types=_BOTH)
def rem_to_float(value: Any, token: Token, setting: Setting) -> str:
    """``16.00f`` for 1 rem."""
    return _fixed(value, token, "f", setting.base_font_px) + "f"


@value_transform("size/remToPt", types=_BOTH)
def rem_to_pt(value: Any, token: Token, setting: Setting) -> str:
    """``16.00pt`` for 1 rem."""
    return _fixed(value, token, "pt", setting.base_font_px) + "pt"


@value_transform("size/remToPx", types=_BOTH)
def rem_to_px(value: Any, token: Token, setting: Setting) -> str:
    """``16px`` for 1 rem, whole pixels."""
    return to_fixed(_number(value, token, "px") * setting.base_font_px, 0) + "px"


@value_transform("size/pxToRem", types=_BOTH)
def px_to_rem(value: Any, token: Token, setting: Setting) -> Any:
    """``1rem`` for 16 px; 0 stays as it is."""
    found = _number(value, token, "rem")
    if found == 0:
        return dimension(value).value
    return number_text(found / setting.base_font_px) + "rem"


@value_transform("size/compose/remToSp", types=_FONT_SIZE)
def compose_rem_to_sp(value: Any, token: Token, setting: Setting) -> str:
    """``16.00.sp`` for 1 rem."""
    return _fixed(value, token, "sp", setting.base_font_px) + ".sp"


@value_transform("size/compose/remToDp", types=_DIMENSION)
def compose_rem_to_dp(value: Any, token: Token, setting: Setting) -> str:
    """``16.00.dp`` for 1 rem."""
    return _fixed(value, token, "dp", setting.base_font_px) + ".dp"


@value_transform("size/compose/em", types=_FONT_SIZE)
def compose_em(value: Any, token: Token, setting: Setting) -> str:
    """``16.em``, not scaled."""
    return number_text(_number(value, token, "em")) + ".em"


@value_transform("size/compose/sp", types=_FONT_SIZE)
def compose_sp(value: Any, token: Token, setting: Setting) -> str:
    """``16.00.sp``, not scaled."""
    return _fixed(value, token, "sp") + ".sp"


@value_transform("size/compose/dp", types=_DIMENSION)
def compose_dp(value: Any, token: Token, setting: Setting) -> str:
    """``16.00.dp``, not scaled."""
    return _fixed(value, token, "dp") + ".dp"


@value_transform("size/swift/remToCGFloat", types=_BOTH)
def swift_rem_to_cgfloat(value: Any, token: Token, setting: Setting) -> str:
    """``CGFloat(16.00)`` for 1 rem."""
    return f"CGFloat({_fixed(value, token, 'CGFloat', setting.base_font_px)})"


@value_transform("size/flutter/remToDouble", types=_BOTH)
def flutter_rem_to_double(value: Any, token: Token, setting: Setting) -> str:
    """``16.00`` for 1 rem."""
    return _fixed(value, token, "Number", setting.base_font_px)
