"""One cause is one problem: what only follows from another mistake is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs import loader
from support import DATA
from table_support import HEAD, TABLE, write_table_pack

BOATS = (DATA / "boats.toml").read_text("utf-8")
GOOD = (DATA / "good.toml").read_text("utf-8")


def list_problems(text: str, file: str = "p") -> list[str]:
    """Return the problems of a pack, one line each, without their place."""
    with pytest.raises(PackError) as error:
        loader.parse_pack(text, file)
    return [f"{problem.what}: {problem.remedy}" for problem in error.value.problems]


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        # --- a source with an error is not unknown to the facts that cite it
        ('id = "gazette-2026"', 'id = "Gazette 2026"', "`id`: `Gazette 2026` is not an id: use "),
        ('id = "gazette-2026"\n', "", "`id` is missing: add it"),
        ('id = "gazette-2026"', "id = 2026", "`id` must be text, not a whole number: "),
        ("[[source]]", "[[sources]]", "unknown key `sources`: did you mean `source`?"),
        ("[[source]]", "[[Source]]", "unknown key `Source`: did you mean `source`?"),
        # --- one unknown source or country is one problem
        ('"gazette-2026"', '"gazette-2062"', "no source has the id `gazette-2062` (in 8 places): "),
        ('"IS"', '"IL1"', "`countries`: `IL1` is not a country code (in 2"),
        ('"IS"', '"Iceland"', "`countries`: `Iceland` is not a country code (in 2"),
        # --- a misspelt key or header is not missing too
        ("[[relation]]", "[[relations]]", "unknown key `relations`: did you mean `relation`?"),
        ("[pack]", "[Pack]", "unknown key `Pack`: did you mean `pack`?"),
        ('text = "Fiji', 'txt = "Fiji', "unknown key `txt`: did you mean `text`?"),
        ("[[relation]]", "[relation]", "`relation` must be a list, not a table: "),
        # --- a value and a rule between records
        ('id = "fj-is"', 'id = "FJ-IS"', "`FJ-IS` is not the id of this pair: write `fj-is`"),
        ('["FJ", "IS"]', '["FJ", "FJ"]', "`countries`: `FJ` is listed twice: list it once"),
        ('["FJ", "IS"]', '["FJ, IS"]', '`countries`: `FJ, IS` is not a country code: write "FJ", '),
        ('["FJ", "IS"]', '["FJ", 352]', "`countries` must be text, not a whole number: did you "),
        ('"citation-needed"', '"none"', "`verification`: `none` is not an allowed value: use one "),
        ("share = ", "share = true # ", "`share` must be a number, not true or false: write it "),
    ],
)
def test_one_cause(written: str, instead: str, problem: str) -> None:
    """A mistake, wherever it has effects, is one problem."""
    assert written in GOOD
    once = written not in ('"gazette-2026"', '"IS"', "[[source]]", "[[relation]]")
    text = GOOD.replace(written, instead, 1 if once else -1)
    if instead == '"gazette-2062"':
        text = text.replace(f"id = {instead}", f"id = {written}")
    if instead == "[relation]":
        text = text[: text.rindex(instead)]
    (found,) = list_problems(text)
    assert found.startswith(problem)


def test_topic_of_other_keys() -> None:
    """A fact with the keys of another topic has one problem: its topic."""
    text = BOATS.replace('kind = "arms-transfer"', 'issue = "fish"\nholder = "FJ"\nposition = "P."')
    text = text.replace("quantity = 2\n", "")
    keys = "unknown keys `issue`, `holder`, `position`"
    assert list_problems(text) == [
        f"{keys}: only stance facts have them: remove them, or change the topic"
    ]


def test_more_causes() -> None:
    """Problems that one cause does not explain stay: two unknown ids, one source without an id."""
    text = GOOD.replace('id = "gazette-2026"', "id = 1")
    text = text.replace('"yearbook-2020"]', '"year"]').replace('"board-2026"]', '"board"]')
    first, *others = [each.partition(":")[0] for each in list_problems(text)]
    assert first == "`id` must be text, not a whole number"
    ids = ("board", "gazette-2026", "year")
    assert len(others) == len(ids)
    assert all(any(f"`{id}`" in each for each in others) for id in ids)


def test_rows(tmp_path: Path) -> None:
    """A country or source that is unknown in many rows of a table is one problem."""
    table = TABLE.replace('percent = "number?"', 'origin = "source"').replace(
        '["roll-calls"]', '["{origin}"]'
    )
    table = table.replace(" ({percent:.0f} %)", "")
    rows = "".join(f"XX,IS,{year},1,gazette\n" for year in range(1990, 2000))
    votes = f"a,b,year,alike,origin\n{rows}FJ,IS,90,1,yearbook\n"
    path = write_table_pack(tmp_path, pack=HEAD + table, votes=votes)
    found = list_problems(path.read_text("utf-8"), str(path))
    assert [each.partition(":")[2].strip() for each in found] == [
        "`XX` is not a country code (in 10 cells): use an ISO 3166-1 alpha-2 code",
        "no source has the id `gazette` (in 10 cells): add a [[source]] with this id",
        "`90` is not a year: write four digits",
    ]
