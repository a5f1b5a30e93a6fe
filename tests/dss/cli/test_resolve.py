"""``dss resolve``: one JSON document always, the statuses of the contract, and what the inputs choose."""

import json

import pytest

from dss_tokens.resolve.documents import Modifier, Resolver

TOKENS = {
    "color": {
        "$type": "color",
        "$deprecated": "old",
        "blue": {"$value": {"colorSpace": "srgb", "components": [0, 0, 1]}, "$description": "Sea"},
        "brand": {"$value": "{color.blue}", "$deprecated": False, "$extensions": {"org.x": {"b": 1, "a": [2]}}},
    }
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text(json.dumps(TOKENS))
    return tmp_path


def test_a_token_is_printed_as_the_contract_says(dss, folder):
    done = dss("resolve", "t.json", "--json")
    assert (done.status, done.err) == (0, "")
    assert done.json == {
        "tokens": {
            "color.blue": {
                "type": "color",
                "value": {"colorSpace": "srgb", "components": [0, 0, 1]},
                "alias": None,
                "description": "Sea",
                "deprecated": "old",
                "extensions": {},
            },
            "color.brand": {
                "type": "color",
                "value": {"colorSpace": "srgb", "components": [0, 0, 1]},
                "alias": "color.blue",
                "description": None,
                "deprecated": False,
                "extensions": {"org.x": {"b": 1, "a": [2]}},
            },
        },
        "diagnostics": [],
    }
    assert '"b": 1,\n          "a"' in done.out, "the order of members is kept"


def test_results_go_to_stdout_and_findings_to_stderr(dss, folder):
    (folder / "u.json").write_text('{"a": {"$type": "dimension", "$value": "1px"}}')
    done = dss("resolve", "t.json", "u.json")
    assert "color.brand" in done.out and "<- color.blue" in done.out and "(deprecated)" in done.out
    assert "DSS220" not in done.out and "DSS220" in done.err
    assert done.status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "codes"),
    [
        pytest.param(["nope.json"], 1, ["DSS113"], id="no-file"),
        pytest.param(["--resolver", "nope.json"], 1, ["DSS108"], id="no-resolver"),
        pytest.param(["t.json", "--input", "theme=dark"], 1, ["DSS234"], id="input-without-a-resolver"),
        pytest.param(["t.json", "--input", "theme"], 2, ["DSS990"], id="input-that-is-none"),
        pytest.param(["t.json", "--input", "=dark"], 2, ["DSS990"], id="input-without-a-modifier"),
        pytest.param(["t.json", "--nope"], 2, ["DSS990"], id="unknown-option"),
        pytest.param([], 1, ["DSS113"], id="nothing-to-read"),
        pytest.param(["--resolver", "null.json"], 1, ["DSS112"], id="resolver-that-is-null"),
        pytest.param(["--resolver", "broken.json"], 1, ["DSS102"], id="resolver-that-is-broken"),
        pytest.param(["null.json"], 1, ["DSS112"], id="null"),
        pytest.param(["."], 1, ["DSS112", "DSS102"], id="a-folder-with-faults"),
        pytest.param(["a\0b"], 2, ["DSS990"], id="name-with-a-null-character"),
    ],
)
def test_json_is_one_document_on_failure_too(dss, folder, arguments, status, codes):
    (folder / "null.json").write_text("null")
    (folder / "broken.json").write_text('{"a": ')
    done = dss("resolve", *arguments, "--json")
    assert done.status == status
    assert sorted(d["code"] for d in done.json["diagnostics"]) == sorted(codes)
    assert done.err == ""
    assert all(d["message"] for d in done.json["diagnostics"])


def test_what_can_be_resolved_beside_an_error_is_printed(dss, folder):
    (folder / "u.json").write_text('{"a": {"$type": "number", "$value": 1}, "b": {"$value": "{c}"}}')
    done = dss("resolve", "u.json", "--json")
    assert (done.status, list(done.json["tokens"])) == (1, ["a"])


def test_a_later_token_replaces_an_earlier_one_whole_and_a_warning_names_both(dss, folder):
    (folder / "u.json").write_text('{"color": {"blue": {"$type": "number", "$value": 1}}}')
    done = dss("resolve", "t.json", "u.json", "--json")
    (found,) = [d for d in done.json["diagnostics"] if d["code"] == "DSS219"]
    assert (found["severity"], found["file"], found["related"][0]["file"]) == ("warning", "u.json", "t.json")
    assert (found["line"], found["related"][0]["line"]) == (1, 1)
    assert done.json["tokens"]["color.blue"]["type"] == "number"
    assert done.json["tokens"]["color.blue"]["description"] is None


RESOLVER = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{"$ref": "tokens/base.json"}]}},
    "modifiers": {
        "theme": {"contexts": {"Light": [], "Dark": [{"a": {"$type": "number", "$value": 2}}]}, "default": "Light"},
        "size": {"contexts": {"s": [], "l": [{"a": {"$type": "number", "$value": 3}}]}},
    },
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}, {"$ref": "#/modifiers/size"}],
}


@pytest.fixture
def resolver(folder):
    (folder / "r").mkdir()
    (folder / "r" / "tokens").mkdir()
    (folder / "r" / "tokens" / "base.json").write_text('{"a": {"$type": "number", "$value": 1}}')
    (folder / "r" / "tokens.resolver.json").write_text(json.dumps(RESOLVER))
    return "r/tokens.resolver.json"


