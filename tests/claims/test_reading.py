"""What is read in a sentence: sentences of a text, dates, numbers, names and roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from bilatcli.claims.amounts import find_amounts
from bilatcli.claims.reading import Reading
from bilatcli.claims.roles import find_roles
from bilatcli.claims.sentences import split_sentences
from bilatcli.claims.times import find_times, read_edtf
from bilatcli.claims.words import split_words, unify_characters
from bilatcli.environment import Environment
from bilatcli.index.store import Index, open_index

TODAY = "2026-11-29"


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    """Return the index of the bundled packs without tables."""
    with closing(open_index(Environment())) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("The U.S. ties with Gen. Smith, approx. 5, hold. Next.", 2),
        ("# Head\n\nText one.\n\n```\nCode. Here.\n```\n\n- Item one\n- Item two", 3),
        ("---\ntitle: X. Y.\n---\nText.", ["Text."]),
        ("| a. | b. |\n| --- | --- |\n\nText.[^1]\n\n[^1]: A note. Two.", 1),
        ("A line\nthat goes on. B.", ["A line\nthat goes on.", "B."]),
        ("It rose to 4.5 billion. Then it fell.", 2),
        ("<!-- A comment. --> Text.", ["Text."]),
        ("", []),
        ("Text. <!-- A comment that does not end. Next.", ["Text."]),
    ],
)
def test_sentences(text: str, sentences: list[str] | int) -> None:
    """A text is split where sentences end, and nowhere else; its frame is left out."""
    found = [sentence.text for sentence in split_sentences(text)]
    assert (len(found) if isinstance(sentences, int) else found) == sentences


@pytest.mark.parametrize("piece", ["<!--", "[^", "![", "<a", "](", "a.", "`", "> ", "1 ", "``` "])
def test_marks_that_do_not_end(piece: str) -> None:
    """A long text of marks that do not end is split at once."""
    assert len(split_sentences(piece * 20_000)) <= 20_000


def test_places() -> None:
    """A sentence knows its place, line and column, also after what is left out."""
    text = "# Head\n\nSee `x`. Then **this** is\nso. End.\n"
    for sentence in split_sentences(text):
        lines = text[: sentence.start].split("\n")
        assert (sentence.line, sentence.column) == (len(lines), len(lines[-1]) + 1)
        assert len(sentence.text) == sentence.end - sentence.start


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 9 November 1991", ["1991-11-09"]),
        ("On December 25, 1991, it", ["1991-12-25"]),
        ("in 1991 or 1992", ["1991", "1992"]),
        ("from 1994 to 1998", ["1994/1998"]),
        ("on 4–5 December 2025", ["2025-12-04/2025-12-05"]),
        ("in August and September 2023", ["2023-08/2023-09"]),
        ("in late December 1991", ["1991-12-20/1991-12-31"]),
        ("On the last day of 1991, 31 December,", ["1991-12-31", "1991-12-31"]),
        ("in 2012–16 and in 2019 and 15 others", ["2012/2016", "2019"]),
        ("the 1990s", ["1990/1999"]),
        ("1,960 peacekeepers and 2000 troops", []),
        ("last year", ["2025"]),
        ("now and today", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    """Dates are read at the precision given; numbers are no years."""
    assert [time.describe() for time in find_times(text, TODAY)] == dates


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ten trainers", [(10, 10, "", "")]),
        ("about 40 aircraft", [(40, 40, "", "about")]),
        ("more than $4.8 billion", [(4.8e9, 4.8e9, "USD", "above")]),
        ("nearly 6.8 billion dollars", [(6.8e9, 6.8e9, "USD", "below")]),
        ("€104 million", [(104e6, 104e6, "EUR", "")]),
        ("8 per cent", [(8, 8, "%", "")]),
        ("32 km of road", [(32, 32, "km", "")]),
        ("300–400 drones", [(300, 400, "", "")]),
        ("2,710,601 migrants", [(2710601, 2710601, "", "")]),
        ("the 27th time", []),
    ],
)
def test_numbers(text: str, numbers: list[tuple[float, float, str, str]]) -> None:
    """Numbers are read with their units, and with what makes them vague."""
    found = [(each.low, each.high, each.unit, each.vague) for each in find_amounts(text, ())]
    assert found == pytest.approx(numbers) if not numbers else found == numbers


@pytest.mark.parametrize(
    ("one", "other", "is_right"),
    [
        ("$6.8 billion", "$6.78 billion", True),
        ("$6.8 billion", "$6.9 billion", False),
        ("ten trainers", "10 trainers", True),
        ("10 trainers", "11 trainers", False),
        ("about 40 tanks", "41 tanks", True),
        ("about 40 tanks", "50 tanks", False),
        ("more than 10 million people", "10,853,105 people", True),
        ("more than 10 million people", "9,853,105 people", False),
        ("less than 40 tanks", "more than 40 tanks", False),
        ("10,000 troops", "up to 10,000 troops", False),
    ],
)
def test_agreement(one: str, other: str, *, is_right: bool) -> None:
    """A number is right at the precision at which it is given."""
    (claimed,), (recorded,) = find_amounts(one, ()), find_amounts(other, ())
    assert claimed.agrees(recorded) is is_right


@pytest.mark.parametrize(
    ("sentence", "source", "goal"),
    [
        ("Pakistan sold trainers to Azerbaijan.", "PK", "AZ"),
        ("Azerbaijan bought trainers from Pakistan.", "PK", "AZ"),
        ("The trainers were sold to Azerbaijan by Pakistan.", "PK", "AZ"),
        ("Turkish exports to Greece grew.", "TR", "GR"),
        ("In 2023, 46% of Mexico's imports came from the US.", "US", "MX"),
        ("Ukrainian refugees were in Poland.", "UA", "PL"),
        ("Turkey recognised Azerbaijan.", "TR", "AZ"),
        ("Azerbaijan was recognised by Turkey.", "TR", "AZ"),
        ("Russia has an embassy in Beijing.", "RU", "CN"),
    ],
)
def test_roles(index: Index, sentence: str, source: str, goal: str) -> None:
    """The roles of countries follow from verbs, nouns and prepositions."""
    roles = find_roles(Reading(sentence, index, TODAY))
    assert ([*roles.source], [*roles.goal]) == ([source], [goal])


def test_reading(index: Index) -> None:
    """Capitals, demonyms, combining forms and subjects are names; codes that are words are not."""
    reading = Reading("Ankara said the Franco-German IT deal on Kashmir was not signed.", index)
    assert [name.code for name in reading.names] == ["TR", "FR", "DE", "kashmir"]
    assert reading.is_negated
    assert Reading("The J-10C and JF-17s flew.", index).designations == {"j10c", "jf17"}


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("K\u006f\u0308ln", "K\u00f6ln"),
        ("\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u062d\u0645\u062f"),
        ("\u0915\u093c\u0940\u092e\u0924", "\u0958\u0940\u092e\u0924"),
        ("Sana\u02bfa", "Sana'a"),
        ("Sana\u02bca", "Sana\u2019a"),
        ("\uff2a\uff26\uff0d\uff11\uff17", "JF-17"),
        ("\u0422\u0435\u0308\u043c\u0438\u0306", "\u0422\u0451\u043c\u0439"),
    ],
)
def test_same_words_in_other_characters(words: str, same: str) -> None:
    """Marks that are not composed, vowels, full-width letters and apostrophes do not matter."""
    one, other = (
        [word.plain for word in split_words(unify_characters(each))] for each in (words, same)
    )
    assert one == other
    assert len(unify_characters(words)) == len(words)


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2001-24", ["2001-12-01", "2002-02-28"]),
        ("199X", ["1990-01-01", "1999-12-31"]),
        ("1950S2", ["1900-01-01", "1999-12-31"]),
        ("2004?-06-~11", ["2004-06-11", "2004-06-11"]),
        ("2004-06-XX", ["2004-06-01", "2004-06-30"]),
        ("1984~/2004-06", ["1984-01-01", "2004-06-30"]),
        ("2001/..", []),
        ("[1667,1760]", []),
        ("XXXX-12-XX", []),
        ("", []),
        (None, []),
    ],
)
def test_dates_of_facts(date: str | None, days: list[str]) -> None:
    """A date of a fact is compared as the days that all views give it, if it is not open."""
    assert [day for time in read_edtf(date) for day in (time.first, time.last)] == days
