"""The store's contract, the same in memory, in SQLite and in PostgreSQL."""

import json
import multiprocessing
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dss.service.store import (
    Closing,
    Content,
    LockedError,
    NameTakenError,
    NoProjectError,
    NoRevisionError,
    RevisionMovedError,
    StoreError,
)
from dss.service.store_digests import sealed
from dss.service.store_memory import MemoryStore
from dss.service.store_opening import open_store

ONE = Content(sets={"b.json": {"z": 1, "a": [1.5, None, "ä"]}, "a.json": {}}, themes={"t": {"version": "1"}})
TWO = Content(sets={"b.json": {"z": 2}}, components={"K": {"name": "Button"}}, meta={"identity": {"x": "y"}})


class Clock:
    def __init__(self):
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request, tmp_path, clock):
    if request.param == "memory":
        found = MemoryStore(now=clock)
    else:
        from dss.service.store_sql import SqlStore

        if request.param == "sqlite":
            found = SqlStore.open(f"sqlite:///{tmp_path / 'x' / 'store.db'}", now=clock)
        else:
            found = SqlStore.open(request.getfixturevalue("postgres"), now=clock)
            empty(found)
    with Closing(found):
        yield found


def empty(store):
    from dss.service.store_schema import metadata

    with store.engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


def test_a_project_is_known_by_id_and_name(store):
    made = store.create_project("Acme", id="7d1a8c1e-0000-4000-8000-000000000001", root="/somewhere")
    assert made.revision == 0 and made.created == made.updated
    assert store.project("Acme") == store.project(made.id) == made
    assert store.rename_project(made.id, "Zebra").name == "Zebra"
    with pytest.raises(NoProjectError, match="DSS501"):
        store.project("Acme")


def test_names_are_unique(store):
    one, other = store.create_project("one"), store.create_project("two")
    for call in (
        lambda: store.create_project("one"),
        lambda: store.create_project("three", id=one.id),
        lambda: store.rename_project(other.id, "one"),
    ):
        with pytest.raises(NameTakenError, match="DSS502"):
            call()
    assert store.rename_project(one.id, "one").name == "one"


def test_projects_are_listed_page_by_page(store):
    for name in ("b", "a", "ä", "C"):
        store.create_project(name)
    assert [project.name for project in store.projects()] == ["C", "a", "b", "ä"]
    assert [project.name for project in store.projects(limit=2)] == ["C", "a"]
    assert [project.name for project in store.projects(after="a")] == ["b", "ä"]


def test_revisions_are_numbered_and_keep_their_content(store):
    project = store.create_project("p").id
    assert store.content(project) == Content()
    with pytest.raises(NoRevisionError):
        store.revision(project)
    one = store.commit(project, ONE, expected=0, operation="import", message="first", author="a@example.org")
    two = store.commit(project, TWO, expected=1, operation="merge")
    assert (one.number, two.number, store.project(project).revision) == (1, 2, 2)
    assert store.content(project) == TWO and store.content(project, 1) == ONE and store.content(project, 0) == Content()
    assert list(store.content(project, 1).sets["b.json"]) == ["z", "a"]
    assert list(store.content(project, 1).sets) == ["b.json", "a.json"]
    assert store.history(project) == [two, one]
    assert store.history(project, limit=1) == [two] and store.history(project, before=2) == [one]
    assert store.revision(project, 1) == one and store.revision(project) == two
    for number in (3, -1):
        with pytest.raises(NoRevisionError, match="DSS504"):
            store.revision(project, number)


def test_equal_content_makes_no_revision(store):
    project = store.create_project("p").id
    one = store.commit(project, ONE, expected=0, operation="import")
    again = Content(sets=dict(reversed(ONE.sets.items())), themes=ONE.themes)
    assert store.commit(project, again, expected=1, operation="import") == one
    assert store.project(project).revision == 1
    three = store.commit(project, TWO, expected=1, operation="x")
    assert store.commit(project, ONE, expected=2, operation="revert").state == one.state != three.state


