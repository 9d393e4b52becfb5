"""The verdict on a sentence, its reason, and the facts that it rests on."""

from __future__ import annotations

from bilatcli.claims.comparison import Comparison
from bilatcli.claims.identity import is_same_event
from bilatcli.claims.lexicon import UNIQUE
from bilatcli.claims.reading import Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bilatcli.claims.candidates import FactFinder
    from bilatcli.claims.record import RecordedFact

SUPPORTED = "supported"
DIFFERS = "differs"
OUTDATED = "outdated"
DISPUTED = "disputed"
NOT_RECORDED = "not recorded"
NOT_CHECKABLE = "not checkable"
VERDICTS = (SUPPORTED, DIFFERS, OUTDATED, DISPUTED, NOT_RECORDED, NOT_CHECKABLE)
"""The verdicts, from the best."""

MAX_FACTS = 3
"""Facts that a verdict shows."""
MIN_AMBIGUOUS = 3
"""Dates of facts on events like that of a sentence, from which none of them is taken for it."""
MIN_NEAR = 2
"""Words in common that a fact needs to be shown with `not recorded`."""


class Verdict:
    """A verdict on a sentence, with its reason and its facts, best first."""

    __slots__ = ("facts", "reading", "reason", "verdict")

    def __init__(
        self, verdict: str, reason: str, reading: Reading, facts: Sequence[RecordedFact] = ()
    ) -> None:
        self.verdict = verdict
        self.reason = reason
        self.reading = reading
        self.facts = list(facts)


def judge(reading: Reading, finder: FactFinder, today: str) -> Verdict:
    """Return the verdict on a sentence by the facts of an index on a day."""
    if reason := _why_not_checkable(reading):
        return Verdict(NOT_CHECKABLE, reason, reading)
    compared = [Comparison(reading, fact) for fact in finder.find(reading)]
    verbatim = [each for each in compared if each.is_verbatim]
    if reading.is_opinion and not verbatim:
        return Verdict(NOT_CHECKABLE, "it is an opinion", reading)
    full = [each for each in compared if each.is_full]
    if full:
        return _judge_full([each for each in full if each.is_verbatim] or full, finder, today)
    if not (reading.codes or verbatim):
        return Verdict(NOT_CHECKABLE, "it names no country", reading)
    same = _drop_ambiguous([each for each in compared if is_same_event(each)])
    return _judge_difference(reading, same) if same else _judge_nearest(reading, compared)


def _why_not_checkable(reading: Reading) -> str:
    """Return why no fact can speak to a sentence, or ""."""
    if reading.is_question:
        return "it is a question"
    if not (reading.codes or reading.is_named):
        return "it names no country"
    if not (reading.tokens or reading.designations):
        return "it makes no claim"
    return ""


# --- a fact that has all that the sentence says


def _judge_full(full: Sequence[Comparison], finder: FactFinder, today: str) -> Verdict:
    verdicts = [_judge_fact(each, finder, today) for each in sorted(full, key=_rank)]
    best = min(verdicts, key=lambda each: VERDICTS.index(each.verdict))
    if best.verdict in (SUPPORTED, DISPUTED, OUTDATED):
        others = [
            fact
            for each in verdicts
            if each.verdict == best.verdict
            for fact in each.facts
            if fact not in best.facts
        ]
        best.facts = [*best.facts, *dict.fromkeys(others)][:MAX_FACTS]
    return best


def _judge_fact(compared: Comparison, finder: FactFinder, today: str) -> Verdict:
    """Return the verdict by one fact that has all that the sentence says."""
    reading, fact = compared.claim, compared.fact
    if fact.is_disputed:
        return Verdict(DISPUTED, _explain_conflict(fact), reading, [fact])
    is_of_today = not reading.times or reading.is_present
    status, successor = fact.data["status"], fact.data["superseded_by"]
    if status == "superseded" and (is_of_today or compared.is_verbatim):
        later = finder.fetch([successor]) if successor else []
        return Verdict(OUTDATED, _explain_succession(later), reading, [fact, *later])
    if not compared.is_verbatim and (found := _judge_time(compared, today)):
        return found
    return Verdict(SUPPORTED, _explain_support(fact), reading, [fact])


