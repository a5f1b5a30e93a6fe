"""Codes 3xx, configuration and translation."""

from __future__ import annotations

from ._explanation import Explanation

CODES: dict[str, Explanation] = {
    "DSS301": Explanation(
        "dss.toml is not TOML",
        "The syntax breaks at the place shown.",
        "[project",
    ),
    "DSS302": Explanation(
        "An unknown key in dss.toml",
        "A misspelt key would otherwise be ignored in silence. The hint names the nearest known one.",
        '[project]\nsorces = ["tokens"]',
    ),
    "DSS303": Explanation(
        "A value in dss.toml does not fit",
        "The message says what is expected.",
        "[platform.css]\nout = 5",
    ),
    "DSS310": Explanation(
        "Two tokens with one name",
        "Different paths give the same name in the output, so that one would replace the other.",
        '{"a-b": {…}, "a": {"b": {…}}}',
    ),
    "DSS311": Explanation(
        "Two outputs with one path",
        "Two platforms or files would be written to the same place.",
    ),
    "DSS312": Explanation(
        "An unknown format",
        "No format of that name is registered. The hint names the nearest one.",
        "dss translate --to sccs",
    ),
    "DSS313": Explanation(
        "An unknown platform",
        "--platform names a platform that the configuration does not have. The hint names the nearest one.",
        "dss translate --platform wbe",
    ),
}
