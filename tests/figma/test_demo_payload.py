"""The design system that ``dss demo`` pulls: made by its script, read without a remark, legible in every mode."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from figma.reader import read

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "dss" / "demo" / "figma-local-variables.json"
SCRIPT = ROOT / "fixtures" / "figma" / "make_demo_payload.py"

MODES = ("Light", "Dark", "High contrast")
SURFACES = ("canvas", "sunken", "raised", "overlay", "selected")
TEXTS = ("primary", "secondary", "tertiary", "link", "link-hover", "link-visited")
LEGIBLE = [
    *((f"text/{text}", f"surface/{surface}") for text in TEXTS for surface in SURFACES),
    ("text/inverse", "surface/inverse"),
    *(("text/on-accent", f"accent/{part}") for part in ("solid", "solid-hover", "solid-pressed", "secondary")),
    ("accent/text", "accent/subtle"),
    ("accent/text", "accent/subtle-hover"),
    *((f"status/{s}/text", f"status/{s}/surface") for s in ("info", "success", "warning", "danger")),
    *((f"status/{s}/on-solid", f"status/{s}/solid") for s in ("info", "success", "warning", "danger")),
]
VISIBLE = [
    *("border/strong", "border/focus", "border/selected", "icon/primary", "icon/secondary", "icon/accent"),
    *(f"data/{number}" for number in range(1, 8)),
    *(f"status/{status}/icon" for status in ("info", "success", "warning", "danger")),
]


@pytest.fixture(scope="module")
def payload() -> Any:
    return json.loads(SHIPPED.read_text("utf-8"))


def test_the_shipped_file_is_what_the_script_writes() -> None:
    made = runpy.run_path(str(SCRIPT))["payload"]()
    assert made == SHIPPED.read_text("utf-8"), "run python fixtures/figma/make_demo_payload.py"


def test_it_is_read_without_a_remark_and_keeps_every_alias(payload: Any) -> None:
    pulled = read(payload)
    assert pulled.diagnostics == []
    assert 280 <= pulled.summary.written == len(payload["meta"]["variables"]) <= 320
    assert [row.inlined for row in pulled.summary.collections] == [0] * 6
    assert list(pulled.files["tokens.resolver.json"]["modifiers"]["Theme"]["contexts"]) == list(MODES)


def test_every_value_arrives_and_resolves_in_every_permutation(payload: Any, oracle: Any) -> None:
    pulled = read(payload)
    oracle.check(payload, pulled)
    oracle.check_every_permutation(pulled)


def luminance(color: Any) -> float:
    """Source: WCAG 2.2, "relative luminance"."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color["components"]]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Any, other: Any) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", MODES)
def test_text_and_graphics_have_the_contrast_they_need(payload: Any, oracle: Any, mode: str) -> None:
    tokens = oracle.flattened(read(payload), {"Theme": mode})

    def between(one: str, other: str) -> float:
        return contrast(*(oracle.value_of(tokens, name.replace("/", ".")) for name in (one, other)))

    needed = 7.0 if mode == "High contrast" else 4.5
    assert [(pair, round(between(*pair), 2)) for pair in LEGIBLE if between(*pair) < needed] == []
    assert [name for name in VISIBLE if between(name, "surface/canvas") < 3] == []
