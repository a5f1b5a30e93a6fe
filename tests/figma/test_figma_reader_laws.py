"""Whatever a file holds: every live value arrives, in every mode, and no permutation has a broken reference."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figma.options import PullOptions
from figma.push import PushOptions, plan_push
from figma.reader import read

Json = dict[str, Any]
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


NAMES = st.sampled_from(
    (
        "a",
        "b",
        "a/b",
        "a/b/c",
        "b/a",
        " a / b ",
        "a//b",
        "gap/1",
        "size",
        "$a",
        "x.y",
        "{x}",
        "A",
        "é",
        "e\u0301",
        "One",
    )
)
MODE_SETS = st.sampled_from(
    [("Mode 1",), ("Light", "Dark"), ("Dark", "Light"), ("Light", "Dark", "HC"), ("Mobile", "Desktop"), ("Light",)]
)
SCOPES = st.sampled_from(
    [[s] for s in ("ALL_SCOPES", "GAP", "OPACITY", "LINE_HEIGHT", "FONT_WEIGHT")] + [[], ["GAP", "OPACITY"]]
)


@st.composite
def payloads(draw: st.DrawFn) -> Json:
    collections: dict[str, Json] = {}
    variables: dict[str, Json] = {}
    for index in range(draw(st.integers(1, 4))):
        names = draw(MODE_SETS)
        identity = f"VariableCollectionId:{index}:0"
        modes = [{"modeId": f"{index}:{n}", "name": name} for n, name in enumerate(names)]
        collections[identity] = {
            "id": identity,
            "name": draw(st.sampled_from(["One", "Two", "a", "One/Two", "b", "a-b"])),
            "key": f"{index:040x}",
            "modes": modes,
            "defaultModeId": draw(st.sampled_from(modes))["modeId"],
            "remote": index > 0 and draw(st.sampled_from([False, False, False, True])),
            "hiddenFromPublishing": False,
            "variableIds": [],
        }
    count = draw(st.integers(0, 9))
    ids = [f"VariableID:9:{n}" for n in range(count)]
    for identity in ids:
        collection = draw(st.sampled_from(list(collections.values())))
        values: Json = {}
        for mode in collection["modes"]:
            if draw(st.booleans()):
                target = draw(st.sampled_from([*ids, "VariableID:gone/1:1"] if draw(st.booleans()) else ids))
                values[mode["modeId"]] = {"type": "VARIABLE_ALIAS", "id": target}
            else:
                values[mode["modeId"]] = draw(st.sampled_from([0, 1, 2, 16, 0.4000000059604645, 400, 40]))
        variables[identity] = {
            "id": identity,
            "name": draw(NAMES),
            "key": identity.rpartition(":")[2].rjust(40, "0"),
            "variableCollectionId": collection["id"],
            "resolvedType": "FLOAT",
            "valuesByMode": values,
            "remote": collection["remote"],
            "description": "",
            "hiddenFromPublishing": False,
            "scopes": draw(SCOPES),
            "codeSyntax": {},
        }
        if draw(st.integers(0, 9)) == 0:
            variables[identity]["deletedButReferenced"] = True
        collection["variableIds"].append(identity)
    return {"status": 200, "error": False, "meta": {"variables": variables, "variableCollections": collections}}


@settings(max_examples=400, deadline=None, suppress_health_check=QUIET)
@given(payload=payloads(), grouped=st.sampled_from(["auto", "auto", True, False]))
def test_every_live_value_arrives_and_no_permutation_is_broken(oracle: Any, payload: Json, grouped: Any) -> None:
    before = json.dumps(payload)
    pulled = read(payload, PullOptions(group_by_collection=grouped))
    assert json.dumps(payload) == before, "the source was changed"
    oracle.check(payload, pulled)
    oracle.check_every_permutation(pulled)


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(payload=payloads())
def test_reading_is_deterministic_and_takes_arrays_for_maps(payload: Json) -> None:
    files = json.dumps(read(payload).files)
    assert json.dumps(read(json.loads(json.dumps(payload))).files) == files
    meta = payload["meta"]
    arrays = {key: list(value.values()) for key, value in meta.items()}
    assert json.dumps(read(arrays).files) == files


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(payload=payloads(), grouped=st.sampled_from(["auto", True, False]))
def test_a_pull_and_a_push_are_nothing(payload: Json, grouped: Any) -> None:
    options = PullOptions(group_by_collection=grouped)
    files = json.loads(json.dumps(read(payload, options).files))
    plan = plan_push(files, payload, files, PushOptions(pull=options))
    assert plan.is_empty, plan
    assert (plan.conflicts, plan.diagnostics) == ([], [])


@st.composite
def extended_payloads(draw: st.DrawFn) -> Json:
    """A file with an extension of one of its collections, perhaps with an extension of that."""
    payload = draw(payloads())
    meta = payload["meta"]
    parent = draw(st.sampled_from([c for c in meta["variableCollections"].values() if not c["remote"]]))
    root = parent
    ids = list(meta["variables"])
    for level in range(draw(st.integers(1, 2))):
        identity = f"VariableCollectionId:9{level}:0"
        modes = [
            {"modeId": f"{identity}/{m['modeId'].rpartition('/')[2]}", "name": m["name"], "parentModeId": m["modeId"]}
            for m in parent["modes"]
        ]
        overrides: Json = {}
        for variable in meta["variables"].values():
            for mode in modes:
                if variable["variableCollectionId"] == root["id"] and draw(st.integers(0, 2)) == 0:
                    value = draw(st.one_of(st.sampled_from([3, 7]), st.sampled_from(ids).map(alias)))
                    overrides.setdefault(variable["id"], {})[mode["modeId"]] = value
        parent = meta["variableCollections"][identity] = {
            **root,
            "id": identity,
            "name": f"Brand {level}",
            "key": f"9{level}".rjust(40, "0"),
            "modes": modes,
            "defaultModeId": modes[0]["modeId"],
            "isExtension": True,
            "parentVariableCollectionId": parent["id"],
            "rootVariableCollectionId": root["id"],
            "variableOverrides": overrides,
        }
    return payload


def alias(identity: str) -> Json:
    return {"type": "VARIABLE_ALIAS", "id": identity}


def inherited(payload: Json, extension: Json, variable: Json, mode: str) -> Any:
    """What stands in the file for an extended mode: own override, the parent's, …, the root's value."""
    collections = payload["meta"]["variableCollections"]
    while extension.get("isExtension"):
        found = extension["variableOverrides"].get(variable["id"], {}).get(mode)
        if found is not None:
            return found
        mode = next(m["parentModeId"] for m in extension["modes"] if m["modeId"] == mode)
        extension = collections[extension["parentVariableCollectionId"]]
    return variable["valuesByMode"].get(mode)


def expected_in(oracle: Any, payload: Json, extension: Json, variable: Json, mode: str) -> Any:
    meta, seen = payload["meta"], set()
    while variable["id"] not in seen:
        seen.add(variable["id"])
        value = inherited(payload, extension, variable, mode)
        if not isinstance(value, dict) or value.get("type") != "VARIABLE_ALIAS":
            return value
        target = meta["variables"].get(value["id"])
        if target is None:
            return None
        if target["variableCollectionId"] != variable["variableCollectionId"]:
            theirs = meta["variableCollections"][target["variableCollectionId"]]
            name = next(m["name"] for m in extension["modes"] if m["modeId"] == mode)
            there = next((m["modeId"] for m in theirs["modes"] if m["name"] == name), theirs["defaultModeId"])
            # Outside the extended collection its overrides count for nothing.
            return oracle.expected(payload, target, there)
        variable = target
    return None


@settings(max_examples=150, deadline=None, suppress_health_check=QUIET)
@given(payload=extended_payloads())
def test_extensions_override_and_inherit_and_no_permutation_is_broken(oracle: Any, payload: Json) -> None:
    pulled = read(payload)
    oracle.check(payload, pulled)
    oracle.check_every_permutation(pulled)
    modifiers = pulled.files["tokens.resolver.json"].get("modifiers", {})
    for extension in payload["meta"]["variableCollections"].values():
        if not extension.get("isExtension") or extension["name"] not in modifiers:
            continue
        for mode in extension["modes"]:
            tokens = oracle.flattened(pulled, {extension["name"]: mode["name"]})
            by_id = {t["$extensions"]["com.figma"]["id"]: path for path, t in tokens.items()}
            for variable in payload["meta"]["variables"].values():
                if (
                    variable["variableCollectionId"] != extension["rootVariableCollectionId"]
                    or variable["id"] not in by_id
                ):
                    continue
                want = expected_in(oracle, payload, extension, variable, mode["modeId"])
                if want is not None:
                    got = oracle.value_of(tokens, by_id[variable["id"]])
                    assert oracle.agrees(want, got), (variable["id"], mode["name"])
