"""Configurations of people who mistype: for every key a typo, a value of another kind and JavaScript are told in place.

The line of the fault is that of the key's value; nothing is written.
"""

import json
import re
from copy import deepcopy

import pytest

GOOD = {
    "source": ["t.json"],
    "include": [],
    "tokens": {},
    "usesDtcg": False,
    "expand": {"include": ["border"], "typesMap": {"border": {"width": "dimension"}}},
    "log": {"warnings": "warn", "verbosity": "default", "errors": {"brokenReferences": "throw"}},
    "preprocessors": [],
    "parsers": [],
    "hooks": {
        "transformGroups": {"mine": ["name/kebab"]},
        **{
            kind: {}
            for kind in ("transforms", "formats", "filters", "actions", "fileHeaders", "parsers", "preprocessors")
        },
    },
    "tokensStudio": {
        "excludeParentKeys": False,
        "alwaysAddFontStyle": False,
        "platform": "css",
        "withSDBuiltins": False,
        "ts/color/modifiers": {"format": "hex"},
    },
    "platforms": {
        "css": {
            "transformGroup": "css",
            "transforms": ["name/kebab"],
            "prefix": "my",
            "buildPath": "build/",
            "basePxFontSize": 16,
            "actions": [],
            "preprocessors": [],
            "emitEmptyFiles": False,
            "expand": {"exclude": ["shadow"]},
            "log": {"warnings": "warn"},
            "mathFractionDigits": 2,
            "options": {"outputReferences": True},
            "files": [
                {
                    "destination": "a.css",
                    "format": "css/variables",
                    "filter": {"type": "color"},
                    "emitEmptyFiles": False,
                    "options": {
                        "outputReferences": True,
                        "outputReferenceFallbacks": False,
                        "selector": ":root",
                        "sort": "name",
                        "themeable": False,
                        "mapName": "m",
                        "stripMeta": {"keep": [], "strip": []},
                        "minify": False,
                        "flat": False,
                        "name": "n",
                        "moduleName": "n",
                        "outputStringLiterals": False,
                        "className": "C",
                        "packageName": "p",
                        "import": ["i"],
                        "objectType": "class",
                        "accessControl": "public",
                        "resourceType": "dimen",
                        "resourceMap": {"color": "color"},
                        "type": "color",
                        "showFileHeader": False,
                        "formatting": {
                            "prefix": "--",
                            "commentStyle": "short",
                            "commentPosition": "above",
                            "indentation": "  ",
                            "separator": ":",
                            "suffix": ";",
                            "lineSeparator": "\n",
                            "header": "/*",
                            "footer": "*/",
                            "fileHeaderTimestamp": False,
                        },
                    },
                }
            ],
        }
    },
}
"""Every key there is, in all versions."""

FREE = ("platforms", "transformGroups", "typesMap", "border", "ts/color/modifiers", "filter", "resourceMap")
"""What holds names of one's own."""

ARROW = "(token) => token.type === 'color'"
NEED_JAVASCRIPT = {"transforms", "formats", "filters", "actions", "fileHeaders", "parsers", "preprocessors"}
AS_IS = ("prefix", "indentation", "separator", "suffix", "lineSeparator", "header", "footer")
"""Members of formatting that go into a file as they are, a function included."""


def paths(value, at=()):
    for key, inner in value.items():
        yield (*at, key)
        nested = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], dict) else inner
        if isinstance(nested, dict):
            yield from paths(nested, (*at, key, 0) if nested is not inner else (*at, key))


EVERY = [at for at in paths(GOOD) if at[-2:-1] == () or at[-2] not in FREE]

READ = [at for at in EVERY if at[-1] != "tokens" and not (at[-1] in AS_IS and "formatting" in at)]
"""Those whose texts are not taken as they are."""


def holder(config, at):
    for key in at[:-1]:
        config = config[key]
    return config


def named(at):
    return ".".join(map(str, at))


def only_functions(at):
    return at[0] == "parsers" or (at[0] == "hooks" and at[-1] in NEED_JAVASCRIPT)


