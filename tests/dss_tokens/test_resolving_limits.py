"""Long, wide and doubled documents: everything ends soon, and what would fill the memory is refused."""

import time

import pytest

from dss_tokens.dtcg import parse
from dss_tokens.json_reader import read_json
from dss_tokens.limits import MIN_RESOLVED_NODES
from dss_tokens.model import Source
from dss_tokens.resolve.documents import Fetched
from dss_tokens.resolve.permutations import resolve_one
from dss_tokens.resolve.resolver_reader import read_resolver

SECONDS = 10.0
"""Generous: what these documents did before took minutes, or never ended."""


@pytest.fixture(autouse=True)
def soon():
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


def number(value=1):
    return {"$type": "number", "$value": value}


def resolved(document, *, strict=False):
    parsed = parse(document, Source("t.json"), strict=strict)
    evaluation = resolve_one(parsed.tokens, strict=strict)
    return evaluation.done, [*parsed.diagnostics, *evaluation.diagnostics]


def errors(found):
    return [(d.code, d.rule) for d in found if d.severity == "error"]


COUNT = 10_000


@pytest.mark.parametrize(
    "reference",
    [
        pytest.param(lambda n: {"$value": f"{{t{n}}}"}, id="braces"),
        pytest.param(lambda n: {"$ref": f"#/t{n}"}, id="pointers"),
        pytest.param(lambda n: {"$value": {"$ref": f"#/t{n}/$value"}}, id="pointer-objects"),
        pytest.param(lambda n: [{"$value": f"{{t{n}}}"}, {"$ref": f"#/t{n}/$value"}][n % 2], id="mixed"),
    ],
)
@pytest.mark.parametrize("forwards", [True, False])
def test_a_chain_of_ten_thousand_aliases_is_followed(reference, forwards):
    tokens = {f"t{n}": reference(n + 1) for n in range(COUNT)}
    tokens[f"t{COUNT}"] = number(7)
    done, found = resolved(tokens if forwards else dict(reversed(tokens.items())), strict=True)
    assert errors(found) == []
    assert (done["t0"].value, done["t0"].type, done["t0"].alias) == (7, "number", "t1")
    assert len(done) == COUNT + 1


def test_a_chain_of_ten_thousand_parts_is_followed():
    tokens = {
        f"t{n}": {"$type": "cubicBezier", "$value": [0, {"$ref": f"#/t{n + 1}/$value/1"}, 1, 1]} for n in range(COUNT)
    }
    tokens[f"t{COUNT}"] = {"$type": "cubicBezier", "$value": [0, 5, 1, 1]}
    done, found = resolved(tokens, strict=True)
    assert (errors(found), done["t0"].value) == ([], [0, 5, 1, 1])


@pytest.mark.parametrize("kind", ["braces", "parts"])
def test_a_ring_of_ten_thousand_is_one_fault_that_names_its_members(kind):
    if kind == "braces":
        tokens = {f"t{n}": {"$value": f"{{t{(n + 1) % COUNT}}}"} for n in range(COUNT)}
    else:
        tokens = {f"t{n}": {"$type": "cubicBezier", "$value": [0, {"$ref": f"#/t{(n + 1) % COUNT}/$value/1"}, 1, 1]}
                  for n in range(COUNT)}  # fmt: skip
    done, found = resolved(tokens)
    assert (len(done), errors(found)) == (0, [("DSS203", "REF-5" if kind == "braces" else "PTR-7")])
    assert len(found[0].related) == 100, "as many as help"
    assert len(found[0].message) < 2000


