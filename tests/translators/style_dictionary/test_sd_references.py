"""References: resolved to any depth, and every fault listed with its place."""

from __future__ import annotations

import json

import pytest

from translators.style_dictionary import BuildError, SourceDocument, build, load_config

PLATFORM = {"transforms": ["name/kebab"], "files": [{"destination": "a.json", "format": "json/flat"}]}


def values(built, tokens, **config):
    return json.loads(built(tokens, PLATFORM, **config).files[0].text)


def test_references_stand_anywhere_and_keep_types(built):
    tokens = {
        "n": {"value": 4},
        "list": {"value": [1, "{n}"]},
        "text": {"value": "{n}px {bool} {list}"},
        "bool": {"value": True},
        "alias": {"value": "{ n }"},
        "deep": {"value": {"a": [{"b": "{alias}"}], "path": "{n}"}},
        "object": {"value": "{deep}"},
    }
    found = values(built, {**tokens, "deep": {"value": {"a": [{"b": "{alias}"}]}}})
    assert found == {
        "n": 4,
        "list": [1, 4],
        "text": "4px true 1,4",
        "bool": True,
        "alias": 4,
        "deep": {"a": [{"b": 4}]},
        "object": {"a": [{"b": 4}]},
    }


def test_values_below_reserved_names_are_never_resolved(built):
    assert values(built, {"n": {"value": 1}, "a": {"value": {"path": "{n}", "b": "{n}"}}})["a"] == {
        "path": "{n}",
        "b": 1,
    }


def test_comments_are_resolved_too(built):
    file = {"destination": "a", "format": "css/variables", "options": {"showFileHeader": False}}
    tokens = {"a": {"value": 1}, "b": {"value": 2, "comment": "twice {a}"}}
    (output,) = built(tokens, {"transforms": ["name/kebab"], "files": [file]}).files
    assert "--b: 2; /** twice 1 */" in output.text


def test_every_broken_and_circular_reference_is_listed_with_its_place(built):
    tokens = {
        "a": {"value": "{b.c}", "filePath": "x"},
        "group": {"d": {"value": {"k": ["x {e} {nowhere}"]}}, "e": {"value": "1"}},
        "one": {"value": "{two}"},
        "two": {"value": "{three}"},
        "three": {"value": "{one}"},
        "self": {"value": "{self}"},
        "behind": {"value": "{one}"},
        "note": {"value": 1, "comment": "{lost}"},
    }
    del tokens["a"]["filePath"]
    with pytest.raises(BuildError) as raised:
        built(tokens, PLATFORM)
    faults = raised.value.diagnostics
    assert [(fault.code, fault.path, fault.at) for fault in faults] == [
        ("DSS202", "a", ("a", "value")),
        ("DSS202", "group.d", ("group", "d", "value", "k", 0)),
        ("DSS202", "group.d", ("group", "d", "value", "k", 0)),
        ("DSS202", "note", ("note", "comment")),
        ("DSS203", "one", ("one", "value")),
        ("DSS203", "self", ("self", "value")),
    ]
    assert {fault.file for fault in faults} == {"tokens/a.json"}
    assert "one -> two -> three -> one" in faults[4].message
    assert [place.path for place in faults[4].related] == ["two", "three"]
    assert faults[1].hint == "did you mean {group.e}?"


def test_a_reference_to_a_group_says_so(built):
    with pytest.raises(BuildError) as raised:
        built({"g": {"x": {"value": 1}}, "a": {"value": "{g}"}}, PLATFORM)
    assert raised.value.diagnostics[0].hint == "g is a group; a reference names a token"


def test_faults_are_listed_once_for_all_platforms():
    config = load_config({"platforms": {"a": PLATFORM, "b": PLATFORM}}, file="c.json")
    with pytest.raises(BuildError) as raised:
        build(config, [SourceDocument("t.json", {"a": {"value": "{b}"}})])
    assert len(raised.value.diagnostics) == 1


def test_a_broken_reference_in_the_configuration_itself_points_there():
    config = load_config({"tokens": {"a": {"value": "{b}"}}, "platforms": {"a": PLATFORM}}, file="c.json")
    with pytest.raises(BuildError) as raised:
        build(config, [])
    assert (raised.value.diagnostics[0].file, raised.value.diagnostics[0].at) == ("c.json", ("tokens", "a", "value"))


def test_broken_references_may_be_let_stand(built):
    tokens = {
        "a": {"value": "{missing} {ok}"},
        "group": {"b": {"value": "{a}", "type": "color"}},
        "ok": {"value": "fine"},
        "k": {"value": "{l}"},
        "l": {"value": "{m}"},
        "m": {"value": "{l}"},
    }
    log = {"errors": {"brokenReferences": "console"}}
    result = built(tokens, PLATFORM, log=log)
    # No transform touches what cannot be resolved: not even the name is made from the whole path.
    assert json.loads(result.files[0].text) == {
        "a": "{missing} fine",
        "b": "{missing} fine",
        "ok": "fine",
        "k": "{m}",
        "l": "{m}",
        "m": "{l}",
    }
    assert {found.severity for found in result.diagnostics} == {"warning"}
    assert built(tokens, PLATFORM, log={**log, "verbosity": "silent"}).diagnostics == ()


