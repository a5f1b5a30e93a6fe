"""Text from strangers, in every language the stories are written in: one table, every filter."""

import html
import json
import re
import unicodedata
from urllib.parse import unquote

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from storybook_gen import escaping
from storybook_gen.templating import environment

HOSTILE = {
    "plain": "color.brand 500",
    "quotes": """it's "quoted" `ticked`""",
    "template": "`${alert(1)}` ${x} {y} {{z}}",
    "script": "</script></style><img src=x onerror=alert(1)><!--",
    "comment": "x */ } body{display:none} /* -->",
    "css": "Inter; } body { background: url(//example.invalid/x) } /*",
    "backslash": "\\ \\u0041 \\\" \\' \\",
    "lines": "one\ntwo\r\nthree\u2028four\u2029five",
    "controls": "a\x00b\x07c\x1b[31m\x7f\x85",
    "bidi": "\u202eevil\u202c \u2066x\u2069 \u200f",
    "invisible": "zero\u200bwidth\ufeff \U000e0041\U000e007f",
    "markdown": "# *a* _b_ [c](javascript:alert(1)) ![d](x) | e | ~~f~~ > g\n\n- h",
    "jsx": "</td><script>alert(1)</script>{alert(1)}<!-- -->",
    "mdx": "\n\nexport const x = 1\n\nimport y from 'z'\n\n<Meta />",
    "entity": "&lt;b&gt; &#123; &amp;amp;",
    "emoji": "🎨 family 👨\u200d👩\u200d👧 é e\u0301",
    "formula": '=HYPERLINK("//example.invalid","x")',
    "prototype": "__proto__",
    "empty": "",
    "long": "x" * 10_000,
}
texts = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
UNSAFE = re.compile("[<>&\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b\u200f\ufeff\x00-\x1f\x7f-\x9f]")


@texts
def test_javascript_strings_hold_the_text_and_nothing_that_ends_them(text):
    written = escaping.js(text)
    assert json.loads(written) == text
    assert not UNSAFE.search(written)


@texts
def test_mdx_expressions_hold_the_text_and_no_brace_of_their_own(text):
    written = escaping.mdx_string(text)
    assert written[0] == "{" and written[-1] == "}"
    assert json.loads(written[1:-1]) == text
    assert not re.search(r"[{}<>`\n]", written[1:-1])


@texts
def test_mdx_attributes_hold_the_text_on_one_line(text):
    written = escaping.mdx_attribute(text)
    assert not re.search(r"[\"{}<>\\`\n\r\u2028]", written)
    shown = html.unescape(written)
    # A character reference cannot name a control: it reads as something else, never as markup.
    assert len(shown) <= len(" ".join(text.split()))
    if not re.search(r"[\x00-\x1f\x7f-\x9f]", text):
        assert shown == " ".join(text.split())


@texts
def test_markdown_shows_the_text(text):
    written = escaping.markdown(text)
    unescaped = re.sub(r"\\(.)", r"\1", written)
    assert "\n" not in written
    assert [c for c in unescaped if c not in " "] == [
        c for c in text if c not in " " and not (escaping._UNSAFE.match(c) and c not in "<>&")
    ]
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>*_`\[\]{}|#]", written)


@texts
def test_css_strings_are_one_token(text):
    (token,) = tinycss2.parse_component_value_list(escaping.css_string(text))
    assert token.type == "string"
    assert token.value.replace("\ufffd", "") == text.replace("\x00", "")
    assert "<" not in escaping.css_string(text)


@texts
def test_parts_of_addresses_come_back(text):
    written = escaping.url_part(text)
    assert unquote(written) == text
    assert re.fullmatch(r"[A-Za-z0-9_.~%-]*", written)


@texts
def test_attributes_of_html_come_back(text):
    written = escaping.html_attribute(text)
    assert not re.search(r"[\"'<>`\n\t]", written)
    if not re.search(r"[\x00-\x1f\x7f-\x9f]", text):
        assert html.unescape(written) == text


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://www.figma.com/design/KEY?vars=1&var-id=1-2", True),
        ("http://example.com", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://user@example.com/", False),
        ('https://example.com/"onclick=x', False),
        ("https://example.com/ x", False),
        ("https://exa\nmple.com", False),
        ("https://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_https_links_are_kept(url, is_kept):
    assert escaping.link(url) == (url if is_kept else None)


@pytest.mark.parametrize("text", ["a-b", "1a", "", "a b", "a;b", "ä"])
def test_what_is_no_identifier_is_refused(text):
    with pytest.raises(ValueError):
        escaping.identifier(text)


@given(st.text())
def test_any_text_survives_javascript_and_mdx(text):
    if any(unicodedata.category(c) == "Cs" for c in text):
        return
    assert json.loads(escaping.js(text)) == text
    assert json.loads(escaping.mdx_string(text)[1:-1]) == text


def test_lists_and_numbers_are_literals_too():
    assert escaping.js(["a", 1, None]) == '["a", 1, null]'


def sources():
    loader = environment().loader
    return {name: loader.get_source(environment(), name)[0] for name in loader.list_templates()}


@pytest.mark.parametrize("name", sources())
def test_templates_print_nothing_unfiltered(name):
    printed = re.findall(r"\{\{(.*?)\}\}", sources()[name], re.DOTALL)
    filters = "|".join(escaping.FILTERS)
    bare = [text for text in printed if not re.search(rf"\|\s*({filters})\s*$", text)]
    # A separator between items is ours.
    assert [text for text in bare if text.strip() not in {'", " if not loop.last'}] == []


@pytest.mark.parametrize("name", sources())
def test_templates_say_what_they_are_given(name):
    assert sources()[name].startswith("{# Context:")
