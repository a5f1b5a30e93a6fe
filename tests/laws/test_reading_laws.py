"""Laws of reading and resolving: lossless, independent of order, strict at least as hard as lenient, overlays exact."""

import itertools
import json

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from test_strategies import json_values, resolver_documents, strange_documents, token_documents

from dss_tokens.diagnostics import has_errors
from dss_tokens.dtcg import dump, parse
from dss_tokens.model import Source
from dss_tokens.resolve.documents import Fetched
from dss_tokens.resolve.family import permute
from dss_tokens.resolve.flatten import flatten
from dss_tokens.resolve.permutations import resolve_one
from dss_tokens.resolve.resolver_reader import read_resolver

SOURCE = Source("t.json")


def text_of(document):
    """A document with the order of its members; ``1`` and ``true`` differ."""
    return json.dumps(document, ensure_ascii=False)


def resolved(document, *, strict=True):
    parsed = parse(document, SOURCE, strict=strict)
    evaluation = resolve_one(parsed.tokens, strict=strict)
    return evaluation.done, [*parsed.diagnostics, *evaluation.diagnostics]


def records(done):
    return {path: (t.type, text_of(t.value), t.alias, t.deprecated) for path, t in done.items()}


@given(token_documents())
def test_what_is_valid_by_construction_resolves(document):
    done, found = resolved(document)
    assert not has_errors(found)
    assert sorted(done) == sorted(paths_of(document))


def paths_of(group, path=""):
    """The paths of the tokens of a document without extended groups."""
    for name, part in group.items():
        if isinstance(part, dict) and "$value" in part:
            yield path + name
        elif isinstance(part, dict) and name[0] != "$":
            yield from paths_of(part, f"{path}{name}.")


@given(token_documents())
def test_reading_what_was_written_gives_the_same_tokens_in_the_same_order(document):
    tokens = parse(document, SOURCE).tokens
    written = dump(tokens)
    assert text_of(written) == text_of(document)
    again = parse(json.loads(text_of(written)), SOURCE).tokens
    assert list(again.tokens.items()) == list(tokens.tokens.items())
    assert list(again.groups) == list(tokens.groups)


@given(strange_documents())
@example({"style": {"$ref": None, "x.y": {}}})
def test_reading_what_was_written_gives_the_same_tokens_even_of_odd_documents(document):
    parsed = parse(document, SOURCE)
    # What has no name, or one with a dot, is left out, and it is what makes `{"$ref": …, "": {}}` a group.
    rules = [found.rule or "" for found in parsed.diagnostics]
    assume(isinstance(document, dict) and not any(rule == "LEG-1" or rule.startswith("NAME-") for rule in rules))
    again = parse(dump(parsed.tokens), SOURCE).tokens
    assert again.tokens == parsed.tokens.tokens
    assert {p: g.properties for p, g in again.groups.items()} == {
        p: g.properties for p, g in parsed.tokens.groups.items()
    }


@given(token_documents(), json_values(8))
def test_unknown_extensions_survive_verbatim(document, vendor):
    for node in document.values():
        if "$value" in node:
            node["$extensions"] = {"z.vendor": vendor, "a.vendor": {"$value": "{not.a.reference}"}}
    done, _ = resolved(document)
    for name, node in document.items():
        if "$extensions" in node and "$value" in node:
            assert text_of(done[name].token.extensions) == text_of(node["$extensions"])


def shuffled(draw, value):
    """*value* with the members of every group in another order; a token's value stays as it is."""
    if not isinstance(value, dict) or "$value" in value:
        return value
    return {key: shuffled(draw, value[key]) for key in draw(st.permutations(list(value)))}


@given(token_documents(), st.data())
def test_the_order_of_members_changes_no_token(document, data):
    before, _ = resolved(document)
    after, _ = resolved(shuffled(data.draw, document))
    assert records(after) == records(before)


GROUPS = ["a", "b", "c", "a.x", "b.x", "a.y"]


@st.composite
def extending_documents(draw):
    """Groups that extend each other, validly or in rings."""
    document = {}
    for path in draw(st.lists(st.sampled_from(GROUPS), min_size=2, max_size=5, unique=True)):
        place = document
        for name in path.split("."):
            place = place.setdefault(name, {})
        if draw(st.booleans()):
            place["$extends"] = "{" + draw(st.sampled_from(GROUPS)) + "}"
        for name in draw(st.lists(st.sampled_from("tuv"), max_size=2, unique=True)):
            place[name] = {"$type": "number", "$value": draw(st.integers(0, 99))}
    return document


@given(extending_documents(), st.data())
@settings(max_examples=300)
def test_the_order_of_members_changes_nothing_that_is_extended(document, data):
    before, found = resolved(document)
    after, again = resolved(shuffled(data.draw, document))
    assert records(after) == records(before)
    assert has_errors(again) == has_errors(found)


@given(st.lists(token_documents(4), min_size=2, max_size=3))
def test_documents_with_nothing_in_common_may_come_in_any_order(documents):
    wrapped = [
        parse({f"d{n}": {"$type": "number", "only": {"$value": n}}}, SOURCE).tokens for n in range(len(documents))
    ]
    expected = None
    for order in itertools.permutations(wrapped):
        done = resolve_one(flatten(order, report_replaced=True).tokens).done
        expected = expected or records(done)
        assert records(done) == expected


@given(strange_documents())
@settings(max_examples=300)
def test_strict_refuses_whatever_is_read_as_an_older_form(document):
    _, lenient = resolved(document, strict=False)
    _, strict = resolved(document, strict=True)
    if any(found.rule == "LEG-1" for found in lenient):
        assert has_errors(strict)
    if has_errors(lenient):
        assert has_errors(strict), "strict is at least as hard"


