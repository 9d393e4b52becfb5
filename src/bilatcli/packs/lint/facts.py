"""The rules of `check` on dates, figures and the course of things."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bilatcli.packs import edtf
from bilatcli.packs.lint.base import (
    NOTE,
    WARNING,
    Checked,
    Doubt,
    months_before,
    overlap,
    rule,
    span,
)
from bilatcli.packs.models import Fact, TradeFact

FRESH_MONTHS = 18
"""A yearly figure is out some months after its year; one that is older than this has been followed by another."""

FLOWS = ("trade turnover", "exports", "imports")
"""Measures that are counted anew every year."""

ROUNDING = 0.01
"""Two sources that round one figure differ by no more than this share of it."""


def _figure(fact: Fact) -> str | None:
    """The key that a fact's figure stands under, or None."""
    return next(
        (key for key in ("value_usd", "share") if getattr(fact, key, None) is not None), None
    )


@rule("BL203", "figure-without-as-of", WARNING)
def figure_without_as_of(checked: Checked) -> Iterator[Doubt]:
    """A fact has an amount or a share, but neither `date` nor `as_of`.

    A figure means nothing without the time it is of. Give `as_of` the year or day that the source has for it.
    """
    for path, _, fact in checked.facts:
        key = _figure(fact)
        if key and fact.date is None and fact.as_of is None:
            yield (
                (*path, key),
                f"the figure of `{fact.id}` is of no known time",
                "add `as_of` or `date`",
            )


@rule("BL204", "stale-figure", NOTE)
def stale_figure(checked: Checked) -> Iterator[Doubt]:
    """A trade figure is `current`, but of a time that ended more than 18 months ago.

    A newer figure has very likely been published. Add it and let it supersede this one, or write
    `status = "historical"`. Only trade turnover, exports, imports and shares of trade are held against today;
    `--today DATE` takes another day. A treaty is never called stale. A pack in outline is passed over: it was
    generated, and its source has no more.
    """
    oldest = months_before(checked.today, FRESH_MONTHS)
    is_generated = checked.pack.pack.coverage == "outline"
    for path, _, fact in () if is_generated else checked.facts:
        is_flow = isinstance(fact, TradeFact) and (
            fact.measure in FLOWS or (fact.measure is None and fact.topic == "trade")
        )
        text = fact.as_of or fact.date
        if not is_flow or fact.status != "current" or _figure(fact) is None or text is None:
            continue
        if edtf.parse(text).latest < oldest:
            what = f"`{fact.id}` is `current`, but its figure is of {text}"
            remedy = 'add a newer figure that supersedes it, or write status = "historical"'
            yield (*path, "as_of" if fact.as_of else "date"), what, remedy


@rule("BL205", "plan-past", WARNING)
def plan_past(checked: Checked) -> Iterator[Doubt]:
    """A fact is `planned`, but its date has passed.

    Either it happened, or it did not. Say which in a fact of its own that supersedes this one, or write
    `status = "historical"` where nothing more is known. Where the date is that of the announcement, make it `as_of`.
    """
    for path, _, fact in checked.facts:
        if fact.status == "planned" and (days := span(fact)) and days[1] < checked.today:
            what = f"`{fact.id}` is `planned`, but its date {fact.date} has passed"
            remedy = 'let what came of it supersede it, or write status = "historical"'
            yield (*path, "date"), what, remedy


@rule("BL206", "date-after-source", WARNING)
def date_after_source(checked: Checked) -> Iterator[Doubt]:
    """A fact happened after every one of its sources was issued, and is no plan.

    A source cannot tell of what had not happened yet: the date of the fact or of a source is wrong, a source is
    missing, or it is a plan. Dates that are uncertain or approximate, sources without a date, plans (`status` or
    `stage` `planned`) and superseded facts, which may have been plans, are passed over.
    """
    for path, _, fact in checked.facts:
        issued = [source.issued for source in checked.sources_of(fact)]
        if not fact.date or not issued or set(fact.date) & set("?~%") or _may_be_plan(fact):
            continue
        last = max((edtf.parse(each).latest for each in issued if each), default="")
        if all(issued) and edtf.parse(fact.date).earliest > last:
            what = f"`{fact.id}` is dated {fact.date}, after the last of its sources was issued"
            remedy = 'correct the date, add a later source, or write status = "planned"'
            yield (*path, "date"), what, remedy


def _may_be_plan(fact: Fact) -> bool:
    return fact.status in ("planned", "superseded") or getattr(fact, "stage", None) == "planned"


