"""``max_gamut``: colours that a kind of screen cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from ..registry import Finding, Options, lint_rule
from ..subject import Subject, is_literal

_SPACES = {"srgb": "srgb", "p3": "display-p3", "display-p3": "display-p3", "rec2020": "rec2020"}


@lint_rule(code="DSS708", level="off", options={"gamut": "srgb"})
def max_gamut(subject: Subject, options: Options) -> Iterator[Finding]:
    """Colours outside ``gamut``: ``srgb``, ``p3`` or ``rec2020``."""
    from ...color import fits

    space = _SPACES.get(str(options["gamut"]), "srgb")
    for token in subject.authored():
        value = token.value
        if token.type != "color" or not is_literal(token) or not isinstance(value, dict) or "components" not in value:
            continue
        if not fits(value, space):
            yield Finding(
                token.token, f"{token.path} lies outside {options['gamut']}",
                "screens without that gamut show another colour", ("$value",),
            )  # fmt: skip
