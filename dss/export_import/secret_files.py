"""Small files that hold keys: bounded, and secret ones readable by their owner alone. No byte of them is ever shown."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from dss_tokens.errors import InputError

from .faults import fault

MAX_KEY_FILE = 64 * 1024


def read_key_file(path: Path, *, secret: bool) -> str:
    """The text of a key file.

    Args:
        secret: Refuse a file that others may read.

    Raises:
        InputError: ``DSS656``.
    """
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            content = file.read(MAX_KEY_FILE + 1)
    except OSError as error:
        message = f"the key file cannot be read: {(error.strerror or 'unknown reason').lower()}"
        raise InputError(fault("KEY_FILE", message, file=str(path))) from error
    if secret and os.name == "posix" and stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
        hint = f"chmod 600 {path}"
        raise InputError(fault("KEY_FILE", "others may read the secret key", hint=hint, file=str(path)))
    if len(content) > MAX_KEY_FILE:
        raise InputError(fault("KEY_FILE", f"a key file has at most {MAX_KEY_FILE} bytes", file=str(path)))
    return content.decode("utf-8", "replace")


def write_new(path: Path, text: str, mode: int) -> None:
    """Write a new file; one that exists stays.

    Raises:
        InputError: ``DSS656``: it exists.
    """
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), mode)
    except FileExistsError as error:
        raise InputError(fault("KEY_FILE", "the file exists; keys are never replaced", file=str(path))) from error
    with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
