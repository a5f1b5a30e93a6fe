"""What each key of a Style Dictionary configuration holds, of versions 3 to 5, and every option of its formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from .ecmascript.values import truthy
from .javascript import WAYS

Json = Any


class Shape(NamedTuple):
    """What a key may hold. ``null`` is like no value, where :attr:`is_optional`."""

    expected: str
    """For messages: ``it has to be …``."""

    fits: Callable[[Json], bool]
    names: tuple[str, ...] = ()
    """The only texts it may be."""

    keys: Mapping[str, Shape] | None = None
    """The members of an object."""

    each: Shape | None = None
    """Every item of an array, every member of an object."""

    is_optional: bool = True
    is_verbatim: bool = False
    """Whether its texts go into files as they are, code included."""

    renamed: Mapping[str, str] | None = None
    """Old names -> the present ones."""

    way: str | None = None
    """Set where only a JavaScript function could do anything: how dss does it."""


def _is(*kinds: type) -> Callable[[Json], bool]:
    return lambda value: isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))


def _or_nothing(fits: Callable[[Json], bool]) -> Callable[[Json], bool]:
    """What JavaScript takes for nothing fits as well."""
    return lambda value: not truthy(value) or fits(value)


def _table(keys: Mapping[str, Shape]) -> Shape:
    return Shape("an object", _is(dict), keys=keys)


def _names(*names: str) -> Shape:
    return Shape("one of " + ", ".join(names), _is(str), names=names)


def _expands(value: Json) -> bool:
    return isinstance(value, bool) or (isinstance(value, dict) and not (value.get("include") and value.get("exclude")))


def _function(kind: str) -> Shape:
    return Shape("a function", lambda value: not value, way=WAYS[kind])


ANY = Shape("anything", lambda value: True)
# Of a text, JavaScript's truth would also take "false" for true.
FLAG = Shape("true or false", lambda value: value == "true" or not isinstance(value, str | list | dict))
TEXT = Shape("text", _is(str))
SCALAR = Shape("text", _is(str, int, float))
VERBATIM = TEXT._replace(is_verbatim=True)
NUMBER = Shape("a number", _or_nothing(_is(int, float)))
TEXTS = Shape("an array of text", _or_nothing(_is(list)), each=TEXT._replace(is_optional=False))
TEXT_OR_TEXTS = TEXTS._replace(expected="text or an array of text", fits=_is(str, list))
OBJECT = Shape("an object", _is(dict))
TOKENS = OBJECT._replace(is_verbatim=True)
RENAMED = {
    **{f"name/cti/{case}": f"name/{case}" for case in ("camel", "constant", "human", "kebab", "pascal", "snake")},
    **{f"font/{language}/literal": f"content/{language}/literal" for language in ("objC", "swift", "flutter")},
    "content/icon": "html/icon",
}
"""What version 3 called transforms -> their names since version 4."""

TRANSFORMS = TEXTS._replace(each=TEXT._replace(is_optional=False, renamed=RENAMED))
GROUPS = OBJECT._replace(each=TRANSFORMS)
"""Transform groups of one's own: names by name."""