@pytest.fixture
def faults(tmp_path, monkeypatch, dss):
    """The diagnostics of a configuration; fails where anything was written or a fault has no place."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text('{"a": {"value": "#fff", "type": "color"}}')

    def run(config, name="config.json"):
        text = config if isinstance(config, str) else json.dumps(config, indent=1)
        (tmp_path / name).write_text(text, "utf-8")
        done = dss("translate", "-c", name, "--json")
        assert done.status == 1, done.out
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "t.json"])
        found = done.json["diagnostics"]
        assert [one for one in found if one["file"] != name or not one["line"]] == []
        return found, text.split("\n")

    return run


def test_the_good_configuration_is_built(tmp_path, monkeypatch, dss):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text('{"a": {"value": "#fff", "type": "color"}}')
    (tmp_path / "config.json").write_text(json.dumps(GOOD))
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, done.json["diagnostics"]) == (0, [])
    assert (tmp_path / "build" / "a.css").exists()


@pytest.mark.parametrize("at", EVERY, ids=named)
def test_a_misspelt_key_is_an_error_that_names_the_right_one(faults, at):
    config = deepcopy(GOOD)
    inside = holder(config, at)
    wrong = at[-1][:-2] + at[-1][-1]
    # The others stay; what stood under the right name stands under the wrong one.
    renamed = {wrong if key == at[-1] else key: value for key, value in inside.items()}
    inside.clear()
    inside.update(renamed)
    found, lines = faults(config)
    (fault,) = [one for one in found if one["path"] == named((*at[:-1], wrong))]
    assert fault["code"] == ("DSS351" if only_functions(at) else "DSS356")
    assert fault["hint"].startswith(f"did you mean {at[-1]}?")
    assert f'"{wrong}"' in lines[fault["line"] - 1]


@pytest.mark.parametrize("at", EVERY, ids=named)
def test_a_value_of_another_kind_is_told_at_its_place(faults, at):
    config = deepcopy(GOOD)
    inside = holder(config, at)
    inside[at[-1]] = 5 if isinstance(inside[at[-1]], list | dict) else {"a": 1}
    if named(at).endswith("stripMeta"):  # a number is as good as true
        inside[at[-1]] = ["a"]
    found, lines = faults(config)
    (fault,) = found
    assert (fault["code"], fault["path"]) == ("DSS351" if only_functions(at) else "DSS352", named(at))
    assert f'"{at[-1]}"' in lines[fault["line"] - 1]


@pytest.mark.parametrize("code", [ARROW, "function (t) { return t }", "async x => x"])
@pytest.mark.parametrize(
    "at", [at for at in EVERY if at[-1] != "tokens" and not (at[-1] in AS_IS and "formatting" in at)], ids=named
)
def test_javascript_names_the_key_and_the_way_here(faults, at, code):
    config = deepcopy(GOOD)
    holder(config, at)[at[-1]] = code
    found, lines = faults(config)
    (fault,) = found
    assert (fault["code"], fault["path"]) == ("DSS351", named(at))
    assert re.search(r"docs/\w+\.md|expand\.include|outputReferencesFilter|\"name\"|hooks\.trans", fault["hint"])
    assert f'"{at[-1]}"' in lines[fault["line"] - 1]


@pytest.mark.parametrize(
    ("change", "code", "path", "hint"),
    [
        ({"platforms.css.transformGroup": "ccs"}, "DSS350", "platforms.css.transformGroup", "did you mean css?"),
        ({"platforms.css.files.0.format": "css/varables"}, "DSS350", "platforms.css.files.0.format", "css/variables"),
        ({"platforms.css.files.0.filter": "removePrivat"}, "DSS350", "platforms.css.files.0.filter", "removePrivate"),
        ({"platforms.css.transforms": ["name/kebap"]}, "DSS350", "platforms.css.transforms.0", "name/kebab"),
        ({"platforms.css.actions": ["copy_asets"]}, "DSS350", "platforms.css.actions.0", "copy_assets"),
        ({"preprocessors": ["tokens-studo"]}, "DSS350", "preprocessors.0", "tokens-studio"),
        ({"log.verbosity": "verbos"}, "DSS352", "log.verbosity", "did you mean verbose?"),
        ({"log.warnings": "off"}, "DSS352", "log.warnings", "known: warn, error, disabled"),
        ({"log.errors.brokenReferences": "trow"}, "DSS352", "log.errors.brokenReferences", "did you mean throw?"),
        ({"log": "eror"}, "DSS352", "log", "did you mean error?"),
        ({"expand": {"include": ["bordr"]}}, "DSS352", None, "did you mean border?"),
        ({"expand": {"exclude": ["typografy"]}}, "DSS352", None, "did you mean typography?"),
        ({"platforms.css.expand": {"typesMap": {"shaddow": {}}}}, "DSS352", None, "did you mean shadow?"),
        ({"expand": {"include": ["a"], "exclude": ["b"]}}, "DSS352", "expand", None),
        ({"tokensStudio.platform": "compos"}, "DSS352", "tokensStudio.platform", "did you mean compose?"),
        (
            {"platforms.css.files.0.options.formatting.commentStyle": "shrt"},
            "DSS352",
            "platforms.css.files.0.options.formatting.commentStyle",
            "did you mean short?",
        ),
        (
            {"platforms.css.files.0.options.outputReferences": "outputReferenceFilter"},
            "DSS352",
            "platforms.css.files.0.options.outputReferences",
            "did you mean outputReferencesFilter?",
        ),
        ({"platforms.css.files.0.options.sort": "nmae"}, "DSS355", None, 'write "sort": "name"'),
        ({"platforms.css.files.0.options.fileHeader": "mine"}, "DSS351", None, "docs/plugins.md"),
        ({"platforms.css.hooks": {"formats": {"x": "y"}}}, "DSS351", "platforms.css.hooks.formats", "Jinja"),
        (
            {"platforms.css.hooks": {"transformGroups": {"x": []}}},
            "DSS351",
            "platforms.css.hooks.transformGroups",
            "hooks.transformGroups",
        ),
        ({"platforms.css.files.0.filter": []}, "DSS352", "platforms.css.files.0.filter", None),
        ({"platforms.css.files": {}}, "DSS352", "platforms.css.files", None),
        ({"transform": {"mine": {"type": "value"}}}, "DSS351", "transform", "dss.transforms"),
        ({"action": {"mine": {}}}, "DSS351", "action", "after dss"),
        ({"transformGroup": {"mine": "name/kebab"}}, "DSS352", "transformGroup.mine", None),
        ({"source": ["none/*.json"]}, "DSS113", "source.0", "relative"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_nearest(faults, change, code, path, hint):
    config = deepcopy(GOOD)
    for key, value in change.items():
        at = tuple(int(part) if part.isdigit() else part for part in key.split("."))
        holder(config, at)[at[-1]] = value
    found, _ = faults(config)
    (fault,) = found
    assert fault["code"] == code
    assert path is None or fault["path"] == path
    assert hint is None or hint in fault["hint"]


@pytest.mark.parametrize(
    ("name", "text", "line", "key"),
    [
        ("config.yaml", 'platforms:\n  css:\n    files:\n      - filter: !!js/function "t => t"', 4, "filter"),
        ("config.yml", "hooks:\n  formats:\n    mine: !!js/function >\n      function () {}", 3, "mine"),
        ("config.json5", "{\n platforms: {css: {files: [{\n  filter: (t) => t.type,\n }]}}}", 3, "filter"),
        (
            "config.json",
            '{\n "hooks": {"transforms": {"a": {\n  "filter": function (t) {}}}}}',
            3,
            "filter",
        ),
        ("config.js", "export default {\n  hooks: {},\n}", 2, "hooks"),
        ("config.mjs", "import x from 'y'\nx.registerTransform({})", 2, "registerTransform"),
        ("config.cjs", "module.exports = {\n  platforms: {\n    css: {\n  filter: (t) => t }}}", 4, "filter"),
    ],
)
def test_a_function_in_a_file_is_told_with_its_key(faults, tmp_path, monkeypatch, dss, name, text, line, key):
    (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text("{}")
    done = dss("translate", "-c", name, "--json")
    last = done.json["diagnostics"][-1]
    assert (done.status, last["code"], last["file"], last["line"]) == (1, "DSS351", name, line)
    assert last["message"].startswith(key)
    assert last["hint"]


def test_all_faults_are_listed_at_once(faults):
    config = {**GOOD, "usesDctg": True, "log": {"verbosity": "loud"}, "filter": {"x": "y"}}
    found, _ = faults(config)
    assert {one["path"] for one in found} == {"usesDctg", "log.verbosity", "filter"}


@pytest.mark.parametrize(
    ("at", "key", "value", "hint"),
    [
        ((), "description", "of ours", "known: source"),
        (("platforms", "css"), "theme", "dark", "known: transformGroup"),
        (("platforms", "css", "files", 0, "options"), "mediaQuery", "(min-width: 1px)", "known: outputReferences"),
        (("platforms", "css", "files", 0), "className", "C", "it belongs to options"),  # version 3
        ((), "basePxFontSize", 10, "it belongs to a platform"),
        (("platforms", "css", "files", 0, "options"), "commentStyle", "short", "it belongs to options.formatting"),
    ],
)
def test_a_key_of_ones_own_is_a_warning(tmp_path, monkeypatch, dss, at, key, value, hint):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text('{"a": {"value": "#fff", "type": "color"}}')
    config = deepcopy(GOOD)
    holder(config, (*at, key))[key] = value
    (tmp_path / "config.json").write_text(json.dumps(config, indent=1))
    done = dss("translate", "-c", "config.json", "--json")
    (found,) = done.json["diagnostics"]
    assert (done.status, found["code"], found["severity"]) == (0, "DSS356", "warning")
    assert (found["path"], found["line"] > 0) == (named((*at, key)), True)
    assert found["hint"].startswith(hint)
    (tmp_path / "config.json").write_text(json.dumps({**config, "log": {"verbosity": "silent"}}))
    assert dss("translate", "-c", "config.json", "--json").json["diagnostics"] == []


@pytest.mark.parametrize(
    "config",
    [
        {"$schema": "https://example.com/schema.json", "_comment": "ours", "//": "ours"},
        {"log": "warn"},
        {"transformGroup": {"css": ["name/constant"]}},
        {"usesDtcg": None, "expand": None, "log": None, "hooks": None, "options": None},
    ],
)
def test_what_is_no_fault(tmp_path, monkeypatch, dss, config):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text('{"a": {"value": "#fff", "type": "color"}}')
    config = {**GOOD, **config}
    config.pop("options", None)
    (tmp_path / "config.json").write_text(json.dumps(config))
    done = dss("translate", "-c", "config.json", "--json")
    assert (done.status, done.json["diagnostics"]) == (0, [])
