"""The rules of POST variables (reference "figma", 7) by number: the real client, what it sends, a fake's answer."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx

from figma.client import MOST_REQUEST_BYTES, FigmaClient
from figma.errors import FigmaRequestError
from figma.fake import FakeFigma, FakeFile
from figma.push import Limits, PushOptions, PushPlan, plan_push, real_ids_in, requests_of
from figma.reader import read

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
KEY = "abcdefghij"
LAYOUT, LIGHT, DARK = "layout.tokens.json", "theme.light.tokens.json", "theme.dark.tokens.json"
RESOLVER = "tokens.resolver.json"


class Harbour:
    """The demo's file behind the real client; ``sent`` has every body."""

    def __init__(self, router: respx.Router, payload: Json, **more: Any) -> None:
        self.file = FakeFile(payload, **more)
        self.fake = FakeFigma({KEY: self.file})
        self.sent: list[Json] = []
        self.methods: list[str] = []
        router.route(host="api.figma.com").mock(side_effect=self.answer)
        self.client = FigmaClient("figd_x", sleep=lambda seconds: None)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.methods.append(request.method)
        if request.method == "POST":
            self.sent.append(json.loads(request.content))
        target = request.url.raw_path.decode()
        found = self.fake.handle(request.method, target, dict(request.headers), request.content)
        return httpx.Response(found.status, headers=dict(found.headers), content=found.body)

    def files(self) -> dict[str, Json]:
        return json.loads(json.dumps(read(self.client.local_variables(KEY)).files))

    def push(self, files: dict[str, Json], limits: Limits = Limits(), **more: Any) -> PushPlan:  # noqa: B008
        plan = plan_push(files, self.client.local_variables(KEY), more.pop("base", None), PushOptions(**more))
        made: dict[str, str] = {}
        for body in requests_of(plan, limits):
            made |= self.client.post_variables(KEY, real_ids_in(body, made))
        return plan


@pytest.fixture
def payload() -> Json:
    return json.loads((ROOT / "dss" / "demo" / "figma-local-variables.json").read_text("utf-8"))


@pytest.fixture
def router() -> Iterator[respx.Router]:
    with respx.mock as found:
        yield found


@pytest.fixture
def harbour(router: respx.Router, payload: Json) -> Harbour:
    return Harbour(router, payload)


def codes(plan: PushPlan) -> list[str]:
    return [found.code for found in plan.diagnostics]


def without_marks(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_marks(below) for name, below in value.items() if name != "$extensions"}
    return [without_marks(below) for below in value] if isinstance(value, list) else value


def test_rule_1_what_figma_refuses_in_one_entry_changes_nothing(harbour: Harbour) -> None:
    before = harbour.file.local()
    good = {"action": "UPDATE", "id": "VariableID:1:1", "name": "color/other"}
    bad = {"action": "UPDATE", "id": "VariableID:1:2", "scopes": ["GAP"]}
    with pytest.raises(FigmaRequestError) as refused:
        harbour.client.post_variables(KEY, {"variables": [good, bad]})
    assert "Invalid scopes for" in refused.value.diagnostics[0].message
    assert harbour.file.local() == before


def test_rule_2_a_large_push_is_split_and_each_body_knows_the_ids_of_those_before(
    router: respx.Router, payload: Json
) -> None:
    files = without_marks(Harbour(router, payload).files())
    empty = Harbour(router, {"meta": {"variables": {}, "variableCollections": {}}})
    empty.push(files, Limits(most_bytes=20_000))
    assert len(empty.sent) > 5
    first = next(place for place, body in enumerate(empty.sent) if "variables" in body)
    assert all(list(body) in (["variableCollections", "variableModes"], ["variableCollections"], ["variableModes"])
               for body in empty.sent[:first])  # fmt: skip
    known: set[str] = set()
    for body in empty.sent:
        text = json.dumps(body)
        assert len(text) <= MOST_REQUEST_BYTES
        made = {entry["id"] for entries in body.values() for entry in entries if entry.get("action") == "CREATE"}
        used = {word for word in text.split('"') if word.startswith("tmp:")}
        assert not used & known, "what an earlier request made has its real id"
        known |= made
    assert len(empty.file.variables) == 306


