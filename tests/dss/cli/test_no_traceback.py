"""Whatever stands in files and on the command line: a code, a status, one JSON document; never an internal error."""

import contextlib
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_strategies import json_values, resolver_documents, strange_documents, token_documents

from dss.cli.main import run

STATUSES = {0, 1, 2}
COMMANDS = [
    ["resolve"],
    ["validate"],
    ["validate", "--format", "sarif"],
    ["validate", "--format", "github"],
    ["translate", "--to", "css"],
    ["translate", "--to", "scss"],
    ["translate", "--to", "json"],
    ["translate", "--check"],
    ["translate", "--to", "json/flat", "--no-references"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all examples: every example writes the files it names."""
    place = tmp_path_factory.mktemp("fuzz")
    before = Path.cwd()
    os.chdir(place)
    yield place
    os.chdir(before)


def call(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(list(arguments))
    return status, out.getvalue(), err.getvalue()


def assert_well_ended(arguments, statuses=STATUSES):
    status, out, err = call(*arguments)
    said = out + err
    assert status in statuses, (status, said)
    assert "internal error:" not in said, said
    assert "Traceback" not in said
    if "--json" in arguments:
        document = json.loads(out)
        errors = [d for d in document["diagnostics"] if d["severity"] == "error"]
        assert err == ""
        assert bool(errors) or status == 0 or "--check" in arguments
        assert not errors or status
        for found in document["diagnostics"]:
            assert found["code"].startswith("DSS") and found["message"]
    return status


def write(folder, name, content):
    (folder / name).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(document=st.one_of(strange_documents(), json_values()), command=st.sampled_from(COMMANDS), strict=st.booleans())
def test_any_document_is_answered(folder, document, command, strict):
    write(folder, "t.json", document)
    words = [*command, "t.json", *(["--strict"] if strict else [])]
    assert_well_ended(words)
    if "--format" not in words:
        assert_well_ended([*words, "--json"])


@quick
@given(document=token_documents(), command=st.sampled_from(COMMANDS))
def test_any_valid_document_is_answered(folder, document, command):
    write(folder, "t.json", document)
    assert_well_ended([*command, "t.json", "--strict"])


@quick
@given(
    text=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda t: t.encode("utf-8", "surrogatepass"))),
    suffix=st.sampled_from(["json", "jsonc", "json5", "yaml", "yml", "tokens", "txt"]),
)
def test_any_bytes_are_answered(folder, text, suffix):
    write(folder, f"t.{suffix}", text)
    assert_well_ended(["validate", f"t.{suffix}", "--json"], {0, 1})
    assert_well_ended(["validate", f"t.{suffix}"], {0, 1})


BROKEN_KEYS = st.sampled_from(
    ["version", "resolutionOrder", "sets", "modifiers", "sources", "contexts", "default", "$ref", "name", "type"]
)


@st.composite
def broken_resolvers(draw):
    document = draw(resolver_documents())
    for _ in range(draw(st.integers(0, 3))):
        place = document
        for _ in range(draw(st.integers(0, 4))):
            inner = [
                part
                for part in (place.values() if isinstance(place, dict) else place)
                if isinstance(part, (dict, list)) and part
            ]
            if not inner:
                break
            place = draw(st.sampled_from(inner))
        wrong = draw(
            st.one_of(
                json_values(4),
                st.sampled_from(
                    [
                        "#/sets/base",
                        "#/modifiers/m0",
                        "#/",
                        "#",
                        "",
                        "t.json",
                        "r.json",
                        "t.json#/a",
                        "../t.json",
                        "a\0b",
                        "x" * 300,
                    ]
                ),
            )
        )
        if isinstance(place, list):
            place[draw(st.integers(0, len(place) - 1))] = draw(st.one_of(st.just(wrong), st.just({"$ref": wrong})))
        elif draw(st.booleans()):
            place[draw(BROKEN_KEYS)] = wrong
        else:
            place.pop(draw(st.sampled_from(list(place))))
            if not place:
                place["x"] = 1
    return document


@settings(quick, max_examples=150)
@given(document=broken_resolvers(), command=st.sampled_from([["resolve"], ["validate"], ["translate", "--to", "css"]]))
def test_any_resolver_document_is_answered(folder, document, command):
    write(folder, "t.json", {"a": {"$type": "number", "$value": 1}})
    write(folder, "r.json", document)
    assert_well_ended([*command, "--resolver", "r.json", "--json"], {0, 1})


@quick
@given(document=resolver_documents(), inputs=st.lists(st.text(st.sampled_from("mMxyzXY01=, "), max_size=5), max_size=3))
def test_any_input_is_answered(folder, document, inputs):
    write(folder, "r.json", document)
    words = [word for given in inputs for word in ("--input", given)]
    assert_well_ended(["resolve", "--resolver", "r.json", *words, "--json"])


WORDS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "resolve",
            "validate",
            "translate",
            "explain",
            "completion",
            "doctor",
            "--json",
            "--strict",
            "--to",
            "css",
            "-o",
            "--",
            "--help",
            "--version",
            "t.json",
            "nope.json",
            "*.json",
            "DSS202",
            "--input",
            "m=x",
            "--resolver",
            "r.json",
            "--format",
            "sarif",
            "bash",
            "-c",
            "dss.toml",
            "--platform",
            "--prefix",
            "--check",
            "--no-references",
            "-",
            ".",
            "..",
            "\0",
            "-o-",
            "é",
        ]
    ),
)


@settings(quick, max_examples=200)
@given(words=st.lists(WORDS, max_size=5))
@example(words=["translate", "-o", "\0"])
def test_any_command_line_is_answered(folder, words):
    if "init" in words or "demo" in words:
        return
    write(folder, "t.json", {"a": {"$type": "number", "$value": 1}})
    write(folder, "dss.toml", b'[project]\nsources = ["t.json"]\n')
    try:
        status, out, err = call(*words)
    finally:
        (folder / "dss.toml").unlink()
    assert status in {0, 1, 2, 3}, (words, status)
    assert "internal error:" not in out + err, (words, out, err)


TOML_VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-9, 9),
        st.sampled_from(['"css/variables"', '"t.json"', '"../x"', '""', '"a\\u0000b"', '"*"', '"[x"']),
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "[" + ", ".join(map(str, parts)) + "]"),
    max_leaves=4,
).map(lambda value: str(value).lower() if isinstance(value, bool) else str(value))
TOML_LINES = st.one_of(
    st.sampled_from(
        [
            "[project]",
            "[platform.web]",
            "[platform]",
            "[figma]",
            "[storybook]",
            "[lint]",
            "[limits]",
            "[platform.web.options]",
            "[[project]]",
            "# x",
            "=",
            "[",
        ]
    ),
    st.tuples(
        st.sampled_from(
            [
                "name",
                "sources",
                "resolver",
                "format",
                "out",
                "prefix",
                "references",
                "filter",
                "options",
                "selector",
                "media",
                "inputs",
                "template",
                "transforms",
                "id",
                "dialect",
                "nme",
                "file",
                "plugins",
                "max_tokens",
            ]
        ),
        TOML_VALUES,
    ).map(lambda pair: f"{pair[0]} = {pair[1]}"),
)


@settings(quick, max_examples=150)
@given(
    lines=st.lists(TOML_LINES, max_size=6),
    command=st.sampled_from([["translate", "--check"], ["validate"], ["resolve"]]),
)
def test_any_project_file_is_answered(folder, lines, command):
    write(folder, "t.json", {"a": {"$type": "number", "$value": 1}})
    write(folder, "dss.toml", "\n".join(lines).encode())
    try:
        assert_well_ended([*command, "--json"])
    finally:
        (folder / "dss.toml").unlink()


@quick
@given(
    data=st.one_of(
        st.binary(max_size=60),
        json_values().map(lambda v: json.dumps(v).encode()),
        st.dictionaries(
            st.sampled_from(["meta", "variables", "variableCollections", "status", "error"]), json_values(8), max_size=4
        ).map(lambda v: json.dumps(v).encode()),
    )
)
def test_any_saved_answer_of_figma_is_answered(folder, data):
    write(folder, "payload.json", data)
    assert_well_ended(
        ["figma", "pull", "--from-file", "payload.json", "-o", "pulled", "--dry-run", "--json"], {0, 1, 2, 4, 5}
    )