def test_ten_thousand_rings_are_as_many_faults():
    tokens = {f"t{n}": {"$value": f"{{t{n ^ 1}}}"} for n in range(COUNT)}
    _, found = resolved(tokens)
    assert errors(found) == [("DSS203", "REF-5")] * (COUNT // 2)


@pytest.mark.parametrize("count", [60, 600])
def test_pointers_that_lead_into_ever_other_places_end(count):
    document = {f"a{i}": number({"$ref": f"#/a{i - 1}/$value/n{i - 1}"}) for i in range(1, count)}
    document["a0"] = {"$type": "x", "$value": {f"n{i}": {"$ref": f"#/a{i}/$value"} for i in range(count)}}
    done, found = resolved(document)
    assert done == {}
    assert set(errors(found)) == {("DSS203", "PTR-7")}


def test_ten_thousand_missing_targets_are_all_reported():
    document = {"g": {f"t{n}": {"$value": f"{{g.nope{n}}}"} for n in range(COUNT)}}
    _, found = resolved(document)
    assert errors(found) == [("DSS202", "REF-4")] * COUNT


def test_a_chain_of_ten_thousand_groups_is_extended():
    document = {f"g{n}": {"$extends": f"{{g{n + 1}}}"} for n in range(COUNT)}
    document[f"g{COUNT}"] = {"a": number()}
    done, found = resolved(document, strict=True)
    assert (errors(found), len(done)) == ([], COUNT + 1)


def test_a_chain_of_ten_thousand_references_to_groups_is_followed():
    document = {f"g{n}": {"$ref": f"#/g{n + 1}"} for n in range(COUNT)}
    document[f"g{COUNT}"] = {"a": number()}
    done, found = resolved(document, strict=True)
    assert (errors(found), len(done)) == ([], COUNT + 1)


def test_a_ring_of_ten_thousand_groups_is_one_fault():
    document = {f"g{n}": {"$extends": f"{{g{(n + 1) % COUNT}}}"} for n in range(COUNT)}
    _, found = resolved(document)
    assert errors(found) == [("DSS222", "EXT-5")]


@pytest.mark.parametrize(
    "bottom", [pytest.param({"t": number()}, id="tokens"), pytest.param({"e": {}}, id="empty-groups")]
)
def test_groups_that_double_each_other_are_refused(bottom):
    document = {"g0": bottom}
    for n in range(1, 40):
        document[f"g{n}"] = {side: {"$extends": f"{{g{n - 1}}}"} for side in "lr"}
    _, found = resolved(document)
    assert errors(found) == [("DSS224", None)]


def test_groups_that_nest_by_extending_are_refused():
    document = {"g0": {"t": number()}}
    for n in range(1, 300):
        document[f"g{n}"] = {"k": {"$extends": f"{{g{n - 1}}}"}}
    _, found = resolved(document)
    assert errors(found) == [("DSS106", None)]


def test_long_names_that_double_each_other_are_refused_before_the_memory_is_full():
    document = {"g0": {"t": number()}}
    for n in range(1, 17):
        document[f"g{n}"] = {side * 256: {"$extends": f"{{g{n - 1}}}"} for side in "lr"}
    _, found = resolved(document)
    assert errors(found) == [("DSS224", None)]


def test_many_tokens_below_long_names_are_refused_before_the_memory_is_full():
    document = {f"t{n}": number() for n in range(50_000)}
    for _ in range(100):
        document = {"n" * 256: document}
    done, found = resolved(document)
    assert (done, errors(found)) == ({}, [("DSS224", None)])


def typography(family):
    px = {"value": 1, "unit": "px"}
    return {"fontFamily": family, "fontSize": px, "fontWeight": 400, "letterSpacing": px, "lineHeight": 1}


NAMES = [f"Font {n}" for n in range(999)]


def list_of(size):
    return [f"Font {n}" for n in range(size)]


@pytest.mark.parametrize(
    "alias",
    [
        pytest.param(lambda: {"$value": "{f}"}, id="alias"),
        pytest.param(lambda: {"$value": {"$ref": "#/f/$value"}}, id="pointer"),
        pytest.param(lambda: {"$type": "typography", "$value": typography("{f}")}, id="part"),
        pytest.param(
            lambda: {"$type": "fontFamily", "$value": {"$ref": "#/t/$value/fontFamily"}}, id="pointer-into-a-value"
        ),
    ],
)
def test_values_beyond_the_limit_of_nodes_are_refused(alias):
    # 999 names and their list are 1,000 nodes
    document = {
        "f": {"$type": "fontFamily", "$value": NAMES},
        "t": {"$type": "typography", "$value": typography(NAMES)},
    }
    assert MIN_RESOLVED_NODES == 1_000_000
    for n in range(1000):
        document[f"a{n}"] = alias()
    done, found = resolved(document, strict=True)
    assert (errors(found), len(done)) == ([], 1002), "exactly at the limit"
    document["more"] = alias()
    done, found = resolved(document, strict=True)
    assert errors(found) == [("DSS224", None)]
    assert len(done) <= 2, "only what stands in the file is left"
    assert found[0].file == "t.json" and found[0].at


def test_the_limit_grows_with_the_tokens():
    document = {f"n{n}": number() for n in range(150_000)}
    document["f"] = {"$type": "fontFamily", "$value": NAMES}
    document |= {f"a{n}": {"$value": "{f}"} for n in range(1400)}
    _, found = resolved(document)
    assert errors(found) == []


def test_references_to_long_parts_do_not_count_the_whole():
    document = {"t": {"$type": "fontFamily", "$value": NAMES}}
    document |= {f"a{n}": {"$type": "fontFamily", "$value": {"$ref": f"#/t/$value/{n % 999}"}} for n in range(5000)}
    _, found = resolved(document, strict=True)
    assert errors(found) == []


@pytest.mark.parametrize("form", ["pointers", "braces"])
def test_lists_that_double_each_other_are_refused(form):
    document = {"t0": {"$type": "any", "$value": ["x"]}}
    for n in range(1, 60):
        reference = {"$ref": f"#/t{n - 1}/$value"} if form == "pointers" else f"{{t{n - 1}}}"
        document[f"t{n}"] = {"$type": "any", "$value": [reference, reference]}
    done, found = resolved(document)
    assert errors(found) == [("DSS224", None)]
    assert list(done) == ["t0"]


def test_lists_that_nest_each_other_are_refused():
    document = {"t0": {"$type": "any", "$value": ["x"]}}
    for n in range(1, 3000):
        document[f"t{n}"] = {"$type": "any", "$value": [f"{{t{n - 1}}}"]}
    _, found = resolved(document)
    assert errors(found) == [("DSS106", None)]


def test_long_texts_in_older_forms_are_looked_at_once():
    spaces, digits = " " * 250_000, "1" * 250_000
    texts = [spaces, digits + "!", "1" + spaces + "!", "rgb(" + spaces, "italic" * 40_000, "-" * 250_000, "(" * 250_000]
    kinds = [
        "color",
        "dimension",
        "duration",
        "number",
        "fontWeight",
        "cubicBezier",
        "shadow",
        "typography",
        "strokeStyle",
    ]
    document = {f"{kind}{n}": {"$type": kind, "$value": text} for kind in kinds for n, text in enumerate(texts)}
    done, found = resolved(document)
    assert len(errors(found)) + len(done) >= len(document)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("dimension", "1e999px"), ("number", "1e999"), ("cubicBezier", "cubic-bezier(0, nan, 1, inf)"),
        ("duration", "-1e400s"), ("fontWeight", "1_0"), ("number", "9007199254740993"),
        ("cubicBezier", "cubic-bezier(0,1_0,1,1)"),
    ],
)  # fmt: skip
def test_no_older_form_becomes_a_number_that_json_cannot_hold(kind, value):
    done, found = resolved({"a": {"$type": kind, "$value": value}})
    assert (done, len(errors(found))) == ({}, 1)


