"""Canonical JSON: the vectors of RFC 8785, the reference implementation, and what has no canonical form."""

from __future__ import annotations

import json
import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss.export_import.canonical import canonical, number_text

# RFC 8785, appendix B: the bits of a double and its text
NUMBERS = {
    0x0000000000000000: "0", 0x8000000000000000: "0", 0x0000000000000001: "5e-324", 0x8000000000000001: "-5e-324",
    0x7FEFFFFFFFFFFFFF: "1.7976931348623157e+308", 0x4340000000000000: "9007199254740992",
    0xC340000000000000: "-9007199254740992", 0x4430000000000000: "295147905179352830000",
    0x44B52D02C7E14AF5: "9.999999999999997e+22", 0x44B52D02C7E14AF6: "1e+23",
    0x44B52D02C7E14AF7: "1.0000000000000001e+23", 0x444B1AE4D6E2EF4E: "999999999999999700000",
    0x444B1AE4D6E2EF4F: "999999999999999900000", 0x444B1AE4D6E2EF50: "1e+21",
    0x3EB0C6F7A0B5ED8C: "9.999999999999997e-7",    0x3EB0C6F7A0B5ED8D: "0.000001",
    0x41B3DE4355555553: "333333333.3333332", 0x41B3DE4355555554: "333333333.33333325",
    0x41B3DE4355555555: "333333333.3333333", 0x41B3DE4355555556: "333333333.3333334",
    0x41B3DE4355555557: "333333333.33333343", 0xBECBF647612F3696: "-0.0000033333333333333333",
    0x43143FF3C1CB0959: "1424953923781206.2",
}  # fmt: skip


@pytest.mark.parametrize("bits", NUMBERS)
def test_numbers_are_written_as_the_rfc_lists_them(bits: int) -> None:
    (number,) = struct.unpack(">d", bits.to_bytes(8, "big"))
    assert number_text(number) == NUMBERS[bits]
    assert canonical([number]) == f"[{NUMBERS[bits]}]".encode()


def test_keys_and_texts_are_written_as_the_rfc_shows_them() -> None:
    document = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(document).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    keys = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\x80": 6, "ö": 7}
    assert list(json.loads(canonical(keys))) == ["\r", "1", "\x80", "ö", "€", "\U0001f600", "\ufb33"]


floats = st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text() | floats,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(json_values)
def test_equal_values_have_one_form_that_gives_them_back(value: object) -> None:
    try:
        written = canonical(value)
    except ValueError:
        value_text = json.dumps(value)  # half a surrogate pair
        assert "\\ud" in value_text
        return
    # a double above 2^53 is written without a point: read as a double, as every reader of JSON may
    again = json.loads(written, parse_int=lambda digits: float(digits) if len(digits) > 15 else int(digits))
    assert again == value
    assert canonical(again) == written


@given(json_values)
def test_the_reference_implementation_agrees(value: object) -> None:
    rfc8785 = pytest.importorskip("rfc8785")
    try:
        expected = rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        with pytest.raises(ValueError):
            canonical(value)
        return
    assert canonical(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        [math.inf],
        {"a": -math.inf},
        2**53,
        [-(2**53)],
        10**400,
        "\ud800",
        {"\udfff": 1},
        {1: 2},
        {"a": {1, 2}},
    ],
)
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)
