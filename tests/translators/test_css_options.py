"""The options of the CSS formats: what they give holds in every context, on nested elements, on every screen."""

import itertools
import json
import random
import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss.service.reading import Reader
from dss.service.resolving import resolve, resolve_all
from dss_tokens.errors import InputError
from translators.css_values import literal
from translators.pipeline import make_platform, translate
from translators.selectors import alternatives, specificity

NAMES = ("a", "b", "c", "d", "e")
COLORS = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]


class Drawn:
    """A resolver document of colours, lengths and what refers to them, drawn from a source of numbers."""

    def __init__(self, pick):
        self.pick = pick

    def tokens(self, names):
        found = {}
        for name in names:
            later = [other for other in NAMES if other > name]
            alias = bool(later) and self.pick(3) == 0
            color = {"colorSpace": "srgb", "components": COLORS[self.pick(5)]}
            length = {"value": self.pick(9), "unit": ("px", "rem")[self.pick(2)]}
            found[f"{name}-color"] = {
                "$type": "color", "$value": f"{{{later[self.pick(len(later))]}-color}}" if alias else color,
            }  # fmt: skip
            found[f"{name}-length"] = {
                "$type": "dimension", "$value": f"{{{later[self.pick(len(later))]}-length}}" if alias else length,
            }  # fmt: skip
            if later and self.pick(2):
                one = later[self.pick(len(later))]
                border = {"color": f"{{{one}-color}}", "width": f"{{{one}-length}}", "style": "solid"}
                found[f"{name}-border"] = {"$type": "border", "$value": border}
        return found

    def some(self):
        start = self.pick(len(NAMES))
        return self.tokens(NAMES[start : start + 1 + self.pick(3)])

    def document(self, modifiers):
        return {
            "version": "2025.10",
            "sets": {"base": {"sources": [self.tokens(NAMES)]}},
            "modifiers": {
                name: {"contexts": {first: [], **{other: [self.some()] for other in others}}, "default": first}
                for name, (first, *others) in modifiers.items()
            },
            "resolutionOrder": [{"$ref": "#/sets/base"}, *({"$ref": f"#/modifiers/{name}"} for name in modifiers)],
        }


def read(document, folder):
    file = folder / "x.resolver.json"
    file.write_text(json.dumps(document))
    return Reader().resolver(file)


def sheet(reading, **options):
    permutations = resolve_all(reading, {})
    platform = make_platform("x", format="css", out="out.css", options=options)
    made = translate(permutations, [platform], resolve=lambda inputs, _: resolve(reading, inputs))
    assert not [d for d in (*permutations.diagnostics, *made.diagnostics) if d.severity == "error"]
    return made.files[0].text


def expected(reading, inputs):
    resolved = resolve(reading, inputs)
    assert not [d for d in resolved.diagnostics if d.severity == "error"]
    return resolved.base.tokens


# -- nested: a simulated cascade over elements inside each other


def finds(selector, chain, at):
    """Whether a compound of attributes and ``:is()`` finds the element at *at* of a chain of attributes."""
    if selector == ":root":
        return at == 0
    if selector.endswith(" *"):
        return any(finds(selector[:-2], chain, outer) for outer in range(at))
    for inside in re.findall(r":is\((.*?)\)", selector):
        if not any(finds(part, chain, at) for part in alternatives(inside)):
            return False
    own = re.findall(r'\[(data-[\w-]+)="([^"]*)"\]', re.sub(r":is\(.*?\)", "", selector))
    assert own
    return all(chain[at].get(name) == value for name, value in own)


def computed(rules, chain):
    """The custom properties of the innermost element. Source: CSS Cascade 5, CSS Variables 1."""
    inherited = {}
    for at in range(len(chain)):
        best = {}
        for order, rule in enumerate(rules):
            for selector in alternatives(rule.selector):
                if finds(selector, chain, at):
                    strength = (specificity(selector), order)
                    if rule.name not in best or strength >= best[rule.name][0]:
                        best[rule.name] = (strength, rule.value)
        done = {}

        def value(name, best=best, done=done, inherited=inherited):
            if name not in best:
                return inherited.get(name)
            if name not in done:
                done[name] = re.sub(r"var\((--[\w-]+)\)", lambda match: value(match[1]) or "", best[name][1])
            return done[name]

        inherited = {name: value(name) for name in {*best, *inherited}}
    return inherited


