"""A table is read with its rows, or all its errors are reported, each at its own place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs import loader
from bilatcli.vocabulary import VERIFICATIONS
from table_support import HEAD, ROWS, TABLE, write_table_pack


def problems_of(path: Path) -> list[str]:
    """Return the problems of a pack, one line each, without its folder."""
    with pytest.raises(PackError) as error:
        loader.load_pack(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in error.value.problems]


def line_of(text: str, part: str) -> int:
    """Return the number of the first line of the pack that has a part."""
    return text[: text.index(part)].count("\n") + 1


def test_rows_are_read(tmp_path: Path) -> None:
    """Each row has its relation, the end of its id, and its cells with their types."""
    pack, (data,) = loader.load_pack_with_tables(write_table_pack(tmp_path))
    assert pack.table[0].id == "votes"
    assert data.rows == [
        ("fj-is", "2001", '["2001",1,50.5]'),
        ("fj-is", "2003", '["2003",12,null]'),
        ("fj-us", "2003", '["2003",7,70]'),
    ]


def test_directed_rows_have_their_sender(tmp_path: Path) -> None:
    """The row of a directed table begins with the sender, which is part of the fact's id."""
    toml = (HEAD + TABLE).replace("topic =", 'pair = "directed"\ntopic =').replace("{a:", "{from:")
    path = write_table_pack(
        tmp_path, pack=toml.replace("{b:", "{to:"), votes=ROWS.replace("a,b", "from,to")
    )
    _, (data,) = loader.load_pack_with_tables(path)
    assert data.rows[1] == ("fj-is", "is-2003", '["IS","2003",12,null]')


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("FJ,US", "FJ,XX", "votes.csv:4:2", "`b`: `XX` is not a country code"),
        ("FJ,US", "FJ,us", "votes.csv:4:2", "did you mean `US`?"),
        ("FJ,US", "FJ,FJ", "votes.csv:4:2", "`FJ` is both countries of the row"),
        ("FJ,US", ",US", "votes.csv:4:1", "`a`: the cell is empty"),
        ("2003,7", "2003,seven", "votes.csv:4:4", "`alike`: `seven` is not a whole number"),
        ("2003,7", "2003,", "votes.csv:4:4", "let the column be `integer?`"),
        ("2003,7", "03,7", "votes.csv:4:3", "`year`: `03` is not a year"),
        ("2003,7", "0000,7", "votes.csv:4:3", "outside the years 1 to 9999"),
        ("7,70", "7,70 %", "votes.csv:4:5", "`percent`: `70 %` is not a number"),
        ("7,70", "7,nan", "votes.csv:4:5", "`percent`: `nan` is not a number"),
        ("FJ,US,2003", "IS,FJ,2001", "votes.csv:4:1", "duplicate row: line 2 has the fact"),
        ("7,70", "7", "votes.csv:4:5", "the row has 4 cells, the table 5 columns"),
        ("7,70", "7,70,1", "votes.csv:4:6", "the row has 6 cells, the table 5 columns"),
        ("percent\n", "percentage\n", "votes.csv:1:5", "did you mean `percent`?"),
        ("percent\n", "percent,percent\n", "votes.csv:1:6", "the column `percent` is there twice"),
        ("a,b,", "a,", "votes.csv:1:1", "the column `b` is missing"),
        ("7,70", '"7,70', "votes.csv:4:1", "this is not valid CSV"),
        (ROWS, "", "votes.csv:1:1", "the column `a` is missing"),
    ],
)
def test_broken_rows(tmp_path: Path, old: str, new: str, where: str, problem: str) -> None:
    """An error in the file is reported with the line and the number of the column."""
    problems = problems_of(write_table_pack(tmp_path, votes=ROWS.replace(old, new)))
    assert any(each.startswith(f"{where}: ") and problem in each for each in problems), problems
    if old != ROWS and new != "a,":
        same_place = [each for each in problems if each.split(": ")[0] == where]
        assert len(same_place) == 1


@pytest.mark.parametrize(
    ("old", "new", "at", "problem"),
    [
        ("alike in {alike} ", "alike in {alke} ", '"In {year}', "no column `alke`: did you mean"),
        ("{percent:.0f}", "{percent:.0q}", '"In {year}', "`percent` has no form `.0q`"),
        ("{a:the}", "{a:teh}", '"In {year}', "`a` has no form `teh`"),
        ("{a:the}", "{a:the", '"In {year}', "`text` is not a template (unmatched '{'"),
        ("{a:the}", "{a!r}", '"In {year}', "`!r` is not a form"),
        ("{a:the}", "{a.name}", '"In {year}', "no column `a.name`"),
        ('["roll-calls"]', '["roll-call"]', "sources = ", "no source has the id `roll-call`"),
        ('"{year}"', '"{month}"', "date = ", "there is no column `month`"),
        ('date = "{year}"', "", "[[table]]", "`key` is missing, and the facts have no date"),
        ('"integer"', '"whole"', "columns = ", "`columns`: `whole` is not a type of a column"),
        ("{year =", "{a =", "columns = ", "`a` is a column that `pair` gives"),
        ('"votes.csv"', '"../votes.csv"', "file = ", "is not the name of a CSV file"),
        ('"newest"', '"oldest"', "keep = ", "`oldest` is not an allowed value"),
        ('keep = "newest"', 'stage = "held"', "stage = ", "only military facts have it"),
        ('keep = "newest"', "rank = 10", "rank = ", "`rank`: input should be less than"),
        ('keep = "newest"', 'series = ["day"]', "series = ", "there is no column `day`"),
        ('keep = "newest"', "quantity = true", "quantity = ", "must be a number or a template"),
        ('topic = "diplomacy"', 'topic = "military"', "[[table]]", "`kind` is missing"),
    ],
)
def test_broken_tables(tmp_path: Path, old: str, new: str, at: str, problem: str) -> None:
    """An error in the pack is reported at its line."""
    toml = HEAD + TABLE.replace(old, new)
    problems = problems_of(write_table_pack(tmp_path, pack=toml))
    line = line_of(toml, at)
    starts = f"votes.toml:{line}:"
    assert any(each.startswith(starts) and problem in each for each in problems), problems


