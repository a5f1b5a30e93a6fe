"""Every element gets the values of its contexts: in a simulated cascade over made-up systems, and in Chromium."""

import itertools
import json
import random
import re
import shutil
import subprocess
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss.service.reading import Reader
from dss.service.resolving import resolve, resolve_all
from translators.css_values import literal
from translators.pipeline import make_platform, translate
from translators.selectors import specificity

NAMES = ("a", "b", "c", "d", "e", "f")
TRUE, FALSE = "(min-width: 1px)", "(max-width: 0px)"


@dataclass(frozen=True)
class System:
    """A resolver document with the places of its contexts."""

    document: dict
    selectors: dict = field(default_factory=dict)
    media: dict = field(default_factory=dict)
    references: bool = True

    @property
    def modifiers(self):
        return {name: list(modifier["contexts"]) for name, modifier in self.document["modifiers"].items()}

    def css(self, tmp_path):
        reading = self.read(tmp_path)
        permutations = resolve_all(reading, {})
        options = {"selectors": self.selectors, "media": self.media, "references": self.references}
        platform = make_platform("x", format="css", out="out.css", **options)
        made = translate(permutations, [platform])
        assert not [d for d in (*permutations.diagnostics, *made.diagnostics) if d.severity == "error"]
        return made.files[0].text

    def read(self, tmp_path):
        file = tmp_path / "x.resolver.json"
        file.write_text(json.dumps(self.document))
        return Reader().resolver(file)

    def elements(self, inputs):
        """The attributes that say *inputs*, and the contexts that media queries say."""
        attributes, media = {}, set()
        for name, context in inputs.items():
            key = f"{name}={context}"
            selector = self.selectors.get(key)
            if key in self.media:
                media.add(key)
                continue
            if context == self.modifiers[name][0] and selector is None:
                continue
            if selector is None:
                attributes[f"data-{name}"] = context
            else:
                attributes["class"] = f"{attributes.get('class', '')} {selector.rpartition('.')[2]}".strip()
        return attributes, media

    def expected(self, reading, inputs):
        resolved = resolve(reading, inputs)
        assert not [d for d in resolved.diagnostics if d.severity == "error"]
        return {path: literal(token.type, token.value) for path, token in resolved.base.tokens.items()}

    def permutations(self):
        for contexts in itertools.product(*self.modifiers.values()):
            yield dict(zip(self.modifiers, contexts, strict=True))


def tokens_of(draw, names, among):
    """Numbers, aliases and borders. A reference leads to a later name, so that no mixture of contexts has a cycle."""
    found = {}
    for name in names:
        later = [other for other in among if other > name]
        kind = draw(st.sampled_from(["literal", "alias", "border"] if later else ["literal"]))
        if kind == "literal":
            value = {"value": draw(st.integers(0, 9)), "unit": "px"}
            found[name] = {"$type": "dimension", "$value": value}
        elif kind == "alias":
            found[name] = {"$type": "dimension", "$value": f"{{{draw(st.sampled_from(later))}}}"}
        else:
            found[f"{name}-frame"] = {
                "$type": "border",
                "$value": {
                    "color": {"colorSpace": "srgb", "components": [0, 0, 0]},
                    "width": f"{{{draw(st.sampled_from(later))}}}",
                    "style": draw(st.sampled_from(["solid", "dotted"])),
                },
            }
            found[name] = {"$type": "dimension", "$value": {"value": draw(st.integers(0, 9)), "unit": "px"}}
    return found


@st.composite
def systems(draw, placed=True):
    base = tokens_of(draw, NAMES, NAMES)
    modifiers = {}
    selectors, media = {}, {}
    for at in range(draw(st.integers(1, 3))):
        name = f"m{at}"
        contexts = {"x0": []}
        for number in range(1, draw(st.integers(2, 3))):
            names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
            contexts[f"x{number}"] = [tokens_of(draw, names, NAMES)]
        modifiers[name] = {"contexts": contexts, "default": "x0"}
        for context in contexts:
            key = f"{name}={context}"
            place = draw(st.sampled_from(["usual", "class", "element", "media"])) if placed else "usual"
            if place == "class":
                selectors[key] = f".{name}{context}"
            elif place == "element" and context != "x0":
                selectors[key] = f"*.{name}{context}"
            elif place == "media" and context == "x1" and not any(k.startswith(f"{name}=") for k in selectors):
                media[key] = TRUE
    order = [{"$ref": "#/sets/base"}, *({"$ref": f"#/modifiers/{name}"} for name in modifiers)]
    document = {
        "version": "2025.10", "sets": {"base": {"sources": [base]}}, "modifiers": modifiers, "resolutionOrder": order,
    }  # fmt: skip
    return System(document, selectors, media, draw(st.booleans()))


