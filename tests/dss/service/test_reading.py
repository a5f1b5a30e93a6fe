"""Reading sources: by suffix, by size, each file once, every fault kept."""

import json

import pytest

from dss.service.reading import BIG, Memory, Reader, content
from dss_tokens.errors import InputError

TOKEN = {"a": {"$type": "number", "$value": 1}}
RESOLVER = {"version": "2025.10", "resolutionOrder": [{"name": "s", "type": "set", "sources": [{"$ref": "a.json"}]}]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps(TOKEN))
    (tmp_path / "r.json").write_text(json.dumps(RESOLVER))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.json", '{"a": {"$type": "number", "$value": 1}}'),
        ("t.tokens", '{"a": {"$type": "number", "$value": 1}}'),
        ("t.tokens.json", '{"a": {"$type": "number", "$value": 1}}'),
        ("t.json5", "{a: {$type: 'number', $value: +1,}}"),
        ("t.JSONC", '{"a": {"$type": "number", "$value": 1}} // x'),
        ("t.yaml", "a: {$type: number, $value: 1}"),
        ("t.YML", "a:\n  $type: number\n  $value: 1"),
    ],
)
def test_the_suffix_says_the_syntax(folder, name, text):
    (folder / name).write_text(text)
    reading = Reader(strict=True).sources([folder / name])
    assert reading.diagnostics == []
    assert [list(source.tokens.tokens) for source in reading.sources] == [["a"]]


def test_a_json_file_of_any_size_is_refused_for_the_same(folder):
    tokens = {f"t{n}": {"$type": "number", "$value": 1, "$description": "x" * 100} for n in range(BIG // 100)}
    for bad in (
        '{"a": NaN}',
        '{"a": 9007199254740993}',
        '{"a": "\\ud800"}',
        '{"a": 1, "a": 2}',
        '{"a": "\\\\ud83d\\ude00"}',
    ):
        small, big = bad, bad[:-1] + ", " + json.dumps(tokens)[1:]
        found = []
        for name, text in (("small.json", small), ("big.json", big)):
            (folder / name).write_text(text)
            found.append([d.code for d in Reader(strict=True).decode(folder / name).diagnostics])
        assert found[0] == found[1] != []


@pytest.mark.parametrize(("strict", "severity"), [(False, "warning"), (True, "error")])
def test_a_bare_name_of_a_part_is_no_json_pointer(folder, strict, severity):
    source = {"$ref": "parts.json#orange"}
    document = {"version": "2025.10", "resolutionOrder": [{"name": "s", "type": "set", "sources": [source]}]}
    (folder / "parts.json").write_text(json.dumps({"orange": TOKEN, "blue": {}}))
    (folder / "bare.json").write_text(json.dumps(document))
    reading = Reader(strict=strict).resolver(folder / "bare.json")
    (found,) = reading.diagnostics
    assert (found.code, found.severity, found.hint) == ("DSS232", severity, "write #/orange")
    ((tokens,),) = [entry.sources for entry in reading.resolver.order]
    assert list(tokens.tokens) == ["a"]


@pytest.mark.parametrize("fragment", ["#green", "#orange/a/b", "#/"])
def test_a_part_that_is_not_there_leads_nowhere(folder, fragment):
    source = {"$ref": f"parts.json{fragment}"}
    document = {"version": "2025.10", "resolutionOrder": [{"name": "s", "type": "set", "sources": [source]}]}
    (folder / "parts.json").write_text(json.dumps({"orange": TOKEN, "blue": {}}))
    (folder / "bare.json").write_text(json.dumps(document))
    found = Reader().resolver(folder / "bare.json").diagnostics
    assert ("DSS232", "error") in [(d.code, d.severity) for d in found]


def test_one_resolver_document_among_the_sources_is_used(folder):
    reading = Reader().sources([folder / "a.json", folder / "r.json"])
    assert reading.resolver is not None
    assert {path.name for path in reading.files} == {"r.json", "a.json"}


def test_several_resolver_documents_are_left_alone_and_never_read_as_tokens(folder):
    (folder / "s.json").write_text(json.dumps(RESOLVER))
    reading = Reader().sources([folder / "a.json", folder / "r.json", folder / "s.json"])
    assert reading.resolver is None
    assert [source.file for source in reading.sources] == ["a.json"]
    assert [(d.code, d.severity) for d in reading.diagnostics] == [("DSS118", "warning")]
    assert "r.json" in reading.diagnostics[0].message and "s.json" in reading.diagnostics[0].message


def test_a_file_that_cannot_be_read_does_not_hide_the_faults_of_others(folder):
    (folder / "bad.json").write_text("{")
    reading = Reader().sources([folder / "nope.json", folder / "bad.json", folder / "a.json"])
    assert [d.code for d in reading.diagnostics] == ["DSS108", "DSS102"]
    assert [source.file for source in reading.sources] == ["a.json"]


def test_a_file_is_read_once(folder, monkeypatch):
    from dss import files

    real, read = files.read, []
    monkeypatch.setattr(files, "read", lambda path: read.append(path.name) or real(path))
    reader = Reader()
    reader.sources([folder / "a.json", folder / "r.json"])
    reader.sources([folder / "a.json"])
    assert sorted(read) == ["a.json", "r.json"]


@pytest.mark.parametrize(
    ("text", "codes"), [("null", ["DSS112"]), ("{", ["DSS102"]), ('{"a": [NaN, 1e999]}', ["DSS103", "DSS104"])]
)
def test_content_is_something_or_an_error_says_why(folder, text, codes):
    (folder / "x.json").write_text(text)
    with pytest.raises(InputError) as caught:
        content(Reader().decode(folder / "x.json"), "x.json")
    assert [d.code for d in caught.value.diagnostics] == codes


def test_what_did_not_change_is_neither_read_nor_parsed_again(folder):
    for name in ("a", "b"):
        (folder / f"{name}.json").write_text(json.dumps({name: {"$type": "number", "$value": 1}}))
    paths = [folder / "a.json", folder / "b.json"]
    memory = Memory()

    def read():
        return [source.tokens for source in Reader(memory=memory).sources(paths).sources]

    first = read()
    assert [now is before for now, before in zip(read(), first, strict=True)] == [True, True]
    memory.forget({folder / "b.json"})
    assert [now is before for now, before in zip(read(), first, strict=True)] == [True, False]
    second = read()
    (folder / "a.json").write_text(json.dumps({"other": {"$type": "number", "$value": 1}}))  # and nobody told
    assert [now is before for now, before in zip(read(), second, strict=True)] == [False, True]
    assert len(memory.parsed) == 2  # nothing of the past


def test_the_files_of_a_resolver_document_are_named_without_opening_them(folder):
    sources = [{"$ref": "parts.json#/orange"}, {"$ref": "gone.json"}, {"$ref": "a.json"}, {"b": TOKEN}]
    modifier = {"contexts": {"light": [{"$ref": "a.json"}], "dark": [{"$ref": "dark.json", "c": TOKEN}]}}
    document = {
        "version": "2025.10", "sets": {"s": {"sources": sources}}, "modifiers": {"theme": modifier},
        "resolutionOrder": [{"$ref": "#/sets/s"}, {"$ref": "#/modifiers/theme"}],
    }  # fmt: skip
    (folder / "parts.json").write_text(json.dumps({"orange": TOKEN}))
    (folder / "dark.json").write_text(json.dumps({"a": TOKEN}))
    (folder / "all.json").write_text(json.dumps(document))
    opened = Reader().resolver(folder / "all.json").files
    reader = Reader()
    assert reader.files_of(folder / "all.json") == opened
    assert list(reader.decoded) == [folder / "all.json"]
