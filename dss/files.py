"""The only access to files: bounded reads, sources found in a stable order, atomic writes.

Every write goes to a temporary file beside its target, is flushed to the disk and renamed; several files are first
all written and only then all renamed, so that a failure leaves what was there.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.errors import InputError

from . import globbing
from .dependencies import Fingerprint, fingerprint, record_content, record_folder, record_search

SUFFIXES = (".json", ".jsonc", ".json5", ".yaml", ".yml", ".tokens")
"""What a folder of sources is searched for (contract, section 3)."""

JSON5_SUFFIXES = (".jsonc", ".json5")
YAML_SUFFIXES = (".yaml", ".yml")

MAX_FILE = 400_000_000
"""Bytes. A token file above this is refused before it is read."""

_SKIPPED = ("node_modules", "__pycache__")


def shown(path: Path) -> str:
    """*path* as people and diagnostics see it: relative to the working folder where it lies below, with ``/``."""
    try:
        return Path(os.path.relpath(path)).as_posix() if _is_below(path) else path.as_posix()
    except ValueError:  # another drive
        return path.as_posix()


def _is_below(path: Path) -> bool:
    return not os.path.relpath(path).startswith("..")


def read(path: Path, *, most: int = MAX_FILE) -> bytes:
    """The content of a file.

    Raises:
        InputError: It cannot be read, is no regular file, or has more than *most* bytes.
    """
    try:
        at = path.stat()
        if not (stat.S_ISREG(at.st_mode) or stat.S_ISDIR(at.st_mode)):
            raise OSError(errno.EINVAL, "it is no regular file")  # a pipe would be waited for, a device has no end
        with path.open("rb") as file:
            data = file.read(min(at.st_size, most) + 1)  # room for the most would be asked of the system each time
            if len(data) > at.st_size:  # it grows, or has no size
                data += file.read(most + 1 - len(data))
    except OSError as error:
        record_content(path, None)
        raise InputError(unreadable(path, error)) from error
    except ValueError as error:  # a null character
        raise InputError(unreadable(path, OSError(errno.EINVAL, "no file can have that name"))) from error
    if len(data) > most:
        message = f"{shown(path)} has more than {most:,} bytes"
        raise InputError(Diagnostic(code="DSS114", message=message, file=shown(path)))
    record_content(path, data)
    return data


def content_of(path: Path) -> Fingerprint | None:
    """What a file holds; ``None`` where it cannot be read."""
    try:
        return fingerprint(read(path))
    except InputError:
        return None


def unreadable(path: Path, error: OSError) -> Diagnostic:
    """Why a file cannot be read."""
    reason = "there is no such file" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()
    return Diagnostic(code="DSS108", message=f"{shown(path)}: {reason}", file=shown(path))


def find_sources(sources: Sequence[str], root: Path) -> list[Path]:
    """The files that SOURCEs name: files, folders and globs, in the order given, inside a folder or glob by path.

    Args:
        sources: As typed or configured; relative ones start at *root*.
        root: An existing folder.

    Raises:
        InputError: A source names nothing.
    """
    found: dict[Path, None] = {}
    missing = []
    for source in sources:
        path = root / source
        if "\0" in source:
            matches = []
        elif path.is_dir():
            matches = _in_folder(path)
        elif path.exists():
            matches = [path]
        else:
            matches = matching(source, root)
        if not matches:
            missing.append(_nothing(source, path))
        found.update(dict.fromkeys(matches))
    if missing:
        raise InputError(*missing)
    record_search((tuple(sources), root), tuple(found))
    return list(found)


def _nothing(source: str, path: Path) -> Diagnostic:
    if path.is_dir():
        message = f"the folder {source} holds no token files"
        return Diagnostic(code="DSS113", message=message, hint="looked for " + ", ".join(f"*{s}" for s in SUFFIXES))
    is_pattern = globbing.is_pattern(source)
    message = f"no file matches {source}" if is_pattern else f"there is no file or folder {source}"
    return Diagnostic(code="DSS113", message=message, file=None if is_pattern else source)


def fixed_part(pattern: str) -> str:
    """What stands before the first wildcard of a pattern, as a folder: ``tokens`` of ``tokens/**/*.json``."""
    parts = Path(pattern).parts
    place = next((at for at, part in enumerate(parts) if globbing.is_pattern(part)), len(parts))
    return str(Path(*parts[:place])) if place else "."


def _in_folder(folder: Path) -> list[Path]:
    record_folder(folder)
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _SKIPPED and not name.startswith(".")]
        found += [Path(place, name) for name in names if name.endswith(SUFFIXES) and not name.startswith(".")]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def matching(pattern: str, root: Path) -> list[Path]:
    """Files that match a pattern, see :mod:`.globbing`, by path."""
    record_folder(root / fixed_part(pattern))
    found = {
        root / match
        for one in globbing.alternatives(pattern)
        for match in globbing.names(one, root)
        if (root / match).is_file()
    }
    return sorted(found, key=lambda path: path.as_posix())


def contained(root: Path, name: str) -> Path:
    """*name* below *root*.

    Raises:
        InputError: It is absolute or leads outside.
    """
    # The name alone is judged: below Path(".") everything counts as relative, "../x" too.
    inside = os.path.normpath(name)
    leads_out = inside.split(os.sep, 1)[0] == os.pardir
    if "\0" in name or leads_out or Path(name).is_absolute():
        raise InputError(Diagnostic(code="DSS115", message=f"the output {name} lies outside {shown(root)}"))
    return Path(os.path.normpath(root / inside))


def differing(files: Mapping[Path, bytes]) -> list[Path]:
    """Those of *files* that are not on the disk with just this content."""
    return [path for path, data in files.items() if not _holds(path, data)]


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def write(files: Mapping[Path, bytes]) -> list[Path]:
    """Writes *files*, all or none, and only those that differ; gives those written.

    Raises:
        OSError: Nothing was changed.
    """
    changed = differing(files)
    folders: list[Path] = []
    ready: list[tuple[Path, Path]] = []
    try:
        for path in changed:
            folders += _made_folders(path.parent)
            ready.append((staged(path, files[path]), path))
        _rename(ready)
    except BaseException:
        _remove(temporary for temporary, _ in ready)
        for folder in reversed(folders):
            with suppress(OSError):
                folder.rmdir()
        raise
    return changed


def _made_folders(folder: Path) -> list[Path]:
    """Makes *folder*; gives the folders that were not there, outermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    missing.reverse()
    if missing:
        missing[-1].mkdir(parents=True, exist_ok=True)
    return missing


