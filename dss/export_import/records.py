"""Records: one entity on one line. What each kind holds, its revision, and the name of a whole state.

A record is a plain dictionary, because there are a million of them; :func:`check` is its schema.
Source: reference "archives", sections 3 and 9.
"""

from __future__ import annotations

import hashlib
from binascii import unhexlify
from collections.abc import Iterable, Mapping
from typing import Any, Final

import orjson

from dss_tokens.model import is_resolver
from dss_tokens.naming_rules import name_fault

from .canonical import canonical
from .faults import printable
from .limits import DEFAULTS, Limits
from .manifest import MAX_PARENTS, STAMP, STATE, UUID, Kind
from .rows import Row, node_fault
from .strict_json import JsonError, parse

Record = dict[str, Any]
"""One line of an archive, decoded."""

ENVELOPE: Final = frozenset({"rev", "hlc", "history", "stamps", "order"})
"""Fields that are no part of a record's meaning. The order among siblings is part of the state, not of the entity: one
token more at the top must not change all others."""

MAX_HISTORY: Final = 8
REVISION_LENGTH: Final = 32

_COMMON: Final = frozenset({"id", "kind", "rev", "hlc"})
_OPTIONAL: Final = frozenset({"history", "stamps"})
_MEMBERS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "token": (_COMMON | {"name", "parent", "order", "node"}, _OPTIONAL),
    "group": (_COMMON | {"name", "parent", "order", "node"}, _OPTIONAL),
    "set": (_COMMON | {"name", "node"}, _OPTIONAL),
    "component": (_COMMON | {"name", "data"}, _OPTIONAL),
    "theme": (_COMMON | {"name", "data"}, _OPTIONAL),
    "state": (_COMMON | {"snapshot", "parents", "sequence"}, frozenset()),
}
"""Kind to the fields it must and may have."""

_TOMBSTONE: Final = (_COMMON | {"deleted"}, frozenset({"history", "name", "parent"}))

_KINDS_OF: Final[dict[Kind, frozenset[str]]] = {
    "tokens": frozenset({"token", "group", "set"}),
    "components": frozenset({"component"}),
    "themes": frozenset({"theme"}),
    "history": frozenset({"state"}),
}
_HEX: Final = frozenset("0123456789abcdef")
_MEANING: Final = b'{"id":"%b","kind":"%b","name":%b,"node":%b%b}'
_MAX_ORDER: Final = 2**53 - 1


class RecordError(ValueError):
    """A record that is refused, with a symbol of :mod:`.faults`."""

    def __init__(self, symbol: str, message: str) -> None:
        super().__init__(message)
        self.symbol = symbol


def encode(record: Record) -> bytes:
    """*record* as a line without its end; keys in the order they stand, since that of values is the author's."""
    return orjson.dumps(record)


def decode(line: bytes, kind: Kind, limits: Limits = DEFAULTS) -> Record:
    """The checked record on *line*, of the present version.

    Raises:
        RecordError: The line is no strict JSON, or :func:`check` refuses it.
    """
    return check(parsed(line, limits), kind, limits)


def parsed(line: bytes, limits: Limits = DEFAULTS) -> Any:
    """The JSON value on *line*.

    Raises:
        RecordError: It is no strict JSON.
    """
    try:
        # The form that we write, proven by writing it again; numbers too big for a double are left to the revision.
        if len(line) <= limits.max_string_size and line.count(b"{") + line.count(b"[") <= limits.max_value_depth:
            value = orjson.loads(line)
            if orjson.dumps(value) == line:
                return value
    except ValueError:
        pass
    if line.strip(b" \t\r") != line:
        raise RecordError("JSON_SYNTAX", "spaces or a carriage return around the record; lines end with \\n alone")
    try:
        # the record, and its "node" or "data"
        return parse(line, limits, envelope=2)
    except JsonError as error:
        raise RecordError(error.symbol, str(error)) from error


