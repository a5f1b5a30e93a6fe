"""The house rules that a machine can check: who may import whom, and where things may stand."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("dss", "dss_tokens", "figma", "translators", "storybook_gen")
MODULES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
TOP = {
    *PACKAGES,
    *("tests", "fixtures", "docs", "benchmarks", "ui", "plugin", "examples", "requirements"),
    *("pyproject.toml", "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"),
}
MOST_LINES = 500


def name_of(file):
    return str(file.relative_to(ROOT))


def tracked():
    """The files of the project: what git knows, where it can be asked."""
    import subprocess

    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return listed.stdout.splitlines()


@pytest.mark.slow
def test_the_import_rules_hold(capsys):
    from importlinter.cli import lint_imports

    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), is_debug_mode=True)
    assert status == 0, capsys.readouterr().out


def test_every_package_stands_in_the_import_rules():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert sorted(settings["importlinter"]["root_packages"]) == sorted(PACKAGES)
    assert sorted(settings["hatch"]["build"]["targets"]["wheel"]["packages"]) == sorted(PACKAGES)
    assert sorted(settings["mypy"]["packages"]) == sorted(PACKAGES)


def test_nothing_new_lies_at_the_top():
    found = {name.partition("/")[0] for name in tracked()}
    assert {name for name in found if not name.startswith(".")} <= TOP


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_typed_and_marked_as_ours(package):
    assert (ROOT / package / "py.typed").exists()
    if package != "dss":
        assert '__distribution__ = "dss-design-tokens"' in (ROOT / package / "__init__.py").read_text()


def test_tests_are_no_packages():
    # In pytest's default mode a package tests/figma could answer to "import figma".
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_test_files_have_unique_names():
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_modules_are_named_after_a_thing_and_stay_small(file):
    assert file.stem not in {"utils", "util", "helpers", "common", "core", "misc"}
    assert "_and_" not in file.stem
    assert len(file.read_text().splitlines()) <= MOST_LINES, "split it along a noun"


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_across_packages_imports_are_absolute_and_inside_relative(file):
    own = file.relative_to(ROOT).parts[0]
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            assert node.module.partition(".")[0] != own, f"line {node.lineno}: import it relatively"


@pytest.mark.parametrize("name", ["build", "run", "test"])
def test_locks_pin_by_hash_and_name_no_registry(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text and "--index" not in text
    entries = text.replace("\\\n", " ").splitlines()
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    # the fuzzer has wheels for Linux alone, and no test needs it
    extras = [line for extra, lines in project["optional-dependencies"].items() if extra != "fuzz" for line in lines]
    wanted = {"run": project["dependencies"]}
    wanted["test"] = wanted["run"] + [line for line in extras if not line.startswith("dss-design-tokens")]
    for name, requirements in wanted.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        missing = [r for r in requirements if f"\n{re.split('[<[>=!~; ]', r)[0].lower()}==" not in f"\n{text}"]
        assert not missing, "run 'make lock'"


def test_nothing_names_a_folder_of_somebody_s_machine():
    for name in tracked():
        file = ROOT / name
        if file.is_file() and file.suffix in {".py", ".md", ".toml", ".txt", ".json", ".yml", ""}:
            text = file.read_bytes()
            assert b"/ho" + b"me/" not in text and b"/ro" + b"ot/." not in text, name
