"""Comments in code: what is said of tokens and groups stands there, and nothing in it ends the comment."""

import ast
import re
import xml.dom.minidom

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translators.code_text import comment_line, xml_comment
from translators.css_text import line_text

SAID = {
    "$description": "All sizes.",
    "a": {
        "$description": "Small */ ones",
        "one": {"$type": "number", "$value": 1, "$description": "The first */ one"},
        "two": {"$type": "number", "$value": 2, "$deprecated": "use a.one"},
    },
}


SLASHES = ["// All sizes.", "// a: Small */ ones"]
BLOCKS = ["/* All sizes. */", "/* a: Small *\\/ ones */"]
DOCS = [*BLOCKS, "/** The first *\\/ one */", "/** @deprecated use a.one */"]


@pytest.mark.parametrize(("format", "lines"), [
    ("swift", [*SLASHES, "/// The first */ one", '@available(*, deprecated, message: "use a.one")']),
    ("compose", [*SLASHES, "/** The first *\\/ one */", '@Deprecated("use a.one")']),
    ("flutter", [*SLASHES, "/// The first */ one", "@Deprecated('use a.one')"]),
    ("react-native", DOCS),
    ("javascript", DOCS),
    ("typescript", DOCS),
    ("less", [*SLASHES, "// The first */ one", "// @deprecated use a.one"]),
    ("stylus", [*SLASHES, "// The first */ one", "// @deprecated use a.one"]),
    ("tailwind", [*BLOCKS, "/* The first *\\/ one */", "/* @deprecated use a.one */"]),
    ("python", ["# All sizes.", "# a: Small */ ones", "'The first */ one'", "'@deprecated use a.one'"]),
])  # fmt: skip
def test_tokens_and_groups_have_comments_in_their_order(translated, format, lines):
    text = [line.strip() for line in translated(SAID, format).splitlines()]
    places = [text.index(line) for line in lines]
    assert places == sorted(places)
    assert all(text.count(line) == 1 for line in lines)


TEXTS = st.text(st.sampled_from(list("*/<!->-\\'\"#{}$@`\n\r\u2028 a")), max_size=30)


@given(TEXTS)
@example("/* /** */ */")
@pytest.mark.parametrize(("grammar", "start", "code"), [
    ("tree_sitter_kotlin", "/**", "val a = 1"), ("tree_sitter_kotlin", "//", "val a = 1"),
    ("tree_sitter_swift", "///", "let a = 1"), ("tree_sitter_dart", "///", "final a = 1;"),
])  # fmt: skip
def test_no_description_ends_its_comment(grammar, start, code, text):
    tree_sitter = pytest.importorskip("tree_sitter")
    parser = tree_sitter.Parser(tree_sitter.Language(pytest.importorskip(grammar).language()))
    if grammar == "tree_sitter_dart":
        text = re.sub(r"/\*+", "/", text)  # Dart reads over it in a comment of one line; this grammar does not
    line = comment_line(line_text(text), start)
    assert len(line.splitlines()) == 1
    root = parser.parse(f"{line}\n{code}\n".encode()).root_node
    assert not root.has_error
    found = b"".join(child.text for child in root.children if "comment" not in child.type).decode()
    assert found.replace(" ", "") == code.replace(" ", "")


@given(TEXTS)
def test_no_description_ends_a_comment_of_xml(text):
    document = xml.dom.minidom.parseString(f"{xml_comment(line_text(text))}<a/>")
    assert [node.nodeType for node in document.childNodes] == [document.COMMENT_NODE, document.ELEMENT_NODE]


@given(TEXTS)
def test_no_description_ends_a_comment_of_python(text):
    module = ast.parse(f"{comment_line(line_text(text), '#')}\na = 1\n")
    assert [type(node) for node in module.body] == [ast.Assign]
