"""Archives in the cloud, over HTTP: moto's S3, small servers for the others, and every fault a connection has."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import Request, urlopen

import pytest
from cloud_servers import Bucket, Door, serving

from dss.export_import import DSSProjectService, cloud
from dss.export_import.faults import ArchiveError
from dss.export_import.limits import DEFAULTS
from dss.export_import.locations import CloudObject, location
from dss.export_import.security import ArchiveIntegrity
from dss.export_import.upgrade import upgrade_archive
from dss.export_import.verify import verify, verify_structure
from dss_tokens.errors import InputError, RemoteError

pytest.importorskip("obstore", reason="the extra 'cloud' is not installed")

ROOT = Path(__file__).parents[3]
SECRET = "SECRET0123456789"
URL = "s3://tokens/acme/1.dss"
TOKENS = {"space": {"$type": "dimension", "md": {"$value": {"value": 16, "unit": "px"}}}}


def ask(address: str, method: str = "GET", content: bytes | None = None) -> bytes:
    """What an S3 answers, past :class:`Door`."""
    headers = {"Authorization": "AWS a:b", "Content-Type": "application/zip"}
    with urlopen(Request(address, content, headers, method=method)) as answer:
        return bytes(answer.read())


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """The address of an S3 that is empty at first."""
    server_of = pytest.importorskip("moto.server", reason="moto is not installed")
    logging.getLogger("werkzeug").disabled = True
    server = server_of.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def door(moto: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The way to an S3 with the empty bucket ``tokens``."""
    ask(f"{moto}/moto-api/reset", "POST")
    ask(f"{moto}/tokens", "PUT")
    host, _, port = moto.removeprefix("http://").partition(":")
    behaviour = Door((host, int(port)))
    with serving(behaviour) as address:
        for name in ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        yield behaviour


@pytest.fixture
def stored(moto: str) -> Callable[[], bytes]:
    """What the S3 holds at :data:`URL`."""
    return lambda: ask(f"{moto}/tokens/acme/1.dss")


def project(folder: Path) -> Path:
    (folder / "tokens").mkdir(parents=True)
    (folder / "tokens" / "base.json").write_text(json.dumps(TOKENS))
    (folder / "dss.toml").write_text('[project]\nname = "acme"\nsources = ["tokens/**/*.json"]\n')
    return folder


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = project(tmp_path / "acme")
    monkeypatch.chdir(folder)
    return folder


def sent(acme: Path) -> None:
    assert DSSProjectService(root=acme).export_project(acme, URL).success


# --- where ----------------------------------------------------------------------------------------------------------


def test_text_without_a_scheme_is_a_path() -> None:
    assert location("a/b.dss") == location(Path("a/b.dss")) == Path("a/b.dss")
    assert location("file:///tmp/a%20b.dss") == location("file://localhost/tmp/a b.dss") == Path("/tmp/a b.dss")


def test_an_object_is_named_by_bucket_and_key() -> None:
    found = location("S3://tokens/a b/ü#1.dss")
    assert found == CloudObject("s3", "tokens", "a b/ü#1.dss")
    assert (str(found), found.name, found.suffix) == ("s3://tokens/a b/ü#1.dss", "ü#1.dss", ".dss")


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com/a.dss", "memory:///a", "s3://", "s3://bucket", "s3://bucket/", "s3://bucket/a/", "s3:///a",
        "s3://bucket/a//b", "s3://bucket/../b", "s3://bucket/./b", "s3://bucket/a\nb", "file://", "file:///",
        f"s3://key:{SECRET}@bucket/a.dss", f"az://container/a.dss?sig={SECRET}", "s3://host:9000/a.dss",
        "file://elsewhere/a.dss", "file:///a%00b.dss", "a\0b.dss", "a\ud800.dss",
    ],
)  # fmt: skip
def test_other_addresses_are_refused_without_being_shown(text: str) -> None:
    with pytest.raises(InputError) as caught:
        location(text)
    assert caught.value.code == "DSS685"
    assert SECRET not in f"{caught.value} {caught.value.diagnostics[0].hint}"


def test_a_wrong_address_is_a_summary_of_the_service_and_a_status_of_the_command(acme: Path, dss: Any) -> None:
    text = f"s3://key:{SECRET}@bucket/a.dss"
    done = DSSProjectService(root=acme).import_project(text)
    assert (done.success, done.exit_status, done.archive_path) == (False, 1, None)
    assert done.error is not None
    assert done.error.startswith("DSS685: ")
    ended = dss("import", text)
    assert ended.status == 1
    assert "DSS685" in ended.err
    assert SECRET not in ended.out + ended.err + repr(done)


# --- there and back -------------------------------------------------------------------------------------------------


