"""``dss translate``: what it writes, what it does not, and that output is the same everywhere."""

import json
import os
import subprocess
import sys

import pytest

TOKENS = {
    "color": {
        "$type": "color",
        "ink": {"$value": {"colorSpace": "srgb", "components": [0, 0.5, 1], "hex": "#0080ff"}},
        "text": {"$value": "{color.ink}", "$description": "For reading */"},
    },
    "é漢": {"$type": "number", "💡": {"$value": 1.5}},
    "border": {
        "$type": "border",
        "$value": {"color": "{color.text}", "width": {"value": 1, "unit": "px"}, "style": "solid"},
    },
}
WHITE = {"$type": "color", "$value": {"colorSpace": "srgb", "components": [1, 1, 1]}}
RESOLVER = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{"$ref": "t.json"}]}},
    "modifiers": {
        "theme": {"contexts": {"light": [], "dark": [{"color": {"text": WHITE}}]}, "default": "light"},
        "size": {"contexts": {"s": [], "l": [{"border": {"$type": "number", "$value": 3}}]}, "default": "s"},
    },
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}, {"$ref": "#/modifiers/size"}],
}
ALL = ("--to", "css", "--to", "scss", "--to", "json")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.json").write_text(json.dumps(TOKENS, ensure_ascii=False), "utf-8")
    (tmp_path / "r.json").write_text(json.dumps(RESOLVER), "utf-8")
    return tmp_path


