"""Editing a text by meaning: the result decodes to the new document, and nothing else moves."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dss_tokens.json_editing import edited
from dss_tokens.json_scanner import scan

PRETTY = """\
{
  "color": {
    "$type": "color",
    "red": { "$value": { "colorSpace": "srgb", "components": [1, 0, 0] } },

    "blue": { "$value": { "colorSpace": "srgb", "components": [0, 0, 1] } }
  },
  "size": {
    "sm": {
      "$type": "dimension",
      "$value": { "value": 4, "unit": "px" }
    }
  }
}
"""


def change(text, edit):
    old = scan(text, json5=True).value
    new = copy.deepcopy(old)
    edit(new)
    result = edited(text, old, new)
    assert scan(result, json5=True).value == new
    return result


@pytest.mark.parametrize(
    ("text", "edit", "old", "new"),
    [
        pytest.param(
            PRETTY, lambda d: d["color"]["red"]["$value"].update(components=[1, 0.5, 0]),
            "[1, 0, 0]", "[1, 0.5, 0]", id="a-value",
        ),
        pytest.param(
            PRETTY, lambda d: d["color"].pop("red"),
            '    "red": { "$value": { "colorSpace": "srgb", "components": [1, 0, 0] } },\n', "",
            id="a-member-less",
        ),
        pytest.param(
            PRETTY, lambda d: d["color"].pop("blue"),
            '},\n\n    "blue": { "$value": { "colorSpace": "srgb", "components": [0, 0, 1] } }\n', "}\n",
            id="the-last-member-less",
        ),
        pytest.param(
            PRETTY, lambda d: d["color"].update(new={"$value": {"colorSpace": "srgb", "components": [0, 1, 0]}}),
            '[0, 0, 1] } }\n',
            '[0, 0, 1] } },\n    "new": { "$value": { "colorSpace": "srgb", "components": [0, 1, 0] } }\n',
            id="a-member-more",
        ),
        pytest.param(
            PRETTY, lambda d: d["size"]["sm"].update({"$description": "ä"}),
            '"unit": "px" }\n', '"unit": "px" },\n      "$description": "ä"\n', id="a-property-more",
        ),
        pytest.param(
            PRETTY, lambda d: d.update(deep={"a": {"b": {"$value": 1}}}),
            '  }\n}\n',
            '  },\n  "deep": {\n    "a": {\n      "b": { "$value": 1 }\n    }\n  }\n}\n', id="groups-more",
        ),
        pytest.param('{"a": 1, "b": 2}\n', lambda d: d.pop("a"), '"a": 1, ', "", id="inline-first"),
        pytest.param('{"a": 1, "b": 2}\n', lambda d: d.pop("b"), ', "b": 2', "", id="inline-last"),
        pytest.param('{"a": 1}', lambda d: d.update(b=2), "1}", '1, "b": 2}', id="inline-more"),
        pytest.param('{"a": {}}', lambda d: d["a"].update(b=2), "{}", '{"b": 2}', id="empty-inline"),
        pytest.param('{\n\t"a": {}\n}', lambda d: d["a"].update(b=2), "{}", '{\n\t\t"b": 2\n\t}', id="empty-tabs"),
        pytest.param('{\r\n  "a": 1\r\n}', lambda d: d.update(b=2), "1", '1,\r\n  "b": 2', id="crlf"),
        pytest.param('{"a": [1, 2]}', lambda d: d["a"].append(3), "[1, 2]", "[1, 2, 3]", id="list-longer"),
        pytest.param(
            '{\n  // one\n  "a": 1, // A\n  /* two */ "b": 2, // B\n}\n', lambda d: d.update(a=7),
            '"a": 1', '"a": 7', id="comments",
        ),
        pytest.param(
            '{\n  "a": 1, // A\n  // two\n  "b": 2 // B\n}\n', lambda d: d.pop("a"), '  "a": 1, // A\n', "",
            id="a-comment-goes-with-its-member",
        ),
        pytest.param("{a: 'x', b: 2,}", lambda d: d.update(b=3), "2", "3", id="json5"),
        pytest.param("{h: 0x1F, i: +.5, b: 2}", lambda d: d.update(b=3), "2", "3", id="json5-numbers"),
        pytest.param("{a: 'x',}", lambda d: d.update(b=3), "'x',", "'x', \"b\": 3,", id="json5-trailing-comma"),
        pytest.param('{"a\\u0062": 1}', lambda d: d.update(ab=3), "1", "3", id="escaped-key"),
        pytest.param('{"a": "\\u00e4"}', lambda d: d.update(b="ö"), "e4", 'e4", "b": "\\u00f6', id="ascii"),
        pytest.param('{"a": [\n {"b": 1},\n {"b": 2}\n]}', lambda d: d["a"][1].update(b=3), "2", "3", id="in-a-list"),
    ],
)  # fmt: skip
def test_only_what_changed_moves(text, edit, old, new):
    assert text.count(old) == 1
    assert change(text, edit) == text.replace(old, new)


def test_order_is_part_of_the_document():
    text = '{\n  "a": 1,\n  "b": 2\n}'
    result = edited(text, {"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert result == '{\n  "b": 2,\n  "a": 1\n}'


def test_nothing_changes_nothing():
    document = json.loads(PRETTY)
    assert edited(PRETTY, document, document) is PRETTY
    assert edited(PRETTY, document, copy.deepcopy(document)) == PRETTY


def test_minified_stays_minified():
    text = json.dumps({f"token-{n}": {"$value": n} for n in range(9)}, separators=(",", ":"))
    result = change(text, lambda d: d.update(x={"$value": {"value": 1, "unit": "px"}}))
    assert result == text[:-1] + ',"x":{"$value":{"value":1,"unit":"px"}}}'


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "$value", 'q"\\']), inner),
    max_leaves=12,
)
STYLES = st.sampled_from([{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}])


@given(DOCUMENTS, DOCUMENTS, STYLES)
def test_any_document_becomes_any_other(old, new, style):
    text = json.dumps(old, **style)
    result = edited(text, old, new)
    assert repr(json.loads(result)) == repr(new)


@given(DOCUMENTS, STYLES)
def test_an_equal_document_leaves_the_text(document, style):
    text = json.dumps(document, **style)
    assert edited(text, document, json.loads(text)) == text
