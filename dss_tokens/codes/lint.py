"""Codes 7xx, lint."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {
    "DSS701": Explanation(
        "A chain of references is long",
        "Rule `alias_depth`: who reads the token has to follow `max` other ones to find its value. Refer to one "
        "nearer to the value.",
        '"a": {"$value": "{b}"}, "b": {"$value": "{c}"}, …',
    ),
    "DSS702": Explanation(
        "The hex of a colour is not what its components say",
        "Rule `color_hex`: tools that read one and tools that read the other show two colours. `dss lint --fix` writes "
        "the hex anew.",
        '{"colorSpace": "srgb", "components": [1, 0, 0], "hex": "#00ff00"}',
    ),
    "DSS703": Explanation(
        "A name is written unlike the others",
        "Rule `consistent_naming`: names are in one case (`case`, by default that of most names) or match `pattern`. "
        "`dss mv` renames with all references.",
        '"font-size" beside "lineHeight"',
    ),
    "DSS704": Explanation(
        "Two colours have too little contrast",
        "Rule `contrast`, WCAG 2.2: text needs 4.5, large text and icons 3. Pairs are those of `pairs`, and with "
        "`guess` those that names suggest: `on-x` beside `x`, `text` beside `background`.",
        '[lint.contrast]\npairs = [["text.*", "surface.page"], ["icon.*", "surface.page", 3]]',
    ),
    "DSS705": Explanation(
        "A deprecated token is in use",
        "Rule `deprecated_use`: a token that stays refers to one that will go. Where the deprecation names its "
        "successor, as in `Use {color.new}`, and that has the same value, `dss lint --fix` replaces the reference.",
    ),
    "DSS706": Explanation(
        "A token has no description",
        "Rule `description_required`, off unless `[lint]` turns it on: tokens at the paths `tokens` say what they are "
        "for.",
    ),
    "DSS707": Explanation(
        "Two tokens have one value",
        "Rule `duplicate_values`, off unless `[lint]` turns it on: a value that is written twice is changed in one "
        "place and forgotten in the other.",
    ),
    "DSS708": Explanation(
        "A colour lies outside the gamut",
        "Rule `max_gamut`, off unless `[lint]` turns it on: screens of the `gamut` cannot show the colour and show "
        "another one.",
    ),
    "DSS709": Explanation(
        "Text is too small",
        "Rule `min_font_size`, off unless `[lint]` turns it on: font sizes are at least `min` px.",
    ),
    "DSS710": Explanation(
        "A group lacks a child",
        "Rule `required_children`, off unless `[lint]` names groups: groups of one kind hold the same tokens.",
        '[lint.required_children]\ngroups = {"button.*" = ["background", "text"]}',
    ),
    "DSS711": Explanation(
        "A token is missing in a context",
        "Rule `required_contexts`: a token that one context has and another has not breaks what uses it there. With "
        "`tokens`, paths that must be set for certain contexts.",
        '[lint.required_contexts]\ntokens = {"surface.**" = ["theme=dark"]}',
    ),
    "DSS712": Explanation(
        "Nothing refers to a raw value",
        "Rule `unused_primitives`, off unless `[lint]` turns it on: in a palette that other tokens refer to, a value "
        "that none refers to may go.",
    ),
    "DSS790": Explanation(
        "No such lint rule",
        "`dss lint --list` shows all rules with their options. Other packages may add more.",
        '[lint]\nconstrast = "error"',
    ),
    "DSS791": Explanation(
        "A setting of a lint rule is wrong",
        "A rule is set to `off`, `info`, `warn` or `error`, or to a table with `level`, `ignore` and its own options.",
        "[lint.alias_depth]\nmaximum = 3",
    ),
    "DSS799": Explanation(
        "A rule of a plug-in has something to say",
        "The rule is not one of dss's own: a plug-in of the project or another distribution brings it. Its name stands "
        "behind the message; `[lint]` sets its level.",
    ),
}
