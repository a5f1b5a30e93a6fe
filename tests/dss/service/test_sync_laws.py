"""Whoever edits what in whatever order: nothing is lost, and once both agree there is nothing to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss.service import sync

MODES = [{"modeId": "1:0", "name": "Light"}, {"modeId": "1:1", "name": "Dark"}]
COLLECTION = "VariableCollectionId:1:0"
NUMBERS = (1, 2, 3, 4)
ALIAS = 9
"""A variable that refers to the first, until somebody gives it a value of its own."""
COLOURS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "grey": (0.5, 0.5, 0.5)}


def identity(number):
    return f"VariableID:1:{number}"


def as_figma(colour):
    return dict(zip("rgba", (*COLOURS[colour], 1), strict=True))


def variable(number):
    return {
        "id": identity(number), "key": f"{number:040x}", "name": f"group{number % 2}/n{number}",
        "resolvedType": "COLOR", "variableCollectionId": COLLECTION, "remote": False, "description": "",
        "scopes": ["ALL_SCOPES"], "hiddenFromPublishing": False, "codeSyntax": {},
        "valuesByMode": {mode["modeId"]: as_figma("red") for mode in MODES},
    }  # fmt: skip


def payload():
    found = {identity(number): variable(number) for number in NUMBERS}
    alias = {"type": "VARIABLE_ALIAS", "id": identity(1)}
    found[identity(ALIAS)] = variable(ALIAS) | {
        "name": "alias",
        "valuesByMode": {mode["modeId"]: alias for mode in MODES},
    }
    collection = {
        "id": COLLECTION, "key": "c" * 40, "name": "Theme", "modes": MODES, "defaultModeId": "1:0", "remote": False,
        "hiddenFromPublishing": False, "variableIds": list(found),
    }  # fmt: skip
    meta = {"variables": found, "variableCollections": {COLLECTION: collection}}
    return {"status": 200, "error": False, "meta": meta}


def tokens(document, path=()):
    for name, node in document.items():
        if isinstance(node, dict) and not name.startswith("$"):
            if "$value" in node:
                yield ".".join((*path, name)), node
            else:
                yield from tokens(node, (*path, name))


class Both:
    """A world, and what files and Figma should say in the end."""

    def __init__(self, world):
        self.world = world
        self.names = {number: f"group{number % 2}.n{number}" for number in NUMBERS} | {ALIAS: "alias"}
        self.values = {(number, mode): "red" for number in NUMBERS for mode in ("light", "dark")}
        world.pull()

    def set_here(self, number, mode, colour):
        self.values[number, mode] = colour

        def change(document):
            for _, token in tokens(document):
                if token["$extensions"]["com.figma"]["id"] == identity(number):
                    token["$value"] = {"colorSpace": "srgb", "components": list(COLOURS[colour])}

        self.world.edit(f"theme.{mode}.tokens.json", change)

    def set_there(self, number, mode, colour):
        self.values[number, mode] = colour
        at = {"light": "1:0", "dark": "1:1"}[mode]
        self.world.figma(variableModeValues=[{"variableId": identity(number), "modeId": at, "value": as_figma(colour)}])

    def rename_here(self, number, name):
        def change(document):
            *groups, last = self.names[number].split(".")
            group = document
            for part in groups:
                group = group[part]
            token = group.pop(last)
            document.setdefault(name, {})[f"n{number}"] = token
            for _, other in tokens(document):  # as "dss mv" does
                if other["$value"] == "{" + self.names[number] + "}":
                    other["$value"] = "{" + f"{name}.n{number}" + "}"

        for mode in ("light", "dark"):
            self.world.edit(f"theme.{mode}.tokens.json", change)
        self.names[number] = f"{name}.n{number}"

    def rename_there(self, number, name):
        self.names[number] = f"{name}.n{number}"
        self.world.figma(variables=[{"action": "UPDATE", "id": identity(number), "name": f"{name}/n{number}"}])

    def do(self, steps):
        for step, *arguments in steps:
            if step == "pull":
                plan = self.world.pull()
                assert plan is None or plan.conflicts == ()
            elif step == "push":
                self.world.pull()
                self.world.push()
            else:
                getattr(self, step)(*arguments)

    def said_here(self):
        found = {}
        for mode in ("light", "dark"):
            for path, token in tokens(self.world.document(f"theme.{mode}.tokens.json")):
                found[token["$extensions"]["com.figma"]["id"], mode] = (path, token["$value"])
        return found

    def check(self):
        here = self.said_here()
        for (number, mode), colour in self.values.items():
            path, value = here[identity(number), mode]
            assert path == self.names[number]
            assert tuple(value["components"]) == COLOURS[colour], (number, mode)
        for mode in ("light", "dark"):
            if (ALIAS, mode) not in self.values:
                assert here[identity(ALIAS), mode] == ("alias", "{" + self.names[1] + "}")

    def check_figma(self):
        variables = self.world.fake.files["abcdefghij"].variables
        for (number, mode), colour in self.values.items():
            there = variables[identity(number)]
            assert there["name"].replace("/", ".") == self.names[number]
            value = there["valuesByMode"][{"light": "1:0", "dark": "1:1"}[mode]]
            assert (value["r"], value["g"], value["b"]) == COLOURS[colour]


colours = st.sampled_from(sorted(COLOURS))
modes = st.sampled_from(["light", "dark"])


@st.composite
def histories(draw):
    """Edits such that each name and each value is one side's business; which side, is drawn."""
    owner = {(number, what): draw(st.sampled_from(["here", "there"])) for number in (*NUMBERS, ALIAS) for what in "nv"}
    steps = []
    for _ in range(draw(st.integers(1, 8))):
        number = draw(st.sampled_from(NUMBERS))
        what = draw(st.sampled_from("vvvnp"))
        if what == "p":
            steps.append((draw(st.sampled_from(["pull", "push"])),))
        elif what == "v":
            number = draw(st.sampled_from([number, number, ALIAS]))
            steps.append((f"set_{owner[number, 'v']}", number, draw(modes), draw(colours)))
        else:
            steps.append((f"rename_{owner[number, 'n']}", number, draw(st.sampled_from(["calm", "loud"]))))
    return steps


