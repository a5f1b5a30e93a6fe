"""The page that says of every name of Style Dictionary 5.5.5 what dss does with it; names come from the registries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from translators.style_dictionary import SourceDocument, build, load_config
from translators.style_dictionary.action import actions
from translators.style_dictionary.filter import filters
from translators.style_dictionary.format import formats
from translators.style_dictionary.preprocessor import preprocessors
from translators.style_dictionary.transform import transforms
from translators.style_dictionary.transform_groups import TRANSFORM_GROUPS

INTRODUCTION = """\
# Style Dictionary

`dss translate --config config.json` runs a configuration of Style Dictionary 3 to 5 as it is: JSON, JSONC, JSON5 or
YAML. The output is that of version 5.5.5, byte for byte, the "generated" header aside. This page is made from the
program (`make docs`); a test fails when the two differ.

*same*: the output is equal. *better*: what differs, and how. *not possible*: why, and what to do instead.

Where 5.5.5 prints `[object Object]`, `NaN` or `undefined`, dss prints the value that was meant; that holds for every
transform and format below and is not repeated.
"""

BETTER: Mapping[str, str] = {
    "css/variables": "better: as a format of `dss.toml`, every context of a resolver document in one file",
    "scss/variables": "better: as a format of `dss.toml`, variables are always defined before they are used",
}
"""Names whose state is not simply *same*."""

CONFIGURATION: tuple[tuple[str, str], ...] = (
    (
        "`source`, `include`",
        "same: globs with `**`, `{a,b}`, `!(a)`, `@(a|b)`, order, later files win, collisions told; better: relative to"
        " the configuration (to the working folder where only that has the sources), and patterns of nothing are told",
    ),
    ("`tokens`", "same: tokens inside the configuration"),
    (
        "references in tokens",
        "same: `{color.base.red}` anywhere in a value; better: `{color.base.red.value}`, and into a value"
        " (`{font.body.value.fontSize}`), to another member (`{color.base.red.comment}`) and to a group, as in"
        " version 3; 5.5.5 calls them broken",
    ),
    (
        "`platforms.*.transformGroup`, `transforms`",
        "same: a group and further transforms together; better: what version 3 called `name/cti/kebab`, `content/icon`,"
        " `font/swift/literal` … is known by these names, too",
    ),
    ("`platforms.*.prefix`, `buildPath`, `basePxFontSize`, `options`", "same"),
    ("`platforms.*.actions`", "same for `copy_assets` and `android/copyImages`"),
    (
        "`files[].destination`, `format`, `options`",
        "same; better: a file without a destination is told, two files of one path are refused",
    ),
    (
        "misspelt keys, options and values",
        "better: refused with the nearest known one, file and line; keys of your own are told and left alone",
    ),
    ("`files[].filter`", "same for a built-in name and an object; a function: not possible, see below"),
    ("`emitEmptyFiles`", "same; also per platform and file"),
    ("`expand`", "same: `true`, `include`, `exclude`, `typesMap`; also per platform"),
    ("`usesDtcg`", "same, recognised where it is absent"),
    (
        "`log.warnings`, `log.verbosity`, `log.errors.brokenReferences`",
        "better: every fault has a code, file, line and hint; also per platform",
    ),
    ("`preprocessors`, `hooks.transformGroups`", "same for names"),
    ("`transformGroup` at the top, version 3", "same: names by name; better: 5.5.5 ignores it"),
    (
        "`transform`, `format`, `filter`, `fileHeader`, `action` at the top, version 3",
        "not possible: functions by name; see `hooks`",
    ),
    ("`parsers`", "not possible: JSON, JSONC, JSON5 and YAML are read anyway; another form takes a dialect in Python"),
    (
        "`tokensStudio.{name,excludeParentKeys,alwaysAddFontStyle,platform,withSDBuiltins,ts/color/modifiers,sets}`,"
        " `mathFractionDigits`",
        "same: what `register()` of sd-transforms 2.0.3 is given; in a platform, too. `transformGroup: tokens-studio`"
        " and `preprocessors: [tokens-studio]` need nothing installed",
    ),
    (
        "`tokensStudio.themes`",
        'better: `true`, or `{"separator": "-", "choose": {"mode": ["dark"]}}`, makes the files of every permutation of'
        " `$themes` in one run; `{theme}` and `{theme.GROUP}` in `destination`, `buildPath` and `options` are names;"
        " `css/variables` files of one destination become one stylesheet, a selector each",
    ),
    ("`-p`/`--platform`", "same"),
    (
        "`hooks.*` with functions, `config.js`",
        "not possible: dss runs no JavaScript; a format becomes a Jinja template or a Python plug-in, a transform a"
        " rule of `dss.toml`: see [Plug-ins](plugins.md)",
    ),
)

MANY = 16
"""So many formats follow an option that the page only counts them."""

FUNCTION = "another function: not possible, dss runs no JavaScript"

OPTIONS: Mapping[str, tuple[Any, str]] = {
    "outputReferences": (
        True,
        'same for true and false; better: `"outputReferencesTransformed"`, `"outputReferencesFilter"` or a list of'
        f" them stand for the functions of that name; {FUNCTION}",
    ),
    "outputReferenceFallbacks": (True, "same"),
    "selector": (".x", "same: a text, or a list of which each stands inside of the one before"),
    "sort": ("name", f'same for `"name"`, also in a list; {FUNCTION}'),
    "themeable": (True, "same"),
    "mapName": ("other", "same"),
    "stripMeta": (True, "same: `true`, or `{keep}` or `{strip}` with names of members"),
    "minify": (True, "same"),
    "flat": (True, "same"),
    "name": ("Other", "same"),
    "moduleName": ("other", "same"),
    "outputStringLiterals": (True, "same"),
    "className": ("Other", "same"),
    "packageName": ("com.example", "same"),
    "import": (["other"], "same"),
    "objectType": ("other", "same"),
    "accessControl": ("private", "same"),
    "resourceType": ("string", "same"),
    "resourceMap": ({"color": "other"}, "same"),
    "type": ("other", "same"),
    "showFileHeader": (False, "same"),
    "fileHeader": (None, f"same for the built-in one, which needs no option; {FUNCTION}"),
    "formatting.prefix": ("@@", "same"),
    "formatting.commentStyle": ("none", "same"),
    "formatting.commentPosition": ("above", "same"),
    "formatting.indentation": ("\t", "same"),
    "formatting.separator": (" =", "same"),
    "formatting.suffix": ("!", "same"),
    "formatting.lineSeparator": ("\n\n", "same"),
    "formatting.header": ("/* begin\n", "same"),
    "formatting.footer": ("\n end */\n", "same"),
    "formatting.fileHeaderTimestamp": (True, "not possible on purpose: equal input gives equal files"),
}
"""Option of formats -> a value that is not what it is without, and its state."""

TOKENS = {
    "color": {
        "ink": {"value": "#123456", "type": "color", "comment": "Dark.", "themeable": True},
        "a": {"value": "{color.ink}", "type": "color"},
    },
    "size": {"s": {"value": 1, "type": "dimension"}},
    "asset": {
        "icon": {"b": {"value": "y", "comment": "A bell."}},
    },
    "content": {"icon": {"c": {"value": "z", "comment": "Other"}}},
}
"""Enough for every option to make a difference."""

USUAL = {"type": "color", "className": "Usual"}
BESIDE = {"outputReferenceFallbacks": {"outputReferences": True}}
"""What an option needs beside it."""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_configuration(), *_options(), *_registries()])


def _configuration() -> Iterator[str]:
    yield "## Configuration\n"
    yield "| key | state |\n| --- | --- |"
    yield from (f"| {_cell(key)} | {_cell(state)} |" for key, state in CONFIGURATION)
    yield ""


def _options() -> Iterator[str]:
    yield f"## Options of formats\n\n{len(OPTIONS)} names, of the platform or of a file.\n"
    yield "| option | formats | state |\n| --- | --- | --- |"
    for name, (_, state) in OPTIONS.items():
        found = followers(name)
        shown = ", ".join(f"`{format}`" for format in found) if len(found) < MANY else f"{len(found)} formats"
        yield f"| `{name}` | {shown} | {_cell(state)} |"
    yield ""


def followers(option: str) -> list[str]:
    """The formats that write something else with the option than without."""
    value = OPTIONS[option][0]
    values = [value, not value] if isinstance(value, bool) else [value]
    head, _, part = option.partition(".")
    usual = {**USUAL, **BESIDE.get(option, {})}
    changed = [{**usual, head: {part: value} if part else value} for value in values]
    return [
        name
        for name in formats.names()
        if value is not None and any(_written(name, usual) != _written(name, options) for options in changed)
    ]


def _written(format: str, options: Mapping[str, Any]) -> list[str]:
    file = {"destination": "a", "format": format, "options": options}
    # Stylus takes this one of the platform.
    common = {key: value for key, value in options.items() if key == "outputReferences"}
    platform = {"transforms": ["attribute/cti", "name/camel"], "options": common, "files": [file]}
    config = load_config({"platforms": {"p": platform}}, file="config.json")
    return [made.text for made in build(config, [SourceDocument("tokens.json", TOKENS)]).files]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _registries() -> Iterator[str]:
    yield from _table("Transforms", ((name, _first_line(transforms.get(name))) for name in transforms.names()))
    yield from _table("Transform groups", ((name, ", ".join(members)) for name, members in TRANSFORM_GROUPS.items()))
    yield from _table("Formats", ((name, _first_line(formats.get(name))) for name in formats.names()))
    yield from _table("Filters", ((name, _first_line(filters.get(name))) for name in filters.names()))
    yield from _table("Actions", ((name, _first_line(actions.get(name))) for name in actions.names()))
    yield from _table("Preprocessors", ((name, _first_line(preprocessors.get(name))) for name in preprocessors.names()))


def _table(title: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    listed = list(rows)
    yield f"## {title}\n\n{len(listed)} names.\n"
    yield "| name | what it does | state |\n| --- | --- | --- |"
    for name, text in listed:
        yield f"| `{name}` | {_cell(text).replace('``', '`')} | {BETTER.get(name, 'same')} |"
    yield ""


def _first_line(entry: Any) -> str:
    """What an entry says of itself in one line."""
    described = getattr(entry, "apply", entry)
    text = (getattr(entry, "description", None) or getattr(described, "__doc__", None) or "").strip()
    return text.split("\n", 1)[0].strip()
