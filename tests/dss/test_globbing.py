"""Patterns of files: braces and extended globs, as Node's ``glob`` reads them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss import files, globbing

NODE_GLOB = Path(__file__).parent.parent / "tools" / "node_modules" / "glob"
TREE = (
    "a.json", "b.json", "ab.json", "aab.json", "abc.json", "a.test.json", "a.yaml", "1.json", "2.json", "10.json",
    ".hidden.json", "a(b).json", "x/a.json", "x/b.json", "x/y/a.json", "x/y/b.test.json", "xx/a.json", "y/a.json",
    "y/.git/a.json",
)  # fmt: skip
FOUND = {
    "!(a).json": ["1.json", "10.json", "2.json", "a(b).json", "a.test.json", "aab.json", "ab.json", "abc.json",
                  "b.json"],
    "!(*.test).json": ["1.json", "10.json", "2.json", "a(b).json", "a.json", "aab.json", "ab.json", "abc.json",
                       "b.json"],
    "!(a|b|*[0-9]|*.test|*(a)b*).json": ["a(b).json"],
    "@(a|b).json": ["a.json", "b.json"],
    "@(a|b).@(json|yaml)": ["a.json", "a.yaml", "b.json"],
    "+(a|b).json": ["a.json", "aab.json", "ab.json", "b.json"],
    "a?(b)*(c).json": ["a.json", "ab.json", "abc.json"],
    "*(a)b.json": ["aab.json", "ab.json", "b.json"],
    "!(x)/a.json": ["xx/a.json", "y/a.json"],
    "**/!(a).json": ["1.json", "10.json", "2.json", "a(b).json", "a.test.json", "aab.json", "ab.json", "abc.json",
                     "b.json", "x/b.json", "x/y/b.test.json"],
    "+(x)/**/!(*.test).json": ["x/a.json", "x/b.json", "x/y/a.json", "xx/a.json"],
    "x/**/@(a|b)*.json": ["x/a.json", "x/b.json", "x/y/a.json", "x/y/b.test.json"],
    "@(x|y)/{a,b}.json": ["x/a.json", "x/b.json", "y/a.json"],
    "{a,{b,ab}}.json": ["a.json", "ab.json", "b.json"],
    "{1..3}.json": ["1.json", "2.json"],
    "@(a|x!(x))/a.json": ["x/a.json"],
    "[!a]@(|b).json": ["1.json", "2.json", "b.json"],
    "./@(a).json": ["a.json"],
    "@(q).json": [],
    "@(a)[z-a].json": [],
}  # fmt: skip


@pytest.fixture
def tree(tmp_path):
    for name in TREE:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    return tmp_path


@pytest.mark.parametrize("pattern", FOUND)
def test_a_pattern_finds_just_these(pattern, tree):
    found = [path.relative_to(tree).as_posix() for path in files.matching(pattern, tree)]
    assert found == FOUND[pattern]
    assert [path.as_posix() for path in files.matching(f"{tree}/{pattern}", Path("/"))] == [
        f"{tree}/{n}" for n in found
    ]


@pytest.mark.slow
def test_node_finds_the_same(tree):
    if not NODE_GLOB.exists() or shutil.which("node") is None:
        pytest.skip("Node's glob is not installed: npm ci --prefix tests/tools")
    program = (
        f"const {{globSync}} = require({json.dumps(str(NODE_GLOB))});"
        "const patterns = JSON.parse(process.argv[1]);"
        "const of = (p) => globSync(p, {posix: true, nodir: true}).map((n) => n.replace(/^\\.\\//, '')).sort();"
        "console.log(JSON.stringify(Object.fromEntries(patterns.map((p) => [p, of(p)]))));"
    )
    ended = subprocess.run(
        ["node", "-e", program, json.dumps(list(FOUND))], cwd=tree, capture_output=True, encoding="utf-8", check=True
    )
    assert json.loads(ended.stdout) == FOUND


@pytest.mark.parametrize(
    ("pattern", "stands_for"),
    [
        ("a.{json,yaml}", ["a.json", "a.yaml"]),
        ("{a,b}{1,2}", ["a1", "a2", "b1", "b2"]),
        ("{a,{b,c}d}", ["a", "bd", "cd"]),
        ("{3..1}", ["3", "2", "1"]),
        ("{-1..1}", ["-1", "0", "1"]),
        ("{a}", ["{a}"]),
        ("{a,b", ["{a,b"]),
        ("a,b}", ["a,b}"]),
        ("", [""]),
    ],
)
def test_braces_are_alternatives(pattern, stands_for):
    assert globbing.alternatives(pattern) == stands_for


@given(st.text(st.sampled_from("ab{},.1"), max_size=14))
def test_what_braces_stand_for_has_none_left(pattern):
    for found in globbing.alternatives(pattern):
        assert globbing.alternatives(found) == [found]


def test_braces_stand_for_a_bounded_number_of_patterns():
    assert len(globbing.alternatives("{1..99999}" * 20)) == 4096


def test_what_stands_before_an_extended_pattern_is_its_folder():
    assert files.fixed_part("tokens/!(a)/b.json") == "tokens"
    assert files.fixed_part("+(a)/b.json") == "."


def test_a_link_to_a_folder_around_it_is_followed_once(tree):
    (tree / "x" / "again").symlink_to(tree)
    found = [path.relative_to(tree).as_posix() for path in files.matching("**/@(a).json", tree)]
    assert found == ["a.json", "x/a.json", "x/y/a.json", "xx/a.json", "y/a.json"]