def test_every_command_takes_an_object(
    acme: Path, door: Door, stored: Any, dss: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = dss("export", "-o", URL, "--json")
    assert (ended.status, ended.json["archive"]) == (0, URL)
    assert dss("export", "-o", "local.dss").status == 0
    assert stored() == Path("local.dss").read_bytes()
    assert dss("verify", URL, "--json").json | {"file": ""} == dss("verify", "local.dss", "--json").json | {"file": ""}
    assert dss("verify", URL, "--structure-only").status == 0
    assert ArchiveIntegrity().verify(URL) == (True, None)
    assert f"{URL}: intact; " in dss("inspect", URL).out
    assert dss("diff", URL, "tokens").status == 0
    monkeypatch.chdir(project(tmp_path / "other"))
    Path("tokens/base.json").unlink()
    assert dss("import", URL, "--dry-run").status == 0
    assert not Path("tokens/base.json").exists()
    assert dss("import", URL).status == 0
    assert json.loads(Path("tokens/base.json").read_text()) == TOKENS
    assert dss("merge", URL).status == 0
    assert dss("upgrade", URL, "-o", "s3://tokens/acme/2.dss").status == 0
    assert dss("upgrade", URL, "-o", "s3://tokens/acme/2.dss").status == 1
    assert dss("upgrade", URL, "-o", "s3://tokens/acme/2.dss", "--force").status == 0


def test_an_old_archive_is_upgraded_from_one_object_to_another(door: Door, moto: str) -> None:
    old = (ROOT / "fixtures" / "archives" / "version-1.dss").read_bytes()
    ask(f"{moto}/tokens/old.dss", "PUT", old)
    upgrade_archive(location("s3://tokens/old.dss"), location("s3://tokens/new.dss"))
    assert verify(location("s3://tokens/new.dss")).ok
    assert door.requests.count("GET") == 2  # each once; the size that was stored is asked for by HEAD


def test_an_encrypted_archive_lies_encrypted_in_the_cloud(acme: Path, door: Door, stored: Any, dss: Any) -> None:
    pytest.importorskip("pyrage")
    recipient = dss("keys", "identity", "key").out.strip()
    assert dss("export", "-o", URL, "--recipient", recipient).status == 0
    assert stored().startswith(b"age-encryption.org/v1")
    assert dss("verify", URL).status == 4
    assert dss("verify", URL, "--identity", "key").status == 0
    assert door.requests.count("GET") == 2


@pytest.mark.parametrize(
    ("url", "variable"),
    [("gs://tokens/a/1.dss", "STORAGE_EMULATOR_HOST"), ("az://tokens/a/1.dss", "AZURE_STORAGE_ENDPOINT")],
)
def test_the_other_clouds_keep_the_same_promises(
    url: str, variable: str, acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket = Bucket()
    with serving(bucket) as address:
        monkeypatch.setenv(variable, address.removeprefix("http://") if url.startswith("gs") else address)
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "acme")
        monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "QUJD")
        service = DSSProjectService(root=acme)
        first = service.export_project(acme, url)
        assert first.success, first.error
        again = service.export_project(acme, url)
        assert again.error == "DSS682: the object exists"
        assert service.export_project(acme, url, overwrite=True).success
        assert verify(location(url)).ok
        assert len(bucket.objects) == 1
        done = service.import_project(url.replace("1.dss", "2.dss"))
        assert done.error == "DSS682: there is no such object"