def test_rule_3_temporary_ids_are_told_apart_and_serve_as_targets_at_once(harbour: Harbour) -> None:
    files = harbour.files()
    for name in (LIGHT, DARK, "theme.high-contrast.tokens.json"):
        files[name]["new"] = {
            "$type": "color", "user": {"$value": "{new.target}"}, "target": {"$value": "{color.coral.300}"},
        }  # fmt: skip
    harbour.push(files)
    (body,) = harbour.sent
    ids = [entry["id"] for entry in body["variables"]]
    assert len(set(ids)) == 2
    assert all(identity.startswith("tmp:") for identity in ids)
    targets = {entry["value"]["id"] for entry in body["variableModeValues"]}
    assert targets & set(ids)


def test_rule_4_the_first_mode_of_a_collection_is_renamed_never_made(harbour: Harbour) -> None:
    files = harbour.files()
    document = files[RESOLVER]
    document["modifiers"]["Brand"] = {
        "contexts": {"Sea": [{"$ref": "sea.json"}], "Lake": [{"$ref": "lake.json"}]}, "default": "Lake",
    }  # fmt: skip
    document["resolutionOrder"].append({"$ref": "#/modifiers/Brand"})
    files["sea.json"] = files["lake.json"] = {"brand": {"$type": "number", "$value": 1}}
    harbour.push(files)
    (body,) = harbour.sent
    (collection,) = body["variableCollections"]
    by_action = {entry["action"]: entry for entry in body["variableModes"]}
    assert by_action["UPDATE"]["id"] == collection["initialModeId"]
    assert by_action["UPDATE"]["variableCollectionId"] == collection["id"]
    assert by_action["CREATE"]["id"] != collection["initialModeId"]
    assert (by_action["UPDATE"]["name"], by_action["CREATE"]["name"]) == ("Lake", "Sea")


def test_rule_5_a_new_variable_and_a_new_mode_are_set_everywhere(harbour: Harbour) -> None:
    files = harbour.files()
    files[LIGHT]["only"] = {"$type": "color", "$value": "{color.coral.300}"}
    files[RESOLVER]["modifiers"]["Theme"]["contexts"]["Dusk"] = []
    harbour.push(files)
    (body,) = harbour.sent
    (created,) = body["variables"]
    (mode,) = body["variableModes"]
    values = {(entry["variableId"], entry["modeId"]) for entry in body["variableModeValues"]}
    theme = next(c for c in harbour.file.collections.values() if c["name"] == "Theme")
    old = [found["modeId"] for found in theme["modes"] if found["name"] != "Dusk"]
    assert {(created["id"], found) for found in (*old, mode["id"])} <= values
    assert {(identity, mode["id"]) for identity in theme["variableIds"] if identity in harbour.file.variables
            and "Dusk" in [m["name"] for m in theme["modes"]]} - {(v, m) for v, m in values} <= {
                (identity, mode["id"]) for identity in theme["variableIds"][-1:]}  # fmt: skip


def test_rule_6_type_and_collection_of_a_variable_stay(harbour: Harbour) -> None:
    files = harbour.files()
    token = files[LAYOUT]["space"]["8"]
    token["$type"], token["$value"] = "string", "eight"
    assert codes(harbour.push(files)) == ["DSS457"]
    assert harbour.sent == []
    base = harbour.files()
    files = copy.deepcopy(base)
    files["primitives.tokens.json"]["eight"] = files[LAYOUT]["space"].pop("8")
    plan = harbour.push(files, base=base, delete=True)
    assert harbour.sent == [], "neither moved nor deleted"
    assert {"DSS460"} <= set(codes(plan)) <= {"DSS460", "DSS457"}, "what refers to it cannot say so"
    del files["primitives.tokens.json"]["eight"]["$extensions"]
    (created,) = [entry for entry in harbour.push(files, base=base).variables if entry["action"] == "CREATE"]
    assert created["name"] == "eight"


def test_rule_7_names_are_unique_and_short_enough_before_anything_is_sent(harbour: Harbour) -> None:
    files = harbour.files()
    files[LAYOUT]["SPACE"] = {"8": {"$type": "number", "$value": 1}}
    files[RESOLVER]["modifiers"]["Theme"]["contexts"]["x" * 41] = []
    plan = plan_push(files, harbour.client.local_variables(KEY))
    assert sorted(codes(plan)) == ["DSS452", "DSS456"]


