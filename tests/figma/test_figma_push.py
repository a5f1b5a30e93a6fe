"""Pushing: nothing after a pull, only differences after an edit, in bodies that Figma takes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from figma.fake import FakeFile, PostRefusedError
from figma.options import PullOptions
from figma.push import Limits, PushOptions, PushPlan, plan_push, real_ids_in, requests_of
from figma.reader import read

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def harbour() -> FakeFile:
    return FakeFile(json.loads((ROOT / "dss" / "demo" / "figma-local-variables.json").read_text("utf-8")))


def pulled(file: FakeFile, **options: Any) -> dict[str, Json]:
    return json.loads(json.dumps(read(file.local(), PullOptions(**options)).files))


def pushed(file: FakeFile, plan: PushPlan, limits: Limits = Limits()) -> int:  # noqa: B008
    """Post the plan; how many requests it took."""
    made: dict[str, str] = {}
    bodies = requests_of(plan, limits)
    for body in bodies:
        made |= file.post(real_ids_in(body, made))
    return len(bodies)


def bare(files: dict[str, Json]) -> Any:
    """Files without ids: what people see."""

    def stripped(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: stripped(v) for k, v in value.items() if k not in ("com.figma", "$extensions")}
        return [stripped(v) for v in value] if isinstance(value, list) else value

    return stripped(files)


def token_at(files: dict[str, Json], file: str, path: str) -> Json:
    token: Json = files[file]
    for name in path.split("."):
        token = token[name]
    return token


def codes(plan: PushPlan) -> list[str]:
    return [found.code for found in plan.diagnostics]


# --- nothing to do -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grouped", ["auto", True, False])
def test_a_pull_and_a_push_are_nothing(harbour: FakeFile, grouped: Any) -> None:
    options = PushOptions(pull=PullOptions(group_by_collection=grouped))
    files = pulled(harbour, group_by_collection=grouped)
    for base in (None, files):
        plan = plan_push(files, harbour.local(), base, options)
        assert plan.is_empty
        assert (plan.changes, plan.conflicts, plan.diagnostics) == ([], [], [])
        assert requests_of(plan) == []


@pytest.mark.parametrize(
    "name",
    [
        "rest/primer-local-variables.cut.json",
        "rest/terrazzo-2024-local-variables.json",
        "handmade/local-variables.corner-cases.json",
        "handmade/local-variables.extended-collections.json",
        "handmade/local-variables.empty-file.json",
    ],
)
def test_real_files_survive_a_pull_and_a_push(team_data: Path, name: str) -> None:
    file = FakeFile(json.loads((team_data / "figma" / name).read_text("utf-8")))
    files = pulled(file)
    plan = plan_push(files, file.local(), files)
    assert plan.is_empty, (plan.changes, plan.values)
    assert plan.diagnostics == []


def test_differences_below_the_tolerance_are_none(harbour: FakeFile) -> None:
    files = pulled(harbour)
    color = token_at(files, "primitives.tokens.json", "color.tide.500")["$value"]
    color["components"] = [channel + 1 / 1024 for channel in color["components"]]
    length = token_at(files, "layout.tokens.json", "space.16")
    length["$value"] = {"value": 1, "unit": "rem"}
    tracking = token_at(files, "typography.tokens.json", "font.letter-spacing.tight")
    tracking["$value"]["value"] = -0.4000000059604645
    assert plan_push(files, harbour.local()).is_empty


# --- edits ---------------------------------------------------------------------------------------------------------


def test_an_edited_value_is_one_entry(harbour: FakeFile) -> None:
    files = pulled(harbour)
    token_at(files, "layout.tokens.json", "space.16")["$value"] = {"value": 18, "unit": "px"}
    plan = plan_push(files, harbour.local())
    identity = token_at(files, "layout.tokens.json", "space.16")["$extensions"]["com.figma"]["id"]
    (body,) = requests_of(plan)
    assert body == {"variableModeValues": [{"variableId": identity, "modeId": "4:0", "value": 18}]}
    pushed(harbour, plan)
    assert pulled(harbour) == files


def test_every_kind_of_value_is_written_as_figma_wants_it(harbour: FakeFile) -> None:
    files = pulled(harbour)
    edits = {
        ("primitives.tokens.json", "color.tide.500"): (
            {"colorSpace": "srgb", "components": [1, "none", 0.5], "alpha": 0.5},
            {"r": 1, "g": 0, "b": 0.5, "a": 0.5},
        ),
        ("typography.tokens.json", "font.family.sans"): (["Roboto", "Arial"], "Roboto"),
        ("typography.tokens.json", "font.weight.bold"): ("extra-bold", 800),
        ("layout.tokens.json", "opacity.muted"): (0.6, 60),
        ("layout.tokens.json", "radius.md"): ({"value": 0.5, "unit": "rem"}, 8),
        ("layout.tokens.json", "space.2"): ({"value": 1.5, "unit": "rem"}, 24),
        ("motion.standard.tokens.json", "motion.duration.slow"): ({"value": 0.4, "unit": "s"}, 400),
        ("motion.reduced.tokens.json", "motion.easing.enter"): ([0.1, 0, 1, 1], "cubic-bezier(0.1, 0, 1, 1)"),
    }
    for (file, path), (value, _) in edits.items():
        token_at(files, file, path)["$value"] = value
    plan = plan_push(files, harbour.local())
    sent = {entry["variableId"]: entry["value"] for entry in plan.values}
    for (file, path), (_, raw) in edits.items():
        identity = token_at(files, file, path)["$extensions"]["com.figma"]["id"]
        if path != "radius.md":
            assert sent.pop(identity) == raw, path
    assert sent == {}, "0.5 rem is 8 px, as it was"
    pushed(harbour, plan)
    assert plan_push(files, harbour.local()).is_empty


def test_a_wide_gamut_color_is_mapped_and_told(harbour: FakeFile) -> None:
    files = pulled(harbour)
    wide = {"colorSpace": "display-p3", "components": [0, 1, 0]}
    token_at(files, "primitives.tokens.json", "color.kelp.500")["$value"] = wide
    plan = plan_push(files, harbour.local())
    assert codes(plan) == ["DSS459"]
    (entry,) = plan.values
    assert all(0 <= channel <= 1 for channel in entry["value"].values())


def test_an_alias_becomes_a_literal_and_back(harbour: FakeFile) -> None:
    files = before = pulled(harbour)
    files = copy.deepcopy(before)
    token = token_at(files, "theme.dark.tokens.json", "text.link")
    token["$value"] = {"colorSpace": "srgb", "components": [0, 0, 1], "alpha": 1, "hex": "#0000ff"}
    pushed(harbour, plan_push(files, harbour.local()))
    assert pulled(harbour) == files
    pushed(harbour, plan_push(before, harbour.local()))
    assert pulled(harbour) == before


def test_a_rename_keeps_the_variable_and_everything_bound_to_it(harbour: FakeFile) -> None:
    files = pulled(harbour)
    tree = files["primitives.tokens.json"]["color"]
    tree["ocean"] = tree.pop("tide")
    text = json.dumps(files).replace("{color.tide.", "{color.ocean.")
    files = json.loads(text)
    plan = plan_push(files, harbour.local())
    assert {change.kind for change in plan.changes} == {"rename"}
    assert len(plan.variables) == 11
    assert plan.values == []
    pushed(harbour, plan)
    again = pulled(harbour)
    assert again["primitives.tokens.json"]["color"].keys() == tree.keys()
    assert plan_push(again, harbour.local()).is_empty


@pytest.mark.parametrize("order", [("2", "4"), ("4", "2")])
def test_two_variables_may_swap_names(harbour: FakeFile, order: tuple[str, str]) -> None:
    files = pulled(harbour)
    space = files["layout.tokens.json"]["space"]
    one, other = order
    space[one], space[other] = space[other], space[one]
    plan = plan_push(files, harbour.local())
    pushed(harbour, plan)
    again = pulled(harbour)["layout.tokens.json"]["space"]
    assert again[one]["$value"]["value"] == float(other)
    assert again[one]["$extensions"]["com.figma"]["id"] == space[one]["$extensions"]["com.figma"]["id"]


def test_a_chain_of_renames_never_meets_a_taken_name(harbour: FakeFile) -> None:
    files = pulled(harbour)
    space = files["layout.tokens.json"]["space"]
    space["3"], space["4"], space["2"] = space.pop("4"), space["2"], space.pop("0")
    pushed(harbour, plan_push(files, harbour.local()))
    again = pulled(harbour)["layout.tokens.json"]["space"]
    assert [again[name]["$value"]["value"] for name in ("3", "4", "2")] == [4, 2, 0]


def test_details_are_sent_only_when_they_change(harbour: FakeFile) -> None:
    files = pulled(harbour)
    token = token_at(files, "layout.tokens.json", "space.8")
    token["$description"] = "The unit of everything."
    token["$extensions"]["com.figma"]["scopes"] = ["GAP"]
    token["$extensions"]["com.figma"]["codeSyntax"] = {"WEB": "var(--unit)"}
    plan = plan_push(files, harbour.local())
    (entry,) = plan.variables
    assert entry.keys() == {"action", "id", "description", "scopes", "codeSyntax"}
    assert plan.values == []
    pushed(harbour, plan)
    assert pulled(harbour) == files


def test_new_tokens_become_variables_with_every_mode(harbour: FakeFile) -> None:
    files = pulled(harbour)
    for mode, step in (("light", 300), ("dark", 700), ("high-contrast", 100)):
        tree = files[f"theme.{mode}.tokens.json"]
        tree["badge"] = {
            "$type": "color",
            "fill": {"$value": f"{{color.coral.{step}}}"},
            "line": {"$value": "{badge.fill}"},
        }
    files["layout.tokens.json"]["tab"] = {
        "thing": {"$type": "dimension", "$value": {"value": 3, "unit": "px"}, "$description": "New."},
        "many": {"$type": "number", "$value": 3},
        "size": {"$type": "number", "$value": 1.5},
    }
    files["motion.standard.tokens.json"]["motion"]["word"] = {"$type": "string", "$value": "swift"}
    plan = plan_push(files, harbour.local())
    assert [change.kind for change in plan.changes] == ["create"] * 6
    assert pushed(harbour, plan) == 1
    again = pulled(harbour)
    kinds = [again["layout.tokens.json"]["tab"][name]["$type"] for name in ("thing", "many", "size")]
    assert kinds == ["dimension", "number", "number"], "the scopes tell the next pull"
    assert token_at(again, "theme.dark.tokens.json", "badge.line")["$value"] == "{badge.fill}"
    assert token_at(again, "motion.reduced.tokens.json", "motion.word")["$value"] == "swift", "no mode is left empty"
    assert plan_push(again, harbour.local()).is_empty
    assert plan_push(files, harbour.local()).is_empty, "even before the ids have arrived in the files"


def test_a_copied_token_is_a_new_variable(harbour: FakeFile) -> None:
    files = pulled(harbour)
    space = files["layout.tokens.json"]["space"]
    space["copy"] = copy.deepcopy(space["8"])
    plan = plan_push(files, harbour.local())
    assert [(change.kind, change.name) for change in plan.changes] == [("create", "space/copy")]


def test_new_contexts_and_sets_become_modes_and_collections(harbour: FakeFile) -> None:
    files = pulled(harbour)
    document = files["tokens.resolver.json"]
    document["modifiers"]["Density"]["contexts"]["Touch"] = [{"$ref": "density.touch.json"}]
    files["density.touch.json"] = {
        "control": {"gap": copy.deepcopy(token_at(files, "density.compact.tokens.json", "control.gap"))}
    }
    files["density.touch.json"]["control"]["gap"]["$value"] = "{space.24}"
    document["sets"]["Extra"] = {"sources": [{"$ref": "extra.json"}]}
    document["modifiers"]["Brand"] = {
        "contexts": {"Sea": [{"$ref": "sea.json"}], "Lake": [{"$ref": "lake.json"}]},
        "default": "Lake",
    }
    document["resolutionOrder"] += [{"$ref": "#/sets/Extra"}, {"$ref": "#/modifiers/Brand"}]
    files["extra.json"] = {"extra": {"$type": "number", "$value": 7}}
    files["sea.json"] = {"brand": {"main": {"$type": "color", "$value": "{color.tide.500}"}}}
    files["lake.json"] = {"brand": {"main": {"$type": "color", "$value": "{color.lagoon.500}"}}}
    plan = plan_push(files, harbour.local())
    assert pushed(harbour, plan) == 1
    again = pulled(harbour)
    modifiers = again["tokens.resolver.json"]["modifiers"]
    assert list(modifiers["Density"]["contexts"]) == ["Comfortable", "Compact", "Touch"]
    assert modifiers["Brand"]["default"] == "Lake", "the initial mode is the default one"
    assert token_at(again, "density.touch.tokens.json", "control.gap")["$value"] == "{space.24}"
    assert token_at(again, "density.touch.tokens.json", "card.gap")["$value"] == "{space.16}", "as in the default mode"
    assert token_at(again, "brand.sea.tokens.json", "brand.main")["$value"] == "{color.tide.500}"
    assert token_at(again, "extra.tokens.json", "extra")["$value"] == 7
    assert plan_push(again, harbour.local()).is_empty


def test_a_renamed_context_is_a_renamed_mode(harbour: FakeFile) -> None:
    files = pulled(harbour)
    contexts = files["tokens.resolver.json"]["modifiers"]["Theme"]["contexts"]
    files["tokens.resolver.json"]["modifiers"]["Theme"]["contexts"] = {
        {"Dark": "Night"}.get(name, name): sources for name, sources in contexts.items()
    }
    plan = plan_push(files, harbour.local())
    (entry,) = plan.modes
    assert entry == {
        "action": "UPDATE",
        "id": "2:1",
        "name": "Night",
        "variableCollectionId": "VariableCollectionId:2:1",
    }
    assert (plan.variables, plan.values) == ([], [])
    pushed(harbour, plan)
    assert list(pulled(harbour)["tokens.resolver.json"]["modifiers"]["Theme"]["contexts"])[1] == "Night"


def test_a_mode_that_only_figma_renamed_or_deleted_is_left_alone(harbour: FakeFile) -> None:
    base = pulled(harbour)
    theme = "VariableCollectionId:2:1"
    rename = {"action": "UPDATE", "id": "2:1", "name": "Night", "variableCollectionId": theme}
    harbour.post({"variableModes": [rename, {"action": "DELETE", "id": "2:2"}]})
    plan = plan_push(base, harbour.local(), base)
    assert plan.is_empty
    assert codes(plan) == ["DSS451"]


# --- what is not done ----------------------------------------------------------------------------------------------


def test_nothing_is_deleted_without_being_asked(harbour: FakeFile) -> None:
    base = pulled(harbour)
    files = copy.deepcopy(base)
    del files["layout.tokens.json"]["z-index"]
    plan = plan_push(files, harbour.local(), base)
    assert plan.is_empty
    assert codes(plan) == ["DSS453"]
    assert plan_push(files, harbour.local()).is_empty, "without a base nobody knows what was removed"
    plan = plan_push(files, harbour.local(), base, PushOptions(delete=True))
    assert [entry["action"] for entry in plan.variables] == ["DELETE"] * 7
    pushed(harbour, plan)
    assert "z-index" not in pulled(harbour)["layout.tokens.json"]


def test_what_only_figma_changed_is_left_alone_and_both_is_a_conflict(harbour: FakeFile) -> None:
    base = pulled(harbour)
    files = copy.deepcopy(base)
    eight = token_at(base, "layout.tokens.json", "space.8")["$extensions"]["com.figma"]["id"]
    four = token_at(base, "layout.tokens.json", "space.4")["$extensions"]["com.figma"]["id"]
    values = [{"variableId": identity, "modeId": "4:0", "value": 99} for identity in (eight, four)]
    harbour.post({"variableModeValues": values})
    token_at(files, "layout.tokens.json", "space.4")["$value"]["value"] = 5
    token_at(files, "layout.tokens.json", "space.16")["$value"]["value"] = 17
    plan = plan_push(files, harbour.local(), base)
    assert [entry["value"] for entry in plan.values] == [17]
    assert [conflict.name for conflict in plan.conflicts] == ["space/4"]
    plan = plan_push(files, harbour.local(), base, PushOptions(overwrite=True))
    assert sorted(entry["value"] for entry in plan.values) == [5, 17]
    assert plan.conflicts == []


def test_a_variable_that_is_gone_in_figma_is_told(harbour: FakeFile) -> None:
    files = pulled(harbour)
    identity = token_at(files, "layout.tokens.json", "z-index.toast")["$extensions"]["com.figma"]["id"]
    harbour.post({"variables": [{"action": "DELETE", "id": identity}]})
    plan = plan_push(files, harbour.local())
    assert plan.is_empty
    assert codes(plan) == ["DSS451"]


@pytest.mark.parametrize(
    ("type_", "value", "code"),
    [
        ("shadow", {"color": "{color.black}"}, "DSS454"),
        ("typography", {}, "DSS454"),
        ("dimension", {"value": 1, "unit": "em"}, "DSS457"),
        ("number", "{no.such.token}", "DSS457"),
        ("number", "{color.black}", "DSS457"),
        ("number", {"$ref": "#/space/8/$value/value"}, "DSS457"),
    ],
)
def test_what_figma_cannot_hold_is_told_and_not_sent(harbour: FakeFile, type_: str, value: Any, code: str) -> None:
    files = pulled(harbour)
    files["layout.tokens.json"]["odd"] = {"$type": type_, "$value": value}
    plan = plan_push(files, harbour.local())
    assert plan.values == []
    assert code in codes(plan)


def test_the_type_of_a_variable_cannot_change(harbour: FakeFile) -> None:
    files = pulled(harbour)
    token = token_at(files, "layout.tokens.json", "space.8")
    token["$type"], token["$value"] = "string", "eight"
    plan = plan_push(files, harbour.local())
    assert plan.is_empty
    assert codes(plan) == ["DSS457"]


def test_names_that_figma_would_refuse_are_refused_before(harbour: FakeFile) -> None:
    files = pulled(harbour)
    files["layout.tokens.json"]["Space"] = {"8": {"$type": "number", "$value": 1}}
    assert codes(plan_push(files, harbour.local())) == ["DSS456"]


def test_limits_are_checked_before(harbour: FakeFile) -> None:
    files = pulled(harbour)
    modifier = files["tokens.resolver.json"]["modifiers"]["Density"]
    for number in range(39):
        modifier["contexts"][f"Mode {number}"] = []
    modifier["contexts"]["x" * 41] = []
    assert codes(plan_push(files, harbour.local())).count("DSS452") == 2


def test_without_a_resolver_document_nothing_is_pushed(harbour: FakeFile) -> None:
    from figma.errors import FigmaSourceError

    with pytest.raises(FigmaSourceError) as refused:
        plan_push({"a.json": {}}, harbour.local())
    assert refused.value.code == "DSS450"


# --- extended collections ------------------------------------------------------------------------------------------


def test_only_overrides_are_pushed_and_taken_back(team_data: Path) -> None:
    name = "handmade/local-variables.extended-collections.json"
    file = FakeFile(json.loads((team_data / "figma" / name).read_text("utf-8")))
    base = pulled(file)
    files = copy.deepcopy(base)
    brand = files["brand-a.light.tokens.json"]
    brand["accent"]["default"]["$value"]["components"] = [0, 1, 0]
    del brand["radius"]
    plan = plan_push(files, file.local(), base)
    assert plan.values == [
        {
            "variableId": "VariableID:2:10",
            "modeId": "VariableCollectionId:2:5/2:0",
            "value": {"r": 0, "g": 1, "b": 0, "a": 1},
        },
        {"variableId": "VariableID:2:12", "modeId": "VariableCollectionId:2:5/2:0", "value": None},
    ]
    pushed(file, plan)
    again = pulled(file)
    assert "radius" not in again["brand-a.light.tokens.json"]
    assert plan_push(again, file.local(), again).is_empty


def test_an_extended_collection_takes_no_new_variables(team_data: Path) -> None:
    name = "handmade/local-variables.extended-collections.json"
    file = FakeFile(json.loads((team_data / "figma" / name).read_text("utf-8")))
    files = pulled(file)
    files["brand-a.light.tokens.json"]["new"] = {"$type": "number", "$value": 1}
    plan = plan_push(files, file.local())
    assert plan.is_empty
    assert codes(plan) == ["DSS458"]


# --- bodies --------------------------------------------------------------------------------------------------------


def test_a_large_push_is_split_and_ends_the_same(harbour: FakeFile) -> None:
    files = pulled(harbour)
    empty = FakeFile()
    for document in files.values():
        strip_ids(document)
    plan = plan_push(files, empty.local())
    split = copy.deepcopy(plan)
    limits = Limits(most_bytes=20_000)
    bodies = requests_of(split, limits)
    assert len(bodies) > 5
    assert all(len(json.dumps(body, separators=(",", ":"), ensure_ascii=False)) <= 20_000 for body in bodies)
    other = FakeFile()
    assert pushed(other, split, limits) == len(bodies)
    assert pushed(empty, plan) == 1
    assert bare(pulled(other)) == bare(pulled(empty))
    assert other.local() == empty.local() or len(other.local()["meta"]["variables"]) == 306


def strip_ids(value: Any) -> None:
    """Remove every mark of Figma: the tokens of somebody who never used it."""
    if isinstance(value, dict):
        value.pop("$extensions", None)
        for below in value.values():
            strip_ids(below)


def test_a_whole_system_can_be_made_from_nothing(harbour: FakeFile) -> None:
    files = pulled(harbour)
    for document in files.values():
        strip_ids(document)
    file = FakeFile()
    plan = plan_push(files, file.local())
    assert pushed(file, plan) == 1
    again = pulled(file)
    assert len(file.variables) == 306
    assert list(again["tokens.resolver.json"]["modifiers"]) == ["Theme", "Density", "Motion"]
    assert plan_push(files, file.local()).is_empty
    changed = {
        path
        for name, document in bare(files).items()
        if name != "tokens.resolver.json"
        for path in differing(document, bare(again)[name])
    }
    assert {path.split(".")[0] for path in changed} <= {"motion", "font", "opacity"}, (
        "curves and families lose a little"
    )


def differing(one: Any, other: Any, path: str = "") -> list[str]:
    if isinstance(one, dict) and isinstance(other, dict) and "$value" not in one:
        keys = one.keys() | other.keys()
        return [
            found
            for key in sorted(keys)
            for found in differing(one.get(key), other.get(key), f"{path}.{key}".strip("."))
        ]
    return [] if one == other else [path]


# --- the fake keeps Figma's rules ----------------------------------------------------------------------------------


def made(name: str, **more: Any) -> Json:
    entry = {
        "action": "CREATE",
        "name": name,
        "variableCollectionId": "VariableCollectionId:4:1",
        "resolvedType": "FLOAT",
    }
    return {"variables": [entry | more]}


def updated(**more: Any) -> Json:
    return {"variables": [{"action": "UPDATE", "id": "VariableID:1:1"} | more]}


def mode(action: str, **more: Any) -> Json:
    return {"variableModes": [{"action": action, "variableCollectionId": "VariableCollectionId:2:1"} | more]}


def valued(value: Any, at: str = "1:0", variable: str = "VariableID:1:1") -> Json:
    return {"variableModeValues": [{"variableId": variable, "modeId": at, "value": value}]}


def alias(identity: str) -> Json:
    return {"type": "VARIABLE_ALIAS", "id": identity}


REFUSED = [
    ([], "must be an object"),
    ({}, "at least one of"),
    ({"variable": []}, "at least one of"),
    ({"variables": [{"action": "MAKE"}]}, "Invalid action"),
    (updated(id="x"), "not found"),
    (made("space/8"), "Duplicate variable name"),
    (made("SPACE/8"), "Duplicate variable name"),
    (made("a.b"), "Invalid variable name"),
    (made(""), "name is required"),
    (made("x", resolvedType="EASING"), "Invalid resolvedType"),
    (updated(resolvedType="FLOAT"), "cannot be changed"),
    (updated(scopes=["GAP"]), "Invalid scopes"),
    (updated(scopes=["ALL_SCOPES", "TEXT_FILL"]), "Invalid scopes"),
    (updated(scopes=["ALL_FILLS", "TEXT_FILL"]), "ALL_FILLS excludes"),
    (updated(codeSyntax={"IOS": "x"}), "Invalid codeSyntax"),
    (mode("CREATE", name="x" * 41), "longer than 40"),
    (mode("CREATE", name="Dark"), "Duplicate mode name"),
    (mode("DELETE", id="1:0"), "last mode"),
    (
        {
            "variableCollections": [{"action": "CREATE", "id": "t", "name": "N", "initialModeId": "m"}],
            **mode("CREATE", id="m", name="N", variableCollectionId="t"),
        },
        "rename the initial mode",
    ),
    ({"variableModeValues": [{"variableId": "VariableID:1:1", "modeId": "1:0"}]}, "required"),
    (valued(1, at="2:0"), "Mode not found"),
    (valued("#fff"), "Invalid value"),
    (valued({"r": 2, "g": 0, "b": 0}), "Invalid value"),
    (valued(None), "Invalid value"),
    (valued(alias("VariableID:1:1")), "itself"),
    (valued(alias("VariableID:9:9")), "not found"),
    (valued(alias("VariableID:3:158")), "type mismatch"),
    (
        {
            "variableModeValues": [
                *valued(alias("VariableID:1:2"))["variableModeValues"],
                *valued(alias("VariableID:1:1"), variable="VariableID:1:2")["variableModeValues"],
            ]
        },
        "cycle",
    ),
]


@pytest.mark.parametrize(("body", "says"), REFUSED)
def test_the_fake_refuses_what_figma_refuses_and_changes_nothing(harbour: FakeFile, body: Any, says: str) -> None:
    before = harbour.local()
    valid = {"action": "UPDATE", "id": "VariableID:1:1", "description": "must not stay"}
    if isinstance(body, dict) and body and "variable" not in body:
        body = {**body, "variables": [valid, *body.get("variables", [])]}
    with pytest.raises(PostRefusedError, match=says):
        harbour.post(body)
    assert harbour.local() == before


def test_the_fake_keeps_what_is_deleted_but_used(harbour: FakeFile) -> None:
    used = harbour.variables["VariableID:1:1"]
    assert used["name"] == "color/slate/50"
    harbour.post({"variables": [{"action": "DELETE", "id": "VariableID:1:1"}]})
    assert harbour.variables["VariableID:1:1"]["deletedButReferenced"] is True
    files = pulled(harbour)
    assert "50" not in files["primitives.tokens.json"]["color"]["slate"]
