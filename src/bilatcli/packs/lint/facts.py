"""Rules on dates, figures, plans and succession."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bilatcli.packs import edtf
from bilatcli.packs.lint.actors import holds_office
from bilatcli.packs.lint.base import (
    NOTE,
    WARNING,
    FactRef,
    LintContext,
    Violation,
    get_date_range,
    ranges_overlap,
    rule,
    subtract_months,
)
from bilatcli.packs.models import Fact, TradeFact

MAX_FIGURE_AGE_MONTHS = 18
"""Yearly figures appear some months after their year, so an older one has a successor."""

MAX_CURRENT_AGE_MONTHS = 24
"""No figure or state is called current for longer without a newer source."""

FLOW_MEASURES = ("trade turnover", "exports", "imports")
"""Measures that are published for every year."""

VOLUME = re.compile(r"\b(?:SIPRI|TIV|trend[- ]indicator)\b")
"""Words for the volume of arms transfers, which is not money."""

MAX_ROUNDING_DIFFERENCE = 0.01
"""Two amounts that differ by at most this share of the larger one are rounded differently."""


def _find_figure_key(fact: Fact) -> str | None:
    """Return the key of a fact's figure, or None if it has no figure."""
    keys = ("value_usd", "share")
    return next((key for key in keys if getattr(fact, key, None) is not None), None)


@rule("BL203", "figure-without-as-of", WARNING)
def figure_without_as_of(context: LintContext) -> Iterator[Violation]:
    """A fact has an amount or a share, but neither `date` nor `as_of`.

    A figure is useless without its time. Set `as_of` to the year or day that the source gives.
    """
    for path, _, fact in context.facts:
        key = _find_figure_key(fact)
        if key and fact.date is None and fact.as_of is None:
            what = f"the figure of `{fact.id}` has no date"
            yield (*path, key), what, "add `as_of` or `date`"


@rule("BL204", "stale-figure", NOTE)
def stale_figure(context: LintContext) -> Iterator[Violation]:
    """A trade figure is `current`, but its period ended more than 18 months ago.

    A newer figure has probably been published. Add it and let it supersede this one, or use
    `status = "historical"`. Only trade turnover, exports, imports and shares of trade are compared
    with today (or with the date of `--today`). Treaties are never stale. Packs with coverage
    `outline` or `generated` are skipped: they were generated, and their source has no newer figure.
    After two years BL222 is reported instead.
    """
    newest = subtract_months(context.today, MAX_FIGURE_AGE_MONTHS)
    oldest = subtract_months(context.today, MAX_CURRENT_AGE_MONTHS)
    for path, _, fact in _list_current_facts(context):
        date = fact.as_of or fact.date
        if date is None or not _is_flow(fact):
            continue
        if oldest <= edtf.parse_date(date).latest < newest:
            what = f"`{fact.id}` is `current`, but its figure is from {date}"
            remedy = 'add a newer figure that supersedes it, or use status = "historical"'
            yield (*path, "as_of" if fact.as_of else "date"), what, remedy


def _list_current_facts(context: LintContext) -> list[FactRef]:
    """Return the facts that an editor calls current; none of a generated pack."""
    if context.is_generated:
        return []
    return [ref for ref in context.facts if ref.fact.status == "current"]


def _is_flow(fact: Fact) -> bool:
    """Return True if a fact has a figure that is published for every year."""
    if _find_figure_key(fact) is None or not isinstance(fact, TradeFact):
        return False
    return fact.measure in FLOW_MEASURES or (fact.measure is None and fact.topic == "trade")


@rule("BL222", "outdated-state", NOTE)
def outdated_state(context: LintContext) -> Iterator[Violation]:
    """A figure or a state is `current`, but its `as_of` is more than two years ago.

    Such a source does not show that it still holds. Add a newer figure and let it supersede
    this one, or use `status = "historical"` and the past tense. A trade figure without `as_of` is
    as old as its `date`. Stances are skipped, because a position holds until it changes, and so
    are packs with coverage `outline`. BL220 reports who holds an office.
    """
    oldest = subtract_months(context.today, MAX_CURRENT_AGE_MONTHS)
    for path, _, fact in _list_current_facts(context):
        date = fact.as_of or (fact.date if _is_flow(fact) else None)
        is_reported = holds_office(fact) and not context.is_generated
        if date is None or fact.topic == "stance" or is_reported:
            continue
        if edtf.parse_date(date).latest < oldest:
            what = f"`{fact.id}` is `current`, but it is as of {date}"
            remedy = 'add a newer fact that supersedes it, or use status = "historical"'
            yield (*path, "as_of" if fact.as_of else "date"), what, remedy