@pytest.mark.parametrize("name", ["a/b", "9 lives", "naïve 🌊"])
def test_rule_7_names_of_new_variables_hold_no_dots(harbour: Harbour, name: str) -> None:
    files = harbour.files()
    files[LAYOUT]["deep"] = {"er": {name: {"$type": "number", "$value": 1}}}
    harbour.push(files)
    ((entry,),) = [body["variables"] for body in harbour.sent]
    assert entry["name"] == f"deep/er/{name}"


def test_rule_8_limits_are_told_before_and_those_of_the_plan_as_figma_says(router: respx.Router, payload: Json) -> None:
    harbour = Harbour(router, payload, most_modes=3)
    files = harbour.files()
    files[RESOLVER]["modifiers"]["Theme"]["contexts"]["Fourth"] = []
    with pytest.raises(FigmaRequestError) as refused:
        harbour.push(files)
    assert "3" in refused.value.diagnostics[0].message
    files = harbour.files()
    files[LAYOUT]["many"] = {f"n{number}": {"$type": "number", "$value": 1} for number in range(5000)}
    assert "DSS452" in codes(plan_push(files, harbour.client.local_variables(KEY)))


@pytest.mark.parametrize(
    ("value", "code"),
    [("{space.16}", "DSS457"), ("{badge.me}", "DSS457"), ("{badge.other}", "DSS457"), ("{no.such}", "DSS457")],
    ids=["another type", "itself", "circle", "nothing"],
)
def test_rule_9_an_alias_leads_to_a_variable_of_its_type_and_not_to_itself(
    harbour: Harbour, value: str, code: str
) -> None:
    files = harbour.files()
    for name in (LIGHT, DARK, "theme.high-contrast.tokens.json"):
        files[name]["badge"] = {
            "me": {"$type": "color", "$value": value}, "other": {"$type": "color", "$value": "{badge.me}"},
        }  # fmt: skip
    plan = harbour.push(files)
    assert code in codes(plan)
    assert harbour.sent == []


def remote(payload: Json) -> tuple[str, Json]:
    """A library's variable that the file uses."""
    collection = f"VariableCollectionId:{'c' * 40}/9:0"
    identity = f"VariableID:{'d' * 40}/9:1"
    payload["meta"]["variableCollections"][collection] = {
        "id": collection, "key": "c" * 40, "name": "Library", "modes": [{"modeId": "9:0", "name": "Mode 1"}],
        "defaultModeId": "9:0", "remote": True, "hiddenFromPublishing": True, "variableIds": [identity],
    }  # fmt: skip
    payload["meta"]["variables"][identity] = {
        "id": identity, "key": "d" * 40, "name": "far/away", "variableCollectionId": collection,
        "resolvedType": "COLOR", "valuesByMode": {"9:0": {"r": 0, "g": 1, "b": 0, "a": 1}}, "remote": True,
        "description": "", "hiddenFromPublishing": True, "scopes": ["ALL_SCOPES"], "codeSyntax": {},
    }  # fmt: skip
    return identity, payload


def library_of(payload: Json, identity: str) -> Json:
    """The library's own answer: there the variable is at home, under its short id."""
    found = copy.deepcopy(payload["meta"]["variables"][identity])
    home = copy.deepcopy(payload["meta"]["variableCollections"][found["variableCollectionId"]])
    home |= {"id": "VariableCollectionId:9:0", "remote": False, "variableIds": ["VariableID:9:1"]}
    found |= {"id": "VariableID:9:1", "variableCollectionId": home["id"], "remote": False}
    other = {**found, "id": "VariableID:9:2", "key": "e" * 40, "name": "far/unused"}
    return {"meta": {"variables": {v["id"]: v for v in (found, other)}, "variableCollections": {home["id"]: home}}}


