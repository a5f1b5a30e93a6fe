"""Contrast and path patterns, against published numbers."""

import pytest

from dss_tokens.contrast import contrast_ratio
from dss_tokens.lint.patterns import matches


def srgb(digits, alpha=1):
    return {"colorSpace": "srgb", "components": [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)], "alpha": alpha}


@pytest.mark.parametrize(
    ("front", "back", "ratio"),
    [
        ("000000", "ffffff", 21.0),
        ("ffffff", "ffffff", 1.0),
        ("767676", "ffffff", 4.54),  # WCAG's lightest grey on white that passes AA
        ("777777", "ffffff", 4.48),
        ("0000ff", "ffffff", 8.59),
        ("ff0000", "ffffff", 4.00),
    ],
)
def test_published_ratios(front, back, ratio):
    found = contrast_ratio(srgb(front), srgb(back))
    assert found == pytest.approx(ratio, abs=0.005) and found == contrast_ratio(srgb(back), srgb(front))


def test_translucent_colours_are_laid_on_first():
    assert contrast_ratio(srgb("000000", 0), srgb("ffffff")) == 1.0
    assert contrast_ratio(srgb("000000", 0.5), srgb("ffffff")) == pytest.approx(3.98, abs=0.01)
    assert contrast_ratio(srgb("000000"), srgb("ffffff", 0.5)) is None


def test_other_spaces_and_older_forms():
    white = {"colorSpace": "oklch", "components": [1, 0, "none"]}
    assert contrast_ratio(srgb("000000"), white) == pytest.approx(21, abs=0.01)
    assert contrast_ratio("#000000", white) is None


@pytest.mark.parametrize(
    ("glob", "path", "is_meant"),
    [
        ("color.*", "color.red", True),
        ("color.*", "color.red.500", False),
        ("color.**", "color.red.500", True),
        ("color.**", "color", True),
        ("color.**", "colors.red", False),
        ("**", "a.b", True),
        ("**.old", "a.b.old", True),
        ("**.old", "old", True),
        ("**.old", "a.bold", False),
        ("a.**.z", "a.z", True),
        ("a.**.z", "a.b.c.z", True),
        ("a.r*d", "a.red", True),
        ("a.r?d", "a.read", False),
        ("a+b.(c)", "a+b.(c)", True),
    ],
)
def test_patterns(glob, path, is_meant):
    assert matches([glob])(path) is is_meant