@rule("BL207", "superseded-without-successor", WARNING)
def superseded_without_successor(checked: Checked) -> Iterator[Doubt]:
    """A fact is `superseded`, but does not say by what.

    Superseded facts are hidden unless asked for; a reader finds what replaced one by `superseded_by`. Name the fact
    that took its place, or write `status = "historical"` where none did.
    """
    for path, _, fact in checked.facts:
        if fact.status == "superseded" and fact.superseded_by is None:
            remedy = 'add `superseded_by`, or write status = "historical"'
            yield (*path, "status"), f"`{fact.id}` does not say what supersedes it", remedy


@rule("BL208", "successor-older", WARNING)
def successor_older(checked: Checked) -> Iterator[Doubt]:
    """A fact is superseded by one that is dated before it.

    What supersedes comes later. The two have been mixed up, or one of the dates is wrong.
    """
    for path, relation, fact in checked.facts:
        successor = checked.by_id.get((relation.id, fact.superseded_by or ""))
        if successor is None or fact.date is None or successor.date is None:
            continue
        if edtf.parse(successor.date).latest < edtf.parse(fact.date).earliest:
            what = f"`{fact.id}` ({fact.date}) is superseded by `{successor.id}`, which is older ({successor.date})"
            yield (*path, "superseded_by"), what, "turn the two round, or correct a date"


@rule("BL210", "figures-disagree", WARNING)
def figures_disagree(checked: Checked) -> Iterator[Doubt]:
    """Two facts of a relation have different amounts for the same measure, time and parties.

    Where sources disagree, say so: mark the facts `conflicting` with a note, or let one supersede the other. Amounts
    that differ by one per cent at most are rounded differently, and pass. Only `trade turnover`, `exports` and
    `imports` are compared, for several loans or investments may be made in one year.
    """
    figures = [
        (path, relation.id, fact)
        for path, relation, fact in checked.facts
        if _is_settled_flow(fact)
    ]
    for _, group in groupby(sorted(figures, key=_measured), key=_measured):
        (_, _, first), *others = group
        for path, _, fact in others:
            one, other = _amount(first), _amount(fact)
            if abs(one - other) > ROUNDING * max(one, other):
                what = f"`{fact.id}` has {other:,} US dollars where `{first.id}` has {one:,}"
                remedy = "correct one, mark both `conflicting` with a note, or let one supersede the other"
                yield (*path, "value_usd"), what, remedy


def _is_settled_flow(fact: Fact) -> bool:
    return (
        isinstance(fact, TradeFact)
        and fact.measure in FLOWS
        and fact.value_usd is not None
        and bool(fact.date or fact.as_of)
        and fact.status not in ("superseded", "disputed")
        and fact.verification != "conflicting"
    )


def _measured(figure: tuple[Any, str, Fact]) -> tuple[Any, ...]:
    """What two figures must share to be of the same thing."""
    _, relation, fact = figure
    return (
        relation,
        fact.topic,
        getattr(fact, "measure", None),
        fact.as_of or fact.date,
        fact.date or "",
        *map(tuple, map(sorted, (fact.actors, fact.toward))),
    )


def _amount(fact: Fact) -> int:
    return int(getattr(fact, "value_usd", None) or 0)


@rule("BL211", "event-disagrees", NOTE)
def event_disagrees(checked: Checked) -> Iterator[Doubt]:
    """A fact's date does not meet the date of another fact of the same event.

    An `event` is one thing that happened at one time; the facts that tell of it, in whatever relation, must be able
    to mean the same days. Correct a date, give it another event, or mark the doubtful fact `conflicting`. All packs
    that are checked together count. A note, because a reaction some days later may be told under the event as well.
    """
    for path, relation, fact in checked.facts:
        days = span(fact)
        known = checked.events.get(fact.event or "")
        if not known or days is None or fact.verification == "conflicting":
            continue
        first, other = known[0]
        there = span(other)
        if there and not overlap(days, there):
            told = f"`{first}` ({other.date})"
            what = f"`{relation.id}/{fact.id}` ({fact.date}) is of the event `{fact.event}`, as is {told}"
            yield (*path, "date"), what, "correct a date, or give one of them another event"


@rule("BL213", "headline-superseded", WARNING)
def headline_superseded(checked: Checked) -> Iterator[Doubt]:
    """A headline fact is superseded.

    A summary leaves superseded facts out, so the headline is never seen. Make its successor the headline.
    """
    for path, _, fact in checked.facts:
        if fact.headline and fact.status == "superseded":
            remedy = "take `headline` out, and give it to what supersedes it"
            yield (*path, "headline"), f"the headline `{fact.id}` is superseded", remedy