def _rename(ready: Sequence[tuple[Path, Path]]) -> None:
    """Renames every temporary file to its target; where one cannot be, puts back what the others replaced."""
    before: list[tuple[Path, Path | None]] = []
    try:
        for temporary, path in ready:
            if len(ready) > 1:  # one alone is renamed, or not
                before.append((path, _kept(path)))
            temporary.replace(path)
    except BaseException:
        for path, old in reversed(before):
            with suppress(OSError):
                path.unlink(missing_ok=True) if old is None else old.replace(path)
        raise
    finally:
        _remove(old for _, old in before if old is not None)


def _kept(path: Path) -> Path | None:
    """A second name for what *path* holds; ``None`` where it holds nothing."""
    name = _temporary(path)
    try:
        os.link(path, name, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from None
        return staged(path, path.read_bytes())  # a file system without links
    return name


def _remove(names: Iterable[Path]) -> None:
    for name in names:
        with suppress(OSError):
            name.unlink()


def _temporary(path: Path) -> Path:
    # Not tempfile: its import takes 5 ms. Names are limited in bytes.
    start = path.name.encode(errors="ignore")[:80].decode(errors="ignore")
    return path.with_name(f".{start}.{os.urandom(6).hex()}.tmp")


def staged(path: Path, data: bytes) -> Path:
    """*data* in a temporary file beside *path*, with the mode a new file would have."""
    temporary = _temporary(path)
    try:
        with temporary.open("xb") as file:  # "x" refuses a name that exists, a link included
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o7777)
    except BaseException as error:
        if isinstance(error, OSError):
            error.filename = str(path)  # nobody knows the temporary file
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary
