"""Terrazzo's own cases: a dss.toml of ours gives the same custom properties, in the same places."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CONFIGS = ROOT / "fixtures" / "terrazzo"
CASES = sorted(folder.name for folder in CONFIGS.iterdir()) if CONFIGS.exists() else []
GAMUT = re.compile(r"\(color-gamut: (\w+)\)")
COLOR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|rgba|hsl|hwb|lab|lch|oklab|oklch|color)\([^()]*\)")


@cache
def color(text):
    from coloraide import Color

    return Color(text).convert("oklab")


def parts(value):
    """A value as text without its colours, and the colours."""
    value = re.sub(r"\s+", " ", value.strip())
    return COLOR.sub("C", value).replace('"', "'"), COLOR.findall(value)


def same(ours, theirs, tolerance):
    """Whether two values are the same but for the way a colour is written and what rounding makes of it."""
    (text, colors), (other, others) = parts(ours), parts(theirs)
    if text != other or len(colors) != len(others):
        return False
    for one, two in zip(colors, others, strict=True):
        one, two = color(one), color(two)
        if one.delta_e(two, method="ok") > tolerance or abs(one.alpha() - two.alpha()) > 0.003:
            return False
    return True


def places(found):
    """(queries, selector) -> properties; a query inside another is the same as both at once."""
    sheets = {}
    for rule in found:
        queries = frozenset(
            query.strip()
            for media in rule.media.split(" / ")
            if media
            for query in media.removeprefix("@media").split(" and ")
        )
        gamut = next((match[1] for query in queries if (match := GAMUT.fullmatch(query))), "")
        rest = frozenset(query for query in queries if not GAMUT.fullmatch(query))
        sheets.setdefault((rest, rule.selector), {}).setdefault(gamut, {})[rule.name] = rule.value
    return sheets


def holding(sheets, place, gamut):
    """What holds in a place on a screen of a gamut: the rules for wide screens come over those for all."""
    properties = dict(sheets.get((frozenset(), ":root"), {}).get("", {}))
    own = sheets.get(place, {})
    for known in ("", "p3", "rec2020")[: {"": 1, "p3": 2, "rec2020": 3}[gamut]]:
        properties |= own.get(known, {})
    return properties


DIFFERENT = {
    "mode-type-typography": {r".*-line-height": "a line height in px is read as the ratio that DTCG has"},
    "type-typography": {r".*-line-height": "a line height in px is read as the ratio that DTCG has"},
    "option-sub-value-variable-name": {
        "--ds-typography-page-title": "Terrazzo's shorthand names properties that its sheet does not have"
    },
}
"""Case -> pattern of properties -> why they differ. ``docs/terrazzo.md`` tells it."""

REFUSED = {
    "own-error-invalid-json": "DSS102",
    "own-error-missing-alias": "DSS202",
}
"""Case -> the code of its fault: Terrazzo refuses them, too."""


@pytest.fixture
def translated(dss, team_data, tmp_path):
    def run(case):
        source = team_data / "terrazzo" / case
        for file in source.iterdir():
            if file.is_file() and file.name not in ("case.json", "terrazzo.json"):
                shutil.copy(file, tmp_path)
        for file in (CONFIGS / case).iterdir():
            shutil.copy(file, tmp_path)
        return dss("translate", "--config", tmp_path / "dss.toml", "-o", tmp_path / "out"), source / "expected"

    return run


@pytest.mark.parametrize("case", [case for case in CASES if case not in REFUSED])
def test_the_custom_properties_are_terrazzo_s(case, translated, tmp_path, declarations):
    ended, expected = translated(case)
    assert ended.status == 0, ended.err
    wrong = []
    for file in expected.glob("*.css"):
        theirs = places(declarations(file.read_text(encoding="utf-8")))
        ours = places(declarations((tmp_path / "out" / file.name).read_text(encoding="utf-8")))
        for place, gamuts in theirs.items():
            for gamut in gamuts:
                mine = holding(ours, place, gamut)
                for name, value in holding(theirs, place, gamut).items():
                    if name.startswith("--") and not same(mine.get(name, ""), value, 0.02 if gamut else 0.002):
                        wrong.append((sorted(place[0]), place[1], gamut, name, mine.get(name), value))
    known = DIFFERENT.get(case, {})
    unexpected = [entry for entry in wrong if not any(re.fullmatch(pattern, entry[3]) for pattern in known)]
    assert not unexpected, (len(unexpected), unexpected[:6])
    assert bool(wrong) == bool(known), "the difference is gone: take it out of the table"


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_dtcg_is_refused(case, translated, tmp_path):
    ended, _ = translated(case)
    assert ended.status == 1
    assert f"error[{REFUSED[case]}]" in ended.err
    assert not (tmp_path / "out").exists()


def test_every_case_has_a_configuration(team_data):
    assert {folder.parent.name for folder in (team_data / "terrazzo").glob("*/terrazzo.json")} == set(CASES)


def test_the_page_tells_every_difference():
    page = (ROOT / "docs" / "terrazzo.md").read_text(encoding="utf-8")
    for case in (*DIFFERENT, *REFUSED):
        assert f"`{case}`" in page
