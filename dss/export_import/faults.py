"""The faults of archives by symbol: their stable code, and the exceptions that carry them.

Several symbols share one code (reference "archives", section 15); a diagnostic names its symbol as ``rule``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import RefusedError

_SYMBOLS: Final = {
    "DSS600": "NAME_TRAVERSAL",
    "DSS601": "NAME_COLLISION NAME_DUPLICATE NAME_FILE_DIR_CONFLICT",
    "DSS602": "NAME_ABSOLUTE NAME_DRIVE NAME_BACKSLASH",
    "DSS603": "NAME_NUL NAME_CONTROL NAME_CHARS",
    "DSS604": "NAME_RESERVED NAME_STREAM NAME_TRAILING_DOT_SPACE",
    "DSS605": "NAME_ENCODING NAME_NOT_NFC NAME_UNICODE_UNSAFE",
    "DSS606": "NAME_EMPTY NAME_EMPTY_COMPONENT NAME_DOT_COMPONENT",
    "DSS607": "NAME_TOO_LONG NAME_TOO_DEEP",
    "DSS610": "ARC_NOT_ZIP ARC_TRUNCATED ARC_EMPTY",
    "DSS611": "ARC_EOCD_AMBIGUOUS ARC_COMMENT_FORBIDDEN",
    "DSS612": "ARC_TRAILING_DATA ARC_PREPENDED_DATA ARC_GAP_DATA",
    "DSS613": "ARC_COUNT_MISMATCH ARC_CD_MISMATCH ARC_MULTI_DISK",
    "DSS614": "ARC_ZIP64_INCONSISTENT",
    "DSS615": "ARC_LOCAL_CENTRAL_MISMATCH ARC_DESCRIPTOR_MISMATCH",
    "DSS616": "ARC_ORPHAN_LOCAL ARC_LOCAL_MISSING",
    "DSS617": "ARC_OVERLAP",
    "DSS618": "ARC_EXTRA_MALFORMED ARC_EXTRA_FORBIDDEN",
    "DSS619": "ARC_ENTRY_TYPE ENTRY_KIND_FORBIDDEN",
    "DSS620": "ARC_ENCRYPTED",
    "DSS621": "ARC_METHOD_UNSUPPORTED ARC_FLAG_UNSUPPORTED",
    "DSS622": "ARC_STREAM_CORRUPT ARC_SIZE_MISMATCH ARC_CRC_MISMATCH",
    "DSS640": "LIMIT_FILE_SIZE",
    "DSS641": "LIMIT_ENTRY_COUNT LIMIT_CD_SIZE",
    "DSS642": "LIMIT_ENTRY_SIZE LIMIT_TOTAL_SIZE LIMIT_RATIO",
    "DSS643": "LIMIT_TOKENS LIMIT_COMPONENTS",
    "DSS644": "LIMIT_LINE_LENGTH LIMIT_VALUE_SIZE LIMIT_NAME_LENGTH",
    "DSS645": "LIMIT_RESOLVED_SIZE LIMIT_TIME",
    "DSS646": "LIMIT_UNKNOWN",
    "DSS650": "MANIFEST_MISSING MANIFEST_INVALID",
    "DSS651": "MANIFEST_ENTRY_UNLISTED MANIFEST_ENTRY_MISSING",
    "DSS652": "DIGEST_MISMATCH",
    "DSS653": "SIGNATURE_MISSING SIGNATURE_INVALID KEY_UNKNOWN",
    "DSS654": "ROLLBACK",
    "DSS655": "DECRYPT_FAILED",
    "DSS656": "KEY_FILE",
    "DSS657": "ARC_NOT_CANONICAL",
    "DSS660": "JSON_SYNTAX JSON_ENCODING",
    "DSS661": "JSON_DUPLICATE_KEY",
    "DSS662": "JSON_TOO_DEEP",
    "DSS663": "JSON_NUMBER_RANGE JSON_NOT_A_NUMBER",
    "DSS664": "JSON_SHAPE ID_INVALID ID_DUPLICATE",
    "DSS665": "ALIAS_CYCLE ALIAS_MISSING ALIAS_TYPE NAME_FORBIDDEN",
    "DSS666": "ASSET_TYPE ASSET_SIZE",
    "DSS670": "VERSION_TOO_NEW",
    "DSS671": "MIGRATION_FAILED",
    "DSS680": "STORE_BUSY",
    "DSS681": "JOB_ACTIVE",
    "DSS682": "STORE_FULL IO_ERROR",
    "DSS683": "PARTIAL_REPLACE PROJECT_MISMATCH REVISION_MOVED",
    "DSS684": "CLOUD_DENIED CLOUD_FAILED",
    "DSS685": "LOCATION",
    "DSS690": "MERGE_CONFLICT",
    "DSS691": "MERGE_RESULT_INVALID",
    "DSS692": "CLOCK_SKEW CLOCK_OVERFLOW TIME_INVALID",
    "DSS693": "BASE_UNKNOWN",
}

CODES: Final = {symbol: code for code, symbols in _SYMBOLS.items() for symbol in symbols.split()}
"""Symbol, e.g. ``ARC_OVERLAP``, to stable code, e.g. ``DSS617``."""

_HINTS: Final = {
    "DSS600 DSS601 DSS602 DSS603 DSS604 DSS605 DSS606 DSS607":
        "dss writes no such name: ask the sender by another way, and open the file with nothing else",
    "DSS610": "fetch the file again",
    "DSS611 DSS612 DSS613 DSS614 DSS615 DSS616 DSS617 DSS618 DSS619 DSS620 DSS621":
        "another program than dss wrote or changed the file: ask for a new export",
    "DSS622 DSS652": "it is damaged or was edited: fetch the file again, or ask for a new export",
    "DSS640 DSS641 DSS642 DSS643 DSS644 DSS645":
        "if that is right, raise the limit: --limit NAME=N, or [limits] in dss.toml",
    "DSS650 DSS651 DSS657": "take the file as 'dss export' wrote it",
    "DSS653": "ask the sender for the archive again, signed",
    "DSS660 DSS661 DSS662 DSS663 DSS664 DSS665 DSS671 DSS692":
        "it was written by another program than dss, or edited: ask for a new export",
    "DSS666": "an archive holds fonts and images, up to the limits asset_size and assets_size",
}  # fmt: skip
"""Codes to what to do about an archive that is refused, where the finding itself says nothing better."""

_HINT_OF: Final = {code: hint for codes, hint in _HINTS.items() for code in codes.split()}

SHOWN_LENGTH = 200
"""Characters of an archive's own text that a message shows."""


