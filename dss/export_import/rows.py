"""Lines of tokens and groups as most are, taken apart without decoding them as a whole: there are a million of them."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final, NamedTuple, final

import orjson

from dss_tokens.model import ROOT

from .canonical import canonical
from .limits import DEFAULTS, Limits
from .manifest import STAMP, UUID

_ID: Final = UUID.pattern.encode()
_LINE: Final = re.compile(
    rb'\{"id":"(%b)","kind":"(token|group)","name":"([A-Za-z0-9_-][A-Za-z0-9_ -]*)","parent":"(%b)",'
    rb'"order":(0|[1-9][0-9]{0,14}),"node":(\{.*\}),"rev":"([0-9a-f]{32})","hlc":"(%b)"(,"(?:history|stamps)":.*)?\}'
    % (_ID, _ID, STAMP.pattern.encode())
)
_FIELDS: Final = ("id", "kind", "name", "parent", "order", "node", "data", "deleted", "rev", "hlc")
_REVISION: Final = 32
_STAMP: Final = 35
_BETWEEN: Final = len(b'","hlc":"')
_RESERVED: Final = (b"__proto__", b"constructor", b"prototype")
_MEANING: Final = b'{"id":"%b","kind":"%b","name":"%b","node":%b,"parent":"%b"}'


@final
class Row(NamedTuple):
    """The fields of one line, encoded as they stand there."""

    id: bytes
    kind: bytes
    name: bytes
    """Plain ASCII."""

    parent: bytes
    order: bytes
    node: bytes
    rev: bytes
    hlc: bytes
    more: bytes | None
    """Its history and the stamps of its fields."""

    def record(self) -> dict[str, Any]:
        """The record."""
        found = {
            "id": self.id.decode(), "kind": self.kind.decode(), "name": self.name.decode(),
            "parent": self.parent.decode(), "order": int(self.order), "node": orjson.loads(self.node),
            "rev": self.rev.decode(), "hlc": self.hlc.decode(),
        }  # fmt: skip
        return found if self.more is None else found | orjson.loads(b"{%b}" % self.more[1:])


def node_fault(kind: str, name: str, node: dict[str, Any]) -> str | None:
    """Why the file made of *node* would hold something else than one *kind*, ``None`` where it would not.

    Otherwise tokens that nobody counts or shows could hide in a group's members.
    """
    if kind != "token":
        if "$value" in node:
            return f"a {kind} with a $value"
        hidden = next((key for key in node if key[:1] != "$" or key == ROOT), None)
        return None if hidden is None else f"the node of a {kind} has a child: children have records of their own"
    if "$value" not in node and "$ref" not in node and name != ROOT:
        return "a token without $value"
    if len(node) > 1 and any(type(part) is dict and (key[:1] != "$" or key == ROOT) for key, part in node.items()):
        return "a token with children"
    return None


def identifier_of(line: bytes) -> str:
    """The id of the record on *line*, which was checked before; other writers may begin with another field."""
    if line[:7] == b'{"id":"' and line[43:44] == b'"':
        return line[7:43].decode()
    return str(orjson.loads(line)["id"])


def in_our_order(line: bytes) -> bytes:
    """*line*, which was checked before, with its fields where we write them: other writers put them anywhere."""
    if line[:7] == b'{"id":"' and line[43:53] == b'","kind":"':
        return line
    record = orjson.loads(line)
    return orjson.dumps({key: record[key] for key in (*(key for key in _FIELDS if key in record), *record)})


def unsealed(record: dict[str, Any]) -> bytes:
    """How we begin the line of a set, group or token: with all that it means, up to its revision."""
    return orjson.dumps(record)[:-1] + b',"rev":"'


def sealed_line(start: bytes, rev: str, stamp: str) -> bytes:
    """The line that begins with *start*, see :func:`unsealed`, of somebody new."""
    return b'%b%b","hlc":"%b"}' % (start, rev.encode(), stamp.encode())


def seal_of(line: bytes, start: bytes) -> tuple[bytes, bytes]:
    """The revision and the stamp on *line*, which begins with *start*, see :func:`unsealed`."""
    end = len(start) + _REVISION
    return line[len(start) : end], line[end + _BETWEEN : end + _BETWEEN + _STAMP]


def decoded(line: bytes) -> Row | dict[str, Any]:
    """*line*, which was checked before, taken apart; where it is spelled in another way, the record."""
    found = _LINE.fullmatch(line)
    if found is not None:
        return Row(*found.groups())
    record: dict[str, Any] = orjson.loads(line)
    return record


def checked_row(line: bytes, limits: Limits = DEFAULTS) -> Row | None:
    """The fields of *line* where nothing about it is wrong by itself.

    ``None`` where that takes a closer look: :func:`~.records.check` finds out what it is.
    """
    if len(line) > limits.max_string_size or line.count(b"{") + line.count(b"[") > limits.max_value_depth:
        return None
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    row = Row(*found.groups())
    name, node = row.name, row.node
    if row.more is not None or len(name) > limits.max_name_length or name in _RESERVED:
        return None
    try:
        value = orjson.loads(node)
        meaning = canonical(value)
    except ValueError:
        return None
    # The form that we write, proven by writing it again; that is no proof for numbers too big for a double, but they
    # have another canonical form.
    if meaning != node and orjson.dumps(value) != node:
        return None
    if node_fault(row.kind.decode(), name.decode(), value) is not None:
        return None
    digest = hashlib.sha256(_MEANING % (row.id, row.kind, name, meaning, row.parent)).hexdigest()
    return row if digest[: len(row.rev)].encode() == row.rev else None
