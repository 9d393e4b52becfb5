"""Publishing to PostgreSQL: only changes are written, and readers never see a part of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bilatcli.environment import Environment
from bilatcli.errors import EnvironmentFault
from bilatcli.index.postgres import SCHEMA, PostgresWriter
from bilatcli.index.publish import publish
from bilatcli.index.store import local_index
from postgres_server import COPY, HOST, HOSTILE, OWN_PACKS, SMALL, Server
from support import Run, make_environ
from table_support import ROWS, write_table_pack

COUNT_OWN = "SELECT COUNT(*) FROM fact WHERE pack = 'own'"
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
    assert publish_pack(*own) == "received 1 pack with 1 fact; it has 10 packs\n"
    assert publish_pack(*own) == "is up to date\n"
    assert texts() == "text\nA dance.\n"
    before = fact_versions(address)
    write_pack(pack, one="A song.", two="A feast.")
    assert publish_pack(*own) == "received 1 pack with 2 facts; it has 10 packs\n"
    assert texts() == "text\nA song.\nA feast.\n"
    after = fact_versions(address)
    assert [id for id in before if after[id] != before[id]] == ["fj-pe/one"]
    assert publish_pack() == "received 0 packs with 0 facts, lost 1 pack; it has 9 packs\n"
    assert run("facts", "fj", "pe", "--index", address).code == 1
    for question in ("list", "stances --matrix", "facts az pk dance"):
        argv = [*question.split(), "--json"]
        there, local = run(*argv, "--index", address), run(*argv, *OWN_PACKS)
        assert (there.out, there.code) == (local.out, local.code)


@pytest.mark.usefixtures("published")
def test_tables_are_published(run: Run, server: Server, tmp_path: Path) -> None:
    """The rows of tables give the same answers from a server, also after a change of the file."""
    address = server.create("tables", template=COPY)
    pack = write_table_pack(tmp_path / "own")
    data = (*OWN_PACKS, "--data", str(pack))
    for rows in (ROWS, ROWS.replace("2003,12", "2004,12")):
        pack.with_suffix(".csv").write_text(rows, "utf-8")
        assert "received 1 pack with 3 facts" in run("publish", address, *data).err
        assert "is up to date" in run("publish", address, *data).err
        for question in (
            "facts fj is --all",
            "facts fiji voted",
            "summary fj is --as-of 2002",
            "list --country fj",
            "list",
            "show fj-is/votes-2001",
            "show votes-2001",
            "cite roll-calls",
            "show roll-calls",
            "search voted iceland",
        ):
            argv = [*question.split(), "--json"]
            there, local = run(*argv, "--index", address), run(*argv, *data)
            assert (there.out, there.err, there.code) == (local.out, local.err, local.code)
    for folder, where in (("there", ("--index", address)), ("local", data)):
        assert run("export", str(tmp_path / folder), *where).code == 0
    exported = [
        (tmp_path / folder / "facts.csv").read_text("utf-8") for folder in ("there", "local")
    ]
    assert exported[0] == exported[1]


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
