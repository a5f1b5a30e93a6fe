"""What our reader accepts, every other reader sees alike: the same names in the same order, the same bytes."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from archive_forge import forged_set, lines, records_of
from zip_forge import Forged, build, streamed

from dss.export_import import DSSProjectService
from dss.export_import.container import Container
from dss.export_import.examples import TOKENS, make_project
from dss.export_import.faults import ArchiveError
from dss.export_import.manifest import Query

ROOT = Path(__file__).parents[3]
Content = list[tuple[str, bytes]]
"""Members that are files, in order."""


def ours(archive: Path) -> Content | None:
    """``None`` where it is refused."""
    try:
        with Container.open(archive) as container:
            everything = [(member.name, b"".join(container.chunks(member))) for member in container.members]
    except ArchiveError:
        return None
    return [(name, content) for name, content in everything if not name.endswith("/")]


def by_zipfile(archive: Path) -> Content:
    with zipfile.ZipFile(archive) as members:
        assert members.testzip() is None
        return [(info.filename, members.read(info)) for info in members.infolist() if not info.is_dir()]


def by_unzip(archive: Path) -> Content:
    run("unzip", "-tq", str(archive))
    return extracted(archive, lambda folder: run("unzip", "-q", "-d", folder, str(archive)))


def by_bsdtar(archive: Path) -> Content:
    return tarred(archive, str(archive), None)


def by_bsdtar_from_a_pipe(archive: Path) -> Content:
    """It cannot go back to the directory at the end: it sees the local headers alone."""
    return tarred(archive, "-", archive.read_bytes())


def tarred(archive: Path, source: str, given: bytes | None) -> Content:
    names = run("bsdtar", "-tf", source, given=given).decode().splitlines()
    found = extracted(archive, lambda folder: run("bsdtar", "-xf", source, "-C", folder, given=given))
    listed = [name for name in names if not name.endswith("/")]
    assert sorted(listed) == sorted(name for name, _ in found)
    return [(name, dict(found)[name]) for name in listed]


def extracted(archive: Path, extract: Callable[[str], object]) -> Content:
    """The files that *extract* puts into a folder, in the order of the archive's directory."""
    with tempfile.TemporaryDirectory() as folder:
        extract(folder)
        there = {
            path.relative_to(folder).as_posix(): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()
        }
    with zipfile.ZipFile(archive) as members:
        order = [info.filename for info in members.infolist() if not info.is_dir()]
    return [(name, there.pop(name)) for name in order if name in there] + sorted(there.items())


def run(tool: str, *arguments: str, given: bytes | None = None) -> bytes:
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    ended = subprocess.run([program, *arguments], input=given, capture_output=True, env=environment, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    return ended.stdout


READERS = {
    "zipfile": by_zipfile,
    "unzip": by_unzip,
    "bsdtar": by_bsdtar,
    "bsdtar from a pipe": by_bsdtar_from_a_pipe,
}
reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


# --- our own --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What our writer makes: whole projects, parts, assets, odd names, old versions, content that does not deflate."""
    folder = tmp_path_factory.mktemp("exported")
    project = make_project(folder / "acme", TOKENS)
    (folder / "fonts").mkdir()
    (folder / "fonts" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    service = DSSProjectService(root=project)
    names = {"空/é": {"🎨": {"$type": "number", "$value": 1e-7}}, "a": {"$type": "string", "$value": "\u2028</script>"}}
    options = [{}, {"query": Query(tags=("layout",))}, {"assets": folder / "fonts"}]
    found = []
    for number, option in enumerate(options):
        found.append(folder / f"{number}.dss")
        done = service.export_project(project, found[-1], **option)  # type: ignore[arg-type]
        assert done.success, done.error
    found.append(folder / "names.dss")
    found[-1].write_bytes(forged_set(lines(records_of("base.json", names))))
    return [*found, *sorted((ROOT / "fixtures" / "archives").glob("*.dss"))]


@reader
def test_our_archives_read_alike_everywhere(read: Callable[[Path], Content], exported: list[Path]) -> None:
    for archive in exported:
        content = ours(archive)
        assert content, archive.name
        assert read(archive) == content, archive.name


@reader
def test_foreign_archives_that_we_accept_read_alike(read: Callable[[Path], Content], tmp_path: Path) -> None:
    """Every liberty that the structural reader takes, at once."""
    made = tmp_path / "made.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as members:
        members.mkdir("folder")
        members.writestr("folder/é.txt", "x" * 1000)
        members.writestr(zipfile.ZipInfo("stored.bin", (2026, 11, 23, 1, 2, 4)), bytes(range(256)))
    unseekable = io.BytesIO()
    unseekable.seekable = lambda: False  # type: ignore[method-assign]
    with zipfile.ZipFile(unseekable, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("streamed.txt", "y" * 1000)
    (tmp_path / "streamed.zip").write_bytes(unseekable.getvalue())
    several = [Forged(b"a..b", b"1"), streamed(Forged(b"...x/y", b"2" * 99)), Forged(b"com10", b"", method=0)]
    several.append(Forged(b"noise", random.Random(1).randbytes(1000)))
    (tmp_path / "forged.zip").write_bytes(build(several))
    for archive in sorted(tmp_path.glob("*.zip")):
        content = ours(archive)
        assert content, archive.name
        assert read(archive) == content, archive.name


# --- those of others ------------------------------------------------------------------------------------------------


def corpus(team_data: Path, name: str) -> list[tuple[Path, dict[str, str]]]:
    index = json.loads((team_data / name / "index.json").read_text("utf-8"))
    return [(team_data / name / row["file"], row) for row in index]


CORPORA = ["hostile-archives", "hostile-archives-public"]


@pytest.mark.parametrize("name", CORPORA)
def test_the_index_is_followed(name: str, team_data: Path) -> None:
    """``must`` is a must; where the index only advises (``should``), it is followed as well."""
    wrong = [
        (archive.name, row["expected"], row["strength"])
        for archive, row in corpus(team_data, name)
        if (ours(archive) is None) != (row["expected"] == "reject")
    ]
    assert wrong == []


@reader
@pytest.mark.parametrize("name", CORPORA)
def test_what_is_accepted_of_others_reads_alike(name: str, read: Callable[[Path], Content], team_data: Path) -> None:
    accepted = [archive for archive, _ in corpus(team_data, name) if ours(archive) is not None]
    assert accepted
    for archive in accepted:
        assert read(archive) == ours(archive), archive.name


@pytest.mark.parametrize("name", CORPORA)
def test_a_refused_archive_is_refused_by_every_door(name: str, team_data: Path, tmp_path: Path) -> None:
    project = make_project(tmp_path / "acme", TOKENS)
    service = DSSProjectService(root=project)
    before = (project / "tokens" / "base.json").read_bytes()
    for archive, row in corpus(team_data, name):
        if row["expected"] == "reject":
            for done in (service.import_project(archive), service.analyze_merge(project, archive)):
                assert not done.success, archive.name
                assert done.exit_status == 4, archive.name
    assert (project / "tokens" / "base.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme"]
