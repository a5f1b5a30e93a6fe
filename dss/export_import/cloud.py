"""Archives in the cloud, with obstore (extra ``cloud``), which is imported only when used.

An object is copied to a private file, counted while copying, before anything looks at it; it is written in one
request that fails where somebody else wrote in between. Credentials, endpoint and region come from the environment;
what the library says of a failure is never shown, because it names addresses that may be signed.
Source: reference "archives", sections 4 and 7.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from dss_tokens.errors import DssError, InputError, RemoteError

from .descriptor import Descriptor, copy_stream, too_large
from .faults import ArchiveError, fault
from .limits import Limits
from .locations import CloudObject, Location

if TYPE_CHECKING:
    from obstore.store import ObjectStore

DIGEST = "sha256"
"""The metadata that holds SHA-256 of an object's bytes."""

RETRIES = 3
_STEP = 256 * 1024
_SECONDS = 300
_CONNECT_SECONDS = 10

_ENDPOINTS: Final = {
    "s3": ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"),
    "gs": ("STORAGE_EMULATOR_HOST",),
    "az": ("AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"),
}
"""Variables that name another server than the provider's; the first that is set counts."""

_CREDENTIALS: Final = {
    "s3": "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS",
    "az": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
_ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_PANIC = "PanicException"
"""How a defect of the library shows; it derives from nothing but ``BaseException``."""

_CODE = re.compile(r"<Code>([A-Za-z0-9]{1,60})</Code>")
_STATUS = re.compile(r"status code: (\d{3})")


def open_object(source: CloudObject, limits: Limits) -> Descriptor:
    """The content of *source*, in a private file without a name that is gone when it is closed.

    Raises:
        ArchiveError: ``DSS640``: more than an archive may have, as declared or as counted.
        InputError: ``DSS682``: there is no such object.
        RemoteError: ``DSS684``: no permission, or no connection.
    """
    import obstore

    with _explained(source):
        answer = obstore.get(_store(source), source.key)
        size = answer.meta["size"]
        if size > limits.max_file_size:
            raise ArchiveError(too_large(size, limits, str(source)))
        copy = copy_stream(_Stream(answer.stream(_STEP)), limits)
    if copy.size != size:
        copy.close()
        raise _failed(source, f"the transfer ended after {copy.size:,} of {size:,} bytes")
    return copy


@contextmanager
def delivered(target: Location, *, overwrite: bool | None) -> Iterator[tuple[Path, bool]]:
    """Where to write what shall be at *target*, and whether a file there may be replaced.

    A file is *target* itself. For an object it is a private file, which is sent when the block comes to its end.

    Args:
        overwrite: Replace what is there; ``None``: files yes, objects no.

    Raises:
        InputError: ``DSS682``: the object exists.
        RemoteError: ``DSS684``.
    """
    if isinstance(target, Path):
        yield target, overwrite is not False
        return
    with TemporaryDirectory() as folder:
        before = _present(target)
        if before is not None and not overwrite:
            raise _exists(target)
        file = Path(folder) / "archive.dss"
        yield file, True
        _put(file, target, before)


def _present(target: CloudObject) -> Mapping[str, Any] | None:
    """What is known of the object at *target*, ``None`` where there is none."""
    import obstore

    with _explained(target):
        try:
            return obstore.head(_store(target), target.key)
        except FileNotFoundError:
            return None


def _put(file: Path, target: CloudObject, before: Mapping[str, Any] | None) -> None:
    """Send *file*: created, or in place of the very object that *before* tells of."""
    import obstore

    store = _store(target)
    mode: Any = "create"
    if before is not None:
        mode = {name: before[name] for name in ("e_tag", "version") if before.get(name) is not None} or "overwrite"
    with file.open("rb") as stream:  # the map is closed by whoever lets go of it last
        content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    size, digest = len(content), hashlib.sha256(content).hexdigest()
    attributes = {"Content-Type": "application/zip", DIGEST: digest}
    with _explained(target):
        obstore.put(store, target.key, content, mode=mode, use_multipart=False, attributes=attributes)
        if not _holds(store, target.key, size, digest):
            raise _failed(target, "what it holds is not what was sent")


def _holds(store: ObjectStore, key: str, size: int, digest: str) -> bool:
    import obstore

    try:
        answer = obstore.get(store, key, options={"head": True})
    except FileNotFoundError:
        return False
    return answer.meta["size"] == size and answer.attributes.get(DIGEST) == digest


class _Stream:
    """The parts of an answer, as something to read."""

    def __init__(self, parts: Any) -> None:
        self._parts = iter(parts)

    def read(self, count: int, /) -> bytes:
        return bytes(next(self._parts, b""))


def _store(place: CloudObject) -> ObjectStore:
    from obstore.exceptions import BaseError

    try:
        return _store_at(place, _endpoint(place))
    except (BaseError, OSError, ValueError):
        raise _failed(place, "its settings are incomplete or malformed") from None


def _endpoint(place: CloudObject) -> str | None:
    """The server that the environment names.

    Raises:
        ValueError: It is no address.
    """
    found = next((value for name in _ENDPOINTS[place.scheme] if (value := os.environ.get(name))), None)
    if found is None:
        return None
    if "://" not in found:
        found = f"http://{found}"
    if not _ADDRESS.fullmatch(found):
        raise ValueError("no address")
    return found


def _store_at(place: CloudObject, endpoint: str | None) -> ObjectStore:
    from obstore.store import AzureStore, GCSStore, S3Store

    options: dict[str, Any] = {
        "client_options": {
            "timeout": timedelta(seconds=_SECONDS),
            "connect_timeout": timedelta(seconds=_CONNECT_SECONDS),
            "allow_http": endpoint is not None and endpoint.startswith("http://"),
        },
        "retry_config": {"max_retries": RETRIES, "retry_timeout": timedelta(seconds=_SECONDS)},
    }
    if place.scheme == "gs":
        if endpoint is not None:  # an emulator, which takes any key
            options |= {"base_url": endpoint, "credential_provider": lambda: {"token": "none", "expires_at": None}}
        return GCSStore(place.bucket, **options)
    if endpoint is not None:
        options["endpoint"] = endpoint
    return S3Store(place.bucket, **options) if place.scheme == "s3" else AzureStore(place.bucket, **options)


@contextmanager
def _explained(place: CloudObject) -> Iterator[None]:
    """What goes wrong in the block, as a fault that shows nothing of the library's own text."""
    from obstore import exceptions

    try:
        yield
    except DssError:
        raise
    except FileNotFoundError as error:
        what = "bucket" if "NoSuchBucket" in str(error) or "ContainerNotFound" in str(error) else "object"
        raise InputError(fault("IO_ERROR", f"there is no such {what}", file=str(place))) from None
    except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
        raise _exists(place) from None
    except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
        raise _denied(place, str(error)) from None
    except (exceptions.BaseError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # of this machine, e.g. its disk is full
        text = str(error)
        status = _STATUS.search(text)
        if status is not None and status[1] in ("401", "403"):
            raise _denied(place, text) from None
        reason = f"it answered {status[1]}{_code(text)}" if status is not None else "it cannot be reached"
        raise _failed(place, reason) from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise _failed(place, "its settings are malformed") from None


def _code(text: str) -> str:
    found = _CODE.search(text)
    return f" {found[1]}" if found else ""


def _exists(place: CloudObject) -> InputError:
    hint = "--overwrite replaces it, of 'dss upgrade' --force; never what somebody else writes meanwhile"
    return InputError(fault("IO_ERROR", "the object exists", hint=hint, file=str(place)))


def _denied(place: CloudObject, text: str) -> RemoteError:
    hint = f"the environment holds the credentials: {_CREDENTIALS[place.scheme]}"
    return RemoteError(fault("CLOUD_DENIED", f"the storage refused{_code(text)}", hint=hint, file=str(place)))


def _failed(place: CloudObject, reason: str) -> RemoteError:
    hint = f"the environment holds address and credentials: {_CREDENTIALS[place.scheme]}"
    return RemoteError(fault("CLOUD_FAILED", f"the storage failed: {reason}", hint=hint, file=str(place)))