@st.composite
def nestings(draw):
    """A system and elements inside each other; one modifier many times, or several once each."""
    document = Drawn(lambda limit: draw(st.integers(0, limit - 1)))
    modifiers = {f"m{at}": [f"x{number}" for number in range(draw(st.integers(2, 3)))]
                 for at in range(draw(st.integers(1, 3)))}  # fmt: skip
    chain = [{} for _ in range(3)]
    for name, contexts in modifiers.items():
        places = draw(st.sets(st.integers(0, 2), max_size=3 if len(modifiers) == 1 else 1))
        for place in places:
            chain[place][name] = draw(st.sampled_from(contexts))
    return document.document(modifiers), chain


@settings(max_examples=300)
@given(nesting=nestings())
def test_contexts_inside_of_each_other_hold(nesting, tmp_path_factory, declarations):
    document, chain = nesting
    reading = read(document, tmp_path_factory.mktemp("nested"))
    css = sheet(reading, nested=True)
    inputs = {name: context for element in chain for name, context in element.items()}
    attributes = [{f"data-{name}": context for name, context in element.items()} for element in chain]
    got = computed(declarations(css), attributes)
    for path, token in expected(reading, inputs).items():
        assert got[f"--{path}"] == literal(token.type, token.value), (path, chain, css)


# -- what browsers make of it


def chromium():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no chromium")
    return found


PAGE = """<!doctype html><meta charset="utf-8"><iframe id="frame" style="border: 0; height: 200px"></iframe>
<pre id="out"></pre>
<script>
const frame = document.getElementById("frame"), out = document.getElementById("out");
const PROPERTY = {color: "backgroundColor", dimension: "width", border: "outline"};
frame.onload = () => {
  const page = frame.contentDocument, wrong = [];
  page.body.innerHTML = "<div id=inner><div id=probe></div></div><div id=plain></div>";
  const sheet = page.head.appendChild(page.createElement("style"));
  const inner = page.getElementById("inner"), probe = page.getElementById("probe");
  const plain = page.getElementById("plain");
  function dress(element, attributes) {
    for (const {name} of [...element.attributes]) if (name !== "id") element.removeAttribute(name);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  }
  let count = 0;
  for (const {css, width, root, inside, wanted, note} of %s) {
    if (sheet.textContent !== css) sheet.textContent = css;
    frame.style.width = width + "px";
    dress(page.documentElement, root);
    dress(inner, inside);
    for (const [name, type, value] of wanted) {
      count += 1;
      const property = PROPERTY[type], view = frame.contentWindow;
      probe.style[property] = "";
      plain.style[property] = "";
      probe.style[property] = `var(--${name})`;
      plain.style[property] = value;
      const got = view.getComputedStyle(probe)[property], is = view.getComputedStyle(plain)[property];
      const same = type === "dimension" ? Math.abs(parseFloat(got) - parseFloat(is)) < 0.02 : got === is;
      if (!same) wrong.push([note, name, got, is]);
      probe.style[property] = "";
    }
  }
  out.textContent = JSON.stringify({count, wrong: wrong.slice(0, 5)});
};
frame.srcdoc = "<!doctype html><html><head></head><body></body></html>";
</script>"""


