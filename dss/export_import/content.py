"""Step 11: everything in an archive is parsed, checked by itself and as a whole. One pass, one set in memory."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from time import monotonic

import orjson

from .closure import Closure, key, references
from .faults import ArchiveError, Findings, fault, printable
from .limits import Limits
from .manifest import MAX_STATES, Counts, Entry, Manifest
from .migrations import present_manifest
from .names import NameRegister
from .reader import RECORDS_FOR_EACH_TOKEN, Archive
from .records import Record, RecordError, StateDigest
from .rows import Row
from .token_sets import TokenSetContent


@dataclass(frozen=True, slots=True)
class SetSummary:
    """One set, as it is shown to people."""

    id: str
    name: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a checked archive holds."""

    manifest: Manifest
    """Of the present version, complete."""

    sets: tuple[SetSummary, ...]
    tombstones: int


class Sink:
    """Takes what was read, e.g. to stage it. It is all true only when :func:`check_content` came back."""

    def known(self, entry: Entry) -> Set[bytes]:
        """Lines of a member that the project has itself: they need no check of their own."""
        return frozenset()

    def record(self, entry: Entry, record: Record) -> None:
        """Take in one checked record."""

    def row(self, entry: Entry, row: Row) -> None:
        """Take in one that was taken apart only."""
        self.record(entry, row.record())

    def token_set(self, content: TokenSetContent) -> None:
        """Take in one whole set, after its records."""


def check_content(archive: Archive, sink: Sink | None = None) -> Content:
    """Read all of *archive*, whose bytes were checked before (:meth:`.Archive.check_bytes`).

    Raises:
        ArchiveError: ``DSS64x`` or ``DSS66x``; what *sink* took in is not to be used.
    """
    return _Check(archive, sink).run()


class _Check:
    def __init__(self, archive: Archive, sink: Sink | None) -> None:
        self.archive, self.sink = archive, sink
        self.limits: Limits = archive.limits
        self.file = archive.container.file
        self.state = StateDigest()
        self.closure = Closure()
        self.names = NameRegister()
        self.sets: list[SetSummary] = []
        self.found = {"token": 0, "component": 0, "theme": 0}
        self.tombstones = 0
        self.entities = self.components = self.states = 0
        self.newest = b""
        self.deadline = monotonic() + self.limits.max_seconds

    def run(self) -> Content:
        for entry in self.archive.manifest.entries:
            self._entry(entry)
        for asset in self.archive.manifest.assets:
            self.state.add_asset(asset.sha256, asset.path)
        check_ids(self.state, self.file)
        manifest = self._manifest(self.state.name())
        self.state = StateDigest()  # 40 bytes a record that the next check has a use for
        check_references(self.closure, self.archive)
        return Content(manifest, tuple(self.sets), self.tombstones)

    def _entry(self, entry: Entry) -> None:
        content = TokenSetContent()
        try:
            for number, record in enumerate(
                self.archive.rows(entry, self.sink.known(entry) if self.sink else frozenset())
            ):
                if type(record) is Row:
                    self._row(entry, record, content)
                    continue
                if record["kind"] == "set" and content.id and self.archive.manifest.source_version == 1:
                    self._set(entry, content)  # version 1 keeps all themes in one member
                    content = TokenSetContent()
                self._record(entry, record, content)
                if number % 4096 == 0 and monotonic() > self.deadline:
                    raise self._refused("LIMIT_TIME", f"longer than the limit seconds {self.limits.max_seconds}")
            self._set(entry, content)
        except RecordError as error:
            raise self._refused(error.symbol, f"member {printable(entry.name)}: {error}") from error

    def _row(self, entry: Entry, row: Row, content: TokenSetContent) -> None:
        self.state.add(row)
        if row.hlc > self.newest:
            self.newest = row.hlc
        self.found["token"] += row.kind == b"token"
        self._count_entity()
        content.add(row)
        if self.sink is not None:
            self.sink.row(entry, row)

    def _count_entity(self) -> None:
        self.entities += 1
        limit = self.limits.max_tokens
        if self.found["token"] > limit or self.entities > RECORDS_FOR_EACH_TOKEN * limit:
            raise self._too_many("tokens", limit)
        if self.entities % 4096 == 0 and monotonic() > self.deadline:
            raise self._refused("LIMIT_TIME", f"longer than the limit seconds {self.limits.max_seconds}")

    def _record(self, entry: Entry, record: Record, content: TokenSetContent) -> None:
        self.state.add(record)
        self.newest = max(self.newest, record["hlc"].encode())
        kind = record["kind"]
        if "deleted" in record:
            self.tombstones += 1
        elif kind in self.found:
            self.found[kind] += 1
        if kind in ("token", "group", "set"):
            self._count_entity()
            content.add(record)
        elif kind == "component":
            self.components += 1
            if self.components > self.limits.max_components:
                raise self._too_many("components", self.limits.max_components)
        elif kind == "theme" and "deleted" not in record:
            self._name(record["name"])
        elif kind == "state":
            self.states += 1
            if self.states > MAX_STATES:
                raise RecordError("JSON_SHAPE", f"more than {MAX_STATES} earlier states")
        if self.sink is not None:
            self.sink.record(entry, record)

    def _too_many(self, what: str, limit: int) -> ArchiveError:
        hint = f"raise it by --limit {what}=N or under [limits] in dss.toml"
        message = f"more than {limit:,} {what}, the limit {what}"
        return ArchiveError(fault(f"LIMIT_{what.upper()}", message, hint=hint, file=self.file))

    def _set(self, entry: Entry, content: TokenSetContent) -> None:
        if content.is_deleted:
            return
        if not content.id:
            raise RecordError("JSON_SHAPE", "tokens without a set")
        if not self.archive.is_legacy and entry.name != f"tokens/{content.id}.jsonl":
            raise RecordError("JSON_SHAPE", f"the set {content.id} stands in the member of another one")
        self._name(content.name)
        tokens = 0
        lone = ""
        for path, _, is_token, node in content.walk(self.limits):
            _check_group(lone, path)
            lone = path if not is_token and _refers(node) else ""
            tokens += is_token
            self.closure.add(path, node, is_token=is_token)
        _check_group(lone, "")
        self.sets.append(SetSummary(content.id, content.name, tokens))
        if self.sink is not None:
            self.sink.token_set(content)

    def _name(self, name: str) -> None:
        if found := self.names.add(name):
            raise RecordError(found[0], f"two files of one name: {found[1]}")

    def _manifest(self, snapshot: str) -> Manifest:
        manifest = self.archive.manifest
        counts = Counts(
            tokens=self.found["token"],
            components=self.found["component"],
            themes=self.found["theme"],
            assets=len(manifest.assets),
        )
        complete = present_manifest(manifest, snapshot, counts)
        if complete.snapshot != snapshot:
            raise self._refused("DIGEST_MISMATCH", "the state is not the one that the manifest names")
        if complete.counts != counts:
            raise self._refused("MANIFEST_INVALID", "the counts are not those that the manifest names")
        if self.newest.decode() > complete.stamp:
            raise self._refused("TIME_INVALID", "a record is newer than the archive says it is")
        return complete

    def _refused(self, symbol: str, message: str) -> ArchiveError:
        return ArchiveError(fault(symbol, message, file=self.file))


