"""One set: the records of a token file <-> its DTCG document, structure and values as authored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import orjson

from dss_tokens.model import ROOT
from dss_tokens.naming_rules import equal_after_nfc

from .faults import printable
from .limits import DEFAULTS, Limits
from .records import Record, RecordError
from .rows import Row


class Ids(Protocol):
    """Who stands where."""

    def __call__(self, kind: str, path: str, node: Mapping[str, Any] | None = None) -> str:
        """The id of the ``set``, ``group`` or ``token`` at *path* (names joined with ``.``; of a set, empty).

        Args:
            node: A token's object.
        """
        ...


_Entity = tuple[bool, str, str, int, bytes]
"""Whether it is a token, its parent, name, order, and its node encoded: a tenth of the memory of the record."""


class TokenSetContent:
    """The live tokens and groups of one set, and its tombstones, taken in record by record in any order."""

    def __init__(self) -> None:
        self.id = ""
        self.name = ""
        """The path of its file below the token folder."""

        self._node = b"{}"
        self._entities: dict[str, _Entity] = {}

    def add(self, record: Row | Record) -> None:
        """Take in a checked record; tombstones are passed over.

        Raises:
            RecordError: A second set record.
        """
        if type(record) is Row:
            self._entities[record.id.decode()] = (
                record.kind == b"token", record.parent.decode(), record.name.decode(), int(record.order), record.node
            )  # fmt: skip
            return
        if "deleted" in record:
            return
        if record["kind"] == "set":
            if self.id:
                raise RecordError("JSON_SHAPE", f"two sets in one member: {self.id} and {record['id']}")
            self.id, self.name = record["id"], record["name"]
            self._node = orjson.dumps(record["node"])
            return
        kind = record["kind"]
        self._entities[record["id"]] = (
            kind == "token", record["parent"], record["name"], record["order"], orjson.dumps(record["node"])
        )  # fmt: skip

    @property
    def is_deleted(self) -> bool:
        """Whether only tombstones are left."""
        return not self.id and not self._entities

    def __len__(self) -> int:
        return len(self._entities)

    def walk(self, limits: Limits = DEFAULTS) -> Iterator[tuple[str, str, bool, bytes]]:
        """Path, id, whether it is a token, and the encoded node of each; groups before what is in them, in order.

        Raises:
            RecordError: The parents do not make one tree, a name stands twice in a group, or it is too deep.
        """
        if self.is_deleted:
            return
        children = self._children()
        entities = self._entities
        waiting = [iter(children.pop(self.id, ()))]
        prefixes = [""]
        seen = 0
        while waiting:
            identifier = next(waiting[-1], None)
            if identifier is None:
                waiting.pop()
                prefixes.pop()
                continue
            seen += 1
            is_token, _, name, _, node = entities[identifier]
            path = prefixes[-1] + name
            yield path, identifier, is_token, node
            if identifier not in children:
                continue
            if is_token:
                raise RecordError("JSON_SHAPE", f"the token {printable(path)} has children")
            if len(waiting) >= limits.max_group_depth:
                raise RecordError("JSON_TOO_DEEP", f"more than {limits.max_group_depth} groups deep")
            waiting.append(iter(children.pop(identifier)))
            prefixes.append(path + ".")
        if seen != len(entities):
            lost = next(iter(children))
            raise RecordError("JSON_SHAPE", f"the parent {lost} is missing, or groups lie in each other")

    def _children(self) -> dict[str, list[str]]:
        entities = self._entities
        children: dict[str, list[str]] = {}
        for identifier, entity in entities.items():
            children.setdefault(entity[1], []).append(identifier)
        for inner in children.values():
            names = [entities[identifier][2] for identifier in inner]
            if len(set(names)) != len(names):
                twice, _ = Counter(names).most_common(1)[0]
                raise RecordError("ID_DUPLICATE", f"the name {printable(twice)} stands twice in one group")
            if not all(map(str.isascii, names)) and (pairs := equal_after_nfc(names)):
                raise RecordError("NAME_FORBIDDEN", f"{printable(pairs[0][0])} and another name are the same in NFC")
            inner.sort(key=lambda identifier: (entities[identifier][3], identifier))
        return children

    def document(self, limits: Limits = DEFAULTS) -> dict[str, Any]:
        """The DTCG document.

        Raises:
            RecordError: See :meth:`walk`.
        """
        return self.document_of(self.walk(limits))

    def document_of(self, walked: Iterable[tuple[str, str, bool, bytes]]) -> dict[str, Any]:
        """The DTCG document, given what :meth:`walk` gave."""
        root: dict[str, Any] = orjson.loads(self._node)
        groups = {"": root}
        for path, _, is_token, encoded in walked:
            parent, _, name = path.rpartition(".")
            node = groups[parent][name] = orjson.loads(encoded)
            if not is_token:
                groups[path] = node
        return root


def split(document: Mapping[str, Any], name: str, ids: Ids) -> Iterator[tuple[str, Record]]:
    """The records of a DTCG document, not yet :func:`~.records.sealed`: the set, then groups and tokens as written,
    each with its path.

    Args:
        document: Parsed without errors, so that each member is a token, a group or a property.
        name: The set's.
        ids: Who stands where.
    """
    properties, children = _parts(document)
    root = ids("set", "")
    yield "", {"id": root, "kind": "set", "name": name, "node": properties}
    waiting: list[tuple[str, str, Iterator[tuple[int, tuple[str, Any]]]]] = [("", root, enumerate(children.items(), 1))]
    while waiting:
        prefix, parent, rest = waiting[-1]
        following = next(rest, None)
        if following is None:
            waiting.pop()
            continue
        number, (child_name, child) = following
        path = prefix + child_name
        token = is_token(child_name, child)
        kind = "token" if token else "group"
        identifier = ids(kind, path, child if token else None)
        node, inner = (child, {}) if token else _parts(child)
        yield path, {
            "id": identifier, "kind": kind, "name": child_name, "parent": parent, "order": number, "node": node,
        }  # fmt: skip
        if inner:
            waiting.append((path + ".", identifier, enumerate(inner.items(), 1)))


def _parts(group: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A group's own properties, and its children."""
    properties: dict[str, Any] = {}
    children: dict[str, Any] = {}
    for name, member in group.items():
        (properties if name[:1] == "$" and name != ROOT else children)[name] = member
    return properties, children


def is_token(name: str, node: Mapping[str, Any]) -> bool:
    """Whether a member of a group is a token, as the DTCG reader has it: a ``$ref`` beside children extends a group."""
    if "$value" in node or name == ROOT:
        return True
    return "$ref" in node and not any(isinstance(part, dict) and key[:1] != "$" for key, part in node.items())
