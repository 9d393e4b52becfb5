"""Reading a pack: typed records, or every problem at once with its place; never anything but a PackError."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilatcli.errors import PackError
from bilatcli.packs import loader
from bilatcli.packs.models import MilitaryFact
from conftest import RELATIONS

GOOD = """\
[pack]
name = "own"
title = "Fiji–Iceland"
licence = "CC0-1.0"
updated = 2026-11-23

[[source]]
id = "gazette-1"
type = "article-newspaper"
title = "Fiji and Iceland sign"
authors = ["Jónsdóttir, Anna"]
url = "https://example.org/1"
reliability = "news"

[[relation]]
id = "fj-is"
countries = ["FJ", "IS"]
established = "1990"
sources = ["gazette-1"]

[[relation.fact]]
id = "boats-2001"
topic = "military"
text = "Iceland delivered 2 boats."
date = "2001-05?"
status = "current"
actors = ["IS"]
sources = ["gazette-1"]
verification = "cited"
kind = "arms-transfer"
quantity = 2
"""

MISTAKEN = f"""\
[pack]
name = "own"
title = "Fiji–Iceland"
updated = 2026-11-23

[[source]]
id = "gazette-1"
type = "article-newspaper"
title = "Fiji and Iceland sign"
url = "www.example.org/1"
reliability = "news"

[[relation]]
id = "fj-is"
countries = ["FJ", "IS"]

[[relation.fact]]
id = "visit"
topic = "diplomacy"
text = "{"x" * 241}"
date = "1992-13"
status = "superseded"
superseded_by = "visitt"
actors = ["FJ"]
sources = ["gazette-2"]
verification = "cited"

[[relation.fact]]
id = "boats"
topic = "military"
text = "Iceland delivered 2 boats."
status = "superseded"
superseded_by = "more-boats"
actors = ["IS"]
partners = ["UK"]
sources = ["gazette-1"]
verification = "cited"
kind = "arms-transfer"
quantity = "2"
sistem = "patrol boat"

  [[relation.fact]]
  id = "more-boats"
  topic = "diplomacy"
  text = "The 2 boats came back."
  status = "superseded"
  superseded_by = "boats"
  actors = ["IS"]
  sources = ["gazette-1"]
  verification = "cited"

[[relation.fact]]
id = "visit"
topic = "diplomacy"
text = "Another visit."
status = "current"
actors = ["FJ"]
sources = ["gazette-1"]
verification = "cited"
"""

PROBLEMS = """\
1:1: `licence` is missing: add it
10:7: `url`: `www.example.org/1` is no web address: give it in full, from http:// or https:// on
20:8: `text`: the text has 241 characters: shorten it to 240, or make it two facts
21:8: `date`: `1992-13` is not an EDTF date: write YYYY, YYYY-MM or YYYY-MM-DD, with `?` or `~` where unsure
23:17: no fact of this relation has the id `visitt`: did you mean `visit`?
25:12: no source has the id `gazette-2`: did you mean `gazette-1`?
33:17: facts supersede each other in a circle (boats → more-boats → boats): let the newest one stand without it
35:13: `partners`: `UK` is no country code: use an ISO 3166-1 alpha-2 code
39:12: `quantity` must be a whole number, not text: write it without quotes and without a fraction
40:1: unknown key `sistem`: did you mean `system`?
53:6: another fact of this relation has the id `visit`: choose an id that is not taken
"""


def problems(path: Path) -> list[str]:
    """What is wrong with a pack, a line each, without the name of the file."""
    with pytest.raises(PackError) as refused:
        loader.load(path)
    told = [str(problem) for problem in refused.value.problems]
    assert all(line.startswith(f"{path}:") for line in told)
    return [line.removeprefix(f"{path}:").lstrip() for line in told]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Where a test writes its pack."""
    return tmp_path / "own.toml"