def test_who_comes_late_is_refused_and_changes_nothing(store):
    project = store.create_project("p").id
    store.commit(project, ONE, expected=0, operation="import")
    for expected in (0, 2):
        with pytest.raises(RevisionMovedError) as late:
            store.commit(project, TWO, expected=expected, operation="import")
        assert late.value.exit_status == 5 and late.value.found == 1
    with pytest.raises(RevisionMovedError):
        store.delete_project(project, expected=0)
    assert store.content(project) == ONE and len(store.history(project)) == 1


def test_a_deleted_project_is_gone_with_all_it_had(store):
    project, other = store.create_project("p").id, store.create_project("q").id
    store.commit(project, ONE, expected=0, operation="import")
    store.commit(other, TWO, expected=0, operation="import")
    store.keep_base(project, "pull", "KEY", ONE)
    store.delete_project(project, expected=1)
    for call in (store.project, store.content, store.history, store.delete_project):
        with pytest.raises(NoProjectError):
            call(project)
    with pytest.raises(NoProjectError):
        store.commit(project, ONE, expected=1, operation="x")
    assert store.base(project, "pull", "KEY") is None
    assert store.sweep() == 1 and store.sweep() == 0
    assert store.content(other) == TWO


def test_a_base_is_kept_for_each_peer(store):
    project = store.create_project("p").id
    assert store.base(project, "pull", "KEY") is None
    store.keep_base(project, "pull", "KEY", ONE, version="7")
    store.keep_base(project, "archive", "KEY", TWO)
    base, content = store.base(project, "pull", "KEY")
    assert (base.version, content) == ("7", ONE)
    newer = store.keep_base(project, "pull", "KEY", TWO)
    assert store.base(project, "pull", "KEY") == (newer, TWO) and newer.created > base.created
    with pytest.raises(NoProjectError):
        store.keep_base("nobody", "pull", "KEY", ONE)


def test_what_is_in_use_is_not_swept(store):
    project = store.create_project("p").id
    store.commit(project, ONE, expected=0, operation="import")
    store.keep_base(project, "pull", "KEY", TWO)
    assert store.sweep() == 0
    store.keep_base(project, "pull", "KEY", ONE)
    assert store.sweep() == 1
    assert store.content(project) == ONE and store.base(project, "pull", "KEY")[1] == ONE


def test_a_lock_is_one_s_own_until_it_runs_out(store, clock):
    mine = store.acquire("p", owner="a", purpose="import", seconds=60)
    assert store.acquire("p", owner="a", purpose="import", seconds=60).token == mine.token
    with pytest.raises(LockedError, match="import") as refused:
        store.acquire("p", owner="b", purpose="pull", seconds=60)
    assert refused.value.exit_status == 3
    store.acquire("q", owner="b", purpose="pull", seconds=60)
    clock.now += timedelta(minutes=5)
    other = store.acquire("p", owner="b", purpose="pull", seconds=60)
    assert other.token == mine.token + 1
    store.release(mine)  # too late: it is somebody else's
    with pytest.raises(LockedError):
        store.acquire("p", owner="a", purpose="import", seconds=60)
    store.release(other)
    assert store.acquire("p", owner="a", purpose="import", seconds=60).token == other.token + 1


def test_content_does_not_change_behind_the_store_s_back(store):
    project = store.create_project("p").id
    mine = {"t": {"a": 1}}
    store.commit(project, Content(sets=mine), expected=0, operation="x")
    mine["t"]["a"] = 2
    store.content(project).sets["t"]["a"] = 3
    assert store.content(project).sets == {"t": {"a": 1}}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab$", max_size=2), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
