"""A file as it will be when a request has been applied whole."""

from __future__ import annotations

import copy
from typing import Any

from ..records import alias_target
from ..variables.graph import aliases_in
from .checks import (
    DEFAULTS,
    Json,
    PostRefusedError,
    by_action,
    check_detail,
    has_mode,
    key_of,
    mode_of,
    name_in,
    stored,
)

MOST_VARIABLES = 5000
MOST_MODES = 40
LONGEST_MODE_NAME = 40


class Draft:
    """The file as it will be."""

    def __init__(self, variables: dict[str, Json], collections: dict[str, Json], most_modes: int, number: int) -> None:
        """Begins with *variables* and *collections*, which it changes; *number* is the last id given."""
        self.variables, self.collections = variables, collections
        self.most_modes, self.number = most_modes, number
        self.real: dict[str, str] = {}
        """Temporary id -> id."""

        self._initial: set[str] = set()
        self._names = {
            (variable["variableCollectionId"], variable["name"].casefold()): identity
            for identity, variable in variables.items()
            if not variable.get("deletedButReferenced")
        }

    def apply(self, body: object) -> None:
        """Make every change of *body* in Figma's order. Raises :class:`PostRefusedError`."""
        if not isinstance(body, dict):
            raise PostRefusedError("The request body must be an object")
        kinds = ("variableCollections", "variableModes", "variables", "variableModeValues")
        if not any(isinstance(body.get(kind), list) for kind in kinds):
            raise PostRefusedError(f"The request body must have at least one of {', '.join(kinds)}")
        for kind, change in zip(kinds, (self._collection, self._mode, self._variable, self._value), strict=True):
            for entry in body.get(kind) or []:
                if not isinstance(entry, dict):
                    raise PostRefusedError(f"{kind}: every entry must be an object")
                change(entry)
        self._check_circles()

    # --- collections and modes -------------------------------------------------------------------------------------

    def _collection(self, entry: Json) -> None:
        by_action(entry, {"CREATE": self._create_collection, "UPDATE": self._update_collection, "DELETE": self._drop})

    def _create_collection(self, entry: Json) -> None:
        name = name_in(entry, "Collection")
        identity = self._new(entry, "VariableCollectionId")
        mode = f"{self._next()}:0"
        initial = entry.get("initialModeId")
        parent = entry.get("parentVariableCollectionId")
        if parent is not None:
            if initial is not None:
                raise PostRefusedError("initialModeId is not allowed together with parentVariableCollectionId")
            self._extend(entry, identity, name, str(parent))
            return
        if isinstance(initial, str):
            self._remember(initial, mode)
            self._initial.add(initial)
        self.collections[identity] = {
            "id": identity,
            "name": name,
            "key": key_of(identity),
            "modes": [{"modeId": mode, "name": "Mode 1"}],
            "defaultModeId": mode,
            "remote": False,
            "hiddenFromPublishing": entry.get("hiddenFromPublishing") is True,
            "variableIds": [],
            "isExtension": False,
        }

    def _extend(self, entry: Json, identity: str, name: str, parent_id: str) -> None:
        parent = self._own_collection(parent_id)
        mapping = entry.get("initialModeIdToParentModeIdMapping") or {}
        modes = []
        root = parent.get("rootVariableCollectionId", parent["id"])
        for mode in parent["modes"]:
            mode_id = f"{identity}/{mode['modeId'].rpartition('/')[2]}"
            modes.append({"modeId": mode_id, "name": mode["name"], "parentModeId": mode["modeId"]})
            if mode["modeId"] in mapping:
                self._remember(mapping[mode["modeId"]], mode_id)
        self.collections[identity] = {
            "id": identity,
            "name": name,
            "key": key_of(identity),
            "modes": modes,
            "defaultModeId": modes[0]["modeId"],
            "remote": False,
            "hiddenFromPublishing": entry.get("hiddenFromPublishing") is True,
            "variableIds": list(parent["variableIds"]),
            "isExtension": True,
            "parentVariableCollectionId": parent["id"],
            "rootVariableCollectionId": root,
            "variableOverrides": {},
        }

    def _update_collection(self, entry: Json) -> None:
        collection = self._own_collection(entry.get("id"))
        if "name" in entry:
            collection["name"] = name_in(entry, "Collection")
        if "hiddenFromPublishing" in entry:
            collection["hiddenFromPublishing"] = entry["hiddenFromPublishing"] is True

    def _drop(self, entry: Json) -> None:
        collection = self._own_collection(entry.get("id"))
        del self.collections[collection["id"]]
        for identity in [i for i, v in self.variables.items() if v["variableCollectionId"] == collection["id"]]:
            self._forget(identity)

    def _mode(self, entry: Json) -> None:
        by_action(entry, {"CREATE": self._create_mode, "UPDATE": self._rename_mode, "DELETE": self._drop_mode})

    def _create_mode(self, entry: Json) -> None:
        collection = self._own_collection(entry.get("variableCollectionId"))
        if entry.get("id") in self._initial:
            raise PostRefusedError("Mode already exists: rename the initial mode with UPDATE")
        if collection.get("isExtension"):
            raise PostRefusedError("Modes cannot be added to an extended collection")
        if len(collection["modes"]) >= self.most_modes:
            raise PostRefusedError(f"Limited to {self.most_modes} modes only")
        name = self._mode_name(entry, collection, None)
        identity = f"{self._next()}:0"
        if isinstance(entry.get("id"), str):
            self._remember(entry["id"], identity)
        collection["modes"].append({"modeId": identity, "name": name})
        for variable in self.variables.values():
            if variable["variableCollectionId"] == collection["id"]:
                variable["valuesByMode"][identity] = copy.deepcopy(DEFAULTS.get(variable["resolvedType"]))

    def _rename_mode(self, entry: Json) -> None:
        collection = self._own_collection(entry.get("variableCollectionId"))
        mode = mode_of(collection, self._id(entry.get("id")))
        if "name" in entry:
            mode["name"] = self._mode_name(entry, collection, mode["modeId"])

    def _drop_mode(self, entry: Json) -> None:
        identity = self._id(entry.get("id"))
        for collection in self.collections.values():
            if any(mode["modeId"] == identity for mode in collection["modes"]):
                self._own_collection(collection["id"])
                if len(collection["modes"]) == 1:
                    raise PostRefusedError("The last mode of a collection cannot be deleted")
                collection["modes"] = [mode for mode in collection["modes"] if mode["modeId"] != identity]
                if collection["defaultModeId"] == identity:
                    collection["defaultModeId"] = collection["modes"][0]["modeId"]
                for variable in self.variables.values():
                    variable["valuesByMode"].pop(identity, None)
                return
        raise PostRefusedError(f"Mode not found: {identity}")

    def _mode_name(self, entry: Json, collection: Json, own: str | None) -> str:
        name = name_in(entry, "Mode")
        if len(name) > LONGEST_MODE_NAME:
            raise PostRefusedError(f"Mode name is longer than {LONGEST_MODE_NAME} characters: {name}")
        if any(mode["name"] == name and mode["modeId"] != own for mode in collection["modes"]):
            raise PostRefusedError(f"Duplicate mode name: {name}")
        return name

    # --- variables -------------------------------------------------------------------------------------------------

    def _variable(self, entry: Json) -> None:
        by_action(entry, {"CREATE": self._create, "UPDATE": self._update, "DELETE": self._delete})

    def _create(self, entry: Json) -> None:
        collection = self._own_collection(entry.get("variableCollectionId"))
        kind = entry.get("resolvedType")
        if kind not in DEFAULTS:
            raise PostRefusedError(f"Invalid resolvedType: {kind}")
        if collection.get("isExtension"):
            raise PostRefusedError("Variables cannot be added to an extended collection")
        if len(collection["variableIds"]) >= MOST_VARIABLES:
            raise PostRefusedError(f"A collection holds at most {MOST_VARIABLES} variables")
        name = self._variable_name(entry, collection["id"], None)
        identity = self._new(entry, "VariableID")
        self.variables[identity] = {
            "id": identity,
            "name": name,
            "key": key_of(identity),
            "variableCollectionId": collection["id"],
            "resolvedType": kind,
            "valuesByMode": {mode["modeId"]: copy.deepcopy(DEFAULTS[kind]) for mode in collection["modes"]},
            "remote": False,
            "description": "",
            "hiddenFromPublishing": False,
            "scopes": ["ALL_SCOPES"],
            "codeSyntax": {},
        }
        collection["variableIds"].append(identity)
        self._names[collection["id"], name.casefold()] = identity
        self._set_details(self.variables[identity], entry)

    def _update(self, entry: Json) -> None:
        variable = self._own_variable(entry.get("id"))
        if entry.get("resolvedType", variable["resolvedType"]) != variable["resolvedType"]:
            raise PostRefusedError("resolvedType cannot be changed")
        if "name" in entry:
            variable["name"] = self._variable_name(entry, variable["variableCollectionId"], variable["id"])
        self._set_details(variable, entry)

    def _delete(self, entry: Json) -> None:
        self._forget(self._own_variable(entry.get("id"))["id"])

    def _forget(self, identity: str) -> None:
        """Delete a variable; while something aliases it, the file keeps it marked."""
        gone = self.variables[identity]
        self._names.pop((gone["variableCollectionId"], gone["name"].casefold()), None)
        users = (v for i, v in self.variables.items() if i != identity)
        if any(identity in aliases_in(value) for user in users for value in user["valuesByMode"].values()):
            self.variables[identity]["deletedButReferenced"] = True
            return
        variable = self.variables.pop(identity)
        collection = self.collections.get(variable["variableCollectionId"])
        if collection is not None:
            collection["variableIds"] = [i for i in collection["variableIds"] if i != identity]

    def _set_details(self, variable: Json, entry: Json) -> None:
        for field in ("description", "hiddenFromPublishing", "scopes", "codeSyntax"):
            if field not in entry:
                continue
            value = entry[field]
            check_detail(variable, field, value)
            variable[field] = copy.deepcopy(value)

    def _variable_name(self, entry: Json, collection: str, own: str | None) -> str:
        name = name_in(entry, "Variable")
        if any(character in name for character in ".{}"):
            raise PostRefusedError(f"Invalid variable name: {name}")
        key = (collection, name.casefold())
        if self._names.get(key, own) != own:
            raise PostRefusedError(f"Duplicate variable name: {name}")
        if own is not None:
            self._names.pop((collection, self.variables[own]["name"].casefold()), None)
        self._names[key] = own or ""
        return name

    # --- values ----------------------------------------------------------------------------------------------------

    def _value(self, entry: Json) -> None:
        if not {"variableId", "modeId", "value"} <= entry.keys():
            raise PostRefusedError("variableModeValues: variableId, modeId and value are required")
        variable = self._own_variable(entry["variableId"])
        mode, value = self._id(entry["modeId"]), entry["value"]
        extension = next((c for c in self.collections.values() if c.get("isExtension") and has_mode(c, mode)), None)
        if extension is not None:
            overrides = extension["variableOverrides"].setdefault(variable["id"], {})
            if value is None:
                overrides.pop(mode, None)
            else:
                overrides[mode] = self._checked(variable, value)
            if not overrides:
                del extension["variableOverrides"][variable["id"]]
            return
        if not has_mode(self.collections[variable["variableCollectionId"]], mode):
            raise PostRefusedError(f"Mode not found: {mode}")
        variable["valuesByMode"][mode] = self._checked(variable, value)

    def _checked(self, variable: Json, value: Any) -> Any:
        target = alias_target(value)
        if target is None:
            return stored(variable, value)
        identity = self._id(target)
        if identity == variable["id"]:
            raise PostRefusedError(f"Variable cannot alias itself: {variable['name']}")
        if identity not in self.variables:
            raise PostRefusedError(f"Variable not found: {identity}")
        if self.variables[identity]["resolvedType"] != variable["resolvedType"]:
            raise PostRefusedError(f"Variable type mismatch: {variable['name']}")
        return {"type": "VARIABLE_ALIAS", "id": identity}

    def _check_circles(self) -> None:
        edges = {
            identity: [t for value in variable["valuesByMode"].values() for t in aliases_in(value)]
            for identity, variable in self.variables.items()
        }
        done: set[str] = set()
        for start in edges:
            stack, path = [(start, iter(edges[start]))], {start}
            while stack:
                node, rest = stack[-1]
                target = next((t for t in rest if t in edges and t not in done), None)
                if target is None:
                    done.add(node)
                    path.discard(node)
                    stack.pop()
                elif target in path:
                    raise PostRefusedError(f"Variable aliases form a cycle: {self.variables[target]['name']}")
                else:
                    path.add(target)
                    stack.append((target, iter(edges[target])))

    # --- ids -------------------------------------------------------------------------------------------------------

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _new(self, entry: Json, kind: str) -> str:
        identity = f"{kind}:{self._next()}:1"
        if isinstance(entry.get("id"), str):
            self._remember(entry["id"], identity)
        return identity

    def _remember(self, temporary: str, identity: str) -> None:
        if temporary in self.real or temporary in self.variables or temporary in self.collections:
            raise PostRefusedError(f"Duplicate temporary id: {temporary}")
        self.real[temporary] = identity

    def _id(self, identity: object) -> str:
        if not isinstance(identity, str):
            raise PostRefusedError("An id is missing")
        return self.real.get(identity, identity)

    def _own_collection(self, identity: object) -> Json:
        found = self.collections.get(self._id(identity))
        if found is None:
            raise PostRefusedError(f"Variable collection not found: {identity}")
        if found.get("remote"):
            raise PostRefusedError(f"Remote variable collections cannot be changed: {identity}")
        return found

    def _own_variable(self, identity: object) -> Json:
        found = self.variables.get(self._id(identity))
        if found is None or found.get("deletedButReferenced"):
            raise PostRefusedError(f"Variable not found: {identity}")
        if found.get("remote"):
            raise PostRefusedError(f"Remote variables cannot be changed: {identity}")
        return found