def test_a_good_pack(pack: Path) -> None:
    """A pack becomes frozen records whose values are those that it wrote."""
    pack.write_text(GOOD, encoding="utf-8")
    read = loader.load(pack)
    (relation,) = read.relation
    (fact,) = relation.fact
    assert (read.pack.name, read.pack.title, read.pack.updated.isoformat()) == (
        "own",
        "Fiji–Iceland",
        "2026-11-23",
    )
    assert read.source[0].authors == ("Jónsdóttir, Anna",)
    assert (relation.countries, relation.established, relation.overview) == (
        ("FJ", "IS"),
        "1990",
        None,
    )
    assert isinstance(fact, MilitaryFact)
    assert (fact.date, fact.quantity, fact.value_usd, fact.partners) == ("2001-05?", 2, None, ())


def test_every_mistake_is_told_at_once(pack: Path) -> None:
    """A pack with eleven mistakes reports all of them in one run, each at its place, in the order of lines."""
    pack.write_text(MISTAKEN, encoding="utf-8")
    assert problems(pack) == PROBLEMS.splitlines()


def test_the_count_comes_last(pack: Path) -> None:
    """A person reads a problem a line and then how many there are."""
    pack.write_text(
        GOOD.replace('"1990"', '"199"').replace('"FJ", "IS"', '"FJ", "XX"'), encoding="utf-8"
    )
    with pytest.raises(PackError) as refused:
        loader.load(pack)
    lines = refused.value.lines()
    assert [line.split(":")[1] for line in lines[:-1]] == ["16", "17", "18"]
    assert lines[-1] == "bilatcli: 3 problems in the packs"


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        (
            '"1990"',
            "1990",
            "18:15: `established` must be text, not a whole number: put it in quotes",
        ),
        ('["IS"]', '"IS"', "27:10: `actors` must be a list, not text: put it in [ ]"),
        (
            "2026-11-23",
            '"2026-11-23"',
            "5:11: `updated` must be a date, not text: write it as 2026-11-23, without quotes",
        ),
        (
            "quantity = 2",
            "quantity = 2.5",
            "31:12: `quantity` must be a whole number, not a number",
        ),
        (
            "quantity = 2",
            "quantity = true",
            "31:12: `quantity` must be a whole number, not true or false",
        ),
        (
            "quantity = 2",
            "quantity = -1",
            "31:12: `quantity`: input should be greater than or equal to 0",
        ),
        (
            "quantity = 2",
            "headline = 1",
            "31:12: `headline` must be true or false, not a whole number",
        ),
        (
            '"military"',
            '"millitary"',
            "23:9: `topic`: `millitary` is not a word of this list: did you mean `military`?",
        ),
        (
            '"news"',
            '"newspaper"',
            "13:15: `reliability`: `newspaper` is not a word of this list: did you mean `news`?",
        ),
        ('["IS"]', '["IS", "IS"]', "27:10: `actors`: `IS` stands twice: name it once"),
        (
            '"boats-2001"',
            '"Boats 2001"',
            "22:6: `id`: `Boats 2001` is no id: use lower-case letters, digits",
        ),
        (
            '"FJ", "IS"',
            '"FJ", "is"',
            "17:20: `countries`: `is` is no country code: did you mean `IS`?",
        ),
        (
            '"https://example',
            '"ftp://example',
            "12:7: `url`: `ftp://example.org/1` is no web address",
        ),
        (
            '"Iceland delivered 2 boats."',
            '" "',
            "24:8: `text`: the text is empty: fill it in, or leave the key out",
        ),
        ("quantity = 2", 'holder = "IS"', "31:1: unknown key `holder`: only stance facts have it"),
        ("quantity = 2", "zzz = 2", "31:1: unknown key `zzz`: take it out; known are id, topic,"),
        ("[pack]", "packs = 1\n[pack]", "1:1: unknown key `packs`: did you mean `pack`?"),
    ],
)
def test_a_mistake_is_placed(pack: Path, written: str, instead: str, problem: str) -> None:
    """A wrong value is told once, at the value, with what was found, what was expected and what to do."""
    assert GOOD.count(written) == 1
    pack.write_text(GOOD.replace(written, instead), encoding="utf-8")
    (told,) = problems(pack)
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("[pack]\nname = \n", "2:8: this is not TOML (invalid value): mend it here"),
        ('[pack]\nname = "é" "b"\n', "2:12: this is not TOML"),
        (
            '[pack]\nname = "a"\nname = "b"\n',
            "3:11: this is not TOML (cannot overwrite a value): mend it here",
        ),
        (
            "[pack]\n[pack]\n",
            "2:6: this is not TOML (cannot declare ('pack',) twice): mend it here",
        ),
        ("[pack\n", "1:6: this is not TOML"),
    ],
)
def test_broken_toml_is_placed(pack: Path, toml: str, problem: str) -> None:
    """What is not TOML, a key that stands twice included, is told where TOML ends, columns counted in characters."""
    pack.write_text(toml, encoding="utf-8")
    (told,) = problems(pack)
    assert told.startswith(problem)