@rule("BL205", "plan-past", WARNING)
def plan_past(context: LintContext) -> Iterator[Violation]:
    """A fact is `planned`, but its date has passed.

    Either it happened or it did not. Add a fact that says which and supersedes this one, or use
    `status = "historical"` if nothing more is known. If the date is that of the announcement, move
    it to `as_of`.
    """
    for path, _, fact in context.facts:
        if fact.status == "planned" and (days := get_date_range(fact)) and days[1] < context.today:
            what = f"`{fact.id}` is `planned`, but its date {fact.date} has passed"
            remedy = 'add the outcome as a fact that supersedes it, or use status = "historical"'
            yield (*path, "date"), what, remedy


@rule("BL206", "date-after-source", WARNING)
def date_after_source(context: LintContext) -> Iterator[Violation]:
    """A fact is dated after all of its sources were issued, and it is not a plan.

    A source cannot report what has not happened yet. The date of the fact or of a source is wrong,
    a source is missing, or the fact is a plan. Skipped are uncertain and approximate dates, facts
    with an undated source, plans (`status` or `stage` is `planned`), and superseded facts, which
    may have been plans.
    """
    for path, _, fact in context.facts:
        issued = [source.issued for source in context.sources_of(fact)]
        if not fact.date or not issued or set(fact.date) & set("?~%") or _may_be_plan(fact):
            continue
        last = max((edtf.parse_date(date).latest for date in issued if date), default="")
        if all(issued) and edtf.parse_date(fact.date).earliest > last:
            what = f"`{fact.id}` is dated {fact.date}, after its newest source was issued"
            remedy = 'correct the date, add a later source, or use status = "planned"'
            yield (*path, "date"), what, remedy


def _may_be_plan(fact: Fact) -> bool:
    return fact.status in ("planned", "superseded") or getattr(fact, "stage", None) == "planned"


@rule("BL207", "superseded-without-successor", WARNING)
def superseded_without_successor(context: LintContext) -> Iterator[Violation]:
    """A fact is `superseded`, but does not name its successor.

    Superseded facts are hidden by default, and `superseded_by` leads to what replaced them. Name
    the fact that replaced this one, or use `status = "historical"` if there is none.
    """
    for path, _, fact in context.facts:
        if fact.status == "superseded" and fact.superseded_by is None:
            what = f"`{fact.id}` is `superseded`, but does not name its successor"
            yield (*path, "status"), what, 'add `superseded_by`, or use status = "historical"'


@rule("BL208", "successor-older", WARNING)
def successor_older(context: LintContext) -> Iterator[Violation]:
    """A fact is superseded by a fact with an earlier date.

    A successor comes later. The two facts are swapped, or one of the dates is wrong.
    """
    for path, relation, fact in context.facts:
        successor = context.fact_by_id.get((relation.id, fact.superseded_by or ""))
        if successor is None or fact.date is None or successor.date is None:
            continue
        if edtf.parse_date(successor.date).latest < edtf.parse_date(fact.date).earliest:
            newer = f"`{fact.id}` ({fact.date})"
            what = f"{newer} is superseded by `{successor.id}`, which is older ({successor.date})"
            yield (*path, "superseded_by"), what, "swap the two, or correct a date"


