"""Tables in an index follow their files, clash with no other pack, and answer questions."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.index import build
from bilatcli.index.build import Inputs
from bilatcli.index.cache import bundled_packs
from bilatcli.index.store import SQLiteIndex, open_index
from bilatcli.query.request import Request
from bilatcli.resources import data_folder
from bilatcli.views import VIEWS
from bilatcli.views import run as run_view
from own_packs import FACT, RELATION, make_environment, write_pack
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


UNRELATED = "AX,PN"
"""Two territories that no bundled pack relates."""


def make_rows(count: int) -> str:
    """Return rows on the two territories, one a year from 1990."""
    rows = "".join(f"{UNRELATED},{1990 + n},{n},\n" for n in range(count))
    return f"a,b,year,alike,percent\n{rows}"


def find_summary_ids(pack: Path, run: Run) -> list[str]:
    """Return the slugs of the facts in the summary of the two territories, in order."""
    result = run("summary", "ax", "pn", "--json", "--data", str(pack))
    return [fact["id"].removeprefix("ax-pn/") for fact in json.loads(result.out)["facts"]]


def test_generated_facts_of_a_summary_are_few(tmp_path: Path, run: Run) -> None:
    """A summary has at most eight generated facts, those of the lowest rank first."""
    table = TABLE.replace('keep = "newest"', 'keep = "all"\nrank = 7')
    other = TABLE.replace('"votes"', '"polls"').replace('"newest"', '"all"\nrank = 1')
    pack = write_table_pack(tmp_path, pack=HEAD + table + other, votes=make_rows(12))
    ids = find_summary_ids(pack, run)
    assert len(ids) == 8
    assert all("polls" in id for id in ids)
    result = run("summary", "ax", "pn", "--json", "--data", str(pack))
    assert "16 more generated facts: `bilatcli facts ax-pn`" in result.err


def test_facts_of_one_kind_leave_room_in_a_summary(tmp_path: Path, run: Run) -> None:
    """Of one rank and topic the two newest come first, and the others after less telling facts."""
    votes = TABLE.replace('keep = "newest"', 'keep = "all"\nrank = 4')
    polls = votes.replace("rank = 4", "rank = 5").replace('"votes"', '"polls"')
    pack = write_table_pack(tmp_path, pack=HEAD + votes + polls, votes=make_rows(4))
    assert find_summary_ids(pack, run) == [
        "votes-1993",
        "votes-1992",
        "polls-1993",
        "polls-1992",
        "votes-1991",
        "votes-1990",
        "polls-1991",
        "polls-1990",
    ]


def test_old_figures_come_late_in_a_summary(tmp_path: Path, run: Run) -> None:
    """A figure that is not current comes after facts that are less telling than current ones."""
    figures = TABLE.replace('topic = "diplomacy"', 'topic = "trade"\nmeasure = "exports"')
    figures = figures.replace('keep = "newest"', "rank = 4")
    polls = TABLE.replace('"votes"', '"polls"').replace('keep = "newest"', "rank = 6")
    for status, first in (("current", "votes-1990"), ("historical", "polls-1990")):
        table = figures.replace("verification", f'status = "{status}"\nverification')
        pack = write_table_pack(tmp_path, pack=HEAD + table + polls, votes=make_rows(1))
        assert find_summary_ids(pack, run)[0] == first, status


def test_topics_of_facts_outside_tables_have_ranks(tmp_path: Path, run: Run) -> None:
    """Generated facts of a pack have the rank of their topic, among those of tables."""
    facts = RELATION.format(id="ax-pn", one="AX", other="PN") + "".join(
        FACT.format(id=topic, text="A fact.", source="roll-calls").replace(
            '"diplomacy"', f'"{topic}"'
        )
        for topic in ("geography", "diplomacy", "recognition")
    )
    table = TABLE.replace('keep = "newest"', "rank = 4")
    pack = write_table_pack(tmp_path, pack=HEAD + facts + table, votes=make_rows(1))
    expected = ["recognition", "diplomacy", "votes-1990", "geography"]
    assert find_summary_ids(pack, run) == expected


def count_pairs_of_rows(run: Run, *options: str) -> int:
    """Return how many pairs have rows only, as `list` notes."""
    note = re.search(r"([\d,]+) more pairs? with rows of tables only", run("list", *options).err)
    return int(note[1].replace(",", "")) if note else 0


def test_pairs_without_a_header_are_counted(tmp_path: Path, run: Run) -> None:
    """`list` names the pairs of a country, and counts the others that have rows only."""
    pack = str(write_table_pack(tmp_path, votes=make_rows(2)))
    assert '"ax-pn"' not in run("list", "--json", "--data", pack).out
    before = count_pairs_of_rows(run, "--json")
    assert count_pairs_of_rows(run, "--json", "--data", pack) == before + 1
    lines = json.loads(run("list", "--country", "pn", "--json", "--data", pack).out)["relations"]
    line = next(each for each in lines if each["id"] == "ax-pn")
    assert line["name"] == "Åland Islands–Pitcairn Islands"
    assert (line["facts"], line["outline"]) == (2, 2)
    assert (line["newest"], line["packs"], line["sources"]) == ("1991", ["votes"], 1)


def test_a_search_finds_rows_by_a_country(tmp_path: Path, run: Run) -> None:
    """The words of a table and a country, or its capital, find the rows of the country."""
    toml = HEAD.replace("Roll calls of", "Polkas in") + TABLE.replace("voted alike", "waltzed")
    pack = str(write_table_pack(tmp_path, pack=toml))
    for words, ids in (
        (["waltzed", "reykjavik"], ["fj-is/votes-2003"]),
        (["polkas", "assembly", "fiji", "iceland"], ["fj-is/votes-2003"]),
        (
            ["waltzed", "fiji", "--all"],
            ["fj-is/votes-2001", "fj-is/votes-2003", "fj-us/votes-2003"],
        ),
        (["waltzed", "--country", "us", "--as-of", "2004"], ["fj-us/votes-2003"]),
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
