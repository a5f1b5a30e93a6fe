"""Where an archive lies: a file, or an object in the cloud. Text -> value; touches neither."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from dss_tokens.errors import InputError

from .faults import fault

SCHEMES: Final = ("s3", "gs", "az")
"""Of objects in the cloud; ``file`` names a file."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_BUCKET = re.compile(r"\$?[A-Za-z0-9][A-Za-z0-9._-]{1,254}")


@dataclass(frozen=True, slots=True)
class CloudObject:
    """An object in a bucket or container, e.g. ``s3://tokens/acme/1.0.dss``. Holds no credentials."""

    scheme: str
    bucket: str
    key: str

    @property
    def name(self) -> str:
        """The last part of its key."""
        return self.key.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """As that of a path."""
        return Path(self.name).suffix

    def __str__(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.key}"


Location = Path | CloudObject


def location(text: str | Location) -> Location:
    """The place that *text* names: a path, ``file:///path``, ``s3://bucket/key``, ``gs://…`` or ``az://container/key``.

    Raises:
        InputError: ``DSS685``: another scheme, no bucket and key, or no name of a file. The text is not shown: it may
            hold a password.
    """
    if not isinstance(text, str):
        return text if isinstance(text, CloudObject) else _checked(text)
    found = _SCHEME.match(text)
    if found is None:
        return _checked(Path(text))
    scheme = found[1].lower()
    if scheme == "file":
        return _file(text)
    if scheme not in SCHEMES:
        known = ", ".join(f"{name}://" for name in ("file", *SCHEMES))
        raise InputError(fault("LOCATION", f"there is no storage {scheme}://", hint=f"there are {known}"))
    bucket, _, key = text[found.end() :].partition("/")
    if not _BUCKET.fullmatch(bucket) or not _is_key(key):
        what = "container" if scheme == "az" else "bucket"
        hint = f"{scheme}://{what.upper()}/KEY.dss; credentials come from the environment, never from the address"
        raise InputError(fault("LOCATION", f"the address names no {what} and object", hint=hint))
    return CloudObject(scheme, bucket, key)


def _is_key(key: str) -> bool:
    parts = key.split("/")
    return "?" not in key and key.isprintable() and not any(part in ("", ".", "..") for part in parts)


def _file(text: str) -> Path:
    parts = urlsplit(text)
    if parts.netloc not in ("", "localhost") or not parts.path.strip("/"):
        raise InputError(fault("LOCATION", "the address names no file here", hint="file:///PATH/TO/FILE.dss"))
    return _checked(Path(unquote(parts.path)))


def _checked(path: Path) -> Path:
    try:
        is_name = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise InputError(fault("LOCATION", "no file can have this name: it holds a character that names have not"))
    return path
