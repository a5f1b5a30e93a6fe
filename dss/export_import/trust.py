"""Who wrote an archive: Ed25519 signatures over the manifest's digest, by keys that are pinned.

A digest proves that an archive is intact; only a signature by a trusted key tells whose it is. Source: reference
"archives", section 7.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dss_tokens.errors import InputError

from .canonical import canonical
from .faults import ArchiveError, fault, printable
from .secret_files import read_key_file, write_new
from .strict_json import JsonError, parse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = b"dss-manifest-v1\n"
"""Keeps a signature from being valid for anything but a manifest."""

PUBLIC_MARK = "dss-public-key-ed25519"
SECRET_MARK = "dss-secret-key-ed25519"
_ALGORITHM = "ed25519"
_MAX_SIGNATURE = 4096


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key that checks signatures of one signer."""

    raw: bytes
    """32 bytes."""

    comment: str = ""
    """Whose it is, as the key file says; not proven by anything."""

    @property
    def id(self) -> str:
        """The first 128 bits of the key's SHA-256, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()[:32]

    def to_text(self) -> str:
        """The one line of a public key file."""
        return f"{PUBLIC_MARK} {base64.b64encode(self.raw).decode()} {self.comment}".rstrip() + "\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """The key that signs. Its bytes never appear in messages or ``repr``."""

    raw: bytes = field(repr=False)
    comment: str = ""

    @property
    def public(self) -> PublicKey:
        """The key that checks what this one signs."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        raw = _private(self.raw).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return PublicKey(raw, self.comment)

    def to_text(self) -> str:
        """The one line of a secret key file."""
        return f"{SECRET_MARK} {base64.b64encode(self.raw).decode()} {self.comment}".rstrip() + "\n"

    def sign(self, manifest: bytes) -> bytes:
        """The member ``manifest.sig`` for *manifest*; equal input gives equal bytes."""
        signature = _private(self.raw).sign(_message(manifest))
        return canonical(
            {"algorithm": _ALGORITHM, "key": self.public.id, "signature": base64.b64encode(signature).decode()}
        )


@dataclass(frozen=True, slots=True)
class Trust:
    """Which signers an archive may come from, and whether it must be signed at all."""

    keys: tuple[PublicKey, ...] = ()
    required: bool = False

    def judge(self, manifest: bytes, signature: bytes | None) -> SignedBy:
        """Step 8: who signed *manifest*.

        Raises:
            ArchiveError: ``DSS653``: a signature is required and missing, by an unknown key, or wrong. A wrong one
                is refused even where none is required.
        """
        if signature is None:
            if self.required:
                raise ArchiveError(
                    fault("SIGNATURE_MISSING", "the archive is not signed, and a signature is required here")
                )
            return SignedBy(None, None)
        key_id, value = _signature_parts(signature)
        key = next((known for known in self.keys if known.id == key_id), None)
        if key is None:
            if self.required:
                raise ArchiveError(
                    fault("KEY_UNKNOWN", f"signed by the key {key_id}, which is not trusted here",
                          hint="ask the sender for the public key by another way, then name it with --trust")
                )  # fmt: skip
            return SignedBy(None, key_id)
        if not _is_valid(key, manifest, value):
            raise ArchiveError(fault("SIGNATURE_INVALID", f"the signature by the key {key_id} is wrong"))
        return SignedBy(key, key_id)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """What is known about the signer."""

    key: PublicKey | None
    """The trusted key whose signature was checked; ``None``: not signed by anyone who is known."""

    claimed: str | None
    """The key that the archive names; means nothing unless :attr:`key` is set."""

    def sentence(self) -> str:
        """For people: never says "signed" of a signature that nobody checked."""
        if self.key is not None:
            owner = f" ({printable(self.key.comment)})" if self.key.comment else ""
            return f"signed by the trusted key {self.key.id}{owner}"
        if self.claimed is not None:
            return f"carries a signature by the key {self.claimed}, which is not trusted here: nothing is proven"
        return "not signed: nothing is known about who wrote it"


NO_KEYS = Trust()
"""Nobody is known, and nothing has to be signed."""


def generate_key(comment: str = "") -> SecretKey:
    """A new key, from the system's source of randomness."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SecretKey(Ed25519PrivateKey.generate().private_bytes_raw(), comment)


def _private(raw: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(raw)


def _public(raw: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(raw)


def _message(manifest: bytes) -> bytes:
    return PREFIX + hashlib.sha256(manifest).digest()


def _is_valid(key: PublicKey, manifest: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        _public(key.raw).verify(signature, _message(manifest))
    except InvalidSignature:
        return False
    return True


def _signature_parts(content: bytes) -> tuple[str, bytes]:
    """The key's id and the signature. Canonical form, so that no bit of the member can change unseen."""
    wrong = ArchiveError(fault("SIGNATURE_INVALID", "manifest.sig is malformed"))
    try:
        document: Any = parse(content) if len(content) <= _MAX_SIGNATURE else None
        if type(document) is not dict or document.keys() != {"algorithm", "key", "signature"}:
            raise wrong
        key, text = document["key"], document["signature"]
        if document["algorithm"] != _ALGORITHM or type(key) is not str or type(text) is not str:
            raise wrong
        value = base64.b64decode(text, validate=True)
    except (JsonError, binascii.Error) as error:
        raise wrong from error
    if len(value) != 64 or len(key) != 32 or not key.isalnum() or canonical(document) != content:
        raise wrong
    return key, value


def read_public_key(text: str, *, file: str | None = None) -> PublicKey:
    """The key of a public key file, or of its one line given directly.

    Raises:
        InputError: ``DSS656``.
    """
    raw, comment = _key_parts(text, PUBLIC_MARK, "public", file)
    return PublicKey(raw, comment)


def read_secret_key(path: Path) -> SecretKey:
    """The key in a secret key file that nobody else may read.

    Raises:
        InputError: ``DSS656``; no byte of the file is shown.
    """
    raw, comment = _key_parts(read_key_file(path, secret=True), SECRET_MARK, "secret", str(path))
    return SecretKey(raw, comment)


def _key_parts(text: str, mark: str, kind: str, file: str | None) -> tuple[bytes, str]:
    words = text.strip().split(" ", 2)
    try:
        if len(words) < 2 or words[0] != mark or "\n" in text.strip():
            raise binascii.Error
        raw = base64.b64decode(words[1], validate=True)
        if len(raw) != 32:
            raise binascii.Error
    except (binascii.Error, ValueError) as error:
        hint = "dss keys new FILE makes a pair" if kind == "secret" else f"one line that begins with {PUBLIC_MARK}"
        raise InputError(fault("KEY_FILE", f"this is no {kind} key of dss", hint=hint, file=file)) from error
    return raw, words[2] if len(words) > 2 else ""


def write_key_pair(key: SecretKey, path: Path) -> Path:
    """Write *key* to *path* (0600) and its public half to ``<path>.pub``, which is returned; replaces nothing.

    Raises:
        InputError: ``DSS656``: one of the two files exists.
    """
    public = path.with_name(path.name + ".pub")
    write_new(path, key.to_text(), 0o600)
    write_new(public, key.public.to_text(), 0o644)
    return public


def trusted(texts: Iterable[str], *, required: bool = False) -> Trust:
    """The keys of *texts*: each a key line, or the path of a public key file.

    Raises:
        InputError: ``DSS656``.
    """
    keys = []
    for text in texts:
        if text.startswith(PUBLIC_MARK):
            keys.append(read_public_key(text))
        else:
            keys.append(read_public_key(read_key_file(Path(text), secret=False), file=text))
    return Trust(tuple(keys), required)
