"""Wrong values in a pack are reported once, at their place, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilatcli.error_details import PackError
from bilatcli.packs import loader
from support import DATA

BOATS = (DATA / "boats.toml").read_text("utf-8")

PROBLEMS = """\
1:1: `licence` is missing: add it
10:7: `url`: `www.example.org/1` is not a web address: write it in full, starting with http:// or https://
20:8: `text`: the text has 241 characters: shorten it to 240, or split it into two facts
21:8: `date`: `1992-13` is not an EDTF date: write YYYY, YYYY-MM or YYYY-MM-DD, followed by `?` or `~` if it is uncertain
23:17: no fact of this relation has the id `visitt`: did you mean `visit`?
25:12: no source has the id `gazette-2`: did you mean `gazette-1`?
33:17: facts supersede each other in a circle (boats → more-boats → boats): remove `superseded_by` from the newest one
35:13: `partners`: `UK` is not a country code: did you mean `GB`?
39:12: `quantity` must be a whole number, not text: write it without quotes and without a fraction
40:1: unknown key `sistem`: did you mean `system`?
53:6: another fact of this relation has the id `visit`: choose a different id
"""  # noqa: E501 -- as they are printed
"""What is wrong in tests/data/mistakes.toml."""

TITLE = 'title = "Fiji–Iceland"'
QUANTITY = "quantity = 2"

MISTAKES = [
    # --- types
    ('"1990"', "1990", "18:15: `established` must be text, not a whole number: put it in quotes"),
    ('"1990"', "true", "18:15: `established` must be text, not true or false: put it in quotes"),
    (TITLE, "title = 1.5", "3:9: `title` must be text, not a number: put it in quotes"),
    (TITLE, "title = []", "3:9: `title` must be text, not a list: put it in quotes"),
    (TITLE, "title = {}", "3:9: `title` must be text, not a table: put it in quotes"),
    (
        TITLE,
        "title = 2026-11-23",
        "3:9: `title` must be text, not a date or time: put it in quotes",
    ),
    ('"military"', "7", "23:9: `topic` must be text, not a whole number: put it in quotes"),
    ('["IS"]', '"IS"', "27:10: `actors` must be a list, not text: put it in [ ]"),
    (
        "2026-11-23",
        '"2026-11-23"',
        "5:11: `updated` must be a date, not text: write it as 2026-11-23, without quotes",
    ),
    (QUANTITY, "quantity = 2.5", "31:12: `quantity` must be a whole number, not a number: "),
    (QUANTITY, "quantity = true", "31:12: `quantity` must be a whole number, not true or false: "),
    (QUANTITY, "quantity = []", "31:12: `quantity` must be a whole number, not a list: "),
    (QUANTITY, "headline = 1", "31:12: `headline` must be true or false, not a whole number: "),
    (
        QUANTITY,
        "quantity = -1",
        "31:12: `quantity`: input should be greater than or equal to 0: correct the value",
    ),
    (
        QUANTITY,
        'checked = "2026-11-23"',
        "31:11: `checked` must be a date, not text: write it as 2026-11-23, without quotes",
    ),
    (QUANTITY, "retracted = true", "31:13: `retracted` must be text, not true or false: "),
    (QUANTITY, 'retracted = ""', "31:13: `retracted`: the text is empty: fill it in, or "),
    (
        QUANTITY,
        'passages = [{source = "gazette-1", quote = 1}]',
        "31:44: `quote` must be text, not a whole number: put it in quotes",
    ),
    (
        QUANTITY,
        'passages = [{source = "gazette-1", quotes = "Boats."}]',
        "31:36: unknown key `quotes`: did you mean `quote`?",
    ),
    # --- words of a list
    (
        '"military"',
        '"millitary"',
        "23:9: `topic`: `millitary` is not an allowed value: did you mean `military`?",
    ),
    (
        '"military"',
        '"rail"',
        "23:9: `topic`: `rail` is not an allowed value: use one of recognition, diplomacy, ",
    ),
    (
        '"news"',
        '"newspaper"',
        "13:15: `reliability`: `newspaper` is not an allowed value: use one of official, ",
    ),
    (
        QUANTITY,
        'stage = "orderd"',
        "31:9: `stage`: `orderd` is not an allowed value: did you mean `ordered`?",
    ),
    # --- texts
    ('["IS"]', '["IS", "IS"]', "27:10: `actors`: `IS` is listed twice: list it once"),
    ('"boats-2001"', '"Boats 1"', "22:6: `id`: `Boats 1` is not an id: use lower-case letters, "),
    (
        '"FJ", "IS"',
        '"FJ", "is"',
        "17:20: `countries`: `is` is not a country code: did you mean `IS`?",
    ),
    (
        '"FJ", "IS"',
        '"FJ", "ISL"',
        "17:20: `countries`: `ISL` is not a country code: did you mean `IS`?",
    ),
    (
        '"https://example',
        '"ftp://example',
        "12:7: `url`: `ftp://example.org/1` is not a web address",
    ),
    (
        "https://example",
        "https://anna:secret@example",
        "12:7: `url`: `https://anna:secret@example.org/1` contains a user name or password: ",
    ),
    ('"Iceland delivered 2 boats."', '" "', "24:8: `text`: the text is empty: fill it in, or "),
    ('"2001-05?"', '"1999-11-31"', "25:8: `date`: `1999-11-31` is not a real date: write YYYY, "),
    # --- keys
    (QUANTITY, "value_usx = 2", "31:1: unknown key `value_usx`: did you mean `value_usd`?"),
    (
        QUANTITY,
        'holder = "IS"',
        "31:1: unknown key `holder`: only stance facts have it: remove it, or change the topic",
    ),
    (QUANTITY, "zzz = 2", "31:1: unknown key `zzz`: remove it; known keys are id, topic, "),
    ("[pack]", "packs = 1\n[pack]", "1:1: unknown key `packs`: did you mean `pack`?"),
    ("licence", "license", "4:1: unknown key `license`: did you mean `licence`?"),
    ("authors", "auhtors", "11:1: unknown key `auhtors`: did you mean `authors`?"),
    ("established", "etablished", "18:1: unknown key `etablished`: did you mean `established`?"),
]
"""A text of tests/data/boats.toml, what to write instead, and how its problem begins."""


def list_problems(text: str) -> list[str]:
    """Return the problems of a pack, one line each."""
    with pytest.raises(PackError) as error:
        loader.parse_pack(text, "p")
    return [str(problem).removeprefix("p:").lstrip() for problem in error.value.problems]


def test_all_problems_are_reported_at_once() -> None:
    """A pack with eleven mistakes gets eleven problems, in the order of lines."""
    text = (DATA / "mistakes.toml").read_text("utf-8")
    assert list_problems(text) == PROBLEMS.splitlines()


@pytest.mark.parametrize(("written", "instead", "problem"), MISTAKES)
def test_mistake(written: str, instead: str, problem: str) -> None:
    """A wrong value gets a problem at its place, with what is allowed."""
    assert BOATS.count(written) == 1
    problems = list_problems(BOATS.replace(written, instead))
    assert sum(each.startswith(problem) for each in problems) == 1


def test_text_instead_of_a_table() -> None:
    """A value in place of a table is reported as such."""
    problem = "1:8: `pack` must be a table, not text: start it with its own [header]"
    assert list_problems('pack = "own"\n')[0] == problem


def test_wrong_topic_explains_unknown_keys() -> None:
    """The keys of the intended topic are not reported if the topic is misspelt."""
    (problem,) = list_problems(BOATS.replace('"military"', '"militarry"'))
    assert problem.startswith("23:9: `topic`: `militarry` is not an allowed value")


def test_wrong_codes_do_not_question_the_id() -> None:
    """The id of a relation is not reported if its country codes are wrong."""
    problems = list_problems(BOATS.replace('["FJ", "IS"]', '["FJI", "Iceland"]'))
    assert [problem.split(":")[0] for problem in problems] == ["17", "17"]


def test_key_of_two_topics() -> None:
    """A key that two types of facts have is reported with both."""
    text = BOATS.replace('"military"', '"diplomacy"').replace('kind = "arms-transfer"\n', "")
    (problem,) = list_problems(text.replace(QUANTITY, "value_usd = 2"))
    assert problem.startswith("30:1: unknown key `value_usd`: only military and figure facts have")


def test_list_of_countries(tmp_path: Path) -> None:
    """A wrong value in the list of countries is reported as one in a pack is."""
    path = tmp_path / "countries.toml"
    path.write_text('[[country]]\ncode = "zz"\n', encoding="utf-8")
    with pytest.raises(PackError) as error:
        loader.load_countries(path)
    assert str(error.value.problems[0]).startswith(f"{path}:")
