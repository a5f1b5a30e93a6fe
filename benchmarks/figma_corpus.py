"""A made-up answer of Figma's ``GET /v1/files/:key/variables/local``, always the same for the same numbers.

    python benchmarks/figma_corpus.py 5000 FOLDER [--modes 10]

Two collections: a fifth of the variables are primitives with one mode, the others have all modes; three quarters of
their values are aliases of primitives. Colours, lengths, strings and booleans. Written to ``variables.json``.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

from corpus import HUES, ROLES, STATES, STEPS, WIDGETS

KINDS = ("COLOR", "COLOR", "COLOR", "FLOAT", "FLOAT", "STRING", "BOOLEAN")
SCOPES = {"COLOR": ["ALL_FILLS"], "FLOAT": ["GAP"], "STRING": ["FONT_FAMILY"], "BOOLEAN": []}


def answer(size: int, modes: int, seed: int = 2025) -> dict[str, Any]:
    """The decoded answer: *size* variables, most of them with *modes* modes."""
    draw = random.Random(seed).random
    primitives = size // 5
    collections = {
        "VariableCollectionId:1:0": _collection("Primitives", "1", ["Value"], range(primitives)),
        "VariableCollectionId:2:0": _collection(
            "Semantic", "2", [f"Theme {number}" for number in range(1, modes + 1)], range(primitives, size)
        ),
    }
    variables = {}
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for index in range(size):
        kind = KINDS[index % len(KINDS)]
        identity = f"VariableID:3:{index}"
        place = "1" if index < primitives else "2"
        values = {}
        for mode in range(1 if place == "1" else modes):
            targets = by_kind[kind]
            if place == "2" and targets and draw() < 0.75:
                value: Any = {"type": "VARIABLE_ALIAS", "id": targets[int(draw() * len(targets))]}
            else:
                value = _literal(kind, draw)
            values[f"{place}:{mode}"] = value
        if place == "1":
            by_kind[kind].append(identity)
        variables[identity] = {
            "id": identity,
            "name": _name(index, primitives, kind),
            "key": f"{index:040x}",
            "variableCollectionId": f"VariableCollectionId:{place}:0",
            "resolvedType": kind,
            "valuesByMode": values,
            "remote": False,
            "description": "",
            "hiddenFromPublishing": False,
            "scopes": SCOPES[kind],
            "codeSyntax": {},
        }
    return {"status": 200, "error": False, "meta": {"variables": variables, "variableCollections": collections}}


def _collection(name: str, number: str, modes: list[str], variables: range) -> dict[str, Any]:
    return {
        "id": f"VariableCollectionId:{number}:0",
        "name": name,
        "key": f"{int(number):040x}",
        "modes": [{"modeId": f"{number}:{index}", "name": mode} for index, mode in enumerate(modes)],
        "defaultModeId": f"{number}:0",
        "remote": False,
        "hiddenFromPublishing": False,
        "variableIds": [f"VariableID:3:{index}" for index in variables],
    }


def _name(index: int, primitives: int, kind: str) -> str:
    if index < primitives:
        number, hue = divmod(index, len(HUES))
        return f"{kind.lower()}/{HUES[hue]}/{STEPS[number % len(STEPS)]}-{number}"
    number, state = divmod(index, len(STATES))
    number, role = divmod(number, len(ROLES))
    return f"{WIDGETS[number % len(WIDGETS)]}-{number}/{ROLES[role]}/{STATES[state]}"


def _literal(kind: str, draw: Any) -> Any:
    if kind == "COLOR":
        return {channel: int(draw() * 256) / 255 for channel in "rgb"} | {"a": 1}
    if kind == "FLOAT":
        return int(draw() * 64)
    return "Inter" if kind == "STRING" else draw() < 0.5


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="how many variables")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--modes", type=int, default=10)
    options = parser.parse_args()
    file = options.folder / "variables.json"
    if not file.exists():
        options.folder.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(answer(options.size, options.modes)))