def check(record: Any, kind: Kind, limits: Limits = DEFAULTS, *, lenient: bool = False) -> Record:
    """*record*, when it is one of a member of *kind* and nothing about it is wrong by itself.

    Args:
        lenient: Let unknown fields pass, as for the manifest.

    Raises:
        RecordError: ``JSON_SHAPE``, ``ID_INVALID``, ``NAME_FORBIDDEN``, ``LIMIT_NAME_LENGTH``, ``TIME_INVALID`` or
            ``DIGEST_MISMATCH`` (its ``rev`` is not that of its content).
    """
    if type(record) is not dict:
        raise RecordError("JSON_SHAPE", "a record is an object")
    its_kind = record.get("kind")
    if type(its_kind) is not str or its_kind not in _KINDS_OF[kind]:
        raise RecordError("JSON_SHAPE", f"a record of the kind {_shown(its_kind)} among {kind}")
    required, optional = _TOMBSTONE if "deleted" in record else _MEMBERS[its_kind]
    if not required <= record.keys() or not (lenient or record.keys() - required <= optional):
        raise RecordError("JSON_SHAPE", _wrong_fields(record, required, optional))
    _check_identity(record)
    if "deleted" in record:
        if record["deleted"] is not True:
            raise RecordError("JSON_SHAPE", '"deleted" is true or absent')
    elif its_kind == "state":
        _check_state(record)
    elif "data" in record:
        _require(type(record["data"]) is dict, '"data" is an object')
        _require(its_kind != "theme" or is_resolver(record["data"]), "a theme is a resolver document")
    else:
        _require(type(record["node"]) is dict, '"node" is an object')
        order = record.get("order", 0)
        _require(type(order) is int and 0 <= order <= _MAX_ORDER, '"order" is a whole number')
        if (problem := node_fault(its_kind, str(record["name"]), record["node"])) is not None:
            raise RecordError("JSON_SHAPE", problem)
    _check_name(record, its_kind, limits)
    try:
        matches = record["rev"] == revision(record)
    except ValueError as error:
        raise RecordError("JSON_NUMBER_RANGE", str(error)) from error
    if not matches:
        raise RecordError("DIGEST_MISMATCH", f"the revision of {record['id']} is not that of its content")
    return record


def _check_identity(record: Record) -> None:
    for field in ("id", "parent"):
        value = record.get(field)
        if field in record and not (type(value) is str and UUID.fullmatch(value)):
            raise RecordError("ID_INVALID", f'"{field}" is no lower-case UUID: {_shown(value)}')
    if not (type(record["hlc"]) is str and STAMP.fullmatch(record["hlc"])):
        raise RecordError("TIME_INVALID", f'"hlc" is no stamp: {_shown(record["hlc"])}')
    history = record.get("history", ())
    if history != ():
        _require(type(history) is list and 1 <= len(history) <= MAX_HISTORY, '"history" lists 1 to 8 revisions')
        _require(all(map(_is_revision, history)), '"history" holds something that is no revision')
    if "stamps" in record:
        stamps = record["stamps"]
        _require(type(stamps) is dict and bool(stamps), '"stamps" names the fields that changed before "hlc"')
        for value in stamps.values():
            if not (type(value) is str and STAMP.fullmatch(value) and value < record["hlc"]):
                raise RecordError("TIME_INVALID", f'"stamps" holds no earlier stamp: {_shown(value)}')


def _check_state(record: Record) -> None:
    states = [record["snapshot"], *(record["parents"] if type(record["parents"]) is list else [None])]
    _require(len(states) <= MAX_PARENTS + 1, f"a state comes from at most {MAX_PARENTS} others")
    _require(all(type(s) is str and STATE.fullmatch(s) for s in states), "a state's name is sha256:…")
    _require(type(record["sequence"]) is int and 0 <= record["sequence"] <= _MAX_ORDER, '"sequence" is a count')


def _check_name(record: Record, kind: str, limits: Limits) -> None:
    if "name" not in record:
        return
    name = record["name"]
    _require(type(name) is str, '"name" is text')
    if kind in ("token", "group"):
        if len(name) > limits.max_name_length:
            raise RecordError("LIMIT_NAME_LENGTH", f"a name of {len(name)} characters, limit {limits.max_name_length}")
        # not through the cache of the function: an archive may hold a million names
        if name != "$root" and (found := name_fault.__wrapped__(name)) is not None:
            raise RecordError("NAME_FORBIDDEN", found[1])
        if name == "$root" and kind == "group":
            raise RecordError("NAME_FORBIDDEN", "$root is a token, not a group")
    elif kind != "component" and (fault := set_name_fault(name)) is not None:
        raise RecordError("NAME_FORBIDDEN", fault)


def set_name_fault(name: str) -> str | None:
    """Why *name* cannot be that of a set or theme: the path of a ``.json`` file below the token folder."""
    from .names import name_fault as path_fault

    if (found := path_fault(name)) is not None:
        return found[1]
    if not name.endswith(".json"):
        return f"{printable(name)} does not end in .json"
    if any(part.startswith(".") for part in name.split("/")):
        return f"{printable(name)} lies in a hidden folder or is a hidden file"
    return None


def _is_revision(value: object) -> bool:
    return type(value) is str and len(value) == REVISION_LENGTH and _HEX.issuperset(value)


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise RecordError("JSON_SHAPE", message)


def _wrong_fields(record: Record, required: frozenset[str], optional: frozenset[str]) -> str:
    missing = sorted(required - record.keys())
    if missing:
        return f"a record of the kind {record['kind']} without {', '.join(missing)}"
    unknown = sorted(record.keys() - required - optional)
    return f"a record of the kind {record['kind']} has the unknown field {printable(unknown[0])}"


def _shown(value: object) -> str:
    return printable(value) if isinstance(value, str) else type(value).__name__


