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