def test_a_line_height_that_cannot_be_a_ratio_is_refused():
    value = typography("x") | {"lineHeight": {"value": 1e308, "unit": "px"}, "fontSize": {"value": 1e-10, "unit": "px"}}
    done, found = resolved({"a": {"$type": "typography", "$value": value}})
    assert (done, errors(found)) == ({}, [("DSS208", "TYP-2")])


# -- resolver documents


def read(document, files=None):
    def fetch(reference):
        return Fetched((files or {})[reference], reference, [])

    resolver, found = read_resolver(document, "r.json", fetch=fetch, parse=parse)
    return resolver, errors(found)


def with_sets(sets, last):
    return {"version": "2025.10", "sets": sets, "resolutionOrder": [{"$ref": f"#/sets/{last}"}]}


@pytest.mark.parametrize("sources", [[], [{"a": number()}]], ids=["empty", "tokens"])
@pytest.mark.parametrize("forwards", [True, False])
def test_sets_that_double_each_other_end(sources, forwards):
    sets = {"s0": {"sources": sources}}
    for n in range(1, 60):
        sets[f"s{n}"] = {"sources": [{"$ref": f"#/sets/s{n - 1}"}] * 2}
    resolver, found = read(with_sets(sets if forwards else dict(reversed(sets.items())), "s59"))
    assert found == ([("DSS224", None)] if sources else [])
    assert resolver is not None


@pytest.mark.parametrize("forwards", [True, False])
def test_a_chain_of_thousands_of_sets_is_followed(forwards):
    sets = {"s0": {"sources": [{"a": number()}]}}
    for n in range(1, 3000):
        sets[f"s{n}"] = {"sources": [{"$ref": f"#/sets/s{n - 1}"}]}
    resolver, found = read(with_sets(sets if forwards else dict(reversed(sets.items())), "s2999"))
    assert found == []
    assert list(resolver.flatten({}).tokens.tokens) == ["a"]


def test_a_ring_of_sets_is_one_fault():
    sets = {f"s{n}": {"sources": [{"$ref": f"#/sets/s{(n + 1) % 1000}"}]} for n in range(1000)}
    _, found = read(with_sets(sets, "s0"))
    assert found == [("DSS203", "RES-CIRC")]


def test_a_set_spliced_in_a_thousand_times_is_flattened_once():
    big = {f"t{n}": number() for n in range(5000)}
    sets = {"big": {"sources": [{"$ref": "big.json"}]}, "s": {"sources": [{"$ref": "#/sets/big"}] * 5000}}
    resolver, found = read(with_sets(sets, "s"), {"big.json": big})
    assert found == []
    assert len(resolver.flatten({}).tokens.tokens) == 5000


# -- depth, through the reader and the parser together


def tokens_of(text):
    found = read_json(text.encode(), file="t.json")
    parsed = parse(found.value, Source("t.json")) if found.value is not None else None
    return parsed, [*found.diagnostics, *(parsed.diagnostics if parsed else [])]


@pytest.mark.parametrize(("depth", "codes"), [(128, []), (129, ["DSS106"]), (130, ["DSS106"]), (2000, ["DSS106"])])
def test_128_groups_may_be_nested(depth, codes):
    text = '{"g":' * depth + '{"t": {"$type": "number", "$value": 1}}' + "}" * depth
    parsed, found = tokens_of(text)
    assert [d.code for d in found] == codes
    assert bool(parsed and parsed.tokens.tokens) is not bool(codes)


@pytest.mark.parametrize("length", [256, 257])
def test_names_have_at_most_256_characters(length):
    _, found = tokens_of('{"' + "💡" * length + '": {"$type": "number", "$value": 1}}')
    assert [d.code for d in found] == ["DSS210"] * (length - 256)
