"""What a token is for, which colours make a scale, and which stand on which."""

import pytest

from storybook_gen.contrast_pairs import canvas_of, ink_of, pairs
from storybook_gen.handover import StoryToken
from storybook_gen.roles import composed, kind_of, ramps, role_of
from storybook_gen.sample_interface import sample_interface


def token(path, type="color", value="#000000", **more):
    return StoryToken(path, type, path.replace(".", "-"), value, **more)


@pytest.mark.parametrize(
    ("path", "type", "scopes", "role"),
    [
        ("font.size.md", "dimension", (), "fontSize"),
        ("fontSize.md", "dimension", (), "fontSize"),
        ("x", "dimension", ("FONT_SIZE",), "fontSize"),
        ("border.radius.sm", "dimension", (), "radius"),
        ("borderRadius", "dimension", (), "radius"),
        ("border.width", "dimension", (), "borderWidth"),
        ("button.border-width", "dimension", (), "borderWidth"),
        ("line-height.tight", "dimension", (), "lineHeight"),
        ("letter-spacing.wide", "dimension", (), "letterSpacing"),
        ("space.4", "dimension", ("GAP", "WIDTH_HEIGHT"), "spacing"),
        ("button.padding.inline", "dimension", (), "spacing"),
        ("icon.sm", "dimension", (), "size"),
        ("breakpoint.lg", "dimension", (), "breakpoint"),
        ("thing", "dimension", (), ""),
        ("opacity.half", "number", (), "opacity"),
        ("z-index.toast", "number", (), "zIndex"),
        ("zIndex.toast", "number", (), "zIndex"),
        ("x", "number", ("OPACITY",), "opacity"),
        ("golden", "number", (), ""),
        ("fg.muted", "color", (), "text"),
        ("button.text", "color", (), "text"),
        ("x", "color", ("TEXT_FILL",), "text"),
        ("bg.canvas", "color", (), "surface"),
        ("status.info.border", "color", (), "border"),
        ("status.info.icon", "color", (), "icon"),
        ("accent.on-solid", "color", (), "text"),
        ("brand", "color", (), ""),
        ("text.title", "typography", (), ""),
    ],
)
def test_roles(path, type, scopes, role):
    assert role_of(token(path, type, figma={"scopes": list(scopes)})) == role


@pytest.mark.parametrize(
    "figma", [{}, {"scopes": "TEXT_FILL"}, {"scopes": [1, None]}, {"scopes": None}, {"scopes": ["UNHEARD_OF"]}]
)
def test_odd_scopes_do_no_harm(figma):
    assert role_of(token("x", figma=figma)) == ""


def test_unknown_types_are_other():
    assert kind_of("composition") == "other"


def test_numbered_colours_are_scales():
    tokens = [token(path) for path in ("blue.50", "blue.100", "blue.900", "red-1", "red-2", "red-3", "one.1", "one.2")]
    assert ramps(tokens) == {
        "blue.50": ("blue", 50),
        "blue.100": ("blue", 100),
        "blue.900": ("blue", 900),
        "red-1": ("red", 1),
        "red-2": ("red", 2),
        "red-3": ("red", 3),
    }


def test_numbered_aliases_are_roles():
    assert ramps([token(f"data.{n}", alias="x") for n in range(5)]) == {}


def test_parts_make_text_styles_and_shadows():
    tokens = [
        token("body.family", "fontFamily"),
        token("body.size", "dimension"),
        token("body.line-height", "number"),
        token("low.offset-y", "dimension"),
        token("low.blur", "dimension"),
        token("shadow.low"),
        token("lone.size", "dimension"),
    ]
    assert composed(tokens) == {
        "typography": [
            {
                "path": "body",
                "parts": {"fontFamily": "body.family", "fontSize": "body.size", "lineHeight": "body.line-height"},
            }
        ],
        "shadow": [{"path": "low", "parts": {"y": "low.offset-y", "blur": "low.blur", "color": "shadow.low"}}],
    }


SYSTEM = [
    token(path)
    for path in (
        "bg.canvas", "bg.raised", "fg.default", "fg.muted", "accent.solid", "accent.on-solid", "info.surface",
        "info.text", "fg.disabled", "line.default", "danger.surface", "danger.text",
    )
]  # fmt: skip
ROLES = {t.path: role_of(t) for t in SYSTEM}


def test_the_canvas_and_the_ink_are_found_by_name():
    assert canvas_of(SYSTEM, ROLES) == "bg.canvas"
    assert ink_of(SYSTEM, ROLES) == "fg.default"
    assert canvas_of([], {}) is None and ink_of([], {}) is None


def test_names_suggest_pairs():
    found = {(pair.foreground, pair.background) for pair in pairs(SYSTEM, ROLES, "bg.canvas")}
    assert found == {
        ("fg.default", "bg.canvas"),
        ("fg.muted", "bg.canvas"),
        ("accent.on-solid", "accent.solid"),
        ("info.text", "info.surface"),
        ("danger.text", "danger.surface"),
    }


def test_declared_pairs_come_first_and_unknown_ones_are_left_out():
    declared = token("fg.default", contrast_with=("bg.raised", "nowhere"))
    found = pairs([declared, *SYSTEM[:2]], ROLES, "bg.canvas")
    assert [(pair.background, pair.declared) for pair in found] == [("bg.raised", True), ("bg.canvas", False)]


def test_a_small_interface_is_made_of_what_names_suggest():
    found = sample_interface(SYSTEM, ROLES)
    assert found["text"] == "fg.default"
    assert (found["accent"], found["onAccent"]) == ("accent.solid", "accent.on-solid")
    assert [status["label"] for status in found["status"]] == ["Info", "Danger"]
