"""The rules of `check` on what texts say: those of facts, and what is said of a relation as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from bilatcli.fuzzy import ranked
from bilatcli.packs.lint.base import NOTE, WARNING, Checked, Cited, Doubt, overlap, rule, span

ALIKE = 92.0
"""Two texts this much alike (`similar.ranked`, 0 to 100) say nearly the same."""

MOST_ALIKE = 5
"""So many texts are looked at that are like one."""

_CLOSING = "\"'”’»)]"
_STOPS = ".!?…"
_NUMBERS = re.compile(r"[0-9]+")

LOADED = (
    *(
        "aggression",
        "aggressor",
        "aggressors",
        "terrorist",
        "terrorists",
        "liberated",
        "liberation",
    ),
    *(
        "occupied",
        "occupier",
        "occupiers",
        "occupation",
        "regime",
        "so-called",
        "puppet",
        "invader",
        "invaders",
    ),
    *("martyr", "martyrs", "heroic", "brotherly"),
)
"""Words that take a side unless somebody is quoted with them."""

_LOADED = re.compile(rf"(?<![\w-])(?:{'|'.join(LOADED)})(?![\w-])", re.IGNORECASE)

_TECHNICAL = re.compile(
    r"\b(?:visa|visa-free|sanctions?|trade|customs|tariff|tax|transit|legal|control|border|ceasefire|inspection|"
    r"non-proliferation|safeguards|treaty) regime\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('“[^”]*”|\u2018[^\u2019]*\u2019|"[^"]*"|«[^»]*»')

LONGEST_QUOTATION = 10
"""So many words may be another's."""

_MARKS = ("“”", "„“”", "””", "«»", "»«", "\u2039\u203a", "「」", "『』", "《》", '""', "``")
"""What begins a quotation, and behind it what may end it. A text is read on from there."""

_QUOTATION = re.compile(
    "|".join(
        [
            *(f"{marks[0]}[^{marks[1:]}]*[{marks[1:]}]" for marks in _MARKS),
            # Between single marks there may be apostrophes: one that closes has no letter behind it, and the straight
            # one that opens has none before it.
            r"[\u2018\u201a].*?[\u2019\u2018](?!\w)",
            r"(?<![\w\u2019])'\w.*?'(?!\w)",
        ]
    ),
    re.DOTALL,
)
_WORD = re.compile(r"\w+(?:[’'\u2011.,-]\w+)*")

_ATTRIBUTED = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|call(?:ed|s|ing)?|accus(?:ed?|es|ing)|alleg(?:ed?|es|ing)|claim(?:ed|s|ing)?|"
    r"describ(?:ed?|es|ing)|denounc(?:ed?|es|ing)|condemn(?:ed|s|ing)?|label(?:led|s|ling)?|term(?:ed|s)|"
    r"refer(?:red|s)? to|according to|stat(?:ed|es|ing)|declar(?:ed?|es|ing)|demand(?:ed|s|ing)?|"
    r"consider(?:ed|s)?|regard(?:ed|s)?|blam(?:ed?|es|ing)|reported|reports|told|wrote|spoke|speaks|"
    r"hail(?:ed|s)|prais(?:ed|es)|voic(?:ed|es)|reject(?:ed|s|ing)?|deni(?:ed|es)|urg(?:ed|es)|argu(?:ed|es)|"
    r"congratulat(?:ed|es)|stress(?:ed|es)|recogni[sz](?:ed?|es|ing)|resolution|statement|communiqué|declaration|"
    r"nam(?:ed|es))\b",
    re.IGNORECASE,
)