@given(strange_documents(), st.booleans())
@settings(max_examples=300)
def test_whatever_stands_in_a_document_it_is_resolved_or_reported(document, strict):
    parsed = parse(document, SOURCE, strict=strict)
    evaluation = resolve_one(parsed.tokens, strict=strict)
    found = [*parsed.diagnostics, *evaluation.diagnostics]
    missing = evaluation.tokens.tokens.keys() - evaluation.done.keys()
    assert not missing or has_errors(found)
    for diagnostic in found:
        assert diagnostic.file == "t.json" and diagnostic.message and diagnostic.at is not None
    for token in evaluation.done.values():
        json.dumps(token.value, allow_nan=False)
        assert "$ref" not in text_of(token.value) or "$ref" in text_of(document)


def no_files(reference):
    raise AssertionError(reference)


def read(document):
    resolver, found = read_resolver(document, "r.json", fetch=no_files, parse=parse)
    assert resolver is not None
    return resolver, found


def contexts_of(document):
    names = [item["$ref"].rpartition("/")[2] for item in document["resolutionOrder"] if "modifiers" in item["$ref"]]
    return {name: list(document["modifiers"][name]["contexts"]) for name in names}


def full(resolver, inputs):
    """One permutation resolved from nothing."""
    return resolve_one(resolver.flatten({**resolver.defaults(), **inputs}).tokens)


@given(resolver_documents())
@settings(max_examples=200)
def test_an_overlay_is_the_whole_permutation_faults_included(document):
    resolver, found = read(document)
    family = permute(resolver, {})
    base = records(full(resolver, {}).done)
    assert records(family.base.tokens) == base
    singles = [{name: c} for name, contexts in contexts_of(document).items() for c in contexts[1:]]
    assert [other.inputs for other in family.others][: len(singles)] == singles
    for other in family.others:
        whole = full(resolver, other.inputs)
        assert records(other.tokens) == records(whole.done), other.inputs
        assert list(other.tokens) == list(whole.done), "the order is that of the whole"
        if has_errors(whole.diagnostics):
            assert has_errors([*found, *family.diagnostics]), other.inputs
        for path, record in records(other.tokens).items():
            assert path in other.differing or record[:3] == base.get(path, (None,))[:3], "said to be alike"


def choices_of(document):
    """Every choice of contexts that are no defaults, as inputs."""
    contexts = contexts_of(document)
    for choice in itertools.product(*contexts.values()):
        yield {name: context for name, context in zip(contexts, choice, strict=True) if context != "x"}


EXTENDED_IN_ONE_CONTEXT = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{}]}},
    "modifiers": {
        "m0": {"contexts": {"x": [{"g": {"$type": "number"}}], "y": []}, "default": "x"},
        "m1": {"contexts": {"x": [], "y": [{"h": {"$extends": "{g}"}}]}, "default": "x"},
    },
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/m0"}, {"$ref": "#/modifiers/m1"}],
}


@given(resolver_documents())
@example(EXTENDED_IN_ONE_CONTEXT)
@settings(max_examples=150)
def test_a_fault_in_any_combination_of_contexts_is_reported(document):
    resolver, found = read(document)
    family = permute(resolver, {})
    assume(not has_errors([*found, *family.diagnostics]))
    for inputs in choices_of(document):
        flat = resolver.flatten({**resolver.defaults(), **inputs})
        assert not has_errors([*flat.diagnostics, *resolve_one(flat.tokens).diagnostics]), inputs


HEIR_OF_TWO_CONTEXTS = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{"g": {}}]}},
    "modifiers": {
        "m0": {"contexts": {"x": [], "y": [{"g": {"a": {"$type": "number", "$value": 0}}}]}, "default": "x"},
        "m1": {"contexts": {"x": [], "y": [{"h": {"$extends": "{g}"}}]}, "default": "x"},
    },
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/m0"}, {"$ref": "#/modifiers/m1"}],
}


@given(resolver_documents())
@example(HEIR_OF_TWO_CONTEXTS)
@settings(max_examples=150)
def test_a_combination_that_is_left_out_follows_from_those_that_are_not(document):
    resolver, _ = read(document)
    family = permute(resolver, {})
    base = records(family.base.tokens)
    listed = {tuple(sorted(other.inputs.items())): records(other.tokens) for other in family.others}
    for inputs in choices_of(document):
        pairs = sorted(inputs.items())
        if len(pairs) != 2 or tuple(pairs) in listed:
            continue
        one, other = listed[pairs[0],], listed[pairs[1],]
        whole = records(full(resolver, inputs).done)
        for path in {*one, *other, *whole}:
            changed = one if one.get(path) != base.get(path) else other
            assert whole.get(path) == changed.get(path), (path, inputs)


def test_fetched_files_are_parsed_once():
    calls = []

    def fetch(reference):
        calls.append(reference)
        return Fetched({"a": {"$type": "number", "$value": 1}}, reference, [])

    document = {
        "version": "2025.10",
        "sets": {"s": {"sources": [{"$ref": "a.json"}, {"$ref": "a.json"}]}},
        "resolutionOrder": [{"$ref": "#/sets/s"}, {"$ref": "#/sets/s"}],
    }
    resolver, found = read_resolver(document, "r.json", fetch=fetch, parse=parse)
    assert (calls, found) == (["a.json"], [])
    first, *others = resolver.sources({})
    assert all(other is first for other in others)
