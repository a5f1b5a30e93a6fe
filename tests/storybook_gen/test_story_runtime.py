"""The modules that run in the browser, so far as they need none: colours and contrast, by Node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from dss_tokens.color import parse_css, to_library

RUNTIME = Path(__file__).parents[2] / "storybook_gen" / "runtime"

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


def run(expressions):
    script = (
        f"import * as c from {json.dumps((RUNTIME / 'color.js').as_uri())};\n"
        f"console.log(JSON.stringify([{', '.join(expressions)}]));"
    )
    ended = subprocess.run(
        ["node", "--input-type=module", "--no-warnings", "-e", script],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


COLORS = ["#000000", "#ffffff", "#777777", "#0969da", "#ff0000", "#00ff80", "#123456", "#fef3c7"]


def test_contrast_is_that_of_the_colour_library():
    pairs = [(one, other) for one in COLORS for other in COLORS]
    found = run([f"c.ratio(c.parseColor('{one}'), c.parseColor('{other}'))" for one, other in pairs])
    for (one, other), ratio in zip(pairs, found, strict=True):
        wanted = to_library(parse_css(one)).contrast(to_library(parse_css(other)), method="wcag21")
        assert ratio == pytest.approx(wanted, abs=0.01), (one, other)


@pytest.mark.parametrize(
    ("text", "background", "lightness"),
    [
        # Published with APCA 0.1.9.
        ("#888888", "#ffffff", 63.056469930209424),
        ("#ffffff", "#888888", -68.54146436644962),
        ("#000000", "#aaaaaa", 58.146262578561334),
        ("#aaaaaa", "#000000", -56.24113336839742),
        ("#112233", "#ddeeff", 91.66830811481631),
        ("#ddeeff", "#112233", -93.06770049484275),
        ("#112233", "#444444", 8.32326136957393),
        ("#444444", "#112233", -7.526878460278154),
        ("#777777", "#777777", 0),
    ],
)
def test_apca_is_as_published(text, background, lightness):
    (found,) = run([f"c.apca(c.parseColor('{text}'), c.parseColor('{background}'))"])
    assert found == pytest.approx(lightness, abs=1e-6)


def test_ratios_are_cut_not_rounded():
    assert run(["c.ratioText(4.49)", "c.ratioText(4.5)", "c.ratioText(21)", "c.ratioText(2.999999)"]) == [
        "4.4", "4.5", "21.0", "2.9",
    ]  # fmt: skip
    assert run([f"c.levelOf({value})" for value in (7, 6.99, 4.5, 4.49, 3, 2.99)]) == [
        "AAA", "AA", "AA", "AA large", "AA large", "Fail",
    ]  # fmt: skip


def parsed(*texts):
    return run([f"c.parseColor({json.dumps(text)})" for text in texts])


def test_texts_of_the_stylesheet_are_read():
    assert parsed("#fff", "#0000", "rgb(255 0 0 / 0.5)", "rgba(0, 0, 0, 50%)") == [
        [1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 0.5], [0, 0, 0, 0.5],
    ]  # fmt: skip
    assert parsed("red", "#12345", "", "oklch(1 0 0)", "url(x)", None) == [None] * 6


def test_transparent_colours_are_composited_first():
    (half,) = run(["c.contrast([0, 0, 0, 0.5], [1, 1, 1, 1], [1, 1, 1, 1]).ratio"])
    (grey,) = run(["c.ratio([0.5, 0.5, 0.5, 1], [1, 1, 1, 1])"])
    assert half == pytest.approx(grey)
    (seen,) = run(["c.contrast([0, 0, 0, 1], [1, 1, 1, 0], [0, 0, 0, 1]).ratio"])
    assert seen == pytest.approx(1)


@pytest.mark.parametrize("text", COLORS)
def test_notations_are_the_same_colour(text):
    found = run([f"c.NOTATIONS.{name}(c.parseColor('{text}'))" for name in ("hex", "rgb", "hsl", "oklch")])
    wanted = to_library(parse_css(text))
    for notation in found:
        read = to_library(parse_css(notation)).convert("srgb")
        assert wanted.delta_e(read, method="2000") < 0.5, notation


def test_distances_are_zero_for_the_same_and_large_for_opposites():
    same, opposite = run(["c.difference([1, 0, 0, 1], [1, 0, 0, 1])", "c.difference([0, 0, 0, 1], [1, 1, 1, 1])"])
    assert same == 0 and opposite == pytest.approx(100, abs=0.1)
