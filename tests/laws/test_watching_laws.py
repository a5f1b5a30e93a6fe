"""What is resolved again after a change is what it would have been from nothing."""

from hypothesis import given
from hypothesis import strategies as st
from test_strategies import token_documents

from dss_tokens.dtcg.parse import parse, parse_again
from dss_tokens.model import Source
from dss_tokens.resolve.permutations import resolve_again, resolve_one

SOURCE = Source("a.json")


@st.composite
def changes(draw):
    """A document, and another one that has some of it."""
    before, other = draw(token_documents()), draw(token_documents())
    keys = draw(st.permutations(sorted({*before, *other})))
    after = {key: draw(st.sampled_from([d for d in (before, other) if key in d]))[key] for key in keys}
    dropped = draw(st.sets(st.sampled_from(keys), max_size=2)) if keys else set()
    return before, {key: value for key, value in after.items() if key not in dropped}


def shown(evaluation):
    return (
        [token._replace(token=token.token.node) for token in evaluation.done.values()],
        {path: uses for path, uses in evaluation.uses.items() if uses},
        [(d.code, d.message, d.at) for d in evaluation.diagnostics],
    )


@given(changes())
def test_again_is_as_from_nothing(documents):
    before, after = documents
    parsed = parse(before, SOURCE)
    first = resolve_one(parsed.tokens)
    fresh = parse(after, SOURCE)
    again = parse_again(parsed, after, SOURCE)
    assert again == fresh
    assert repr(list(again.tokens.tokens.values())) == repr(list(fresh.tokens.tokens.values()))
    if (evaluation := resolve_again(first, again.tokens)) is not None:
        assert shown(evaluation) == shown(resolve_one(fresh.tokens))
        place = {path: at for at, path in enumerate(evaluation.done)}
        if evaluation.late is not None:
            for path, uses in evaluation.uses.items():
                assert path in evaluation.late or all(place[used] < place[path] for used in uses)


def test_a_token_that_reads_as_before_is_the_same_object():
    one = {"$type": "number", "a": {"$value": 1}, "b": {"$value": 2}, "c": {"$value": 3, "$description": "x"}}
    two = {"$type": "number", "a": {"$value": 1}, "b": {"$value": 2.0}, "c": {"$description": "x", "$value": 3}}
    parsed = parse(one, SOURCE)
    again = parse_again(parsed, two, SOURCE).tokens.tokens
    assert [again[name] is parsed.tokens.tokens[name] for name in "abc"] == [True, False, False]