def rendered(cases, folder):
    page = folder / "page.html"
    page.write_text(PAGE % json.dumps(cases).replace("</", "<\\/"), encoding="utf-8")
    ended = subprocess.run(
        [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
         "--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    match = re.search(r'<pre id="out">(.+?)</pre>', ended.stdout, re.S)
    assert match, ended.stderr[-2000:]
    return json.loads(match[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))


MODIFIERS = {"theme": ["light", "dark"], "size": ["small", "large"], "extra": ["no", "yes"]}
LIGHT_DARK = {"light_dark": "theme"}
FLUID = {
    "fluid": {
        "modifier": "size",
        "from": {"context": "small", "width": "400px"},
        "to": {"context": "large", "width": "1200px"},
    }
}


def wanted(reading, inputs, types=("color", "dimension", "border")):
    return [
        (path, token.type, literal(token.type, token.value))
        for path, token in expected(reading, inputs).items()
        if token.type in types
    ]


def attributes_of(inputs):
    return {f"data-{name}": context for name, context in inputs.items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dark_first", "more"),
    [(False, {}), (True, {}), (False, {"property": True}), (True, {"nested": True})],
    ids=["light", "dark", "property", "nested"],
)
def test_light_dark_gives_what_blocks_give(dark_first, more, tmp_path):
    cases = []
    for number in range(30):
        modifiers = dict(itertools.islice(MODIFIERS.items(), 1 + number % 3))
        if dark_first:
            modifiers["theme"] = ["dark", "light"]
        reading = read(Drawn(random.Random(number).randrange).document(modifiers), tmp_path)
        css = sheet(reading, **LIGHT_DARK, **more)
        for contexts in itertools.product(*modifiers.values()):
            inputs = dict(zip(modifiers, contexts, strict=True))
            for root, inside in ((attributes_of(inputs), {}), ({}, attributes_of(inputs))):
                cases.append({"css": css, "width": 400, "root": root, "inside": inside, "note": [number, inputs],
                              "wanted": wanted(reading, inputs)})  # fmt: skip
    found = rendered(cases, tmp_path)
    assert found["wrong"] == []
    assert found["count"] > 2000


@pytest.mark.slow
@pytest.mark.parametrize("options", [FLUID, FLUID | LIGHT_DARK], ids=["fluid", "both"])
def test_fluid_lengths_have_the_values_of_both_ends(options, tmp_path):
    cases = []
    for number in range(30):
        modifiers = dict(itertools.islice(MODIFIERS.items(), 2 + number % 2))
        document = Drawn(random.Random(number).randrange).document(modifiers)
        for context in document["modifiers"]["size"]["contexts"].values():
            for source in context:  # lengths of one unit alone: other values change at once
                for path in [path for path in source if not path.endswith("-length")]:
                    del source[path]
        text = re.sub(r'"unit": "rem"', '"unit": "px"', json.dumps(document))
        reading = read(json.loads(text), tmp_path)
        css = sheet(reading, **options)
        for contexts in itertools.product(*modifiers.values()):
            inputs = dict(zip(modifiers, contexts, strict=True))
            width = 400 if inputs["size"] == "small" else 1200
            for root, inside in ((attributes_of(inputs), {}), ({}, attributes_of(inputs))):
                cases.append({"css": css, "width": width, "root": root, "inside": inside, "note": [number, inputs],
                              "wanted": wanted(reading, inputs, ("color", "dimension"))})  # fmt: skip
    found = rendered(cases, tmp_path)
    assert found["wrong"] == []
    assert found["count"] > 1000


@pytest.mark.slow
def test_a_fluid_length_grows_evenly_between_its_ends(tmp_path):
    def tokens(px, rem):
        return {
            "px": {"$type": "dimension", "$value": {"value": px, "unit": "px"}},
            "rem": {"$type": "dimension", "$value": {"value": rem, "unit": "rem"}},
        }

    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [tokens(10, 2)]}},
        "modifiers": {"size": {"contexts": {"small": [], "large": [tokens(30, 1)]}, "default": "small"}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/size"}],
    }
    css = sheet(read(document, tmp_path), **FLUID)
    cases = []
    for width, px, rem in ((100, 10, 32), (400, 10, 32), (600, 15, 28), (800, 20, 24), (1200, 30, 16), (2000, 30, 16)):
        values = [("px", "dimension", f"{px}px"), ("rem", "dimension", f"{rem}px")]
        cases.append({"css": css, "width": width, "root": {}, "inside": {}, "note": [width], "wanted": values})
    assert rendered(cases, tmp_path) == {"count": 12, "wrong": []}


REGISTERED = """<!doctype html><meta charset="utf-8"><style>%s</style><pre id="out"></pre><script>
const rules = [...document.styleSheets[0].cssRules].filter(rule => rule instanceof CSSPropertyRule);
const found = rules.map(rule => [rule.name, rule.syntax, rule.initialValue, getComputedStyle(document.body)
  .getPropertyValue(rule.name)]);
document.getElementById("out").textContent = JSON.stringify(found);
</script>"""


