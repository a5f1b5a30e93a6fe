"""Whatever a configuration and its tokens hold: files, or faults that are told; never anything else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dss_tokens.errors import DssError
from translators.style_dictionary import SourceDocument, build, load_config
from translators.style_dictionary.config_shapes import CONFIG, FILE, FORMATTING, OPTIONS, PLATFORM
from translators.style_dictionary.format import formats
from translators.style_dictionary.transform import transforms
from translators.style_dictionary.transform_groups import TRANSFORM_GROUPS

TEXTS = st.sampled_from(["", "x", "#fff", "1px", "{a}", "{a.b} {b}", "{", "}", "{}", "NaN", "\0", '"', "*/", "t => t"])
PLAIN = st.none() | st.booleans() | st.sampled_from([0, -1, 1.5, 1e300]) | TEXTS
MEMBERS = st.sampled_from([
    "width", "color", "style", "blur", "fontSize", "colorSpace", "components", "value", "unit", "duration", "position",
    "dashArray", "0", "fontWeight",
])  # fmt: skip
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["color", "dimension", "border", "shadow", "typography", "gradient", "time", "asset", "html"])
NAMES = st.sampled_from(["a", "b", "0", "10", "value", "$type", "$root", "", "__proto__", "e.f", "A b"])


@st.composite
def documents(draw):
    """Tokens of one file, in groups and not."""
    value, type_ = draw(st.sampled_from([("value", "type"), ("$value", "$type")]))
    tokens = st.fixed_dictionaries(
        {value: VALUES},
        optional={
            type_: TYPES | VALUES,
            **dict.fromkeys(("name", "comment", "attributes", "$extensions", "original"), VALUES),
        },
    )
    return draw(st.dictionaries(NAMES, tokens | st.dictionaries(NAMES, tokens | VALUES, max_size=3), max_size=5))


@st.composite
def platforms(draw):
    """Platforms whose names are registered, with options of any value."""
    formatting = st.dictionaries(st.sampled_from(sorted(FORMATTING)), VALUES, max_size=2)
    options = st.dictionaries(st.sampled_from(sorted(OPTIONS)), VALUES | formatting, max_size=3)
    file = st.fixed_dictionaries(
        {"destination": st.just("a"), "format": st.sampled_from(formats.names()), "options": options},
        optional={"filter": st.sampled_from(["removePrivate", {"type": "color"}, {"value": {"x": 1}}])},
    )
    kinds = {"transforms": st.lists(st.sampled_from(transforms.names()), max_size=4)} if draw(st.booleans()) else {}
    groups = st.sampled_from([*TRANSFORM_GROUPS, "tokens-studio"])
    return draw(
        st.fixed_dictionaries(
            {"files": st.lists(file, max_size=2), "transformGroup": groups, **kinds},
            optional={"expand": st.booleans() | st.just({"include": ["border"]})},
        )
    )


@given(documents(), platforms())
def test_any_tokens_are_written_or_refused(tokens, platform):
    config = {"platforms": {"p": platform}, "log": {"errors": {"brokenReferences": "console"}}}
    try:
        build(load_config(config, file="c"), [SourceDocument("t.json", tokens)])
    except DssError as error:
        assert all(found.message and found.file for found in error.diagnostics)


FILES = st.lists(st.dictionaries(st.sampled_from(sorted(FILE)), VALUES | TEXTS | st.just("css/variables")), max_size=2)
PLATFORMS = st.dictionaries(st.sampled_from(sorted(PLATFORM)), VALUES | FILES, max_size=3)
OF_ALL = VALUES | st.dictionaries(TEXTS, PLATFORMS, max_size=2)


@given(st.dictionaries(st.sampled_from(sorted(CONFIG.keys)) | TEXTS, OF_ALL, max_size=4), PLATFORMS, FILES)
def test_any_configuration_is_read_or_refused(data, platform, files):
    data["platforms"] = data.get("platforms", {"p": {**platform, "files": files}})
    try:
        build(load_config(data, file="c"), [SourceDocument("t.json", {"a": {"value": 1}})])
    except DssError as error:
        assert all(found.code.startswith("DSS") and found.file for found in error.diagnostics)
