"""Every folder of ``fixtures/golden/<language>/<case>`` with a dss.toml: what it is translated to, byte for byte."""

import re
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent.parent.parent / "fixtures" / "golden"
CASES = sorted(file.parent for file in GOLDEN.glob("*/*/dss.toml"))


def name_of(case):
    return case.relative_to(GOLDEN).as_posix()


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_output_is_as_reviewed(case, dss, golden, tmp_path):
    ended = dss("translate", "--config", case / "dss.toml", "-o", tmp_path)
    assert ended.status == 0, ended.err
    made = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert made
    for name, content in made.items():
        golden(case / "want" / name, content)
    kept = {file.relative_to(case / "want").as_posix() for file in (case / "want").rglob("*") if file.is_file()}
    assert kept == made.keys()


def sheets(suffix):
    return sorted(GOLDEN.glob(f"{suffix}/*/want/**/*.{suffix}"))


@pytest.mark.parametrize("file", sheets("css"), ids=name_of)
def test_css_is_read_without_an_error(file, declarations):
    assert declarations(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", sheets("scss"), ids=name_of)
def test_dart_sass_compiles_the_scss(file, compiled):
    assert compiled(file)


def plain(value):
    """A value without what Sass writes its own way: commas in colours, units of angles, lightness as a percentage."""
    value = re.sub(r"(rgb|hsl)a\(([^,()]+), ([^,()]+), ([^,()]+), ([^,()]+)\)", r"\1(\2 \3 \4 / \5)", value)
    value = re.sub(r"hsl\(([^,()]+), ([^,()]+), ([^,()]+)\)", r"hsl(\1 \2 \3)", value)
    value = re.sub(r"\b(oklab|oklch)\(([\d.]+) ", lambda m: f"{m[1]}({float(m[2]) * 100:g}% ", value)
    value = re.sub(r"\b(lab|lch)\(([\d.]+) ", r"\1(\2% ", value)
    value = value.replace("hwb(120 20% 10%", "hsl(120 77.7777777778% 55%")
    return re.sub(r"(\d)deg\b", r"\1", value).replace("color(xyz ", "color(xyz-d65 ")


@pytest.mark.parametrize("case", ["comments", "names", "types", "colors"])
def test_scss_prints_what_css_declares(case, compiled, declarations):
    """Each variable, printed by Sass, is the literal of the CSS file; Sass only writes some of them its own way."""
    css = (GOLDEN / "css" / case / "want" / "literal.css").read_text(encoding="utf-8")
    wanted = {found.name.removeprefix("--"): plain(found.value) or '""' for found in declarations(css)}
    printed = compiled(GOLDEN / "scss" / case / "want" / "_tokens.scss")
    assert {name: plain(value) for name, value in printed.items()} == wanted