def revision(record: Record) -> str:
    """The digest of what *record* means: all fields but those of :data:`ENVELOPE`.

    The first 128 bits of SHA-256 over the canonical form, in hexadecimal.

    Raises:
        ValueError: The record has no canonical form, see :func:`~.canonical.canonical`.
    """
    if _is_plain_entity(record):
        meaning = _canonical_entity(record)
    else:
        meaning = canonical({key: value for key, value in record.items() if key not in ENVELOPE})
    return hashlib.sha256(meaning).hexdigest()[:REVISION_LENGTH]


def _is_plain_entity(record: Record) -> bool:
    """Whether *record* has the fields of a set, group or token in this version, and no other."""
    fields = len(record) - sum(field in record for field in ENVELOPE)
    if "node" not in record or "deleted" in record or fields != (5 if "parent" in record else 4):
        return False
    texts = (record.get("id"), record.get("kind"), record.get("name"), record.get("parent", ""))
    return all(type(text) is str for text in texts)


def _canonical_entity(record: Record) -> bytes:
    """The canonical form of a set, group or token; put together by hand, which takes a third of the time."""
    parent = record.get("parent")
    tail = b"" if parent is None else b',"parent":"%b"' % parent.encode()
    return _MEANING % (
        record["id"].encode(), record["kind"].encode(), canonical(record["name"]), canonical(record["node"]), tail,
    )  # fmt: skip


def sealed(record: Record, stamp: str, history: Iterable[str] = (), stamps: Mapping[str, str] | None = None) -> Record:
    """*record* with what is no part of its meaning.

    Args:
        stamp: When it was last changed.
        history: Its earlier revisions, newest first; eight are kept.
        stamps: The fields that changed before *stamp*, and when.
    """
    complete = {key: value for key, value in record.items() if key not in ENVELOPE or key == "order"}
    complete |= {"rev": revision(record), "hlc": stamp}
    if earlier := list(history)[:MAX_HISTORY]:
        complete["history"] = earlier
    if stamps:
        complete["stamps"] = dict(sorted(stamps.items()))
    return complete


def entity_revision(record: Record) -> str:
    """The :func:`revision` of a set, group or token as :func:`~.token_sets.split` makes it."""
    return hashlib.sha256(_canonical_entity(record)).hexdigest()[:REVISION_LENGTH]


def tombstone(record: Record, stamp: str) -> Record:
    """What remains of *record* once it is deleted: its identity, where it stood, and its revisions."""
    kept: Record = {key: record[key] for key in ("id", "kind", "name", "parent") if key in record}
    earlier = [record["rev"], *record.get("history", ())]
    return sealed({**kept, "deleted": True}, stamp, earlier)


_KEY: Final = 40
"""Bytes of an id, a revision and an order."""


class StateDigest:
    """The name of a state, from its records in any order, in 40 bytes of memory for each.

    SHA-256 over a mark, the number of live records, their keys (the bytes of id, revision and order), sorted, and
    a line ``asset <sha256> <path>`` for each asset, sorted. Deleted records and the history are no part of a state,
    and neither are times and tools.
    """

    def __init__(self) -> None:
        # few, so that each is large enough for the system to let it grow without leaving holes
        self._buckets = [bytearray() for _ in range(16)]
        self._gone = [bytearray() for _ in range(16)]
        self._assets: list[str] = []

    def add_key(self, identifier: str, rev: bytes, order: int) -> None:
        """Take in one record that is not deleted."""
        key = unhexlify(identifier.replace("-", "").encode() + rev) + order.to_bytes(8, "big")
        self._buckets[key[0] >> 4] += key

    def add(self, record: Row | Record) -> None:
        """Take in one record."""
        if type(record) is Row:
            key = unhexlify(record.id.replace(b"-", b"") + record.rev) + int(record.order).to_bytes(8, "big")
            self._buckets[key[0] >> 4] += key
            return
        key = bytes.fromhex(f"{record['id'].replace('-', '')}{record['rev']}{record.get('order', 0):016x}")
        live = "deleted" not in record and record["kind"] != "state"
        (self._buckets if live else self._gone)[key[0] >> 4] += key

    def has_duplicates(self) -> bool:
        """Whether an id was taken in twice, deleted or not."""
        for live, gone in zip(self._buckets, self._gone, strict=True):
            both = bytes(live + gone)
            ids = {both[at : at + 16] for at in range(0, len(both), _KEY)}
            if len(ids) * _KEY != len(both):
                return True
        return False

    def add_asset(self, sha256: str, path: str) -> None:
        """Take in one asset."""
        self._assets.append(f"asset {sha256} {path}\n")

    def name(self) -> str:
        """``sha256:…``."""
        count = sum(map(len, self._buckets)) // _KEY
        whole = hashlib.sha256(b"dss-state-v1\n" + count.to_bytes(8, "big"))
        for bucket in self._buckets:
            keys = bytes(bucket)
            whole.update(b"".join(sorted(keys[at : at + _KEY] for at in range(0, len(keys), _KEY))))
        for line in sorted(self._assets):
            whole.update(line.encode())
        return f"sha256:{whole.hexdigest()}"
