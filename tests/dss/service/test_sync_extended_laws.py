"""Extended collections and libraries under the laws of syncing: each side's edits stay, only overrides are pushed."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dss.service import sync

ROOT, BRAND, SUB = (f"VariableCollectionId:{number}:0" for number in (1, 7, 8))
MODES = {"Light": "1:0", "Dark": "1:1"}
NUMBERS = (1, 2, 3)
COLOURS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1), "grey": (0.5, 0.5, 0.5)}
PLACES = ("theme", "brand", "sub")


def identity(number):
    return f"VariableID:1:{number}"


def as_figma(colour):
    return None if colour is None else dict(zip("rgba", (*COLOURS[colour], 1), strict=True))


def mode_of(place, mode):
    start = {"theme": "", "brand": f"{BRAND}/", "sub": f"{SUB}/"}[place]
    return start + MODES[mode]


def collection(identity_, name, letter, **more):
    modes = [{"modeId": mode, "name": label} for label, mode in MODES.items()]
    return {
        "id": identity_, "key": letter * 40, "name": name, "modes": modes, "defaultModeId": "1:0", "remote": False,
        "hiddenFromPublishing": False, "variableIds": [], **more,
    }  # fmt: skip


def extension(identity_, name, letter, parent, place):
    before = "theme" if place == "brand" else "brand"
    modes = [
        {"modeId": mode_of(place, label), "name": label, "parentModeId": mode_of(before, label)} for label in MODES
    ]
    overrides = {identity(9): {mode["modeId"]: as_figma("grey") for mode in modes}}
    return collection(
        identity_, name, letter, modes=modes, defaultModeId=modes[0]["modeId"], isExtension=True,
        parentVariableCollectionId=parent, rootVariableCollectionId=ROOT, variableOverrides=overrides,
    )  # fmt: skip


def payload():
    variables = {
        identity(number): {
            "id": identity(number), "key": f"{number:040x}", "name": f"g{number % 2}/n{number}",
            "resolvedType": "COLOR", "variableCollectionId": ROOT, "remote": False, "description": "",
            "scopes": ["ALL_SCOPES"], "hiddenFromPublishing": False, "codeSyntax": {},
            "valuesByMode": dict.fromkeys(MODES.values(), as_figma("red")),
        }
        for number in (*NUMBERS, 9)
    }  # fmt: skip
    found = (
        collection(ROOT, "Theme", "c", variableIds=list(variables)),
        extension(BRAND, "Brand", "d", ROOT, "brand"),
        extension(SUB, "Sub", "e", BRAND, "sub"),
    )
    meta = {"variables": variables, "variableCollections": {one["id"]: one for one in found}}
    return {"status": 200, "error": False, "meta": meta}


class Both:
    """A world, and what each place says of each variable in each mode: a colour, or ``None`` for what it inherits."""

    def __init__(self, world):
        self.world = world
        self.said = {
            (place, number, mode): "red" if place == "theme" else None
            for place in PLACES for number in NUMBERS for mode in MODES
        }  # fmt: skip
        world.pull()

    def set_here(self, place, number, mode, colour, bare):
        self.said[place, number, mode] = colour
        root = self.world.document(f"theme.{mode.lower()}.tokens.json")

        def change(document):
            group = document.setdefault(f"g{number % 2}", {})
            name = f"n{number}"
            if colour is None:
                group.pop(name, None)
                if not group:
                    del document[f"g{number % 2}"]
                return
            if name not in group:
                group[name] = copy.deepcopy(root[f"g{number % 2}"][name])
                if bare:  # as a person writes it who knows nothing of marks
                    del group[name]["$extensions"]
            group[name]["$value"] = {"colorSpace": "srgb", "components": list(COLOURS[colour])}

        self.world.edit(f"{place}.{mode.lower()}.tokens.json", change)

    def set_there(self, place, number, mode, colour, bare):
        self.said[place, number, mode] = colour
        entry = {"variableId": identity(number), "modeId": mode_of(place, mode), "value": as_figma(colour)}
        self.world.figma(variableModeValues=[entry])

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

    def check(self):
        for (place, number, mode), colour in self.said.items():
            group = self.world.document(f"{place}.{mode.lower()}.tokens.json").get(f"g{number % 2}", {})
            token = group.get(f"n{number}")
            found = None if token is None else tuple(token["$value"]["components"])
            assert found == (None if colour is None else COLOURS[colour]), (place, number, mode)

    def check_figma(self):
        file = self.world.fake.files["abcdefghij"]
        for (place, number, mode), colour in self.said.items():
            if place == "theme":
                values = file.variables[identity(number)]["valuesByMode"]
            else:
                over = file.collections[{"brand": BRAND, "sub": SUB}[place]]["variableOverrides"]
                values = over.get(identity(number), {})
            value = values.get(mode_of(place, mode))
            found = None if value is None else (value["r"], value["g"], value["b"])
            assert found == (None if colour is None else COLOURS[colour]), (place, number, mode)


@st.composite
def histories(draw):
    """Edits such that each value of each place is one side's business; which side, is drawn."""
    seat = st.tuples(st.sampled_from(PLACES), st.sampled_from(NUMBERS), st.sampled_from(sorted(MODES)))
    owners = {}
    steps = []
    for _ in range(draw(st.integers(1, 8))):
        if draw(st.integers(0, 3)) == 0:
            steps.append((draw(st.sampled_from(["pull", "push"])),))
            continue
        place = draw(seat)
        owner = owners.setdefault(place, draw(st.sampled_from(["here", "there"])))
        colours = sorted(COLOURS) if place[0] == "theme" else [*sorted(COLOURS), None]
        steps.append((f"set_{owner}", *place, draw(st.sampled_from(colours)), draw(st.booleans())))
    return steps


@pytest.fixture(params=["whole", "small"], scope="module")
def merging(request):
    """Both ways of merging: of everything, and, as for large projects, only of what changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sync, "WHOLE", 0 if request.param == "small" else sync.WHOLE)
        yield request.param


@settings(max_examples=40)
@given(steps=histories())
def test_overrides_of_both_sides_are_kept_and_nothing_else_is_marked_as_one(
    tmp_path_factory, figma_world, merging, steps
):
    both = Both(figma_world(tmp_path_factory.mktemp("extended"), payload()))
    both.do(steps)
    assert both.world.pull(even_if_unchanged=True).conflicts == ()
    both.check()
    before = both.world.files()
    assert both.world.pull(even_if_unchanged=True).is_empty, "a pull is idempotent"
    assert both.world.files() == before
    both.world.push()
    both.check()
    both.check_figma()
    assert both.world.push() == [], "after a pull and a push there is nothing to push"
    assert both.world.pull(even_if_unchanged=True).is_empty