def _refers(node: bytes) -> bool:
    return b'"$ref"' in node and "$ref" in orjson.loads(node)


def _check_group(group: str, following: str) -> None:
    """A *group* with a ``$ref`` that nothing is in would be a token once it is a file."""
    if group and not following.startswith(f"{group}."):
        raise RecordError("JSON_SHAPE", f"the group {printable(group)} has a $ref and nothing in it: that is a token")


_SENTENCES = {
    "ALIAS_MISSING": "{0} refers to {1}, which is not in the archive",
    "ALIAS_CYCLE": "{0} and {1} refer to each other in a circle",
    "LIMIT_RESOLVED_SIZE": "the values of {0} and others resolve to too much",
}


def check_ids(state: StateDigest, file: str | None) -> None:
    """Whether each id of an archive occurs once.

    Raises:
        ArchiveError: ``DSS664``.
    """
    if state.has_duplicates():
        raise ArchiveError(fault("ID_DUPLICATE", "an id occurs in two members", file=file))


def check_references(closure: Closure, archive: Archive) -> None:
    """Whether all tokens of *archive*, which *closure* took in, hang together.

    Raises:
        ArchiveError: ``DSS645`` or ``DSS665``.
    """
    problems = closure.problems(archive.manifest.scope.external, archive.limits)
    if not problems:
        return
    names = _paths(archive, {hashed for problem in problems for hashed in problem[1:]})
    findings = Findings(archive.limits.max_findings, archive.container.file)
    for symbol, source, target in problems:
        one, other = printable(names.get(source, "?")), printable(names.get(target, "?"))
        findings.add(symbol, _SENTENCES[symbol].format(one, other))
    findings.raise_if_any()


def _paths(archive: Archive, wanted: set[int]) -> dict[int, str]:
    """The paths of hashes. Read again, because keeping a million paths for this would cost too much."""
    found: dict[int, str] = {}
    for path, node, is_token in _walk_again(archive, archive.limits):
        if key(path) in wanted:
            found[key(path)] = path
            found |= {key(target): target for target in references(node, is_token=is_token)[0]}
    return found


def _walk_again(archive: Archive, limits: Limits) -> Iterator[tuple[str, bytes, bool]]:
    for entry in archive.manifest.entries:
        content = TokenSetContent()
        contents = [content]
        for record in archive.records(entry):
            if record["kind"] == "set" and content.id:
                content = TokenSetContent()
                contents.append(content)
            if record["kind"] in ("token", "group", "set"):
                content.add(record)
        for content in contents:
            for path, _, is_token, node in content.walk(limits):
                yield path, node, is_token