class Cascade:
    """Custom properties on a root and one element in it. Source: CSS Cascade 5, CSS Variables 1."""

    def __init__(self, found):
        self.rules = found

    def winners(self, attributes, media, *, root):
        """Name -> the value that wins on an element."""
        best = {}
        for order, rule in enumerate(self.rules):
            if rule.media and not all(part in media for part in re.findall(r"@media (.*)", rule.media)):
                continue
            if self.matches(rule.selector, attributes, root):
                strength = (specificity(rule.selector), order)
                if rule.name not in best or strength > best[rule.name][0]:
                    best[rule.name] = (strength, rule.value)
        return {name: value for name, (_, value) in best.items()}

    def matches(self, selector, attributes, root):
        if selector == ":root":
            return root
        classes = attributes.get("class", "").split()
        wanted = re.findall(r'\[(data-[\w-]+)="([^"]*)"\]|\.([\w-]+)', selector)
        assert wanted
        return all(value in classes if value else attributes.get(name) == content for name, content, value in wanted)

    def computed(self, winners, inherited):
        done = {}

        def value(name):
            if name not in winners:
                return inherited.get(name)
            if name not in done:
                done[name] = re.sub(r"var\((--[\w-]+)\)", lambda match: value(match[1]) or "", winners[name])
            return done[name]

        return {name: value(name) for name in {*winners, *inherited}}


def unique_media(system):
    """The same system with a query of its own for each context."""
    return System(
        system.document, system.selectors, {key: f"(--{key.replace('=', '-')})" for key in system.media},
        system.references,
    )  # fmt: skip


def scenes(system, inputs):
    """Where a choice of contexts can be said: on the root, on an element in it, media queries always at the root."""
    attributes, media = system.elements(inputs)
    yield attributes, {}, media
    yield {}, attributes, media


def check(system, tmp_path, declarations):
    system = unique_media(system)
    css = system.css(tmp_path)
    reading = system.read(tmp_path)
    cascade = Cascade(declarations(css))
    for inputs in system.permutations():
        expected = system.expected(reading, inputs)
        for root, inner, media in scenes(system, inputs):
            active = " and ".join(sorted(system.media[key] for key in media))
            holding = {query for rule in cascade.rules if rule.media for query in [rule.media.removeprefix("@media ")]
                       if set(query.split(" and ")) <= set(active.split(" and "))}  # fmt: skip
            outer = cascade.computed(cascade.winners(root, holding, root=True), {})
            got = cascade.computed(cascade.winners(inner, holding, root=False), outer)
            got = {path: got.get(f"--{path}") for path in expected}
            assert got == expected, (inputs, root, inner, media, css)
    return cascade


@settings(max_examples=200)
@given(system=systems())
def test_every_element_gets_the_values_of_its_contexts(system, tmp_path_factory, declarations):
    check(system, tmp_path_factory.mktemp("system"), declarations)


@settings(max_examples=100)
@given(system=systems(placed=False))
def test_a_combination_repeats_only_what_the_cascade_gets_wrong(system, tmp_path_factory, declarations):
    cascade = check(system, tmp_path_factory.mktemp("system"), declarations)
    for place, rule in enumerate(cascade.rules):
        pairs = re.findall(r'\[data-([\w-]+)="([^"]*)"\]', rule.selector)
        if len(pairs) < 2:
            continue
        attributes = {f"data-{name}": context for name, context in pairs}
        rest = Cascade([*cascade.rules[:place], *cascade.rules[place + 1 :]])
        without = rest.winners(attributes, set(), root=False).get(rule.name)
        inherited = rest.computed(rest.winners({}, set(), root=True), {})
        is_lost = without is None and rest.computed({}, inherited)[rule.name] != cascade.computed(
            cascade.winners(attributes, set(), root=False), inherited
        )[rule.name]  # fmt: skip
        assert is_lost or without != rule.value, (rule, without)


