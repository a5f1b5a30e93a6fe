"""Archives that only some may read: age over the finished file. Signed inside, encrypted outside.

Source: https://age-encryption.org/v1; reference "archives", section 7.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from dss_tokens.errors import InputError

from .atomic import replacing
from .descriptor import Descriptor, Positioned, too_large
from .faults import ArchiveError, fault
from .limits import DEFAULTS, Limits
from .locations import Location
from .opening import open_location
from .secret_files import read_key_file, write_new

MAGIC = b"age-encryption.org/v1"
SUFFIX = ".age"

# age adds a header for each recipient and 16 bytes for each 64 KiB
_OVERHEAD = 1_000_000


@dataclass(frozen=True, slots=True)
class Unlock:
    """What may open an encrypted archive. Never shown."""

    identities: tuple[Path, ...] = ()
    """Files of age identities or SSH keys."""

    passphrase: str | None = field(default=None, repr=False)


LOCKED = Unlock()
"""Opens nothing."""


def is_encrypted(source: Positioned) -> bool:
    """Whether *source* begins as age files do."""
    return source.read(0, len(MAGIC)) == MAGIC


def encrypt(source: Path, target: Path, recipients: Sequence[str], *, overwrite: bool = True) -> None:
    """Write *source*, encrypted to *recipients*, to *target*, which appears whole or not at all.

    Args:
        recipients: ``age1…``, ``ssh-ed25519 …`` or ``ssh-rsa …``, or the path of a file with one on each line.

    Raises:
        InputError: ``DSS656`` for a recipient that is none.
    """
    import pyrage  # type: ignore[import-untyped]

    known = [recipient for text in recipients for recipient in _recipients(text)]
    with source.open("rb") as plain, replacing(target, overwrite=overwrite) as (file, _):
        pyrage.encrypt_io(plain, file, known)


def encrypt_with_passphrase(source: Path, target: Path, passphrase: str, *, overwrite: bool = True) -> None:
    """Write *source*, encrypted with *passphrase*, to *target*. Held in memory; takes seconds on purpose.

    Raises:
        InputError: ``DSS656``: the passphrase is empty.
    """
    from pyrage import passphrase as age

    if not passphrase:
        raise InputError(fault("KEY_FILE", "an empty passphrase protects nothing"))
    content = source.read_bytes()
    with replacing(target, overwrite=overwrite) as (file, _):
        file.write(age.encrypt(content, passphrase))


def open_plain(path: Location, unlock: Unlock, limits: Limits = DEFAULTS) -> Descriptor:
    """The archive at *path*; where it is encrypted, its content in a private file without a name.

    Raises:
        ArchiveError: ``DSS655``, or ``DSS640`` as soon as more was decrypted than an archive may have.
        InputError: It cannot be opened.
    """
    found = open_location(path, limits.changed({"max_file_size": limits.max_file_size + _OVERHEAD}))
    try:
        if not is_encrypted(found):
            return found
    except BaseException:
        found.close()
        raise
    with found:
        return _decrypted(found, unlock, limits, str(path))


def _decrypted(encrypted: Descriptor, unlock: Unlock, limits: Limits, file: str) -> Descriptor:
    with tempfile.TemporaryFile() as plain:
        counted = _Counted(plain, limits, file)
        if unlock.passphrase is not None:
            counted.write(_with_passphrase(encrypted.read(0, encrypted.size), unlock.passphrase, file))
        else:
            _with_identities(encrypted, counted, unlock, file)
        plain.flush()
        return Descriptor(os.dup(plain.fileno()), counted.size)


def _with_passphrase(content: bytes, passphrase: str, file: str) -> bytes:
    import pyrage
    from pyrage import passphrase as age

    try:
        return bytes(age.decrypt(content, passphrase))
    except (pyrage.DecryptError, OSError) as error:
        raise _failed(file) from error


def _with_identities(encrypted: Descriptor, plain: _Counted, unlock: Unlock, file: str) -> None:
    import pyrage

    identities = [identity for path in unlock.identities for identity in _identities(path)]
    if not identities:
        raise _failed(file)
    try:
        pyrage.decrypt_io(_Reader(encrypted), plain, identities)
    except (pyrage.DecryptError, OSError) as error:
        # what was written so far is part of a private file that nobody can name
        if plain.refusal is not None:
            raise plain.refusal from error
        raise _failed(file) from error


def _failed(file: str) -> ArchiveError:
    hint = "name the file of your key with --identity, or give the passphrase"
    return ArchiveError(fault("DECRYPT_FAILED", "the archive is encrypted and cannot be opened", hint=hint, file=file))


class _Reader:
    """A :class:`Descriptor` as a stream."""

    def __init__(self, source: Descriptor) -> None:
        self._source, self._at = source, 0

    def read(self, count: int = -1) -> bytes:
        content = self._source.read(self._at, self._source.size - self._at if count < 0 else count)
        self._at += len(content)
        return content


class _Counted:
    """A stream that ends above the limit of an archive's size."""

    def __init__(self, target: BinaryIO, limits: Limits, file: str) -> None:
        self._target, self._limits, self._file = target, limits, file
        self.size = 0
        self.refusal: ArchiveError | None = None

    def write(self, content: bytes) -> int:
        self.size += len(content)
        if self.size > self._limits.max_file_size:
            self.refusal = ArchiveError(too_large(self.size, self._limits, self._file))
            raise self.refusal
        return self._target.write(content)

    def flush(self) -> None:
        self._target.flush()


def _recipients(text: str) -> list[Any]:
    lines = [text] if text.startswith(("age1", "ssh-")) else read_key_file(Path(text), secret=False).splitlines()
    return [_recipient(line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def _recipient(line: str) -> Any:
    import pyrage

    try:
        kind = pyrage.ssh if line.startswith("ssh-") else pyrage.x25519
        return kind.Recipient.from_str(line)
    except pyrage.RecipientError as error:
        message = f"this is no recipient: {line[:16]!a}…"
        raise InputError(fault("KEY_FILE", message, hint="a text that begins with age1 or ssh-")) from error


def _identities(path: Path) -> list[Any]:
    import pyrage

    text = read_key_file(path, secret=True)
    try:
        if "PRIVATE KEY-----" in text:
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = [line.strip() for line in text.splitlines()]
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise InputError(fault("KEY_FILE", "this is no file of age identities", file=str(path))) from error


def write_identity(path: Path) -> str:
    """Make a new identity in *path* (0600, never replaced); gives its recipient, ``age1…``.

    Raises:
        InputError: ``DSS656``: the file exists.
    """
    from pyrage import x25519

    identity = x25519.Identity.generate()
    recipient = str(identity.to_public())
    write_new(path, f"# recipient: {recipient}\n{identity}\n", 0o600)
    return recipient
