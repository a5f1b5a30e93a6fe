"""Steps 7 to 11: hostile bytes -> checked content, or an error. Writes nothing.

The data is read twice: once to know that the archive is intact, before anything in it is parsed, and once to parse
it, hashed again, so that a file that changes in between is caught.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Set
from types import TracebackType
from typing import Any, BinaryIO

from .assets import check_manifest_assets, checked_type
from .canonical import canonical
from .container import Container, Member
from .descriptor import Memory
from .encryption import LOCKED, Unlock, open_plain
from .faults import ArchiveError, Findings, fault, printable
from .inflate import inflated
from .limits import DEFAULTS, Limits
from .locations import Location
from .manifest import FORMAT, MANIFEST, SIGNATURE, VERSION, Asset, Entry, manifest_of
from .migrations import OLDEST, legacy_manifest, legacy_records
from .records import Record, RecordError, check, parsed
from .rows import Row, checked_row, decoded
from .strict_json import JsonError, parse
from .trust import NO_KEYS, SignedBy, Trust
from .writer import PackedMember, is_canonical

_MAX_SIGNATURE = 4096

RECORDS_FOR_EACH_TOKEN = 4
"""Sets, groups and tombstones count less than tokens: up to so many records altogether for each token of the limit."""


class Archive:
    """An archive whose structure and manifest were checked (steps 1 to 9). Use as a context manager."""

    def __init__(self, container: Container, trust: Trust = NO_KEYS) -> None:
        """Check what *container* holds.

        Raises:
            ArchiveError: The findings of the first step that fails.
        """
        self.container = container
        self.limits = container.limits
        self._members = {member.name: member for member in container.members}
        if MANIFEST not in self._members:
            raise ArchiveError(fault("MANIFEST_MISSING", f"there is no {MANIFEST}: this is no archive of dss"))
        content = self._small_member(MANIFEST, self.limits.max_manifest_size)
        self.manifest_digest = hashlib.sha256(content).hexdigest()
        """SHA-256 of the manifest's bytes: the name of this very archive."""

        document = _manifest_document(content)
        self.source_version = _version_of(document)
        """The format version it was written in."""

        self.is_legacy = self.source_version < VERSION
        """Whether it is migrated while it is read."""

        self._lenient = self.source_version > VERSION
        if self.is_legacy:
            self.manifest = legacy_manifest(document, self.source_version)
        else:
            if canonical(document) != content:
                raise ArchiveError(fault("MANIFEST_INVALID", f"{MANIFEST} is not in canonical form"))
            self.manifest = manifest_of(document, lenient=self._lenient)
        self.signed_by: SignedBy = trust.judge(content, self._signature())
        """What is known about the signer."""

        self._reconcile()
        if not self.is_legacy:
            self._check_canonical()
        self._check_counts()
        check_manifest_assets(self.manifest.assets, self.limits)

    @classmethod
    def open(
        cls,
        path: Location,
        limits: Limits = DEFAULTS,
        trust: Trust = NO_KEYS,
        unlock: Unlock = LOCKED,
    ) -> Archive:
        """Check the file or the object at *path*, which may be encrypted.

        Raises:
            ArchiveError: See the class; ``DSS655`` where it cannot be decrypted.
            InputError: It cannot be opened.
        """
        source = open_plain(path, unlock, limits)
        return cls._owning(Container.owning(source, limits, str(path)), trust)

    @classmethod
    def from_stream(cls, stream: BinaryIO, limits: Limits = DEFAULTS, trust: Trust = NO_KEYS) -> Archive:
        """Check what *stream* gives, copied to a private file first.

        Raises:
            ArchiveError: See the class.
        """
        return cls._owning(Container.from_stream(stream, limits), trust)

    @classmethod
    def _owning(cls, container: Container, trust: Trust) -> Archive:
        try:
            return cls(container, trust)
        except ArchiveError as error:
            container.close()
            raise error.of_file(container.file) from error
        except BaseException:
            container.close()
            raise

    def check_bytes(self) -> None:
        """Step 10: inflate, count and hash every member; afterwards the archive is *intact*.

        Raises:
            ArchiveError: ``DSS622`` or ``DSS652``, with the member.
        """
        for entry in self.manifest.entries:
            for _ in self._hashed(self._members[entry.name], entry.sha256):
                pass
        self.check_assets()

    def check_assets(self) -> None:
        """Step 10 for the assets alone: reading records checks the bytes they come from as well.

        Raises:
            ArchiveError: ``DSS622``, ``DSS652`` or ``DSS666``.
        """
        for asset in {asset.member: asset for asset in self.manifest.assets}.values():
            for _ in self.asset_chunks(asset):
                pass

    def records(self, entry: Entry) -> Iterator[Record]:
        """As :meth:`rows`, all of them decoded."""
        for found in self.rows(entry):
            yield found.record() if type(found) is Row else found

    def rows(self, entry: Entry, known: Set[bytes] = frozenset()) -> Iterator[Row | Record]:
        """The records of *entry*, each checked by itself, in the present version.

        Args:
            known: Lines that the project has itself: they need no check.

        They are true only when the iterator came to its end: the digest is compared there.

        Raises:
            ArchiveError: ``DSS66x``, ``DSS644`` … with member and line.
        """
        if self.is_legacy:
            chunks = self._hashed(self._members[entry.name], entry.sha256)
            yield from legacy_records(self.source_version, entry, self.manifest, chunks, self.limits)
            return
        last = b""
        number = 0
        limits, has_rows = self.limits, entry.kind == "tokens"
        for number, line in enumerate(self._lines(entry), 1):
            found: Row | Record | None = None
            if has_rows:
                found = decoded(line) if line in known else checked_row(line, limits)
            try:
                if found is None:
                    found = check(parsed(line, limits), entry.kind, limits, lenient=self._lenient)
                identifier = found.id if type(found) is Row else found["id"].encode()
                if identifier <= last:
                    raise _order_error(identifier.decode(), last.decode())
            except RecordError as error:
                raise self._at(error.symbol, entry, number, str(error)) from error
            last = identifier
            yield found
        if number != entry.records:
            raise self._at("MANIFEST_INVALID", entry, number, f"{number} records, the manifest says {entry.records}")

    def asset_chunks(self, asset: Asset) -> Iterator[bytes]:
        """The content of *asset*; true only when the iterator came to its end.

        Raises:
            ArchiveError: ``DSS622``, ``DSS652``, or ``DSS666``: it is not of the type that the manifest says.
        """
        return checked_type(asset, self._hashed(self._members[asset.member], asset.sha256))

    def packed(self, name: str, sha256: str) -> PackedMember:
        """A member as it stands in the file, to be put into another archive or a store as it is.

        The bytes that are given are the ones that were checked, whatever becomes of the file.

        Raises:
            ArchiveError: ``DSS622`` or ``DSS652``.
        """
        record = self._members[name].record
        raw = self.container.raw(self._members[name])
        copy = Memory(raw)
        digest = hashlib.sha256()
        for chunk in inflated(copy, record, 0, name, self.container.file):
            digest.update(chunk)
        if digest.hexdigest() != sha256:
            message = f"member {printable(name)}: its content is not what {MANIFEST} says"
            raise ArchiveError(fault("DIGEST_MISMATCH", message, file=self.container.file))
        return PackedMember(sha256, record.size, record.crc, raw)

    def lines(self, name: str, sha256: str) -> Iterator[bytes]:
        """The lines of a member of records, checked before; they are those only when the iterator came to its end.

        Raises:
            ArchiveError: ``DSS622`` or ``DSS652``: the file changed meanwhile.
        """
        rest = b""
        for chunk in self._hashed(self._members[name], sha256):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines

    def _small_member(self, name: str, limit: int, symbol: str = "LIMIT_ENTRY_SIZE") -> bytes:
        member = self._members[name]
        if member.size > limit:
            raise ArchiveError(fault(symbol, f"{name}: {member.size:,} bytes, limit {limit:,}"))
        return b"".join(self.container.chunks(member))

    def _signature(self) -> bytes | None:
        if SIGNATURE not in self._members:
            return None
        return self._small_member(SIGNATURE, _MAX_SIGNATURE, "SIGNATURE_INVALID")

    def _reconcile(self) -> None:
        """Step 9: the set of members is the set of entries, and sizes agree."""
        found = Findings(self.limits.max_findings, self.container.file)
        sizes = {entry.name: entry.size for entry in self.manifest.entries}
        sizes |= {asset.member: asset.size for asset in self.manifest.assets}
        for name, member in self._members.items():
            if name in (MANIFEST, SIGNATURE):
                continue
            if name not in sizes:
                found.add("MANIFEST_ENTRY_UNLISTED", f"member {printable(name)} is not listed in {MANIFEST}")
            elif sizes[name] not in (member.size, -1):
                message = f"member {printable(name)}: {member.size:,} bytes, {MANIFEST} says {sizes[name]:,}"
                found.add("DIGEST_MISMATCH", message)
        for name in sizes:
            if name not in self._members:
                found.add("MANIFEST_ENTRY_MISSING", f"{MANIFEST} lists {printable(name)}, which is missing")
        found.raise_if_any()

    def _check_canonical(self) -> None:
        """The container is, bit for bit, one that our writer makes: nothing outside the data can change unseen."""
        found = Findings(self.limits.max_findings, self.container.file)
        first = [MANIFEST, SIGNATURE] if SIGNATURE in self._members else [MANIFEST]
        if [member.name for member in self.container.members] != first + self.manifest.members():
            found.add("ARC_NOT_CANONICAL", "the members are not in the order that dss writes")
        offsets = [member.record.offset for member in self.container.members]
        if offsets != sorted(offsets):
            found.add("ARC_NOT_CANONICAL", "the directory lists the members in another order than the file")
        for member in self.container.members:
            if not member.has_plain_header or not is_canonical(member.record):
                found.add("ARC_NOT_CANONICAL", f"member {printable(member.name)}: packed by another program than dss")
        found.raise_if_any()

    def _check_counts(self) -> None:
        """What the manifest claims, against the limits; counted again while reading."""
        counts, limits = self.manifest.counts, self.limits
        records = sum(entry.records for entry in self.manifest.entries if entry.kind == "tokens")
        for name, count, limit in (
            ("tokens", counts.tokens, limits.max_tokens),
            ("tokens", records // RECORDS_FOR_EACH_TOKEN, limits.max_tokens),
            ("components", counts.components, limits.max_components),
        ):
            if count > limit:
                message = f"{count:,} {name}, limit {name} {limit:,}"
                hint = f"raise it by --limit {name}=N or under [limits] in dss.toml"
                raise ArchiveError(fault(f"LIMIT_{name.upper()}", message, hint=hint))

    def _hashed(self, member: Member, sha256: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in self.container.chunks(member):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != sha256:
            message = f"member {printable(member.name)}: its content is not what {MANIFEST} says"
            raise ArchiveError(fault("DIGEST_MISMATCH", message, file=self.container.file))

    def _lines(self, entry: Entry) -> Iterator[bytes]:
        """Lines end with ``\\n`` and nothing else; the last one does, too."""
        limit = self.limits.max_line_length
        rest = b""
        number = 0
        for chunk in self._hashed(self._members[entry.name], entry.sha256):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                number += 1
                if len(line) > limit:
                    raise self._too_long(entry, number)
                yield line
            if len(rest) > limit:
                raise self._too_long(entry, number + 1)
        if rest:
            raise self._at("JSON_SYNTAX", entry, number + 1, "the last line has no end")

    def _too_long(self, entry: Entry, number: int) -> ArchiveError:
        limit = self.limits.max_line_length
        return self._at("LIMIT_LINE_LENGTH", entry, number, f"a line above the limit line_length {limit:,}")

    def _at(self, symbol: str, entry: Entry, number: int, message: str) -> ArchiveError:
        where = f"member {printable(entry.name)}, line {number}: "
        return ArchiveError(fault(symbol, where + message, file=self.container.file))

    def close(self) -> None:
        """Let go of the file."""
        self.container.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _order_error(identifier: str, last: str) -> RecordError:
    if identifier == last:
        return RecordError("ID_DUPLICATE", f"the id {identifier} occurs twice")
    return RecordError("JSON_SHAPE", "the records are not sorted by id")


def _manifest_document(content: bytes) -> dict[str, Any]:
    try:
        document = parse(content, envelope=4)
    except JsonError as error:
        raise ArchiveError(fault("MANIFEST_INVALID", f"{MANIFEST}: {error}")) from error
    if type(document) is not dict or document.get("format") != FORMAT:
        raise ArchiveError(fault("MANIFEST_INVALID", f'{MANIFEST} does not say "format": "{FORMAT}"'))
    return document


def _version_of(document: dict[str, Any]) -> int:
    version = document.get("format_version")
    needed = document.get("min_reader", version)
    if type(version) is not int or type(needed) is not int or version < OLDEST:
        raise ArchiveError(fault("MANIFEST_INVALID", f"{MANIFEST}: format_version is no version"))
    if needed > VERSION:
        tool = document.get("created", {}).get("tool") if type(document.get("created")) is dict else None
        wrote = f", written by {printable(tool)}" if isinstance(tool, str) else ""
        message = f"the archive has format version {version}{wrote}; this dss reads versions up to {VERSION}"
        raise ArchiveError(fault("VERSION_TOO_NEW", message, hint=f"a dss that reads version {needed} is needed"))
    return version
