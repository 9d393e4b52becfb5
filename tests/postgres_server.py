"""A PostgreSQL server for tests, if one is installed, and what is published there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from support import DATA, make_environ, run_in_process

COPY = "copy"
"""A copy of the published database. It has no connections, so that it can be copied again."""
SMALL, HOSTILE = str(DATA / "small.toml"), str(DATA / "hostile.toml")
OWN_PACKS = ("--data", SMALL, "--data", HOSTILE)
"""The packs that are published with the bundled ones."""

HOST = "127.0.0.1"
PASSWORD = "hunter2"  # noqa: S105 -- of a server that only the tests reach


def find_program(name: str) -> str | None:
    """Return the path of a program of PostgreSQL. Debian does not put them on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    return port


class Server:
    """A server with its data in a folder, and a superuser `boss`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The server refuses to run as root.
        self.user = "nobody" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        (folder / "password").write_text(f"{PASSWORD}\n", "utf-8")
        self.port = free_port()
        arguments = "-D db -U boss -A scram-sha-256 --pwfile=password -E UTF8 --locale=C.UTF-8"
        self._run("initdb", *arguments.split())
        self.start()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        fast = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={HOST} {fast}"
        self._run("pg_ctl", "-D", "db", "-o", options, "-l", "log", "-w", "start")

    def stop(self) -> None:
        """Stop the server at once, and drop all connections."""
        self._run("pg_ctl", "-D", "db", "-m", "immediate", "-w", "stop")

    def address(
        self, database: str = "postgres", *, user: str = "boss", password: str = PASSWORD
    ) -> str:
        """Return the address of a database for a user."""
        return f"postgresql://{user}:{password}@{HOST}:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Create a database as a copy of another, and return its address."""
        self.sql(f"CREATE DATABASE {database} TEMPLATE {template}")
        return self.address(database)

    def sql(self, *statements: str, database: str = "postgres") -> None:
        """Execute statements as the superuser."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def disconnect(self, database: str) -> None:
        """Drop all connections to a database."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(others, [database])

    def _run(self, program: str, *arguments: str) -> None:
        path = find_program(program)
        assert path is not None
        with (self.folder / "output").open("wb") as output:
            # The server keeps its streams open, so that reading a pipe would never end.
            subprocess.run(
                [path, *arguments],
                cwd=self.folder,
                user=self.user,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdout=output,
                stderr=output,
                check=True,
            )


POOL = """
[databases]
* = host={host} port={server} user=boss password={password}
[pgbouncer]
listen_addr = {host}
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = {mode}
default_pool_size = {size}
ignore_startup_parameters = extra_float_digits
"""


@contextmanager
def open_pool(server: Server, mode: str = "transaction") -> Iterator[int]:
    """Run PgBouncer in front of a server, with fewer sessions than clients, and yield its port."""
    port = free_port()
    settings = {"host": HOST, "server": server.port, "port": port, "password": PASSWORD}
    settings |= {"mode": mode, "size": 4 if mode == "session" else 2}
    (server.folder / "users").write_text('"boss" ""\n', "utf-8")
    file = server.folder / "pool.ini"
    file.write_text(POOL.format(**settings, folder=server.folder), "utf-8")
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    with (server.folder / "pool.log").open("wb") as log:
        command = [program, str(file)]
        pool = subprocess.Popen(command, user=server.user, stdout=log, stderr=log)
    try:
        while pool.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(server.address().replace(f":{server.port}/", f":{port}/")).close()
                break
            time.sleep(0.05)
        yield port
    finally:
        pool.terminate()
        pool.wait()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Yield a server for the tests of this session."""
    if find_program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    # The folders of pytest are closed to other users.
    with TemporaryDirectory(prefix="bilatcli-pg-", ignore_cleanup_errors=True) as folder:
        started = Server(Path(folder))
        yield started
        started.stop()


@pytest.fixture(scope="session")
def published(server: Server, cache: Path) -> str:
    """Return the address of an index of the bundled and two small packs."""
    address = server.create("whole")
    argv = ["publish", address, *OWN_PACKS]
    result = run_in_process(argv, make_environ(cache / "no home", cache))
    assert result.err.startswith(f"bilatcli: `postgresql://boss@{HOST}:{server.port}/whole`")
    assert (result.code, PASSWORD in result.err) == (0, False)
    server.create(COPY, template="whole")
    return address
