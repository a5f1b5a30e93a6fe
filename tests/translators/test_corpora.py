"""Real design systems, translated with ``fixtures/corpora``: it is what their owners ship, and tools read it."""

import importlib.util
import itertools
import json
import re
import shutil
import subprocess
import sys
import xml.dom.minidom
from pathlib import Path

import pytest

from dss_tokens.resolve.embedded import CSS_WIDE_KEYWORDS

ROOT = Path(__file__).parent.parent.parent
CONFIGS = ROOT / "fixtures" / "corpora"
CASES = sorted(
    file.relative_to(CONFIGS).with_suffix("").as_posix()
    for file in CONFIGS.glob("*/*")
    if file.suffix in (".toml", ".json") and "platform" in file.read_text(encoding="utf-8")
)
TOOLS = ROOT / "tests" / "tools"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def corpora(team_data):
    folder = team_data / "corpora"
    if not folder.is_dir():
        pytest.skip("the team's data has no corpora")
    return folder


@pytest.fixture
def project(corpora, dss, tmp_path, monkeypatch):
    """The sources of a corpus with the files beside a configuration; runs that, or another text in its place."""

    def translate(case, text=None, out="out"):
        corpus, theme = case.split("/")
        if not (tmp_path / "sources").exists():
            (tmp_path / "sources").symlink_to(corpora / corpus / "sources")
            for file in (CONFIGS / corpus).iterdir():
                shutil.copy(file, tmp_path)
        monkeypatch.chdir(tmp_path)
        (config,) = [name for name in (f"{theme}.toml", f"{theme}.json") if (CONFIGS / corpus / name).exists()]
        if text is not None:
            (tmp_path / config).write_text(text, encoding="utf-8")
        done = dss("translate", "--config", config, "-o", out)
        assert done.status == 0, done.err[-2000:]
        return sorted(file for file in (tmp_path / out).rglob("*") if file.is_file())

    return translate


@pytest.fixture(scope="module")
def oracle(corpora):
    spec = importlib.util.spec_from_file_location("corpora_oracle", corpora / "oracle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("case", CASES)
def test_the_owners_properties_come_out(case, project, oracle, corpora, declarations):
    """At least as many as of any tool that was tried; each stylesheet is read without an error."""
    corpus, theme = case.split("/")
    wanted = json.loads((corpora / corpus / "expected.json").read_text("utf-8"))[theme]
    peers = corpora / corpus / "peers.json"
    peer = json.loads(peers.read_text("utf-8")).get(theme, {}) if peers.exists() else {}
    found = {}
    for file in project(case):
        text = file.read_text("utf-8")
        if file.suffix == ".json":
            found |= {name: str(value) for name, value in json.loads(text).items()}
        else:
            found |= oracle.properties(text)
        if file.suffix == ".css":
            assert declarations(text)
    equal, differ, missing, _ = oracle.compare(wanted, found, resolved=True, is_loose=True)
    assert len(equal) >= peer.get("equal_resolved_loose", 0), (differ[:3], missing[:3])
    assert len(equal) >= 0.92 * len(wanted), (differ[:3], missing[:3])


def scss_of(case):
    """A configuration of CSS for SCSS instead."""
    text = (CONFIGS / f"{case}.toml").read_text("utf-8")
    text = re.sub(r'^format = "css.*"$', 'format = "scss/variables"', text, flags=re.M)
    return re.sub(r'^out = "(.*)\.css"$', r'out = "_\1.scss"', text, flags=re.M)


@pytest.mark.parametrize("case", [case for case in CASES if (CONFIGS / f"{case}.toml").exists()])
def test_dart_sass_compiles_the_same_tokens_as_scss(case, project, compiled):
    files = [file for file in project(case, scss_of(case)) if file.suffix == ".scss"]
    assert files
    for file in files:
        assert len(compiled(file)) >= 0.9 * file.read_text("utf-8").count("\n$")


def test_lightningcss_finds_nothing_wrong(project, dss, corpora, tmp_path, monkeypatch):
    node = shutil.which("node")
    if node is None or not (TOOLS / "node_modules" / "lightningcss").exists():
        pytest.skip("lightningcss is not installed: npm ci --prefix tests/tools")
    sheets = []
    for case in CASES:
        corpus, theme = case.split("/")
        folder = tmp_path / corpus
        if not folder.exists():
            folder.mkdir()
            (folder / "sources").symlink_to(corpora / corpus / "sources")
            for file in (CONFIGS / corpus).iterdir():
                shutil.copy(file, folder)
        monkeypatch.chdir(folder)
        config = next(name for name in (f"{theme}.toml", f"{theme}.json") if (folder / name).exists())
        assert dss("translate", "--config", config, "-o", f"out/{theme}").status == 0
        sheets += sorted((folder / "out" / theme).rglob("*.css"))
    ended = subprocess.run([node, TOOLS / "lightningcss.mjs", *sheets], capture_output=True, text=True, timeout=120)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr[-2000:]


# -- code

LANGUAGES = {
    "less": "tokens.less", "stylus": "tokens.styl", "javascript": "tokens.mjs", "react-native": "native.mjs",
    "typescript": "tokens.ts", "swift": "Tokens.swift", "compose": "Tokens.kt", "flutter": "tokens.dart",
    "android": "android", "python": "tokens.py", "tailwind": "tailwind.css",
}  # fmt: skip
CODED = ["abgov/default", "hpe/light", "open-props/resolver", "spectrum/light-desktop", "telekom/telekom-light"]


@pytest.fixture
def coded(project, tmp_path):
    """What a corpus is in every language, with its own names: the folder."""

    def translate(case):
        head, _, _ = (CONFIGS / f"{case}.toml").read_text("utf-8").partition("[platform")
        platforms = [f'[platform.{n}]\nformat = "{n}"\nout = "{out}"\n' for n, out in LANGUAGES.items()]
        project(case, head + "\n".join(platforms))
        return tmp_path / "out"

    return translate


def run(*words, **more):
    ended = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, **more)
    assert ended.returncode == 0, (words, ended.stdout[-1000:] + ended.stderr[-1000:])


