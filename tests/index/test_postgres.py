"""An index published in a real PostgreSQL: the same bytes as the local one, and one line for each thing that fails."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from bilatcli.environment import Environment
from bilatcli.errors import EnvironmentFault
from bilatcli.index import publish as publishing
from bilatcli.index.postgres import Engine, Writer
from bilatcli.index.ranking import Phrase
from bilatcli.index.store import FORMAT, local_index
from support import ROOT, Run

SMALL = str(ROOT / "tests" / "data" / "small.toml")
HOSTILE = str(ROOT / "tests" / "data" / "hostile.toml")

QUESTIONS = (
    "summary az pk",
    "summary pakistan",
    "summary fiji chad",
    "facts az pk --all",
    "facts is mn tr az",
    "facts az pk --topic trade --since 2020 --until 2024",
    "timeline az pk --chart",
    "diff az pk 2020 2026",
    "military az pk jf-17",
    "military azarbijan pk excercises",
    "military az pk --as-of 2016-12-31",
    "stances kashmir",
    "stances az pk --matrix",
    "stances --matrix",
    "search jf-17 kashmir",
    "search pakistan --all --limit 200",
    "search kashmri",
    "search 克什米尔",
    "search karabakh --as-of 2020 --country turkiye",
    "search zzzz",
    "cite az pk",
    "cite azernews-200281",
    "show az-pk/jf17-order-2024",
    "show karabakh-war-2020",
    "show nothing-of-the-kind",
    "list",
    "list --country pakistan --curated",
    "resolve germny Côte_d'Ivoire xx 日本",
    "facts korea",
    "facts nowhere",
    "military fj to",
)


def where(name: str) -> str | None:
    """A program of PostgreSQL, which Debian keeps off the path."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(kept[-1]) if kept else shutil.which(name)


