"""Tables in an index follow their files, clash with no other pack, and answer questions."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bilatcli.errors import PackError
from bilatcli.index import build
from bilatcli.index.build import Inputs
from bilatcli.index.cache import bundled_packs
from bilatcli.index.store import SQLiteIndex, open_index
from bilatcli.query.request import Request
from bilatcli.resources import data_folder
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view
from own_packs import make_environment, write_pack
from support import Run
from table_support import HEAD, ROWS, TABLE, write_table_pack


def find_texts(home: Path, cache: Path, *packs: str) -> list[str]:
    """Return the statements on Fiji and Iceland, as a new process would find them."""
    index = open_index(make_environment(home, cache), packs)
    with closing(index):
        request = Request("facts", ["fj", "is"], all=True)
        facts = run_view(VIEWS["facts"], request, index).load()["facts"]
    return [fact["text"] for fact in facts if fact["pack"] == "votes"]


def touch(path: Path, text: str) -> None:
    """Write a file that is newer than it was."""
    before = path.stat().st_mtime_ns
    path.write_text(text, "utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_change_of_the_file_is_noticed(tmp_path: Path, home: Path, cache: Path) -> None:
    """The next question after a change of the file has the new rows, also if it comes back."""
    pack = write_table_pack(tmp_path / "own")
    file = pack.with_suffix(".csv")
    before = find_texts(home, cache, str(pack))
    assert before[-1] == "In 2003 Fiji and Iceland voted alike in 12 votes."
    touch(file, ROWS.replace("2003,12", "2003,13"))
    assert find_texts(home, cache, str(pack))[-1].endswith("in 13 votes.")
    text = file.read_text("utf-8")
    file.unlink()
    with pytest.raises(PackError, match="1 problem"):
        find_texts(home, cache, str(pack))
    file.write_text(text.replace("2003,13", "2003,1"), "utf-8")
    assert find_texts(home, cache, str(pack))[-1].endswith("in 1 vote.")


def test_rows_go_with_their_pack(tmp_path: Path, home: Path, cache: Path) -> None:
    """A pack that is removed from a folder leaves neither rows nor relations."""
    folder = tmp_path / "packs"
    pack = write_table_pack(folder)
    write_pack(folder / "other.toml")
    assert find_texts(home, cache, str(folder))
    pack.unlink()
    assert find_texts(home, cache, str(folder)) == []


def test_the_pack_of_a_file_with_errors_is_left_out(run: Run, home: Path) -> None:
    """An error in the file of a table is one of its pack: the tool goes on without it."""
    folder = home / ".local" / "share" / "bilatcli"
    write_table_pack(folder, votes=ROWS.replace("2003", "then"))
    result = run("facts", "az", "pk", "--json")
    assert result.code == 0
    assert f"left out {folder / 'votes.toml'} (2 problems)" in result.err
    assert run("facts", "fj", "is", "--data", str(folder / "votes.toml")).code == 2


def test_ids_are_unique_across_packs(tmp_path: Path) -> None:
    """Two packs have neither a table nor a fact of the same id."""
    one = write_table_pack(tmp_path)
    toml = (HEAD + TABLE).replace('name = "votes"', 'name = "polls"')
    same_table = write_table_pack(tmp_path, pack=toml, name="polls")
    fact = write_pack(tmp_path / "fact.toml", fact="votes-2003")
    for packs, problem in (
        ([one, same_table], "pack `votes` has a table `votes` already"),
        ([one, fact], "table `votes` of pack `votes` has a fact `fj-is/votes-2003` already"),
        ([fact, one], "pack `fact` has a fact `fj-is/votes-2003` already"),
    ):
        with pytest.raises(PackError) as error:
            build.in_memory(Inputs(data_folder(), list(map(str, packs))))
        assert problem in str(error.value.problems[0]), problem


def test_generated_facts_of_a_summary_are_few(tmp_path: Path, run: Run) -> None:
    """A summary has at most eight generated facts, those of the lowest rank first."""
    rows = "a,b,year,alike,percent\n" + "".join(f"FJ,IS,{1990 + n},{n},\n" for n in range(12))
    table = TABLE.replace('keep = "newest"', 'keep = "all"\nrank = 7')
    other = TABLE.replace('"votes"', '"polls"').replace('"newest"', '"all"\nrank = 1')
    pack = write_table_pack(tmp_path, pack=HEAD + table + other, votes=rows)
    result = run("summary", "fj", "is", "--json", "--data", str(pack))
    ids = [fact["id"] for fact in json.loads(result.out)["facts"]]
    assert len(ids) == 8
    assert all("polls" in id for id in ids)
    assert "16 more generated facts: `bilatcli facts fj-is`" in result.err


def test_pairs_without_a_header_are_counted(tmp_path: Path, run: Run) -> None:
    """`list` names the pairs of a country, and counts the others that have rows only."""
    pack = str(write_table_pack(tmp_path))
    everything = run("list", "--json", "--data", pack)
    assert '"fj-is"' not in everything.out
    assert "1 more pair with rows of tables only" in everything.err
    lines = json.loads(run("list", "--country", "is", "--json", "--data", pack).out)["relations"]
    line = next(each for each in lines if each["id"] == "fj-is")
    assert (line["name"], line["facts"], line["outline"]) == ("Fiji–Iceland", 2, 2)
    assert (line["newest"], line["packs"], line["sources"]) == ("2003", ["votes"], 1)


def test_a_search_finds_rows_by_a_country(tmp_path: Path, run: Run) -> None:
    """The words of a table and a country, or its capital, find the rows of the country."""
    pack = str(write_table_pack(tmp_path))
    for words, ids in (
        (["voted", "alike", "reykjavik"], ["fj-is/votes-2003"]),
        (["roll", "calls", "fiji", "iceland"], ["fj-is/votes-2003"]),
        (["voted", "fiji", "--all"], ["fj-is/votes-2001", "fj-is/votes-2003", "fj-us/votes-2003"]),
        (["voted", "--country", "us", "--as-of", "2004"], ["fj-us/votes-2003"]),
    ):
        found = json.loads(run("search", *words, "--json", "--data", pack).out)
        own = [fact["id"] for fact in found["facts"] if fact["pack"] == "votes"]
        assert sorted(own) == ids, words
        assert found["total"] == len(found["facts"])


def test_sources_count_the_facts_of_tables(tmp_path: Path, run: Run) -> None:
    """`cite` lists the facts of a small table, and `show` says how many there are."""
    pack = str(write_table_pack(tmp_path))
    cited = json.loads(run("cite", "roll-calls", "--json", "--data", pack).out)
    assert len(cited["facts"]) == 3
    shown = run("show", "roll-calls", "--json", "--data", pack)
    assert "3 facts of table `votes`: `bilatcli facts COUNTRY votes`" in shown.err
    fact = json.loads(run("show", "fj-is/votes-2003", "--json", "--data", pack).out)
    assert [each["status"] for each in fact["chain"]] == ["superseded", "current"]


def test_exports_have_the_facts_of_tables(tmp_path: Path, run: Run) -> None:
    """All tables of an export have the facts that rows make, their sources and their relations."""
    pack = str(write_table_pack(tmp_path))
    folder = tmp_path / "tables"
    assert run("export", str(folder), "--data", pack).code == 0
    facts = (folder / "facts.csv").read_text("utf-8")
    assert "fj-us/votes-2003,fj-us,diplomacy,False" in facts.replace("false", "False")
    assert "fj-is/votes-2003,roll-calls,1" in (folder / "fact_sources.csv").read_text("utf-8")
    assert "\nfj-is," in (folder / "relations.csv").read_text("utf-8")


def test_bundled_packs_are_the_base(tmp_path: Path) -> None:
    """An index that travels names no file of this machine."""
    pack = write_table_pack(tmp_path)
    connection = build.in_memory(Inputs(data_folder(), [*bundled_packs()[:1], str(pack)]))
    with closing(connection):
        assert connection.execute("SELECT COUNT(*) FROM input").fetchone() == (0,)
        dump = "\n".join(connection.iterdump())
    assert str(tmp_path) not in dump


DAMAGES = (
    "UPDATE table_row SET cells = '[2001]'",
    "UPDATE table_row SET cells = '[\"2001\",1,'",
    "UPDATE data_table SET plan = '{}'",
    "UPDATE data_table SET plan = REPLACE(plan, 'diplomacy', 'diplomaci')",
)


def test_rows_that_do_not_fit_their_table(tmp_path: Path) -> None:
    """A damaged row or plan is not a traceback, but IndexDamaged, which rebuilds the index."""
    pack = write_table_pack(tmp_path)
    whole = build.in_memory(Inputs(data_folder(), [str(pack)]))
    for damage in DAMAGES:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        whole.backup(connection)
        connection.execute(damage)
        # Not closed: that would close the whole index, which has taken its place.
        index = SQLiteIndex(connection, lambda: whole)
        request = Request("facts", ["fj", "is"], all=True)
        facts = run_view(VIEWS["facts"], request, index).load()["facts"]
        assert [fact["id"] for fact in facts] == ["fj-is/votes-2001", "fj-is/votes-2003"]