def tool(name):
    found = TOOLS / "node_modules" / ".bin" / name
    if not found.exists() or shutil.which("node") is None:
        pytest.skip(f"{name} is not installed: npm ci --prefix tests/tools")
    return found


@pytest.mark.parametrize("case", CODED)
def test_the_tools_of_every_language_accept_the_tokens(case, coded):
    out = coded(case)
    run(sys.executable, "-W", "error", out / "tokens.py")
    for file in (out / "android").rglob("*.xml"):
        xml.dom.minidom.parse(str(file))
    run(tool("lessc"), out / "tokens.less")
    run(tool("stylus"), "-p", out / "tokens.styl")
    strict = ("--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler")
    run(tool("tsc"), *strict, "--lib", "es2022,dom", out / "tokens.ts")
    for name in ("tokens.mjs", "native.mjs"):
        run("node", "--input-type=module", "-e", f"await import({json.dumps((out / name).as_uri())})")
    (out / "node_modules").symlink_to(TOOLS / "node_modules")
    (out / "in.css").write_text('@import "tailwindcss";\n@import "./tailwind.css";\n')
    run(tool("tailwindcss"), "-i", "in.css", "-o", "made.css", cwd=out)


@pytest.mark.parametrize("case", CODED)
def test_the_grammars_of_every_language_parse_the_tokens(case, coded):
    tree_sitter = pytest.importorskip("tree_sitter")
    out = coded(case)
    for file, grammar in (("Tokens.swift", "swift"), ("Tokens.kt", "kotlin"), ("tokens.dart", "dart")):
        language = tree_sitter.Language(pytest.importorskip(f"tree_sitter_{grammar}").language())
        root = tree_sitter.Parser(language).parse((out / file).read_bytes()).root_node
        assert not root.has_error, file


# -- every mode in one stylesheet


def chromium():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no chromium")
    return found


PAGE = """<!doctype html><meta charset="utf-8"><style>%s</style><div id="inner"></div><pre id="out"></pre>
<script>
const inner = document.getElementById("inner"), wrong = [];
let count = 0;
for (const {attributes, expected} of %s) {
  for (const element of [document.documentElement, inner]) {
    for (const {name} of [...element.attributes]) if (name !== "id") element.removeAttribute(name);
  }
  for (const element of [document.documentElement, inner]) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    const style = getComputedStyle(inner);
    for (const [name, value] of Object.entries(expected)) {
      count += 1;
      const got = style.getPropertyValue(name).trim();
      if (got !== value) wrong.push([attributes, element.id, name, got, value]);
    }
    for (const name of Object.keys(attributes)) element.removeAttribute(name);
  }
}
document.getElementById("out").textContent = JSON.stringify({count, all: wrong.length, wrong: wrong.slice(0, 5)});
</script>"""

MODES = {
    "gitlab-ui/light": {"mode": ["default", "dark"]},
    "telekom/telekom-light": {"mode": ["light", "dark"]},
    "spectrum/light-desktop": {"scheme": ["light", "dark", "wireframe"], "scale": ["desktop", "mobile"]},
}


def rewritten(case, inputs=None):
    """A configuration for all modes with references, or for one choice of them without any."""
    text = (CONFIGS / f"{case}.toml").read_text("utf-8")
    text = re.sub(r"^(inputs|references) = .*\n", "", text, flags=re.M)
    if inputs is not None:
        chosen = ", ".join(f'{name} = "{context}"' for name, context in inputs.items())
        more = f"[platform.css]\nreferences = false\ninputs = {{ {chosen} }}\n"
        text = text.replace("[platform.css]\n", more)
    return text


@pytest.mark.parametrize("case", MODES)
def test_browsers_compute_the_tokens_of_every_mode_from_one_stylesheet(case, project, declarations, tmp_path):
    def sheet(inputs, out):
        (file,) = project(case, rewritten(case, inputs), out)
        return file.read_text("utf-8")

    whole = sheet(None, "all")
    cases = []
    for contexts in itertools.product(*MODES[case].values()):
        inputs = dict(zip(MODES[case], contexts, strict=True))
        # Where the owners' own values refer to properties, or are keywords of inheritance, the browser goes on.
        expected = {
            found.name: found.value
            for found in declarations(sheet(inputs, "-".join(contexts)))
            if "var(" not in found.value and found.value not in CSS_WIDE_KEYWORDS
        }
        attributes = {f"data-{name}": context for name, context in inputs.items()}
        cases.append({"attributes": attributes, "expected": expected})
    assert "var(--" in whole and "data-" in whole
    page = tmp_path / "page.html"
    page.write_text(PAGE % (whole, json.dumps(cases).replace("</", "<\\/")), encoding="utf-8")
    ended = subprocess.run(
        [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    match = re.search(r'<pre id="out">(.+?)</pre>', ended.stdout, re.S)
    assert match, ended.stderr[-2000:]
    found = json.loads(match[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
    assert found["wrong"] == [], found["all"]
    assert found["count"] > 1000
