"""Rules on the wording of facts and of relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from bilatcli.fuzzy import best_matches
from bilatcli.packs.lint.base import (
    NOTE,
    WARNING,
    FactRef,
    LintContext,
    Violation,
    get_date_range,
    ranges_overlap,
    rule,
)
from bilatcli.packs.models import Fact

MIN_SIMILARITY = 92.0
"""Texts of at least this score (0 to 100, from `bilatcli.fuzzy`) say nearly the same."""

MAX_SIMILAR_TEXTS = 5
"""Number of similar texts to compare further for each fact."""

MAX_QUOTED_WORDS = 10
"""Number of words that a text may quote in one piece."""

LOADED_WORDS = (
    "aggression",
    "aggressor",
    "aggressors",
    "terrorist",
    "terrorists",
    "liberated",
    "liberation",
    "occupied",
    "occupier",
    "occupiers",
    "occupation",
    "regime",
    "so-called",
    "puppet",
    "invader",
    "invaders",
    "martyr",
    "martyrs",
    "heroic",
    "brotherly",
)
"""Words that take a side unless they are attributed to someone."""

_CLOSING_MARKS = "\"'”’»)]"
_SENTENCE_ENDS = (".", "!", "?", "…")
_NUMBER = re.compile(r"[0-9]+")
_WORD = re.compile(r"\w+(?:[’'\u2011.,-]\w+)*")

_LOADED_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(LOADED_WORDS)})(?![\w-])", re.IGNORECASE)

_TECHNICAL_REGIME = re.compile(
    r"\b(?:visa|visa-free|sanctions?|trade|customs|tariff|tax|transit|legal|control|border|"
    r"ceasefire|inspection|non-proliferation|safeguards|treaty) regime\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('“[^”]*”|\u2018[^\u2019]*\u2019|"[^"]*"|«[^»]*»')

_QUOTE_MARKS = ("“”", "„“”", "””", "«»", "»«", "\u2039\u203a", "「」", "『』", "《》", '""', "``")
"""The mark that opens a quotation, then the marks that may close it, by order of preference."""

_QUOTATION = re.compile(
    "|".join(
        [
            *(f"{marks[0]}[^{marks[1:]}]*[{marks[1:]}]" for marks in _QUOTE_MARKS),
            # Single marks may enclose apostrophes. A closing one has no letter after it, and a
            # straight opening one has none before it.
            r"[\u2018\u201a].*?[\u2019\u2018](?!\w)",
            r"(?<![\w\u2019])'\w.*?'(?!\w)",
        ]
    ),
    re.DOTALL,
)

_ATTRIBUTION = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|call(?:ed|s|ing)?|accus(?:ed?|es|ing)|alleg(?:ed?|es|ing)|"
    r"claim(?:ed|s|ing)?|describ(?:ed?|es|ing)|denounc(?:ed?|es|ing)|condemn(?:ed|s|ing)?|"
    r"label(?:led|s|ling)?|term(?:ed|s)|refer(?:red|s)? to|according to|stat(?:ed|es|ing)|"
    r"declar(?:ed?|es|ing)|demand(?:ed|s|ing)?|consider(?:ed|s)?|regard(?:ed|s)?|"
    r"blam(?:ed?|es|ing)|reported|reports|told|wrote|spoke|speaks|hail(?:ed|s)|prais(?:ed|es)|"
    r"voic(?:ed|es)|reject(?:ed|s|ing)?|deni(?:ed|es)|urg(?:ed|es)|argu(?:ed|es)|"
    r"congratulat(?:ed|es)|stress(?:ed|es)|recogni[sz](?:ed?|es|ing)|resolution|statement|"
    r"communiqué|declaration|nam(?:ed|es))\b",
    re.IGNORECASE,
)


@rule("BL209", "near-duplicate", WARNING)
def near_duplicate(context: LintContext) -> Iterator[Violation]:
    """Two facts of a relation say nearly the same.

    Their texts are at least 92 % similar and have the same numbers, and they share their kind,
    actors and possible dates. Merge them into one fact with the sources of both, or make the
    difference clear. A fact and its successor are not compared.
    """
    for _, group in groupby(context.facts, key=lambda ref: ref.relation.id):
        refs = list(group)
        for i, ref in enumerate(refs):
            texts = [earlier.fact.text for earlier in refs[:i]]
            similar = best_matches(
                ref.fact.text, texts, limit=MAX_SIMILAR_TEXTS, cutoff=MIN_SIMILARITY
            )
            for _, score, j in similar:
                if _may_be_duplicates(ref, refs[j]):
                    pair = f"`{ref.fact.id}` and `{refs[j].fact.id}`"
                    what = f"{pair} say nearly the same ({score:.0f} % similar)"
                    remedy = "merge them with the sources of both, or make the difference clear"
                    yield (*ref.path, "text"), what, remedy
                    break


def _may_be_duplicates(one: FactRef, other: FactRef) -> bool:
    days, other_days = get_date_range(one.fact), get_date_range(other.fact)
    return (
        _get_identity(one.fact) == _get_identity(other.fact)
        and (days is None or other_days is None or ranges_overlap(days, other_days))
        and one.fact.superseded_by != other.fact.id
        and other.fact.superseded_by != one.fact.id
    )


def _get_identity(fact: Fact) -> tuple[object, ...]:
    """Return what two facts share if they report the same thing in similar words."""
    kinds = [getattr(fact, key, None) for key in ("measure", "kind", "stage", "holder")]
    return fact.topic, set(fact.actors), kinds, _NUMBER.findall(fact.text)


@rule("BL214", "no-full-stop", WARNING)
def no_full_stop(context: LintContext) -> Iterator[Violation]:
    """A fact's text does not end with a full stop.

    A fact is a sentence, and facts are shown one after another. Check that the sentence is
    complete, and end it with a full stop.
    """
    for path, _, fact in context.facts:
        if not fact.text.rstrip().rstrip(_CLOSING_MARKS).endswith(_SENTENCE_ENDS):
            what = f"the text of `{fact.id}` does not end with a full stop"
            yield (*path, "text"), what, "complete the sentence, and add a full stop"


@rule("BL215", "loaded-word", NOTE)
def loaded_word(context: LintContext) -> Iterator[Violation]:
    """A fact's text has a word that takes a side, and attributes it to no one.

    `aggression`, `terrorist`, `liberated`, `occupied`, `regime`, `so-called` and similar words are
    the words of one side. Attribute them (`said`, `called`, `according to` …), put them in
    quotation marks, or choose a neutral word. Names such as Liberation Army are not reported.
    """
    for path, _, fact in context.facts:
        if _ATTRIBUTION.search(fact.text):
            continue
        text = _TECHNICAL_REGIME.sub("", _QUOTED.sub("", fact.text))
        for match in _LOADED_WORD.finditer(text):
            # A capital within a sentence marks a name, such as "Liberation Army".
            if match[0].islower() or not text[: match.start()].strip():
                what = f"the text of `{fact.id}` has the loaded word `{match[0]}`"
                yield (*path, "text"), what, "say whose word it is, or choose a neutral one"
                break


@rule("BL216", "long-quotation", WARNING)
def long_quotation(context: LintContext) -> Iterator[Violation]:
    """A text quotes more than ten words in one piece.

    Facts use our own words. Quote a few words if their wording is the news. Longer pieces belong to
    the source's author, and cost the reader time: summarise them and quote the core. The rule reads
    a fact's text, note and position and a relation's overview and status, with quotation marks of
    any kind.
    """
    headers = [
        (("relation", i), relation.id, relation, ("overview", "status"))
        for i, relation in enumerate(context.pack.relation)
    ]
    fields = [
        (path, fact.id, fact, ("text", "note", "position")) for path, _, fact in context.facts
    ]
    for path, id, record, keys in (*headers, *fields):
        for key in keys:
            words = _measure_longest_quotation(getattr(record, key, None) or "")
            if words > MAX_QUOTED_WORDS:
                what = f"the {key} of `{id}` quotes {words} words"
                remedy = f"use your own words, and quote at most {MAX_QUOTED_WORDS}"
                yield (*path, key), what, remedy


def _measure_longest_quotation(text: str) -> int:
    """Return the number of words in the longest quotation of a text."""
    return max((len(_WORD.findall(match[0])) for match in _QUOTATION.finditer(text)), default=0)
