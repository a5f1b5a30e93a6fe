"""Variables of other libraries, known only from the aliases to them in mode exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..records import Collection, Mode, Payload, Raw, Variable


class ForeignVariables:
    """Collects ``aliasData``: a resolved value with the name and key of what it came from."""

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[str, tuple[Mapping[str, Any], str, dict[str, Raw]]] = {}

    def note(self, data: Mapping[str, Any], kind: str, mode: str, value: Raw) -> str | None:
        """The id under which the target of *data* is known, seen with *value* in the mode called *mode*."""
        target = data.get("targetVariableId")
        if not isinstance(target, str) or not target:
            return None
        identity, number = target, 1
        while identity in self._seen and self._seen[identity][2].get(mode, value) != value:
            number += 1  # the same name of mode in another collection: another mode after all
            identity = f"{target}#{number}"
        self._seen.setdefault(identity, (data, kind, {}))[2][mode] = value
        return identity

    def add_to(self, payload: Payload) -> None:
        """Put them into *payload* as remote variables."""
        modes: dict[tuple[str, str], dict[str, None]] = {}
        for data, _, values in self._seen.values():
            modes.setdefault(_set_of(data), {}).update(dict.fromkeys(values))
        collections = {
            key: Collection(
                id=f"foreign:{key[0]}:{key[1]}",
                figma_id=key[0] or None,
                name=key[1],
                modes=tuple(Mode(name, name) for name in names),
                default=next(iter(names)),
                remote=True,
            )
            for key, names in modes.items()
        }
        payload.collections.update({collection.id: collection for collection in collections.values()})
        for identity, (data, kind, values) in self._seen.items():
            figma_id = str(data["targetVariableId"])
            key = figma_id.removeprefix("VariableID:").partition("/")[0]
            payload.variables[identity] = Variable(
                id=identity,
                figma_id=figma_id,
                key=key if "/" in figma_id else None,
                name=str(data.get("targetVariableName", "")),
                collection=collections[_set_of(data)],
                type=kind,
                values=values,
                remote=True,
            )


def _set_of(data: Mapping[str, Any]) -> tuple[str, str]:
    return str(data.get("targetVariableSetId", "")), str(data.get("targetVariableSetName", ""))
