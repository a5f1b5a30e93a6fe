"""Every permutation of themes in one build (``tokensStudio.themes``)."""

from __future__ import annotations

import pytest

from translators.style_dictionary import BuildError, ConfigError, SourceDocument, build, load_config
from translators.tokens_studio import ThemeError


def color(value):
    return {"value": value, "type": "color"}


CORE = {"palette": {"ink": color("#000"), "paper": color("#fff")}, "space": {"value": "4", "type": "spacing"}}
LIGHT = {"text": color("{palette.ink}"), "lift": {"value": [{"x": "1"}, {"x": "2"}], "type": "boxShadow"}}
DARK = {"text": color("{palette.paper}"), "lift": {"value": [{"x": "3"}], "type": "boxShadow"}}
DENSE = {"gap": {"value": "{space} * 2", "type": "spacing"}}
LOOSE = {"gap": {"value": "{space} * 4", "type": "spacing"}}


def theme(name, group, *sets):
    return {"name": name, "group": group, "selectedTokenSets": {"core": "source", **dict.fromkeys(sets, "enabled")}}


THEMES = [
    theme("Light", "mode", "mode/light"),
    theme("Dark", "mode", "mode/light", "mode/dark"),
    theme("dense", "size", "size/dense"),
    theme("loose", "size", "size/loose"),
]
ORDER = {"tokenSetOrder": ["core", "size/dense", "size/loose", "mode/light", "mode/dark"]}
SETS = {"mode/dark": DARK, "core": CORE, "mode/light": LIGHT, "size/dense": DENSE, "size/loose": LOOSE}

SEVERAL_FILES = [
    SourceDocument("tokens/$metadata.json", ORDER),
    SourceDocument("tokens/$themes.json", THEMES),
    *(SourceDocument(f"tokens/{name}.json", tree) for name, tree in SETS.items()),
]
ONE_FILE = [SourceDocument("tokens.json", {**SETS, "$themes": THEMES, "$metadata": ORDER})]


def themed(documents, file, themes=True, **more):
    options = {**more.pop("options", {})}
    platform = {
        "transformGroup": "tokens-studio",
        "transforms": ["name/kebab"],
        "files": [{**file, "options": options}],
    }
    config = {
        "preprocessors": ["tokens-studio"],
        "platforms": {"p": platform},
        "tokensStudio": {"themes": themes, **more.pop("studio", {})},
        **more,
    }
    return build(load_config(config, file="config.json"), documents)


PER_THEME = {"destination": "{theme}.css", "format": "css/variables", "filter": {"isSource": True}}


@pytest.mark.parametrize("documents", [SEVERAL_FILES, ONE_FILE], ids=["several files", "one file"])
def test_each_permutation_has_its_file(documents):
    result = themed(documents, PER_THEME, options={"showFileHeader": False, "selector": ".{theme.mode}"})
    texts = {file.path: file.text for file in result.files}
    assert list(texts) == ["Light-dense.css", "Light-loose.css", "Dark-dense.css", "Dark-loose.css"]
    # core is only referred to: its tokens are no source. The order of sets is that of the metadata.
    assert texts["Dark-loose.css"] == ".Dark {\n  --gap: 16px;\n  --text: #ffffff;\n  --lift: 3px 0 0 #000000;\n}\n"
    assert (
        texts["Light-dense.css"]
        == ".Light {\n  --gap: 8px;\n  --text: #000000;\n  --lift: 1px 0 0 #000000, 2px 0 0 #000000;\n}\n"
    )
    assert not result.diagnostics


def test_a_stylesheet_for_all_themes_has_one_header():
    file = {"destination": "all.css", "format": "css/variables", "filter": {"type": "color", "isSource": True}}
    result = themed(
        SEVERAL_FILES,
        file,
        {"choose": {"size": "dense"}, "separator": "_"},
        options={"selector": '[data-theme="{theme}"]'},
    )
    (file,) = result.files
    assert file.text == (
        "/**\n * Do not edit directly, this file was auto-generated.\n */\n\n"
        '[data-theme="Light_dense"] {\n  --text: #000000;\n}\n\n'
        '[data-theme="Dark_dense"] {\n  --text: #ffffff;\n}\n'
    )


def test_themes_may_not_overwrite_each_other():
    json = {"destination": "a.json", "format": "json", "options": {"selector": "{theme}"}}
    for file in ({"destination": "a.css", "format": "css/variables"}, json):
        with pytest.raises(ConfigError) as caught:
            themed(SEVERAL_FILES, file)
        (found,) = caught.value.diagnostics
        assert (found.code, found.at) == ("DSS371", ("platforms", "p", "files", 0))
    # One theme is no conflict.
    chosen = {"choose": {"mode": "Dark", "size": ["dense"]}}
    assert len(themed(SEVERAL_FILES, {"destination": "a.css", "format": "css/variables"}, chosen).files) == 1


