"""
The database that comes along: started once, shared, stopped by the last, and never lost.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from server.embedded import EmbeddedPostgres
from server.postmaster import PostgresUnusable, running
from tests.postgres import ThrowawayPostgres, kill_everyone

USER_OF_DATABASE = """
import sys
from pathlib import Path
from server.embedded import EmbeddedPostgres

embedded = EmbeddedPostgres(Path(sys.argv[1]))
print(embedded.start(), flush=True)
sys.stdin.readline()
embedded.stop()
"""


@pytest.fixture(name="home")
def _home() -> Iterator[Path]:
    # Not tmp_path: another run of pytest as root would close it to the database's account meanwhile.
    with tempfile.TemporaryDirectory(prefix="venia-test-") as folder:
        home = Path(folder).resolve()
        home.chmod(0o711)
        yield home / ".venia"
        left = running(home / ".venia" / "postgres")
        if left is not None:
            kill_everyone(left)


def ask(url: str, statement: str) -> object:
    """
    The first value of a statement's answer.
    """

    async def asking() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(asking())


def another_process(home: Path) -> subprocess.Popen[str]:
    """
    Another program that uses the same database until a line is written to it.
    """
    command = [sys.executable, "-c", USER_OF_DATABASE, str(home)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def test_the_database_is_there_and_durable(home):
    """
    The first start makes a database, and its acknowledged commits are on the disk; it is closed to the network.
    """
    embedded = EmbeddedPostgres(home)
    url = embedded.start()
    names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums", "listen_addresses", "TimeZone")
    shown = [ask(url, f"SHOW {name}") for name in names]
    version = ask(url, "SHOW server_version_num")
    embedded.stop()

    assert url.startswith("postgresql://postgres@/venia?host=")
    assert shown == ["on", "on", "on", "on", "", "UTC"]
    assert str(version).startswith("18")


def test_others_cannot_reach_the_socket(home):
    """
    The connection asks for no password because its directory lets nobody else in.
    """
    embedded = EmbeddedPostgres(home)
    embedded.start()
    folder = (home / "postgres").stat()
    embedded.stop()

    assert folder.st_mode & 0o077 == 0


def test_what_was_committed_stays_when_it_is_stopped_and_started(home):
    """
    A stop ends the server, and the next start finds what was there.
    """
    first = EmbeddedPostgres(home)
    ask(first.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    first.stop()
    stopped = running(home / "postgres")
    second = EmbeddedPostgres(home)
    kept = ask(second.start(), "SELECT number FROM kept")
    second.stop()

    assert stopped is None
    assert kept == 7


def test_stopping_twice_or_unstarted_does_nothing(home):
    """
    A clean-up that runs twice, or before anything began, is no error.
    """
    embedded = EmbeddedPostgres(home)
    embedded.stop()
    embedded.start()
    embedded.stop()
    embedded.stop()

    assert running(home / "postgres") is None


def test_a_process_that_found_the_server_running_leaves_it_running(home):
    """
    A command beside a running server uses its database and does not take it away.
    """
    serving = EmbeddedPostgres(home)
    url = serving.start()
    with another_process(home) as command:
        command.communicate("\n", timeout=60)
    still = ask(url, "SELECT 1")
    serving.stop()

    assert command.returncode == 0
    assert still == 1
    assert running(home / "postgres") is None


def test_whoever_leaves_last_stops_the_server(home):
    """
    The process that started the server may end first, and the others keep their database until they end too.
    """
    with another_process(home) as starter:
        assert starter.stdout is not None
        url = starter.stdout.readline().strip()
        staying = EmbeddedPostgres(home)
        staying.start()
        starter.communicate("\n", timeout=60)
    still = ask(url, "SELECT 1")
    staying.stop()

    assert still == 1
    assert running(home / "postgres") is None


def test_processes_that_start_at_once_share_one_server(home):
    """
    Two first starts at the same moment make one database and one server.
    """
    both = [another_process(home), another_process(home)]
    urls = [process.stdout.readline() for process in both if process.stdout is not None]
    servers = [each for each in psutil.process_iter() if _serves(each, home)]
    for process in both:
        process.communicate("\n", timeout=60)

    assert urls[0] == urls[1]
    assert len(servers) == 1
    assert running(home / "postgres") is None


def _serves(process: psutil.Process, home: Path) -> bool:
    try:
        command = process.cmdline()
    except psutil.Error:
        return False
    return command[:1] != [sys.executable] and "-D" in command and str(home / "postgres") in command


def test_a_server_whose_users_were_killed_is_found_and_used(home):
    """
    Killing a program leaves its server running; the next program takes it over, data and all, and stops it.
    """
    with another_process(home) as killed:
        assert killed.stdout is not None
        url = killed.stdout.readline().strip()
        ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
        orphan = running(home / "postgres")
        killed.kill()
    embedded = EmbeddedPostgres(home)
    kept = ask(embedded.start(), "SELECT number FROM kept")
    found = running(home / "postgres")
    embedded.stop()

    assert orphan == found
    assert kept == 7
    assert running(home / "postgres") is None


def test_a_kill_of_everything_loses_nothing_that_was_committed(home):
    """
    The program and every process of the database killed at once: the next start recovers.
    """
    with another_process(home) as killed:
        assert killed.stdout is not None
        url = killed.stdout.readline().strip()
        ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
        postmaster = running(home / "postgres")
        assert postmaster is not None
        kill_everyone(postmaster)
        killed.kill()
    embedded = EmbeddedPostgres(home)
    kept = ask(embedded.start(), "SELECT number FROM kept")
    embedded.stop()

    assert kept == 7


@pytest.mark.parametrize("number", [pytest.param(os.getpid(), id="ours"), 999_999_999, 1])
def test_the_note_of_a_dead_server_does_not_keep_the_next_from_starting(home, number):
    """
    After a crash another program may bear the dead server's process number, or nobody; both are seen through.
    """
    first = EmbeddedPostgres(home)
    first.start()
    note = (home / "postgres" / "postmaster.pid").read_text().splitlines()
    first.stop()
    (home / "postgres" / "postmaster.pid").write_text("\n".join([str(number), *note[1:]]) + "\n")
    (home / "postgres" / ".s.PGSQL.5432.lock").write_text("\n".join([str(number), *note[1:5]]) + "\n")
    second = EmbeddedPostgres(home)
    answer = ask(second.start(), "SELECT 1")
    second.stop()

    assert answer == 1


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.25, 0.4])
def test_a_first_start_that_was_interrupted_leaves_nothing_half_made(home, seconds):
    """
    Preparing the data directory is all or nothing, whenever the program is killed.
    """
    with another_process(home) as killed:
        while not [*home.glob("postgres.new-*"), *home.glob("postgres")]:
            time.sleep(0.005)
        time.sleep(seconds)
        killed.kill()
    half_made = (home / "postgres").exists() and not (home / "postgres" / "global" / "pg_control").exists()
    embedded = EmbeddedPostgres(home)
    answer = ask(embedded.start(), "SELECT 1")
    embedded.stop()

    assert not half_made
    assert answer == 1


@pytest.mark.parametrize("name", ["x" * 110, "a b, c:1 ñ", "plain"])
def test_any_path_will_do(home, name):
    """
    Sockets have short names and plain ones; the home directory need not, for asyncpg and SQLAlchemy alike.
    """
    embedded = EmbeddedPostgres(home / name)
    url = embedded.start()
    answers = [ask(url, "SELECT current_database()"), asyncio.run(_ask_sqlalchemy(url))]
    embedded.stop()

    assert answers == ["venia", "venia"]
    assert not Path(parse_qs(urlsplit(url).query)["host"][0], ".s.PGSQL.5432").exists()


async def _ask_sqlalchemy(url: str) -> object:
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    try:
        async with engine.connect() as connection:
            return (await connection.execute(text("SELECT current_database()"))).scalar()
    finally:
        await engine.dispose()


def test_a_port_in_the_environment_does_not_lead_elsewhere(home, monkeypatch):
    """
    A shell set up for another database changes nothing: the address says all.
    """
    monkeypatch.setenv("PGPORT", "9")
    monkeypatch.setenv("PGDATABASE", "elsewhere")
    embedded = EmbeddedPostgres(home)
    answer = ask(embedded.start(), "SELECT current_database()")
    embedded.stop()

    assert answer == "venia"


def test_a_directory_of_something_else_is_refused_and_left_alone(home):
    """
    What is not a database is not made one, and the message says what to do.
    """
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "letters.txt").write_text("mine")

    with pytest.raises(PostgresUnusable, match="move it away"):
        EmbeddedPostgres(home).start()
    assert (home / "postgres" / "letters.txt").read_text() == "mine"


def test_data_of_another_version_is_refused_and_left_alone(home):
    """
    PostgreSQL reads its own version's files alone, and the message names both.
    """
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "PG_VERSION").write_text("16\n")

    with pytest.raises(PostgresUnusable, match=r"written by PostgreSQL 16, and this is 18"):
        EmbeddedPostgres(home).start()


def test_a_failed_start_can_be_tried_again(home):
    """
    Whoever could not start the server does not count as its user.
    """
    (home / "postgres").mkdir(parents=True)
    (home / "postgres" / "letters.txt").write_text("mine")
    failed = EmbeddedPostgres(home)
    with pytest.raises(PostgresUnusable):
        failed.start()
    (home / "postgres" / "letters.txt").unlink()
    answer = ask(failed.start(), "SELECT 1")
    failed.stop()

    assert answer == 1
    assert running(home / "postgres") is None


def test_the_log_holds_no_values(home):
    """
    A violated constraint is logged without the values that violated it.
    """
    embedded = EmbeddedPostgres(home)
    url = embedded.start()
    ask(url, "CREATE TABLE people (phone text PRIMARY KEY)")
    ask(url, "INSERT INTO people VALUES ('+34600000001')")
    with pytest.raises(asyncpg.UniqueViolationError):
        ask(url, "INSERT INTO people VALUES ('+34600000001')")
    embedded.stop()
    log = (home / "postgres.log").read_text()

    assert "people_pkey" in log
    assert "+34600000001" not in log


@pytest.mark.parametrize("tcp", [True, False])
def test_a_throwaway_server_survives_its_kill(home, tcp):
    """
    Tests can cut the power of a server of their own and start it again at the same address.
    """
    server = ThrowawayPostgres(home, tcp=tcp)
    url = server.start()
    ask(url, "CREATE TABLE kept AS SELECT 7 AS number")
    first = server.pid
    server.kill9()
    again = server.start()
    kept = ask(again, "SELECT number FROM kept")
    second = server.pid
    server.stop()

    assert (again, kept) == (url, 7)
    assert first != second
    assert running(server.data) is None