LOG = Shape(
    "an object",
    _is(dict, str),
    names=("warn", "error", "disabled"),  # version 3 has the text alone
    keys={
        "warnings": _names("warn", "error", "disabled"),
        "verbosity": _names("default", "silent", "verbose"),
        "errors": _table({"brokenReferences": _names("throw", "console")}),
    },
)
EXPAND = Shape(
    "true, false or an object with either include or exclude",
    _expands,
    keys={
        "include": TEXT_OR_TEXTS._replace(fits=_or_nothing(_is(str, list))),
        "exclude": TEXT_OR_TEXTS._replace(fits=_or_nothing(_is(str, list))),
        "typesMap": Shape("an object", _is(dict, bool), each=Shape("text or an object", _is(str, dict), each=TEXT)),
    },
)
FORMATTING = {
    "prefix": VERBATIM,
    "commentStyle": _names("short", "long", "xml", "none"),
    "commentPosition": _names("above", "inline"),
    "indentation": VERBATIM,
    "separator": VERBATIM,
    "suffix": VERBATIM,
    "lineSeparator": VERBATIM,
    "header": VERBATIM,
    "footer": VERBATIM,
    "fileHeaderTimestamp": FLAG,
}
RULE = _names("outputReferencesFilter", "outputReferencesTransformed")
OPTIONS = {
    "outputReferences": Shape(
        "true, false, the name of a rule, or an array of such names",
        lambda value: not isinstance(value, dict),
        names=("true", *RULE.names),
        each=RULE,
    ),
    "outputReferenceFallbacks": FLAG,
    "selector": TEXT_OR_TEXTS,
    "sort": Shape('"name"', _is(str, list), each=ANY),
    "themeable": FLAG,
    "mapName": SCALAR,
    "stripMeta": Shape(
        "true, false or an object",
        lambda value: not isinstance(value, str | list),
        keys={"keep": TEXTS, "strip": TEXTS},
    ),
    "minify": FLAG,
    "flat": FLAG,
    "name": SCALAR,
    "moduleName": SCALAR,
    "outputStringLiterals": FLAG,
    "className": SCALAR,
    "packageName": SCALAR,
    "import": TEXT_OR_TEXTS,
    "imports": ANY,  # an old name that examples of Style Dictionary still set, to no effect
    "objectType": SCALAR,
    "accessControl": SCALAR,
    "resourceType": SCALAR,
    "resourceMap": OBJECT._replace(each=TEXT),
    "type": SCALAR,
    "showFileHeader": FLAG,
    "fileHeader": _function("fileHeader"),
    "formatting": _table(FORMATTING),
    "usesDtcg": FLAG,
}
TOKENS_STUDIO = _table(
    {
        "excludeParentKeys": FLAG,
        "alwaysAddFontStyle": FLAG,
        "platform": _names("css", "compose"),
        "withSDBuiltins": FLAG,
        "ts/color/modifiers": _table({"format": _names("hex", "hsl", "lch", "p3", "srgb")}),
        "sets": ANY,
        "themes": ANY,
        "name": TEXT,
    }
)
HOOKS = {
    "transforms": _function("transform"),
    "transformGroups": GROUPS,
    "formats": _function("format"),
    "filters": _function("filter"),
    "actions": _function("action"),
    "fileHeaders": _function("fileHeader"),
    "parsers": _function("parser"),
    "preprocessors": _function("preprocessor"),
}
FILE = {
    "destination": TEXT,
    "format": TEXT,
    "filter": Shape("the name of a filter, or an object that tokens are compared with", _or_nothing(_is(str, dict))),
    "options": _table(OPTIONS),
    "emitEmptyFiles": FLAG,
}
PLATFORM = {
    "transformGroup": TEXT,
    "transforms": TRANSFORMS,
    "prefix": TEXT,
    "buildPath": TEXT,
    "basePxFontSize": NUMBER,
    "files": Shape(
        "an array of objects",
        _or_nothing(_is(list)),
        each=_table(FILE)._replace(expected="an object with destination and format", is_optional=False),
    ),
    "actions": TEXTS,
    "options": _table(OPTIONS),
    "preprocessors": TEXTS,
    "expand": EXPAND,
    "log": LOG,
    "emitEmptyFiles": FLAG,
    "tokensStudio": TOKENS_STUDIO,
    "mathFractionDigits": NUMBER,
    "hooks": OBJECT._replace(keys={**HOOKS, "transformGroups": _function("transformGroup")}),
}
REGISTERED = {kind: _function(kind) for kind in ("transform", "format", "filter", "fileHeader", "action")}
"""Where version 3 keeps functions by name."""

CONFIG = Shape(
    "an object",
    _is(dict),
    is_optional=False,
    keys={
        "source": TEXTS,
        "include": TEXTS,
        "tokens": TOKENS,
        "platforms": OBJECT._replace(each=_table(PLATFORM)._replace(is_optional=False)),
        "expand": EXPAND,
        "usesDtcg": FLAG,
        "log": LOG,
        "preprocessors": TEXTS,
        "parsers": _function("parser"),
        "hooks": _table(HOOKS),
        "tokensStudio": TOKENS_STUDIO,
        "transformGroup": GROUPS,
        **REGISTERED,
        # Every format finds the keys of the configuration among its options.
        **{key: shape for key, shape in OPTIONS.items() if key not in ("fileHeader", "usesDtcg")},
    },
)
HOMES = {
    **dict.fromkeys(FORMATTING, "options.formatting"),
    **dict.fromkeys((key for key in PLATFORM if key != "hooks"), "a platform"),
    **dict.fromkeys(FILE, "an entry of files"),
    **dict.fromkeys(OPTIONS, "options"),
    **dict.fromkeys(("source", "include", "platforms", "usesDtcg", "hooks"), "the top of the configuration"),
}
"""Key -> where it belongs, for keys that stand elsewhere."""
