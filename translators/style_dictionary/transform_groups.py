"""The fifteen predefined transform groups, and that of Tokens Studio: names in the order of their application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CSS_VALUES = (
    "asset/url",
    "fontFamily/css",
    "cubicBezier/css",
    "strokeStyle/css/shorthand",
    "border/css/shorthand",
    "typography/css/shorthand",
    "transition/css/shorthand",
    "shadow/css/shorthand",
)
_CSS_NAMES = ("attribute/cti", "name/kebab", "time/seconds", "html/icon", "size/rem")
_SWIFT = (
    "attribute/cti",
    "name/camel",
    "color/UIColorSwift",
    "content/swift/literal",
    "asset/swift/literal",
    "size/swift/remToCGFloat",
)
_FLUTTER = (
    "attribute/cti",
    "name/camel",
    "color/hex8flutter",
    "size/flutter/remToDouble",
    "content/flutter/literal",
    "asset/flutter/literal",
)

TRANSFORM_GROUPS: dict[str, tuple[str, ...]] = {
    "web": ("attribute/cti", "name/kebab", "size/px", "color/css"),
    "js": ("attribute/cti", "name/pascal", "size/rem", "color/hex"),
    "scss": (*_CSS_NAMES, "color/css", *_CSS_VALUES),
    "css": (*_CSS_NAMES, "color/css", *_CSS_VALUES),
    "less": (*_CSS_NAMES, "color/hex", *_CSS_VALUES),
    "html": ("attribute/cti", "attribute/color", "name/human"),
    "android": ("attribute/cti", "name/snake", "color/hex8android", "size/remToSp", "size/remToDp"),
    "compose": (
        "attribute/cti",
        "name/camel",
        "color/composeColor",
        "size/compose/em",
        "size/compose/remToSp",
        "size/compose/remToDp",
    ),
    "ios": (
        "attribute/cti",
        "name/pascal",
        "color/UIColor",
        "content/objC/literal",
        "asset/objC/literal",
        "size/remToFloat",
    ),
    "ios-swift": _SWIFT,
    "ios-swift-separate": _SWIFT,
    "assets": ("attribute/cti",),
    "flutter": _FLUTTER,
    "flutter-separate": _FLUTTER,
    "react-native": ("name/camel", "color/css", "size/object"),
}

TOKENS_STUDIO = "tokens-studio"

_TOKENS_STUDIO = (
    "ts/descriptionToComment",
    "ts/resolveMath",
    "ts/size/px",
    "ts/opacity",
    "ts/size/lineheight",
    "ts/typography/fontWeight",
    "ts/color/modifiers",
)
_TOKENS_STUDIO_PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "css": ("ts/color/css/hexrgba", "ts/size/css/letterspacing", "ts/shadow/innerShadow"),
    "compose": ("ts/typography/compose/shorthand",),
}


def tokens_studio_group(options: Any) -> tuple[str, ...]:
    """The group that sd-transforms registers as ``tokens-studio``.

    Args:
        options: What it would be given: ``platform`` (css or compose) and ``withSDBuiltins``.
    """
    given = options if isinstance(options, Mapping) else {}
    platform = str(given.get("platform", "css"))
    predefined = TRANSFORM_GROUPS.get(platform, ()) if given.get("withSDBuiltins", True) else ()
    return (*_TOKENS_STUDIO, *_TOKENS_STUDIO_PLATFORMS.get(platform, ()), *predefined, "name/camel")
