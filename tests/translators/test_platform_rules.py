"""``[platform.x]`` of dss.toml: which tokens are written, what they are called, how their values are written."""

import json

import pytest

TOKENS = {
    "core": {
        "color": {
            "$type": "color",
            "ink": {
                "$value": {"colorSpace": "srgb", "components": [0, 0.2, 1]},
                "$extensions": {"acme": {"public": True, "level": 2}},
            },
            "Deep Sea": {"$value": "{core.color.ink}", "$deprecated": True},
            "old": {"$value": {"colorSpace": "oklch", "components": [0.5, 0.1, 20], "alpha": 0.5}},
        },
        "space": {
            "$type": "dimension",
            "0": {"$value": {"value": 0, "unit": "px"}},
            "px": {
                "10": {"$value": {"value": 10, "unit": "px"}},
                "9": {"$value": {"value": 4.123456789, "unit": "px"}},
            },
            "gap": {"$value": "{core.space.px.10}"},
        },
        "ratio": {"$type": "number", "$value": 0.25},
        "time": {"$type": "duration", "$value": {"value": 250, "unit": "ms"}},
        "edge": {
            "$type": "border",
            "$value": {"color": "{core.color.ink}", "width": "{core.space.px.10}", "style": "dashed"},
        },
        "text": {
            "$type": "typography",
            "$value": {
                "fontFamily": "Inter",
                "fontSize": {"value": 20, "unit": "px"},
                "fontWeight": 400,
                "letterSpacing": {"value": 0, "unit": "px"},
                "lineHeight": 1.5,
            },
        },
    },
    "late": {"$type": "string", "hex": {"$value": "FF8000"}, "bare": {"$value": "12"}},
}
CONFIG = '[project]\nsources = ["tokens/*.json"]\n\n[platform.css]\nformat = "css/variables"\nout = "out.css"\n'


@pytest.fixture
def css(dss, tmp_path, monkeypatch, declarations):
    """The tables of a platform as TOML -> name (without dashes) -> value."""

    def run(platform, *, project=""):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "tokens").mkdir(exist_ok=True)
        (tmp_path / "tokens" / "core.json").write_text(json.dumps({"core": TOKENS["core"]}))
        (tmp_path / "tokens" / "late.json").write_text(json.dumps({"late": TOKENS["late"]}))
        (tmp_path / "dss.toml").write_text(CONFIG.replace("\n\n", f"\n{project}\n\n", 1) + platform)
        done = dss("translate")
        assert done.status == 0, done.err
        return {
            found.name.removeprefix("--"): found.value
            for found in declarations((tmp_path / "out.css").read_text("utf-8"))
        }

    return run


def test_a_filter_that_takes_nothing_is_told(css, dss):
    css('filter = "core.colour.*"')
    done = dss("translate", "--json")
    (found,) = [d for d in done.json["diagnostics"] if d["code"] == "DSS319"]
    assert (found["severity"], found["path"]) == ("warning", "platform.css.filter")
    assert "takes none of 13 tokens" in found["message"]


ALL = [
    "core-color-ink", "core-color-deep-sea", "core-color-old", "core-space-0", "core-space-px-10", "core-space-px-9",
    "core-space-gap", "core-ratio", "core-time", "core-edge", "core-text", "core-text-letter-spacing", "late-hex",
    "late-bare",
]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ("", ALL),
        ('"core.color.*"', ["core-color-ink", "core-color-deep-sea", "core-color-old"]),
        ('["**.px.*", "late.*"]', ["core-space-px-10", "core-space-px-9", "late-hex", "late-bare"]),
        ('["core.space.**", "!**.{gap,0}"]', ["core-space-px-10", "core-space-px-9"]),
        ('"!{core,late}.**"', []),
        ('"core.ratio"', ["core-ratio"]),
        ('"**.1?"', ["core-space-px-10"]),
        ('{ type = ["number", "duration"] }', ["core-ratio", "core-time"]),
        ('{ type = "!dimension", path = "core.{space,ratio}.**" }', ["core-ratio"]),
        ('{ file = "late.json" }', ["late-hex", "late-bare"]),
        ('{ file = "!tokens/core.json" }', ["late-hex", "late-bare"]),
        ('{ alias = true }', ["core-color-deep-sea", "core-space-gap"]),
        ('{ deprecated = true }', ["core-color-deep-sea"]),
        ('{ member = { "$extensions.acme.public" = true } }', ["core-color-ink"]),
        ('{ member = { "$extensions.acme.level" = 2 } }', ["core-color-ink"]),
        ('{ member = { "$extensions.acme.level" = true } }', []),
        ('{ member = { "$extensions.acme.level" = "2" } }', []),
        ('{ alias = false, type = "dimension" }', ["core-space-0", "core-space-px-10", "core-space-px-9"]),
    ],
)  # fmt: skip
def test_a_filter_says_which_tokens_are_written(css, chosen, names):
    assert list(css(f"filter = {chosen}\n" if chosen else "")) == names


