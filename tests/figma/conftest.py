"""A second, slow resolver of resolver documents and follower of aliases: the reader is not its own witness."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest

from dss_tokens.naming_rules import name_fault
from figma.reader import Pulled

Json = dict[str, Any]


@pytest.fixture
def oracle() -> SimpleNamespace:
    """``flattened``, ``value_of``, ``expected``, ``check``, ``check_every_permutation``."""
    return SimpleNamespace(
        flattened=flattened,
        value_of=value_of,
        expected=expected,
        agrees=agrees,
        check=check,
        check_every_permutation=check_every_permutation,
    )


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
    if isinstance(want, dict) and "r" not in want:
        return bool(got["colorSpace"])  # composed: compared elsewhere
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
