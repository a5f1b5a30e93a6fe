"""The fifteen predefined transform groups: names only, in the order in which they are applied."""

from __future__ import annotations

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
