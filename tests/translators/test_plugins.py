"""Plug-ins: files and modules that dss.toml names, entry points of other distributions."""

import sys
import textwrap

import pytest

from dss.service import plugins

TOKENS = '{"space": {"$type": "dimension", "s": {"$value": {"value": 4, "unit": "px"}}, "t": {"$value": "{space.s}"}}}'
PLUGIN = """
from dss.plugins import OutputFile, format, transform


@format("acme/list")
def listed(rendering):
    lines = [f"{rendering.names[path]} = {rendering.text(token)}" for path, token in rendering.tokens.items()]
    yield OutputFile(rendering.platform.out, "\\n".join(lines) + "\\n")


@transform("acme/double")
def double(token, platform):
    if token.type != "dimension" or token.alias is not None:
        return token
    return token._replace(value={**token.value, "value": token.value["value"] * 2})
"""
CONFIG = """
plugins = ["acme_plugin.py"]

[project]
sources = ["tokens.json"]

[platform.acme]
format = "acme/list"
out = "list.txt"
transforms = ["acme/double"]
"""

STUDIO = """{
  "red": {"value": "#ff0000", "type": "color"},
  "soft": {"value": "{red}", "type": "color", "$extensions": {"studio.tokens": {"modify": {"type": "lighten", "value": "0.5"}}}}
}"""  # noqa: E501


@pytest.fixture(autouse=True)
def forgotten():
    """Each test loads its own."""
    yield
    plugins.forget(list(plugins._loaded))


@pytest.fixture
def build(dss, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(plugin=PLUGIN, config=CONFIG, *arguments):
        (tmp_path / "tokens.json").write_text(TOKENS)
        (tmp_path / "dss.toml").write_text(config)
        if plugin is not None:
            (tmp_path / "acme_plugin.py").write_text(textwrap.dedent(plugin))
        return dss("translate", *arguments)

    return run


def test_a_file_brings_a_format_and_a_transform(build, tmp_path):
    ended = build()
    assert ended.status == 0, ended.err
    assert (tmp_path / "list.txt").read_text() == "space-s = 8px\nspace-t = 8px\n"
    assert not (tmp_path / "__pycache__").exists()


def test_a_format_of_a_plug_in_is_found_by_to(build, tmp_path):
    ended = build(PLUGIN, CONFIG, "--to", "acme/list", "--to", "css")
    assert ended.status == 0, ended.err
    assert (tmp_path / "build" / "tokens.acme").read_text() == "space-s = 4px\nspace-t = 4px\n"


def test_the_plug_ins_of_a_second_project_are_found_too(build, dss, tmp_path, monkeypatch):
    """One process, several projects: a server's."""
    first = build(None, '[project]\nsources = ["tokens.json"]\n', "--to", "acme/list")
    assert first.status == 1 and "DSS312" in first.err
    second = tmp_path / "second"
    second.mkdir()
    monkeypatch.chdir(second)
    for name, text in (("tokens.json", TOKENS), ("dss.toml", CONFIG), ("acme_plugin.py", PLUGIN)):
        (second / name).write_text(text)
    assert dss("translate", "--to", "acme/list").status == 0


def test_projects_may_use_the_same_names_for_different_plug_ins(build, dss, tmp_path, monkeypatch):
    assert build().status == 0
    second = tmp_path / "second"
    second.mkdir()
    for name, text in (("tokens.json", TOKENS), ("dss.toml", CONFIG), ("acme_plugin.py", PLUGIN.replace("* 2", "* 3"))):
        (second / name).write_text(text)
    for folder, value in ((second, "12px"), (tmp_path, "8px"), (second, "12px")):
        monkeypatch.chdir(folder)
        assert dss("translate").status == 0
        assert f"space-s = {value}\n" in (folder / "list.txt").read_text()


def test_two_plug_ins_of_one_project_may_not_share_a_name(build, tmp_path):
    (tmp_path / "other.py").write_text(PLUGIN)
    ended = build(PLUGIN, CONFIG.replace('["acme_plugin.py"]', '["acme_plugin.py", "other.py"]'))
    assert ended.status == 1
    assert "two of the kind format are called acme/list" in ended.err


def test_a_module_brings_a_dialect(build, dss, tmp_path, monkeypatch):
    (tmp_path / "acme_words.py").write_text(
        textwrap.dedent(
            """
            from dss.plugins import dialect

            @dialect("acme-words")
            class Words:
                def recognises(self, document):
                    return "words" in document

                def read(self, document):
                    return {name: {"$type": "number", "$value": len(name)} for name in document["words"]}
            """
        )
    )
    monkeypatch.syspath_prepend(tmp_path)
    ended = build(None, 'plugins = ["acme_words"]\n[project]\nsources = ["words.json"]\n')
    (tmp_path / "words.json").write_text('{"words": ["one", "three"]}')
    ended = dss("resolve", "--json")
    assert ended.status == 0, ended.err
    assert {path: token["value"] for path, token in ended.json["tokens"].items()} == {"one": 3, "three": 5}
    studio = tmp_path / "studio"
    studio.mkdir()
    (studio / "$themes.json").write_text("[]")
    (studio / "core.json").write_text(STUDIO)
    ended = dss("resolve", "studio", "--json")
    assert ended.status == 0, ended.err
    assert set(ended.json["tokens"]) == {"red", "soft"}
    del sys.modules["acme_words"]


def test_entry_points_of_other_distributions_are_found_when_a_name_is_unknown(dss_process, tmp_path):
    info = tmp_path / "acme-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[dss.formats]\nacme/count = acme_count:count\nacme/broken = acme_gone:x\n")
    (tmp_path / "acme_count.py").write_text(
        "from dss.plugins import OutputFile\n"
        "def count(rendering):\n    yield OutputFile(rendering.platform.out, f'{len(rendering.tokens)}\\n')\n"
    )
    (tmp_path / "tokens.json").write_text(TOKENS)
    env = {"PYTHONPATH": str(tmp_path)}
    ended = dss_process("translate", "tokens.json", "--to", "acme/count", cwd=tmp_path, env=env)
    assert ended.status == 0, ended.err
    assert (tmp_path / "build" / "tokens.acme").read_text() == "2\n"
    ended = dss_process("translate", "tokens.json", "--to", "acme/broken", cwd=tmp_path, env=env)
    assert ended.status == 1 and "DSS316" in ended.err and "acme_gone" in ended.err