@rule("BL209", "near-duplicate", WARNING)
def near_duplicate(checked: Checked) -> Iterator[Doubt]:
    """Two facts of a relation say nearly the same.

    Their texts are 92 per cent alike or more, with the same numbers, of the same kind and actors, at dates that may be
    the same. Make them one fact with the sources of both, or say what sets them apart. Facts of which one supersedes
    the other are passed over.
    """
    for _, group in groupby(checked.facts, key=lambda each: each[1].id):
        facts = list(group)
        for position, (path, _, fact) in enumerate(facts):
            before = facts[:position]
            choices = [each[2].text for each in before]
            for _, score, index in ranked(fact.text, choices, limit=MOST_ALIKE, cutoff=ALIKE):
                if _may_be_same(facts[position], before[index]):
                    what = f"`{fact.id}` says nearly what `{before[index][2].id}` says ({score:.0f} % alike)"
                    yield (
                        (*path, "text"),
                        what,
                        "make them one fact with the sources of both, or set them apart",
                    )
                    break


def _may_be_same(one: Cited, two: Cited) -> bool:
    fact, other = one[2], two[2]
    days, others = span(fact), span(other)
    kinds = [
        [getattr(each, key, None) for key in ("measure", "kind", "stage", "holder")]
        for each in (fact, other)
    ]
    return (
        kinds[0] == kinds[1]
        and _NUMBERS.findall(fact.text) == _NUMBERS.findall(other.text)
        and (fact.topic, set(fact.actors)) == (other.topic, set(other.actors))
        and (days is None or others is None or overlap(days, others))
        and fact.superseded_by != other.id
        and other.superseded_by != fact.id
    )


@rule("BL214", "no-full-stop", WARNING)
def no_full_stop(checked: Checked) -> Iterator[Doubt]:
    """A fact's text does not end in a full stop.

    A fact is a sentence, and several stand one under another. Look whether it is whole, and end it.
    """
    for path, _, fact in checked.facts:
        if not fact.text.rstrip().rstrip(_CLOSING).endswith(tuple(_STOPS)):
            yield (
                (*path, "text"),
                f"the text of `{fact.id}` does not end in a full stop",
                "end it in one",
            )


@rule("BL215", "loaded-word", NOTE)
def loaded_word(checked: Checked) -> Iterator[Doubt]:
    """A fact's text has a word that takes a side, and nobody is quoted with it.

    `aggression`, `terrorist`, `liberated`, `occupied`, `regime`, `so-called` and the like are one side's words. Say
    whose they are (`said`, `called`, `according to` …), put them in quotation marks, or choose a neutral word. Names,
    such as that of a Liberation Army, pass.
    """
    for path, _, fact in checked.facts:
        if _ATTRIBUTED.search(fact.text):
            continue
        text = _TECHNICAL.sub("", _QUOTED.sub("", fact.text))
        # A capital within a sentence is that of a name, as in "Liberation Army".
        words = (
            found[0]
            for found in _LOADED.finditer(text)
            if found[0].islower() or not text[: found.start()].strip()
        )
        word = next(words, None)
        if word:
            what = f"the text of `{fact.id}` says `{word}`, and nobody is quoted with it"
            yield (*path, "text"), what, "say whose word it is, or choose a neutral one"


@rule("BL216", "long-quotation", WARNING)
def long_quotation(checked: Checked) -> Iterator[Doubt]:
    """A text quotes more than ten words.

    Facts are told in our own words; a few words are quoted where the wording is the news. Longer pieces are the
    source's own work, and take a reader's time. Say what it comes to, and quote its core. Looked at are a fact's
    text, note and position and a relation's overview and status, in quotation marks of any kind.
    """
    fields = [
        (path, fact.id, fact, ("text", "note", "position")) for path, _, fact in checked.facts
    ]
    relations = enumerate(checked.pack.relation)
    headers = [
        (("relation", place), each.id, each, ("overview", "status")) for place, each in relations
    ]
    for path, id, record, keys in (*headers, *fields):
        for key in keys:
            words = _longest_quotation(getattr(record, key, None) or "")
            if words > LONGEST_QUOTATION:
                what = f"the {key} of `{id}` quotes {words} words"
                yield (
                    (*path, key),
                    what,
                    f"say it in your own, and quote at most {LONGEST_QUOTATION}",
                )


def _longest_quotation(text: str) -> int:
    """How many words the longest piece in quotation marks has."""
    return max((len(_WORD.findall(found[0])) for found in _QUOTATION.finditer(text)), default=0)