def test_references_of_version_3_say_value(built):
    tokens = {
        "size": {"s": {"value": "1px"}, "m": {"l": {"value": 2}}},
        "font": {"body": {"value": {"family": "Arial", "deep": {"size": "{size.s.value}"}}}},
        "a": {"value": "{size.s.value}"},
        "b": {"value": "{font.body.value.family} {font.body.value.deep.size}"},
        "c": {"value": "{font.body.family}"},
        "d": {"value": "{size}"},
        "e": {"value": "{size.m.value}"},
    }
    found = values(built, tokens)
    assert (found["a"], found["b"], found["c"]) == ("1px", "Arial 1px", "Arial")
    assert (found["d"], found["e"]) == ({"s": "1px", "m": {"l": 2}}, {"l": 2})


def test_a_reference_into_a_token_is_written_as_its_value(written):
    tokens = {"f": {"value": {"size": "1px"}}, "a": {"value": "{f.value.size}"}, "b": {"value": "{a.value}"}}
    assert "--a: 1px;\n" in written(tokens, "css/variables", outputReferences=True)
    assert "--b: var(--a);" in written(tokens, "css/variables", outputReferences=True)


def test_a_reference_into_a_token_that_is_not_there_is_broken(built):
    tokens = {"f": {"value": {"size": "1px"}}, "a": {"value": "{f.value.weight}"}}
    with pytest.raises(BuildError):
        built(tokens, PLATFORM)


@pytest.mark.parametrize("broken", [False, True])
def test_long_chains_take_linear_time_and_no_recursion(built, growth, broken):
    def run(count):
        tokens = {f"t{index}": {"value": f"{{t{index + 1}}}"} for index in range(count)}
        tokens[f"t{count}"] = {"value": "{t0}" if broken else "end"}
        if broken:
            with pytest.raises(BuildError) as raised:
                built(tokens, PLATFORM)
            assert len(raised.value.diagnostics) == 1
            assert len(raised.value.diagnostics[0].message) < 400
        else:
            assert values(built, tokens)["t0"] == "end"

    assert growth(run, 200) < 200


def test_a_token_is_not_what_its_own_broken_reference_meant(built):
    with pytest.raises(BuildError) as caught:
        built({"size": {"u": {"value": "{size.uu}"}, "z": {"value": 1}}}, {"files": []})
    (fault,) = caught.value.diagnostics
    assert fault.hint == "did you mean {size.z}?"


PARTS_OF_VERSION_3 = {
    "ink": {"value": "#f00", "type": "color", "comment": "pure", "attributes": {"font": {"base": "#111"}}},
    "w": {"value": 500},
    "text": {"type": "typography", "value": {"fontSize": "16px", "fontFamily": "Arial", "fontWeight": "{w.value}"}},
    "alias": {"type": "typography", "value": "{text.value}"},
    "shadow": {"type": "shadow", "value": [{"offsetX": 0, "color": "{ink.value}"}]},
}


@pytest.mark.parametrize(("reference", "wanted"), [
    ("{ink.value}", "#ff0000"),
    ("{ink.comment}", "pure"),
    ("{ink.attributes.font.base}", "#111"),
    ("{text.value.fontSize}", "16px"),
    ("{text.value.fontWeight}", 500),
    ("{alias.value.fontWeight}", 500),
    ("{alias.fontSize} solid {ink.comment}", "16px solid pure"),
    ("{shadow.value.0.color}", "#ff0000"),
    ("{text.value}", "500 16px Arial"),
])  # fmt: skip
def test_parts_of_version_3_are_what_they_were_before_they_became_text(built, reference, wanted):
    platform = {"transforms": ["name/kebab", "color/hex", "typography/css/shorthand"], "files": PLATFORM["files"]}
    tokens = {**PARTS_OF_VERSION_3, "part": {"value": reference}}
    assert json.loads(built(tokens, platform).files[0].text)["part"] == wanted


@pytest.mark.parametrize("reference", [
    "{ink.missing}", "{ink.value.missing}", "{ink.comment.missing}", "{alias.value.missing}", "{shadow.value.1.color}",
    "{shadow.value.x.color}", "{loop.value.x.y}",
])  # fmt: skip
def test_parts_that_no_token_has_are_broken_references(built, reference):
    tokens = {**PARTS_OF_VERSION_3, "part": {"value": reference}, "loop": {"value": {"x": "{ring.value.x}"}}}
    tokens["ring"] = {"value": {"x": "{loop.value.x}"}}
    with pytest.raises(BuildError) as raised:
        built(tokens, PLATFORM)
    assert ("DSS202", "part") in [(fault.code, fault.path) for fault in raised.value.diagnostics]


def test_parts_of_version_3_may_have_become_tokens(built):
    tokens = {**PARTS_OF_VERSION_3, "part": {"value": "{text.value.fontSize}"}}
    found = values(built, tokens, expand={"include": ["typography"]})
    assert (found["part"], found["alias-font-weight"]) == ("16px", 500)
