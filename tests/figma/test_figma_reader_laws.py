"""Whatever a file holds: every live value arrives, in every mode, and no permutation has a broken reference."""

from __future__ import annotations

import itertools
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dss_tokens.naming_rules import name_fault
from figma.options import PullOptions
from figma.reader import Pulled, read

Json = dict[str, Any]


# --- a second, slow resolver of resolver documents, so that ours is not its own witness ---------------------------


def flattened(pulled: Pulled, choice: dict[str, str]) -> dict[str, Json]:
    """Token path -> token for one choice of contexts; what is not chosen is at its default."""
    document = pulled.files["tokens.resolver.json"]
    tokens: dict[str, Json] = {}
    for item in document["resolutionOrder"]:
        _, kind, escaped = item["$ref"].split("/", 2)
        name = escaped.replace("~1", "/").replace("~0", "~")
        entry = document[kind][name]
        sources = entry["sources"] if kind == "sets" else entry["contexts"][choice.get(name, entry["default"])]
        for source in sources:
            collect(pulled.files[source["$ref"]] if "$ref" in source else source, (), tokens)
    return tokens


def collect(group: Json, path: tuple[str, ...], tokens: dict[str, Json]) -> None:
    for name, below in group.items():
        assert name == "$root" or name_fault(name) is None, name
        if "$value" in below:
            assert set(below) <= {"$type", "$value", "$description", "$extensions"}
            tokens[".".join((*path, name))] = below
        else:
            collect(below, (*path, name), tokens)


def value_of(tokens: dict[str, Json], path: str) -> Any:
    """The resolved value; fails on a dangling or circular reference and on one that changes the type."""
    seen: list[str] = []
    kind = tokens[path]["$type"]
    while True:
        assert path not in seen, f"circle: {seen}"
        seen.append(path)
        assert path in tokens, f"{seen} dangles"
        assert tokens[path]["$type"] == kind, f"{seen} changes type"
        value = tokens[path]["$value"]
        if not (isinstance(value, str) and value.startswith("{") and value.endswith("}")):
            return value
        path = value[1:-1]


def expected(payload: Json, variable: Json, mode: str, seen: tuple[tuple[str, str], ...] = ()) -> Any:
    """Figma's literal: same mode name in the target's collection, else its default; ``None``: leads nowhere."""
    meta = payload["meta"]
    value = variable["valuesByMode"].get(mode)
    if isinstance(value, dict) and value.get("type") == "VARIABLE_ALIAS":
        target = meta["variables"].get(value["id"])
        if target is None or (target["id"], mode) in seen:
            return None
        own = meta["variableCollections"][variable["variableCollectionId"]]
        theirs = meta["variableCollections"][target["variableCollectionId"]]
        name = next(m["name"] for m in own["modes"] if m["modeId"] == mode)
        there = next((m["modeId"] for m in theirs["modes"] if m["name"] == name), theirs["defaultModeId"])
        if own is theirs:
            there = mode
        if (target["id"], there) in seen:
            return None
        return expected(payload, target, there, (*seen, (variable["id"], mode)))
    return value


def check(payload: Json, pulled: Pulled) -> None:
    meta = payload["meta"]
    document = pulled.files["tokens.resolver.json"]
    modifiers = document.get("modifiers", {})
    owner = {
        origin["id"]: name
        for name, modifier in modifiers.items()
        for origin in modifier["$extensions"]["com.figma"]["collections"]
    }
    for variable in meta["variables"].values():
        if variable["remote"] or variable.get("deletedButReferenced"):
            continue
        collection = meta["variableCollections"][variable["variableCollectionId"]]
        for mode in collection["modes"]:
            want = expected(payload, variable, mode["modeId"])
            if want is None:
                continue
            choice = {}
            if len(collection["modes"]) > 1:
                assert list(modifiers[owner[collection["id"]]]["contexts"]), collection
                choice = {owner[collection["id"]]: mode["name"]}
            tokens = flattened(pulled, choice)
            found = [p for p, t in tokens.items() if t["$extensions"]["com.figma"].get("id") == variable["id"]]
            assert len(found) == 1, (variable["name"], mode["name"], found)
            assert agrees(want, value_of(tokens, found[0])), (variable["name"], mode["name"])


def agrees(want: Any, got: Any) -> bool:
    if isinstance(want, dict):
        channels = (want["r"], want["g"], want["b"], want.get("a", 1))
        return all(abs(a - b) < 1 / 512 for a, b in zip(channels, (*got["components"], got["alpha"]), strict=True))
    if isinstance(want, (int, float)) and not isinstance(want, bool):
        number = got["value"] if isinstance(got, dict) else got
        return any(abs(number - w) <= 1e-4 * max(1, abs(w)) for w in (want, want / 100))
    return got is not None


def check_every_permutation(pulled: Pulled, limit: int = 64) -> None:
    modifiers = pulled.files["tokens.resolver.json"].get("modifiers", {})
    choices = itertools.product(*([(name, c) for c in m["contexts"]] for name, m in modifiers.items()))
    for choice in itertools.islice(choices, limit):
        tokens = flattened(pulled, dict(choice))
        groups = {tuple(p.split(".")[:n]) for p in tokens for n in range(1, p.count(".") + 1)}
        for path in tokens:
            assert tuple(path.split(".")) not in groups, f"{path} is token and group"
            value_of(tokens, path)


# --- files of any shape --------------------------------------------------------------------------------------------

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


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(payload=payloads(), grouped=st.sampled_from(["auto", "auto", True, False]))
def test_every_live_value_arrives_and_no_permutation_is_broken(payload: Json, grouped: Any) -> None:
    before = json.dumps(payload)
    pulled = read(payload, PullOptions(group_by_collection=grouped))
    assert json.dumps(payload) == before, "the source was changed"
    check(payload, pulled)
    check_every_permutation(pulled)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(payload=payloads())
def test_reading_is_deterministic_and_takes_arrays_for_maps(payload: Json) -> None:
    files = json.dumps(read(payload).files)
    assert json.dumps(read(json.loads(json.dumps(payload))).files) == files
    meta = payload["meta"]
    arrays = {key: list(value.values()) for key, value in meta.items()}
    assert json.dumps(read(arrays).files) == files
