"""Fields of a style that are bound to variables -> references to those variables' tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..records import alias_target
from ..variables.layout import RESOLVER
from ..variables.tokens import VENDOR

Json = dict[str, Any]


class Bound(NamedTuple):
    """The token of a variable."""

    path: str
    type: str

    @property
    def reference(self) -> str:
        """A DTCG reference to it."""
        return "{" + self.path + "}"


def bindings_in(files: Mapping[str, Any]) -> dict[str, Bound]:
    """Variable id, and ``key:`` + key -> token, of pulled files.

    Only tokens that exist in every context: a reference to any other could dangle.
    """
    document = files.get(RESOLVER, {})
    found: dict[str, Bound] = {}
    for entry in document.get("sets", {}).values():
        found |= _of(entry.get("sources", []), files)
    for entry in document.get("modifiers", {}).values():
        contexts = [_of(sources, files) for sources in entry["contexts"].values() if sources]
        for identity, bound in contexts[0].items() if contexts else ():
            if all(context.get(identity) == bound for context in contexts):
                found.setdefault(identity, bound)
    return found


def _of(sources: list[Json], files: Mapping[str, Any]) -> dict[str, Bound]:
    found: dict[str, Bound] = {}
    for source in sources:
        for path, token in _tokens(files.get(source.get("$ref", ""), {}), ()):
            origin = token.get("$extensions", {}).get(VENDOR, {})
            bound = Bound(".".join(path), token.get("$type", ""))
            if "id" in origin:
                found[origin["id"]] = bound
            if "key" in origin:
                found[f"key:{origin['key']}"] = bound
    return found


def _tokens(group: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    for name, below in group.items():
        if isinstance(below, dict) and (not name.startswith("$") or name == "$root"):
            if "$value" in below:
                yield (*path, name), below
            else:
                yield from _tokens(below, (*path, name))


class Binder:
    """Looks up what the fields of one style are bound to."""

    __slots__ = ("_bound", "unkept")

    def __init__(self, bound: Mapping[str, Bound]) -> None:
        self._bound = bound
        self.unkept: dict[str, str] = {}
        """Field -> variable id, where a reference is not possible: kept in the extension."""

    def reference(self, owner: Mapping[str, Any], field: str, type_: str, label: str | None = None) -> str | None:
        """The reference for a field of *owner* that is bound to a variable whose token is of *type_*."""
        identity = bound_variable(owner, field)
        if identity is None:
            return None
        bound = self._bound.get(identity) or self._bound.get(_key_of(identity))
        if bound is not None and bound.type == type_:
            return bound.reference
        self.unkept[label or field] = identity
        return None

    def unreferred(self, owner: Mapping[str, Any], field: str, label: str | None = None) -> None:
        """Note a binding that cannot become a reference whatever its type."""
        if (identity := bound_variable(owner, field)) is not None:
            self.unkept[label or field] = identity


def bound_variable(owner: Mapping[str, Any], field: str) -> str | None:
    """The id in ``boundVariables``; one alias or a list of aliases (real answers have both)."""
    bindings = owner.get("boundVariables")
    value = bindings.get(field) if isinstance(bindings, dict) else None
    if isinstance(value, list):
        value = value[0] if value else None
    return alias_target(value) or None


def _key_of(identity: str) -> str:
    """``key:…`` of a variable of another library, whose id holds its key."""
    return "key:" + identity.removeprefix("VariableID:").partition("/")[0]
