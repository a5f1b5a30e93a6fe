"""Step 4 on strings: every unsafe kind of name, and the harmless ones that only resemble them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss.export_import.names import judge_names, name_fault

UNSAFE = [
    ("NAME_TRAVERSAL", ["..", "../a", "a/../../b", "a/..", "../../../etc/passwd", "a/../b"]),
    ("NAME_ABSOLUTE", ["/", "/a", "//server/share", "\\\\server\\share"]),
    ("NAME_DRIVE", ["C:", "c:a", "a:b", "C:/a", "C:\\a"]),
    ("NAME_BACKSLASH", ["a\\b", "\\a", "a\\", "..\\a", "a\\..\\..\\b"]),
    ("NAME_NUL", ["a\0b", "\0"]),
    ("NAME_CONTROL", ["a\nb", "a\x1bb", "\x7f", "a\x85b", "a\x9fb"]),
    ("NAME_CHARS", ["a<b", "a>b", 'a"b', "a|b", "a?b", "a*b", "é*"]),
    ("NAME_STREAM", ["ab:b", "tokens/a.jsonl:hidden", "ab:c"]),
    ("NAME_RESERVED", ["con", "CON", "Nul.txt", "a/aux/b", "com1", "LPT9.json", "com0", "com¹", "LPT³.x",
                       "conin$", "CONOUT$.a", "clock$", "nul .txt", "prn.tar.gz"]),
    ("NAME_TRAILING_DOT_SPACE", ["a.", "a ", "a./b", "a /b", "...", "a/...", "a...", " "]),
    ("NAME_EMPTY", [""]),
    ("NAME_EMPTY_COMPONENT", ["a//b", "a//"]),
    ("NAME_DOT_COMPONENT", [".", "./a", "a/./b", "a/."]),
    ("NAME_UNICODE_UNSAFE", ["\u0378", "a\u202eb", "a\u200bb", "\ufeffa", "a\u2066b", "\ue000",
                             "\ud800", "a\u2028b", "a／b", "a＼b", "a：b", "a．b", "a…b", "a℀b",
                             "\U000e0041", "\xad"]),
    ("NAME_NOT_NFC", ["cafe\u0301", "tokens/cafe\u0301.jsonl", "\u212b"]),
    ("NAME_TOO_LONG", ["a" * 201, "é" * 101, "/".join(["a" * 100] * 6)]),
    ("NAME_TOO_DEEP", ["/".join(["a"] * 17)]),
]  # fmt: skip

SAFE = [
    "a", "a/b", "a/b/", "a..b", "v1..2.jsonl", "...x", "..x", ".hidden", "a/.b", "console.json", "com10",
    "lpt",
    "com", "nullable", "aux-iliary", "auxiliary", "conin", "-", "_", "a b", "a/b c.json", "tokens/é.json",
    "漢字",
    "ß", "'", "~", "$a", "a=b", "a&b", "a%2fb", "a" * 200, "/".join(["a"] * 16), "é" * 100, "x.con", "😀",
    "a,b;c",
    "(a)", "[a]", "{a}", "a#b", "a@b", "a+b", "a!b", "com１",
]  # fmt: skip


@pytest.mark.parametrize(("symbol", "name"), [(symbol, name) for symbol, names in UNSAFE for name in names])
def test_an_unsafe_name_is_refused(symbol: str, name: str) -> None:
    found = name_fault(name)
    assert found is not None
    assert found[0] == symbol


@pytest.mark.parametrize("name", SAFE)
def test_a_harmless_name_is_accepted(name: str) -> None:
    assert name_fault(name) is None


CLASHES = [
    ("NAME_DUPLICATE", ["a", "a"]),
    ("NAME_DUPLICATE", ["a/", "a/"]),
    ("NAME_COLLISION", ["a", "A"]),
    ("NAME_COLLISION", ["a/b", "A/c"]),
    ("NAME_COLLISION", ["x/a/b/c", "x/A/d"]),
    ("NAME_COLLISION", ["straße", "STRASSE"]),
    ("NAME_COLLISION", ["ﬁ", "fi"]),
    ("NAME_COLLISION", ["É", "é"]),
    ("NAME_COLLISION", ["Ⅷ", "viii"]),
    ("NAME_COLLISION", ["a/", "A/b"]),
    ("NAME_FILE_DIR_CONFLICT", ["a", "a/b"]),
    ("NAME_FILE_DIR_CONFLICT", ["a/b", "a"]),
    ("NAME_FILE_DIR_CONFLICT", ["a/b", "A"]),
    ("NAME_FILE_DIR_CONFLICT", ["a", "a/"]),
    ("NAME_FILE_DIR_CONFLICT", ["a/", "a"]),
]


@pytest.mark.parametrize(("symbol", "names"), CLASHES)
def test_two_names_of_one_place_clash(symbol: str, names: list[str]) -> None:
    first, second = judge_names(names)
    assert first is None
    assert second is not None
    assert second[0] == symbol


@pytest.mark.parametrize("names", [["a/b", "a/c", "a/"], ["a/", "a/b"], ["a", "b"], ["i", "ı"], ["a/b", "b/a"], []])
def test_names_of_different_places_do_not_clash(names: list[str]) -> None:
    assert not any(judge_names(names))


@given(st.text(max_size=30))
def test_a_name_that_passes_stays_one_relative_path(name: str) -> None:
    if name_fault(name) is not None:
        return
    assert unicodedata.normalize("NFC", name) == name
    for form in (name, unicodedata.normalize("NFKC", name), name.casefold(), name.upper()):
        parts = form.removesuffix("/").split("/")
        assert len(parts) == name.removesuffix("/").count("/") + 1
        assert not {"", ".", ".."} & set(parts)
        assert not set('\\:*?"<>|\0') & set(form)


@given(st.lists(st.sampled_from(["a", "A", "a/b", "A/B", "a/", "é", "e\u0301", "../x", "a/b/c", "b"]), max_size=8))
def test_names_without_a_finding_are_distinct_on_every_file_system(names: list[str]) -> None:
    fine = [name for name, found in zip(names, judge_names(names), strict=True) if found is None]
    folded = [unicodedata.normalize("NFKC", name.casefold()).removesuffix("/") for name in fine]
    assert len(set(folded)) == len(folded)


def test_many_deep_names_are_judged_in_little_time() -> None:
    names = ["/".join(f"folder{n % 7}{level}" for level in range(15)) + f"/file{n}.json" for n in range(10_000)]
    assert not any(judge_names(names))
