"""Documents, filters, options, log levels, expansion, actions: what surrounds transforms and formats."""

from __future__ import annotations

import json

import pytest

from translators.style_dictionary import BuildError, Copy, FormatError, SourceDocument, build, load_config

FLAT = {"destination": "a.json", "format": "json/flat"}
FULL = {"destination": "a.json", "format": "json"}
NAMES = {"transforms": ["name/kebab"]}


def run(config, *documents, **options):
    """Files by path, parsed, and the diagnostics; documents are (name, data) or (name, data, is_source)."""
    result = build(load_config(config, file="c.json"), [SourceDocument(*entry) for entry in documents], **options)
    return {file.path: json.loads(file.text) for file in result.files}, result.diagnostics


def one(*documents, file=FLAT, **config):
    files, _ = run({"platforms": {"p": {**NAMES, "files": [file]}}, **config}, *documents)
    return files["a.json"]


def test_a_token_replaces_one_of_another_source_whole_but_inherits_from_an_included_one():
    first = {"a": {"value": "#111", "type": "color", "comment": "first", "extra": 1}}
    second = {"a": {"value": "#222", "type": "color"}}
    both = [("1.json", first), ("2.json", second)]
    assert "extra" not in one(*both, file=FULL, log={"verbosity": "silent"})["a"]
    assert one(("1.json", first, False), ("2.json", second), file=FULL)["a"]["extra"] == 1


def test_composite_values_of_two_sources_are_merged_and_lists_item_by_item():
    first = {"a": {"value": {"width": 1, "style": "solid"}}, "l": {"value": [1, 2, 3]}}
    second = {"a": {"value": {"width": 2}}, "l": {"value": [9]}}
    found = one(("1.json", first), ("2.json", second), log={"warnings": "disabled"})
    assert found == {"a": {"width": 2, "style": "solid"}, "l": [9, 2, 3]}


def test_included_files_come_before_sources_whatever_the_order_they_are_given_in():
    assert one(("s.json", {"a": {"value": 1}}, True), ("i.json", {"a": {"value": 2}}, False)) == {"a": 1}


def test_a_collision_of_sources_is_a_warning_an_error_or_nothing():
    documents = [("1.json", {"g": {"a": {"value": 1}}}), ("2.json", {"g": {"a": {"value": 2}}})]
    config = {"platforms": {"p": {**NAMES, "files": [FLAT]}}}
    _, (found,) = run(config, *documents)
    assert (found.code, found.severity, found.file, found.at) == ("DSS362", "warning", "2.json", ("g", "a", "value"))
    assert run({**config, "log": {"warnings": "disabled"}}, *documents)[1] == ()
    assert run({**config, "log": {"verbosity": "silent"}}, *documents)[1] == ()
    with pytest.raises(BuildError) as raised:
        run({**config, "log": {"warnings": "error"}}, *documents)
    assert raised.value.code == "DSS362"


def test_tokens_print_with_all_they_carry_in_the_peers_order():
    token = one(("t.json", {"g": {"10": {"value": 1, "comment": "c"}}}), file=FULL)["g"]["10"]
    assert list(token) == ["key", "value", "comment", "filePath", "isSource", "original", "name", "attributes", "path"]
    assert token["original"] == {"value": 1, "comment": "c", "key": "{g.10}"}
    assert (token["filePath"], token["isSource"], token["path"]) == ("t.json", True, ["g", "10"])


def test_a_token_inside_of_a_token_whose_name_is_a_number_comes_first():
    tokens = {"g": {"50": {"value": "{a}", "100": {"value": 2}}}, "a": {"value": 1}}
    assert list(one(("t.json", tokens), file=FULL)["g"]["50"])[:3] == ["100", "key", "value"]


def test_groups_give_dtcg_tokens_their_type():
    tokens = {"g": {"$type": "color", "a": {"$value": "#fff"}, "b": {"$value": "1px", "$type": "dimension"}}}
    found = one(("t.json", tokens), file=FULL)
    assert (found["g"]["a"]["$type"], found["g"]["b"]["$type"]) == ("color", "dimension")
    assert "$type" not in found["g"]


def test_the_first_file_decides_whether_keys_have_dollars():
    classic, dtcg = ("1.json", {"a": {"value": 1}}), ("2.json", {"b": {"$value": 2}})
    assert one(classic, dtcg) == {"a": 1}
    assert one(dtcg, classic) == {"b": 2}
    assert one(classic, dtcg, usesDtcg=True) == {"b": 2}


def test_names_that_are_numbers_come_first_and_names_may_hold_dots():
    tokens = {"s": {"b": {"value": 1}, "10": {"value": 2}, "0.5": {"value": 3}, "2": {"value": 4}}}
    assert list(one(("t.json", tokens)).items()) == [("s-2", 4), ("s-10", 2), ("s-b", 1), ("s-0-5", 3)]