class Server:
    """A PostgreSQL of the tests' own, which nobody else can see."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The server refuses to be root.
        self.user = "nobody" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        (folder / "password").write_text("secret\n", "utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._do(
            "initdb",
            "-D",
            "db",
            "-U",
            "boss",
            "-A",
            "scram-sha-256",
            "--pwfile=password",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._do("pg_ctl", "-D", "db", "-o", options, "-l", "log", "-w", "start")

    def stop(self) -> None:
        """Stop at once, whoever is connected."""
        self._do("pg_ctl", "-D", "db", "-m", "immediate", "-w", "stop")

    def address(
        self, user: str = "boss", password: str = "secret", database: str = "postgres"
    ) -> str:  # noqa: S107 -- a test's
        """The address of a database, for a user."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def sql(self, *statements: str, database: str = "postgres") -> None:
        """Carry out statements as whoever may do all."""
        with psycopg.connect(self.address(database=database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _do(self, program: str, *arguments: str) -> None:
        path = where(program)
        assert path is not None
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        with (self.folder / "told").open("wb") as told:
            # The server keeps its streams, so that a pipe would never end.
            subprocess.run(
                [path, *arguments],
                cwd=self.folder,
                user=self.user,
                env=environment,
                stdout=told,
                stderr=told,
                check=True,
            )


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that runs while the tests of this file do."""
    if where("initdb") is None:
        pytest.skip("no PostgreSQL is installed, in which an index could be published")
    # pytest's own folders are closed to all but whoever runs it.
    with TemporaryDirectory(prefix="bilatcli-pg-", ignore_cleanup_errors=True) as folder:
        started = Server(Path(folder))
        yield started
        started.stop()


@pytest.fixture(scope="module")
def published(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The address of an index of the bundled and two small packs, and the home whose local one is the same."""
    server.sql("CREATE DATABASE whole")
    address = server.address(database="whole")
    home = str(tmp_path_factory.mktemp("home"))
    command = [
        str(Path(sys.executable).with_name("bilatcli")),
        "publish",
        address,
        "--data",
        SMALL,
        "--data",
        HOSTILE,
    ]
    done = subprocess.run(command, env={"HOME": home}, capture_output=True, text=True, check=True)
    assert done.stderr.startswith("bilatcli: `postgresql://boss@127.0.0.1")
    assert "secret" not in done.stderr
    return address, home


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("format", ["json", "table"])
def test_same_bytes(run: Run, published: tuple[str, str], question: str, format: str) -> None:
    """Whatever is asked, an engine's answer is that of the local index: both streams and the exit code."""
    address, home = published
    argv = [*question.replace("_", " ").split(), "--format", format]
    local = run(*argv, "--data", SMALL, "--data", HOSTILE, env={"HOME": home, "COLUMNS": "110"})
    there = run(*argv, "--index", address, env={"HOME": home, "COLUMNS": "110"})
    # A command that is suggested never has the password.
    assert ":secret@" not in there.out + there.err
    address = address.replace(":secret", "")
    commands = f" --data {SMALL} --data {HOSTILE}"
    assert there.out.replace(f" --index {address}", commands) == local.out
    assert there.err.replace(f" --index {address}", commands) == local.err
    assert there.code == local.code


def test_variable_names_the_engine(run: Run, published: tuple[str, str]) -> None:
    """BILATCLI_INDEX is asked by every command that answers from the index."""
    address, home = published
    engine = {"HOME": home, "BILATCLI_INDEX": address}
    one = {"HOME": home, "BILATCLI_DATA": f"{SMALL}:{HOSTILE}"}
    lines = "military az pk jf-17\nstances kashmir\nsearch jf-17\nfacts korea\n"
    assert run("batch", env=engine, stdin=lines).out == run("batch", env=one, stdin=lines).out
    for command in (
        ("map", "az", "pk"),
        ("report", "az", "pk", "-o", "-"),
        ("--complete", "facts", "azerb"),
    ):
        assert run(*command, env=engine).out == run(*command, env=one).out != ""


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_export_from_an_engine(
    run: Run, published: tuple[str, str], tmp_path: Path, format: str
) -> None:
    """An export out of an engine is that of the local index, byte for byte."""
    address, home = published
    run(
        "export",
        str(tmp_path / "local"),
        "--format",
        format,
        "--data",
        SMALL,
        "--data",
        HOSTILE,
        env={"HOME": home},
    )
    assert (
        run(
            "export",
            str(tmp_path / "there"),
            "--format",
            format,
            "--index",
            address,
            env={"HOME": home},
        ).code
        == 0
    )
    for file in sorted((tmp_path / "local").iterdir()):
        assert (tmp_path / "there" / file.name).read_bytes() == file.read_bytes(), file.name


# --- only what has changed, and nobody is disturbed


VERSIONS = f"SELECT id, xmin FROM bilatcli_{FORMAT}.fact ORDER BY id".encode()  # noqa: S608 -- a number of ours
"""The facts, and which transaction wrote each."""

PACK = """
[pack]
name = "own"
title = "Own"
licence = "CC0-1.0"
updated = 2026-11-25

[[source]]
id = "s"
type = "webpage"
title = "A page"
reliability = "news"
url = "https://example.org"

[[relation]]
id = "fj-pe"
countries = ["FJ", "PE"]
"""
FACT = """
[[relation.fact]]
id = "{id}"
topic = "culture"
text = "{text}"
date = "2020"
status = "current"
actors = ["FJ"]
toward = ["PE"]
sources = ["s"]
verification = "cited"
"""


def test_only_what_changed_is_published(run: Run, server: Server, tmp_path: Path) -> None:
    """A second time nothing is written; a changed pack alone is exchanged, and a pack that is gone goes."""
    server.sql("CREATE DATABASE changing")
    address = server.address(database="changing")
    pack = tmp_path / "own.toml"
    pack.write_text(PACK + FACT.format(id="one", text="A dance."), "utf-8")

    def publish(*data: str) -> str:
        result = run("publish", address, *data)
        assert (result.code, result.out) == (0, "")
        return result.err.partition("` ")[2]

    def texts() -> str:
        return run(
            "facts", "fj", "pe", "--fields", "text", "--format", "tsv", "--index", address
        ).out

    assert publish("--data", str(pack)) == "has 5 packs anew, with 4,750 facts; 5 in all\n"
    assert publish("--data", str(pack)) == "is up to date\n"
    assert texts() == "text\nA dance.\n"
    with psycopg.connect(address) as connection:
        before = connection.execute(VERSIONS).fetchall()
    pack.write_text(
        PACK + FACT.format(id="one", text="A song.") + FACT.format(id="two", text="A feast."),
        "utf-8",
    )
    assert publish("--data", str(pack)) == "has 1 pack anew, with 2 facts; 5 in all\n"
    assert texts() == "text\nA song.\nA feast.\n"
    with psycopg.connect(address) as connection:
        after: dict[str, int] = dict(connection.execute(VERSIONS).fetchall())
    assert [id for id, version in before if after[id] != version] == ["fj-pe/one"]
    assert publish() == "has 0 packs anew, with 0 facts, and 1 fewer; 4 in all\n"
    assert run("facts", "fj", "pe", "--index", address).code == 1
    for question in ("search dance", "list", "stances --matrix", "facts az pk dance"):
        there, local = (
            run(*question.split(), "--json", "--index", address),
            run(*question.split(), "--json"),
        )
        assert (there.out, there.code) == (local.out, local.code)


def test_readers_see_the_old_until_the_new_is_whole(
    server: Server, home: Path, tmp_path: Path
) -> None:
    """While a publication is under way, and where it is broken off, readers have the one before, and never wait."""
    server.sql("CREATE DATABASE undisturbed")
    address = server.address(database="undisturbed")
    pack = tmp_path / "own.toml"

    def publish(*facts: str, fails: bool) -> None:
        pack.write_text(PACK + "".join(FACT.format(id=id, text=id) for id in facts), "utf-8")
        index = local_index(Environment(environ={"HOME": str(home)}), [str(pack)])
        try:
            with Writer(address, FORMAT) as writer:
                publishing.publish(index, writer)
                assert writer.rows(OWN) == [(len(facts),)]
                if fails:
                    assert seen(address) == 1
                    raise KeyboardInterrupt
        finally:
            index.close()

    publish("one", fails=False)
    with pytest.raises(KeyboardInterrupt):
        publish("one", "two", fails=True)
    assert seen(address) == 1
    publish("one", "two", "three", fails=False)
    assert seen(address) == 3


OWN = "SELECT COUNT(*) FROM fact WHERE pack = 'own'"


def seen(address: str) -> int:
    """How many facts of one's own pack a reader sees."""
    reader = Engine(address, FORMAT)
    ((count,),) = reader.execute(OWN).fetchall()
    reader.close()
    return int(count)


# --- what can fail is one line


def one_line(result: object, address_shown: str, said: str) -> None:
    """Hold that an answer is one line on standard error which names the engine and never the password."""
    assert (result.code, result.out) == (2, "")  # type: ignore[attr-defined]
    err = result.err  # type: ignore[attr-defined]
    assert err.count("\n") == 1, err
    assert err.startswith(f"bilatcli: `{address_shown}"), err
    assert said in err
    assert "secret" not in err
    assert "wrong" not in err


def test_wrong_password(run: Run, server: Server) -> None:
    """A password that is none is told, but not which it was."""
    address = server.address(password="wrong")  # noqa: S106 -- a wrong one
    for command in (("facts", "az", "pk", "--index", address), ("publish", address)):
        one_line(
            run(*command),
            f"postgresql://boss@127.0.0.1:{server.port}/postgres",
            "password authentication failed",
        )


def test_nobody_there(run: Run) -> None:
    """Where nobody answers, that is told at once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = run("facts", "az", "pk", "--index", f"postgresql://boss:secret@127.0.0.1:{port}/db")
    one_line(result, f"postgresql://boss@127.0.0.1:{port}/db", "refused")


def test_nothing_or_something_old_is_published(run: Run, server: Server) -> None:
    """Where there is no index, or one of another format, it is said how to put one there."""
    server.sql("CREATE DATABASE bare")
    address = server.address(database="bare")
    for statements in (
        (),
        (
            f"CREATE SCHEMA bilatcli_{FORMAT - 1}",
            f"CREATE TABLE bilatcli_{FORMAT - 1}.edition (version TEXT)",
        ),
    ):
        server.sql(*statements, database="bare")
        result = run("facts", "az", "pk", "--index", address)
        shown = f"postgresql://boss@127.0.0.1:{server.port}/bare"
        one_line(
            result,
            shown,
            f"has no index of format {FORMAT}: put one there with `bilatcli publish {shown}`",
        )
    # An older bilatcli goes on reading what it had.
    assert run("publish", address).code == 0
    server.sql(f"TABLE bilatcli_{FORMAT - 1}.edition", database="bare")
    assert run("facts", "az", "pk", "--index", address).code == 0


@pytest.mark.usefixtures("published")
def test_user_who_may_only_read(run: Run, server: Server) -> None:
    """A reader gets answers, and one line where it would publish."""
    schema = f"bilatcli_{FORMAT}"
    server.sql(
        "CREATE ROLE reader LOGIN PASSWORD 'secret'",
        f"GRANT USAGE ON SCHEMA {schema} TO reader",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader",
        database="whole",
    )
    address = server.address("reader", database="whole")
    assert run("facts", "az", "pk", "--index", address).code == 0
    result = run("publish", address)
    one_line(
        result,
        f"postgresql://reader@127.0.0.1:{server.port}/whole",
        "was left as it was (permission denied",
    )


def test_connection_is_lost_midway(server: Server, published: tuple[str, str]) -> None:
    """A connection that is lost is made again; where that cannot be, it is one line."""
    address, home = published
    command = [str(Path(sys.executable).with_name("bilatcli")), "batch", "--index", address]
    batch = subprocess.Popen(
        command, env={"HOME": home}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert batch.stdin is not None
    assert batch.stdout is not None

    def ask() -> str:
        assert batch.stdin is not None
        assert batch.stdout is not None
        batch.stdin.write("military az pk jf-17\n")
        batch.stdin.flush()
        return batch.stdout.readline()

    first = ask()
    assert first.startswith('{"schema":"bilatcli/military@1"')
    server.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'boss'"
    )
    assert ask() == first
    server.stop()
    lost = ask()
    server.start()
    assert lost.startswith(
        '{"schema":"bilatcli/error@1","error":{"kind":"environment","message":"`postgresql://boss@'
    )
    assert ask() == first
    batch.stdin.close()
    batch.stdout.close()
    assert batch.wait(10) == 0


def test_publication_that_is_cut_off(server: Server, run: Run) -> None:
    """Where the connection is lost while publishing, that is one line, and readers have what they had."""
    server.sql("CREATE DATABASE cut")
    address = server.address(database="cut")
    assert run("publish", address).code == 0
    before = run("facts", "az", "pk", "--json", "--index", address).out

    def words() -> Iterator[tuple[str]]:
        yield ("one",)
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'")
        for number in range(200_000):
            yield (f"word{number}",)

    def publish() -> None:
        with Writer(address, FORMAT) as writer:
            writer.create("edition", publishing.definitions())
            writer.execute("DELETE FROM fact")
            writer.copy("joiner", words())

    with pytest.raises(EnvironmentFault) as raised:
        publish()
    assert raised.value.message.startswith(
        f"`postgresql://boss@127.0.0.1:{server.port}/cut` was left as it was ("
    )
    assert "\n" not in raised.value.message
    assert run("facts", "az", "pk", "--json", "--index", address).out == before


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (
            ("facts", "az", "--index", "mysql://x"),
            "`mysql://x` is no address of an engine: write postgresql://",
        ),
        (
            ("facts", "az", "--index", ""),
            "`` is no address of an engine: write postgresql://USER@HOST/DATABASE",
        ),
        (("publish",), "name an engine, as in `bilatcli publish postgresql://user@host/database`"),
        (
            ("publish", "postgresql://h/d?nonsense=1"),
            "`postgresql://h/d?nonsense=1` is no address of an engine (invalid",
        ),
        (
            ("facts", "az", "--index", "postgresql://h/d", "--data", SMALL),
            "packs of --data are no part of a published index: `bilatcli publish` them there",
        ),
    ],
)
def test_addresses_that_are_none(run: Run, argv: tuple[str, ...], said: str) -> None:
    """What is no address is said in one line."""
    result = run(*argv)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bilatcli: {said}")
    assert result.err.count("\n") == 1


def test_without_the_extra(home: Path) -> None:
    """Without psycopg the command says in one line what to install."""
    for words in ("'facts', 'az', '--index', 'postgresql://h/d'", "'publish', 'postgresql://h/d'"):
        code = f"import sys; sys.modules['psycopg'] = None; sys.argv[1:] = [{words}]; from bilatcli.__main__ import main"
        command = [sys.executable, "-c", f"{code}; main()"]
        done = subprocess.run(
            command, env={"HOME": str(home)}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert (
            done.stderr
            == "bilatcli: an index in a PostgreSQL needs psycopg: `pip install 'bilatcli[postgres]'`\n"
        )


def test_phrases_are_counted_as_fts5_counts() -> None:
    """A phrase is counted once for each place where it stands, whole or begun."""
    words = "jf 17 and jf 17c and jf17 and 17 jf".split()
    assert [Phrase("jf 17", is_prefix=is_prefix).times(words) for is_prefix in (False, True)] == [
        1,
        2,
    ]
    assert [Phrase("jf", is_prefix=is_prefix).times(words) for is_prefix in (False, True)] == [3, 4]
    assert Phrase("a b c", is_prefix=False).times(["a", "b"]) == 0
