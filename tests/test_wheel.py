"""The built wheel, alone in an empty environment: what users get."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = {"dss", "dss_tokens", "figma", "translators", "storybook_gen"}

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command, cwd=None):
    # Nothing of this checkout and of the user's settings may leak in.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DSS_"))}
    ended = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=280
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The ``bin`` folder of an environment that holds the wheel and what it requires, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [scripts / "python", "-m", "pip", "-q", "--disable-pip-version-check", "install"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    run(scripts / "python", "-m", "pip", "check", cwd=folder)
    return scripts


def test_it_is_one_pure_wheel_of_five_packages(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES
    assert {f"{package}/py.typed" for package in PACKAGES} <= set(names)


def test_it_holds_every_file_of_the_packages_and_no_test(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    ours = {
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert {name for name in names if ".dist-info/" not in name} == ours
    assert not [name for name in names if "test" in name.split("/")[0] or "fixtures" in name]


def test_it_runs_in_an_empty_environment(environment, tmp_path):
    assert run(environment / "dss", "--version", cwd=tmp_path).startswith("dss ")
    assert run(environment / "python", "-m", "dss", "--version", cwd=tmp_path).startswith("dss ")
    run(environment / "dss", "doctor", cwd=tmp_path)


def test_the_demo_runs_there(environment, tmp_path):
    run(environment / "dss", "demo", "tour", cwd=tmp_path)
    made = {file.suffix for file in (tmp_path / "tour").rglob("*") if file.is_file()}
    assert {".css", ".scss", ".json", ".toml"} <= made


def test_doctor_notices_a_package_that_another_distribution_overwrote(environment, tmp_path):
    code = "import translators; print(translators.__file__)"
    file = Path(run(environment / "python", "-c", code, cwd=tmp_path).strip())
    ours = file.read_bytes()
    file.write_text("raise SystemExit('a stranger ran')\n")
    try:
        ended = subprocess.run([environment / "dss", "doctor"], capture_output=True, encoding="utf-8", cwd=tmp_path)
    finally:
        file.write_bytes(ours)
    assert ended.returncode == 1
    assert "error[DSS901]" in ended.stderr and str(file) in ended.stderr
