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
    "DSS315": Explanation(
        "An unknown transform",
        "No transform of that name is built in or comes with a plug-in. The hint names the nearest one.",
        '[platform.css]\ntransforms = ["size/rme"]',
    ),
    "DSS316": Explanation(
        "A plug-in fails",
        "A file or module that `plugins` names, or another distribution's entry point, could not be loaded or raised"
        " an exception. The message repeats it; file and line are those of the plug-in.",
        'plugins = ["my_formats.py"]',
    ),
    "DSS317": Explanation(
        "A template fails",
        "The template has a syntax error, uses a name that it is not given, or an expression in it fails. File and line"
        " are those of the template. The page on plug-ins lists the names it may use.",
        "{{ tokns | length }}",
    ),
    "DSS318": Explanation(
        "An option of a platform does not fit",
        "A format checks the options it understands: the message says what is expected.",
        '[platform.css.options]\nblocks = "dark"',
    ),
    "DSS319": Explanation(
        "A filter takes nothing",
        "No token of the platform's contexts passes its filter: its output is empty.",
        '[platform.css]\nfilter = "colour.**"',
    ),
    "DSS320": Explanation(
        "An unknown dialect",
        "Nothing of that name reads or writes token files. The hint names the nearest one.",
        "dss convert tokens --to token-studio -o out",
    ),
    "DSS321": Explanation(
        "The target has no form for a token",
        "Another tool's files cannot hold the token, or not all of it: arithmetic is written as what it comes to, and"
        " what depends on more choices than a file can say as with the defaults. What is kept in $extensions comes back"
        " when the files are converted again.",
        "dss convert tokens --to figma -o export",
    ),
    "DSS322": Explanation(
        "A format has no form for something",
        "The language cannot hold a part of these tokens, or not as precisely: the message says what is left out or"
        " changed, and in which tokens. Other formats, or a template of one's own, may hold it.",
        "dss translate --to react-native",
    ),
    "DSS350": Explanation(
        "An unknown name in a Style Dictionary configuration",
        "No transform, group, format, filter, action or preprocessor of that name is known. The hint names the "
        "nearest one, or the way to bring one's own.",
        '{"platforms": {"css": {"transformGroup": "ccs"}}}',
    ),
    "DSS351": Explanation(
        "Something only JavaScript can give",
        "The key holds or names a JavaScript function of the project. The hint says how dss does the same: a Jinja "
        "template, a plug-in, or an option.",
        '{"hooks": {"formats": {…}}}',
    ),
    "DSS352": Explanation(
        "A value in a Style Dictionary configuration does not fit",
        "The message says what is expected.",
        '{"source": "tokens.json"}',
    ),
    "DSS353": Explanation(
        "An unknown platform",
        "The Style Dictionary configuration has no platform of that name. The hint names the nearest one.",
        "dss translate --config config.json --platform wbe",
    ),
    "DSS354": Explanation(
        "Nothing to write",
        "A configuration has platforms, and a platform lists the files it writes, each with a destination and a"
        " format.",
        '{"platforms": {"css": {"transformGroup": "css"}}}',
    ),
    "DSS355": Explanation(
        "An option that a format cannot follow",
        "The message names the option and the values it takes.",
        '{"options": {"sort": "size"}}',
    ),
    "DSS356": Explanation(
        "A key that nothing reads",
        "Style Dictionary ignores keys it does not know. One that is nearly a known key is an error, and nothing is"
        " written; any other is a warning: it may be an option of one's own.",
        '{"platforms": {"css": {"tranforms": ["size/px"]}}}',
    ),
    "DSS357": Explanation(
        "A filter looks into something that is not there",
        "A filter compares members of every token. This one looks into an object that some token does not have.",
        '{"filter": {"$extensions": {"mode": "dark"}}}',
    ),
    "DSS358": Explanation(
        "An argument without effect",
        "A Style Dictionary configuration says itself what is read and how it is written.",
        "dss translate --config config.json --to css",
    ),
    "DSS362": Explanation(
        "A token is defined in two source files",
        "The later one replaces the earlier one. Files under include may be overridden without a warning.",
    ),
    "DSS363": Explanation(
        "One name for several tokens",
        "In this file several tokens have the same name, so that in most languages the last one wins.",
        '{"same": {"a": {"value": 1}, "A": {"value": 2}}}',
    ),
    "DSS364": Explanation(
        "No token for a file",
        "The filter leaves nothing; the file is not written. Set emitEmptyFiles to write it all the same.",
    ),
    "DSS365": Explanation(
        "A reference to a token that is not in the file",
        "With outputReferences an alias is written as the variable it refers to, but the file's filter leaves that "
        "variable out.",
    ),
    "DSS366": Explanation(
        "A transform cannot change a value",
        "The value is not what the transform expects; it is kept as it is.",
        '{"size": {"value": "auto", "type": "dimension"}}',
    ),
    "DSS367": Explanation(
        "Typography that CSS' font shorthand cannot hold",
        "The font property has no letter spacing and the like: they are missing from the output. Use expand to get a "
        "token for each property.",
    ),
    "DSS368": Explanation(
        "A file that would not be valid JavaScript",
        "A name or value cannot be written as the format does it, e.g. a constant whose name begins with a digit.",
        '{"2xl": {"value": 1}}',
    ),
    "DSS369": Explanation(
        "A font face without a name",
        "The format css/fonts.css needs a token called name in each group below asset.font.",
    ),
    "DSS370": Explanation(
        "Themes with and without a group",
        "Themes of Tokens Studio are combined group by group, one theme of each. A theme without a group has no place "
        "in that when others have one.",
        '{"$themes": [{"name": "light", "group": "mode"}, {"name": "acme"}]}',
    ),
    "DSS371": Explanation(
        "Files of themes that cannot be told apart",
        "With tokensStudio.themes every permutation of themes writes its files. Their destination, or the selector of "
        "a stylesheet that several share, needs the name of the theme: {theme}, or {theme.GROUP} for that of one "
        "group. The themes are read from $themes.json, or from $themes in the one file that holds everything; "
        "groups and themes that are chosen have to be there.",
        '{"destination": "{theme}.css", "format": "css/variables"}',
    ),
    "DSS372": Explanation(
        "A theme selects a token set that does not exist",
        "The set was renamed or deleted, or its file is not among the sources. The theme is built without it.",
    ),
}
