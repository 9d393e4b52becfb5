"""Verdicts on sentences: each with its reason, and the fact that it rests on."""

from __future__ import annotations

import pytest

import bilatcli
from bilatcli.api import Document


@pytest.fixture(scope="module")
def corpus() -> bilatcli.Corpus:
    """Return the bundled packs without tables."""
    return bilatcli.open()


def check(corpus: bilatcli.Corpus, sentence: str, as_of: str | None = None) -> Document:
    """Return the only claim of a sentence."""
    (claim,) = corpus.verify(sentence, as_of=as_of)["claims"]
    return dict(claim)


SUPPORTED = [
    "Ankara recognised Azerbaijan's restored independence on 9 November 1991.",
    "Turkey recognized Azerbaijan in November 1991.",
    "India extended recognition to Azerbaijan on 26 December 1991.",
    "Iran and Saudi Arabia agreed in Beijing on 10 March 2023 to resume relations.",
    "Armenia and Turkey have never established diplomatic relations.",
    "In July 2017 Azerbaijan signed a contract with Pakistan for ten Super Mushshak trainers.",
    "By August 2023 Russia had delivered three S-400 squadrons to India.",
    "De Gaulle and Adenauer signed the Élysée Treaty between France and Germany in 1963.",
    "Saudi and Pakistani forces held the exercise Al Battar-I in August and September 2023.",
    "Trade between China and Russia hit a record $244.8 billion in 2024.",
    "Turkish exports to Greece exceeded $4.8 billion in 2024.",
    "Russia shut its border with Azerbaijan between 1994 and 1998.",
]
DIFFERENT = [
    ("Turkey recognised Azerbaijan on 9 November 1992.", "another date", "1991-11-09"),
    ("Pakistan recognised Azerbaijan in 1992.", "another date", "1991-12-12"),
    ("Saudi Arabia broke off relations with Iran in January 2015.", "another date", "2016-01"),
    ("Russia shut its land border with Azerbaijan from 1992 to 1996.", "another date", "1994"),
    ("Azerbaijan ordered 12 Super Mushshak trainers from Pakistan in 2017.", "number", "ten"),
    ("Trade between China and Russia was $190 billion in 2024.", "number", "$244.8 billion"),
    ("France has never recognised Armenia.", "the record affirms it", ""),
    ("Armenia sold Pinaka rocket launchers to India in 2022.", "the other way round", ""),
]
NOT_RECORDED = [
    # Other events of a kind that recurs.
    "Xi Jinping visited Pakistan in August 2009.",
    "Trade between Azerbaijan and Pakistan was $41 million in 1995.",
    # Words that no fact has.
    "Pakistan recognised Azerbaijan in 1991 after a secret vote of its senate.",
    "Germany and France exchanged 300 police dogs in 2008.",
    # Another stage.
    "France delivered Mistral missiles to Armenia on 23 October 2023.",
    # Another currency.
    "Trade between China and Russia was 244.8 billion euros in 2024.",
    # A narrower date than the record has.
    "Saudi Arabia broke off relations with Iran on 9 January 2016.",
    # Who did it is the claim.
    "Armenia closed its land border with Turkey in 1993.",
    "Armenia recognised France on 31 December 1991.",
]
NOT_CHECKABLE = [
    ("Did Pakistan recognise Azerbaijan in 1991?", "it is a question"),
    ("Turkey should open its border with Armenia.", "it is an opinion"),
    ("The weather was fine on 9 November 1991.", "it names no country"),
    ("“Turkey recognised Azerbaijan in 1991.”", "it is a quotation"),
]


@pytest.mark.parametrize("sentence", SUPPORTED)
def test_supported(corpus: bilatcli.Corpus, sentence: str) -> None:
    """A sentence whose parts all agree with one fact is supported by it."""
    claim = check(corpus, sentence)
    assert (claim["verdict"], bool(claim["facts"])) == ("supported", True), claim["reason"]


@pytest.mark.parametrize(("sentence", "reason", "recorded"), DIFFERENT)
def test_differs(corpus: bilatcli.Corpus, sentence: str, reason: str, recorded: str) -> None:
    """A sentence on a recorded event differs if one part does, which the reason names."""
    claim = check(corpus, sentence)
    assert claim["verdict"] == "differs", claim["reason"]
    assert reason in claim["reason"]
    assert recorded in claim["reason"]
    assert claim["facts"][0]["sources"]


@pytest.mark.parametrize("sentence", NOT_RECORDED)
def test_not_recorded(corpus: bilatcli.Corpus, sentence: str) -> None:
    """Without a fact that has all of a sentence, nothing is said of its truth."""
    claim = check(corpus, sentence)
    assert claim["verdict"] == "not recorded", claim["reason"]
    assert claim["reason"]


@pytest.mark.parametrize(("sentence", "reason"), NOT_CHECKABLE)
def test_not_checkable(corpus: bilatcli.Corpus, sentence: str, reason: str) -> None:
    """Questions, opinions, quotations and sentences without countries are no claims to check."""
    claim = check(corpus, sentence)
    assert (claim["verdict"], claim["reason"]) == ("not checkable", reason)


def test_outdated(corpus: bilatcli.Corpus) -> None:
    """A sentence on the present is outdated if its fact is superseded; on that day it was not."""
    sentence = "Pakistan does not recognise Armenia."
    claim = check(corpus, sentence)
    assert claim["verdict"] == "outdated"
    assert "superseded on 2025-08-31 by am-pk/relations-2025" in claim["reason"]
    assert [fact["id"] for fact in claim["facts"][:2]] == [
        "am-pk/non-recognition",
        "am-pk/relations-2025",
    ]
    assert check(corpus, sentence, as_of="2024-12-31")["verdict"] == "supported"


def test_disputed(corpus: bilatcli.Corpus) -> None:
    """A sentence on which sources conflict is disputed, with what the record notes."""
    claim = check(corpus, "Turkey's trade with Russia was a record $68 billion in 2022.")
    assert claim["verdict"] == "disputed"
    assert claim["reason"].startswith("sources conflict")


FRANCE, TURKEY = (
    "France recognised Armenia on 31 December 1991",
    "Turkey recognised Azerbaijan in November 1991",
)


@pytest.mark.parametrize(
    ("sentence", "verdict", "reason"),
    [
        (f"{FRANCE}, and {TURKEY}.", "supported", "the record has each part"),
        (f"{FRANCE}, and {TURKEY.replace('1991', '1993')}.", "differs", "in “Turkey recognised"),
        (f"{FRANCE}, while Peru recognised Azerbaijan in 1980.", "not recorded", "the part “Peru"),
    ],
)
def test_parts(corpus: bilatcli.Corpus, sentence: str, verdict: str, reason: str) -> None:
    """Each part of a sentence has to be recorded; the reason names the part that is not."""
    claim = check(corpus, sentence)
    assert claim["verdict"] == verdict
    assert claim["reason"].startswith(reason)