@pytest.mark.parametrize(
    ("filter", "kept"),
    [
        ({"type": "color"}, ["a", "b"]),
        ({"type": "color", "private": True}, ["b"]),
        ({"attributes": {"category": "c"}}, ["c"]),
        ({"value": "4"}, ["c"]),
        ({"path": "c"}, ["c"]),
        ({"missing": None}, ["a", "b", "c"]),
        ("removePrivate", ["a", "c"]),
    ],
)
def test_filters_keep_tokens_with_the_given_members(filter, kept):
    tokens = {
        "a": {"value": "#fff", "type": "color"},
        "b": {"value": "#000", "type": "color", "private": True},
        "c": {"value": 4},
    }
    platform = {"transforms": ["name/kebab", "attribute/cti"], "files": [{**FLAT, "filter": filter}]}
    files, _ = run({"platforms": {"p": platform}}, ("t.json", tokens))
    assert list(files["a.json"]) == kept


def test_a_filter_that_looks_into_nothing_is_refused():
    with pytest.raises(FormatError) as raised:
        one(("t.json", {"a": {"value": 1}}), file={**FLAT, "filter": {"$extensions": {"x": 1}}})
    assert raised.value.code == "DSS357"


def test_a_file_without_tokens_is_not_written_unless_asked_for():
    config = {"platforms": {"p": {**NAMES, "files": [{**FLAT, "filter": {"type": "none"}}]}}}
    document = ("t.json", {"a": {"value": 1}})
    files, (found,) = run(config, document)
    assert (files, found.code) == ({}, "DSS364")
    config["platforms"]["p"]["emitEmptyFiles"] = True
    assert run(config, document) == ({"a.json": {}}, ())
    config["platforms"]["p"]["files"][0]["emitEmptyFiles"] = False
    assert run(config, document)[0] == {}


def test_nothing_is_given_when_one_warning_is_an_error():
    config = {
        "platforms": {
            "good": {**NAMES, "files": [FLAT]},
            "bad": {"log": {"warnings": "error"}, **NAMES, "files": [{**FLAT, "filter": {"type": "none"}}]},
        }
    }
    with pytest.raises(BuildError):
        run(config, ("t.json", {"a": {"value": 1}}))


@pytest.mark.parametrize(
    ("format", "severity"), [("json/flat", "warning"), ("json/nested", None), ("css/variables", "warning")]
)
def test_names_that_collide_are_named_but_for_trees(format, severity):
    platform = {**NAMES, "files": [{"destination": "a", "format": format}]}
    config = load_config({"platforms": {"p": platform}}, file="c")
    tokens = {"a b": {"value": 1}, "a-b": {"value": 2}}
    found = build(config, [SourceDocument("t.json", tokens)]).diagnostics
    assert [(d.code, d.severity) for d in found] == ([("DSS363", severity)] if severity else [])
    if found:
        assert "a b (1), a-b (2)" in found[0].message


def test_references_to_tokens_that_are_left_out_are_named(built):
    tokens = {"a": {"value": 1, "type": "x"}, "b": {"value": "{a}", "type": "y"}, "c": {"value": "{b}", "type": "y"}}
    file = {"destination": "a", "format": "css/variables", "filter": {"type": "y"}}
    platform = {**NAMES, "files": [{**file, "options": {"outputReferences": True}}]}
    result = built(tokens, platform)
    (found,) = result.diagnostics
    assert (found.code, found.message.endswith("leaves out: a")) == ("DSS365", True)
    assert "--b: var(--a);" in result.files[0].text


def test_file_options_are_laid_over_platform_options_and_those_over_the_configuration(built):
    tokens = {"a": {"value": 1}}
    file = {"destination": "a", "format": "css/variables", "options": {"formatting": {"suffix": "!"}}}
    platform = {**NAMES, "options": {"formatting": {"suffix": "?", "separator": "="}}, "files": [file]}
    text = built(tokens, platform, selector=".top", showFileHeader=False).files[0].text
    assert text.startswith("/**")  # the header is an option of files only
    assert text.endswith(".top {\n  --a= 1!\n}\n")


def test_paths_are_joined_below_the_build_path(built):
    files = [{"destination": name, "format": "json"} for name in ("/x.json", "../y.json", "a\\z.json", "")]
    result = built({"a": {"value": 1}}, {**NAMES, "buildPath": "./build//", "files": files})
    assert [file.path for file in result.files] == ["build/x.json", "y.json", "build/a/z.json"]


def test_composites_are_expanded_by_type():
    tokens = {
        "width": {"value": "2px"},
        "style": {"value": {"dashArray": ["1px"], "lineCap": "butt"}, "type": "strokeStyle"},
        "b": {"value": {"width": "{width}", "style": "{style}", "color": "#fff"}, "type": "border", "comment": "note"},
        "alias": {"value": "{b}", "type": "border"},
        "shadow": {"value": [{"blur": 1}, {"blur": 2}], "type": "shadow"},
    }
    found = one(("t.json", tokens), file=FULL, expand={"include": ["border", "shadow", "strokeStyle"]})
    assert found["b"]["width"]["type"] == "dimension"
    assert found["b"]["width"]["value"] == "2px"
    assert found["b"]["color"]["comment"] == "note"
    assert found["b"]["style"]["lineCap"]["value"] == "butt"
    assert found["alias"]["color"]["value"] == "#fff"
    assert [found["shadow"][key]["blur"]["value"] for key in ("1", "2")] == [1, 2]
    assert found["style"]["dashArray"]["type"] == "dimension"