@pytest.mark.parametrize(
    ("rules", "path", "name"),
    [
        ("{}", "core.color.Deep Sea", "core-color-deep-sea"),
        ('{ case = "keep" }', "core.color.Deep Sea", "core-color-Deep-Sea"),
        ('{ case = "snake" }', "core.color.Deep Sea", "core_color_deep_sea"),
        ('{ case = "camel" }', "core.color.Deep Sea", "coreColorDeepSea"),
        ('{ case = "pascal" }', "core.color.Deep Sea", "CoreColorDeepSea"),
        ('{ case = "constant" }', "core.color.Deep Sea", "CORE_COLOR_DEEP_SEA"),
        ('{ separator = "__" }', "core.color.Deep Sea", "core__color__deep-sea"),
        ('{ drop = "core" }', "core.color.Deep Sea", "color-deep-sea"),
        ('{ drop = ["c*", "px"] }', "core.space.px.10", "space-10"),
        ('{ replace = { "Deep" = "shallow" } }', "core.color.Deep Sea", "core-color-shallow-sea"),
        ('{ rename = { "core.color.*" = "paint.*" } }', "core.color.Deep Sea", "paint-deep-sea"),
        ('{ rename = { "**.px.*" = "px.*.**" } }', "core.space.px.10", "px-core-space-10"),
        ('{ rename = { "core.**" = "**" }, drop = "px" }', "core.space.px.10", "space-10"),
    ],
)
def test_names_are_made_by_the_rules(css, rules, path, name):
    assert list(css(f'filter = "{path}"\nnames = {rules}\n')) == [name]


def test_prefixes_come_before_every_name_and_rules_may_have_others(css):
    rules = '[[platform.css.rules]]\ntype = "dimension"\nprefix = "size"\n'
    found = css(f'prefix = "acme"\nfilter = ["core.ratio", "core.space.{{0,gap}}", "core.space.px.10"]\n{rules}')
    assert found == {
        "acme-core-ratio": "0.25",
        "size-core-space-0": "0px",
        "size-core-space-px-10": "10px",
        "size-core-space-gap": "var(--size-core-space-px-10)",
    }


@pytest.mark.parametrize(
    ("effect", "path", "value"),
    [
        ('unit = "rem"', "core.space.px.10", "0.625rem"),
        ('unit = "rem"\nbase = 10', "core.space.px.10", "1rem"),
        ('unit = "px"', "core.ratio", "0.25px"),
        ('unit = "%"', "core.ratio", "25%"),
        ('unit = "none"', "core.space.px.10", "10"),
        ('unit = "s"', "core.time", "0.25s"),
        ('unit = "s"', "core.space.px.10", "10px"),
        ('unit = "rem"', "late.bare", "0.75rem"),
        ("digits = 2", "core.space.px.9", "4.12px"),
        ('unit = "rem"\ndigits = 3', "core.space.px.9", "0.258rem"),
        ('zero = "bare"', "core.space.0", "0"),
        ('zero = "omit"\nslash = " / "\nreferences = false', "core.text", '400 20px / 1.5 "Inter"'),
        ('color = "hex"', "core.color.ink", "#0033ff"),
        ('color = "short"', "core.color.ink", "#03f"),
        ('color = "rgb"', "core.color.ink", "rgb(0 51 255)"),
        ('color = "rgba"', "core.color.ink", "rgb(0, 51, 255)"),
        ('color = "hsl"', "core.color.ink", "hsl(228 100% 50%)"),
        ('color = "hsla"', "core.color.ink", "hsl(228, 100%, 50%)"),
        ('color = "hwb"', "core.color.ink", "hwb(228 0% 0%)"),
        ('color = "color"', "core.color.ink", "color(srgb 0 0.2 1)"),
        ('color = "oklch"', "core.color.old", "oklch(0.5 0.1 20 / 0.5)"),
        ("references = false", "core.color.Deep Sea", "#0033ff"),
        ("references = false", "core.edge", "10px dashed #0033ff"),
        ('references = "all"', "core.edge", "var(--core-space-px-10) dashed var(--core-color-ink)"),
        ('references = "all"\nunit = "rem"', "core.space.gap", "var(--core-space-px-10)"),
        ("references = false\nunit = 'rem'", "core.edge", "0.625rem dashed #0033ff"),
        ('as = "color"', "late.hex", "#ff8000"),
        ('as = "color"\ncolor = "rgb"', "late.hex", "rgb(255 128 0)"),
        ('as = "number"', "late.bare", "12"),
        ('color = "rgba"', "core.color.old", "rgba(148, 74, 75, 0.5)"),
    ],
)
def test_effects_change_how_a_value_is_written(css, effect, path, value):
    """As a key of the platform and as one of a rule; both say the same."""
    whole = css(f'filter = "{path}"\n{effect}\n')
    ruled = css(f'filter = "{path}"\n[[platform.css.rules]]\npath = "{path}"\n{effect}\n')
    assert next(iter(whole.values())) == value
    if "unit" not in effect or path != "core.space.gap":
        assert next(iter(ruled.values())) == value