def _judge_time(compared: Comparison, today: str) -> Verdict | None:
    """Return the verdict on a sentence in the present tense by a fact on the past, or on a plan."""
    reading, fact = compared.claim, compared.fact
    ended = fact.end_times[0].last if fact.end_times else ""
    if reading.is_present and ended and ended < today:
        return Verdict(OUTDATED, f"it ended on {ended}", reading, [fact])
    if reading.is_present and fact.data["status"] == "historical" and not reading.times:
        when = ", ".join(time.describe() for time in fact.main_times)
        reason = f"the record has it for {when} only" if when else "the record has it for the past"
        return Verdict(NOT_RECORDED, reason, reading, [fact])
    if fact.data["status"] == "planned" and "plan" not in reading.hedges:
        return Verdict(NOT_RECORDED, "the record has it as a plan", reading, [fact])
    return None


def _explain_support(fact: RecordedFact) -> str:
    data = fact.data
    if data["verification"] == "single-source-claim":
        return "one source says so"
    if data["verification"] == "citation-needed":
        return "the record says so, without a source"
    when = data["as_of"] if data["date"] is None else None
    return f"the record says so as of {when}" if when else "the record says so"


def _explain_conflict(fact: RecordedFact) -> str:
    note = fact.data["note"]
    return f"sources conflict: {note}" if note else "sources conflict"


def _explain_succession(later: Sequence[RecordedFact]) -> str:
    if not later:
        return "the record has it as superseded"
    data = later[0].data
    when = data["date"] or data["as_of"]
    return f"superseded {f'on {when} ' if when else ''}by {data['id']}"


# --- a fact on the same event that says something else


def _drop_ambiguous(same: Sequence[Comparison]) -> list[Comparison]:
    """Return comparisons without those whose date differs, if several events may be the one."""
    dated = [each for each in same if "date" in each.clashes and not each.matched & UNIQUE]
    days = {time.first for each in dated for time in each.fact.main_times[:1]}
    if len(days) < MIN_AMBIGUOUS or any(each.is_verbatim for each in dated):
        return list(same)
    return [each for each in same if each not in dated]


def _judge_difference(reading: Reading, same: Sequence[Comparison]) -> Verdict:
    best = sorted(same, key=lambda each: (not each.is_verbatim, *_rank(each)))
    first = best[0]
    facts = [each.fact for each in best][:MAX_FACTS]
    conflicting = next((each for each in best if _is_in_note(each)), None)
    if conflicting is not None:
        reason = _explain_conflict(conflicting.fact)
        return Verdict(DISPUTED, reason, reading, [conflicting.fact])
    claimed = {
        "date": ", ".join(time.describe() for time in reading.times),
        "number": ", ".join(amount.text for amount in reading.amounts),
    }
    reasons = [
        f"another {kind}: the sentence has {claimed[kind]}, the record {recorded}"
        if kind in claimed
        else recorded
        for kind, recorded in first.clashes.items()
    ]
    return Verdict(DIFFERS, "; ".join(reasons), reading, facts)


def _is_in_note(compared: Comparison) -> bool:
    """Return True if the sources of a fact conflict, and its note has what differs."""
    data = compared.fact.data
    if data["verification"] != "conflicting" and data["status"] != "disputed":
        return False
    note = compared.fact.read_note()
    return any(
        amount.agrees(other) for amount in compared.claim.amounts for other in note.amounts
    ) or any(time.has(other) for time in compared.claim.times for other in note.times)


# --- nothing that decides


def _judge_nearest(reading: Reading, compared: Sequence[Comparison]) -> Verdict:
    near = [
        each
        for each in sorted(compared, key=_rank)
        if len(each.matched) >= min(MIN_NEAR, len(reading.tokens))
    ]
    if not near:
        return Verdict(NOT_RECORDED, "nothing is recorded on it", reading)
    first = near[0]
    reasons = [
        *first.unsure,
        *(f"another {kind}: {found}" for kind, found in first.clashes.items()),
    ]
    if first.missing:
        words = ", ".join(f"`{word}`" for word in dict.fromkeys(first.missing))
        reasons.insert(0, f"the nearest fact does not have {words}")
    reason = "; ".join(reasons)
    return Verdict(NOT_RECORDED, reason, reading, [each.fact for each in near[:MAX_FACTS]])


def _rank(compared: Comparison) -> tuple[float, ...]:
    """Return the sort key of a comparison: the nearest first."""
    status = compared.fact.data["status"]
    return (
        len(compared.missing) - len(compared.matched),
        len(compared.clashes) + len(compared.unsure),
        status in ("superseded", "disputed"),
        status == "historical",
        not compared.fact.data["headline"],
        len(compared.fact.tokens),
    )
