"""The documentation is true: its commands run and print what it says, its generated pages are current."""

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted(DOCS.rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="([^"]+)"')
STATUS = re.compile(r"\s+# status (\d+)$")
PROGRAMS = {"dss", "cat", "cd", "git", "ls"}
GIT = {
    f"GIT_{who}_{what}": text
    for who in ("AUTHOR", "COMMITTER")
    for what, text in (("NAME", "Ann"), ("EMAIL", "ann@example.com"))
} | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
"""Nothing of the machine's own configuration, and somebody to commit."""


def name_of(page):
    return str(page.relative_to(ROOT))


def load(file):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(text):
    """``$ command`` lines of a console block, each with the output that follows it."""
    for part in re.split(r"^\$ ", text.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        yield line.strip(), output.rstrip("\n")


def matches(expected, printed):
    """Whether *printed* is what the page shows; ``…`` stands for anything in a line, alone for any lines."""
    lines = [
        r"(?:.*\n)*?" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + r"\n"
        for line in expected.strip("\n").split("\n")
    ]
    return re.fullmatch("".join(lines), printed.strip("\n") + "\n") is not None


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_commands_of_a_page_do_what_it_says(page, tmp_path):
    """The blocks of a page in turn, in one folder; a block with a title is a file that is written there."""
    with figma(page.read_text(encoding="utf-8")) as text:
        run_page(text, tmp_path)


FAKE = "http://127.0.0.1:8765"
"""What pages tell people to start in another terminal."""


@contextmanager
def figma(text):
    """*text* with the address of a Figma of our own, where it names one."""
    if FAKE not in text:
        yield text
        return
    from dss import wiring
    from dss.server.fake_figma import server
    from dss.service.touring import demo_payload

    fake = wiring.fake_figma({"harbourHarbour": json.loads(demo_payload())})
    with server(fake, "127.0.0.1", 0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield text.replace(FAKE, f"http://127.0.0.1:{listening.server_port}")
        listening.shutdown()


def run_page(page, folder):
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment |= {"CI": "true", "NO_COLOR": "1", "FIGMA_TOKEN": "figd_of_nobody"} | GIT
    environment.pop("DSS_BASE_PATH", None)
    for language, info, text in BLOCK.findall(page):
        if title := TITLE.search(info):
            file = folder / title[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        if language == "python":
            ended = subprocess.run([sys.executable, "-c", text], cwd=folder, env=environment, capture_output=True)
            assert ended.returncode == 0, ended.stderr.decode()
        if language != "console":
            continue
        for line, expected in commands(text):
            status = STATUS.search(line)
            command = line[: status.start()] if status else line
            words = shlex.split(command)
            assert words[0] in PROGRAMS, f"the test does not run {words[0]}"
            if words[0] == "git" and shutil.which("git") is None:
                pytest.skip("git is not installed")
            if words[0] == "cd":
                folder = folder / words[1]
                continue
            ended = subprocess.run(
                command,
                shell=True,
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=120,
            )
            assert ended.returncode == int(status[1] if status else 0), f"$ {command}\n{ended.stdout}"
            if expected:
                assert matches(expected, ended.stdout), f"$ {command}\n{ended.stdout}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    targets += re.findall(r'(?:src|srcset|href)="([^"#]+)"', page.read_text(encoding="utf-8"))
    for target in targets:
        assert "://" in target or (page.parent / target).exists(), target


def test_the_readme_shows_exactly_two_set_up_commands():
    blocks = BLOCK.findall((ROOT / "README.md").read_text())
    shell = [line for language, _, text in blocks if language == "sh" for line in text.splitlines()]
    assert [line.split("#")[0].strip() for line in shell] == ["make demo", "make test"]


@pytest.mark.parametrize("name", ["cli.md", "diagnostics.md"])
def test_generated_pages_are_current(name):
    is_current = load(DOCS / "generate.py").pages()[name] == (DOCS / name).read_text(encoding="utf-8")
    assert is_current, "run 'make docs'"  # not the two pages: CI would print them whole


def test_every_page_is_reached_from_the_index():
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")} - {"index.md"}
    missing = {page for page in pages if page not in index and not page.startswith("decisions/")}
    assert not missing


def test_decisions_are_numbered_and_say_what_was_given_up():
    for page in (DOCS / "decisions").glob("*.md"):
        number = re.match(r"(\d{4})-[a-z0-9-]+\.md$", page.name)
        assert number, page.name
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(number[1])}. "), page.name
        assert all(f"{word}:" in text for word in ("Context", "Decision", "Given up")), page.name


def test_the_changelog_has_a_place_for_what_comes():
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("expected", "printed", "is_so"),
    [
        ("a\n…\nz", "a\nb\nc\nz\n", True),
        ("…\na\n…", "a", True),
        ("a\n…\nz", "a\nz", True),
        ("a … z", "a b z", True),
        ("a … z", "a b\nz", False),
        ("a", "a\nb", False),
        ("(a.b)", "(a.b)", True),
    ],
)
def test_output_is_compared_with_gaps(expected, printed, is_so):
    assert matches(expected, printed) is is_so
