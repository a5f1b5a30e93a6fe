"""What a manifest says of its records, found out while they pass on their way into an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from .closure import Closure
from .limits import Limits
from .manifest import Counts, Kind
from .records import Record, RecordError, StateDigest, decode
from .rows import Row, checked_row, decoded, seal_of
from .token_sets import TokenSetContent

NO_STAMP = f"{0:013d}-{0:04x}-{0:016x}"
"""The stamp of a state in which nothing ever happened."""

Found = TypeVar("Found", bound=Row | Record)


class Tally:
    """The state, the newest stamp and the counts of all records."""

    def __init__(self) -> None:
        self.state = StateDigest()
        self.live = {"token": 0, "component": 0, "theme": 0}
        self._newest = NO_STAMP.encode()

    @property
    def stamp(self) -> str:
        """The newest."""
        return self._newest.decode()

    def passing(self, records: Iterable[Found]) -> Iterator[Found]:
        """*records*, as they are."""
        for record in records:
            self.add(record)
            yield record

    def passing_lines(self, kind: Kind, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The encoded records *lines* of one member, which were checked before, as they are."""
        for line in lines:
            self.add(decoded(line))
            yield line

    def add(self, record: Row | Record) -> None:
        """Take in one record."""
        self.state.add(record)
        if type(record) is Row:
            if record.hlc > self._newest:
                self._newest = record.hlc
            self.live["token"] += record.kind == b"token"
            return
        if (stamp := record["hlc"].encode()) > self._newest:
            self._newest = stamp
        if "deleted" not in record and record["kind"] in self.live:
            self.live[record["kind"]] += 1

    def entity(self, line: bytes, start: bytes, record: Record, path: str) -> None:
        """Take in a set, group or token of a document that was parsed without errors.

        Args:
            line: As it is written.
            start: What it begins with unless it was spelled by somebody else, see :func:`~.rows.unsealed`.
            record: What it says, without its stamps.
            path: Where it stands in its set.
        """
        if not line.startswith(start):
            self.add(decoded(line))
            return
        rev, hlc = seal_of(line, start)
        self.state.add_key(record["id"], rev, record.get("order", 0))
        if hlc > self._newest:
            self._newest = hlc
        self.live["token"] += record["kind"] == "token"

    def counts(self, assets: int) -> Counts:
        """Live entities so far."""
        live = self.live
        return Counts(tokens=live["token"], components=live["component"], themes=live["theme"], assets=assets)


class CheckedTally(Tally):
    """Besides, all that readers would check of the records: they need not be read again once they are written."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.closure = Closure()
        self._limits = limits

    def passing_lines(self, kind: Kind, lines: Iterable[bytes]) -> Iterator[bytes]:
        """*lines* of one member, as they are.

        Raises:
            RecordError: One of them, or the set that they make, is refused.
        """
        content = TokenSetContent()
        for line in lines:
            record = self._checked(line, kind)
            self.add(record)
            if kind == "tokens":
                content.add(record)
            yield line
        for path, _, is_token, node in content.walk(self._limits):
            self.closure.add(path, node, is_token=is_token)

    def entity(self, line: bytes, start: bytes, record: Record, path: str) -> None:
        """As :class:`Tally` does.

        Raises:
            RecordError: A limit.
        """
        super().entity(line, start, record, path)
        limits = self._limits
        if (
            len(line) > min(limits.max_line_length, limits.max_string_size)
            or line.count(b"{") + line.count(b"[") > limits.max_value_depth
            or len(record["name"]) > limits.max_name_length
        ):
            self._checked(line, "tokens")  # what a parser lets pass and we made of it is right but for limits
        if path.count(".") >= limits.max_group_depth:
            raise RecordError("JSON_TOO_DEEP", f"more than {limits.max_group_depth} groups deep")
        if record["kind"] != "set":
            self.closure.add(path, start[start.index(b',"node":') + 8 : -8], is_token=record["kind"] == "token")

    def _checked(self, line: bytes, kind: Kind) -> Row | Record:
        if len(line) > self._limits.max_line_length:
            limit = self._limits.max_line_length
            raise RecordError("LIMIT_LINE_LENGTH", f"a line above the limit line_length {limit:,}")
        found = checked_row(line, self._limits) if kind == "tokens" else None
        return found if found is not None else decode(line, kind, self._limits)