@pytest.mark.parametrize(
    ("inputs", "value"),
    [
        (["size=s"], 1),
        (["size=s", "theme=Dark"], 2),
        (["SIZE=S", "Theme=DARK"], 2),
        (["size=l", "theme=Dark"], 3),
        (["theme=Dark", "theme=Light", "size=s"], 1),
    ],
)
def test_inputs_choose_contexts_without_regard_to_case(dss, resolver, inputs, value):
    words = [word for given in inputs for word in ("--input", given)]
    done = dss("resolve", "--resolver", resolver, *words, "--json")
    assert (done.status, done.json["tokens"]["a"]["value"]) == (0, value)


def test_every_fault_of_the_inputs_is_listed(dss, resolver):
    done = dss("resolve", "--resolver", resolver, "--input", "theme=drak", "--input", "mode=x", "--json")
    assert done.status == 1
    said = [d["message"] for d in done.json["diagnostics"]]
    assert said == [
        "the modifier theme has no context drak",
        "there is no modifier mode",
        "the modifier size needs an input: it has no default",
    ]
    assert {(d["rule"], d["code"], d["file"]) for d in done.json["diagnostics"]} == {("RES-INPUT", "DSS234", resolver)}
    assert "Dark" in done.json["diagnostics"][0]["hint"]


@pytest.mark.parametrize("context", [True, 100, None, ["a"], {"a": 1}])
def test_an_input_that_is_no_text_is_refused(context):
    modifier = Modifier("m", {"true": (), "100": ()}, "true")
    _, found = Resolver("r.json", (modifier,), {"m": modifier}).inputs({"m": context})
    assert [(d.code, d.rule) for d in found] == [("DSS234", "RES-INPUTSTR")]


def test_the_one_resolver_document_among_the_sources_is_used_as_if_named(dss, resolver):
    done = dss("resolve", "r", "--input", "size=l", "--json")
    assert (done.status, done.json["tokens"]["a"]["value"]) == (0, 3)


def test_faults_in_files_of_a_resolver_document_name_those_files(dss, resolver, folder):
    (folder / "r" / "tokens" / "base.json").write_text('{\n  "a": {"$type": "number", "$value": "{b}"}}')
    done = dss("resolve", "--resolver", resolver, "--input", "size=s", "--json")
    (found,) = done.json["diagnostics"]
    assert (found["file"], found["line"], found["column"]) == ("r/tokens/base.json", 2, 38)


def test_a_fault_in_a_joined_group_names_the_file_it_stands_in(dss, folder):
    (folder / "one.json").write_text('{\n "g": {"$extends": "{nope}"}}')
    (folder / "two.json").write_text('{"g": {"$description": "x", "a": {"$type": "number", "$value": 1}}}')
    for order in (["one.json", "two.json"], ["two.json", "one.json"]):
        done = dss("resolve", *order, "--json")
        (found,) = [d for d in done.json["diagnostics"] if d["severity"] == "error"]
        assert (found["file"], found["line"], found["column"]) == ("one.json", 2, 20)


def test_strict_refuses_the_older_forms(dss, folder):
    (folder / "u.json").write_text('{"a": {"$type": "dimension", "$value": "1px"}}')
    assert dss("resolve", "u.json").status == 0
    assert dss("resolve", "u.json", "--strict").status == 1


def test_big_files_are_read_by_the_quicker_decoder_alike(dss, folder):
    tokens = {f"t{n}": {"$type": "number", "$value": n / 8, "$description": "é" * 40} for n in range(25_000)}
    text = json.dumps(tokens, ensure_ascii=False)
    assert len(text.encode()) > 2_000_000
    (folder / "big.json").write_text(text, "utf-8")
    done = dss("resolve", "big.json", "--json")
    assert done.json["tokens"]["t24999"]["value"] == 24999 / 8
    (folder / "big.json").write_text(text[:-1] + ', "t0": {"$type": "number", "$value": NaN}}', "utf-8")
    done = dss("resolve", "big.json", "--json")
    assert [d["code"] for d in done.json["diagnostics"]] == ["DSS110", "DSS103"], "in the order of the file"


def test_every_fault_of_references_is_listed_and_no_token_is_suggested_to_itself(dss, folder):
    (folder / "a.json").write_text(
        '{"n": {\n"aa": {"$value": "{n.aaa}"},\n"x": {"$value": "{n.y}"},\n"z": {"$type": "number", "$value": 1}}}'
    )
    (folder / "b.yaml").write_text("n:\n  y:\n    $value: '{n.x}'\n  q:\n    $value: '{gone}'\n")
    found = dss("resolve", "a.json", "b.yaml", "--json").json["diagnostics"]
    assert {(one["code"], one["file"], one["line"], one["path"], one["hint"]) for one in found} == {
        ("DSS202", "a.json", 2, "n.aa", None),
        ("DSS203", "a.json", 3, "n.x", "give one token of the loop a literal value"),
        ("DSS202", "b.yaml", 5, "n.q", None),
    }
    (loop,) = [one["related"] for one in found if one["related"]]
    assert [(one["path"], one["file"], one["line"]) for one in loop] == [("n.y", "b.yaml", 3)]


def test_an_unknown_context_names_the_nearest(dss, folder):
    (folder / "dss.toml").write_text(
        '[project]\nsources = ["t.json"]\n[modifier.theme]\ncontexts = ["light", "dark"]\n'
    )
    for given, meant in (("theme=drak", "did you mean dark?"), ("thme=dark", "did you mean theme?")):
        (found,) = dss("resolve", "--input", given, "--json").json["diagnostics"]
        assert (found["code"], found["hint"]) == ("DSS234", meant)
