"""Every format and every transform on token files that try to break them: ``fixtures/style_dictionary/<case>``.

``want`` was compared with Style Dictionary 5.5.5: equal, but for lines in which it prints ``[object Object]``,
``NaN`` or ``undefined``, and for what it makes of such text.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from translators.style_dictionary.format import formats
from translators.style_dictionary.transform import transforms
from translators.style_dictionary.transform_groups import TRANSFORM_GROUPS

CASES = Path(__file__).parents[3] / "fixtures" / "style_dictionary"


@pytest.mark.parametrize("case", ["classic", "dtcg", "studio"])
def test_output_is_the_golden_one(case, build_folder, golden):
    result = build_folder(CASES / case)
    for file in result.files:
        golden(CASES / case / "want" / file.path, file.text)
    stale = {p.relative_to(CASES / case / "want").as_posix() for p in (CASES / case / "want").rglob("*") if p.is_file()}
    assert stale == {file.path for file in result.files}


def test_the_golden_cases_use_every_format():
    platforms = json.loads((CASES / "classic" / "config.json").read_text("utf-8"))["platforms"].values()
    used = {file["format"] for platform in platforms for file in platform["files"]}
    assert used == set(formats.names())


def test_the_golden_cases_use_nearly_every_transform():
    platforms = json.loads((CASES / "classic" / "config.json").read_text("utf-8"))["platforms"].values()
    used = {name for platform in platforms for name in platform.get("transforms", ())}
    for platform in platforms:
        used.update(TRANSFORM_GROUPS.get(platform.get("transformGroup"), ()))
    own = {name for name in transforms.names() if not name.startswith("ts/")}
    assert own - used == {"asset/base64", "asset/path", "name/constant"}