PARTS = st.dictionaries(st.text("abä/", min_size=1, max_size=3), JSON, max_size=3)
CONTENTS = st.builds(Content, sets=PARTS, themes=PARTS, components=PARTS, meta=PARTS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(first=CONTENTS, second=CONTENTS)
def test_any_content_comes_back_as_it_was(store, first, second):
    project = store.create_project(f"p{len(store.projects(limit=10_000))}").id
    revision = store.commit(project, first, expected=0, operation="x")
    assert revision.state == sealed(first).state
    assert repr(store.content(project)) == repr(first)
    store.commit(project, second, expected=1, operation="x")
    assert repr(store.content(project, 1)) == repr(first)


# --- what only databases have ---------------------------------------------------------------------------------------


def race(url, project, times):
    done = 0
    with Closing(open_store(url)) as store:
        while done < times:
            known = store.project(project)
            sets = dict(store.content(project, known.revision).sets)
            sets["counter"] = {"n": sets.get("counter", {"n": 0})["n"] + 1}
            try:
                store.commit(project, Content(sets=sets), expected=known.revision, operation="count")
            except RevisionMovedError:
                continue
            done += 1


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_processes_that_write_at_once_lose_nothing(database, tmp_path, request):
    url = f"sqlite:///{tmp_path / 'store.db'}" if database == "sqlite" else request.getfixturevalue("postgres")
    with Closing(open_store(url)) as store:
        if database == "postgresql":
            empty(store)
        project = store.create_project("p").id
        context = multiprocessing.get_context("spawn")
        workers = [context.Process(target=race, args=(url, project, 20)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(120)
        assert [worker.exitcode for worker in workers] == [0, 0, 0]
        assert store.content(project).sets == {"counter": {"n": 60}} and store.project(project).revision == 60


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_migrations_go_up_and_down_and_match_the_tables(database, tmp_path, request):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import inspect

    from dss import migrations
    from dss.service.store_engine import connected, migrate
    from dss.service.store_schema import HEAD, VERSION_TABLE, metadata

    url = f"sqlite:///{tmp_path / 'store.db'}" if database == "sqlite" else request.getfixturevalue("postgres")
    engine = connected(url)
    with engine.execution_options(write=True).begin() as connection:
        migrate(connection, "head")
        options = {"version_table": VERSION_TABLE, "compare_type": True, "include_name": lambda name, kind, parents: (
            kind != "table" or name in metadata.tables)}  # fmt: skip
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        migrate(connection, "base", down=True)
        assert not set(inspect(connection).get_table_names()) & set(metadata.tables)
        migrate(connection, "head")
    engine.dispose()
    assert ScriptDirectory(next(iter(migrations.__path__))).get_heads() == [HEAD]


def test_tables_of_others_are_left_alone(tmp_path):
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE archive_meta (key TEXT)")
        connection.execute("INSERT INTO archive_meta VALUES ('x')")
    connection.close()
    with Closing(open_store(f"sqlite:///{path}")) as store:
        store.create_project("p")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT key FROM archive_meta").fetchall() == [("x",)]
    connection.close()


def test_settings_of_sqlite_hold_on_every_connection(tmp_path):
    from sqlalchemy import text

    with Closing(open_store(f"sqlite:///{tmp_path / 'store.db'}")) as store, store.engine.begin() as connection:
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in (
            "journal_mode", "synchronous", "foreign_keys", "busy_timeout")]  # fmt: skip
    assert found == ["wal", 2, 1, 5000]


def test_a_store_of_a_newer_version_is_refused(tmp_path):
    path = tmp_path / "store.db"
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE dss_schema SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="DSS507"):
        open_store(f"sqlite:///{path}")


def test_a_writer_that_cannot_have_the_lock_says_so(tmp_path):
    from dss.service.store_sql import SqlStore

    path = tmp_path / "store.db"
    with Closing(SqlStore.open(f"sqlite:///{path}", busy_timeout_ms=50)) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="DSS680") as busy:
            store.create_project("p")
        assert busy.value.exit_status == 3
        assert store.projects() == []
        other.execute("ROLLBACK")
        other.close()
        store.create_project("p")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://root:secret@localhost/x", "DSS506"),
        ("nonsense", "DSS506"),
        ("sqlite:////proc/nothing/here.db", "DSS500"),
        ("postgresql://dss:secret@127.0.0.1:1/x", "DSS500"),
    ],
)
def test_a_store_out_of_reach_is_told_without_secrets(url, code):
    if url.startswith("postgresql"):
        pytest.importorskip("psycopg")
    try:
        open_store(url)
    except StoreError as error:
        assert error.code == code and error.exit_status == 3
        assert "secret" not in json.dumps([found.to_json() for found in error.diagnostics])
    else:
        pytest.fail("it was opened")


def test_nothing_imports_the_database_before_it_is_needed():
    import subprocess
    import sys

    code = "import sys, dss.service.store; print(sorted({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