@rule("BL210", "figures-disagree", WARNING)
def figures_disagree(context: LintContext) -> Iterator[Violation]:
    """Two facts of a relation have different amounts for the same measure, period and parties.

    If sources disagree, say so: mark the facts `conflicting` and add a note, or let one supersede
    the other. Amounts that differ by at most 1 % count as rounded differently. Only `trade
    turnover`, `exports` and `imports` are compared, because one year may have several loans or
    investments.
    """
    figures = [ref for ref in context.facts if _is_comparable(ref.fact)]
    for _, group in groupby(sorted(figures, key=_make_comparison_key), key=_make_comparison_key):
        (_, _, first), *others = group
        for path, _, fact in others:
            one, other = _get_amount(first), _get_amount(fact)
            if abs(one - other) > MAX_ROUNDING_DIFFERENCE * max(one, other):
                what = f"`{fact.id}` has {other:,} US dollars, but `{first.id}` has {one:,}"
                choices = "correct one, mark both `conflicting` and add a note"
                remedy = f"{choices}, or let one supersede the other"
                yield (*path, "value_usd"), what, remedy


def _is_comparable(fact: Fact) -> bool:
    """Return True if a fact has a dated amount of a yearly measure, and is not in doubt."""
    return (
        isinstance(fact, TradeFact)
        and fact.measure in FLOW_MEASURES
        and fact.value_usd is not None
        and bool(fact.date or fact.as_of)
        and fact.status not in ("superseded", "disputed")
        and fact.verification != "conflicting"
    )


def _make_comparison_key(ref: FactRef) -> tuple[Any, ...]:
    """Return what two figures must share to be comparable."""
    _, relation, fact = ref
    return (
        relation.id,
        fact.topic,
        getattr(fact, "measure", None),
        fact.as_of or fact.date,
        fact.date or "",
        tuple(sorted(fact.actors)),
        tuple(sorted(fact.toward)),
    )


def _get_amount(fact: Fact) -> int:
    return int(getattr(fact, "value_usd", None) or 0)


@rule("BL211", "event-disagrees", NOTE)
def event_disagrees(context: LintContext) -> Iterator[Violation]:
    """Two facts of the same event have dates that cannot be the same.

    An `event` happened once, so all facts about it, in any relation, must allow a common date.
    Correct a date, use another event, or mark the doubtful fact `conflicting`. All packs that are
    checked together are compared. This is a note because a reaction some days later may belong to
    the event too.
    """
    for path, relation, fact in context.facts:
        days = get_date_range(fact)
        known = context.events.get(fact.event or "")
        if not known or days is None or fact.verification == "conflicting":
            continue
        first_id, first = known[0]
        first_days = get_date_range(first)
        if first_days and not ranges_overlap(days, first_days):
            one, other = f"`{relation.id}/{fact.id}` ({fact.date})", f"`{first_id}` ({first.date})"
            what = f"{one} and {other} are the same event, `{fact.event}`, on different dates"
            yield (*path, "date"), what, "correct a date, or give one of them another event"


@rule("BL213", "headline-superseded", WARNING)
def headline_superseded(context: LintContext) -> Iterator[Violation]:
    """A headline fact is superseded or retracted.

    A summary leaves out such facts, so it never shows this headline. Make the successor the
    headline, or another fact.
    """
    for path, _, fact in context.facts:
        if fact.headline and fact.retracted is not None:
            what = f"the headline `{fact.id}` is retracted"
            yield (*path, "headline"), what, "move `headline` to another fact"
        elif fact.headline and fact.status == "superseded":
            what = f"the headline `{fact.id}` is superseded"
            yield (*path, "headline"), what, "move `headline` to its successor"


@rule("BL223", "volume-as-money", WARNING)
def volume_as_money(context: LintContext) -> Iterator[Violation]:
    """An arms fact has `value_usd`, but its text or note names SIPRI or its TIV.

    SIPRI counts the volume of arms transfers in trend-indicator values (TIV), not their price. Such
    a number must not be added to real dollars: remove `value_usd` and keep the share or the number
    of units. If the amount is a price from another source, suppress the finding.
    """
    for path, _, fact in context.facts:
        if fact.topic != "military" or getattr(fact, "value_usd", None) is None:
            continue
        if VOLUME.search(f"{fact.text} {fact.note or ''}"):
            what = f"`{fact.id}` has `value_usd`, but speaks of a volume counted by SIPRI"
            yield (*path, "value_usd"), what, "remove `value_usd`, unless it is a price"
