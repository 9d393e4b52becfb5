"""An index published to a real PostgreSQL: the facts of the local one, and one line per failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from shutil import which

import pytest

from bilatcli.errors import EnvironmentFault
from bilatcli.index import Statement
from bilatcli.index.postgres import SCHEMA, PostgresIndex
from bilatcli.index.sqlite import FORMAT
from postgres_server import (
    COPY,
    HOST,
    HOSTILE,
    OWN_PACKS,
    PASSWORD,
    SMALL,
    Server,
    free_port,
    open_pool,
)
from support import ROOT, Result, Run, make_environ, run_process

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
    "search zzzz",
    "cite az pk",
    "cite azernews-200281",
    "show az-pk/jf17-order-2024",
    "show karabakh-war-2020",
    "show nothing-of-the-kind",
    "list",
    "list --country pakistan --curated",
    "resolve germny xx 日本",
    "facts korea",
    "facts nowhere",
    "military fj to",
)
SEARCHES = (
    "jf-17 kashmir",
    "jf17",
    "pakistan turkey --all",
    "kashmri",
    "türkiye",
    "karabakh --as-of 2020 --country turkiye",
    "visit baku --verified",
)

PACK_NAMES = Statement("publish_packs", "not read: the translation goes by the name")


@pytest.mark.parametrize("question", QUESTIONS)
def test_same_answers(run: Run, published: str, question: str) -> None:
    """An answer is the same as from the local index: both streams and the exit code."""
    argv = [*question.split(), "--json"]
    local, there = run(*argv, *OWN_PACKS), run(*argv, "--index", published)
    # Suggested commands name the index, without its password.
    shown = published.replace(f":{PASSWORD}", "")
    assert PASSWORD not in there.out + there.err
    for stream in ("out", "err"):
        text = getattr(there, stream).replace(f" --index {shown}", f" {' '.join(OWN_PACKS)}")
        assert text == getattr(local, stream)
    assert there.code == local.code


@pytest.mark.parametrize("words", SEARCHES)
def test_same_facts_are_found(run: Run, published: str, words: str) -> None:
    """A search finds the same facts as in the local index, in an order of its own."""
    argv = ["search", *words.split(), "--limit", "500", "--json"]
    local, there = (
        json.loads(run(*argv, *where).out) for where in (OWN_PACKS, ("--index", published))
    )
    assert there["total"] == local["total"] > 0
    found, expected = ({fact["id"] for fact in answer["facts"]} for answer in (there, local))
    assert found == expected
    scores = [match["score"] for match in there["matches"]]
    assert min(scores) > 0


def test_variable_names_the_index(run: Run, published: str) -> None:
    """Every command that queries the index uses the one in BILATCLI_INDEX."""
    engine = {"BILATCLI_INDEX": published}
    local = {"BILATCLI_DATA": f"{SMALL}:{HOSTILE}"}
    lines = "military az pk jf-17\nstances kashmir\nfacts korea\n"
    for argv in (
        ("batch",),
        ("map", "az", "pk"),
        ("report", "az", "pk", "-o", "-"),
        ("--complete", "facts", "azerb"),
    ):
        there, here = (run(*argv, env=env, stdin=lines).out for env in (engine, local))
        assert there == here != ""


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_same_export(run: Run, published: str, tmp_path: Path, format: str) -> None:
    """An export has the same bytes as from the local index."""
    folders = tmp_path / "local", tmp_path / "there"
    for folder, where in zip(folders, (OWN_PACKS, ("--index", published)), strict=True):
        assert run("export", str(folder), "--format", format, *where).code == 0
    for file in sorted(folders[0].iterdir()):
        assert (folders[1] / file.name).read_bytes() == file.read_bytes(), file.name


# --- failures


def require_one_line(result: Result, shown: str, reason: str) -> None:
    """Require one line that names the address, without its password, and the reason."""
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1, result.err
    assert result.err.startswith(f"bilatcli: `{shown}"), result.err
    assert reason in result.err
    assert PASSWORD not in result.err
    assert "wrong" not in result.err


def test_wrong_password(run: Run, server: Server) -> None:
    """A wrong password is reported, but not shown."""
    address = server.address(password="wrong")  # noqa: S106 -- it is wrong
    shown = f"postgresql://boss@{HOST}:{server.port}/postgres"
    for argv in (("facts", "az", "pk", "--index", address), ("publish", address)):
        require_one_line(run(*argv), shown, "password authentication failed")


def test_no_server(run: Run) -> None:
    """A port that nothing listens on is reported."""
    address = f"postgresql://boss:{PASSWORD}@{HOST}:{free_port()}/db"
    result = run("facts", "az", "pk", "--index", address)
    require_one_line(result, address.replace(f":{PASSWORD}", ""), "refused")


@pytest.mark.usefixtures("published")
def test_no_index_of_this_format(run: Run, server: Server) -> None:
    """The error tells how to publish an index, also if there is one of another format."""
    empty, older = server.create("empty"), server.create("older", template=COPY)
    rename = f"ALTER SCHEMA {SCHEMA} RENAME TO bilatcli_{FORMAT - 1}"
    server.sql(rename, database="older")
    for address in (empty, older):
        shown = address.replace(f":{PASSWORD}", "")
        hint = f"publish one with `bilatcli publish {shown}`"
        result = run("facts", "az", "pk", "--index", address)
        require_one_line(result, shown, f"has no index of format {FORMAT}; {hint}")


def test_user_without_write_access(run: Run, server: Server, published: str) -> None:
    """A user who may only read gets answers, and one line from `publish`."""
    server.sql(
        f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO reader",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO reader",
        database="whole",
    )
    address = published.replace("boss", "reader")
    assert run("facts", "az", "pk", "--index", address).code == 0
    shown = f"postgresql://reader@{HOST}:{server.port}/whole"
    require_one_line(run("publish", address), shown, "is unchanged (permission denied")


def test_connection_is_lost_while_reading(server: Server, published: str) -> None:
    """A lost connection is made again. If that fails, the next question tries again."""
    index = PostgresIndex(published)
    first = [row["name"] for row in index.rows(PACK_NAMES)]
    server.disconnect("whole")
    assert [row["name"] for row in index.rows(PACK_NAMES)] == first
    server.stop()
    with pytest.raises(EnvironmentFault, match="does not answer"):
        index.rows(PACK_NAMES)
    server.start()
    assert [row["name"] for row in index.rows(PACK_NAMES)] == first
    index.close()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://admin:a@{}@127.0.0.1:1/db",
        "postgresql://admin:{}/x@127.0.0.1:1/db",
        "postgresql://admin:{}#x@127.0.0.1:1/db",
        "postgresql://admin:{}?x@127.0.0.1:1/db",
        "postgresql://admin:x y{}@127.0.0.1:1/db",
        "postgresql://admin:100%{}@127.0.0.1:1/db",
        "postgresql://admin:{}",
        "postgresql://admin@127.0.0.1:1/db?password={}#a",
        "postgresql://127.0.0.1:1/db?sslmode=disable&PASSWORD={}",
        "host=127.0.0.1 port=1 user=admin password={} dbname=db",
        "host=127.0.0.1 port=1 password = 'a b{}' dbname=db",
        "mysql://admin:{}@h/d",
    ],
)
def test_no_password_is_shown(run: Run, address: str) -> None:
    """A password is in no line, in whatever form it is given."""
    given = address.format(PASSWORD)
    for argv in (
        ("facts", "az", "pk", "--index", given),
        ("facts", "az", "pk", "--index", given, "--json"),
        ("--version", "--json", "--index", given),
        ("publish", given),
        ("publish", "postgresql://127.0.0.1:1/db", given),
    ):
        result = run(*argv)
        assert result.code == 2
        assert PASSWORD not in result.out + result.err
        assert result.err.count("\n") == 1


def test_pool_of_transactions(
    run: Run, server: Server, published: str, home: Path, cache: Path
) -> None:
    """Behind PgBouncer, which gives each transaction another session, answers are the same."""
    if which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("PgBouncer is not installed")
    lines = "military az pk mushshak\nfacts az tr\nstances kashmir\nsummary az pk\n" * 6
    expected = run("batch", "--index", published, stdin=lines).out
    with open_pool(server) as port, ThreadPoolExecutor(4) as clients:
        address = published.replace(f":{server.port}/", f":{port}/")
        argv = ("batch", "--index", address)
        environ = make_environ(home, cache)
        answers = [clients.submit(run_process, argv, environ, lines) for _ in range(4)]
        assert [answer.result().out for answer in answers] == [expected] * 4
        assert run("publish", address, *OWN_PACKS).code == 0


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        ("facts az --index mysql://x", "`mysql://x` is not the address of a database; write "),
        ("publish", "no database is given; name one, as in `bilatcli publish postgresql://"),
        (
            "publish postgresql://h/d?x=1",
            "`postgresql://h/d?x=1` is not the address of a database (",
        ),
        (
            f"facts az --index postgresql://h/d --data {SMALL}",
            "a published index cannot take packs of `--data`; publish them with `bilatcli publish`",
        ),
    ],
)
def test_invalid_addresses(run: Run, argv: str, error: str) -> None:
    """An invalid address, or none, is a usage error."""
    result = run(*argv.split())
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"bilatcli: {error}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("argv", ["facts az --index postgresql://h/d", "publish postgresql://h/d"])
def test_without_psycopg(run: Run, monkeypatch: pytest.MonkeyPatch, argv: str) -> None:
    """Without psycopg the error tells what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "bilatcli.index.postgres", raising=False)
    result = run(*argv.split())
    hint = "install it with `pip install 'bilatcli[postgres]'`"
    assert (result.code, result.out) == (2, "")
    assert result.err == f"bilatcli: an index in PostgreSQL needs psycopg; {hint}\n"


@pytest.mark.skipif(
    version("sqlglot") != "30.30.0", reason="another sqlglot may write the same SQL otherwise"
)
def test_translation_is_fresh() -> None:
    """`postgres.sql` is what `make postgres` writes from the schema and the statements."""
    command = [sys.executable, "scripts/postgres.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
