"""The test run itself: no network but this machine's, no settings from outside."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url


def test_nothing_outside_this_machine_can_be_reached() -> None:
    # 192.0.2.1 is set aside for documentation and belongs to nobody.
    with socket.socket() as outside:
        outside.settimeout(1)
        with pytest.raises(Exception, match=r'with host "192\.0\.2\.1"'):
            outside.connect(("192.0.2.1", 80))


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.readline())
    await writer.drain()
    writer.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_servers_on_this_machine_can(host: str) -> None:
    async with await asyncio.start_server(_echo, host, 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"hello\n")
        assert await reader.readline() == b"hello\n"
        writer.close()
        await writer.wait_closed()


def test_unix_sockets_work(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listening, socket.socket(socket.AF_UNIX) as speaking:
        listening.bind(path)
        listening.listen()
        speaking.connect(path)
        assert speaking.getpeername() == path


def test_no_setting_of_the_machine_reaches_a_test() -> None:
    ours = [name for name in os.environ if name.startswith(("SLACK_", "SAKIDORI_", "DATABASE_"))]
    assert set(ours) <= {"SAKIDORI_REQUIRE_BROWSER"}
    assert time.tzname == ("UTC", "UTC")
    assert settings.default is not None
    assert settings.default.deadline is None


def test_a_mark_that_names_no_row_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\n@pytest.mark.row('b1')\ndef test_it() -> None: ...\n"
    )
    conftest = Path(__file__).with_name("conftest.py")
    (tmp_path / "conftest.py").write_text(conftest.read_text())
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=conftest.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0
    assert "are not requirement rows" in ran.stdout + ran.stderr


def test_each_test_has_a_migrated_database_of_its_own(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine (id INTEGER)"))
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
    engine.dispose()


def test_both_kinds_of_database_are_tested(sqlite_url: str, postgres_url: str) -> None:
    backends = {make_url(url).get_backend_name() for url in (sqlite_url, postgres_url)}
    assert backends == {"sqlite", "postgresql"}
