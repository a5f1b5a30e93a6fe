"""``color_hex``: the hexadecimal fallback of a colour says the same as its components."""

from __future__ import annotations

from collections.abc import Iterator

from ..registry import Finding, Fix, Options, lint_rule
from ..subject import Subject, is_literal


@lint_rule(code="DSS702", level="warn", options={"required": False, "tolerance": 1})
def color_hex(subject: Subject, options: Options) -> Iterator[Finding]:
    """sRGB colours whose ``hex`` differs by more than ``tolerance`` of 255, and with ``required`` those without."""
    most = float(options["tolerance"])
    for token in subject.authored():
        value = token.token.node.get("$value")
        if token.type != "color" or not is_literal(token) or type(value) is not dict or "components" not in value:
            continue
        written = value.get("hex")
        if written is None:
            if options["required"]:
                hint = "write " + (found := _hex(value))
                fix = Fix(token.token, ("$value",), value, {**value, "hex": found})
                yield Finding(token.token, f"{token.path} has no hex", hint, ("$value",), fixes=(fix,))
            continue
        if value.get("colorSpace") != "srgb":
            continue  # outside sRGB the fallback is a matter of taste
        found = _hex(value)
        if type(written) is str and _distance(written, found) > most:
            fix = Fix(token.token, ("$value", "hex"), written, found)
            message = f"the hex {written} of {token.path} is not what its components say: {found}"
            yield Finding(token.token, message, f"write {found}", ("$value", "hex"), fixes=(fix,))


def _hex(value: dict[str, object]) -> str:
    from ...color import to_hex

    return to_hex(value)


def _distance(one: str, other: str) -> float:
    """The largest difference of a channel; infinite where *one* is no hex."""
    digits = one[1:] if len(one) != 4 else "".join(2 * digit for digit in one[1:])
    if len(digits) != 6:
        return float("inf")
    try:
        return max(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5))
    except ValueError:
        return float("inf")
