"""What the formats write is read by the tools it is for: compilers, type checkers, grammars, Tailwind."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import xml.dom.minidom
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
WANT = ROOT / "fixtures" / "golden" / "languages" / "themed" / "want"
BOTH = pytest.mark.parametrize(
    "want", [WANT, WANT.parent.parent / "complete" / "want"], ids=lambda want: want.parent.name
)
TOOLS = ROOT / "tests" / "tools" / "node_modules"

pytestmark = pytest.mark.slow


def run(*words, **more):
    ended = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, **more)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def node():
    found = shutil.which("node")
    if found is None:
        pytest.skip("Node is not installed")
    return found


@pytest.fixture
def tool(node):
    def path(name):
        found = TOOLS / ".bin" / name
        if not found.exists():
            pytest.skip(f"{name} is not installed: npm ci --prefix tests/tools")
        return found

    return path


@pytest.mark.parametrize(("file", "key", "value"), [
    ("tokens.mjs", "color-ink", "#14213d"), ("tokens.native.mjs", "colorInk", "#14213d"),
])  # fmt: skip
def test_node_imports_the_modules(node, file, key, value):
    code = f"import({json.dumps((WANT / file).as_uri())}).then(m => console.log(JSON.stringify(m)))"
    module = json.loads(run(node, "-e", code))
    assert module["tokens"][key] == value


def test_contexts_of_the_javascript_module_hold_what_differs(node):
    code = f"import({json.dumps((WANT / 'tokens.mjs').as_uri())}).then(m => console.log(JSON.stringify(m.contexts)))"
    assert json.loads(run(node, "-e", code)) == {"theme-dark": {"surface-page": "#14213d", "surface-text": "#ffffff"}}


@BOTH
def test_tsc_accepts_the_module(tool, want):
    run(tool("tsc"), "--strict", "--noEmit", "--target", "es2022", "--module", "esnext", want / "tokens.ts")


def test_tsc_accepts_the_types_and_refuses_a_wrong_name(tool, tmp_path):
    shutil.copy(WANT / "tokens.ts", tmp_path)
    (tmp_path / "use.ts").write_text(
        'import { tokens, variables, type ColorTokenName, type TokenName, type TokenValue } from "./tokens";\n'
        'const name: TokenName = "color-ink";\n'
        'const value: TokenValue<"color-ink"> = "#14213d";\n'
        'const colour: ColorTokenName = "surface-page";\n'
        "// @ts-expect-error a dimension is no colour\n"
        'const wrong: ColorTokenName = "radius-card";\n'
        "console.log(tokens[name], value, variables[colour], wrong);\n"
    )
    options = ("--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler")
    run(tool("tsc"), *options, "--lib", "es2022,dom", tmp_path / "use.ts")


@BOTH
def test_javascript_holds_text_styles_as_objects(node, want):
    names = {"tokens.mjs": "type-body", "tokens.native.mjs": "typeBody"}
    for file, key in names.items():
        code = f"import({json.dumps((want / file).as_uri())}).then(m => console.log(JSON.stringify(m.tokens)))"
        style = json.loads(run(node, "-e", code))[key]
        assert {"fontFamily", "fontSize", "fontWeight", "letterSpacing", "lineHeight"} == style.keys()


def test_react_native_gets_objects_without_css(node):
    file = WANT.parent.parent / "complete" / "want" / "tokens.native.mjs"
    code = f"import({json.dumps(file.as_uri())}).then(m => console.log(JSON.stringify(m)))"
    module = json.loads(run(node, "-e", code))
    tokens = module["tokens"]
    assert tokens["gradientRise"][1] == {"color": "#8c8f93", "position": 0.37}
    assert tokens["changeFade"] == {"duration": 211, "delay": 53, "timingFunction": [0.12, 0.34, 0.56, 0.78]}
    assert tokens["borderPattern"] == {
        "borderColor": "#5c5f63", "borderWidth": 29, "borderStyle": "dashed", "dashArray": [31, 37], "lineCap": "round",
    }  # fmt: skip
    assert module["themes"]["theme-sepia"]["colorOnly"] == "#bcbfc3"


def test_less_takes_the_values_of_a_context(tool, tmp_path):
    file = WANT.parent.parent / "complete" / "want" / "tokens.less"
    rules = "a { color: @color-text } b { .theme-dark(); color: @color-text } c { color: .theme-sepia[@color-only] }"
    (tmp_path / "use.less").write_text(f'@import "{file}";\n{rules}\n')
    made = run(tool("lessc"), tmp_path / "use.less")
    assert re.findall("#[0-9a-f]{6}", made) == ["#44474b", "#a4a7ab", "#bcbfc3"]


def test_stylus_takes_the_values_of_a_context(tool, tmp_path):
    file = WANT.parent.parent / "complete" / "want" / "tokens.styl"
    rules = "a\n  color: $color-text\nb\n  color: $theme-dark['color-text']\nc\n  color: $theme-sepia['color-only']\n"
    (tmp_path / "use.styl").write_text(f'@import "{file}"\n{rules}')
    made = run(tool("stylus"), "-p", tmp_path / "use.styl")
    assert re.findall("#[0-9a-f]{6}", made) == ["#44474b", "#a4a7ab", "#bcbfc3"]


def test_less_reads_the_variables(tool, tmp_path):
    sheet = tmp_path / "use.less"
    rule = "a { color: @surface-page; font: @type-body; content: @s-t }"
    sheet.write_text(f'@import "{WANT / "tokens.less"}";\n{rule}\n')
    made = run(tool("lessc"), sheet)
    assert "color: #ffffff" in made
    assert 'font: 600 1rem/1.5 "Inter", sans-serif' in made
    assert "\\24 {world}" in made


def test_stylus_reads_the_variables(tool, tmp_path):
    sheet = tmp_path / "use.styl"
    sheet.write_text(f'@import "{WANT / "tokens.styl"}"\na\n  color $surface-page\n  font $type-body\n')
    made = run(tool("stylus"), "-p", sheet)
    assert "color: #fff" in made
    assert 'font: 600 1rem/1.5 "Inter", sans-serif' in made


def test_tailwind_makes_utilities_for_the_tokens(tool, tmp_path):
    (tmp_path / "node_modules").symlink_to(TOOLS)
    (tmp_path / "in.css").write_text(f'@import "tailwindcss";\n@import "{WANT / "tailwind.css"}";\n')
    (tmp_path / "page.html").write_text('<p class="bg-surface-page text-body p-neg shadow-s rounded-card ease-out">')
    run(tool("tailwindcss"), "-i", "in.css", "-o", "out.css", cwd=tmp_path)
    made = (tmp_path / "out.css").read_text()
    for utility in (".bg-surface-page", ".text-body", ".p-neg", ".shadow-s", ".rounded-card", ".ease-out"):
        assert utility in made
    assert "background-color: var(--color-surface-page)" in made
    assert '[data-theme="dark"]' in made


@pytest.mark.parametrize(("file", "grammar"), [
    ("Tokens.swift", "tree_sitter_swift"), ("Tokens.kt", "tree_sitter_kotlin"), ("tokens.dart", "tree_sitter_dart"),
])  # fmt: skip
@BOTH
def test_the_language_s_grammar_parses_the_code(want, file, grammar):
    tree_sitter = pytest.importorskip("tree_sitter")
    language = tree_sitter.Language(pytest.importorskip(grammar).language())
    text = (want / file).read_bytes()
    assert broken(tree_sitter.Parser(language).parse(text).root_node) == []
    spoiled = text.replace(b"{", b"", 1)
    assert broken(tree_sitter.Parser(language).parse(spoiled).root_node)


def broken(node):
    here = [node.start_point] if node.type == "ERROR" or node.is_missing else []
    return here + [found for child in node.children for found in broken(child)]


@BOTH
def test_the_python_module_passes_a_strict_type_check(want, tmp_path):
    run(sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path, want / "tokens.py", cwd=tmp_path)


def test_the_python_module_runs():
    spec = importlib.util.spec_from_file_location("themed_tokens", WANT / "tokens.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    assert module.Color("srgb", (0.0784, 0.1294, 0.2392), 1) == module.COLOR_INK
    assert module.CONTEXTS["theme-dark"]["surface.page"] == module.COLOR_INK


@BOTH
def test_android_resources_are_xml_with_one_resource_of_a_name(want):
    files = sorted(want.glob("android*/*/*.xml"))
    assert {file.parent.name for file in files} == {"values", "values-night", "interpolator"}
    for file in files:
        root = xml.dom.minidom.parse(str(file)).documentElement
        nodes = [node for node in root.childNodes if node.nodeType == 1]
        names = [(node.tagName, node.getAttribute("name")) for node in nodes]
        assert names or root.tagName == "pathInterpolator"
        assert len(names) == len(set(names))


def test_android_styles_name_resources_that_there_are():
    root = xml.dom.minidom.parse(str(WANT.parent.parent / "complete" / "want" / "android" / "values" / "tokens.xml"))
    known = {
        f"@{node.tagName}/{node.getAttribute('name')}" for node in root.documentElement.childNodes if node.attributes
    }
    items = [
        item.firstChild.data
        for style in root.getElementsByTagName("style")
        for item in style.childNodes
        if item.firstChild
    ]
    named = [text for text in items if text.startswith("@")]
    assert len(named) == 6
    assert set(named) <= known


FRAMEWORK = Path("/usr/share/android-framework-res/framework-res.apk")
MANIFEST = (
    '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example.tokens">'
    '<uses-sdk android:minSdkVersion="28" android:targetSdkVersion="29"/><application/></manifest>'
)


@BOTH
def test_android_s_own_tool_compiles_and_links_the_resources(want, tmp_path):
    tool = shutil.which("aapt2")
    if tool is None or not FRAMEWORK.exists():
        pytest.skip("aapt2 is not installed: apt-get install aapt android-framework-res")
    (tmp_path / "AndroidManifest.xml").write_text(MANIFEST)
    for folder in want.glob("android*"):
        compiled = tmp_path / f"{folder.name}.zip"
        run(tool, "compile", "--dir", folder, "-o", compiled)
        run(
            tool,
            "link",
            "-I",
            FRAMEWORK,
            "--manifest",
            tmp_path / "AndroidManifest.xml",
            "-o",
            tmp_path / "out.apk",
            compiled,
        )
    names = run(tool, "dump", "resources", tmp_path / "out.apk")
    assert " color/" in names


def test_a_third_context_has_android_resources_and_colours_of_its_own():
    want = WANT.parent.parent / "complete" / "want"
    sepia = (want / "android-theme-sepia" / "values" / "tokens.xml").read_text("utf-8")
    assert '<color name="color_only">#FFBCBFC3</color>' in sepia
    compact = want / "Tokens.xcassets" / "density-compact"
    assert json.loads((compact / "Contents.json").read_text())["properties"] == {"provides-namespace": True}
    page = json.loads((compact / "colorPage.colorset" / "Contents.json").read_text())
    assert [entry.get("appearances") for entry in page["colors"]] == [
        None,
        [{"appearance": "luminosity", "value": "dark"}],
    ]


def test_the_asset_catalogue_has_a_dark_appearance_where_the_dark_theme_differs():
    catalogue = WANT / "Tokens.xcassets"
    page = json.loads((catalogue / "surfacePage.colorset" / "Contents.json").read_text())
    ink = json.loads((catalogue / "colorInk.colorset" / "Contents.json").read_text())
    assert page["colors"][1]["appearances"] == [{"appearance": "luminosity", "value": "dark"}]
    assert len(ink["colors"]) == 1


@pytest.mark.parametrize("file", ["tokens.resolved.json", "tokens.resolver.json"])
def test_dtcg_output_reads_back_as_the_same_tokens(file, dss):
    def values(path):
        ended = dss("resolve", path, "--json")
        assert ended.status == 0, ended.err
        return {name: (t["type"], t["value"]) for name, t in json.loads(ended.out)["tokens"].items()}

    assert values(WANT / file) == values(WANT.parent / "tokens.resolver.json")


def test_every_format_has_a_reviewed_case():
    from translators.registry import formats

    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "fixtures" / "golden").glob("*/*/dss.toml")]
    full = [name for name in formats.names() if "/" in name]
    assert [name for name in full if not any(f'"{name}"' in text for text in texts)] == []


def test_lightningcss_finds_nothing_wrong_with_the_stylesheets(node):
    if not (TOOLS / "lightningcss").exists():
        pytest.skip("lightningcss is not installed: npm ci --prefix tests/tools")
    sheets = sorted((ROOT / "fixtures" / "golden" / "css").glob("*/want/**/*.css"))
    assert sheets
    assert run(node, ROOT / "tests" / "tools" / "lightningcss.mjs", *sheets) == ""


def test_lightningcss_would_find_a_fault(node, tmp_path):
    if not (TOOLS / "lightningcss").exists():
        pytest.skip("lightningcss is not installed: npm ci --prefix tests/tools")
    (tmp_path / "bad.css").write_text(":root { --a: 1px; }}")
    script = ROOT / "tests" / "tools" / "lightningcss.mjs"
    assert subprocess.run([node, script, tmp_path / "bad.css"], capture_output=True).returncode != 0
