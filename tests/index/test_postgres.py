"""An index published to a real PostgreSQL: the facts of the local one, and one line per failure."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from bilatcli.environment import Environment
from bilatcli.errors import EnvironmentFault
from bilatcli.index.postgres import SCHEMA, PostgresIndex, PostgresWriter
from bilatcli.index.publish import publish
from bilatcli.index.sqlite import FORMAT
from bilatcli.index.statement import Statement
from bilatcli.index.store import local_index
from postgres_server import HOST, PASSWORD, Server, find_program, free_port
from support import DATA, ROOT, Result, Run, make_environ, run_in_process

COPY = "copy"
"""A copy of the published database, which nobody connects to, so that it can be copied again."""
SMALL, HOSTILE = str(DATA / "small.toml"), str(DATA / "hostile.toml")
OWN_PACKS = ("--data", SMALL, "--data", HOSTILE)

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

COUNT_OWN = "SELECT COUNT(*) FROM fact WHERE pack = 'own'"
PACK_NAMES = Statement("publish_packs", "not read: the translation goes by the name")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Yield a server for the tests of this file."""
    if find_program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    # The folders of pytest are closed to other users.
    with TemporaryDirectory(prefix="bilatcli-pg-", ignore_cleanup_errors=True) as folder:
        started = Server(Path(folder))
        yield started
        started.stop()


@pytest.fixture(scope="module")
def published(server: Server, cache: Path) -> str:
    """Return the address of an index of the bundled and two small packs."""
    address = server.create("whole")
    argv = ["publish", address, *OWN_PACKS]
    result = run_in_process(argv, make_environ(cache / "no home", cache))
    assert result.err.startswith(f"bilatcli: `postgresql://boss@{HOST}:{server.port}/whole`")
    assert (result.code, PASSWORD in result.err) == (0, False)
    server.create(COPY, template="whole")
    return address


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


# --- publishing


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


def write_pack(path: Path, **facts: str) -> str:
    """Write a pack with facts, given as id and text; return its path."""
    path.write_text(PACK + "".join(FACT.format(id=id, text=facts[id]) for id in facts), "utf-8")
    return str(path)


def fact_versions(address: str) -> dict[str, int]:
    """Return the transaction that wrote each published fact."""
    with psycopg.connect(address) as connection:
        connection.execute(f"SET search_path TO {SCHEMA}".encode())
        return dict(connection.execute("SELECT id, xmin FROM fact").fetchall())


@pytest.mark.usefixtures("published")
def test_only_changes_are_published(run: Run, server: Server, tmp_path: Path) -> None:
    """Publishing again writes nothing. Packs that have changed are written, others stay."""
    address = server.create("changing", template=COPY)
    pack = tmp_path / "own.toml"

    def publish_pack(*data: str) -> str:
        result = run("publish", address, *OWN_PACKS, *data)
        assert (result.code, result.out) == (0, "")
        return result.err.partition("` ")[2]

    def texts() -> str:
        asked = ("facts", "fj", "pe", "--fields", "text", "--format", "tsv")
        return run(*asked, "--index", address).out

    own = ("--data", write_pack(pack, one="A dance."))
    assert publish_pack(*own) == "received 1 pack with 1 fact; it has 7 packs\n"
    assert publish_pack(*own) == "is up to date\n"
    assert texts() == "text\nA dance.\n"
    before = fact_versions(address)
    write_pack(pack, one="A song.", two="A feast.")
    assert publish_pack(*own) == "received 1 pack with 2 facts; it has 7 packs\n"
    assert texts() == "text\nA song.\nA feast.\n"
    after = fact_versions(address)
    assert [id for id in before if after[id] != before[id]] == ["fj-pe/one"]
    assert publish_pack() == "received 0 packs with 0 facts, lost 1 pack; it has 6 packs\n"
    assert run("facts", "fj", "pe", "--index", address).code == 1
    for question in ("list", "stances --matrix", "facts az pk dance"):
        argv = [*question.split(), "--json"]
        there, local = run(*argv, "--index", address), run(*argv, *OWN_PACKS)
        assert (there.out, there.code) == (local.out, local.code)


def count_own(address: str) -> int:
    """Return how many facts of the user's own pack a reader sees."""
    with psycopg.connect(address) as connection:
        connection.execute(f"SET search_path TO {SCHEMA}".encode())
        ((count,),) = connection.execute(COUNT_OWN.encode()).fetchall()
    return int(count)


@pytest.mark.usefixtures("published")
def test_readers_see_the_old_index_until_the_new_is_complete(
    server: Server, home: Path, cache: Path, tmp_path: Path
) -> None:
    """Readers never wait, and never see a part of a publication."""
    address = server.create("undisturbed", template=COPY)

    environment = Environment(environ=make_environ(home, cache))

    def publish_facts(*ids: str, fails: bool = False) -> None:
        pack = write_pack(tmp_path / "own.toml", **dict.fromkeys(ids, "A dance."))
        index = local_index(environment, [SMALL, HOSTILE, pack])
        try:
            with PostgresWriter(address) as writer:
                publish(index, writer)
                assert writer.rows(COUNT_OWN) == [(len(ids),)]
                if fails:
                    assert count_own(address) == 1
                    raise KeyboardInterrupt
        finally:
            index.close()

    publish_facts("one")
    with pytest.raises(KeyboardInterrupt):
        publish_facts("one", "two", fails=True)
    assert count_own(address) == 1
    publish_facts("one", "two", "three")
    assert count_own(address) == 3


@pytest.mark.usefixtures("published")
def test_connection_is_lost_while_publishing(server: Server, run: Run) -> None:
    """If the connection is lost, readers have the old index, and the error is one line."""
    address = server.create("cut", template=COPY)
    before = run("facts", "az", "pk", "--json", "--index", address).out

    def words() -> Iterator[tuple[str]]:
        yield ("one",)
        server.disconnect("cut")
        for number in range(200_000):
            yield (f"word{number}",)

    def publish_words() -> None:
        with PostgresWriter(address) as writer:
            writer.prepare()
            writer.execute("DELETE FROM fact")
            writer.copy("conjunction", words())

    with pytest.raises(EnvironmentFault) as raised:
        publish_words()
    shown = f"postgresql://boss@{HOST}:{server.port}/cut"
    assert raised.value.message.startswith(f"`{shown}` is unchanged (")
    assert "\n" not in raised.value.message
    assert run("facts", "az", "pk", "--json", "--index", address).out == before


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


def test_translation_is_fresh() -> None:
    """`postgres.sql` is what `make postgres` writes from the schema and the statements."""
    command = [sys.executable, "scripts/postgres.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
