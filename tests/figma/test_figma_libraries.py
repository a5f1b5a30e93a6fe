"""Other libraries pulled along: aliases stay references, by key; a push leaves their variables alone."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from figma.push import plan_push
from figma.reader import Pulled, read_files

Json = dict[str, Any]


def alias(identity: str) -> Json:
    return {"type": "VARIABLE_ALIAS", "id": identity}


def variable(identity: str, name: str, collection: str, values: Json, **more: Any) -> Json:
    entry = {"id": identity, "name": name, "key": f"key-{name}", "variableCollectionId": collection}
    return entry | {"resolvedType": "FLOAT", "valuesByMode": values, "scopes": ["GAP"], "remote": False} | more


def collection(identity: str, name: str, modes: tuple[str, ...], **more: Any) -> Json:
    listed = [{"modeId": f"{identity}:{mode}", "name": mode} for mode in modes]
    return {
        "id": identity,
        "name": name,
        "key": f"k-{name}",
        "modes": listed,
        "defaultModeId": listed[0]["modeId"],
    } | more


LIBRARY: Json = {
    "meta": {
        "variables": {
            "V:1": variable("V:1", "gap/s", "C:1", {"C:1:Day": 4, "C:1:Night": 5}, key="keys"),
            "V:2": variable("V:2", "gap/m", "C:1", {"C:1:Day": 8, "C:1:Night": alias("V:1")}),
        },
        "variableCollections": {"C:1": collection("C:1", "Space", ("Day", "Night"))},
    }
}
FILE: Json = {
    "meta": {
        "variables": {
            "V:1": variable("V:1", "pad", "C:1", {"C:1:Day": alias("VariableID:keys/1:1"), "C:1:Night": alias("R:m")}),
            "V:2": variable("V:2", "lost", "C:1", {"C:1:Day": alias("VariableID:key-unknown/1:1"), "C:1:Night": 1}),
            "R:m": variable("R:m", "gap/m", "R:c", {"R:c:Day": 8, "R:c:Night": 5}, remote=True),
        },
        "variableCollections": {
            "C:1": collection("C:1", "Use", ("Day", "Night")),
            "R:c": collection("R:c", "Space", ("Day", "Night"), remote=True),
        },
    }
}


@pytest.fixture
def file() -> Json:
    return copy.deepcopy(FILE)


@pytest.fixture
def library() -> Json:
    return copy.deepcopy(LIBRARY)


def pulled(file: Json, library: Json) -> Pulled:
    return read_files({"file": file}, libraries={"core": {"library": library}})


def test_aliases_into_a_library_are_references(file: Json, library: Json, oracle: Any) -> None:
    found = pulled(file, library)
    assert [name for name in found.files if name.startswith("core.")] == [
        "core.space.day.tokens.json",
        "core.space.night.tokens.json",
    ]
    assert found.files["use.day.tokens.json"]["pad"]["$value"] == "{core.gap.s}", "by the key inside the id"
    assert found.files["use.night.tokens.json"]["pad"]["$value"] == "{core.gap.m}", "by the key of the copy"
    night = oracle.flattened(found, {"Use": "Night"})
    assert oracle.value_of(night, "pad") == {"value": 5, "unit": "px"}, "one modifier chooses both"
    oracle.check_every_permutation(found)
    assert night["core.gap.m"]["$extensions"]["com.figma"]["library"] == "core"
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["DSS424"], "what no library has is still told"


def test_equal_ids_in_two_files_are_two_variables(file: Json, library: Json) -> None:
    found = pulled(file, library)
    assert found.files["core.space.day.tokens.json"]["core"]["gap"]["s"]["$extensions"]["com.figma"]["id"] == "V:1"
    assert found.files["use.day.tokens.json"]["pad"]["$extensions"]["com.figma"]["id"] == "V:1"


def test_a_push_touches_no_library(file: Json, library: Json) -> None:
    files = json.loads(json.dumps(pulled(file, library).files))
    others = {"core": library}
    plan = plan_push(files, file, files, libraries=others)
    assert plan.is_empty
    assert plan.diagnostics == []
    files["core.space.day.tokens.json"]["core"]["gap"]["s"]["$value"]["value"] = 99
    files["use.day.tokens.json"]["pad"]["$value"] = "{core.gap.m}"
    plan = plan_push(files, file, libraries=others)
    assert plan.values == [{"variableId": "V:1", "modeId": "C:1:Day", "value": alias("R:m")}]
    files["use.day.tokens.json"]["pad"]["$value"] = "{core.gap.s}"
    files["use.night.tokens.json"]["pad"]["$value"] = "{core.gap.s}"
    plan = plan_push(files, file, libraries=others)
    assert plan.values == []
    assert [found.code for found in plan.diagnostics] == ["DSS457"], "only what the file uses already can be aliased"
