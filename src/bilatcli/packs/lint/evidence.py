"""Rules on passages, reviews and retractions, and on what a pack has at least."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilatcli.packs import edtf
from bilatcli.packs.lint.base import ERROR, NOTE, WARNING, LintContext, Violation, rule
from bilatcli.packs.models import Floor, Relation
from bilatcli.text import plural
from bilatcli.vocabulary import OPEN_END

MAX_PASSAGE_WORDS = 25
"""Maximum number of words that a passage quotes."""
MAX_TRADE_AGE_YEARS = 3
"""How many years before the update of its pack the newest figure of trade may be."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of scripts without spaces between words."""


def count_words(text: str) -> int:
    """Return the number of words of a text; two letters of a script without spaces are a word.

    >>> count_words("Ten yaks were sold."), count_words("中华人民共和国")
    (4, 4)
    """
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + (unspaced + 1) // 2


@rule("BL224", "long-passage", WARNING)
def long_passage(context: LintContext) -> Iterator[Violation]:
    """A passage has more than 25 words.

    A passage shows the words that a fact rests on. Longer pieces belong to the author of the
    source. Keep the clause that says what the fact says, in the language of the source.
    """
    for path, _, fact in context.facts:
        for i, passage in enumerate(fact.passages):
            words = count_words(passage.quote)
            if words > MAX_PASSAGE_WORDS:
                what = f"a passage of `{fact.id}` has {words} words"
                remedy = f"quote at most {MAX_PASSAGE_WORDS}"
                yield (*path, "passages", i, "quote"), what, remedy


@rule("BL225", "checked-after-update", WARNING)
def checked_after_update(context: LintContext) -> Iterator[Violation]:
    """A fact was `checked` after the day on which its pack was last `updated`.

    `checked` is the day on which somebody last held the fact against its sources. Either this day
    is wrong, or `updated` was not moved with it.
    """
    updated = context.pack.pack.updated
    for path, _, fact in context.facts:
        if fact.checked is not None and fact.checked > updated:
            what = f"`{fact.id}` was checked on {fact.checked}, after the pack was updated"
            yield (*path, "checked"), what, "correct the day, or move `updated` to it"


@rule("BL226", "retracted-successor", WARNING)
def retracted_successor(context: LintContext) -> Iterator[Violation]:
    """A fact is superseded by a retracted fact.

    Answers leave out both, so nothing is left of what they report. If the older fact holds, it is
    not superseded; otherwise name the fact that did replace it.
    """
    for path, relation, fact in context.facts:
        successor = context.fact_by_id.get((relation.id, fact.superseded_by or ""))
        if fact.retracted is None and successor is not None and successor.retracted is not None:
            what = f"`{fact.id}` is superseded by `{successor.id}`, which is retracted"
            yield (*path, "superseded_by"), what, "remove it, or name another fact"


@rule("BL227", "below-expectation", ERROR)
def below_expectation(context: LintContext) -> Iterator[Violation]:
    """A pack has fewer facts, or a lower share of cited facts, than its `[pack.expect]` says.

    An edit took away facts or sources. Restore them, or lower the expectation if this was intended.
    `facts` is the least number of facts, `cited` the least percentage of them that are `cited`.
    Retracted facts and those of tables do not count.
    """
    expect = context.pack.pack.expect
    if expect is None:
        return
    facts = [fact for _, _, fact in context.facts if fact.retracted is None]
    path = ("pack", "expect")
    if expect.facts is not None and len(facts) < expect.facts:
        what = f"the pack has {plural(len(facts), 'fact')}, fewer than {expect.facts:,}"
        yield (*path, "facts"), what, "restore them, or lower `facts`"
    cited = sum(fact.verification == "cited" for fact in facts)
    if expect.cited is not None and 100 * cited < expect.cited * len(facts):
        share = 100 * cited / len(facts)
        what = f"{share:.1f} % of the facts are `cited`, less than {expect.cited:g} %"
        yield (*path, "cited"), what, "add sources, or lower `cited`"


@rule("BL228", "incomplete-floor", ERROR)
def incomplete_floor(context: LintContext) -> Iterator[Violation]:
    """A relation lacks a part of its floor and names no gap, though `[pack.expect]` says `floor`.

    The floor is what readers ask first: the start of diplomatic relations, embassies both ways, a
    status with sources, the main agreement, a figure of trade, the stances of both parties on each
    main dispute and the latest high-level contact. Name the facts in `floor`, or write in `gaps`
    what was looked for and not found. Figures of trade are at most three years older than the pack.
    BL221 asks for the supplier and the recipient of each arms transfer.
    """
    expect = context.pack.pack.expect
    if expect is None or not expect.floor:
        return
    since = context.pack.pack.updated.year - MAX_TRADE_AGE_YEARS
    for i, relation in enumerate(context.pack.relation):
        if missing := list_missing(relation, since):
            what = f"the floor of `{relation.id}` lacks `{'`, `'.join(missing)}`"
            gap = f"gaps.{missing[0]}" if len(missing) == 1 else "gaps"
            remedy = f"name the facts in `floor`, or what is not known in `{gap}`"
            yield ("relation", i, "id"), what, remedy


@rule("BL229", "no-facts", NOTE)
def no_facts(context: LintContext) -> Iterator[Violation]:
    """A pack has no facts and no tables.

    It answers no question, though nothing in it is wrong. A pack that `bilatcli new` made is so
    until it has its first fact.
    """
    if not context.facts and not context.pack.table:
        yield ("pack", "name"), "the pack has no facts", "add a [[relation.fact]] or a [[table]]"


def list_missing(relation: Relation, trade_since: int) -> list[str]:
    """Return the parts of the floor that a relation neither has nor names as a gap.

    Figures of trade count if they are of the year `trade_since` or later.
    """
    has = {key: bool(getattr(relation.floor, key)) for key in Floor.model_fields}
    has["status"] = bool(relation.status and relation.status_sources)
    trade = [fact for fact in relation.fact if fact.id in relation.floor.trade]
    dates = [edtf.parse_date(date).latest for f in trade if (date := f.as_of or f.date)]
    has["trade"] = bool(trade) and max(dates, default=OPEN_END)[:4] >= str(trade_since)
    return [key for key, is_there in has.items() if not (is_there or getattr(relation.gaps, key))]