def listing(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_several_formats_are_written_in_one_run(dss, folder):
    done = dss("translate", "t.json", *ALL, "--json")
    assert done.status == 0
    assert done.json["files"] == [
        {"path": f"build/{name}", "changed": True} for name in ("tokens.css", "_tokens.scss", "tokens.json")
    ]
    css = (folder / "build/tokens.css").read_text("utf-8")
    assert "--color-text: var(--color-ink);" in css
    assert "*/" not in css.replace("*/", "", css.count("/*")), "a description cannot end its comment"
    json.loads((folder / "build/tokens.json").read_text("utf-8"))


def test_a_modifier_without_a_default_is_no_fault_where_every_platform_chooses(dss, folder):
    text = json.dumps(RESOLVER).replace(', "default": "light"', "")
    (folder / "r.json").write_text(text, "utf-8")
    platform = '[platform.{0}]\nformat = "css"\nout = "{0}.css"\n'
    config = '[project]\nresolver = "r.json"\n'
    for theme in ("light", "dark"):
        config += platform.format(theme) + f'inputs = {{ theme = "{theme}" }}\n'
    (folder / "dss.toml").write_text(config)
    assert dss("translate").status == 0
    assert "--color-text: #ffffff;" in (folder / "dark.css").read_text("utf-8")
    assert "--color-text: var(--color-ink);" in (folder / "light.css").read_text("utf-8")
    (folder / "dss.toml").write_text(config + platform.format("both"))
    done = dss("translate")
    assert (done.status, "theme needs an input" in done.err) == (1, True)


def test_without_a_choice_it_is_css(dss, folder):
    dss("translate", "t.json")
    assert sorted(listing(folder)) == ["build/tokens.css", "r.json", "t.json"]


def test_an_unchanged_file_is_said_to_be_unchanged_and_left_alone(dss, folder):
    dss("translate", "t.json")
    before = (folder / "build/tokens.css").stat()
    done = dss("translate", "t.json", "--json")
    assert done.json["files"] == [{"path": "build/tokens.css", "changed": False}]
    assert (folder / "build/tokens.css").stat().st_mtime_ns == before.st_mtime_ns
    assert "unchanged" in dss("translate", "t.json").err


def test_check_writes_nothing_and_fails_when_a_file_would_change(dss, folder):
    before = listing(folder)
    done = dss("translate", "t.json", *ALL, "--check", "--json")
    assert (done.status, [f["changed"] for f in done.json["files"]]) == (1, [True] * 3)
    assert listing(folder) == before and not (folder / "build").exists()
    dss("translate", "t.json", *ALL)
    written = listing(folder)
    done = dss("translate", "t.json", *ALL, "--check", "--json")
    assert (done.status, [f["changed"] for f in done.json["files"]]) == (0, [False] * 3)
    (folder / "build/tokens.css").write_bytes(b"edited")
    done = dss("translate", "t.json", *ALL, "--check")
    assert (done.status, "would change" in done.err) == (1, True)
    (folder / "build/tokens.css").write_bytes(written["build/tokens.css"])
    assert listing(folder) == written


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": ', id="syntax"),
        pytest.param('{"a": {"$value": "{b}"}}', id="missing-target"),
        pytest.param('{"a": {"$value": "{a}"}}', id="cycle"),
        pytest.param(
            '{"a-b": {"$type": "number", "$value": 1}, "aB": {"$type": "number", "$value": 1}}', id="one-name-for-two"
        ),
        pytest.param("[]", id="no-object"),
        pytest.param('{"a": {"$type": "number", "$value": NaN}}', id="nan"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_an_error_writes_nothing(dss, folder, text, options):
    (folder / "build").mkdir()
    (folder / "build" / "tokens.css").write_bytes(b"old")
    (folder / "bad.json").write_text(text)
    before = listing(folder)
    done = dss("translate", "t.json", "bad.json", *ALL, *options, "--json")
    assert done.status == 1
    assert any(d["severity"] == "error" for d in done.json["diagnostics"])
    assert done.json.get("files", []) == []
    assert listing(folder) == before


def test_a_file_that_cannot_be_written_leaves_the_others(dss, folder):
    (folder / "build" / "tokens.json").mkdir(parents=True)
    (folder / "build" / "tokens.css").write_bytes(b"old")
    before = listing(folder)
    done = dss("translate", "t.json", *ALL, "--json")
    assert done.status == 1
    assert [d["code"] for d in done.json["diagnostics"]] == ["DSS903"]
    assert listing(folder) == before


@pytest.mark.parametrize("name", ["nope", "css/nope", "", "../css", "CSS"])
def test_an_unknown_format_is_refused(dss, folder, name):
    before = listing(folder)
    done = dss("translate", "t.json", "--to", name, "--json")
    assert done.status in (1, 2)
    assert len(done.json["diagnostics"]) == 1
    assert listing(folder) == before


CONFIG = """
[project]
sources = ["t.json"]
[platform.web]
format = "css/variables"
out = "out/web.css"
[platform.js]
format = "json/nested"
out = "out/t.json"
"""


def test_the_platforms_of_the_project_are_written_beside_its_file(dss, folder, monkeypatch):
    (folder / "dss.toml").write_text(CONFIG)
    (folder / "deep").mkdir()
    monkeypatch.chdir(folder / "deep")
    done = dss("translate", "--json")
    assert done.status == 0
    assert sorted(name for name in listing(folder) if "out/" in name) == ["out/t.json", "out/web.css"]


def test_faults_of_all_platforms_are_placed_in_the_configuration(dss, folder):
    (folder / "dss.toml").write_text(
        '[project]\nsources = ["t.json"]\n'
        '[platform.a]\nformat = "csss"\nout = "a"\n'
        '[platform.b]\nformat = "swift"\nout = "b"\noptions = { enmu = "A" }\n'
        '[platform.c]\nformat = "css"\nout = "c"\ntransforms = ["size/reem"]\n'
        '[platform.d]\nformat = "css"\nout = "d"\n[platform.d.options]\nnestd = true\n'
    )
    done = dss("translate", "--json")
    found = [(d["code"], d["path"], d["line"], d["hint"].split("?")[0]) for d in done.json["diagnostics"]]
    assert (done.status, found) == (1, [
        ("DSS312", "platform.a.format", 4, "did you mean css"),
        ("DSS318", "platform.b.options.enmu", 9, "did you mean enum"),
        ("DSS315", "platform.c.transforms", 13, "did you mean size/rem"),
    ])  # fmt: skip
    done = dss("translate", "--platform", "d", "--json")
    (found,) = done.json["diagnostics"]
    assert (found["file"], found["line"], found["column"], found["end_column"]) == ("dss.toml", 18, 1, 6)
    assert not [*folder.glob("[abcd]")]


def test_one_platform_of_several(dss, folder):
    (folder / "dss.toml").write_text(CONFIG)
    dss("translate", "--platform", "js")
    assert sorted(name for name in listing(folder) if "out/" in name) == ["out/t.json"]


def test_an_unknown_platform_is_refused_and_the_known_ones_named(dss, folder):
    (folder / "dss.toml").write_text(CONFIG)
    before = listing(folder)
    done = dss("translate", "--platform", "wep", "--json")
    assert done.status in (1, 2)
    (found,) = done.json["diagnostics"]
    assert "wep" in found["message"] and "web" in (found["hint"] or "")
    assert listing(folder) == before


def test_an_output_outside_the_folder_is_refused(dss, folder):
    (folder / "dss.toml").write_text(CONFIG.replace("out/web.css", "../web.css"))
    before = listing(folder.parent)
    done = dss("translate", "--json")
    assert (done.status, [d["code"] for d in done.json["diagnostics"]]) == (1, ["DSS115"])
    assert listing(folder.parent) == before


def test_two_platforms_with_one_file_are_refused(dss, folder):
    (folder / "dss.toml").write_text(CONFIG.replace("out/t.json", "out/web.css"))
    before = listing(folder)
    done = dss("translate", "--json")
    assert done.status == 1
    assert listing(folder) == before


def run_elsewhere(folder, output, cwd, **environment):
    env = {**os.environ, **environment}
    sources = os.path.relpath(folder / "r.json", cwd)
    command = [sys.executable, "-m", "dss", "translate", "--resolver", sources, *ALL, "-o", str(output)]
    subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True)
    return listing(output)


def test_output_is_the_same_everywhere(folder, tmp_path_factory):
    """Whatever the hash seed, the locale, the time zone, the umask of encodings and the folder."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    settings = [
        (folder, {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}),
        (elsewhere, {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu"}),
        (folder.parent, {"PYTHONHASHSEED": "4242", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0", "LC_ALL": "POSIX"}),
    ]
    outputs = [
        run_elsewhere(folder, tmp_path_factory.mktemp("out"), cwd, **environment) for cwd, environment in settings
    ]
    assert len(outputs[0]) == 3
    assert outputs[1] == outputs[0]
    assert outputs[2] == outputs[0]


def test_findings_are_the_same_everywhere(folder):
    (folder / "bad.json").write_text(
        json.dumps(
            {f"t{n}": {"$value": f"{{u{n}}}"} for n in range(20)}
            | {f"r{n}": {"$value": f"{{r{n ^ 1}}}"} for n in range(20)}
        )
    )
    seen = set()
    for seed in ("0", "1", "77"):
        command = [sys.executable, "-m", "dss", "validate", "t.json", "bad.json", "--json"]
        ended = subprocess.run(
            command, cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False
        )
        assert ended.returncode == 1
        seen.add(ended.stdout)
    assert len(seen) == 1


def test_the_dialect_may_be_named(dss, folder):
    css = folder / "build" / "tokens.css"
    written = json.dumps({"core": {"gap": {"value": "4", "type": "spacing"}}})
    (folder / "sets.json").write_text(written, "utf-8")
    for _ in range(2):  # the second time from what is noted
        ended = dss("translate", "sets.json", "--dialect", "tokens-studio")
        assert ended.status == 0, ended.err
        assert "--gap: 4px;" in css.read_text("utf-8")
    assert dss("translate", "sets.json").status == 0
    assert "--core-gap: 4px;" in css.read_text("utf-8")
    ended = dss("translate", "sets.json", "--dialect", "token-studio")
    assert ended.status == 1 and "did you mean tokens-studio?" in ended.err
