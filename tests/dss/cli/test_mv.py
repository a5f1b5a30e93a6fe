"""``dss mv``: files, references in every syntax, identity."""

import json

import pytest

COLORS = """\
{
  "color": {
    "$type": "color",
    "brand": { "$value": "#ff0000" }, // ours
    "dark": {
      "$root": { "$value": "#880000" },
      "deep": { "$value": "{color.brand}" }
    }
  },
  "link": { "$type": "color", "$value": "{color.brand}", "$description": "like {color.brand}" },
  "glow": { "$type": "shadow", "$value": { "color": "{color.dark.$root}", "blur": "{size.sm}" } },
  "part": { "$type": "number", "$value": { "$ref": "#/color/brand/$value/components/0" } },
  "other": { "$extends": "{color.dark}" },
  "third": { "$extends": "#/color/dark" },
  "modes": { "$type": "color", "$value": "#ffffff", "$extensions": { "mode": { "dark": "{color.brand}" } } }
}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tokens").mkdir()

    def make(config='[project]\nsources = ["tokens/**/*"]\n', **files):
        (tmp_path / "dss.toml").write_text(config)
        for name, content in files.items():
            path = tmp_path / "tokens" / name.replace("__", ".")
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=2) + "\n")
        return tmp_path / "tokens"

    return make


def test_a_token_keeps_its_place_and_its_references_follow(dss, project):
    folder = project(colors__jsonc=COLORS, more__json={"x": {"$type": "color", "$value": "{color.brand}"}})
    outcome = dss("mv", "color.brand", "color.accent")
    assert (outcome.status, outcome.out) == (
        0, "color.brand is called color.accent: 1 token, 5 references, 2 files\n"
    )  # fmt: skip
    text = (folder / "colors.jsonc").read_text()
    kept = '"$description": "like {color.brand}"'
    want = COLORS.replace("color.brand", "color.accent").replace("color/brand", "color/accent")
    assert text == want.replace('"brand": {', '"accent": {').replace(kept.replace("brand", "accent"), kept)
    assert json.loads((folder / "more.json").read_text())["x"]["$value"] == "{color.accent}"


def test_a_group_goes_with_all_that_is_in_it(dss, project):
    folder = project(colors__jsonc=COLORS)
    document = dss("mv", "color.dark", "shade", "--json").json
    assert (document["kind"], document["tokens"], document["sets"]) == ("group", 2, ["colors.json"])
    text = (folder / "colors.jsonc").read_text()
    assert '"$extends": "{shade}"' in text and '"$extends": "#/shade"' in text and '"{shade.$root}"' in text
    # what was inherited is written out
    assert '"shade": {\n    "$type": "color",\n    "$root": { "$value": "#880000" },' in text


def test_every_set_that_has_it_is_renamed(dss, project):
    light, dark = ({"bg": {"$type": "color", "$value": value}} for value in ("#ffffff", "#000000"))
    resolver = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": "light.json#/bg"}, {"inline": {"$type": "color", "$value": "{bg}"}}]}},
        "modifiers": {"theme": {"contexts": {"light": [], "dark": [{"bg": {"$type": "color", "$value": "#000000"}}]}}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
    }
    folder = project(light__json=light, dark__json=dark, t__json=resolver, t2__json=resolver)
    assert dss("mv", "bg", "surface.page").status == 0
    for name in ("light", "dark"):
        assert list(json.loads((folder / f"{name}.json").read_text())) == ["surface"]
    after = json.loads((folder / "t.json").read_text())
    assert after["sets"]["base"]["sources"] == [
        {"$ref": "light.json#/surface/page"}, {"inline": {"$type": "color", "$value": "{surface.page}"}}
    ]  # fmt: skip
    assert list(after["modifiers"]["theme"]["contexts"]["dark"][0]) == ["surface"]
    assert after["resolutionOrder"] == resolver["resolutionOrder"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["color.none", "x"], "DSS509"),
        (["color.brand", "color.dark"], "DSS508"),
        (["color.brand", "color.brand"], "DSS508"),
        (["color.dark", "color.dark.deeper"], "DSS508"),
        (["color.brand", "link.brand"], "DSS508"),
        (["color.brand", "color.$brand"], "DSS210"),
        (["color.brand", "color."], "DSS210"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(dss, project, words, code):
    folder = project(colors__jsonc=COLORS)
    outcome = dss("mv", *words)
    assert outcome.status == 1 and code in outcome.err
    assert (folder / "colors.jsonc").read_text() == COLORS


def test_the_nearest_path_is_named(dss, project):
    project(colors__jsonc=COLORS)
    assert "did you mean color.brand?" in dss("mv", "color.brandd", "x").err


def test_dry_run_writes_nothing(dss, project):
    folder = project(colors__jsonc=COLORS)
    assert "would be called" in dss("mv", "color.brand", "x", "--dry-run").out
    assert (folder / "colors.jsonc").read_text() == COLORS


IDENTITY = '[project]\nid = "0f2a7c1e-0000-4000-8000-000000000001"\nsources = ["tokens/**/*.json"]\n'


def test_the_lock_remembers_who_it_was_and_forgets_who_came_home(dss, project):
    folder = project(
        IDENTITY, a__json={"g": {"x": {"$type": "number", "$value": 1}, "y": {"$type": "number", "$value": 2}}}
    )
    lock = folder.parent / "dss.lock"
    dss("mv", "g", "h")
    lines = [line.split("\t")[1:] for line in lock.read_text().splitlines() if not line.startswith("#")]
    assert sorted(lines) == [["group", "a.json", "h"], ["token", "a.json", "h.x"], ["token", "a.json", "h.y"]]
    ids = {line.split("\t")[3]: line.split("\t")[0] for line in lock.read_text().splitlines()[1:]}
    dss("mv", "h.x", "z")
    moved = {line.split("\t")[3]: line.split("\t")[0] for line in lock.read_text().splitlines()[1:]}
    assert moved["z"] == ids["h.x"] and "h.x" not in moved
    dss("mv", "z", "h.x")
    dss("mv", "h", "g")
    assert lock.read_text() == ""


def test_an_archive_sees_a_rename(dss, project, tmp_path):
    folder = project(IDENTITY, a__json={"x": {"$type": "number", "$value": 1}})
    assert dss("export", "-o", tmp_path / "base.dss").status == 0
    other = tmp_path / "other"
    (other / "tokens").mkdir(parents=True)
    (other / "dss.toml").write_text(IDENTITY)
    import os

    os.chdir(other)
    assert dss("import", tmp_path / "base.dss").status == 0
    (other / "tokens/a.json").write_text(json.dumps({"x": {"$type": "number", "$value": 5}}))
    assert dss("export", "-o", tmp_path / "changed.dss").status == 0
    os.chdir(tmp_path)
    assert dss("mv", "x", "y").status == 0
    assert dss("merge", tmp_path / "changed.dss").status == 0
    assert json.loads((folder / "a.json").read_text()) == {"y": {"$type": "number", "$value": 5}}


def test_yaml_loses_comments_and_says_so(dss, project):
    folder = project(a__yaml="# mine\nx:\n  $type: number\n  $value: 1\n")
    outcome = dss("mv", "x", "y")
    assert outcome.status == 0 and "DSS697" in outcome.err
    assert (folder / "a.yaml").read_text() == "y:\n  $type: number\n  $value: 1\n"