@pytest.mark.parametrize(
    ("expand", "names"),
    [
        (True, ["b-width", "t-fontsize"]),
        (False, ["b", "t"]),
        ({}, ["b", "t"]),
        ({"include": ["border"]}, ["t", "b-width"]),
        ({"exclude": ["border"]}, ["b", "t-fontsize"]),
        ({"typesMap": {}}, ["b-width", "t-fontsize"]),
        ({"include": False, "exclude": False}, ["b", "t"]),
    ],
)
def test_what_is_expanded_is_chosen_on_the_configuration_or_the_platform(expand, names):
    tokens = {"b": {"value": {"width": 1}, "type": "border"}, "t": {"value": {"fontsize": 1}, "type": "typography"}}
    assert list(one(("t.json", tokens), expand=expand)) == names
    platform = {**NAMES, "expand": expand, "files": [FLAT]}
    assert list(run({"platforms": {"p": platform}}, ("t.json", tokens))[0]["a.json"]) == names


def test_a_map_of_types_that_is_only_true_maps_nothing():
    token = {"b": {"value": {"width": "1px"}, "type": "border"}}
    expand = {"typesMap": True}
    assert one(("t.json", token), expand=expand) == one(("t.json", token), expand=True) == {"b-width": "1px"}


def test_types_of_parts_may_be_mapped():
    tokens = {"b": {"value": {"width": 1, "color": 2}, "type": "border"}}
    types = {"border": {"width": "borderWidth"}, "color": "paint"}
    found = one(("t.json", tokens), file=FULL, expand={"typesMap": types})["b"]
    assert (found["width"]["type"], found["color"]["type"]) == ("borderWidth", "paint")


def test_actions_are_copies_to_make(built):
    tokens = {
        "asset": {"image": {"logo": {"value": "logo.png", "type": "asset", "attributes": {"state": "hdpi"}}}},
        "other": {"x": {"y": {"z": {"value": "z.png", "type": "asset"}}}},
    }
    platform = {"actions": ["copy_assets", "android/copyImages"], "buildPath": "out/", "files": []}
    assert built(tokens, platform).actions == (
        Copy("assets", "out/assets"),
        Copy("logo.png", "out/android/main/res/drawable-hdpi/logo.png"),
        Copy("z.png", "out/android/main/res/drawable/y_z.png"),
    )


def test_building_changes_neither_documents_nor_configuration():
    tokens = {"g": {"$type": "color", "a": {"$value": "#fff"}, "b": {"$value": "{g.a}"}}}
    data = {"expand": True, "platforms": {"p": {"transformGroup": "css", "files": [FULL]}}}
    before = json.dumps([tokens, data])
    config = load_config(data, file="c")
    first = build(config, [SourceDocument("t", tokens)])
    assert build(config, [SourceDocument("t", tokens)]) == first
    assert json.dumps([tokens, data]) == before


@pytest.mark.parametrize(
    ("tokens", "format", "said"),
    [
        ({"a": {"value": 1, "name": ["x", 1]}, "b": {"value": 2, "name": {"y": 1}}}, "json/flat", '"x,1": 1'),
        ({"a": {"value": 1, "name": "{b}"}, "b": {"value": [1, 2]}}, "json/flat", '"1,2": 1'),
        ({"g": {"$type": {"$value": 1}, "x": {"$value": 2}}}, "json/flat", '"$type": 1'),
        ({"value": {"b": {"value": 1}}}, "scss/map-deep", "'b': $b"),
        ({"value": {"b": {"value": 1}}}, "ios/singleton.m", '@"name": @"b"'),
        ({"a": {"value": 1, "type": []}}, "android/resources", '<string name="a">1</string>'),
        ({"a": {"$value": {"colorSpace": [], "components": []}}}, "css/variables", '--a: {"colorSpace"'),
    ],
)
def test_members_of_no_use_are_no_reason_to_fail(built, tokens, format, said):
    file = {"destination": "a", "format": format, "options": {"className": "A"}}
    assert said in built(tokens, {"files": [file]}).files[0].text


def test_a_composite_that_refers_is_quoted_where_no_variable_can_stand_in_it(built):
    border = {"width": "{w}", "style": "solid", "color": "#fff"}
    tokens = {"w": {"value": "1px"}, "b": {"value": border, "type": "border"}, "c": {"value": "{b}", "type": "border"}}
    file = {"destination": "a", "format": "compose/object", "options": {"className": "A", "outputReferences": True}}
    text = built(tokens, {"transforms": ["name/camel"], "files": [file]}).files[0].text
    assert 'val b = "1px solid #fff"' in text
    assert "val c = b" in text