@pytest.fixture(params=["whole", "small"], scope="module")
def merging(request):
    """Both ways of merging: of everything, and, as for large projects, only of what changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sync, "WHOLE", 0 if request.param == "small" else sync.WHOLE)
        yield request.param


@settings(max_examples=40)
@given(steps=histories())
def test_every_edit_of_both_sides_is_kept_and_then_there_is_nothing_to_do(
    tmp_path_factory, figma_world, merging, steps
):
    both = Both(figma_world(tmp_path_factory.mktemp("sync"), payload()))
    both.do([*steps, ("pull",)])
    both.check()
    before = both.world.files()
    again = both.world.pull(even_if_unchanged=True)
    assert again.is_empty, "a pull is idempotent"
    assert both.world.files() == before
    both.world.push()
    both.check()
    both.check_figma()
    assert both.world.push() == [], "after a pull and a push there is nothing to push"
    assert both.world.pull(even_if_unchanged=True).is_empty


@settings(max_examples=40)
@given(steps=histories())
def test_the_order_of_edits_and_pulls_does_not_matter(tmp_path_factory, figma_world, merging, steps):
    edits = [step for step in steps if len(step) > 1]
    here = [step for step in edits if step[0].endswith("here")]
    there = [step for step in edits if step[0].endswith("there")]
    said = []
    for order in ([*here, *there], [*there, ("pull",), *here], [*here, ("pull",), *there], steps):
        both = Both(figma_world(tmp_path_factory.mktemp("sync"), payload()))
        both.do([*order, ("pull",)])
        both.check()
        said.append(both.said_here())
    assert said[0] == said[1] == said[2] == said[3]


@pytest.mark.parametrize("renames_here", [True, False])
def test_a_rename_of_what_is_referred_to_is_no_edit_of_what_refers(tmp_path, figma_world, merging, renames_here):
    both = Both(figma_world(tmp_path, payload()))
    sides = ("here", "there") if renames_here else ("there", "here")
    both.do([(f"rename_{sides[0]}", 1, "calm"), (f"set_{sides[1]}", ALIAS, "light", "blue"), ("pull",)])
    both.check()
    both.world.push()
    both.check_figma()
    assert both.world.pull(even_if_unchanged=True).is_empty


@settings(max_examples=30)
@given(number=st.sampled_from(NUMBERS), colour=colours, mode=modes, renames_here=st.booleans())
def test_a_rename_on_one_side_and_a_value_on_the_other_are_both_kept(
    tmp_path_factory, figma_world, merging, number, colour, mode, renames_here
):
    both = Both(figma_world(tmp_path_factory.mktemp("sync"), payload()))
    sides = ("here", "there") if renames_here else ("there", "here")
    both.do([(f"rename_{sides[0]}", number, "calm"), (f"set_{sides[1]}", number, mode, colour), ("pull",)])
    both.check()
    both.world.push()
    both.check_figma()
