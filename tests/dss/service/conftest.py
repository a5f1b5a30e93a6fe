"""A PostgreSQL for the tests that need one: named by DSS_TEST_POSTGRES, else started where it is installed."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres():
    """URL of a running server with an empty database; its tests are skipped where there is none."""
    if url := os.environ.get("DSS_TEST_POSTGRES"):
        yield url
        return
    pytest.importorskip("psycopg")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(programs[-1]) if programs else shutil.which("initdb")
    if found is None:
        pytest.skip("PostgreSQL is not installed, and DSS_TEST_POSTGRES names none")
    is_root = os.geteuid() == 0
    if is_root and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no runuser")
    as_user = ["runuser", "-u", "postgres", "--"] if is_root else []
    # A short path: the name of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="dss-pg-"))
    try:
        folder.chmod(0o700)
        if is_root:
            shutil.chown(folder, "postgres")
        control = [*as_user, str(Path(found).with_name("pg_ctl")), "-D", str(folder / "data"), "-w"]
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run(
            [*as_user, found, "-D", folder / "data", "-A", "trust", "-U", "dss", "-E", "UTF8", "--no-sync"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        log = ["-l", str(folder / "log"), "-o", options]
        subprocess.run([*control, *log, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            yield f"postgresql://dss@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
