"""Positions of what a diagnostic speaks of, in files of every dialect."""

import pytest

from dss.sources import Sources

CLASSIC = '{\n  "a": {\n    "value": "x",\n    "type": "color"\n  }\n}\n'
SETS = f'{{\n"core": {CLASSIC.strip()},\n"$themes": []\n}}\n'
DOLLAR = SETS.replace('"value"', '"$value"').replace('"type"', '"$type"')
OWN = '{\n"$defs": {"core":\n{"a": {\n"$value": 1}}}}'


@pytest.mark.parametrize(("text", "location", "line"), [
    (CLASSIC, ("a", "$value"), 3),
    (CLASSIC, ("a", "$type"), 4),
    (CLASSIC, ("a", "$extensions"), 2),
    (SETS, ("$defs", "core", "a", "$value"), 4),
    (SETS, ("$defs", "core", "a", "$type"), 5),
    (SETS, ("$defs", "core", "b"), 2),
    (DOLLAR, ("$defs", "core", "a", "$value"), 4),
    (DOLLAR, ("$defs", "lost", "a", "$value"), 1),
    (OWN, ("$defs", "core", "a", "$value"), 4),
    (SETS.replace("[]", "[],"), ("$defs", "core", "a", "$value"), 4),
    (f"// more\n{SETS}", ("$defs", "core", "a", "$value"), 5),
    ("core:\n  a:\n    type: color\n    value: x\n", ("$defs", "core", "a", "$value"), 4),
    ("a: {", ("$defs", "core", "a", "$value"), 1),
])  # fmt: skip
def test_a_location_is_found_where_the_file_has_it(tmp_path, text, location, line):
    suffix = "json" if text[0] == "{" else "json5" if text[0] == "/" else "yaml"
    file = tmp_path / f"tokens.{suffix}"
    file.write_text(text, "utf-8")
    (span,) = Sources().spans(str(file), [location])
    assert span.line == line