def test_a_later_rule_wins_and_says_nothing_of_what_it_leaves_out(css):
    found = css(
        'filter = "core.space.px.*"\nunit = "rem"\n'
        '[[platform.css.rules]]\ntype = "dimension"\ndigits = 2\n'
        '[[platform.css.rules]]\npath = "**.10"\nunit = "px"\n'
    )
    assert found == {"core-space-px-10": "10px", "core-space-px-9": "0.26rem"}


def test_an_alias_has_what_became_of_its_target(css):
    found = css(
        'filter = "core.space.{gap,px.10}"\nreferences = false\n'
        '[[platform.css.rules]]\npath = "**.px.*"\nunit = "rem"\n'
    )
    assert found == {"core-space-px-10": "0.625rem", "core-space-gap": "0.625rem"}


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ("shorthand", ["core-edge", "core-text", "core-text-letter-spacing"]),
        ("only", ["core-edge-color", "core-edge-width", "core-edge-style", "core-text-font-family",
                  "core-text-font-size", "core-text-font-weight", "core-text-letter-spacing", "core-text-line-height"]),
        ("both", ["core-edge-color", "core-edge-width", "core-edge-style", "core-edge", "core-text-font-family",
                  "core-text-font-size", "core-text-font-weight", "core-text-letter-spacing", "core-text-line-height",
                  "core-text"]),
    ],
)  # fmt: skip
def test_a_composite_is_one_value_its_parts_or_both(css, parts, names):
    found = css(f'filter = "core.{{edge,text}}"\nparts = "{parts}"\n')
    assert list(found) == names
    if parts == "both":
        assert found["core-edge"] == "var(--core-edge-width) var(--core-edge-style) var(--core-edge-color)"


def test_names_of_parts_have_a_separator_of_their_own(css):
    assert "core-edge__width" in css('filter = "core.edge"\nparts = "only"\nnames = { parts = "__" }\n')


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("source", ["core-space-0", "core-space-px-10", "core-space-px-9", "core-space-gap"]),
        ("name", ["core-space-0", "core-space-gap", "core-space-px-9", "core-space-px-10"]),
        ("path", ["core-space-0", "core-space-gap", "core-space-px-9", "core-space-px-10"]),
    ],
)
def test_tokens_are_sorted_with_numbers_by_their_value(css, sort, names):
    assert list(css(f'filter = "core.space.**"\nsort = "{sort}"\n')) == names


def test_what_the_project_filters_is_not_even_read(css):
    found = css("", project='filter = ["core.{color,space}.**", "!**.old"]')
    assert "core-color-old" not in found
    assert all(name.startswith(("core-color", "core-space")) for name in found)


# -- modes without a resolver document


def modes(css, config, token, tmp_path, more=None):
    (tmp_path / "tokens").mkdir(exist_ok=True)
    (tmp_path / "tokens" / "own.json").write_text(json.dumps({"own": {"$type": "number", "a": token}}))
    for name, text in (more or {}).items():
        (tmp_path / name).write_text(text)
    css('filter = "own.**"\n' + config)
    return (tmp_path / "out.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("config", "token"),
    [
        ('contexts = ["day", "night"]\nat = "$value"', {"$value": {"day": 1, "night": 2}}),
        ('contexts = ["day", "night"]\nat = "$extensions.mode"',
         {"$value": 1, "$extensions": {"mode": {"night": 2}}}),
        ('contexts = { day = ["d"], night = ["n", "dark"] }\nat = "$extensions.mode"',
         {"$value": 9, "$extensions": {"mode": {"dark": {"$value": 2}, "d": 1}}}),
        ('contexts = ["night", "day"]\ndefault = "day"\nat = ["$extensions.a", "$extensions.b"]',
         {"$value": 1, "$extensions": {"b": {"night": 2}}}),
        ('contexts = ["day", "night"]\nat = "sets"', {"sets": {"day": {"$value": 1}, "night": {"$value": 2}}}),
        ('[modifier.time.files]\nday = []\nnight = "night.json"', {"$value": 1}),
    ],
)  # fmt: skip
def test_modes_may_be_kept_in_tokens_or_in_files(css, config, token, tmp_path):
    more = {"night.json": json.dumps({"own": {"$type": "number", "a": {"$value": 2}}})}
    text = modes(css, f"[modifier.time]\n{config}\n", token, tmp_path, more)
    assert text.endswith(':root {\n  --own-a: 1;\n}\n\n[data-time="night"] {\n  --own-a: 2;\n}\n')


def test_a_token_without_a_value_for_a_context_keeps_its_own(css, tmp_path):
    text = modes(
        css, '[modifier.time]\ncontexts = ["day", "night"]\nat = "$extensions.mode"\n', {"$value": 3}, tmp_path
    )
    assert text.count("--own-a: 3;") == 1 and "data-time" not in text
