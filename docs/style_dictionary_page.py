"""The page that says of every name of Style Dictionary 5.5.5 what dss does with it; names come from the registries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

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
    ("`source`, `include`", "same: globs, order, later files win, collisions are reported"),
    ("`tokens`", "same: tokens inside the configuration"),
    ("`platforms.*.transformGroup`, `transforms`", "same: a group and further transforms together"),
    ("`platforms.*.prefix`, `buildPath`, `basePxFontSize`, `options`", "same"),
    ("`files[].destination`, `format`, `options`", "same"),
    ("`files[].filter`", "same for a built-in name and an object; a function: not possible, see below"),
    ("`expand`", "same: `true`, `include`, `exclude`, `typesMap`; also per platform"),
    ("`usesDtcg`", "same, recognised where it is absent"),
    ("`log.warnings`, `log.verbosity`, `log.errors`", "better: every fault has a code, file, line and hint"),
    ("`preprocessors`, `hooks.transformGroups`", "same for names"),
    (
        "`tokensStudio.{excludeParentKeys,alwaysAddFontStyle,platform,withSDBuiltins,ts/color/modifiers}`",
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
        "`outputReferences`, `outputReferenceFallbacks`",
        'same for true and false; better: `"outputReferencesTransformed"`, `"outputReferencesFilter"` or a list of'
        " them stand for the functions of that name; another function: not possible, see below",
    ),
    ("`sort`, `formatting`, `selector`, `themeable`, `mapName`, `stripMeta`, `minify`, `flat`, …", "same"),
    ("`fileHeader`", "same for the built-in header and `showFileHeader`; a function: not possible, see below"),
    (
        "`hooks.*` with functions, `config.js`",
        "not possible: dss runs no JavaScript; a format becomes a Jinja template or a Python plug-in, a transform a"
        " rule of `dss.toml`",
    ),
)


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_configuration(), *_registries()])


def _configuration() -> Iterator[str]:
    yield "## Configuration\n"
    yield "| key | state |\n| --- | --- |"
    yield from (f"| {key} | {state} |" for key, state in CONFIGURATION)
    yield ""


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
        yield f"| `{name}` | {text.replace('|', chr(92) + '|').replace('``', '`')} | {BETTER.get(name, 'same')} |"
    yield ""


def _first_line(entry: Any) -> str:
    """What an entry says of itself in one line."""
    described = getattr(entry, "apply", entry)
    text = (getattr(entry, "description", None) or getattr(described, "__doc__", None) or "").strip()
    return text.split("\n", 1)[0].strip()