def test_a_theme_called_like_a_folder_stays_in_the_folder():
    documents = [SourceDocument("$themes.json", [{"name": "../a/b", "selectedTokenSets": {}}])]
    result = themed(documents, {"destination": "out/{theme}.css", "format": "css/variables"})
    assert [file.path for file in result.files] == ["out/..-a-b.css"]


def test_a_placeholder_of_no_group():
    with pytest.raises(ConfigError) as caught:
        themed(SEVERAL_FILES, {"destination": "{theme.brand}.css", "format": "css/variables"})
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("DSS371", "groups are mode, size")


@pytest.mark.parametrize(("options", "at", "hint"), [
    ({"choose": {"mode": ["Dakr"]}}, ("choose", "mode"), "did you mean Dark?"),
    ({"choose": {"mode": "Sepia"}}, ("choose", "mode"), "themes are Dark, Light"),
    ({"choose": {"Mode": ["Dark"]}}, ("choose", "Mode"), "did you mean mode?"),
    ({"choose": {"brand": ["A"]}}, ("choose", "brand"), "groups are mode, size"),
    ({"chose": {"mode": ["Dark"]}}, ("chose",), "did you mean choose?"),
])  # fmt: skip
def test_a_choice_of_what_does_not_exist(options, at, hint):
    with pytest.raises(ConfigError) as caught:
        themed(SEVERAL_FILES, PER_THEME, options)
    (found,) = caught.value.diagnostics
    assert (found.at, found.hint) == (("tokensStudio", "themes", *at), hint)


def test_no_themes_and_bad_options():
    with pytest.raises(ConfigError, match=r"no source has \$themes"):
        themed([SourceDocument("core.json", CORE)], PER_THEME)
    with pytest.raises(ConfigError, match=r"tokensStudio\.themes"):
        themed(SEVERAL_FILES, PER_THEME, "all")
    with pytest.raises(ThemeError):
        themed([SourceDocument("$themes.json", [*THEMES, {"name": "x"}])], PER_THEME)


def test_sets_that_no_source_holds_are_told_once():
    documents = [found for found in SEVERAL_FILES if not found.file.endswith("dark.json")]
    result = themed(documents, PER_THEME)
    assert [(found.code, found.severity, found.path) for found in result.diagnostics] == [
        ("DSS372", "warning", "mode/dark")
    ]
    assert not themed(documents, PER_THEME, log={"verbosity": "silent"}).diagnostics


@pytest.mark.parametrize(
    ("documents", "file", "at"),
    [
        (SEVERAL_FILES, "tokens/size/loose.json", ("gap", "value")),
        (ONE_FILE, "tokens.json", ("size/loose", "gap", "value")),
    ],
)
def test_faults_of_all_themes_are_told_once_with_their_place(documents, file, at):
    def broken(document):
        if "$themes" in document.data:
            return document._replace(data={**document.data, "core": {"palette": CORE["palette"]}})
        return document._replace(data={"palette": CORE["palette"]}) if "core" in document.file else document

    with pytest.raises(BuildError) as caught:
        themed([broken(document) for document in documents], PER_THEME)
    places = [(found.code, found.file, found.at) for found in caught.value.diagnostics]
    assert len(places) == 2
    assert ("DSS202", file, at) in places


def test_a_place_in_a_single_file_names_the_set():
    tree = {"core": {"a": color("#000")}, "theme": {"b": color("{nothing}")}}
    config = {
        "preprocessors": ["tokens-studio"],
        "tokensStudio": {"excludeParentKeys": True},
        "platforms": {"p": {"transformGroup": "tokens-studio", "files": [{**PER_THEME, "destination": "a"}]}},
    }
    with pytest.raises(BuildError) as caught:
        build(load_config(config, file="config.json"), [SourceDocument("tokens.json", tree)])
    assert [found.at for found in caught.value.diagnostics] == [("theme", "b", "value")]


def test_sources_may_be_lists_or_nothing():
    file = {"destination": "a", "format": "css/variables", "options": {"showFileHeader": False}}
    config = {"platforms": {"p": {"transforms": ["name/kebab"], "files": [file]}}}
    documents = [SourceDocument(f"{index}.json", data) for index, data in enumerate([None, 3, "a", [{"value": 1}], []])]
    assert build(load_config(config, file="c"), documents).files[0].text == ":root {\n  --0: 1;\n}\n"


def test_a_part_of_a_token_has_the_place_of_the_token():
    tree = {"b": {"value": {"width": "wide", "color": "#000"}, "type": "border"}}
    file = {"destination": "a", "format": "css/variables"}
    platform = {"transforms": ["size/rem", "size/pxToRem"], "expand": {"typesMap": {"border": {"width": "dimension"}}}}
    config = load_config({"platforms": {"p": {**platform, "files": [file]}}}, file="c")
    (found,) = build(config, [SourceDocument("a.json", tree)]).diagnostics[:1]
    assert (found.path, found.file, found.at) == ("b.width", "a.json", ("b", "value"))
