"""Which folder is the project, and which files are its tokens."""

import pytest

from dss.project import Project, find_project, named_config, sources_of
from dss_tokens.errors import InputError

CONFIG = '[project]\nname = "acme"\nsources = ["design/**/*.json", "more.yaml"]\n'


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("DSS_BASE_PATH", raising=False)
    for name in ("design/b.json", "design/deep/a.json", "more.yaml", "tokens/t.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_nearest_folder_upwards_with_a_dss_toml_is_the_root(root, monkeypatch):
    (root / "dss.toml").write_text(CONFIG)
    monkeypatch.chdir(root / "design" / "deep")
    found = find_project()
    assert found.root.resolve() == root
    assert [p.relative_to(found.root).as_posix() for p in sources_of(found, ())] == [
        "design/b.json", "design/deep/a.json", "more.yaml",
    ]  # fmt: skip


def test_without_one_it_is_the_working_folder(root):
    assert (find_project().root.resolve(), find_project().config) == (root, None)


def test_dss_base_path_names_it(root, monkeypatch):
    (root / "dss.toml").write_text(CONFIG)
    (root / "design" / "dss.toml").write_text(CONFIG)
    monkeypatch.setenv("DSS_BASE_PATH", str(root))
    monkeypatch.chdir(root / "design")
    assert find_project().root == root
    monkeypatch.setenv("DSS_BASE_PATH", str(root / "design" / "deep"))
    assert (find_project().root, find_project().config_file) == (root / "design" / "deep", None)


def test_sources_that_are_given_come_before_those_of_the_project(root):
    (root / "dss.toml").write_text(CONFIG)
    assert [p.as_posix() for p in sources_of(find_project(), ("tokens",))] == ["tokens/t.json"]


def test_without_sources_the_folder_tokens_is_read(root):
    (root / "dss.toml").write_text('[project]\nname = "acme"\n')
    assert [p.name for p in sources_of(find_project(), ())] == ["t.json"]
    assert [p.name for p in sources_of(Project(root), ())] == ["t.json"]


def test_without_anything_it_is_said_what_to_do(tmp_path):
    with pytest.raises(InputError) as caught:
        sources_of(Project(tmp_path), ())
    assert (caught.value.code, "dss init" in caught.value.diagnostics[0].hint) == ("DSS113", True)


def test_a_configuration_of_any_name_makes_its_folder_the_root(root):
    (root / "design" / "x.toml").write_text(CONFIG)
    assert named_config(root / "design" / "x.toml").root == root / "design"
    with pytest.raises(InputError):
        named_config(root / "nope.toml")


def test_a_byte_order_mark_is_no_fault_and_another_encoding_is(root):
    (root / "dss.toml").write_bytes(b"\xef\xbb\xbf" + CONFIG.encode())
    assert find_project().config.project.name == "acme"
    (root / "dss.toml").write_bytes('[project]\nname = "café"\n'.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        _ = find_project().config
    assert (caught.value.code, caught.value.diagnostics[0].file) == ("DSS101", "dss.toml")