class ArchiveError(RefusedError):
    """An archive was refused (status 4); nothing was changed. Each finding says what to do."""

    def __init__(self, *findings: Diagnostic) -> None:
        super().__init__(
            *(found if found.hint else replace(found, hint=_HINT_OF.get(found.code)) for found in findings)
        )

    def of_file(self, file: str | None) -> ArchiveError:
        """The same refusal, every finding naming *file*."""
        return ArchiveError(*(replace(found, file=file) for found in self.diagnostics))


def fault(symbol: str, message: str, *, hint: str | None = None, file: str | None = None) -> Diagnostic:
    """The diagnostic of *symbol*; text of the archive inside *message* must be :func:`printable`."""
    return Diagnostic(code=CODES[symbol], rule=symbol, message=message, hint=hint, file=file)


def printable(text: str | bytes) -> str:
    """*text* quoted, safe for terminals and logs: escaped, and cut at :data:`SHOWN_LENGTH` characters.

    Controls, bidirectional and invisible characters, and bytes that are not UTF-8 become ``\\x..``.
    """
    if isinstance(text, bytes):
        text = text[: 4 * SHOWN_LENGTH].decode("utf-8", "backslashreplace")
    cut = text[:SHOWN_LENGTH]
    # str.isprintable is false for every C, Zl and Zp category, and for all spaces but the plain one
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
    return f"'{shown[:SHOWN_LENGTH]}{'…' if len(text) > SHOWN_LENGTH or len(shown) > SHOWN_LENGTH else ''}'"


class Findings:
    """Collects the faults of one step: up to *limit* one by one, the rest as a count."""

    def __init__(self, limit: int, file: str | None = None) -> None:
        self._limit = limit
        self._file = file
        self._listed: list[Diagnostic] = []
        self._unlisted = 0

    def add(self, symbol: str, message: str, hint: str | None = None) -> None:
        """Note one fault."""
        if len(self._listed) < self._limit:
            self._listed.append(fault(symbol, message, hint=hint, file=self._file))
        else:
            self._unlisted += 1

    def __bool__(self) -> bool:
        return bool(self._listed)

    def raise_if_any(self) -> None:
        """End the step.

        Raises:
            ArchiveError: Something was added.
        """
        if not self._listed:
            return
        if self._unlisted:
            last = self._listed[-1]
            note = fault(last.rule or "", f"and {self._unlisted} more findings", file=self._file)
            raise ArchiveError(*self._listed, note)
        raise ArchiveError(*self._listed)