def test_a_store_in_memory_keeps_them_too(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from obstore.store import MemoryStore

    store = MemoryStore()
    monkeypatch.setattr(cloud, "_store", lambda place: store)
    service = DSSProjectService(root=acme)
    assert service.export_project(acme, URL).success
    assert not service.export_project(acme, URL).success
    assert service.export_project(acme, URL, overwrite=True).success
    assert verify(location(URL)).ok


def test_a_file_by_its_address_is_a_file(acme: Path, dss: Any) -> None:
    url = (acme / "out.dss").as_uri()
    assert dss("export", "-o", url).status == 0
    before = (acme / "out.dss").read_bytes()
    assert dss("export", "-o", url).status == 0  # as for a path, the file is replaced
    assert dss("export", "-o", url, "--no-overwrite").status == 1
    assert (acme / "out.dss").read_bytes() == before
    for command in (["verify"], ["inspect"], ["import"], ["merge"]):
        assert dss(*command, url).status == 0
    assert dss("diff", url, "tokens").status == 0
    assert dss("verify", (acme / "missing.dss").as_uri()).status == 1
    (acme / "link.dss").symlink_to("out.dss")
    assert dss("verify", (acme / "link.dss").as_uri()).status == 4


# --- writing --------------------------------------------------------------------------------------------------------


def test_an_object_is_not_replaced_unless_asked(acme: Path, door: Door, stored: Any, dss: Any) -> None:
    assert dss("export", "-o", URL).status == 0
    before = stored()
    (acme / "tokens" / "more.json").write_text(json.dumps(TOKENS))
    for arguments in ([], ["--no-overwrite"]):
        ended = dss("export", "-o", URL, *arguments, "--json")
        assert (ended.status, ended.json["diagnostics"][0]["code"]) == (1, "DSS682")
        assert stored() == before
    assert dss("export", "-o", URL, "--overwrite").status == 0
    assert stored() != before


@pytest.mark.parametrize("is_there", [False, True])
def test_whoever_writes_in_between_is_not_overwritten(
    is_there: bool, acme: Path, door: Door, stored: Any, moto: str, dss: Any
) -> None:
    def write(number: int, method: str) -> None:
        if method == "PUT":
            ask(f"{moto}/tokens/acme/1.dss", "PUT", b"theirs")

    if is_there:
        sent(acme)
    door.before = write
    ended = dss("export", "-o", URL, "--overwrite")
    assert ended.status == 1
    assert "DSS682" in ended.err
    assert stored() == b"theirs"


def test_what_the_storage_holds_is_looked_at_again(acme: Path, door: Door, moto: str, dss: Any) -> None:
    def damage(number: int, method: str) -> None:
        if door.requests[:-1].count("PUT"):
            ask(f"{moto}/tokens/acme/1.dss", "PUT", b"less")

    door.before = damage
    ended = dss("export", "-o", URL)
    assert ended.status == 3
    assert "what it holds is not what was sent" in ended.err


# --- faults ---------------------------------------------------------------------------------------------------------


def assert_tells(ended: Any, status: int, code: str, text: str) -> None:
    assert ended.status == status, ended.err
    assert f"[{code}]" in ended.err
    assert text in ended.err
    assert SECRET not in ended.out + ended.err
    assert "somebody" not in ended.out + ended.err
    assert "127.0.0.1" not in ended.err


def test_a_missing_object_is_a_missing_file(acme: Path, door: Door, dss: Any) -> None:
    for command in (["import"], ["verify"], ["inspect"], ["merge"]):
        assert_tells(dss(*command, URL), 1, "DSS682", "there is no such object")
    assert_tells(dss("diff", URL, "tokens"), 1, "DSS682", "there is no such object")


def test_a_missing_bucket_is_said_to_be_missing(acme: Path, door: Door, dss: Any) -> None:
    assert_tells(dss("verify", "s3://nowhere/a.dss"), 1, "DSS682", "there is no such bucket")
    assert_tells(dss("export", "-o", "s3://nowhere/a.dss"), 1, "DSS682", "there is no such bucket")


def test_without_permission_nothing_is_read_or_written(acme: Path, door: Door, stored: Any, dss: Any) -> None:
    sent(acme)
    before = stored()
    door.faults = {-1: "403"}
    assert_tells(dss("import", URL), 3, "DSS684", "the storage refused AccessDenied")
    assert_tells(dss("export", "-o", URL, "--overwrite"), 3, "DSS684", "the storage refused")
    door.faults = {}
    assert stored() == before


@pytest.mark.parametrize("fault", ["403", "500", "cut", "lost"])
@pytest.mark.parametrize("number", range(3))
def test_any_request_of_an_export_may_fail(
    number: int, fault: str, acme: Path, door: Door, stored: Any, dss: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies there afterwards is the whole archive or nothing, and the next export works."""
    monkeypatch.setattr(cloud, "RETRIES", 0)
    door.faults = {number: fault}
    ended = dss("export", "-o", URL)
    assert ended.status in (0, 1, 3)
    assert SECRET not in ended.err
    door.faults = {}
    was_stored = number == 2 or (number == 1 and fault == "lost")
    assert verify(location(URL)).ok == was_stored if was_stored else _is_missing(URL)
    assert dss("export", "-o", URL, "--overwrite").status == 0
    assert verify(location(URL)).ok


def _is_missing(url: str) -> bool:
    with pytest.raises(InputError, match="no such object"):
        verify(location(url))
    return True


def test_a_short_trouble_is_sat_out(acme: Path, door: Door, dss: Any) -> None:
    sent(acme)
    door.requests.clear()
    door.faults = {0: "500"}
    assert dss("verify", URL).status == 0
    assert door.requests == ["GET", "GET"]


@pytest.mark.parametrize("fault", ["cut", "half"])
def test_a_cut_connection_leaves_the_project_as_it_was(
    fault: str, acme: Path, door: Door, dss: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloud, "RETRIES", 0)
    sent(acme)
    (acme / "tokens" / "base.json").write_text('{"a": {"$type": "number", "$value": 1}}')
    before = (acme / "tokens" / "base.json").read_bytes()
    door.faults = {-1: fault}
    assert_tells(dss("import", URL), 3, "DSS684", "the storage failed: ")
    assert (acme / "tokens" / "base.json").read_bytes() == before
    door.faults = {}
    assert dss("import", URL).status == 0


def test_nobody_there_is_told_without_an_address(
    acme: Path, door: Door, dss: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free.getsockname()[1]}")
        assert_tells(dss("verify", URL), 3, "DSS684", "it cannot be reached")
        assert_tells(dss("export", "-o", URL), 3, "DSS684", "it cannot be reached")


@pytest.mark.parametrize(
    ("url", "settings"),
    [
        (URL, {"AWS_ENDPOINT_URL": "no url"}),
        (URL, {"AWS_ENDPOINT_URL": f"http://somebody:{SECRET}@example.com"}),
        (URL, {"AWS_ENDPOINT_URL": "ftp://example.com"}),
        (URL, {"AWS_ACCESS_KEY_ID": "some\nbody"}),
        ("az://tokens/a.dss", {}),
        ("az://tokens/a.dss", {"AZURE_STORAGE_ACCOUNT_NAME": "acme", "AZURE_STORAGE_ACCOUNT_KEY": SECRET + "!"}),
        ("gs://tokens/a.dss", {"GOOGLE_APPLICATION_CREDENTIALS": f"/nowhere/{SECRET}"}),
    ],
)
def test_malformed_settings_are_told_apart_from_a_server_that_is_gone(
    url: str, settings: dict[str, str], acme: Path, door: Door, dss: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for arguments in (["verify", url], ["export", "-o", url]):
        assert_tells(dss(*arguments), 3, "DSS684", "settings are")


def test_a_panic_of_the_library_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    for error, expected in ((PanicException(SECRET), RemoteError), (KeyboardInterrupt(), KeyboardInterrupt)):

        def get(*_: Any, error: BaseException = error) -> Any:
            raise error

        monkeypatch.setattr(cloud, "_store", lambda place: None)
        monkeypatch.setattr("obstore.get", get)
        with pytest.raises(expected) as caught:
            cloud.open_object(CloudObject("s3", "tokens", "a"), DEFAULTS)
        assert SECRET not in str(caught.value)


def test_an_object_above_the_limit_is_refused_before_it_is_read(acme: Path, door: Door, dss: Any) -> None:
    sent(acme)
    ended = dss("import", URL, "--limit", "file_size=100", "--json")
    assert ended.status == 4
    assert ended.json["diagnostics"][0]["code"] == "DSS640"
    report = verify_structure(location(URL), DEFAULTS.changed({"file_size": 100}))
    assert [found.code for found in report.diagnostics] == ["DSS640"]


@pytest.mark.parametrize("declared", [10, 0])
def test_bytes_are_counted_whatever_the_server_declares(declared: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    def parts(step: int) -> Iterator[bytes]:
        for _ in range(1000):
            read.append(1)
            yield b"x" * 1000

    monkeypatch.setattr(cloud, "_store", lambda place: None)
    monkeypatch.setattr(
        "obstore.get", lambda store, key: SimpleNamespace(meta={"size": declared}, stream=parts)
    )  # fmt: skip
    with pytest.raises(ArchiveError) as caught:
        cloud.open_object(CloudObject("s3", "tokens", "a"), DEFAULTS.changed({"file_size": 5000}))
    assert caught.value.code == "DSS640"
    assert len(read) == 6


@pytest.mark.parametrize("declared", [999, 1001])
def test_another_size_than_declared_is_no_whole_transfer(declared: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = SimpleNamespace(meta={"size": declared}, stream=lambda step: iter([b"x" * 1000]))
    monkeypatch.setattr(cloud, "_store", lambda place: None)
    monkeypatch.setattr("obstore.get", lambda store, key: answer)
    with pytest.raises(RemoteError, match="1,000 of"):
        cloud.open_object(CloudObject("s3", "tokens", "a"), DEFAULTS)


def test_what_fails_on_this_machine_is_not_blamed_on_the_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cloud, "_store", lambda place: None)
    monkeypatch.setattr(
        "obstore.get", lambda store, key: SimpleNamespace(meta={"size": 1}, stream=lambda step: iter([b"x"]))
    )
    monkeypatch.setattr(cloud, "copy_stream", full)
    with pytest.raises(OSError, match="No space"):
        cloud.open_object(CloudObject("s3", "tokens", "a"), DEFAULTS)


# --- the library ----------------------------------------------------------------------------------------------------


def test_without_the_extra_the_error_names_it(acme: Path, dss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    for arguments in (["import", URL], ["export", "-o", URL]):
        ended = dss(*arguments)
        assert ended.status == 1
        assert "[DSS902]" in ended.err
        assert "dss-design-tokens[cloud]" in ended.err


def test_the_library_is_imported_for_objects_only(acme: Path) -> None:
    code = (
        "import sys; from dss.cli.main import run; run(['export', '-o', 'a.dss']); run(['import', 'a.dss']);"
        "assert 'obstore' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=acme, capture_output=True)
