"""Generated Storybooks, built by the real one and opened in Chromium: no error, no request to anywhere else, no
accessibility fault, and the values that ``dss resolve`` prints.

Needs npm and Chromium, else it is skipped. What npm installs is kept in ``DSS_TEST_CACHE``, by default in the user's
cache folder.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from dss import wiring
from dss.service.resolving import resolve
from dss.service.storybook_build import BUILT, STAMP, server
from dss_tokens.color import parse_css, to_hex

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "fixtures" / "storybook" / "sample" / "tokens.resolver.json"
BEFORE = ROOT / "fixtures" / "storybook" / "before"
FRAMEWORKS = ROOT / "storybook_gen" / "frameworks"

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def cache():
    own = os.environ.get("DSS_TEST_CACHE")
    return Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dss-tests"


def installed(folder):
    """A folder with the node_modules that the lock in *folder* pins, installed once for all runs."""
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    place = cache() / digest[:16]
    if not (place / "done").exists():
        making = cache() / f"{digest[:16]}.{os.getpid()}"
        making.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, making)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        ended = subprocess.run(command, cwd=making, capture_output=True, encoding="utf-8", timeout=240, check=False)
        if ended.returncode:
            shutil.rmtree(making)
            pytest.skip(f"npm could not install: {ended.stderr[-200:]}")
        (making / "node_modules" / STAMP).write_text(digest)
        (making / "done").touch()
        try:
            making.rename(place)
        except OSError:  # another worker was quicker
            shutil.rmtree(making)
    return place / "node_modules"


def dss(*arguments, cwd=None):
    command = [sys.executable, "-m", "dss", *map(str, arguments)]
    ended = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", timeout=240, check=False)
    assert ended.returncode == 0, ended.stderr[-4000:]
    return ended


def built(folder, *arguments, framework="html-vite"):
    """A Storybook in *folder*, generated with *arguments* and built; the packages are a link to the shared ones."""
    folder.mkdir(parents=True)
    (folder / "node_modules").symlink_to(installed(FRAMEWORKS / framework))
    dss("storybook", *arguments, "-o", folder, "--framework", framework, "--build")
    return folder


def entries(folder):
    return json.loads((folder / BUILT / "index.json").read_text())["entries"]


def promised(folder):
    return set(json.loads((folder / "dss-tokens" / "public" / "tokens.manifest.json").read_text())["stories"])


def site(folder):
    return json.loads((folder / "dss-tokens" / "data" / "site.json").read_text())


@contextmanager
def served(folder):
    with server(folder / BUILT, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_address[1]}"
        finally:
            running.shutdown()
            thread.join()


def visited(folder, pages, **plan):
    """What came of opening *pages*, in their order."""
    with served(folder) as base:
        plan = {"base": base, "executable": CHROMIUM, "timeout": 40_000, "pages": pages, **plan}
        plan["modules"] = str(installed(HERE / "browser").parent)
        command = ["node", str(HERE / "browser" / "visit.mjs")]
        ended = subprocess.run(
            command, input=json.dumps(plan), capture_output=True, encoding="utf-8", timeout=280, check=False
        )
    assert ended.returncode == 0, ended.stderr[-4000:]
    return json.loads(ended.stdout)


def page(folder, name, **more):
    """The entry whose id begins with *name*."""
    index = entries(folder)
    found = next(key for key in index if key.startswith(name))
    return {"id": found, "view": "docs" if index[found]["type"] == "docs" else "story", **more}


def probe(name):
    """The body of a function that runs in the page."""
    return (HERE / "browser" / "probes" / f"{name}.js").read_text()


def faults(results):
    return {result["id"]: result["problems"] for result in results if result["problems"]}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "storybook"
    return built(folder, "--resolver", SAMPLE, "--since", BEFORE, "--title", "Sample")


def test_the_index_holds_just_the_stories_that_were_computed(sample):
    """``storybook index`` opens no browser: it reads every story and page, and fails on each that is malformed."""
    target = sample / "index.json"
    command = ["npx", "storybook", "index", "--output-file", str(target), "--disable-telemetry"]
    ended = subprocess.run(command, cwd=sample, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    index = json.loads(target.read_text())
    target.unlink()
    assert index["v"] == 5
    assert set(index["entries"]) == promised(sample) == set(entries(sample))


def test_every_page_is_sound_in_the_default_contexts(sample):
    index = entries(sample)
    tables = [key for key in index if key.startswith(("dss-group", "reference"))]  # all made by the same few lines
    pages = [page(sample, key) for key in index if key not in tables[1::3] + tables[2::3]]
    assert faults(visited(sample, pages, parallel=2)) == {}


def test_every_page_is_sound_in_the_dark_and_on_a_telephone(sample):
    contexts = {"theme": "dark", "density": "compact"}
    shown = [key for key in entries(sample) if "group" not in key and "reference" not in key and "checks" not in key]
    results = visited(
        sample,
        [page(sample, key, globals=contexts, width=390, height=844, probe=probe("contexts")) for key in shown],
        parallel=2,
    )
    assert faults(results) == {}
    assert {tuple(result["probe"]) for result in results} == {("dark", "compact", "dark")}


def test_pages_without_stories_have_no_accessibility_fault(sample):
    shown = ["using-the-tokens", "reference-palette"]
    results = visited(
        sample, [page(sample, key, axe=True, globals={"theme": mode}) for key in shown for mode in ("light", "dark")]
    )
    ours = {key: [p for p in problems if "sbdocs" not in p or "dss-" in p] for key, problems in faults(results).items()}
    assert {key: problems for key, problems in ours.items() if problems} == {}


def resolved(**inputs):
    return resolve(wiring.read((), SAMPLE), inputs).base.tokens


@pytest.mark.parametrize("toolbar", ["light", "dark"])
def test_colours_are_those_that_are_resolved_whatever_the_toolbar_says(sample, toolbar):
    (result,) = visited(
        sample, [page(sample, "dss-roles", probe=probe("cells"), globals={"theme": toolbar})], quick=True
    )
    css = wiring.stylesheets().css_values
    wanted = {"light": resolved(theme="light"), "dark": resolved(theme="dark")}
    wanted["Every context"] = wanted["Value"] = wanted[toolbar]
    seen = set()
    for path, context, drawn, text in result["probe"]:
        token = wanted[context][path]
        color = parse_css(drawn)
        assert to_hex(color) == to_hex(token.value), (path, context)
        assert color.get("alpha", 1) == pytest.approx(token.value.get("alpha", 1), abs=0.01)
        assert text == css.literal("color", token.value)
        seen.add(path)
    assert len(seen) > 10


@pytest.mark.parametrize("density", ["comfortable", "compact"])
def test_lengths_are_those_that_are_resolved(sample, density):
    shown = ("dss-spacing", "dss-sizing", "dss-typography")
    results = visited(
        sample, [page(sample, key, probe=probe("lengths"), globals={"density": density}) for key in shown], quick=True
    )
    tokens = resolved(density=density)
    drawn = [pair for result in results for pair in result["probe"]]
    assert len(drawn) > 15
    for path, text in drawn:
        value = tokens[path].value
        pixels = value["value"] * (16 if value["unit"] == "rem" else 1)
        assert text in ("normal" if pixels == 0 else None, f"{pixels:g}px"), path


def test_text_styles_are_those_that_are_resolved(sample):
    (result,) = visited(sample, [page(sample, "dss-typography", probe=probe("text_style"))], quick=True)
    assert result["probe"] == ['Inter, "Helvetica Neue", sans-serif', "32px", "700", "38.4px", "-0.5px"]


def test_copying_searching_and_details_work(sample):
    (result,) = visited(sample, [page(sample, "dss-all", probe=probe("working"))], quick=True)
    assert result["problems"] == []
    assert result["probe"] == {
        "rows": ["palette.blue.600"],
        "copied": [
            "var(--palette-blue-600)", "$palette-blue-600", 'tokens.palette.blue["600"]', "palette.blue.600",
            "{palette.blue.600}", "#1f58db",
        ],
        "value": "oklch(0.51 0.209 263.2)",
        "old": ["link.fg"],
        "shadows": 2,
        "detail": "elevation.card",
        "url": "elevation.card",
    }  # fmt: skip


def test_where_copying_is_refused_the_text_is_shown_and_selected(sample):
    (result,) = visited(
        sample,
        [page(sample, "dss-all", query={"token": "space.8"}, probe=probe("refused"))],
        refuseClipboard=True,
        quick=True,
    )
    assert "refuses" in result["probe"][0] and "var(--space-8)" in result["probe"][0]
    assert result["probe"][1].strip() == "var(--space-8)"


def test_switching_the_context_keeps_the_page_and_changes_its_values(sample):
    (result,) = visited(sample, [page(sample, "dss-all", probe=probe("switching"))], quick=True)
    assert result["probe"] == [True, "control padding", "compact", "dark", "rgb(15, 17, 21)"]


def test_the_manager_follows_the_context(sample):
    results = visited(
        sample,
        [
            page(sample, "dss-overview", manager=True, globals={"theme": mode}, probe=probe("manager_ink"))
            for mode in ("light", "dark")
        ],
    )
    allowed = "PopoverProvider"  # Storybook's own notice to the authors of toolbars
    assert [p for result in results for p in result["problems"] if allowed not in p] == []
    light, dark = (sum(map(int, result["probe"][4:-1].split(",")[:3])) for result in results)
    assert dark > light


def test_nothing_moves_where_less_motion_is_asked_for(sample):
    calm, lively = (
        visited(sample, [page(sample, "dss-motion", probe=probe("playing"))], reducedMotion=choice, quick=True)[0][
            "probe"
        ]
        for choice in ("reduce", "no-preference")
    )
    assert calm == [0, True, 0]
    assert lively[:2] == [1, False]


def test_the_demo_is_sound_in_every_context(tmp_path):
    dss("demo", tmp_path / "demo")
    folder = built(tmp_path / "storybook", "--config", tmp_path / "demo" / "dss.toml")
    assert set(entries(folder)) == promised(folder)
    shown = [key for key in entries(folder) if not key.startswith(("dss-group", "reference", "dss-checks"))]
    themes = [context["key"] for context in site(folder)["modifiers"][0]["contexts"]]
    pages = [page(folder, key, globals={"theme": themes[place % len(themes)]}) for place, key in enumerate(shown)]
    pages += [page(folder, key, globals={"theme": theme}) for key in ("dss-roles", "dss-contrast") for theme in themes]
    assert faults(visited(folder, pages, parallel=2)) == {}


def test_a_real_design_system_is_sound(tmp_path, team_data):
    folder = built(tmp_path / "storybook", team_data / "corpora" / "primer" / "sources", "--title", "Primer")
    assert set(entries(folder)) == promised(folder)
    shown = [key for key in entries(folder) if not key.startswith(("dss-group", "reference"))]
    assert faults(visited(folder, [page(folder, key) for key in shown], parallel=2)) == {}


def test_ten_thousand_tokens_are_sound(tmp_path):
    subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "corpus.py", "10000", tmp_path, "--contexts", "3"], check=True
    )
    folder = built(tmp_path / "storybook", "--resolver", tmp_path / "tokens.resolver.json")
    assert set(entries(folder)) == promised(folder)
    shown = (
        "dss-overview",
        "dss-scales",
        "dss-roles",
        "dss-contrast",
        "dss-typography",
        "dss-all",
        "dss-graph",
        "dss-modes",
        "dss-checks",
    )
    keys = [key for key in entries(folder) if key.startswith(shown)]
    modifier = site(folder)["modifiers"][0]
    contexts = [context["key"] for context in modifier["contexts"]]
    pages = [
        page(folder, key, globals={modifier["key"]: contexts[place % len(contexts)]}) for place, key in enumerate(keys)
    ]
    assert faults(visited(folder, pages)) == {}


def test_hostile_texts_change_nothing_but_the_text(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(HERE)
    import hostile_tokens

    document = hostile_tokens.write_project(tmp_path / "tokens")
    folder = built(tmp_path / "storybook", "--resolver", document, "--title", hostile_tokens.TEXTS["script"])
    index = entries(folder)
    assert set(index) == promised(folder)
    groups = [key for key in index if key.startswith(("dss-group", "reference"))]
    shown = [key for key in index if key not in groups and "checks" not in key] + groups[:: max(1, len(groups) // 24)]
    modifier = site(folder)["modifiers"][0]
    look = probe("hostile")
    pages = [
        page(folder, key, probe=look, globals={modifier["key"]: modifier["contexts"][place % 3]["key"]})
        for place, key in enumerate(shown)
    ]
    detail = (
        "while (!document.querySelector('dialog[open] article')) await new Promise((done) => setTimeout(done, 30));"
    )
    pages += [
        page(folder, "dss-all", probe=detail + look, query={"token": f"{name}.colour"})
        for name in hostile_tokens.NAMES[:6]
    ]
    pages.append(
        page(
            folder,
            "dss-overview",
            manager=True,
            probe="return { hacked: window.parent.hacked ?? null, scripts: 0, shown: [] }",
        )
    )
    results = visited(folder, pages, parallel=2, quick=True)
    assert [p for result in results for p in result["problems"] if "PopoverProvider" not in p] == []
    assert {(result["probe"]["hacked"], result["probe"]["scripts"]) for result in results} == {(None, 0)}
    descriptions = {text for result in results for text in result["probe"]["shown"]}
    assert descriptions >= {hostile_tokens.TEXTS[key] for key in ("script", "template", "jsx", "css", "bidi", "long")}


def test_older_hostile_files_are_sound_too(tmp_path, team_data):
    files = sorted((team_data / "hostile-json").glob("inject-*.json"))
    folder = tmp_path / "tokens"
    folder.mkdir()
    for file in files:
        (folder / file.name).write_text(json.dumps({file.stem: json.loads(file.read_text())}))
    folder = built(tmp_path / "storybook", folder)
    results = visited(folder, [page(folder, key) for key in entries(folder) if "checks" not in key], quick=True)
    assert faults(results) == {}


def test_a_storybook_that_exists_gets_the_pages_and_the_toolbar(tmp_path):
    folder = tmp_path / "storybook"
    (folder / ".storybook").mkdir(parents=True)
    (folder / "stories").mkdir()
    (folder / "node_modules").symlink_to(installed(FRAMEWORKS / "html-vite"))
    shutil.copy(FRAMEWORKS / "html-vite" / "package.json", folder)
    (folder / ".storybook" / "main.js").write_text(
        "export default { framework: '@storybook/html-vite', addons: ['@storybook/addon-docs'],"
        " stories: ['../stories/*.stories.js', '../dss-tokens/**/*.mdx', '../dss-tokens/**/*.stories.js'] };\n"
    )
    (folder / ".storybook" / "preview.js").write_text(
        "import { annotations } from '../dss-tokens/preview.js';\nexport default { ...annotations };\n"
    )
    (folder / "stories" / "own.stories.js").write_text(
        "export default { title: 'Own' };\n"
        "export const A = { render: () => '<b style=\"color: var(--accent-text)\">own</b>' };\n"
    )
    dss("storybook", "--resolver", SAMPLE, "-o", folder)
    command = ["npm", "run", "--silent", "build"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=240, check=False)
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    look = "return getComputedStyle(document.querySelector('#storybook-root b, main')).color"
    own = {"id": "own--a", "globals": {"theme": "dark"}, "probe": look}
    results = visited(folder, [own, page(folder, "dss-roles", globals={"theme": "dark"})])
    assert faults(results) == {}
    assert to_hex(parse_css(results[0]["probe"])) == to_hex(resolved(theme="dark")["accent.text"].value)


@pytest.mark.parametrize("framework", ["web-components-vite", "react-vite"])
def test_the_stories_run_in_other_frameworks(tmp_path, framework):
    folder = built(tmp_path / "storybook", "--resolver", SAMPLE, framework=framework)
    assert set(entries(folder)) == promised(folder)
    shown = ("dss-overview", "dss-roles", "dss-typography", "dss-checks--search-table", "using")
    assert faults(visited(folder, [page(folder, key, globals={"theme": "dark"}) for key in shown], quick=True)) == {}