def test_values_that_rows_make_together(tmp_path: Path) -> None:
    """What is wrong with the fact of a row is reported at the column that it comes from."""
    toml = (HEAD + TABLE).replace('verification = "cited"', 'verification = "{proof}"')
    toml = toml.replace("{year = ", '{proof = "text?", year = ')
    rows = "a,b,year,alike,percent,proof\nFJ,IS,2001,1,,sure\nFJ,IS,2002,1,,\n"
    words = ", ".join(VERIFICATIONS)
    assert problems_of(write_table_pack(tmp_path, pack=toml, votes=rows)) == [
        f"votes.csv:2:6: `verification`: `sure` is not an allowed value: use one of {words}",
        "votes.csv:3:6: `verification` is missing: add it",
    ]


def test_values_that_all_rows_share(tmp_path: Path) -> None:
    """A wrong constant is reported once, at its line in the pack."""
    toml = HEAD + TABLE.replace('"cited"', '"sure"').replace("topic =", 'event = "A vote"\ntopic =')
    problems = problems_of(write_table_pack(tmp_path, pack=toml))
    lines = [line_of(toml, part) for part in ("event =", "verification =")]
    assert [each.split(":")[1] for each in problems] == [str(line) for line in lines]


def test_texts_with_names_of_countries_are_measured(tmp_path: Path) -> None:
    """A text is too long if it is so with the names of the countries."""
    toml = HEAD + TABLE.replace("voted alike", "voted alike, " + "and alike, " * 16 + "alike")
    rows = "a,b,year,alike,percent\nFJ,IS,2001,1,\nGS,VC,2001,1,\n"
    (problem,) = problems_of(write_table_pack(tmp_path, pack=toml, votes=rows))
    assert problem.startswith("votes.csv:3:3: `text`: the text has 2")


def test_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    """The errors of the pack and of its tables come together."""
    toml = (HEAD + TABLE).replace("2026-11-28", '"today"') + TABLE.replace('"votes"', '"polls"')
    toml = toml.replace('file = "votes.csv"', 'file = "polls.csv"', 1)
    path = write_table_pack(tmp_path, pack=toml, votes=ROWS.replace("FJ,US", "FJ,XX"))
    places = [each.split(": ")[0] for each in problems_of(path)]
    assert places == ["polls.csv", "votes.csv:4:2", "votes.toml:5:11"]


def test_number_of_problems_is_limited(tmp_path: Path) -> None:
    """A file that is wrong as a whole does not give a message for each of its rows."""
    rows = "a,b,year,alike,percent\n" + "FJ,IS,then,1,\n" * 500
    problems = problems_of(write_table_pack(tmp_path, votes=rows))
    assert len(problems) == 101
    assert "votes.csv: the table has more than 100 problems" in problems[0]


def test_ids_are_unique(tmp_path: Path) -> None:
    """Two tables have different ids, and so have all facts of a pack."""
    toml = HEAD + TABLE + TABLE
    (problem,) = problems_of(write_table_pack(tmp_path, pack=toml))
    assert "another table has the id `votes`" in problem
    fact = """
[[relation]]
id = "fj-is"
countries = ["FJ", "IS"]

[[relation.fact]]
id = "votes-2001"
topic = "diplomacy"
text = "Once."
status = "current"
actors = ["FJ"]
sources = ["yearbook"]
verification = "cited"
"""
    (problem,) = problems_of(write_table_pack(tmp_path, pack=HEAD + fact + TABLE))
    assert "another fact has the id `fj-is/votes-2001`" in problem


def test_files_of_other_programs(tmp_path: Path) -> None:
    """A byte order mark, Windows line ends, quotes and blank lines are read."""
    path = write_table_pack(tmp_path)
    rows = '\ufeff"a","b","year","alike","percent"\r\nFJ,IS,2001,1,50.5\r\n\r\n'
    path.with_suffix(".csv").write_bytes(rows.encode())
    _, (data,) = loader.load_pack_with_tables(path)
    assert data.rows == [("fj-is", "2001", '["2001",1,50.5]')]
    path.with_suffix(".csv").write_bytes(rows.encode("utf-16"))
    assert problems_of(path)[0].startswith("votes.csv:1:1: this is not UTF-8")
