"""Values as records of numbers: what older tools write, and what becomes of parts that are no numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translators.losses import Losses
from translators.pipeline import make_platform
from translators.records import Records, Stroke

PLATFORM = make_platform("x", format="swift", out="out")
RED = {"colorSpace": "srgb", "components": [1, 0, 0]}


def px(amount):
    return {"value": amount, "unit": "px"}


@pytest.fixture
def read():
    """``(type, value)`` -> the record, and what is told."""

    def of(kind, value, gamut="srgb"):
        losses = Losses()
        losses.path = "a.token"
        found = Records(PLATFORM, losses, gamut).read(kind, value)
        return found, [fault.message.removeprefix("swift ") for fault in losses.diagnostics(PLATFORM)]

    return of


@pytest.mark.parametrize(("height", "ratio"), [(1.5, 1.5), ("30px", 1.5), ("150%", 1.5), ("1.5em", 1.5), ("2rem", 1.6)])
def test_a_line_height_is_a_multiple_of_the_size(read, height, ratio):
    style, told = read("typography", {"fontSize": px(20), "lineHeight": height})
    assert (style.height, told) == (ratio, [])


@pytest.mark.parametrize(
    ("spacing", "wanted"), [(px(-1), -1), ("5%", 1), ("0.05em", 1), ({"value": 0.1, "unit": "rem"}, 1.6)]
)
def test_a_letter_spacing_may_follow_the_size(read, spacing, wanted):
    style, told = read("typography", {"fontSize": px(20), "letterSpacing": spacing})
    assert (style.spacing, told) == (wanted, [])


@pytest.mark.parametrize(("value", "wanted"), [
    ("Inter", ("Inter",)), (["A", "B"], ("A", "B")), ("A, 'B C', serif", ("A", "B C", "serif")),
])  # fmt: skip
def test_a_font_family_is_a_list_of_names(read, value, wanted):
    assert read("fontFamily", value) == (wanted, [])


@pytest.mark.parametrize(("weight", "nearest"), [(1, 100), (449, 400), (450, 500), (700, 700), (950, 900)])
def test_the_nearest_weight_is_told_where_it_is_another_one(weight, nearest):
    losses = Losses()
    assert Records(PLATFORM, losses).hundred(weight) == nearest
    assert len(list(losses.diagnostics(PLATFORM))) == (weight != nearest)


@pytest.mark.parametrize(("gamut", "space", "told"), [("srgb", "srgb", 1), ("display-p3", "display-p3", 0)])
def test_a_colour_beyond_the_gamut_is_told(read, gamut, space, told):
    found, faults = read("color", {"colorSpace": "display-p3", "components": [1, 0, 0]}, gamut)
    assert (found.space, len(faults)) == (space, told)
    assert len(read("color", {"colorSpace": "rec2020", "components": [0, 1, 0]}, gamut)[1]) == 1


def test_the_ends_of_dashes_are_words_that_there_are(read):
    stroke, told = read("strokeStyle", {"dashArray": [px(1)], "lineCap": "butt)\nimport os"})
    assert stroke == Stroke("dashed", (1,), "butt")
    assert len(told) == 1


LENGTHS = st.one_of(st.integers(-9, 9).map(px), st.sampled_from(["calc(1px + 1em)", "2vw", "auto"]))
TIMES = st.sampled_from([{"value": 1, "unit": "s"}, {"value": 1, "unit": "ms"}, "calc(1s)"])
COLORS = st.sampled_from([RED, "currentcolor", "var(--a)"])
VALUES = {
    "border": st.fixed_dictionaries({"color": COLORS, "width": LENGTHS}, optional={"style": st.just("solid")}),
    "shadow": st.lists(
        st.fixed_dictionaries({"color": COLORS, "offsetX": LENGTHS, "offsetY": LENGTHS}, optional={"blur": LENGTHS}),
        min_size=1,
    ),
    "transition": st.fixed_dictionaries(
        {"duration": TIMES}, optional={"delay": TIMES, "timingFunction": st.sampled_from(["steps(2)", [0, 0, 1, 1]])}
    ),
    "gradient": st.lists(
        st.fixed_dictionaries({"color": COLORS, "position": st.sampled_from([-1, 0.5, 2, "50%"])}), min_size=1
    ),
    "typography": st.fixed_dictionaries({}, optional={
        "fontSize": LENGTHS, "letterSpacing": LENGTHS, "lineHeight": st.sampled_from([1, "normal"]),
        "fontWeight": st.sampled_from([400, "bold", "var(--w)"]), "fontFamily": st.just("A"),
    }),
}  # fmt: skip


@given(st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_text_where_a_number_is_needed_is_told(case):
    kind, value = case
    losses = Losses()
    losses.path = "a.token"
    assert Records(PLATFORM, losses).read(kind, value) is not None
    parts = [part for item in (value if isinstance(value, list) else [value]) for part in item.items()]
    plain = ("solid", "A", "bold")
    is_text = any(isinstance(part, str) and part not in plain for _, part in parts)
    is_open = kind == "transition" and "timingFunction" not in value
    assert bool(list(losses.diagnostics(PLATFORM))) == (is_text or is_open)