def chromium():
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no chromium")
    return found


PAGE = """<!doctype html><meta charset="utf-8"><style id="sheet"></style><div id="inner"></div><pre id="out"></pre>
<script>
const cases = %s;
const inner = document.getElementById("inner"), sheet = document.getElementById("sheet"), wrong = [];
function dress(element, attributes) {
  for (const {name} of [...element.attributes]) if (name !== "id") element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
let count = 0;
for (const {css, root, inside, expected, note} of cases) {
  sheet.textContent = css;
  dress(document.documentElement, root);
  dress(inner, inside);
  const style = getComputedStyle(inner);
  for (const [name, value] of Object.entries(expected)) {
    count += 1;
    const got = style.getPropertyValue("--" + name).trim();
    if (got !== value) wrong.push([note, name, got, value]);
  }
}
document.getElementById("out").textContent = JSON.stringify({count, wrong: wrong.slice(0, 5)});
</script>"""


@pytest.mark.slow
def test_chromium_computes_the_resolved_values(tmp_path):
    browser = chromium()
    cases = []
    for number in range(60):
        system = drawn_system(random.Random(number))
        css = system.css(tmp_path)
        reading = system.read(tmp_path)
        for inputs in system.permutations():
            expected = system.expected(reading, inputs)
            for root, inner, media in scenes(system, inputs):
                active = css
                for key in system.media:
                    active = active.replace(unique_media(system).media[key], TRUE if key in media else FALSE)
                cases.append(
                    {"css": active, "root": root, "inside": inner, "expected": expected, "note": [number, inputs]}
                )
    page = tmp_path / "page.html"
    page.write_text(PAGE % json.dumps(cases).replace("</", "<\\/"), encoding="utf-8")
    ended = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    match = re.search(r'<pre id="out">(.*?)</pre>', ended.stdout, re.S)
    assert match, ended.stderr[-2000:]
    found = json.loads(match[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
    assert found["wrong"] == []
    assert found["count"] > 1000


def drawn_system(source):
    """A system drawn without hypothesis, the same for the same seed."""
    return unique_media(_Drawn(source).system())


class _Drawn:
    def __init__(self, source):
        self.source = source

    def tokens(self, names):
        found = {}
        for name in names:
            later = [other for other in NAMES if other > name]
            value = {"value": self.source.randrange(10), "unit": "px"}
            kind = self.source.choice(["literal", "alias", "border"])
            if kind == "alias" and later:
                value = f"{{{self.source.choice(later)}}}"
            elif kind == "border" and later:
                color = {"colorSpace": "srgb", "components": [0, 0, self.source.randrange(2)]}
                width = f"{{{self.source.choice(later)}}}"
                border = {"color": color, "width": width, "style": self.source.choice(["solid", "dotted"])}
                found[f"{name}-frame"] = {"$type": "border", "$value": border}
            found[name] = {"$type": "dimension", "$value": value}
        return found

    def system(self):
        modifiers, selectors, media = {}, {}, {}
        for at in range(self.source.randint(1, 3)):
            name = f"m{at}"
            contexts = {"x0": []}
            for number in range(1, self.source.randint(2, 3)):
                contexts[f"x{number}"] = [self.tokens(self.source.sample(NAMES, self.source.randint(1, 3)))]
            contexts.setdefault("x1", [self.tokens(["a"])])
            modifiers[name] = {"contexts": contexts, "default": "x0"}
            place = self.source.choice(["usual", "usual", "class", "media"])
            if place == "class":
                selectors |= {f"{name}={context}": f".{name}{context}" for context in contexts}
            elif place == "media":
                media[f"{name}=x1"] = TRUE
        order = [{"$ref": "#/sets/base"}, *({"$ref": f"#/modifiers/{name}"} for name in modifiers)]
        document = {
            "version": "2025.10", "sets": {"base": {"sources": [self.tokens(NAMES)]}}, "modifiers": modifiers,
            "resolutionOrder": order,
        }  # fmt: skip
        return System(document, selectors, media, self.source.random() < 0.7)