@pytest.mark.parametrize(
    ("plugin", "said", "line"),
    [
        ("import nothing_of_the_kind\n", "No module named 'nothing_of_the_kind'", 1),
        ("x = 1\ny = (\n", "SyntaxError", 2),
        (
            "from dss.plugins import format\n\n@format('css')\ndef f(r): ...\n",
            "two of the kind format are called css",
            None,
        ),
        (
            "from dss.plugins import format\n\n@format('acme/list')\ndef f(rendering):\n    yield rendering.no\n",
            "AttributeError",
            5,
        ),
        (
            PLUGIN + "\n\nfrom dss.plugins import dialect\n\n@dialect('acme/odd')\nclass Odd:\n    read = None\n",
            "the dialect acme/odd has no recognises and no read",
            None,
        ),
        (
            PLUGIN + "\n\n@transform('acme/bad')\ndef bad(token, platform):\n    return token.value + 1\n",
            "TypeError",
            None,
        ),
    ],
)
def test_a_plug_in_that_fails_is_named_with_its_line(build, tmp_path, plugin, said, line):
    config = (
        CONFIG.replace("acme/double", "acme/bad")
        if "acme/bad" in plugin
        else CONFIG.replace('transforms = ["acme/double"]', "")
    )
    ended = build(plugin, config)
    assert ended.status == 1
    assert "DSS316" in ended.err and said in ended.err
    assert "Traceback" not in ended.err
    if line is not None:
        assert f"acme_plugin.py:{line}" in ended.err.replace("\n", " ")
    assert not (tmp_path / "list.txt").exists()


def test_a_missing_plug_in_is_named(build):
    ended = build(None)
    assert ended.status == 1
    assert "acme_plugin.py: there is no such file" in ended.err


def test_unknown_transforms_name_the_nearest(build):
    ended = build(PLUGIN, CONFIG.replace("acme/double", "acme/dubble"))
    assert ended.status == 1
    assert "DSS315" in ended.err and "did you mean acme/double?" in ended.err
