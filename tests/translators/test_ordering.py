"""Orders for languages that define before they use."""

from hypothesis import given
from hypothesis import strategies as st

from dss_tokens.dtcg.parse import parse
from dss_tokens.model import Source
from dss_tokens.resolve.permutations import resolve_one
from translators.ordering import defined_first


@st.composite
def documents(draw):
    """Tokens that refer to each other in any order, never in a ring."""
    size = draw(st.integers(1, 12))
    tokens = {"t0": {"$type": "dimension", "$value": {"value": 1, "unit": "px"}}}
    for number in range(1, size):
        target = f"{{t{draw(st.integers(0, number - 1))}}}"
        border = {"color": {"colorSpace": "srgb", "components": [0, 0, 0]}, "width": target, "style": "solid"}
        kinds = [{"$value": target}, {"$type": "border", "$value": border}]
        tokens[f"t{number}"] = draw(st.sampled_from(kinds))
    return {name: tokens[name] for name in draw(st.permutations(list(tokens)))}


@given(documents())
def test_looking_at_late_tokens_alone_gives_the_same_order(document):
    evaluation = resolve_one(parse(document, Source("a.json")).tokens)
    tokens, uses = evaluation.done, evaluation.uses
    order = defined_first(tokens, uses)
    assert defined_first(tokens, uses, evaluation.late) == order
    assert sorted(order) == sorted(tokens)
    place = {path: at for at, path in enumerate(order)}
    assert all(place[used] < place[path] for path in order for used in uses.get(path, ()))