def test_other_encodings_are_placed(pack: Path) -> None:
    """The first byte that is not UTF-8 is told with its line and column in characters."""
    pack.write_bytes("# é\n# ü then Latin-1: ".encode() + b"\xe9\n")
    assert problems(pack) == ["2:19: this is not UTF-8: save the file as UTF-8"]


@pytest.mark.parametrize("prefix", ["\ufeff", ""], ids=["mark", "no mark"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_byte_order_marks_and_line_ends(pack: Path, prefix: str, newline: str) -> None:
    """A byte order mark and Windows' line ends change neither the records nor the places of mistakes."""
    pack.write_text(GOOD, encoding="utf-8")
    plain = loader.load(pack)
    pack.write_bytes((prefix + GOOD.replace("\n", newline)).encode())
    assert loader.load(pack) == plain
    pack.write_bytes((prefix + MISTAKEN.replace("\n", newline)).encode())
    assert problems(pack) == PROBLEMS.splitlines()


@pytest.mark.parametrize("toml", ["", " \n\n", "\ufeff"])
def test_an_empty_file(pack: Path, toml: str) -> None:
    """A file without content is one problem, told in its own words."""
    pack.write_text(toml, encoding="utf-8")
    assert problems(pack) == ["this is empty: begin a pack with a [pack] table"]


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no pack, and the problem says what to give instead."""
    assert problems(tmp_path) == ["this is a folder: give the packs in it, files that end in .toml"]


def test_a_missing_file(tmp_path: Path) -> None:
    """A path that leads nowhere is a problem of the pack."""
    assert problems(tmp_path / "none.toml") == [
        "this cannot be read (no such file or directory): check the path"
    ]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is closed to root")
def test_an_unreadable_file(pack: Path) -> None:
    """A file that may not be read is a problem of the pack."""
    pack.write_text(GOOD, encoding="utf-8")
    pack.chmod(0)
    assert problems(pack) == ["this cannot be read (permission denied): check the path"]


def test_a_file_that_is_too_large(pack: Path) -> None:
    """A file over the limit is refused without its TOML being read."""
    with pack.open("wb") as stream:
        stream.truncate(loader.MAX_BYTES + 1)
    (told,) = problems(pack)
    assert told.endswith("this is larger than 64 MiB: split it into several packs")


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        ("\na = " + "[" * 100_000, "2:37"),
        ("\na = " + "[" * 100_000 + "]" * 100_000, "2:35"),
        ("\na = " + "{b = " * 100_000, "2:165"),
        ("\n\na" + ".a" * 2_000 + " = 1", "3:1"),
        ("a = 1\nb = " + "9" * 100_000, "2:5"),
    ],
    ids=["arrays", "closed arrays", "tables", "keys", "digits"],
)
def test_deep_nesting(pack: Path, toml: str, place: str) -> None:
    """TOML made to overwhelm a parser is one problem with its place, and not a crash."""
    pack.write_text(toml, encoding="utf-8")
    (told,) = problems(pack)
    assert told.startswith(f"{place}: this TOML cannot be read")
    assert told.endswith(": make it simpler")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for tests that write a file again and again."""
    return tmp_path_factory.mktemp("packs")


FRAGMENTS = [
    *'"[]{}=.,#\\\n\t\0',
    "[[relation.fact]]\n",
    "[relation]\n",
    "'''",
    "é",
    "= []",
    "nan",
    "1979-05-27T07:32:00Z",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The good pack with a few pieces taken out, doubled or put in."""
    text = GOOD
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 30))
        text = text[:start] + draw(st.sampled_from([*FRAGMENTS, text[start:end] * 2])) + text[end:]
    return text.encode()


@settings(max_examples=400, deadline=None)
@given(content=st.one_of(mutated(), st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_is_in_a_file_is_a_pack_or_a_pack_error(folder: Path, content: bytes) -> None:
    """Any bytes at all are read as a pack, or refused with problems on lines that the file has."""
    path = folder / "own.toml"
    path.write_bytes(content)
    try:
        loader.load(path)
    except PackError as error:
        lines = [problem.line for problem in error.problems]
    else:
        lines = [1]
    assert lines
    assert 0 <= min(lines) <= max(lines) <= content.count(b"\n") + 1


def test_the_countries_that_come_with_the_tool() -> None:
    """The list of countries loads as records, each code once, with the name that it is shown under among its names."""
    countries = loader.load_countries(RELATIONS.with_name("countries.toml"))
    codes = [country.code for country in countries]
    assert len(codes) == len(set(codes)) == 250
    assert all(country.name in {name.text for name in country.names} for country in countries)


def test_a_pack_is_no_list_of_countries(pack: Path) -> None:
    """A pack in place of the list of countries is refused, placed as any pack is."""
    pack.write_text(GOOD, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        loader.load_countries(pack)
    assert [problem.what for problem in refused.value.problems][:1] == ["`country` is missing"]


# --- what comes with the tool, texts, and places


def test_words(tmp_path: Path) -> None:
    """Words are one a line, without blank lines and comments."""
    path = tmp_path / "words.txt"
    path.write_text("# and\n\nund\net  \n#\nи\n", encoding="utf-8")
    assert loader.load_words(path) == ["und", "et  ", "и"]
    with pytest.raises(PackError):
        loader.load_words(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("load", "name", "about"),
    [
        (loader.load_countries, "countries.toml", "name"),
        (loader.load_translations, "names/iso-codes.toml", "translations"),
        (loader.load_attributes, "names/attributes.toml", "memberships"),
    ],
)
def test_what_is_known_of_countries(
    tmp_path: Path, load: Callable[[Path], Any], name: str, about: str
) -> None:
    """Each file of countries is read into records of its kind, and what is wrong in one is placed."""
    path = RELATIONS.with_name("countries.toml").parent / name
    read = load(path)
    assert len(read) > 100
    assert len({country.code for country in read}) == len(read)
    assert any(getattr(country, about) for country in read)
    broken = tmp_path / "broken.toml"
    broken.write_text('[[country]]\ncode = "zz"\n', encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load(broken)
    assert str(refused.value.problems[0]).startswith(f"{broken}:")


def test_a_text_that_is_no_file_yet(tmp_path: Path) -> None:
    """A text is read as the file that it may become: the same pack, the same problems, under that file's name."""
    path = tmp_path / "not-there.toml"
    assert loader.read(GOOD, path).pack.name == "own"
    with pytest.raises(PackError) as refused:
        loader.read(MISTAKEN, path)
    assert [str(problem) for problem in refused.value.problems] == [
        f"{path}:{line}" for line in PROBLEMS.splitlines()
    ]
    with pytest.raises(PackError) as broken:
        loader.read("[pack", str(path))
    assert (broken.value.problems[0].file, broken.value.problems[0].line) == (str(path), 1)


def test_findings_are_placed(pack: Path) -> None:
    """What another module finds is told at the value, or at the key where that is meant."""
    pack.write_text(GOOD, encoding="utf-8")
    found = loader.placed(
        pack,
        [
            (("relation", 0, "fact", 0, "quantity"), False, "a value", "do this"),
            (("relation", 0, "fact", 0, "quantity"), True, "a key", "do that"),
            ((), False, "all of it", "do more"),
        ],
    )
    told = [(each.file, each.line, each.column, each.what, each.remedy) for each in found]
    assert told == [
        (str(pack), 31, 12, "a value", "do this"),
        (str(pack), 31, 1, "a key", "do that"),
        (str(pack), 1, 1, "all of it", "do more"),
    ]


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        (
            'title = "Fiji–Iceland"',
            "title = 2026-11-23",
            "3:9: `title` must be text, not a date or time: put it in quotes",
        ),
        (
            'title = "Fiji–Iceland"',
            "title = []",
            "3:9: `title` must be text, not a list: put it in quotes",
        ),
        (
            'title = "Fiji–Iceland"',
            "title = {}",
            "3:9: `title` must be text, not a table: put it in quotes",
        ),
        (
            'title = "Fiji–Iceland"',
            "title = 1.5",
            "3:9: `title` must be text, not a number: put it in quotes",
        ),
        (
            '"1990"',
            "true",
            "18:15: `established` must be text, not true or false: put it in quotes",
        ),
        (
            "quantity = 2",
            "quantity = []",
            "31:12: `quantity` must be a whole number, not a list: write it without quotes",
        ),
        (
            "quantity = 2",
            "favours = []",
            "31:1: unknown key `favours`: only stance facts have it: take it out, or change",
        ),
        (
            "quantity = 2",
            "value_usx = 2",
            "31:1: unknown key `value_usx`: did you mean `value_usd`?",
        ),
    ],
)
def test_more_mistakes(pack: Path, written: str, instead: str, problem: str) -> None:
    """Every type is told by its name, and a key of other facts by the facts that have it."""
    assert GOOD.count(written) == 1
    pack.write_text(GOOD.replace(written, instead), encoding="utf-8")
    (told,) = problems(pack)
    assert told.startswith(problem)


def test_a_table_that_is_none(pack: Path) -> None:
    """What ought to be a table and is not is told as such."""
    pack.write_text('pack = "own"\n', encoding="utf-8")
    assert (
        problems(pack)[0]
        == "1:8: `pack` must be a table, not text: begin it with a [header] of its own"
    )


def test_a_wrong_topic_says_it_all(pack: Path) -> None:
    """Where the topic is no word of the list, the keys that only that topic would have are not told as well."""
    pack.write_text(GOOD.replace('"military"', '"militarry"'), encoding="utf-8")
    (told,) = problems(pack)
    assert told == "23:9: `topic`: `militarry` is not a word of this list: did you mean `military`?"


def test_the_largest_file(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of just as many bytes as are allowed is read, one of one more is not."""
    pack.write_text(GOOD, encoding="utf-8")
    size = pack.stat().st_size
    monkeypatch.setattr(loader, "MAX_BYTES", size)
    assert loader.load(pack).pack.name == "own"
    monkeypatch.setattr(loader, "MAX_BYTES", size - 1)
    assert problems(pack) == ["31:13: this is larger than 0 MiB: split it into several packs"]


def test_the_most_values(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of as many values as are allowed is read; of one of more it is told where the first of them stands."""
    pack.write_text(GOOD, encoding="utf-8")
    count = sum(GOOD.count(mark) for mark in "=,[{.")
    monkeypatch.setattr(loader, "MAX_MARKS", count)
    assert loader.load(pack).pack.name == "own"
    monkeypatch.setattr(loader, "MAX_MARKS", count - 1)
    before = GOOD[: max(GOOD.rindex(mark) for mark in "=,[{." if mark in GOOD)].split("\n")
    where = f"{len(before)}:{len(before[-1]) + 1}"
    assert problems(pack) == [
        f"{where}: this has more than {count - 1} values: split it into several packs"
    ]
    pack.write_text("# X = , [ { . " + GOOD, encoding="utf-8")
    monkeypatch.setattr(loader, "MAX_MARKS", 0)
    assert problems(pack) == ["1:5: this has more than 0 values: split it into several packs"]


def test_the_most_problems(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many problems as are allowed are told, of one more only that they are too many: of values, or between them."""
    unknown = GOOD.replace(
        'sources = ["gazette-1"]\nverification', 'sources = ["a", "b", "c"]\nverification'
    )
    for text in (f"a = 1\nb = 1\nc = 1\n{GOOD}", unknown):
        pack.write_text(text, encoding="utf-8")
        monkeypatch.setattr(loader, "MAX_PROBLEMS", 3)
        assert len(problems(pack)) == 3
        monkeypatch.setattr(loader, "MAX_PROBLEMS", 2)
        assert problems(pack) == ["this has more than 2 problems: begin a pack with `bilatcli new`"]


def test_keys_of_many_parts(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that may be keys are refused once their beginnings are too many, with the longest; short ones never are."""
    pack.write_text(f"k{'.a' * 150} = 1\nl{'.a' * 200} = 1\n{GOOD}", encoding="utf-8")
    monkeypatch.setattr(loader, "MAX_PREFIXES", (150 * 150 + 200 * 200) // 2)
    assert "unknown key `k`" in problems(pack)[0]
    monkeypatch.setattr(loader, "MAX_PREFIXES", (150 * 150 + 200 * 200) // 2 - 1)
    told = "2:1: this may be a key of 201 parts, of which a pack has three: break the line, or take it out"
    assert problems(pack) == [told]
    monkeypatch.setattr(loader, "MAX_PREFIXES", 0)
    pack.write_text(f"kk{'.a' * 97} = 1\n{GOOD}", encoding="utf-8")
    assert "unknown key `kk`" in problems(pack)[0]
    pack.write_text(f"kkk{'.a' * 97} = 1\n{GOOD}", encoding="utf-8")
    assert "a key of 98 parts" in problems(pack)[0]


def test_what_is_referred_to_must_exist(pack: Path) -> None:
    """A pack of which each table is right is refused all the same where one names another that is not there."""
    assert GOOD.count('sources = ["gazette-1"]\nverification') == 1
    pack.write_text(
        GOOD.replace(
            'sources = ["gazette-1"]\nverification', 'sources = ["gazette-2"]\nverification'
        ),
        "utf-8",
    )
    assert problems(pack) == ["28:12: no source has the id `gazette-2`: did you mean `gazette-1`?"]


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        (
            'licence = "CC0-1.0"',
            'licence = "CC0-1.0"\nlicense = "x"',
            "5:1: unknown key `license`: did you mean `licence`?",
        ),
        ('authors = ["J', 'auhtors = ["J', "11:1: unknown key `auhtors`: did you mean `authors`?"),
        (
            'established = "1990"',
            'etablished = "1990"',
            "18:1: unknown key `etablished`: did you mean `established`?",
        ),
        (
            "quantity = 2",
            "quantity = -1",
            "31:12: `quantity`: input should be greater than or equal to 0: correct the value",
        ),
    ],
)
def test_mistakes_of_each_table(pack: Path, written: str, instead: str, problem: str) -> None:
    """A mistyped key is told with the key of its own table that it is like."""
    assert GOOD.count(written) == 1
    pack.write_text(GOOD.replace(written, instead), encoding="utf-8")
    assert problems(pack) == [problem]


def test_a_key_of_two_topics(pack: Path) -> None:
    """A key that facts of two topics have is told with both."""
    text = GOOD.replace('"military"', '"diplomacy"').replace('kind = "arms-transfer"\n', "")
    pack.write_text(text.replace("quantity = 2", "value_usd = 2"), encoding="utf-8")
    (told,) = problems(pack)
    assert told.startswith("30:1: unknown key `value_usd`: only military and ")
    assert told.endswith(" facts have it: take it out, or change the topic")