@pytest.mark.parametrize("path", ["far.away", "far.unused"])
def test_rules_9_and_10_a_librarys_variable_is_a_target_where_the_file_uses_it_and_never_written(
    router: respx.Router, payload: Json, path: str
) -> None:
    identity, payload = remote(payload)
    first = next(v for v in payload["meta"]["variables"].values() if v["name"] == "color/coral/300")
    first["valuesByMode"] = {mode: {"type": "VARIABLE_ALIAS", "id": identity} for mode in first["valuesByMode"]}
    harbour = Harbour(router, payload)
    from figma.sources import Answers, read_answers

    library = library_of(payload, identity)
    answers = Answers(variables={"f.json": harbour.file.local()}, libraries={"kit": {"l.json": library}})
    files = json.loads(json.dumps(read_answers(answers).files))
    (kit,) = [name for name, document in files.items() if "far" in document or "far" in document.get("kit", {})]
    group = files[kit].get("kit", files[kit])
    full = ("kit." if "kit" in files[kit] else "") + path
    group["far"]["away"]["$value"] = {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 1, "hex": "#000000"}
    files["primitives.tokens.json"]["color"]["coral"]["500"]["$value"] = "{" + full + "}"
    plan = plan_push(files, harbour.client.local_variables(KEY), None, libraries={"kit": library})
    bodies = requests_of(plan)
    for body in bodies:
        harbour.client.post_variables(KEY, body)
    written = [entry["variableId"] for body in bodies for entry in body.get("variableModeValues", ())]
    assert identity not in written
    assert "VariableID:9:1" not in written
    targets = [entry["value"].get("id") for body in bodies for entry in body.get("variableModeValues", ())]
    if path == "far.away":
        assert targets == [identity]
    else:
        assert targets == []
        assert "DSS457" in codes(plan)


def test_rule_11_colours_travel_as_channels_never_as_text(harbour: Harbour) -> None:
    files = harbour.files()
    files["primitives.tokens.json"]["color"]["coral"]["300"]["$value"] = "#ff000080"
    harbour.push(files)
    ((entry,),) = [body["variableModeValues"] for body in harbour.sent]
    assert entry["value"] == {"r": 1, "g": 0, "b": 0, "a": pytest.approx(128 / 255, abs=1e-3)}


@pytest.mark.parametrize(("written", "sent"), [("9px", 9), ("1rem", 16), ({"value": 9, "unit": "px"}, 9)])
def test_rule_11_lengths_travel_as_numbers_in_whatever_form_they_are_written(
    harbour: Harbour, written: Any, sent: float
) -> None:
    files = harbour.files()
    files[LAYOUT]["space"]["8"]["$value"] = written
    harbour.push(files)
    ((entry,),) = [body["variableModeValues"] for body in harbour.sent]
    assert entry["value"] == sent


def test_rule_12_what_is_not_sent_stays(harbour: Harbour) -> None:
    before = copy.deepcopy(harbour.file.variables)
    files = harbour.files()
    files[LAYOUT]["space"]["8"]["$value"] = {"value": 9, "unit": "px"}
    files[LAYOUT]["space"]["8"]["$description"] = "Nine."
    harbour.push(files)
    (body,) = harbour.sent
    ((entry,), values) = body["variables"], body["variableModeValues"]
    assert entry.keys() == {"action", "id", "description"}
    changed = harbour.file.variables[entry["id"]]
    for field in ("scopes", "codeSyntax", "hiddenFromPublishing", "name"):
        assert changed[field] == before[entry["id"]][field]
    assert [value["value"] for value in values] == [9]


def test_rule_13_what_figma_says_of_a_shared_font_is_shown_whole(router: respx.Router) -> None:
    says = "Cannot update variable bound to text that uses a shared organization font: Sans Pro"
    router.post(url__regex=".*").respond(400, json={"status": 400, "error": True, "message": says})
    with FigmaClient("figd_x") as client, pytest.raises(FigmaRequestError) as refused:
        client.post_variables(KEY, {"variableModeValues": []})
    assert says in refused.value.diagnostics[0].message
    assert refused.value.diagnostics[0].code == "DSS409"


def test_rule_14_figma_is_read_again_and_what_differs_from_the_last_pull_is_refused(harbour: Harbour) -> None:
    base = harbour.files()
    files = copy.deepcopy(base)
    files[LAYOUT]["space"]["8"]["$value"] = {"value": 9, "unit": "px"}
    eight = next(v for v in harbour.file.variables.values() if v["name"] == "space/8")
    eight["valuesByMode"] = dict.fromkeys(eight["valuesByMode"], 10)
    harbour.methods.clear()
    plan = harbour.push(files, base=base)
    assert harbour.methods == ["GET"]
    assert [change.name for change in plan.conflicts] == ["space/8"]
    harbour.push(files, base=base, overwrite=True)
    assert harbour.methods == ["GET", "GET", "POST"]
    assert set(eight["valuesByMode"].values()) == {10}, "the fake's own copy"
    assert set(harbour.file.variables[eight["id"]]["valuesByMode"].values()) == {9}