@pytest.mark.slow
def test_browsers_register_the_properties(tmp_path):
    from pathlib import Path

    golden = Path(__file__).parent.parent.parent / "fixtures" / "golden" / "css" / "options" / "want" / "property.css"
    css = golden.read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(REGISTERED % css, encoding="utf-8")
    ended = subprocess.run(
        [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    text = re.search(r'<pre id="out">(.+?)</pre>', ended.stdout, re.S)[1]
    rules = json.loads(text.replace("&lt;", "<").replace("&gt;", ">"))
    assert len(rules) == css.count("@property")
    registered = {name: (syntax, value) for name, syntax, _, value in rules}
    assert registered["--surface-page"] == ("<color>", "rgb(255, 255, 255)")
    assert registered["--color-leaf"] == ("<color>", "oklch(0.6 0.1 140)")
    assert registered["--space-thin"] == ("<length>", "1px")
    assert registered["--time-quick"] == ("<time>", "0.12s")
    assert registered["--ratio-wide"] == ("<number>", "1.5")


# -- faults


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"nestd": True}, "css has no option nestd"),
        ({"nested": "yes"}, "platform.x.options.nested: true or false is expected"),
        ({"gamut": ["p4"]}, "platform.x.options.gamut: there is no gamut p4; known: srgb, p3, rec2020"),
        ({"gamut": 3}, "platform.x.options.gamut: an array of texts is expected"),
        ({"utility": {"colour": ["a"]}}, "platform.x.options.utility: colour is no group of classes"),
        ({"utility": ["bg"]}, "platform.x.options.utility: a table is expected"),
        ({"declarations": {"color-scheme": "light; } *"}}, "color-scheme is no declaration"),
        ({"declarations": {"a:b": "c"}}, "a:b is no declaration"),
        ({"blocks": [{"selektor": ".a"}]}, "block 0 has no selektor; did you mean selector?"),
        ({"blocks": {}}, "an array of tables is expected"),
        ({"blocks": [{"inputs": {"theme": 1}}]}, "contexts are texts"),
        ({"blocks": [{"filter": {"paths": "a"}}]}, "a filter has no paths; did you mean path?"),
        ({"blocks": [{"filter": {"member": 5}}]}, "a table is expected"),
        ({"blocks": [{"filter": {"alias": "yes"}}]}, "true or false is expected"),
        ({"blocks": [], "light_dark": "theme"}, "options.light_dark has no effect beside blocks"),
        ({"light_dark": "tone"}, "there is no modifier tone"),
        ({"light_dark": {"modifier": "size", "light": "small"}}, "modifier, light and dark are expected"),
        ({"light_dark": "size"}, "light and dark are not the default and another context of size"),
        ({"fluid": {"modifier": "size"}}, "expected: modifier, from = {"),
        (
            {"fluid": {"modifier": "size", "from": {"context": "small", "width": "9px"},
                       "to": {"context": "large", "width": "8px"}}},
            "the width of to has to be above that of from",
        ),
        (
            {"fluid": {"modifier": "size", "from": {"context": "small", "width": "9"},
                       "to": {"context": "large", "width": "8px"}}},
            "a width is a length",
        ),
    ],
)  # fmt: skip
def test_an_option_that_does_not_fit_says_what_is_expected(options, message, tmp_path):
    reading = read(Drawn(random.Random(1).randrange).document(MODIFIERS), tmp_path)
    with pytest.raises(InputError) as caught:
        sheet(reading, **options)
    (found,) = caught.value.diagnostics
    assert found.code == "DSS318"
    assert message in found.message
    assert found.path.startswith("platform.x.options")


def test_contexts_of_a_block_have_to_exist(tmp_path):
    reading = read(Drawn(random.Random(1).randrange).document(MODIFIERS), tmp_path)
    permutations = resolve_all(reading, {})
    options = {"blocks": [{"inputs": {"theme": "drak"}}]}
    platform = make_platform("x", format="css", out="out.css", options=options)
    made = translate(permutations, [platform], resolve=lambda inputs, _: resolve(reading, inputs))
    assert [(d.code, d.severity) for d in made.diagnostics] == [("DSS234", "error")]
